"""Whom to call when a minor is found (未成年人保护联系电话): kept by the system administrator."""

from typing import Any

from flask import render_template, request

from backend.accounts import contacts
from backend.accounts.auth import Role, current_user, requires
from backend.accounts.queries import area_names
from backend.accounts.rules import ToCall
from backend.accounts.schemas import MinorContactIn
from backend.core.days import today
from backend.core.errors import InvalidInput, Refusal
from backend.core.web import get_session
from backend.packages.contacts import public_numbers
from backend.rulebook import queries as rulebook
from backend.web.forms import loaded
from backend.web.law import cited
from backend.web.shell import pages
from backend.web.words import t


@pages.get("/minor-contacts")
@requires(Role.SYSTEM_ADMIN)
def minor_contacts() -> Any:
    """The offices of one's areas, and the public numbers with the clause by which one calls."""
    return _page()


@pages.post("/minor-contacts")
@requires(Role.SYSTEM_ADMIN)
def change_minor_contacts() -> Any:
    """Add an office or change its number, or take one off the list."""
    session, person, given = get_session(), current_user(), request.form
    try:
        if given.get("deed") == "remove":
            contact_id = given.get("contact_id", 0, type=int)
            contacts.remove_minor_contact(session, person.scope, contact_id, by=person.actor)
        elif given.get("deed") == "put":
            said = loaded(MinorContactIn(), given, "contact_")
            contacts.put_minor_contact(session, person.scope, **said, by=person.actor)
        else:
            raise InvalidInput(deed="choose_one")
    except Refusal as refusal:
        return _page(refusal=refusal), refusal.code
    return _page(is_saved=True)


def _page(refusal: Refusal | None = None, is_saved: bool = False) -> Any:
    session, person = get_session(), current_user()
    rows = contacts.minor_contacts(session, person.scope)
    law = rulebook.current(session).on(today())
    return render_template(
        "minor_contacts.html",
        rows=rows, areas=area_names(session, {one.area_code for one in rows}), refusal=refusal,
        is_saved=is_saved, may_remove=person.scope.covers,
        public=[(one, cited(law, [one["clause"]])) for one in public_numbers()],
        kinds=[(one, t.named("to_call", one)) for one in ToCall], said={} if is_saved else request.form,
    )  # fmt: skip
