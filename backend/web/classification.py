"""What new kinds of business are: the notes in force, those that were replaced, and a new one."""

from datetime import UTC, datetime
from typing import Any

from flask import render_template, request
from marshmallow import ValidationError

from backend.accounts.auth import current_user, requires
from backend.classification import actions, queries
from backend.classification.api import WRITERS
from backend.classification.rules import undecided
from backend.classification.schemas import NoteFilter, NoteIn
from backend.core.days import today
from backend.core.errors import InvalidInput
from backend.core.web import get_session
from backend.rulebook import queries as rulebook
from backend.venues.api import READERS
from backend.venues.queries import names_of
from backend.web.noted import shown_notes
from backend.web.shell import pages
from backend.web.tables import Page, filters_asked, page_asked
from backend.web.words import t


@pages.get("/classification")
@requires(*READERS)
def notes() -> Any:
    """The notes, newest first."""
    return _page()


@pages.post("/classification")
@requires(*WRITERS)
def add_note() -> Any:
    """Write a note down."""
    given = {name: text.strip() for name, text in request.form.items() if text.strip()}
    said = {name: given[name] for name in NoteIn().fields if name in given}
    said["clauses"] = given.get("clauses", "").split()  # type: ignore[assignment]
    try:
        loaded = NoteIn().load(said)
    except ValidationError as problem:
        raise InvalidInput(**{f"notes_{name}": "required" for name in problem.messages}) from None
    actions.add_note(get_session(), loaded, by=current_user(), now=datetime.now(UTC))
    return _page(is_added=True)


def _page(is_added: bool = False) -> Any:
    number, place = page_asked()
    given, chosen = filters_asked(NoteFilter(only=("business",)))
    session, person = get_session(), current_user()
    rows, total = queries.list_notes(session, person.scope, **chosen, **place)
    activities = rulebook.current(session).on(today()).activities
    return render_template(
        "classification.html",
        page=Page(shown_notes(session, rows), total, number), given=given, is_added=is_added,
        undecided=undecided(queries.decided_everywhere(session)), may_write=person.role in WRITERS,
        activities=[(one, t.activity_name(one)) for one in activities],
        venues=names_of(session, {row.venue_id for row in rows if row.venue_id}),
    )  # fmt: skip
