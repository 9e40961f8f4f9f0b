"""Problems of intake: checklists that could not be filed, and inspections that somebody should look at."""

from datetime import UTC, datetime
from typing import Any

from flask import render_template, request

from backend.accounts import queries as accounts
from backend.accounts.auth import Role, current_user, requires
from backend.core.web import deployment, get_session
from backend.inspections import queries as inspections
from backend.inspections.schemas import VisitFilter
from backend.intake import actions, queries
from backend.intake.models import State
from backend.venues.queries import names_of
from backend.web.shell import pages
from backend.web.tables import PAGE_SIZE, Page, filters_asked, page_asked
from backend.web.words.codes import FLAGS


@pages.get("/problems")
@requires(Role.SUPERVISOR, Role.SYSTEM_ADMIN)
def problems() -> Any:
    """What waits for a repair, without its content."""
    return _page()


@pages.post("/problems")
@requires(Role.SUPERVISOR, Role.SYSTEM_ADMIN)
def replay() -> Any:
    """Try to file some again. It owns its transactions, so the request opens none of its own before it."""
    served, person = deployment(), current_user()
    chosen = request.form.getlist("envelope_id", type=int)[:PAGE_SIZE]
    with served.reading() as session:
        for envelope_id in chosen:
            queries.envelope(session, person.scope, envelope_id)
    states = actions.replay(served, by=person.actor, now=datetime.now(UTC), envelope_ids=chosen)
    return _page({"filed": states[State.FILED], "left": states[State.UNFILABLE]})


@pages.get("/flagged")
@requires(Role.SUPERVISOR)
def flagged() -> Any:
    """Inspections with something that is not settled."""
    number, place = page_asked()
    given, chosen = filters_asked(VisitFilter(only=("flag", "since", "until")))
    session = get_session()
    rows, total = inspections.list_visits(session, current_user().scope, flagged=True, **chosen, **place)
    return render_template(
        "flagged.html",
        page=Page(rows, total, number), given=given,
        flags=[(code, str(word)) for code, word in FLAGS.items()],
        venues=names_of(session, {visit.venue_id for visit in rows if visit.venue_id}),
    )  # fmt: skip


def _page(replayed: dict[str, int] | None = None) -> Any:
    number, place = page_asked()
    rows, total = queries.list_envelopes(get_session(), current_user().scope, state=State.UNFILABLE, **place)
    people = accounts.names_of(get_session(), {f"user:{row.user_id}" for row in rows if row.user_id})
    return render_template("problems.html", page=Page(rows, total, number), replayed=replayed, people=people)
