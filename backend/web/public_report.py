"""The page on which anybody reports (群众举报): no account, no script needed, its receipt shown once."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from flask import render_template, request

from backend.accounts.auth import DESKS_SEND, lets_strangers_send
from backend.accounts.errors import TooManyTries
from backend.accounts.queries import areas_to_choose
from backend.core.days import SHANGHAI
from backend.core.errors import InvalidInput, PersonalNumberFound, Refusal
from backend.core.web import deployment, get_session
from backend.tips import actions
from backend.tips.errors import PictureUnreadable, TipChanged
from backend.tips.knocking import knock
from backend.tips.rules import LONGEST_TEXT, MOST_PICTURES
from backend.tips.schemas import PublicTipIn, noted_by_anybody
from backend.web.forms import by_words
from backend.web.own_tips import clear_areas, pictures_sent, said_by_form
from backend.web.shell import pages
from backend.web.tips import kinds_to_choose
from backend.web.words import t

_REFUSED = (InvalidInput, PersonalNumberFound, PictureUnreadable, TipChanged)
# What the script says, by its names for it.
_WORDS = ("picture_number", "clear_here", "hidden_here", "picture_drop", "picture_unreadable", "name_found",
          "number_found", "here_asking", "here_found", "here_not_found")  # fmt: skip


@pages.get("/report")
def public_report() -> Any:
    """The form: whom to call first, a fresh number of its own, and now as the time."""
    now = datetime.now(SHANGHAI).strftime("%Y-%m-%dT%H:%M")
    return _form({"uuid": str(uuid4()), "seen_at": now}, None)


@pages.post("/report")
@lets_strangers_send(DESKS_SEND)
def public_report_now() -> Any:
    """Keep it and show its receipt; sent twice it is kept once. An address that sends many waits."""
    now = datetime.now(UTC)
    try:
        knock(deployment(), request.remote_addr or "", now)
        said, pictures = said_by_form(PublicTipIn(exclude=("pictures", "clear"))), pictures_sent()
        noted, contact, has_complaint = noted_by_anybody(said | clear_areas())
        tip, secret, _ = actions.report_by_anybody(
            get_session(), noted, pictures, contact, has_complaint=has_complaint, now=now
        )
    except _REFUSED as refusal:
        return _form(request.form, by_words(refusal, "report_")), refusal.code
    except TooManyTries as refusal:
        return _form(request.form, refusal), refusal.code
    return render_template("public_receipt.html", tip=tip, secret=secret), 201 if secret else 200


def _form(given: Any, refusal: Refusal | None) -> Any:
    return render_template(
        "public_report.html",
        given=given, refusal=refusal, kinds=kinds_to_choose(), longest=LONGEST_TEXT, most=MOST_PICTURES,
        areas=areas_to_choose(get_session()), words={name: getattr(t, f"report_{name}") for name in _WORDS},
    )  # fmt: skip
