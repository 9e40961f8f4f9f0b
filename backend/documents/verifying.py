"""What anybody may know of a document by the code on its pages: that it is real, and whether it still counts.

No party, no address, no content. An unknown code costs the same work and gets the same answer as a wrong one.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from backend.accounts.models import Agency
from backend.accounts.tries import count_try, settle_try
from backend.core.deployment import Deployment
from backend.core.spoken import as_meant
from backend.documents.blocks import short_hash
from backend.documents.models import DocumentWithdrawal, IssuedDocument
from backend.tasks.ledger_models import DocumentNumber, NumberSeries
from backend.tasks.rules import written

_SHOWN = (
    select(
        IssuedDocument.kind, IssuedDocument.title, IssuedDocument.made_on, IssuedDocument.pages,
        IssuedDocument.sha256, NumberSeries.pattern, DocumentNumber.number, Agency.name_zh, Agency.name_en,
        DocumentWithdrawal.withdrawn_at,
    )
    .join(DocumentNumber, DocumentNumber.id == IssuedDocument.number_id)
    .join(NumberSeries, NumberSeries.id == DocumentNumber.series_id)
    .join(Agency, Agency.id == IssuedDocument.agency_id)
    .outerjoin(DocumentWithdrawal, DocumentWithdrawal.document_id == IssuedDocument.id)
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Verified:
    """What is printed on the pages of a real document anyway."""

    kind: str
    title: str
    number: str
    agency: tuple[str, str]  # Chinese, English
    made_on: date
    pages: int
    short_hash: str
    withdrawn_at: datetime | None


def verify(deployment: Deployment, typed: str, *, address: str, now: datetime) -> Verified | None:
    """What a code leads to, None if nothing. Raises TooManyTries for an address that guesses."""
    place = deployment.keys.keyed_hash("place", "verify", address)
    with deployment.unit_of_work() as session:
        count_try(session, place, now)
    with deployment.unit_of_work() as session:
        row = session.execute(_SHOWN.where(IssuedDocument.code == as_meant(typed))).one_or_none()
        settle_try(session, place, was_right=row is not None)
    if row is None:
        return None
    return Verified(
        row.kind, row.title, written(row.pattern, row.number), (row.name_zh, row.name_en), row.made_on,
        row.pages, short_hash(row.sha256), row.withdrawn_at,
    )  # fmt: skip
