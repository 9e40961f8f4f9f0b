"""The zone of a sweep as its page shows it: who answers, what was there last, and the ticks."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from backend.accounts.scope import Scope
from backend.planning import queries
from backend.planning.rules import Proposal
from backend.planning.zone import Place
from backend.screening.sketch import Dot
from backend.tasks.models import Task
from backend.web.words import t

CHIPS = {"joint": "plain", "single": "plain", "left_out": "clear", "nobody": "not_configured"}
_PROPOSED = (Proposal.JOINT, Proposal.SINGLE)
Pair = tuple[int, int]  # venue, agency


@dataclass(frozen=True, slots=True)
class Tick:
    """An agency that answers there, and its task if it was sent.

    `is_own`: the reader may open its tasks; `is_open`: and may send it now.
    """

    agency: str
    pair: str
    task: Task | None
    is_own: bool
    is_open: bool
    is_ticked: bool


@dataclass(frozen=True, slots=True)
class PlaceShown:
    """A venue of the zone in words; where everybody was sent, that stands in place of the proposal."""

    place: Place
    who: list[str]
    before: list[str]
    proposal: tuple[str, str]
    ticks: list[Tick]


def shown_places(
    places: Collection[Place],
    scope: Scope,
    *,
    names: Mapping[int, str],
    sent: Mapping[Pair, Task],
    may_send: bool,
    ticked: Collection[str] | None,
) -> list[PlaceShown]:
    """The places that the reader sees; `ticked` are the ticks of a form that comes back."""

    def shown(place: Place) -> PlaceShown:
        ticks = [tick(place, one) for one in place.agency_ids]
        who, before = _who(place, names), _before(place, names)
        return PlaceShown(place, who, before, _proposal(place, ticks), ticks)

    def tick(place: Place, agency_id: int) -> Tick:
        pair = f"{place.venue.id}-{agency_id}"
        chosen = place.proposal in _PROPOSED if ticked is None else pair in ticked
        task = sent.get((place.venue.id, agency_id))
        is_own = queries.may_send(scope, agency_id)
        return Tick(_called(names, agency_id), pair, task, is_own, is_own and may_send, chosen)

    return [shown(place) for place in places]


def dots_of_places(places: Collection[Place]) -> list[Dot]:
    """The venues as the sketch draws them, numbered as in the list."""
    return [_dot(number, place) for number, place in enumerate(places, 1)]


def _dot(number: int, place: Place) -> Dot:
    where: Any = place.venue.place  # one without a place is in no ring
    return Dot(where.x, where.y, str(number), f"{number} {place.venue.name or t.unnamed}", place.verdict)


def _proposal(place: Place, ticks: list[Tick]) -> tuple[str, str]:
    if ticks and all(one.task for one in ticks):
        return t.visit_joint if len(ticks) > 1 else t.sweep_sent, "plain"
    return t.named("sweep_proposal", place.proposal), CHIPS[place.proposal]


def _who(place: Place, names: Mapping[int, str]) -> list[str]:
    return [
        t.sweep_who_line.format(
            activity=t.activity_name(line.near.activity),
            agencies=t.listed(_called(names, one) for one in line.before.agency_ids) or t.sweep_nobody,
        )
        for line in place.lines
    ]


def _before(place: Place, names: Mapping[int, str]) -> list[str]:
    """The last visit, and what is planned there already."""
    last = place.last
    planned = [
        t.sweep_waits.format(agency=_called(names, one.agency_id), day=one.due_on) for one in place.tasks
    ]
    if last is None:
        return [t.sweep_never, *planned]
    return [t.sweep_last_said.format(day=last.on, agency=_called(names, last.agency_id)), *planned]


def _called(names: Mapping[int, str], agency_id: int | None) -> str:
    return names.get(agency_id or 0, t.no_agency)
