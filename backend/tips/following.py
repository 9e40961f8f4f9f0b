"""Asking after a tip without an account: its receipt number and its secret, from an address that may ask.

Whatever is wrong is answered alike and after the same work: number and secret are looked up as one hash.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.accounts.tries import count_try, settle_try
from backend.core import audit
from backend.core.deployment import Deployment
from backend.core.errors import NotFound
from backend.tips.contents import kept_answer, secret_hash
from backend.tips.models import Tip


@dataclass(frozen=True, slots=True)
class Followed:
    """What whoever gave a tip may know of it; `answer` is None once its time of keeping is over.

    `other` is the other half, where one submission is handled as a report and a complaint.
    """

    receipt_no: str
    nature: str
    state: str
    received_at: datetime
    answer: str | None
    answered_at: datetime | None
    other: "Followed | None" = None


def follow(deployment: Deployment, number: str, secret: str, *, address: str, now: datetime) -> Followed:
    """How a tip stands, for whoever knows its number and secret. Raises TooManyTries, NotFound."""
    place = deployment.keys.keyed_hash("place", "tip", address)
    with deployment.unit_of_work() as session:
        count_try(session, place, now)
    with deployment.unit_of_work() as session:
        found = session.scalar(select(Tip).where(Tip.secret_hash == secret_hash(session, number, secret)))
        if found is None:
            raise NotFound(receipt_no="unknown")
        settle_try(session, place, was_right=True)
        audit.record(session, "tip.follow", by="informant", subject=f"tip:{found.id}")
        other = session.scalar(select(Tip).where(Tip.split_id == found.id))
        return _followed(session, found, _followed(session, other) if other else None)


def _followed(session: Session, found: Tip, other: Followed | None = None) -> Followed:
    return Followed(
        found.receipt_no, found.nature, found.state, found.received_at, kept_answer(session, found),
        found.answered_at, other,
    )  # fmt: skip
