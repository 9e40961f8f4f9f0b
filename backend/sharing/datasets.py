"""The rows of each dataset of the catalogue, as an agreement's area and agency let them be seen."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backend.accounts.queries import area_names
from backend.accounts.rules import Role
from backend.accounts.scope import Scope, begins_with
from backend.core.batches import batches
from backend.core.days import SHANGHAI, day_of
from backend.core.settings import Settings
from backend.documents.public import may_be_person
from backend.indicators import reports
from backend.indicators.counts import Days
from backend.indicators.models import PeriodReport
from backend.indicators.rules import LEAST, Count, Told, told_together
from backend.inspections.models import Standing, Violation, Visit
from backend.inspections.queries import uncorrected
from backend.maps.alerts import warned
from backend.maps.periods import Against, Period, Step
from backend.maps.queries import Looking
from backend.protected_sites.models import Site
from backend.rulebook import queries as rulebook
from backend.screening.listing import whole_register
from backend.sharing import queries
from backend.sharing.catalogue import DatasetId
from backend.sharing.models import SharingAgreement
from backend.transfers import queries as transfers
from backend.transfers.models import Transfer
from backend.transfers.rules import Kind
from backend.venues.models import Venue

Row = dict[str, Any]
_SOLE_TRADER = "92"  # how credit codes of 个体工商户 begin
_ORGANISATIONS = ("公司", "集团", "中心", "厂", "合作社", "学校", "协会", "委员会")  # 店 may be anybody's
_DOTS = "·•‧・"  # in names of persons
_IDS_AT_ONCE = 10_000  # a database takes no more than 32,000
_OF_VENUE = (Venue.id, Venue.name, Venue.credit_code, Venue.operator_name, Venue.area_code)
_OF_SITE = (Site.id, Site.name, Site.area_code)
_TOLD_KIND = Kind.DEPARTMENT  # what the police and the procuratorate are told is not told on


@dataclass(frozen=True, slots=True)
class Portion:
    """What makes one message: what it is about, and its rows, read when they are wanted."""

    about: str
    rows: Callable[[], Iterable[Row]]


@dataclass(frozen=True, slots=True)
class Reading:
    """For which agreement rows are read, on which day (in Shanghai)."""

    session: Session
    settings: Settings
    agreement: SharingAgreement
    on: date

    @property
    def scope(self) -> Scope:
        """What the agency, or whoever coordinates the area, sees of it."""
        agency, area = self.agreement.agency, self.agreement.area_code
        if agency is None:
            return Scope((area,), None, None, Role.COORDINATOR)
        activities = None if agency.activities is None else frozenset(agency.activities)
        return Scope((area,), activities, agency.id, Role.SUPERVISOR)

    @property
    def since(self) -> datetime:
        """The first instant of the term."""
        return datetime.combine(self.agreement.from_on, time(), SHANGHAI)

    def named(self, rows: Iterable[Row]) -> Iterator[Row]:
        """The rows with the names of their areas."""
        every = list(rows)
        names = area_names(self.session, {row["area_code"] for row in every if row["area_code"]})
        for row in every:
            yield row | {"area_name": names.get(row["area_code"])}


def portions(reading: Reading) -> Iterator[Portion]:
    """Every message that an agreement in force has by now."""
    return _READ[reading.agreement.dataset](reading)


def _indicators(reading: Reading) -> Iterator[Portion]:
    """The reports of this very area that were kept during the term, small numbers held back as there.

    The receiver gets each month of an area once, whatever the agreement: two counts of the same would tell
    what is kept back.
    """
    agreement = reading.agreement
    kept = select(PeriodReport).where(
        PeriodReport.area_code == agreement.area_code,
        PeriodReport.agency_id.is_not_distinct_from(agreement.agency_id),
        PeriodReport.made_at >= reading.since,
    )
    sent = queries.reports_sent(reading.session, agreement)
    for report in reading.session.scalars(kept.order_by(PeriodReport.id)):
        if any(_overlap(report, other) for other in sent):
            continue
        sent.append(report)
        yield Portion(f"report:{report.id}", lambda report=report: _of_report(report))  # type: ignore[misc]


def _of_report(report: PeriodReport) -> Iterator[Row]:
    period = {"first_on": report.first_on, "last_on": report.last_on, "edition": report.edition}
    for line in reports.lines(report.content):
        indicator = {"indicator": line.indicator.id, "indicator_name": line.indicator.name.zh}
        for code, told in sorted(line.areas.items()):
            area = {"area_code": code, "area_name": report.content["areas"].get(code)}
            yield period | area | indicator | {"part": _part(told), "whole": told.whole}


def _part(told: Told) -> int | None:
    """A part is kept back where the rest of the whole is a small number."""
    if told.part is None or told.whole is None or 0 < told.whole - told.part < LEAST:
        return None
    return told.part


def _overlap(one: PeriodReport, other: PeriodReport) -> bool:
    """Whether two reports count a day of an area twice."""
    nested = one.area_code.startswith(other.area_code) or other.area_code.startswith(one.area_code)
    return nested and one.first_on <= other.last_on and other.first_on <= one.last_on


def _findings(reading: Reading) -> Iterator[Portion]:
    """Quarters that ended during the term, once late visits have had their time."""
    last_over = reading.on - timedelta(days=reading.settings.freeze_after_days)
    newest = Period.of(last_over, Step.QUARTER).before(Against.PREVIOUS)
    for period in Period.of(reading.agreement.from_on, Step.QUARTER).until(newest):
        yield Portion(period.name, lambda period=period: reading.named(_of_quarter(reading, period)))  # type: ignore[misc]


def _of_quarter(reading: Reading, period: Period) -> Iterator[Row]:
    session, agreement = reading.session, reading.agreement
    found = (
        select(Violation.duty_id, Visit.area_code, func.count())
        .join(Visit, Visit.id == Violation.visit_id)
        .where(begins_with(Visit.area_code, agreement.area_code), uncorrected())
        .where(Days(period.first, period.last).includes(Visit.fact_on))
        .where(Violation.standing == Standing.FOUND, Violation.duty_id.is_not(None))
        .group_by(Violation.duty_id, Visit.area_code)
    )
    if agreement.agency_id is not None:
        found = found.where(Visit.agency_id == agreement.agency_id)
    by_duty: dict[str, dict[str, Count]] = {}
    for duty, area, many in session.execute(found):
        by_duty.setdefault(str(duty), {})[area] = Count(many, many)
    duties = rulebook.current(session).on(period.last).duties
    for duty, areas in sorted(by_duty.items()):
        for area, told in sorted(told_together(areas)[0].items()):
            yield {
                "first_on": period.first, "last_on": period.last, "area_code": area, "duty_id": duty,
                "duty_name": duties[duty].breach.zh if duty in duties else None, "violations": told.whole,
            }  # fmt: skip


def _screening(reading: Reading) -> Iterator[Portion]:
    yield Portion(_month(reading), lambda: reading.named(_of_register(reading)))


def _of_register(reading: Reading) -> Iterator[Row]:
    for one in whole_register(reading.session, reading.scope):
        yield _venue(one) | {
            "area_code": one.area_code, "activities": sorted(one.activities), "verdict": one.verdict,
            "is_current": one.screened,
        }  # fmt: skip


def _warnings(reading: Reading) -> Iterator[Portion]:
    yield Portion(_month(reading), lambda: reading.named(_of_warnings(reading)))


def _of_warnings(reading: Reading) -> Iterator[Row]:
    session = reading.session
    warnings = warned(session, Looking(reading.scope, reading.settings, reading.on))
    venues = _by_id(session, _OF_VENUE, {one.venue_id for one in warnings if one.venue_id})
    sites = _by_id(session, _OF_SITE, {one.site_id for one in warnings if one.site_id})
    for one in warnings:
        venue, site = venues.get(one.venue_id), sites.get(one.site_id)
        place = venue or site
        yield _venue(venue) | {
            "rule": one.rule.id, "rule_name": one.rule.name.zh,
            "site_id": site.id if site else None, "site_name": site.name if site else None,
            "area_code": place.area_code if place else None,
        }  # fmt: skip


def _by_id(session: Session, columns: Sequence[Any], ids: set[int]) -> dict[int | None, Any]:
    """Rows by their number, the first of the columns; one query for thousands of them."""
    found: dict[int | None, Any] = {}
    for some in batches(sorted(ids), _IDS_AT_ONCE):
        found |= {row[0]: row for row in session.execute(select(*columns).where(columns[0].in_(some)))}
    return found


def _transfers(reading: Reading) -> Iterator[Portion]:
    """Each transfer that was proposed during the term, as it stands now."""
    own = select(Transfer).where(
        transfers.visible(reading.scope),
        Transfer.agency_id == reading.agreement.agency_id,
        Transfer.proposed_at >= reading.since,
        Transfer.kind == _TOLD_KIND,
    )
    for one in reading.session.scalars(own.order_by(Transfer.id)):
        about = f"transfer:{one.id}@{one.version}"
        yield Portion(about, lambda one=one: reading.named([_of_transfer(one)]))  # type: ignore[misc]


def _of_transfer(one: Transfer) -> Row:
    return {
        "transfer_id": one.id, "version": one.version, "kind": one.kind,
        "body": one.body, "area_code": one.area_code, "state": one.state, "is_over": one.is_over,
        "proposed_in": _month_of(one.proposed_at),
        "handed_in": _month_of(one.handed_at) if one.handed_at else None,
    }  # fmt: skip


def _venue(venue: Any) -> Row:
    """A venue as others are told of it: that of a sole trader, or of nobody known, by its number only.

    Its name is told only where an organisation runs it.
    """
    told: Row = {"venue_id": venue.id if venue else None, "credit_code": None, "venue_name": None}
    if venue is None or not venue.credit_code or venue.credit_code.startswith(_SOLE_TRADER):
        return told
    name = venue.name if _is_organisation(venue.operator_name or "") else None
    return told | {"credit_code": venue.credit_code, "venue_name": name}


def _is_organisation(operator: str) -> bool:
    """Whether an operator is one for sure: its name says so, and cannot be a person's."""
    name = "".join(operator.split())
    says_so = any(word in name for word in _ORGANISATIONS)
    return says_so and not may_be_person(name) and not any(dot in name for dot in _DOTS)


def _month(reading: Reading) -> str:
    return Period.of(reading.on, Step.MONTH).name


def _month_of(moment: datetime) -> str:
    return Period.of(day_of(moment), Step.MONTH).name


_READ: Mapping[str, Callable[[Reading], Iterator[Portion]]] = {
    DatasetId.INDICATORS: _indicators,
    DatasetId.FINDINGS: _findings,
    DatasetId.SCREENING: _screening,
    DatasetId.WARNINGS: _warnings,
    DatasetId.TRANSFERS: _transfers,
}
