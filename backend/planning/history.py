"""What inspections of all agencies did at some venues: visits, and looks at each duty."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from backend.inspections.models import Finding, Standing, Violation, Visit, VisitGrounds
from backend.inspections.queries import current
from backend.planning.rules import Look, Matter, is_open

_COMPLIANT = "compliant"
Looks = dict[Matter, list[Look]]


def visits_at(session: Session, venue_ids: Collection[int]) -> Sequence[Any]:
    """Visits to venues that no correction replaced, oldest first, each with the task that it answers."""
    answers = and_(VisitGrounds.visit_id == Visit.id, ~VisitGrounds.assisting)
    columns = (Visit.id, Visit.venue_id, Visit.activity, Visit.agency_id, Visit.visit_no, Visit.fact_on)
    return session.execute(
        select(*columns, VisitGrounds.task_id)
        .outerjoin(VisitGrounds, answers)
        .where(Visit.venue_id.in_(venue_ids), current())
        .order_by(Visit.fact_on, Visit.id)
    ).all()


def looks_at(session: Session, venue_ids: Collection[int], since: date) -> Looks:
    """Every look at a duty on visits from a day on: found broken, or answered compliant and not broken.

    What is for a human to decide is neither.
    """
    there = (Visit.venue_id.in_(venue_ids), Visit.fact_on >= since, current())
    visit = (Visit.id, Visit.venue_id, Visit.activity, Visit.fact_on)
    looks: defaultdict[Matter, list[Look]] = defaultdict(list)
    doubted = set()
    violations = select(*visit, Violation.duty_id, Violation.standing).join(Violation.visit)
    for row in session.execute(violations.where(*there, Violation.duty_id.is_not(None))):
        doubted.add((row.id, row.duty_id))
        if row.standing == Standing.FOUND:
            looks[row.venue_id, row.activity, row.duty_id].append(Look(row.fact_on, row.id, True))
    findings = select(*visit, Finding.duties).join(Finding, Finding.visit_id == Visit.id)
    for found in session.execute(findings.where(*there, Finding.answer == _COMPLIANT)):
        for duty in found.duties:
            if (found.id, duty) not in doubted:
                looks[found.venue_id, found.activity, duty].append(Look(found.fact_on, found.id, False))
    return looks


@dataclass(frozen=True, slots=True)
class Last:
    """The last visit to a venue, of whichever agency."""

    on: date
    agency_id: int | None


class History:
    """Some venues up to today: when somebody was there last, how often since a day, what is open since."""

    def __init__(self, session: Session, venue_ids: Collection[int], since: date) -> None:
        visits = visits_at(session, venue_ids)
        self.last = {row.venue_id: Last(row.fact_on, row.agency_id) for row in visits}
        self._times = Counter(
            (venue_id, activity)
            for venue_id, activity, *_ in {
                (row.venue_id, row.activity, row.agency_id, row.visit_no)
                for row in visits
                if row.fact_on >= since
            }
        )
        self._looks = looks_at(session, venue_ids, since)

    def times(self, venue_id: int, activity: str) -> int:
        """How often an activity was visited."""
        return self._times[venue_id, activity]

    def open_duties(self, venue_id: int, activity: str) -> tuple[str, ...]:
        """What was found there and not seen in order since."""
        here = ((duty, seen) for (*place, duty), seen in self._looks.items() if place == [venue_id, activity])
        return tuple(sorted(duty for duty, seen in here if is_open(seen)))
