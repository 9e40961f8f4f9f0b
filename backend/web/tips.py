"""Tips (线索) at the desk of supervisors, and the page on which whoever gave one asks after it."""

import math
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from flask import Response, redirect, render_template, request, url_for
from sqlalchemy.orm import Session

from backend.accounts import queries as accounts
from backend.accounts.auth import Role, current_user, requires
from backend.accounts.errors import TooManyTries
from backend.core import audit
from backend.core.days import today
from backend.core.errors import InvalidInput, NotFound, PersonalNumberFound, Refusal
from backend.core.sealed import ContentDestroyed
from backend.core.spreadsheets import csv_answer
from backend.core.web import deployment, get_session
from backend.documents.queries import made_of
from backend.protected_sites.queries import names_of as site_names
from backend.rulebook import queries as rulebook
from backend.rulebook.rules import RuleUnknown, TipKind
from backend.tasks import queries as tasks
from backend.tasks.rules import Kind, Trigger
from backend.tips import actions, contents, queries
from backend.tips.api import picture_answer
from backend.tips.following import follow
from backend.tips.models import Tip
from backend.tips.rules import Source, State
from backend.tips.schemas import AnswerIn, TipFilter
from backend.venues.models import Venue
from backend.venues.queries import names_of as venue_names
from backend.web.forms import loaded
from backend.web.shell import minute, pages
from backend.web.tables import Page, filters_asked, page_asked
from backend.web.words import t

CHIPS = {"received": "survey", "in_hand": "plain", "answered": "clear"}


@pages.get("/tips")
@requires(Role.SUPERVISOR)
def tips() -> Any:
    """The tips of one's areas, newest first."""
    number, place = page_asked()
    given, chosen = filters_asked(TipFilter())
    rows, total = queries.list_tips(get_session(), current_user().scope, **chosen, **place)
    return render_template(
        "tips.html",
        page=Page(list(rows), total, number), given=given, state=state_of, where=_places(rows),
        kind=kind_name, kinds=kinds_to_choose(),
        sources=[(one, t.named("tip_source", one)) for one in Source],
        states=[(one, t.named("tip_state", one)) for one in State],
    )  # fmt: skip


@pages.get("/tips.csv")
@requires(Role.SUPERVISOR)
def tips_csv() -> Response:
    """The same list for a spreadsheet, as a whole; without what somebody wrote."""
    _, chosen = filters_asked(TipFilter())
    headings = (t.number, t.tip_number, t.tip_source, t.tip_kind, t.tip_seen, t.tip_received, t.tip_where,
                t.tip_state)  # fmt: skip
    return csv_answer("tips", headings, _lines(chosen))


@pages.get("/tips/<int:tip_id>")
@requires(Role.SUPERVISOR)
def tip(tip_id: int) -> Any:
    """One tip with what somebody wrote."""
    return _page(tip_id)


def _page(tip_id: int, refusal: Refusal | None = None) -> Any:
    """The look is in the audit trail before the page goes out."""
    person = current_user()
    with deployment().unit_of_work() as session:
        found = queries.tip(session, person.scope, tip_id)
        audit.record(session, "tip.read", by=person.actor, subject=f"tip:{tip_id}")
        text, answer = _content(session, found)
    session = get_session()
    found = queries.tip(session, person.scope, tip_id)
    people = {f"user:{one}" for one in (found.user_id, found.taken_by, found.answered_by) if one}
    return render_template(
        "tip.html",
        tip=found, refusal=refusal, text=text, answer=answer, state=state_of(found),
        kind=kind_name(found.kind), where=_places([found])[found.id],
        people=accounts.names_of(session, people), duties=_duties(found),
        venues=queries.venues_around(session, person.scope, found),
        tasks=tasks.of_source(session, person.scope, found.receipt_no), task_address=_task_address,
        issued=made_of(session, person.scope, f"tip:{tip_id}"),
    )  # fmt: skip


@pages.post("/tips/<int:tip_id>")
@requires(Role.SUPERVISOR)
def settle_tip(tip_id: int) -> Any:
    """Take it in hand, or answer it."""
    deed, person, now = request.form.get("deed"), current_user(), datetime.now(UTC)
    if deed not in ("take", "answer"):
        raise InvalidInput(deed="choose_one")
    try:
        said = loaded(AnswerIn(), request.form, "tip_") if deed == "answer" else {}
    except (InvalidInput, PersonalNumberFound) as refusal:
        return _page(tip_id, refusal), refusal.code
    session = get_session()
    found = queries.tip(session, person.scope, tip_id, to_change=True)
    if deed == "take":
        actions.take(session, found, by=person, now=now)
    else:
        actions.answer(session, found, **said, by=person, now=now)
    return redirect(url_for("pages.tip", tip_id=tip_id), 303)


