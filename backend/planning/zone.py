"""The zone of a sweep: every venue inside its ring, who answers for it, and what is proposed."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.accounts.rules import Role
from backend.accounts.scope import Scope
from backend.core.settings import Settings
from backend.planning.competence import agencies_at_work, answering
from backend.planning.counts import Before
from backend.planning.history import History, Last
from backend.planning.models import Sweep
from backend.planning.rules import Proposal, propose
from backend.screening.queries import SHOWN_M
from backend.screening.rules import Verdict, worst
from backend.screening.surroundings import VenueNear, surroundings
from backend.tasks.models import Task
from backend.tasks.rules import LIVE, Kind
from backend.venues.models import Venue

YEAR = timedelta(days=365)
_IN_DOUBT = (Verdict.INSIDE, Verdict.SURVEY)


@dataclass(frozen=True, slots=True)
class Line:
    """One activity of a venue: its verdict, and who answers for it."""

    near: VenueNear
    before: Before


@dataclass(frozen=True, slots=True)
class Place:
    """A venue inside the ring, with everybody who answers for something there.

    `tasks` are those of any agency that are planned there already.
    """

    venue: Venue
    metres: float
    lines: tuple[Line, ...]
    agency_ids: tuple[int, ...]
    last: Last | None
    tasks: tuple[Task, ...]
    proposal: Proposal

    @property
    def verdict(self) -> Verdict | None:
        """The worst of its lines; None where no rule speaks."""
        known = [line.near.held.verdict for line in self.lines if line.near.held.verdict]
        return worst(known) if known else None

    def activities_of(self, agency_id: int) -> list[str]:
        """What an agency would inspect there."""
        return [line.near.activity for line in self.lines if agency_id in line.before.agency_ids]


@dataclass(frozen=True, slots=True)
class Zone:
    """The venues inside a ring, nearest first; `beyond` counts those in areas of somebody else."""

    places: tuple[Place, ...]
    beyond: int

    @property
    def before(self) -> list[Before]:
        """Every line as it stands, to be kept."""
        return [line.before for place in self.places for line in place.lines]

    def seen_by(self, scope: Scope) -> list[Place]:
        """What a reader's own register shows of it: venues of their areas, activities of their agency."""
        own = (
            replace(place, lines=tuple(line for line in place.lines if scope.concerns(line.near.activity)))
            for place in self.places
            if scope.covers(place.venue.area_code)
        )
        return [place for place in own if place.lines]


def zone_of(session: Session, settings: Settings, sweep: Sweep, on: date) -> Zone:
    """The zone as it is on a day. A place that may lie inside the ring, for all we know, is in it."""
    around = surroundings(
        session, settings, _as_its_school(sweep), sweep.site, on=on, within_m=max(sweep.radius_m, SHOWN_M)
    )
    inside = [
        row
        for row in around
        if row.held.distance.boundary_m <= sweep.radius_m or row.held.verdict in _IN_DOUBT
    ]
    theirs = Scope(tuple(sweep.areas), None, None, Role.COORDINATOR)
    mine = [row for row in inside if theirs.covers(row.venue.area_code)]
    beyond = {row.venue.id for row in inside} - {row.venue.id for row in mine}
    return Zone(tuple(_places(session, settings, sweep, mine, on)), len(beyond))


def _as_its_school(sweep: Sweep) -> Scope:
    """A school sees its ring whole, on whichever side of a border."""
    return Scope(tuple(sweep.areas), None, None, Role.REPORTER, sweep.site_id)


def _places(
    session: Session, settings: Settings, sweep: Sweep, rows: list[VenueNear], on: date
) -> Iterable[Place]:
    ids = [row.venue.id for row in rows]
    history, agencies = History(session, ids, on - YEAR), agencies_at_work(session, on)
    waiting, apart = _tasks_at(session, ids), timedelta(days=settings.visits_apart_days)
    at_venue: dict[int, list[VenueNear]] = {}
    for row in rows:
        at_venue.setdefault(row.venue.id, []).append(row)
    for venue_id, together in at_venue.items():
        lines = tuple(_line(row, history, agencies) for row in together)
        near, last = together[0], history.last.get(venue_id)
        agency_ids = tuple(sorted({one for line in lines for one in line.before.agency_ids}))
        proposal = propose(
            len(agency_ids), last_on=last.on if last else None, on=max(sweep.from_on, on), apart=apart,
            is_open=any(line.before.open for line in lines),
        )  # fmt: skip
        metres, planned = near.held.distance.boundary_m, tuple(waiting[venue_id])
        yield Place(near.venue, metres, lines, agency_ids, last, planned, proposal)


def _line(near: VenueNear, history: History, agencies: dict[int, Scope]) -> Line:
    key, verdict = (near.venue.id, near.activity), near.held.verdict
    return Line(
        near,
        Before(
            *key, answering(agencies, near.activity, near.venue.area_code), verdict and verdict.value,
            history.times(*key), history.open_duties(*key),
        ),
    )  # fmt: skip


def _tasks_at(session: Session, venue_ids: list[int]) -> dict[int, list[Task]]:
    """What any agency has planned at each of some venues; what was triggered is for its own agency only."""
    found: defaultdict[int, list[Task]] = defaultdict(list)
    planned = (Task.kind == Kind.PLANNED, Task.state.in_(LIVE), Task.venue_id.in_(venue_ids))
    for task in session.scalars(select(Task).where(*planned).order_by(Task.due_on)):
        found[task.venue_id or 0].append(task)
    return found
