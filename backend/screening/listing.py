"""The register of venues with what the newest screening says of each (场所名录)."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, SelectBase, and_, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute as Column
from sqlalchemy.orm import Session

from backend.accounts.scope import Scope, activity_condition
from backend.screening.models import ScreeningRun, VenueVerdict
from backend.screening.results import newest_run
from backend.screening.rules import Verdict, worst
from backend.venues.models import Licence, Venue, VenueActivity
from backend.venues.queries import chosen, doing, visible

_COLUMNS = (
    Venue.id, Venue.ref, Venue.name, Venue.address, Venue.area_code, Venue.operator_name, Venue.credit_code,
    Venue.place.is_not(None).label("has_position"), Venue.changed_at,
)  # fmt: skip
_SHOWN = ("id", "ref", "name", "address", "area_code", "operator_name", "credit_code")
_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Listed:
    """A venue as the register lists it.

    `verdict` is its worst, None where no rule speaks; `screened` says whether it was screened as it is now.
    """

    id: int
    ref: str
    name: str | None
    address: str | None
    area_code: str | None
    operator_name: str | None
    credit_code: str | None
    has_position: bool
    activities: list[str]
    licences: list[str]
    verdict: Verdict | None
    screened: bool


def list_register(
    session: Session,
    scope: Scope,
    *,
    verdict: str | None = None,
    offset: int = 0,
    limit: int = 20,
    **filters: Any,
) -> tuple[list[Listed], int]:
    """A page of the register and how many venues fit; for the other filters see `venues.queries.chosen`.

    `licensed_since` chooses those in a school's ring that got a licence since that day.
    """
    run = newest_run(session)
    if activity := filters.pop("activity", None):  # asked once for all: a few do what many do not
        filters["also"] = [*filters.get("also", ()), Venue.id.in_(doing(activity))]
    wanted = _wanted(scope, run, verdict, filters, all_at_once=False)
    rows = _listed(session, scope, run, wanted.order_by(Venue.id).offset(offset).limit(limit))
    if len(rows) < limit and (rows or not offset):  # the last page tells how many there are
        return rows, offset + len(rows)
    is_city = scope.everywhere and not filters.get("area")
    counted = _wanted(scope, run, verdict, filters, all_at_once=is_city).with_only_columns(func.count())
    return rows, session.scalar(counted) or 0


def whole_register(
    session: Session, scope: Scope, *, verdict: str | None = None, **filters: Any
) -> Iterator[Listed]:
    """Every venue that fits, some at a time, so that a city costs no more memory than a street."""
    run = newest_run(session)
    wanted = _wanted(scope, run, verdict, filters, all_at_once=False).order_by(Venue.id).limit(_AT_ONCE)
    last = 0
    while rows := _listed(session, scope, run, wanted.where(Venue.id > last)):
        yield from rows
        last = rows[-1].id


def choose(session: Session, scope: Scope, *, verdict: str | None = None, **filters: Any) -> Select[Venue]:
    """The venues of the register that fit, for whoever shows them in another way than as a list."""
    return _wanted(scope, newest_run(session), verdict, filters, all_at_once=False)


def worst_verdicts(session: Session, scope: Scope, ids: list[int]) -> dict[int, Verdict]:
    """The worst verdict of each of some venues; where no rule speaks of one, it is not among them."""
    every = _of(scope, newest_run(session), list(Verdict))
    judged = _grouped(session, VenueVerdict.venue_id, VenueVerdict.verdict, ids, *every)
    return {venue_id: worst(map(Verdict, said)) for venue_id, said in judged.items()}


def _wanted(
    scope: Scope, run: ScreeningRun | None, verdict: str | None, filters: dict[str, Any], *, all_at_once: bool
) -> Select[Venue]:
    filters = dict(filters)
    if since := filters.pop("licensed_since", None):
        filters["also"] = [*filters.get("also", ()), Venue.id.in_(_licensed(scope, run, since))]
    wanted = chosen(scope, **filters)
    if verdict is None:
        return wanted
    if all_at_once:  # asked once for all: quicker for a whole city
        return wanted.where(Venue.id.in_(_of_verdict(scope, run, verdict)))
    that, others = _that_and_worse(scope, run, verdict)
    here = exists().where(VenueVerdict.venue_id == Venue.id)  # asked for each: quick for a few
    return wanted.where(here.where(*that), ~here.where(*others))


def first_licensed(session: Session, scope: Scope, since: date) -> date | None:
    """The first day since then on which a venue in a school's ring got a licence."""
    granted = _licensed(scope, newest_run(session), since).join(Venue).where(visible(scope))
    return session.scalar(granted.with_only_columns(func.min(Licence.issued_on)))


