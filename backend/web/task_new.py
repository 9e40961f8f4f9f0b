"""A new task: the form, with how often the business is inspected, and what people may choose in it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict

from backend.accounts.auth import Role, current_user, requires
from backend.accounts.queries import list_agencies
from backend.core.days import today
from backend.core.errors import NotFound, Refusal
from backend.core.web import deployment, get_session
from backend.credit.queries import at_venue
from backend.inspections.api import PLANNERS
from backend.inspections.frequency import Frequency, frequency
from backend.rulebook import queries as rulebook
from backend.tasks import actions, queries
from backend.tasks.rules import CodeState, Kind, Trigger
from backend.tasks.schemas import TaskIn
from backend.venues import queries as venues
from backend.venues.models import Venue
from backend.web.forms import by_words, loaded
from backend.web.shell import pages, with_refusal
from backend.web.venues import area_choices
from backend.web.words import t

OFFICERS = 2  # that the form has room for


@dataclass(frozen=True, slots=True)
class Counted:
    """How often a business is inspected, as a page shows it."""

    visits: Frequency
    too_soon: bool
    apart_days: int
    agencies: dict[int, str]


@pages.get("/tasks/new")
@requires(Role.SUPERVISOR)
def new_task() -> Any:
    """The form; `venue_id` in the address fills the venue in."""
    return render_template("task_new.html", refusal=None, **_form(request.args))


@pages.post("/tasks/new")
@requires(Role.SUPERVISOR)
def add_task() -> Any:
    """Set a task, and say so."""
    person, given = current_user(), request.form
    try:
        said = loaded(TaskIn(exclude=("officer_ids", "activities")), given, "task_")
        said |= {"officer_ids": officers_given(given), "activities": given.getlist("activities")}
        added = actions.add_task(get_session(), person.scope, said, by=person.actor, now=datetime.now(UTC))
    except Refusal as refusal:
        return with_refusal("task_new.html", by_words(refusal, "task_"), **_form(given))
    return redirect(url_for("pages.task", task_id=added.id), 303)


def counted_at(venue: Venue | None, *, beside: int | None = None) -> Counted | None:
    """How often the business is inspected, for those who plan; `beside` is the task that is looked at."""
    if venue is None or current_user().role not in PLANNERS:
        return None
    session, apart = get_session(), timedelta(days=deployment().settings.visits_apart_days)
    visits = frequency(session, venue, today(), beside=beside, apart=apart)
    agencies = {one.id: t.agency_name(one.names) for one in list_agencies(session)}
    return Counted(visits, visits.is_soon(today(), apart), apart.days, agencies)


def officer_choices() -> list[tuple[int, str]]:
    """The inspectors to whom the reader may give a task."""
    found = queries.officers_for(get_session(), current_user().scope)
    return [(one.id, f"{one.display_name} {one.login}") for one in found]


def officers_given(given: Any) -> list[int]:
    """The officers that a form names, the first of them first."""
    chosen = (given.get(f"officer_{number}", type=int) for number in range(1, OFFICERS + 1))
    return [one for one in chosen if one]


def priority_choices() -> list[tuple[int, str]]:
    return [(one, t.named("priority", str(one))) for one in (1, 2, 3)]


def activity_choices() -> list[tuple[str, str]]:
    """The activities that the reader's agency looks after."""
    scope, known = current_user().scope, rulebook.current(get_session()).on(today()).activities
    return [(one, t.activity_name(one)) for one in known if scope.concerns(one)]


def _form(given: MultiDict[str, str]) -> dict[str, Any]:
    venue = _venue(given.get("venue_id", type=int))
    return {
        "given": given.to_dict(), "chosen": given.getlist("activities"),
        "venue": venue, "counted": counted_at(venue), "codes": _codes(), "areas": area_choices(),
        "kinds": [(one, t.named("task_kind", one)) for one in Kind],
        "triggers": [(one, t.named("task_trigger", one)) for one in Trigger],
        "priorities": priority_choices(), "officers": officer_choices(), "activities": activity_choices(),
        "numbers": range(1, OFFICERS + 1),
        "is_listed": venue is not None and bool(at_venue(get_session(), venue.id, today())),
    }  # fmt: skip


def _venue(venue_id: int | None) -> Venue | None:
    try:
        return venues.venue(get_session(), current_user().scope, venue_id) if venue_id else None
    except NotFound:
        return None


def _codes() -> list[tuple[int, str]]:
    """Check codes under which a visit can still take place."""
    session, scope = get_session(), current_user().scope
    found = [
        one
        for state in (CodeState.ISSUED, CodeState.APPLIED)
        for one in queries.list_codes(session, scope, state=state, limit=50)[0]
    ]
    return [(one.id, _code_in_words(one)) for one in found]


def _code_in_words(one: Any) -> str:
    said = (one.code, t.named("code_state", one.state), one.venue and one.venue.name)
    return " · ".join(filter(None, said))
