"""Tips (线索) at the desk of supervisors, and the page on which whoever gave one asks after it."""

import math
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

from flask import Response, redirect, render_template, request, url_for
from marshmallow import Schema
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
from backend.tips import clocks, contents, informants, informants_api, queries, triage
from backend.tips.api import picture_answer
from backend.tips.errors import InformantSealed
from backend.tips.following import follow
from backend.tips.models import Tip, TipClock
from backend.tips.rules import Deed, State, state_after
from backend.tips.schemas import (
    AnswerIn,
    InformantAskIn,
    TipAcceptIn,
    TipDeedIn,
    TipExtendIn,
    TipFilter,
    TipJoinIn,
    TipNoteIn,
    TipPlaceIn,
    TipTakeBackIn,
    TipTransferIn,
    TipVerifyIn,
)
from backend.venues.models import Venue
from backend.venues.queries import names_of as venue_names
from backend.web.forms import loaded
from backend.web.shell import minute, pages
from backend.web.tables import Page, filters_asked, page_asked
from backend.web.words import t

CHIPS = {"received": "survey", "in_hand": "plain", "accepted": "plain", "transferred": "survey",
         "answered": "clear", "closed": "clear"}  # fmt: skip
_DEEDS: dict[Deed, tuple[Any, type[Schema]]] = {
    Deed.TAKE: (triage.take, TipDeedIn),
    Deed.ACCEPT: (triage.accept, TipAcceptIn),
    Deed.JOIN: (triage.join, TipJoinIn),
    Deed.TRANSFER: (triage.transfer, TipTransferIn),
    Deed.TAKE_BACK: (triage.take_back, TipTakeBackIn),
    Deed.VERIFY: (triage.verify, TipVerifyIn),
    Deed.ANSWER: (triage.answer, AnswerIn),
    Deed.CLOSE: (triage.close, TipNoteIn),
    Deed.SPLIT: (triage.split, TipDeedIn),
    Deed.PLACE: (triage.place, TipPlaceIn),
    Deed.EXTEND: (triage.extend, TipExtendIn),
}


@pages.get("/tips")
@requires(Role.SUPERVISOR)
def tips() -> Any:
    """The tips of one's areas, newest first."""
    number, place = page_asked()
    given, chosen = _filters()
    rows, total = queries.list_tips(get_session(), current_user().scope, **chosen, **place)
    return render_template(
        "tips.html",
        page=Page(list(rows), total, number), given=given, state=state_of, where=_places(rows),
        kind=kind_name, kinds=kinds_to_choose(),
        sources=t.options("tip_source"),
        states=t.options("tip_state"), natures=t.options("tip_nature"), due=next_due, today=today(),
    )  # fmt: skip


@pages.get("/tips.csv")
@requires(Role.SUPERVISOR)
def tips_csv() -> Response:
    """The same list for a spreadsheet, as a whole; without what somebody wrote."""
    _, chosen = _filters()
    headings = (t.number, t.tip_number, t.tip_source, t.tip_channel_no, t.tip_nature, t.tip_kind, t.tip_seen,
                t.tip_received, t.tip_where, t.tip_state, t.tip_due)  # fmt: skip
    return csv_answer("tips", headings, _lines(chosen))


@pages.get("/tips/<int:tip_id>")
@requires(Role.SUPERVISOR)
def tip(tip_id: int) -> Any:
    """One tip with what somebody wrote."""
    return _page(tip_id)


def _page(tip_id: int, refusal: Refusal | None = None, **opened: Any) -> Any:
    """The look is in the audit trail before the page goes out."""
    person = current_user()
    with deployment().unit_of_work() as session:
        found = queries.tip(session, person.scope, tip_id)
        audit.record(session, "tip.read", by=person.actor, subject=f"tip:{tip_id}")
        content = _content(session, found)
    session, scope = get_session(), person.scope
    found = queries.tip(session, scope, tip_id)
    requests = informants.waiting(session, found, datetime.now(UTC))
    actors = (found.user_id, *(one.by for one in found.steps), *(one.requested_by for one in requests))
    people = {f"user:{one}" for one in actors if one}
    group = queries.group_of(session, scope, found)
    alike = queries.alike(session, scope, found, days=deployment().settings.alike_days)
    first = group[0] if group else found
    return render_template(
        "tip.html",
        tip=found, refusal=refusal, content=content, state=state_of, kind=kind_name,
        where=_places([found])[found.id], people=accounts.names_of(session, people),
        duties=_duties(found), venues=queries.venues_around(session, scope, found), first=first,
        tasks=tasks.of_source(session, scope, first.receipt_no), task_address=_task_address,
        alike=[one for one in alike if one not in group], group=group,
        halves=queries.halves_of(session, scope, found),
        limits=clocks.limits_of(session, found), today=today(),
        law=rulebook.current(session).on(clocks.day_of(found)),
        informant=informants.of(session, found), requests=requests, me=person.id,
        may_reply=informants.may_reply(found, person),
        **({"shown": None, "reach": None, "reasons": {}} | opened),
        may={deed for deed in Deed if state_after(State(found.state), deed)},
        issued=made_of(session, scope, f"tip:{tip_id}"),
    )  # fmt: skip


