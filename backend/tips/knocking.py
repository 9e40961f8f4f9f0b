"""How often an address may ask or report without an account; each time is counted before it is looked at."""

import math
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from backend.accounts.models import SignInPlace
from backend.core.db import insert_if_new
from backend.core.deployment import Deployment
from backend.tips.errors import TooManyQuestions
from backend.tips.rules import wait_s

FORGOTTEN_AFTER = timedelta(hours=1)  # of reports: somebody else has the address by then


def knock(deployment: Deployment, what: str, address: str, now: datetime) -> bytes:
    """Count a try from an address, in a transaction of its own. Raises TooManyQuestions.

    Returns where it was counted, for `forget`.
    """
    place = deployment.keys.keyed_hash("place", what, address)
    with deployment.unit_of_work() as session:
        insert_if_new(session, SignInPlace, key=place, failures=0, tried_at=now)
        row = session.scalars(select(SignInPlace).filter_by(key=place).with_for_update()).one()
        if what == "report" and now - row.tried_at > FORGOTTEN_AFTER:
            row.failures = 0
        if wait := wait_s(row.failures, (now - row.tried_at).total_seconds()):
            raise TooManyQuestions(wait_s=math.ceil(wait))
        row.failures, row.tried_at = row.failures + 1, now
    return place


def forget(session: Session, place: bytes) -> None:
    """Take back what was counted from an address: it asked rightly."""
    session.execute(update(SignInPlace).where(SignInPlace.key == place).values(failures=0))
