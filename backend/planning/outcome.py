"""What came of a sweep: lines before and after, counted now or as they were kept when it was closed."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from backend.core.days import SHANGHAI
from backend.planning.counts import After, Before, Counts, by_activity, by_agency, count
from backend.planning.history import Looks, looks_at, visits_at
from backend.planning.models import Sweep, SweepTask
from backend.planning.queries import made_for
from backend.planning.rules import is_put_right
from backend.planning.zone import YEAR
from backend.tasks.rules import TaskState


@dataclass(frozen=True, slots=True)
class Outcome:
    """A zone before its sweep, and what the tasks of the sweep led to."""

    before: tuple[Before, ...]
    after: tuple[After, ...]

    @property
    def total(self) -> Counts:
        return count(self.before, self.after)

    @property
    def by_activity(self) -> dict[str, Counts]:
        return by_activity(self.before, self.after)

    @property
    def by_agency(self) -> dict[int, Counts]:
        return by_agency(self.before, self.after)


def outcome_of(session: Session, sweep: Sweep) -> Outcome:
    """As it stands now; of a closed sweep, as it stood when it was closed."""
    before = tuple(Before(**row) for row in _kept(sweep.before))
    if sweep.result is not None:
        return Outcome(before, tuple(After(**row) for row in _kept(sweep.result)))
    return Outcome(before, after_of(session, sweep, before))


def after_of(session: Session, sweep: Sweep, before: tuple[Before, ...]) -> tuple[After, ...]:
    """What the tasks of a sweep led to so far, without those that were called off."""
    if sweep.tasks_made_at is None:
        return ()
    made = [one for one in made_for(session, sweep) if one.task.state != TaskState.WITHDRAWN]
    venue_ids = {one.venue_id for one in made}
    since = sweep.tasks_made_at.astimezone(SHANGHAI).date() - YEAR
    looks, visited = looks_at(session, venue_ids, since), defaultdict(set)
    for visit in visits_at(session, venue_ids):
        visited[visit.task_id, visit.activity].add(visit.id)
    was_open = {(one.venue_id, one.activity): one.open for one in before}
    return tuple(
        _line(
            one, activity, visited[one.task_id, activity], was_open.get((one.venue_id, activity), ()), looks
        )
        for one in made
        for activity in one.task.activity_ids
    )


def _line(
    one: SweepTask, activity: str, visit_ids: set[int], was_open: tuple[str, ...], looks: Looks
) -> After:
    """One activity of a task: what its visits found broken, and what is in order since."""
    here = {
        duty: seen
        for (venue_id, does, duty), seen in looks.items()
        if (venue_id, does) == (one.venue_id, activity)
    }
    found = {
        duty for duty, seen in here.items() if any(x.is_broken and x.visit_id in visit_ids for x in seen)
    }
    right = {duty for duty in {*found, *was_open} if is_put_right(here.get(duty, ()))}
    return After(
        one.venue_id, activity, one.agency_id, bool(visit_ids), tuple(sorted(found)), tuple(sorted(right))
    )


def _kept(rows: list[dict[str, Any]] | None) -> Iterator[dict[str, Any]]:
    """Lines as they were kept, their lists as tuples again."""
    for row in rows or ():
        yield {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
