"""Documents that one's agency issued (文书): listed, looked at, withdrawn, and made where the facts are."""

from datetime import UTC, datetime
from typing import Any

from flask import Response, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.exceptions import NotFound

from backend.accounts import queries as accounts
from backend.accounts.auth import Role, current_user, requires
from backend.accounts.models import Agency
from backend.core import audit
from backend.core.days import SHANGHAI, today
from backend.core.errors import NotAllowed, Refusal
from backend.core.web import deployment, get_session
from backend.documents import actions, queries
from backend.documents.api import READERS, look_at
from backend.documents.blocks import Document
from backend.documents.contents import drawn
from backend.documents.distance_report import distance_report
from backend.documents.facts import Contact, TipReplyFacts
from backend.documents.measured import distance_facts
from backend.documents.replies import tip_reply
from backend.documents.rules import Form
from backend.documents.schemas import DocumentFilter, WithdrawIn
from backend.rulebook import queries as rulebook
from backend.tasks.rules import DocumentKind
from backend.tips import contents as tip_contents
from backend.tips import queries as tips
from backend.tips.errors import TipSettled
from backend.tips.rules import State
from backend.venues import queries as venues
from backend.web.forms import loaded
from backend.web.shell import pages
from backend.web.tables import Page, filters_asked, page_asked
from backend.web.words import t

FILTERS = ("kind", "year")


@pages.get("/documents")
@requires(*READERS)
def issued() -> Any:
    """What one's agency issued, newest first."""
    number, place = page_asked()
    given, chosen = filters_asked(DocumentFilter(only=FILTERS))
    rows, total = queries.list_documents(get_session(), current_user().scope, **chosen, **place)
    return render_template(
        "issued.html",
        page=Page(list(rows), total, number), given=given,
        kinds=[(one, t.named("document_kind", one)) for one in DocumentKind],
    )  # fmt: skip


@pages.get("/documents/<int:document_id>")
@requires(*READERS)
def issued_one(document_id: int) -> Any:
    """One document without what stands in it, and the ways to look at it."""
    return _page(document_id)


@pages.post("/documents/<int:document_id>")
@requires(Role.SUPERVISOR)
def withdraw_document(document_id: int) -> Any:
    """Say that it counts no more."""
    session, person = get_session(), current_user()
    try:
        said = loaded(WithdrawIn(), request.form, "withdraw_")
        found = queries.document(session, person.scope, document_id)
        actions.withdraw(session, found, **said, by=person, now=datetime.now(UTC))
    except Refusal as refusal:
        return _page(document_id, refusal), refusal.code
    return redirect(url_for("pages.issued_one", document_id=document_id), 303)


def _page(document_id: int, refusal: Refusal | None = None) -> Any:
    session, person = get_session(), current_user()
    found = queries.document(session, person.scope, document_id)
    actors = [f"user:{found.issued_by}"]
    if found.withdrawal:
        actors.append(f"user:{found.withdrawal.withdrawn_by}")
    return render_template(
        "issued_one.html",
        one=found, refusal=refusal, people=accounts.names_of(session, actors), forms=(Form.PDF, Form.DOCX),
        becauses=t.options("withdrawn_because"), may_withdraw=person.role is Role.SUPERVISOR,
    )  # fmt: skip


@pages.get("/documents/<int:document_id>/page")
@requires(*READERS)
def issued_page(document_id: int) -> Any:
    """A document as a page; the look is in the audit trail before it goes out."""
    person, served = current_user(), deployment()
    with served.unit_of_work() as session:
        found = queries.document(session, person.scope, document_id)
        page = drawn(session, served.settings, found, Form.HTML, for_public=_for_public(), by=person.actor)
    shown = queries.document(get_session(), person.scope, document_id)
    made = Markup(page.decode())  # noqa: S704  (drawn by documents.html, which escapes every text)
    return render_template("issued_page.html", one=shown, drawn=made)


@pages.get("/documents/<int:document_id>.<string:form>")
@requires(*READERS)
def issued_file(document_id: int, form: str) -> Response:
    """The same as PDF or for Word."""
    if form not in (Form.PDF, Form.DOCX):
        raise NotFound()
    return look_at(document_id, Form(form), for_public=_for_public())


def _for_public() -> bool:
    return request.args.get("copy") == "public"


@pages.post("/venues/<int:venue_id>/distance-report")
@requires(Role.SUPERVISOR)
def issue_distance_report(venue_id: int) -> Any:
    """Make a report of a venue's distances as they are now."""
    served, person = deployment(), current_user()
    with served.reading() as session:
        venue, agency = venues.venue(session, person.scope, venue_id), _agency(session)
        facts = distance_facts(session, served.settings, person.scope, venue, agency, on=today())
        made = distance_report(rulebook.current(session), facts)
    return _issued(made, subject=f"venue:{venue_id}")


@pages.post("/tips/<int:tip_id>/reply")
@requires(Role.SUPERVISOR)
def issue_tip_reply(tip_id: int) -> Any:
    """Make the written reply to a tip that was answered."""
    served, person = deployment(), current_user()
    with served.unit_of_work() as session:  # the answer is opened: a look
        tip, agency = tips.tip(session, person.scope, tip_id), _agency(session)
        if tip.state != State.ANSWERED:
            raise TipSettled(state=tip.state)
        audit.record(session, "tip.read", by=person.actor, subject=f"tip:{tip_id}")
        law = rulebook.current(session)
        kind = law.on(today()).tip_kinds.get(tip.kind)
        facts = TipReplyFacts(
            agency=agency.name_zh, on=today(), receipt_no=tip.receipt_no,
            about=kind.name.zh if kind else tip.kind, contact=Contact.of(agency),
            received_on=tip.received_at.astimezone(SHANGHAI).date(),
            answer=tip_contents.answer_of(session, tip),
        )  # fmt: skip
        made = tip_reply(law, facts)
    return _issued(made, subject=f"tip:{tip_id}")


def _agency(session: Any) -> Agency:
    """The agency that issues. Raises NotAllowed for whoever has none."""
    if (agency_id := current_user().agency_id) is None:
        raise NotAllowed(agency_id=None)
    return session.get_one(Agency, agency_id)  # type: ignore[no-any-return]


def _issued(made: Document, *, subject: str) -> Any:
    session, settings, now = get_session(), deployment().settings, datetime.now(UTC)
    row = actions.issue(session, settings, made, subject=subject, by=current_user(), now=now)
    return redirect(url_for("pages.issued_one", document_id=row.id), 303)
