"""Earlier visits of a venue as a tablet carries them: the day, the activity, how many violations were found.

The last five of each venue, of the tablet's own agency and areas. No officer, no name, nothing that somebody
wrote: what was found in words stays here.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select, true
from sqlalchemy.orm import Session

from backend.inspections import queries as inspections
from backend.inspections.models import Standing, Violation, Visit
from backend.packages import changes
from backend.packages.register import Columns, Reach, few
from backend.venues.models import Venue
from backend.venues.queries import visible

FIELDS = ("id", "visits")
LAST = 5


def visits(session: Session, reach: Reach, ids: Sequence[int] | None = None) -> Columns:
    """By venue, newest first: `[day, activity, violations found]`; of all venues of a reach, or of some."""
    columns: Columns = {name: [] for name in FIELDS}
    for some in few(ids):
        for row in session.execute(_last(reach, some)):
            if not columns["id"] or columns["id"][-1] != row.venue_id:
                columns["id"].append(row.venue_id)
                columns["visits"].append([])
            columns["visits"][-1].append([row.fact_on, row.activity, row.found])
    return columns


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
    return sorted({*visited, *changes.changed_since(session, "venues", since)}), sorted(visited)
