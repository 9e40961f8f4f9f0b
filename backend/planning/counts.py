"""A zone in numbers, before beside after, and what of them a school is told. Plain Python."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from backend.planning.rules import Matter

LEAST_TOLD = 5  # venues; as on maps of others


@dataclass(frozen=True, slots=True)
class Before:
    """An activity of a venue as it stood when the first tasks were made.

    `visits` are those of the year before, `open` the duties that were open then.
    """

    venue_id: int
    activity: str
    agency_ids: tuple[int, ...]
    verdict: str | None
    visits: int
    open: tuple[str, ...]

    @property
    def matters(self) -> set[Matter]:
        return {(self.venue_id, self.activity, duty) for duty in self.open}


@dataclass(frozen=True, slots=True)
class After:
    """An activity that a task of the sweep sends an agency to, and what came of it.

    `corrected` are duties, open before or found by the sweep, that a later look saw in order.
    """

    venue_id: int
    activity: str
    agency_id: int
    is_visited: bool
    found: tuple[str, ...]
    corrected: tuple[str, ...]

    def matters(self, duties: Iterable[str]) -> set[Matter]:
        return {(self.venue_id, self.activity, duty) for duty in duties}


@dataclass(frozen=True, slots=True)
class Counts:
    """Before beside after. Whatever two agencies share is counted once."""

    venues: int
    verdicts: dict[str, int]
    visits_before: int
    open_before: int
    tasks: int
    visited: int
    waiting: int
    venues_visited: int
    venues_found: int
    found: int
    found_corrected: int
    corrected: int
    open_after: int


def count(before: Iterable[Before], after: Iterable[After]) -> Counts:
    """Count a zone, or the part of it that belongs to an agency or an activity.

    Parameters
    ----------
    before : iterable of Before
    after : iterable of After

    Returns
    -------
    Counts
        A task is a venue to which an agency is sent; it is visited once any of its activities is.
    """
    stood, became = list(before), list(after)
    tasks = {(one.venue_id, one.agency_id) for one in became}
    visited = {(one.venue_id, one.agency_id) for one in became if one.is_visited}
    was_open = set[Matter]().union(*(one.matters for one in stood))
    found = set[Matter]().union(*(one.matters(one.found) for one in became))
    corrected = set[Matter]().union(*(one.matters(one.corrected) for one in became))
    return Counts(
        venues=len({one.venue_id for one in stood}),
        verdicts=dict(Counter(one.verdict for one in stood if one.verdict)),
        visits_before=sum(one.visits for one in stood),
        open_before=len(was_open),
        tasks=len(tasks),
        visited=len(visited),
        waiting=len(tasks - visited),
        venues_visited=len({venue_id for venue_id, _ in visited}),
        venues_found=len({venue_id for venue_id, *_ in found}),
        found=len(found),
        found_corrected=len(found & corrected),
        corrected=len(corrected),
        open_after=len((was_open | found) - corrected),
    )


def by_activity(before: Iterable[Before], after: Iterable[After]) -> dict[str, Counts]:
    """The same for each activity, in alphabetical order.

    Parameters
    ----------
    before : iterable of Before
    after : iterable of After

    Returns
    -------
    dict of Counts
    """
    stood, became = list(before), list(after)
    return {
        activity: count(
            (one for one in stood if one.activity == activity),
            (one for one in became if one.activity == activity),
        )
        for activity in sorted({one.activity for one in stood} | {one.activity for one in became})
    }


def by_agency(before: Iterable[Before], after: Iterable[After]) -> dict[int, Counts]:
    """The same for each agency; a venue in the care of two counts with both.

    Parameters
    ----------
    before : iterable of Before
    after : iterable of After

    Returns
    -------
    dict of Counts
    """
    stood, became = list(before), list(after)
    known = {agency for one in stood for agency in one.agency_ids} | {one.agency_id for one in became}
    return {
        agency: count(
            (one for one in stood if agency in one.agency_ids),
            (one for one in became if one.agency_id == agency),
        )
        for agency in sorted(known)
    }


def told_to_school(counts: Counts) -> bool:
    """Whether a school may be told how many venues had something found, and how much was put right.

    Parameters
    ----------
    counts : Counts
        Of the whole zone: a part of it could be subtracted.

    Returns
    -------
    bool
        False where fewer than five venues had something found, or fewer than five that were visited had
        nothing: no school may guess which.
    """
    return LEAST_TOLD <= counts.venues_found <= counts.venues_visited - LEAST_TOLD
