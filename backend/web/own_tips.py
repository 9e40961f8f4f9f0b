"""What a school reports (报告线索): five taps, a receipt shown once, and its own tips until answered."""

import json
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from flask import redirect, render_template, request, url_for
from marshmallow import Schema, ValidationError
from sqlalchemy.orm import Session

from backend.accounts.auth import Role, current_user, requires
from backend.core import audit
from backend.core.days import SHANGHAI
from backend.core.errors import InvalidInput, PersonalNumberFound, Refusal
from backend.core.sealed import ContentDestroyed
from backend.core.web import deployment, get_session
from backend.tips import actions, contents, queries
from backend.tips.errors import PictureUnreadable, TipChanged
from backend.tips.models import Tip
from backend.tips.pictures import Ready, ready
from backend.tips.rules import LARGEST_PICTURE, LONGEST_TEXT, MOST_PICTURES
from backend.tips.schemas import SchoolTipIn, noted_by_school
from backend.web.forms import by_words, loaded
from backend.web.own_school import near_own, own_site
from backend.web.shell import pages
from backend.web.tables import Page, page_asked
from backend.web.tips import kind_name, kinds_to_choose, state_of
from backend.web.words import t

_REFUSED = (InvalidInput, PersonalNumberFound, PictureUnreadable, TipChanged)
# What the script says, by its names for it.
_WORDS = ("picture_number", "clear_here", "hidden_here", "picture_drop", "picture_unreadable", "name_found",
          "number_found")  # fmt: skip


@pages.get("/own-school/report")
@requires(Role.REPORTER)
def report() -> Any:
    """The form: a fresh number of its own, and now as the time."""
    now = datetime.now(SHANGHAI).strftime("%Y-%m-%dT%H:%M")
    return _form({"uuid": str(uuid4()), "seen_at": now}, None)


@pages.post("/own-school/report")
@requires(Role.REPORTER)
def report_now() -> Any:
    """Keep it and show its receipt. Sent twice it is kept once."""
    try:
        noted = noted_by_school(said_by_form(SchoolTipIn(exclude=("pictures", "clear"))) | clear_areas())
        pictures = pictures_sent()
        tip, secret, _ = actions.report_by_school(
            get_session(), deployment().settings, noted, pictures, by=current_user(), now=datetime.now(UTC)
        )
    except _REFUSED as refusal:
        return _form(request.form, by_words(refusal, "report_")), refusal.code
    return render_template("own_tip_receipt.html", tip=tip, secret=secret), 201 if secret else 200


@pages.get("/own-school/tips")
@requires(Role.REPORTER)
def own_tips() -> Any:
    """What this account reported, and how it stands."""
    number, place = page_asked()
    rows, total = queries.list_reported(get_session(), current_user(), **place)
    return render_template("own_tips.html", page=Page(rows, total, number), state=state_of, kind=kind_name)


@pages.get("/own-school/tips/<int:tip_id>")
@requires(Role.REPORTER)
def own_tip(tip_id: int) -> Any:
    """One own tip with its answer; the look is in the audit trail before the page goes out."""
    person = current_user()
    with deployment().unit_of_work() as session:
        found = queries.reported(session, person, tip_id)
        audit.record(session, "tip.read_own", by=person.actor, subject=f"tip:{tip_id}")
        answer = _answer(session, found)
    found = queries.reported(get_session(), person, tip_id)
    return render_template("own_tip.html", tip=found, answer=answer, state=state_of(found), kind=kind_name)


def _form(given: Any, refusal: Refusal | None) -> Any:
    site = own_site()
    if site is None:
        return redirect(url_for("pages.own_school"), 303)
    return render_template(
        "own_tip_new.html",
        given=given, refusal=refusal, kinds=kinds_to_choose(), longest=LONGEST_TEXT, most=MOST_PICTURES,
        venues=[(one, name or t.unnamed) for one, name in _venues(site).items()],
        words={name: getattr(t, f"report_{name}") for name in _WORDS},
    )  # fmt: skip


def _venues(site: Any) -> dict[int, str | None]:
    """Every venue around once, nearest first."""
    return {row.venue.id: row.venue.name for row in near_own(site)}


def said_by_form(schema: Schema) -> dict[str, Any]:
    """What a form of a tip says; its time is Shanghai's. Raises InvalidInput, PersonalNumberFound."""
    given = request.form.to_dict()
    if given.get("seen_at"):
        given["seen_at"] += "+08:00"
    return loaded(schema, given, "report_")


def clear_areas() -> dict[str, Any]:
    """The clear areas, as the script of the form writes them; without it nothing is clear."""
    text = request.form.get("clear", "")
    try:
        said: dict[str, Any] = SchoolTipIn(only=("clear",)).load({"clear": json.loads(text or "[]")})
    except (ValueError, ValidationError):
        raise InvalidInput(clear="wrong") from None
    return said


def pictures_sent() -> list[Ready]:
    """The pictures that the browser pixelated, encoded anew."""
    read = [one.read(LARGEST_PICTURE + 1) for one in request.files.getlist("picture")[: MOST_PICTURES + 1]]
    sent = [content for content in read if content]  # a field without a file sends an empty one
    if len(sent) > MOST_PICTURES or any(len(content) > LARGEST_PICTURE for content in sent):
        raise PictureUnreadable(reason="too_large")
    return [ready(content) for content in sent]


def _answer(session: Session, found: Tip) -> str | None:
    try:
        return contents.answer_of(session, found)
    except ContentDestroyed:
        return None
