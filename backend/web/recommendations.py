"""Recommendations (检察建议、司法建议): which wait for a reply, and one of them with proof and reply."""

from datetime import UTC, datetime
from typing import Any

from flask import Response, redirect, render_template, request, url_for

from backend.accounts.auth import Role, current_user, requires
from backend.accounts.queries import areas_in_scope
from backend.cases.api import OPENERS, PARTIES, as_query
from backend.cases.orders import LARGEST_FILE
from backend.core.days import today
from backend.core.errors import InvalidInput, PersonalNumberFound, Refusal
from backend.core.sealed import ContentDestroyed
from backend.core.web import deployment, get_session
from backend.documents import queries as documents
from backend.rulebook import queries as rulebook
from backend.transfers import recommendation_queries as queries
from backend.transfers import recommendations as deeds
from backend.transfers.models import Recommendation
from backend.transfers.recommendation_schemas import (
    RecommendationClosedIn,
    RecommendationFilter,
    RecommendationIn,
    RecommendationOfficerIn,
    RecommendationProofIn,
    RecommendationReplyIn,
    RecommendationSentIn,
)
from backend.transfers.recommendations_api import proof_answer, read_recommendation
from backend.transfers.rules import Sender, Stage
from backend.web.forms import by_words, loaded
from backend.web.shell import pages, with_refusal
from backend.web.tables import Page, filters_asked, page_asked
from backend.web.words import language, t

CHIPS = {"open": "survey", "replied": "survey", "sent": "clear", "closed": "clear"}
_LINES = ("done", "remaining", "attached")  # one a line


@pages.get("/recommendations")
@requires(*PARTIES)
def recommendations() -> Any:
    """Those to one's agency, the next due first."""
    number, place = page_asked()
    given, chosen = filters_asked(RecommendationFilter())
    rows, total = queries.list_recommendations(
        get_session(), current_user().scope, **as_query(chosen), **place
    )
    return render_template(
        "recommendations.html",
        page=Page(list(rows), total, number), given=given, stage=_stage, late=_lateness,
        senders=t.options("recommendation_sender"), stages=t.options("recommendation_stage"),
        may_enter=current_user().role is Role.SUPERVISOR,
    )  # fmt: skip


@pages.get("/recommendations/new")
@requires(Role.SUPERVISOR)
def new_recommendation() -> Any:
    """A form to enter one."""
    return render_template("recommendation_new.html", refusal=None, **_form(request.args))


@pages.post("/recommendations/new")
@requires(Role.SUPERVISOR)
def add_recommendation() -> Any:
    """Enter it, and show it."""
    try:
        said = loaded(RecommendationIn(), request.form, "recommendation_")
        made = deeds.receive(get_session(), said, by=current_user(), now=datetime.now(UTC))
    except Refusal as refusal:
        shown = by_words(refusal, "recommendation_")
        return with_refusal("recommendation_new.html", shown, **_form(request.form))
    return redirect(url_for("pages.recommendation", recommendation_id=made.id, done=1), 303)


@pages.get("/recommendations/<int:recommendation_id>")
@requires(*PARTIES)
def recommendation(recommendation_id: int) -> Any:
    """One with what was typed; the look is in the audit trail."""
    return _page(recommendation_id)


@pages.post("/recommendations/<int:recommendation_id>")
@requires(*OPENERS)
def change_recommendation(recommendation_id: int) -> Any:
    """Note proof; and for the head: name an officer, reply, note the sending, close."""
    person, now, deed = current_user(), datetime.now(UTC), request.form.get("deed")
    may = {"proof"} | ({"officer", "reply", "sent", "closed"} if person.role is Role.SUPERVISOR else set())
    if deed not in may:
        raise InvalidInput(deed="choose_one")
    try:
        said = _said(deed)
        with deployment().unit_of_work() as session:  # over before the page is shown, which notes a look
            found = queries.recommendation(session, person.scope, recommendation_id, to_change=True)
            if request.form.get("version", type=int) != found.version:
                raise InvalidInput(recommendations="changed_meanwhile")
            match deed:
                case "proof":
                    deeds.add_proof(session, found, said["note"], said["file"], by=person, now=now)
                case "officer":
                    deeds.name_officer(session, found, said["officer_id"], by=person, now=now)
                case "reply":
                    deeds.reply(session, deployment().settings, found, said, by=person, now=now)
                case "sent":
                    deeds.note_sent(session, found, said["sent_on"], by=person, now=now)
                case _:
                    deeds.close(session, found, said["note"], by=person, now=now)
    except (InvalidInput, PersonalNumberFound) as refusal:
        return _page(recommendation_id, by_words(refusal, "recommendation_")), refusal.code
    except Refusal as refusal:
        return _page(recommendation_id, refusal), refusal.code
    return redirect(url_for("pages.recommendation", recommendation_id=recommendation_id, done=1), 303)


