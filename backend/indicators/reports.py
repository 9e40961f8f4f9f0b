"""What was counted for a period (期间报告): made once, kept with its words, told without small numbers."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import orjson
from sqlalchemy import ColumnElement, false, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from backend.accounts.queries import area_names, list_agencies
from backend.accounts.rules import Role
from backend.accounts.scope import Person, Scope, area_condition
from backend.core import audit
from backend.core.days import day_of
from backend.core.errors import InvalidInput, NotFound
from backend.indicators.counts import Days, count
from backend.indicators.definitions import Indicator, indicators
from backend.indicators.errors import ReportMade
from backend.indicators.models import PeriodReport
from backend.indicators.rules import Count, Told, told_together


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator as it is told: the sum, and each area and agency by its key."""

    indicator: Indicator
    total: Told
    areas: dict[str, Told]
    agencies: dict[int | None, Told]


def counted(session: Session, by: Person, first_on: date, last_on: date, area: str) -> dict[str, Any]:
    """The numbers of a period with their words, as they stand now.

    Whoever coordinates counts all agencies, a supervisor the own. A period is of whole months: two that
    differ by a day would tell by subtraction what is kept back. Raises InvalidInput.
    """
    if first_on > last_on:
        raise InvalidInput(last_on="before_first_on")
    if first_on.day != 1 or (last_on + timedelta(1)).day != 1:
        raise InvalidInput(first_on="not_a_whole_month")
    if not by.scope.covers(area):
        raise InvalidInput(area_code="not_your_area")
    rows = count(session, Days(first_on, last_on), area, own_agency(by.scope))
    return {
        "indicators": [one.said() for one in indicators()],
        "areas": area_names(session, {one.area_code for one in rows}),
        "agencies": {str(one.id): one.names for one in list_agencies(session)},
        "counts": [
            [one.indicator, one.area_code, one.agency_id, one.count.part, one.count.whole] for one in rows
        ],
    }


def freeze(
    session: Session, *, first_on: date, last_on: date, area_code: str, because: str | None = None,
    by: Person, now: datetime,
) -> PeriodReport:  # fmt: skip
    """Keep the numbers of a period that is over. Counted again, they are a new edition that says why.

    Raises InvalidInput, ReportMade.
    """
    if last_on >= day_of(now):
        raise InvalidInput(last_on="not_over")
    salt = {"salt": secrets.token_hex(16)}  # without it the small numbers kept back could be tried out
    content = counted(session, by, first_on, last_on, area_code) | salt
    agency_id = own_agency(by.scope)
    same = (
        PeriodReport.first_on == first_on, PeriodReport.last_on == last_on,
        PeriodReport.area_code == area_code, PeriodReport.agency_id.is_not_distinct_from(agency_id),
    )  # fmt: skip
    last = session.scalar(select(func.max(PeriodReport.edition)).where(*same)) or 0
    if last and because is None:
        raise ReportMade(edition=last)
    made = PeriodReport(
        first_on=first_on, last_on=last_on, area_code=area_code, agency_id=agency_id, edition=last + 1,
        because=because if last else None, content=content, made_by=by.id, made_at=now, sha256="",
    )  # fmt: skip
    made.sha256 = sha256_of(made)
    try:
        with session.begin_nested():
            session.add(made)
    except IntegrityError:
        raise ReportMade(edition=last + 1) from None
    detail = {"sha256": made.sha256}
    audit.record(session, "report.freeze", by=by.actor, subject=f"period_report:{made.id}", detail=detail)
    return made


def sha256_of(made: PeriodReport) -> str:
    """Of what it says: period, area, agency, edition and numbers."""
    said = [made.first_on, made.last_on, made.area_code, made.agency_id, made.edition, made.content]
    return hashlib.sha256(orjson.dumps(said, option=orjson.OPT_SORT_KEYS)).hexdigest()


def lines(content: dict[str, Any]) -> list[Line]:
    """What is told of counted numbers, indicator by indicator; small numbers are kept back."""
    found = []
    for one in map(Indicator.of, content["indicators"]):
        areas: dict[str, Count] = {}
        agencies: dict[int | None, Count] = {}
        for indicator, area, agency, part, whole in content["counts"]:
            if indicator == one.id:
                areas[area] = areas.get(area, Count()) + Count(part, whole)
                agencies[agency] = agencies.get(agency, Count()) + Count(part, whole)
        by_area, total = told_together(areas)
        found.append(Line(one, total, by_area, told_together(agencies)[0]))
    return found


def own_agency(scope: Scope) -> int | None:
    """Whose numbers somebody sees: None is everybody's. Raises InvalidInput for whoever has no agency."""
    if scope.role is Role.COORDINATOR:
        return None
    if scope.agency_id is None:
        raise InvalidInput(agency_id="required")
    return scope.agency_id


def report(session: Session, scope: Scope, report_id: int) -> PeriodReport:
    """A frozen report in scope; NotFound for all others."""
    found = session.scalar(select(PeriodReport).where(PeriodReport.id == report_id, _visible(scope)))
    if found is None:
        raise NotFound(report_id=report_id)
    return found


def list_reports(
    session: Session, scope: Scope, *, offset: int = 0, limit: int = 20
) -> tuple[Sequence[PeriodReport], int]:
    """Frozen reports in scope, newest first, and how many there are."""
    wanted = select(PeriodReport).where(_visible(scope))
    total = session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    page = wanted.order_by(PeriodReport.id.desc()).offset(offset).limit(limit)
    return session.scalars(page).all(), total


def _visible(scope: Scope) -> ColumnElement[bool]:
    """Those of one's areas; of all agencies for whoever coordinates, else of one's own."""
    if scope.role is not Role.COORDINATOR and scope.agency_id is None:
        return false()
    own = PeriodReport.agency_id.is_not_distinct_from(own_agency(scope))
    return area_condition(scope, PeriodReport.area_code) & own
