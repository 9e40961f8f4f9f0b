"""Check codes (检查码) at the desk: entered as they were issued, with what became of them."""

from datetime import UTC, datetime
from typing import Any

from flask import render_template, request

from backend.accounts.auth import Role, current_user, requires
from backend.accounts.queries import list_agencies
from backend.core.errors import InvalidInput, Refusal
from backend.core.web import get_session
from backend.tasks import codes, queries
from backend.tasks.api import READERS
from backend.tasks.rules import CodeState, Route
from backend.tasks.schemas import CodeFilter, CodeIn, CodeIssueIn, WithdrawalIn
from backend.web.forms import loaded
from backend.web.shell import pages
from backend.web.tables import Page, filters_asked, page_asked
from backend.web.words import t

CHIPS = {"applied": "survey", "issued": "clear", "used": "plain", "void": "plain", "expired": "inside"}


@pages.get("/check-codes")
@requires(*READERS)
def check_codes() -> Any:
    """The check codes of one's agency, newest first."""
    return _page()


@pages.post("/check-codes")
@requires(Role.SUPERVISOR)
def add_check_code() -> Any:
    """Enter a code, note that it was given, or make it void."""
    session, person, given = get_session(), current_user(), request.form
    deed, by = given.get("deed"), person.actor
    try:
        if deed == "add":
            said = loaded(CodeIn(exclude=("agency_ids",)), given, "check_code_")
            said["agency_ids"] = given.getlist("agency_ids", type=int)
            codes.add_code(session, person.scope, said, by=by, now=datetime.now(UTC))
        elif deed in ("issue", "void"):
            code = queries.code(session, person.scope, given.get("code_id", 0, type=int), to_change=True)
            if deed == "issue":
                said = loaded(CodeIssueIn(), given, "check_code_")
                codes.issue(session, code, said["code"], said["valid_to"], by=by)
            else:
                codes.void(session, code, **loaded(WithdrawalIn(), given, "check_code_"), by=by)
        else:
            raise InvalidInput(deed="choose_one")
    except Refusal as refusal:
        return _page(refusal=refusal), refusal.code
    session.flush()
    session.expire_all()
    return _page(is_saved=True)


def _page(refusal: Refusal | None = None, is_saved: bool = False) -> Any:
    number, place = page_asked()
    given, chosen = filters_asked(CodeFilter())
    session, person = get_session(), current_user()
    rows, total = queries.list_codes(session, person.scope, **chosen, **place)
    agencies = {one.id: t.agency_name(one.names) for one in list_agencies(session)}
    return render_template(
        "check_codes.html",
        page=Page(list(rows), total, number), given=given, refusal=refusal, is_saved=is_saved, chips=CHIPS,
        agencies=agencies, others=[(one, name) for one, name in agencies.items() if one != person.agency_id],
        states=[(one, t.named("code_state", one)) for one in CodeState],
        routes=[(one, t.named("route", one)) for one in Route],
        may_write=person.role is Role.SUPERVISOR, said=request.form,
    )  # fmt: skip