@pages.get("/recommendations/<int:recommendation_id>/proofs/<int:seq>")
@requires(*PARTIES)
def recommendation_proof(recommendation_id: int, seq: int) -> Response:
    """A file that shows that it was corrected."""
    return proof_answer(recommendation_id, seq)


def _said(deed: str) -> dict[str, Any]:
    """What a form says about one of the deeds, as the API takes it."""
    given, prefix = request.form, "recommendation_"
    match deed:
        case "proof":
            file = request.files.get("file")
            said = loaded(RecommendationProofIn(only=("note",)), given, prefix)
            return said | {"file": file.read(LARGEST_FILE + 1) if file else b""}
        case "officer":
            return loaded(RecommendationOfficerIn(), given, prefix)
        case "reply":
            lines = {
                name: found
                for name in _LINES
                if (found := [one.strip() for one in given.get(name, "").splitlines() if one.strip()])
            }
            schema = RecommendationReplyIn()
            if faults := schema.validate(lines):
                raise InvalidInput(**{f"{prefix}{name}": "wrong" for name in faults})
            return lines | loaded(RecommendationReplyIn(only=("reply_no",)), given, prefix)
        case "sent":
            return loaded(RecommendationSentIn(), given, prefix)
        case _:
            return loaded(RecommendationClosedIn(), given, prefix)


def _form(given: Any) -> dict[str, Any]:
    session, scope = get_session(), current_user().scope
    return {
        "given": given, "senders": t.options("recommendation_sender"),
        "areas": [(one.code, f"{one.name} {one.code}") for one in areas_in_scope(session, scope)],
        "officers": [(one.id, one.display_name) for one in queries.officers_of(session, scope)],
        "today": today(),
    }  # fmt: skip


def _page(recommendation_id: int, refusal: Refusal | None = None) -> Any:
    try:
        content: dict[str, Any] | None = read_recommendation(recommendation_id)
    except ContentDestroyed:
        content = None
    session, person = get_session(), current_user()
    found = queries.recommendation(session, person.scope, recommendation_id)
    law = rulebook.current(session).on(found.received_on)
    clocks = law.reply_clocks
    is_head = person.role is Role.SUPERVISOR
    return render_template(
        "recommendation.html",
        one=found, refusal=refusal, is_done="done" in request.args, content=content, given=request.form,
        stage=_stage(found), late=_lateness(found),
        readings=[
            {
                "row": clocks[each["id"]], "due_on": each["due_on"],
                "citations": law.citations(clocks[each["id"]], language()),
            }
            for each in found.readings if each["id"] in clocks
        ],
        issued=documents.made_of(session, person.scope, f"recommendation:{found.id}"),
        officers=[(one.id, one.display_name) for one in queries.officers_of(session, person.scope)],
        is_head=is_head, is_open=found.stage != Stage.CLOSED, is_waiting=found.stage in ("open", "replied"),
        may_issue=found.sender == Sender.PROCURATORATE, may_prove=person.role in OPENERS,
    )  # fmt: skip


def _stage(one: Recommendation) -> tuple[str, str]:
    return t.named("recommendation_stage", one.stage), CHIPS[one.stage]


def _lateness(one: Recommendation) -> tuple[str, str] | None:
    """Whether the reply is late: by every reading, or by the earliest."""
    if one.stage not in (Stage.OPEN, Stage.REPLIED) or one.warn_on is None or one.due_on is None:
        return None
    if one.due_on < today():
        return t.named("case_standing", "overdue"), "inside"
    return (t.named("case_standing", "warned"), "survey") if one.warn_on < today() else None
