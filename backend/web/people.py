"""Pages of the security administrator: the accounts in their care."""

from datetime import UTC, date, datetime
from typing import Any

from flask import render_template, request

from backend.accounts import actions, passwords, queries
from backend.accounts.auth import Role, current_user, requires
from backend.accounts.rules import MANAGED
from backend.core.errors import InvalidInput, Refusal
from backend.core.web import get_session
from backend.web.shell import pages, with_refusal
from backend.web.tables import Page, page_asked
from backend.web.words import t


@pages.get("/users")
@requires(Role.SECURITY_ADMIN)
def users() -> Any:
    """The accounts in one's care."""
    number, place = page_asked()
    text = request.args.get("text", "").strip()
    rows, total = queries.list_users(get_session(), current_user().scope, text=text, **place)
    return render_template("users.html", page=Page(rows, total, number), text=text)


@pages.get("/users/new")
@requires(Role.SECURITY_ADMIN)
def new_user() -> Any:
    """The form for opening an account."""
    return render_template("user_new.html", refusal=None, given={}, **_choices())


@pages.post("/users/new")
@requires(Role.SECURITY_ADMIN)
def add_user() -> Any:
    """Open an account and show its first password, once."""
    person, given = current_user(), request.form
    password, password_hash = passwords.random_password()
    try:
        user = actions.add_user(
            get_session(), **_read(given), password_hash=password_hash,
            care=person.scope, by=person.actor, now=datetime.now(UTC),
        )  # fmt: skip
    except Refusal as refusal:
        return with_refusal("user_new.html", refusal, given=given, **_choices())
    return render_template("user.html", user=user, password=password, **_names(user)), 201


@pages.get("/users/<int:user_id>")
@requires(Role.SECURITY_ADMIN)
def user(user_id: int) -> Any:
    """One account, and what can be done to it."""
    found = queries.user_in_care(get_session(), current_user().scope, user_id)
    return render_template("user.html", user=found, password=None, **_names(found))


@pages.post("/users/<int:user_id>")
@requires(Role.SECURITY_ADMIN)
def change_user(user_id: int) -> Any:
    """Close the account, open it again, or give it a new password."""
    deeds = {"deactivate": actions.deactivate, "reactivate": actions.reactivate}
    deed = request.form.get("deed")
    password, details = None, {}
    if deed == "password":
        password, details["password_hash"] = passwords.random_password()
    elif deed not in deeds:
        raise InvalidInput(deed="choose_one")
    person, session = current_user(), get_session()
    found = queries.user_in_care(session, person.scope, user_id)
    change = deeds.get(str(deed), actions.set_password)
    change(session, found, **details, by=person.actor, now=datetime.now(UTC))
    return render_template("user.html", user=found, password=password, **_names(found))


def _choices() -> dict[str, Any]:
    own = current_user().agency_id
    agencies = [agency for agency in queries.list_agencies(get_session()) if own in (None, agency.id)]
    return {
        "roles": [(role, t.role_name(role)) for role in sorted(MANAGED)],
        "agencies": [(agency.id, t.agency_name(agency.names)) for agency in agencies],
    }


def _names(user: Any) -> dict[str, Any]:
    return {"area_names": queries.area_names(get_session(), [area.code for area in user.areas])}


def _read(given: Any) -> dict[str, Any]:
    """The fields of the form in the types that the deed takes. Raises InvalidInput."""
    if given.get("role") not in MANAGED:
        raise InvalidInput(role="choose_one")
    areas = ["" if code == "*" else code for code in given.get("areas", "").replace(",", " ").split()]
    if not areas or any(len(code) > 16 for code in areas):
        raise InvalidInput(areas="areas_needed")
    name = given.get("display_name", "").strip()
    if not name:
        raise InvalidInput(display_name="required")
    return {
        "login": given.get("login", ""),
        "display_name": name,
        "role": Role(given["role"]),
        "areas": areas,
        "agency_id": given.get("agency_id", type=int),
        "certificate_no": given.get("certificate_no", "").strip() or None,
        "certificate_valid_to": _read_day(given, "certificate_valid_to"),
    }


def _read_day(given: Any, name: str) -> date | None:
    try:
        return date.fromisoformat(given[name]) if given.get(name) else None
    except ValueError:
        raise InvalidInput(**{name: "not_a_day"}) from None
