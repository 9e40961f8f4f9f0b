"""Looking into the ledger of document numbers: its numbers, and how far each series is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select, true
from sqlalchemy.orm import Session

from backend.accounts.rules import Role
from backend.accounts.scope import Scope
from backend.tasks.ledger_models import DocumentNumber, NumberBlock, NumberSeries
from backend.tasks.rules import NumberState

_SERIES_ORDER = (NumberSeries.year.desc(), NumberSeries.agency_id, NumberSeries.kind)


def list_numbers(
    session: Session, scope: Scope, *, offset: int = 0, limit: int = 20, **filters: Any
) -> tuple[Sequence[DocumentNumber], int]:
    """The ledger as far as somebody may see it, the newest numbers first.

    Series by series: each has its numbers in order already.
    """
    wanted = _chosen(scope, **filters)
    counted = wanted.with_only_columns(DocumentNumber.series_id, func.count())
    counts = {row[0]: row[1] for row in session.execute(counted.group_by(DocumentNumber.series_id))}
    in_order = select(NumberSeries.id).where(NumberSeries.id.in_(counts)).order_by(*_SERIES_ORDER)
    rows = list[DocumentNumber]()
    for series_id in session.scalars(in_order).all():
        if offset < counts[series_id] and len(rows) < limit:
            its = wanted.where(DocumentNumber.series_id == series_id)
            newest_first = its.order_by(DocumentNumber.number.desc())
            rows += session.scalars(newest_first.offset(offset).limit(limit - len(rows)))
        offset = max(offset - counts[series_id], 0)
    return rows, sum(counts.values())


def chosen_numbers(scope: Scope, **filters: Any) -> Select[DocumentNumber]:
    """The numbers of the ledger that fit, newest first."""
    return _chosen(scope, **filters).order_by(*_SERIES_ORDER, DocumentNumber.number.desc())


def _chosen(
    scope: Scope, *, agency_id: int | None = None, year: int | None = None, kind: str | None = None,
    state: str | None = None, day: date | None = None, device_id: int | None = None,
) -> Select[DocumentNumber]:  # fmt: skip
    wanted = (
        select(DocumentNumber)
        .join(NumberSeries, NumberSeries.id == DocumentNumber.series_id)
        .where(_series_visible(scope))
    )
    if day or device_id is not None:
        wanted = wanted.join(NumberBlock, NumberBlock.id == DocumentNumber.block_id)
    for column, value in (
        (NumberSeries.agency_id, agency_id), (NumberSeries.year, year), (NumberSeries.kind, kind),
        (DocumentNumber.state, state), (NumberBlock.day, day), (NumberBlock.device_id, device_id),
    ):  # fmt: skip
        if value is not None:
            wanted = wanted.where(column == value)
    return wanted


def _series_visible(scope: Scope) -> ColumnElement[bool]:
    """Of one's own agency; an auditor looks into all of them."""
    return true() if scope.role is Role.AUDITOR else NumberSeries.agency_id == scope.agency_id


@dataclass(frozen=True, slots=True)
class SeriesStanding:
    """How far a series is: numbers still open, used and void; together they are all that were handed out."""

    series: NumberSeries
    reserved: int
    used: int
    voided: int

    @property
    def is_gap_free(self) -> bool:
        return self.reserved + self.used + self.voided == self.series.next_number - 1


def series_standings(
    session: Session, scope: Scope, *, agency_id: int | None = None, year: int | None = None,
    kind: str | None = None,
) -> list[SeriesStanding]:  # fmt: skip
    """Every series that somebody may see, newest year first, with its numbers counted."""
    chosen = select(NumberSeries).where(_series_visible(scope))
    for column, value in (
        (NumberSeries.agency_id, agency_id), (NumberSeries.year, year), (NumberSeries.kind, kind),
    ):  # fmt: skip
        if value is not None:
            chosen = chosen.where(column == value)
    found = session.scalars(chosen.order_by(*_SERIES_ORDER)).all()
    by_state = select(DocumentNumber.series_id, DocumentNumber.state, func.count()).where(
        DocumentNumber.series_id.in_([one.id for one in found])
    )
    grouped = session.execute(by_state.group_by(DocumentNumber.series_id, DocumentNumber.state))
    counts = {(series_id, state): count for series_id, state, count in grouped}
    return [SeriesStanding(one, *(counts.get((one.id, state), 0) for state in NumberState)) for one in found]
