"""Agencies at the desk of the system administrator: how each is reached, as its documents print it."""

from typing import Any

from flask import render_template, request

from backend.accounts import contacts, queries
from backend.accounts.auth import Role, current_user, requires
from backend.accounts.models import Agency
from backend.accounts.schemas import AgencyContactIn, AuthorityIn
from backend.core.errors import Refusal
from backend.core.web import get_session
from backend.web.forms import loaded
from backend.web.shell import pages, with_refusal
from backend.web.words import t


@pages.get("/agencies")
@requires(Role.SYSTEM_ADMIN)
def agencies() -> Any:
    """The agencies, and whether the numbers that documents print were entered."""
    own = current_user().agency_id
    rows = [one for one in queries.list_agencies(get_session()) if own in (None, one.id)]
    return render_template("agencies.html", rows=rows)


@pages.get("/agencies/<int:agency_id>")
@requires(Role.SYSTEM_ADMIN)
def agency(agency_id: int) -> Any:
    """How one agency is reached."""
    return _page(contacts.agency_in_care(get_session(), current_user().scope, agency_id))


@pages.post("/agencies/<int:agency_id>")
@requires(Role.SYSTEM_ADMIN)
def change_agency(agency_id: int) -> Any:
    """Write how it is reached; what is left blank counts as not entered."""
    session, person = get_session(), current_user()
    found = contacts.agency_in_care(session, person.scope, agency_id)
    try:
        said = loaded(AgencyContactIn(), request.form, "agency_")
        said |= loaded(AuthorityIn(), request.form, "agency_")
    except Refusal as refusal:
        return with_refusal(
            "agency.html", refusal, one=found, given=request.form, is_saved=False,
            authorities=t.options("authority"),
        )  # fmt: skip
    contacts.set_contact(session, found, said, by=person.actor)
    return _page(found, is_saved=True)


def _page(found: Agency, is_saved: bool = False) -> Any:
    given = {name: text or "" for name, text in contacts.contact_of(found).items()}
    return render_template(
        "agency.html", refusal=None, one=found, given=given | {"authority": found.authority},
        is_saved=is_saved, authorities=t.options("authority"),
    )  # fmt: skip
