"""Earlier visits of a venue as a tablet carries them: the day, the activity, how many violations were found.

The last five of each venue, of the tablet's own agency and areas, and how often all agencies together came to
the business this year. No officer, no name, nothing that somebody wrote: what was found in words stays here.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select, true
from sqlalchemy.orm import Session

from backend.inspections import queries as inspections
from backend.inspections.frequency import frequencies
from backend.inspections.models import Standing, Violation, Visit
from backend.packages import changes
from backend.packages.register import Columns, Reach, few
from backend.venues.models import Venue
from backend.venues.queries import visible

FIELDS = ("id", "visits", "this_year")
LAST = 5


def visits(session: Session, reach: Reach, ids: Sequence[int] | None = None) -> Columns:
    """By venue, newest first: `[day, activity, violations found]`; of all venues of a reach, or of some."""
    columns: Columns = {name: [] for name in FIELDS}
    for some in few(ids):
        last: defaultdict[int, list[Any]] = defaultdict(list)
        for row in session.execute(_last(reach, some)):
            last[row.venue_id].append([row.fact_on, row.activity, row.found])
        often = frequencies(session, _of_reach(reach, some), reach.year)
        for venue_id in sorted({*last, *often}):
            columns["id"].append(venue_id)
            columns["visits"].append(last[venue_id])
            columns["this_year"].append(often.get(venue_id, 0))
    return columns


def _of_reach(reach: Reach, ids: Sequence[int] | None) -> ColumnElement[bool]:
    return and_(visible(reach.scope), true() if ids is None else Venue.id.in_(ids))


def _last(reach: Reach, ids: Sequence[int] | None) -> Any:
    named = true() if ids is None else Visit.venue_id.in_(ids)
    newest = (Visit.fact_on.desc(), Visit.id.desc())
    place = func.row_number().over(partition_by=Visit.venue_id, order_by=newest).label("place")
    numbered = (
        select(Visit.id, Visit.venue_id, Visit.fact_on, Visit.activity, place)
        .join(Venue, Venue.id == Visit.venue_id)
        .where(named, visible(reach.scope), inspections.visible(reach.scope), inspections.current())
        .subquery()
    )
    c = numbered.c
    found = (
        select(func.count())
        .where(Violation.visit_id == c.id, Violation.standing == Standing.FOUND)
        .scalar_subquery()
    )
    chosen = select(c.venue_id, c.fact_on, c.activity, found.label("found")).where(c.place <= LAST)
    return chosen.order_by(c.venue_id, c.place)


def touched(session: Session, since: int) -> tuple[list[int], list[int]]:
    """Venues whose visits may be others since a mark, and those of them that were visited or corrected.

    A venue that changed may have come into the reach. A correction changes what it corrects, which may have
    been filed for another venue.
    """
    visited: set[int] = set()
    for some in few(changes.changed_since(session, "visits", since)):
        corrected = select(Visit.corrects).where(Visit.id.in_(some or ()), Visit.corrects.is_not(None))
        for named in (Visit.id.in_(some or ()), Visit.instance_id.in_(corrected)):
            visited.update(filter(None, session.scalars(select(Visit.venue_id).where(named))))
    visited |= _of_their_businesses(session, visited)
    return sorted({*visited, *changes.changed_since(session, "venues", since)}), sorted(visited)


def _of_their_businesses(session: Session, venue_ids: set[int]) -> set[int]:
    """Other venues of the same businesses: a visit to one of them counts for all."""
    found: set[int] = set()
    for some in few(sorted(venue_ids)):
        codes = select(Venue.credit_code).where(Venue.id.in_(some or ()), Venue.credit_code.is_not(None))
        found.update(session.scalars(select(Venue.id).where(Venue.credit_code.in_(codes))))
    return found
