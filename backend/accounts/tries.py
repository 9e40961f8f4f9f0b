"""Doors at which anybody may ask for something by its code: whoever guesses waits, longer each time.

A try is counted before it is looked at and taken back when it is right: many at once cannot slip past.
"""

import math
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from backend.accounts.errors import TooManyTries
from backend.accounts.models import SignInPlace
from backend.accounts.rules import stranger_wait_s
from backend.core.db import insert_if_new


def count_try(session: Session, place: bytes, now: datetime) -> None:
    """Count a try from a place (a keyed hash of door and address). Raises TooManyTries."""
    insert_if_new(session, SignInPlace, key=place, failures=0, tried_at=now)
    row = session.scalars(select(SignInPlace).filter_by(key=place).with_for_update()).one()
    if wait := stranger_wait_s(row.failures, (now - row.tried_at).total_seconds()):
        raise TooManyTries(wait_s=math.ceil(wait))
    row.failures, row.tried_at = row.failures + 1, now


def settle_try(session: Session, place: bytes, *, was_right: bool) -> None:
    """Forget the tries from a place if this one was right; the same work if it was not."""
    kept = SignInPlace.failures * (0 if was_right else 1)
    session.execute(update(SignInPlace).where(SignInPlace.key == place).values(failures=kept))