@pages.post("/tips/<int:tip_id>")
@requires(Role.SUPERVISOR)
def settle_tip(tip_id: int) -> Any:
    """Do one thing with it: what it takes stands in the form."""
    named, person = request.form.get("deed", ""), current_user()
    if named not in _DEEDS:
        raise InvalidInput(deed="choose_one")
    deed, takes = _DEEDS[Deed(named)]
    try:
        said = loaded(takes(), request.form, "tip_")
    except (InvalidInput, PersonalNumberFound) as refusal:
        return _page(tip_id, refusal), refusal.code
    session = get_session()
    found = queries.tip(session, person.scope, tip_id, to_change=True)
    deed(session, found, **said, by=person, now=datetime.now(UTC))
    return redirect(url_for("pages.tip", tip_id=tip_id), 303)


@pages.post("/tips/<int:tip_id>/informant")
@requires(Role.SUPERVISOR)
def open_informant(tip_id: int) -> Any:
    """Ask who gave it, agree to another's request, or look, once a second person agreed."""
    deed = request.form.get("deed")
    try:
        if deed == "look":
            return _page(tip_id, shown=informants_api.shown(tip_id))
        if deed == "reach":
            return _page(tip_id, reach=informants_api.reached(tip_id))
        number = request.form.get("request_id", 0, type=int)
        if deed == "reason":
            return _page(tip_id, reasons={number: informants_api.reason_read(number)})
        _change_informant(deed, tip_id, number)
    except (InvalidInput, PersonalNumberFound, InformantSealed) as refusal:
        return _page(tip_id, refusal), refusal.code
    return redirect(url_for("pages.tip", tip_id=tip_id), 303)


def _change_informant(deed: str | None, tip_id: int, request_id: int) -> None:
    if deed == "ask":
        informants_api.asked(tip_id, loaded(InformantAskIn(), request.form, "informant_"))
    elif deed == "agree":
        informants_api.agreed(request_id)
    elif deed == "told":
        informants_api.noted_as_told(tip_id)
    else:
        raise InvalidInput(deed="choose_one")


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
    return render_template("follow_tip.html", found=found, problem="", state=state_of)


def _filters() -> tuple[dict[str, str], dict[str, Any]]:
    given, chosen = filters_asked(TipFilter())
    return given, chosen | {"overdue_on": today() if chosen.pop("overdue") else None}


def _content(session: Session, found: Tip) -> dict[str, Any] | None:
    """What is sealed of it; nothing once it was destroyed on its day."""
    try:
        return {
            "text": contents.text_of(session, found), "place": contents.place_of(session, found),
            "answer": contents.answer_of(session, found), "notes": contents.notes_of(session, found),
        }  # fmt: skip
    except ContentDestroyed:
        return None


def next_due(found: Tip) -> TipClock | None:
    """The clock with a last day that is over first of those that run."""
    running = [one for one in found.clocks if one.due_on and not one.stopped_at]
    return min(running, key=lambda one: one.due_on or date.max, default=None)


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
        due = next_due(one)
        yield (
            number, one.receipt_no, t.named("tip_source", one.source), one.channel_no,
            t.named("tip_nature", one.nature), kind_name(one.kind), minute(one.seen_at),
            minute(one.received_at), where[one.id], state_of(one)[0], due.due_on if due else "",
        )  # fmt: skip


def _task_address(found: Tip, venue: Venue | None = None) -> str:
    """The form of a new task, filled in with what the tip says."""
    place = {"venue_id": venue.id} if venue else {"area_code": found.area_code}
    return url_for(
        "pages.new_task", kind=Kind.TRIGGERED, trigger=Trigger.TIP, source_no=found.receipt_no,
        reason=kind_name(found.kind), priority=1, **place,
    )  # fmt: skip