def _licensed(scope: Scope, run: ScreeningRun | None, since: date) -> Select[int]:
    """Venues with a new licence for something that the newest run found inside a ring, or perhaps inside.

    Some files do not say for what a licence is.
    """
    near = _of(scope, run, [Verdict.INSIDE, Verdict.SURVEY])
    same = or_(Licence.activity == VenueVerdict.activity, Licence.activity.is_(None))
    of_venue = and_(VenueVerdict.venue_id == Licence.venue_id, same)
    granted = select(Licence.venue_id).select_from(Licence).join(VenueVerdict, of_venue)
    return granted.where(Licence.issued_on >= since, *near)


def venues_of_verdict(session: Session, scope: Scope, verdict: str) -> SelectBase:
    """The ids of venues whose worst verdict by the newest run is this one."""
    return _of_verdict(scope, newest_run(session), verdict)


def _of_verdict(scope: Scope, run: ScreeningRun | None, verdict: str) -> SelectBase:
    that, worse = _that_and_worse(scope, run, verdict)
    ids = select(VenueVerdict.venue_id)
    return ids.where(*that).except_(ids.where(*worse))


def _that_and_worse(
    scope: Scope, run: ScreeningRun | None, verdict: str
) -> tuple[list[ColumnElement[bool]], list[ColumnElement[bool]]]:
    worse = list(Verdict)[: list(Verdict).index(Verdict(verdict))]
    return _of(scope, run, [Verdict(verdict)]), _of(scope, run, worse)


def _of(scope: Scope, run: ScreeningRun | None, verdicts: list[Verdict]) -> list[ColumnElement[bool]]:
    return [
        VenueVerdict.run_id == (run.id if run else None),
        VenueVerdict.verdict.in_(verdicts),
        activity_condition(scope, VenueVerdict.activity),
    ]


def _listed(session: Session, scope: Scope, run: ScreeningRun | None, page: Select[Venue]) -> list[Listed]:
    """Columns, not objects: a whole city is exported so in seconds."""
    venues = session.execute(page.with_only_columns(*_COLUMNS)).all()
    ids = [venue.id for venue in venues]
    activities = _grouped(session, VenueActivity.venue_id, VenueActivity.activity, ids)
    licences = _grouped(session, Licence.venue_id, Licence.number, ids)
    judged = _grouped(
        session, VenueVerdict.venue_id, VenueVerdict.verdict, ids, *_of(scope, run, list(Verdict))
    )
    return [
        Listed(
            **{name: getattr(venue, name) for name in _SHOWN},
            has_position=venue.has_position,
            activities=activities[venue.id],
            licences=licences[venue.id],
            verdict=worst(map(Verdict, judged[venue.id])) if venue.id in judged else None,
            screened=run is not None and venue.changed_at <= run.started_at,
        )
        for venue in venues
    ]


def _grouped(
    session: Session, of: Column[int], what: Column[str], ids: list[int], *where: ColumnElement[bool]
) -> defaultdict[int, list[str]]:
    """What belongs to each of some venues."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    for venue_id, value in session.execute(select(of, what).where(of.in_(ids), *where).order_by(what)):
        found[venue_id].append(value)
    return found