@pages.get("/tips/<int:tip_id>/pictures/<int:number>")
@requires(Role.SUPERVISOR)
def tip_picture(tip_id: int, number: int) -> Response:
    """One picture of a tip, as it may be looked at."""
    return picture_answer(tip_id, number)


@pages.get("/follow-tip")
def follow_tip() -> Any:
    """Where whoever gave a tip asks after it; nobody signs in for it."""
    return render_template("follow_tip.html", found=None, problem="")


@pages.post("/follow-tip")
def follow_tip_now() -> Any:
    """Say how a tip stands to whoever knows its number and secret; anything else is answered alike."""
    given = request.form.get
    said, address = (given("receipt_no", "")[:64], given("secret", "")[:64]), request.remote_addr or ""
    try:
        found = follow(deployment(), *said, address=address, now=datetime.now(UTC))
    except NotFound as refusal:
        return render_template("follow_tip.html", found=None, problem=t.tip_follow_wrong), refusal.code
    except TooManyTries as refusal:
        said_wait = t.tip_follow_wait.format(minutes=math.ceil(refusal.data["wait_s"] / 60))
        return render_template("follow_tip.html", found=None, problem=said_wait), refusal.code
    return render_template("follow_tip.html", found=found, problem="", state=state_of(found))


def _content(session: Session, found: Tip) -> tuple[str | None, str | None]:
    """Text and answer; nothing of both once they were destroyed on their day."""
    try:
        return contents.text_of(session, found), contents.answer_of(session, found)
    except ContentDestroyed:
        return None, None


def kind_name(kind: str) -> str:
    """What a tip is about; its code where the rulebook of today knows it no more."""
    return t.text(_kinds()[kind].name) if kind in _kinds() else kind


def kinds_to_choose() -> list[tuple[str, str]]:
    """What a tip may be about today, with its name."""
    return [(one.id, t.text(one.name)) for one in _kinds().values()]


def _kinds() -> dict[str, TipKind]:
    return rulebook.current(get_session()).on(today()).tip_kinds


def _duties(found: Tip) -> list[str]:
    """The duties that the kind concerns, in the rulebook's words."""
    on, kind = rulebook.current(get_session()).on(today()), _kinds().get(found.kind)
    said = []
    for duty in kind.duties if kind else ():
        try:
            said.append(t.text(on.duty(duty).statement))
        except RuleUnknown:
            continue
    return said


def state_of(one: Any) -> tuple[str, str]:
    """How a tip stands, in words and as a chip."""
    return t.named("tip_state", one.state), CHIPS[one.state]


def _places(rows: Any) -> dict[int, str]:
    """Where each tip is, in words: the venue that it names, the school, else the position and the area."""
    session = get_session()
    venues = venue_names(session, {one.venue_id for one in rows if one.venue_id})
    sites = site_names(session, {one.site_id for one in rows if one.site_id})
    areas = accounts.area_names(session, {one.area_code for one in rows})

    def said(one: Tip) -> str:
        if one.venue_id:
            return venues.get(one.venue_id) or t.unnamed
        if one.site_id:
            return t.tip_around.format(name=sites.get(one.site_id) or t.unnamed)
        area = areas.get(one.area_code) or one.area_code
        return area if one.lon is None else f"{area} {one.lon:.5f}, {one.lat:.5f}"

    return {one.id: said(one) for one in rows}


def _lines(chosen: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    session, scope = get_session(), current_user().scope
    rows = session.scalars(queries.chosen(scope, **chosen).order_by(Tip.id.desc())).all()
    where = _places(rows)
    for number, one in enumerate(rows, 1):
        yield (
            number, one.receipt_no, t.named("tip_source", one.source), kind_name(one.kind),
            minute(one.seen_at), minute(one.received_at), where[one.id], state_of(one)[0],
        )  # fmt: skip


def _task_address(found: Tip, venue: Venue | None = None) -> str:
    """The form of a new task, filled in with what the tip says."""
    place = {"venue_id": venue.id} if venue else {"area_code": found.area_code}
    return url_for(
        "pages.new_task", kind=Kind.TRIGGERED, trigger=Trigger.TIP, source_no=found.receipt_no,
        reason=kind_name(found.kind), priority=1, **place,
    )  # fmt: skip
