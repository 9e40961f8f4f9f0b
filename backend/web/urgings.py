"""Urging letters (督办): who waits for which answer, a new letter, and the answer to it."""

from datetime import UTC, datetime
from typing import Any

from flask import redirect, render_template, request, url_for

from backend.accounts.auth import Role, current_user, requires
from backend.accounts.queries import areas_to_choose, list_agencies
from backend.core.days import SHANGHAI, today
from backend.core.errors import InvalidInput, PersonalNumberFound
from backend.core.web import get_session
from backend.indicators import urgings as letters
from backend.indicators.api import READERS
from backend.indicators.definitions import indicators
from backend.indicators.models import Urging
from backend.indicators.rules import State, state
from backend.indicators.schemas import UrgingAnswerIn, UrgingFilter, UrgingIn
from backend.web.forms import by_words, loaded
from backend.web.shell import pages, with_refusal
from backend.web.tables import Page, filters_asked, page_asked
from backend.web.words import t

CHIPS = {State.WAITING: "survey", State.LATE: "inside", State.ANSWERED: "clear"}
_REFUSED = (InvalidInput, PersonalNumberFound)


@pages.get("/urgings")
@requires(*READERS)
def urgings() -> Any:
    """Letters of one's areas, or to one's agency; those that wait for an answer first."""
    number, place = page_asked()
    given, chosen = filters_asked(UrgingFilter())
    rows, total = letters.list_urgings(get_session(), current_user().scope, today=today(), **chosen, **place)
    return render_template(
        "urgings.html", page=Page(list(rows), total, number), given=given, state=_chip,
        may_send=current_user().role is Role.COORDINATOR,
    )  # fmt: skip


@pages.get("/urgings/new")
@requires(Role.COORDINATOR)
def new_urging() -> Any:
    """The form of a letter; an indicator may be in the address."""
    return render_template("urging_new.html", refusal=None, given=request.args, **_choices())


@pages.post("/urgings/new")
@requires(Role.COORDINATOR)
def send_urging() -> Any:
    """Send a letter, and show it."""
    try:
        said = loaded(UrgingIn(), request.form, "urging_")
        sent = letters.urge(get_session(), **said, by=current_user(), now=datetime.now(UTC))
    except _REFUSED as refusal:
        return with_refusal("urging_new.html", by_words(refusal, "urging_"), given=request.form, **_choices())
    return redirect(url_for("pages.urging", urging_id=sent.id), 303)


@pages.get("/urgings/<int:urging_id>")
@requires(*READERS)
def urging(urging_id: int) -> Any:
    """A letter with its answers, and the form for whoever may answer."""
    return _one(letters.urging(get_session(), current_user().scope, urging_id))


@pages.post("/urgings/<int:urging_id>")
@requires(Role.SUPERVISOR)
def answer_urging(urging_id: int) -> Any:
    """Answer for the agency that was urged."""
    session, person = get_session(), current_user()
    found = letters.urging(session, person.scope, urging_id, to_answer=True)
    try:
        said = loaded(UrgingAnswerIn(), request.form, "urging_answer_")
        letters.answer(session, found, **said, by=person, now=datetime.now(UTC))
    except _REFUSED as refusal:
        return _one(found, by_words(refusal, "urging_answer_")), refusal.code
    return redirect(url_for("pages.urging", urging_id=urging_id), 303)


def _one(found: Urging, refusal: Any = None) -> str:
    person = current_user()
    named = {one.id: t.text(one.name) for one in indicators()}
    return render_template(
        "urging.html", urging=found, refusal=refusal, state=_chip, indicator=named.get(found.indicator or ""),
        may_answer=person.role is Role.SUPERVISOR and person.agency_id == found.to_agency_id,
        area=dict(areas_to_choose(get_session())).get(found.area_code, found.area_code or t.everywhere),
    )  # fmt: skip


def _chip(one: Urging) -> tuple[str, str]:
    """How it stands, as word and colour; an answer that came late says so."""
    answered_on = one.answered_at.astimezone(SHANGHAI).date() if one.answered_at else None
    now = state(one.due_on, answered_on, today())
    if answered_on and answered_on > one.due_on:
        return t.urging_late, "survey"
    return t.named("urging_state", now), CHIPS[now]


def _choices() -> dict[str, Any]:
    session, scope = get_session(), current_user().scope
    return {
        "areas": [one for one in areas_to_choose(session) if scope.covers(one[0])]
        or [(code, code or t.everywhere) for code in scope.areas],
        "agencies": [(one.id, t.agency_name(one.names)) for one in list_agencies(session)],
        "indicators": [(one.id, t.text(one.name)) for one in indicators()],
    }
