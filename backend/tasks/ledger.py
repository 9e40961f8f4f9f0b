"""What can be done with document numbers: lay down a series, take one, reserve a block, use, make void.

Numbers of a series are handed out without a gap: whoever reserves holds the row of the series until the end.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from backend.accounts.scope import DevicePerson, Scope
from backend.core import audit
from backend.core.days import SHANGHAI
from backend.core.db import insert_if_new
from backend.core.errors import InvalidInput, NotFound
from backend.tasks.errors import BlockChanged, NumberTaken, SeriesTaken, SeriesUnknown
from backend.tasks.ledger_models import DocumentNumber, NumberBlock, NumberSeries
from backend.tasks.rules import NUMBER_PLACE, DocumentKind, NumberState, Voided

LONGEST_BLOCK = 50
AHEAD = timedelta(days=7)


def add_series(
    session: Session, *, agency_id: int, kind: DocumentKind, year: int, pattern: str, by: str
) -> NumberSeries:
    """Lay down how an agency numbers one kind of document in one year. Raises SeriesTaken, InvalidInput."""
    if pattern.count(NUMBER_PLACE) != 1:
        raise InvalidInput(pattern="number_place_needed")
    try:
        with session.begin_nested():
            series = NumberSeries(agency_id=agency_id, kind=kind, year=year, pattern=pattern)
            session.add(series)
    except IntegrityError:
        raise SeriesTaken(kind=kind, year=year) from None
    audit.record(session, "number.add_series", by=by, subject=f"number_series:{series.id}")
    return series


def reserve(
    session: Session, *, uuid: str, kind: DocumentKind, day: date, count: int, by: DevicePerson, now: datetime
) -> tuple[NumberBlock, bool]:
    """Give a tablet the next numbers for a day; the same UUID again gets the same block.

    Raises SeriesUnknown, BlockChanged, InvalidInput. Returns the block, and whether it is new.
    """
    if not 0 < count <= LONGEST_BLOCK:
        raise InvalidInput(count="wrong")
    if not timedelta() <= day - now.astimezone(SHANGHAI).date() <= AHEAD:
        raise InvalidInput(day="wrong")
    chosen = select(NumberSeries).filter_by(agency_id=by.agency_id, kind=kind, year=day.year)
    series = session.scalar(chosen.with_for_update().execution_options(populate_existing=True))
    if series is None:
        raise SeriesUnknown(kind=kind, year=day.year)
    first, last = series.next_number, series.next_number + count - 1
    block_id = insert_if_new(
        session, NumberBlock, uuid=uuid, series_id=series.id, device_id=by.device_id, day=day,
        first=first, last=last, reserved_at=now,
    )  # fmt: skip
    if block_id is None:
        return _same_block(session, uuid, series.id, by.device_id, day), False
    series.next_number = last + 1
    rows = [
        {"series_id": series.id, "number": number, "block_id": block_id, "state": NumberState.RESERVED}
        for number in range(first, last + 1)
    ]
    session.execute(insert(DocumentNumber), rows)
    detail = {"series": series.id, "first": first, "last": last, "day": day.isoformat()}
    audit.record(session, "number.reserve", by=by.actor, subject=f"number_block:{block_id}", detail=detail)
    return session.get_one(NumberBlock, block_id), True


def _same_block(session: Session, uuid: str, series_id: int, device_id: int, day: date) -> NumberBlock:
    known = session.scalars(select(NumberBlock).filter_by(uuid=uuid)).one()
    if (known.series_id, known.device_id, known.day) != (series_id, device_id, day):
        raise BlockChanged(uuid=uuid)
    return known


def take(
    session: Session, agency_id: int, kind: DocumentKind, *, document: str, by: str, now: datetime
) -> DocumentNumber:
    """Give a document of a desk the next number of this year, used from now on. Raises SeriesUnknown."""
    year = now.astimezone(SHANGHAI).year
    chosen = select(NumberSeries).filter_by(agency_id=agency_id, kind=kind, year=year)
    series = session.scalar(chosen.with_for_update().execution_options(populate_existing=True))
    if series is None:
        raise SeriesUnknown(kind=kind, year=year)
    number = DocumentNumber(
        series_id=series.id, number=series.next_number, state=NumberState.USED, document=document, used_at=now
    )
    series.next_number += 1
    session.add(number)
    session.flush()
    session.refresh(number)
    detail = {"document": document, "number": number.number}
    audit.record(session, "number.use", by=by, subject=f"document_number:{number.id}", detail=detail)
    return number


def use(
    session: Session, number_id: int, *, document: str, used_at: datetime, by: DevicePerson
) -> DocumentNumber:
    """Note that a document bears this number; again for the same document is harmless. Raises NumberTaken.

    A tablet that was away may report late what it used before the number was made void as unused: the paper
    was handed over, so it counts.
    """
    found = _of_tablet(session, number_id, by)
    if found.state == NumberState.USED and found.document == document:
        return found
    late = found.state == NumberState.VOIDED and found.voided_because == Voided.NOT_USED
    if found.state != NumberState.RESERVED and not late:
        raise NumberTaken(number=found.number)
    try:
        with session.begin_nested():
            found.state, found.document, found.used_at = NumberState.USED, document, used_at
            found.voided_because = None
    except IntegrityError:  # the document bears another number
        raise NumberTaken(document=document) from None
    detail = {"document": document, "late": late}
    audit.record(session, "number.use", by=by.actor, subject=f"document_number:{number_id}", detail=detail)
    return found


def spoil(
    session: Session, number_id: int, *, because: Voided, by: DevicePerson, now: datetime
) -> DocumentNumber:
    """Make void what the tablet spoilt; again is harmless. Raises NumberTaken."""
    return void(session, _of_tablet(session, number_id, by), because=because, by=by.actor, now=now)


def void(
    session: Session, found: DocumentNumber, *, because: Voided, by: str, now: datetime
) -> DocumentNumber:
    """Make a number void that bears no document. Raises NumberTaken for one that does."""
    if found.state == NumberState.USED:
        raise NumberTaken(number=found.number)
    if found.state == NumberState.RESERVED:
        found.state, found.voided_because, found.voided_at = NumberState.VOIDED, because, now
        detail = {"because": because}
        audit.record(session, "number.void", by=by, subject=f"document_number:{found.id}", detail=detail)
    return found


def void_past(session: Session, *, today: date, by: str, now: datetime) -> int:
    """Make void what was reserved for days that are over and never used; returns how many."""
    chosen = (
        select(DocumentNumber)
        .join(NumberBlock, NumberBlock.id == DocumentNumber.block_id)
        .where(DocumentNumber.state == NumberState.RESERVED, NumberBlock.day < today)
        .order_by(DocumentNumber.block_id, DocumentNumber.number)
        .with_for_update(of=DocumentNumber)
    )
    blocks: dict[int | None, list[int]] = {}
    for found in session.scalars(chosen):
        found.state, found.voided_because, found.voided_at = NumberState.VOIDED, Voided.NOT_USED, now
        blocks.setdefault(found.block_id, []).append(found.number)
    for block_id, numbers in blocks.items():
        detail = {"because": Voided.NOT_USED, "numbers": numbers}
        audit.record(session, "number.void", by=by, subject=f"number_block:{block_id}", detail=detail)
    return sum(map(len, blocks.values()))


def _of_tablet(session: Session, number_id: int, by: DevicePerson) -> DocumentNumber:
    chosen = (
        select(DocumentNumber)
        .join(NumberBlock, NumberBlock.id == DocumentNumber.block_id)
        .where(DocumentNumber.id == number_id, NumberBlock.device_id == by.device_id)
    )
    found = session.scalar(
        chosen.with_for_update(of=DocumentNumber).execution_options(populate_existing=True)
    )
    if found is None:
        raise NotFound(number_id=number_id)
    return found


def number_in_scope(session: Session, scope: Scope, number_id: int) -> DocumentNumber:
    """A number of the caller's agency; NotFound for all others."""
    chosen = select(DocumentNumber).join(NumberSeries, NumberSeries.id == DocumentNumber.series_id)
    own = (DocumentNumber.id == number_id, NumberSeries.agency_id == scope.agency_id)
    found = session.scalar(chosen.where(*own).with_for_update(of=DocumentNumber))
    if found is None:
        raise NotFound(number_id=number_id)
    return found


def series_of(session: Session, scope: Scope) -> Sequence[NumberSeries]:
    """The series of the caller's agency, newest year first."""
    own = select(NumberSeries).where(NumberSeries.agency_id == scope.agency_id)
    return session.scalars(own.order_by(NumberSeries.year.desc(), NumberSeries.kind)).all()
