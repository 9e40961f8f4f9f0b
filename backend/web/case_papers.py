"""Documents made from a case's page (文书): a short form filled in, a look, then issued."""

from datetime import UTC, datetime
from typing import Any

from flask import Response, redirect, render_template, request, url_for
from markupsafe import Markup

from backend.accounts.auth import current_user, requires
from backend.cases import papers, queries
from backend.cases.api import PARTIES
from backend.cases.errors import PaperRefused
from backend.cases.models import Case
from backend.cases.paper_facts import draft
from backend.cases.paper_forms import FORMS, How, fixed, prefilled, read
from backend.core.days import today
from backend.core.errors import Refusal
from backend.core.web import deployment, get_session
from backend.documents import actions
from backend.documents.api import look_at
from backend.documents.contents import drawn
from backend.documents.html import as_page
from backend.documents.rules import Form
from backend.tasks.rules import DocumentKind
from backend.web.shell import pages
from backend.web.words import t

Given = dict[str, Any]


@pages.get("/cases/<int:case_id>/documents/new")
@requires(*PARTIES)
def new_case_paper(case_id: int) -> Any:
    """The short form of a document, filled in as far as the case knows."""
    found = queries.case(get_session(), current_user().scope, case_id)
    kind = _kind(found, request.args.get("kind", ""))
    return _page(found, kind, prefilled(get_session(), found, kind, today()))


@pages.post("/cases/<int:case_id>/documents/new")
@requires(*PARTIES)
def make_case_paper(case_id: int) -> Any:
    """Show the document as it would be, or issue it."""
    session, person, settings = get_session(), current_user(), deployment().settings
    found = queries.case(session, person.scope, case_id, to_change=True)
    kind = _kind(found, request.args.get("kind", ""))
    given = _given(kind)
    try:
        made = draft(session, settings, found, kind, read(FORMS[kind], given), by=person, on=today())
        if request.form.get("deed") != "issue":
            return _page(found, kind, given, look=as_page(made, {}))
        if request.form.get("seen") != _seen(found):
            raise PaperRefused(because="changed_meanwhile")
        now = datetime.now(UTC)
        row = actions.issue(session, settings, made, case_id=found.id, by=person, now=now)
    except PaperRefused as refusal:
        said = t.named("paper_because", refusal.data["because"])
        return _page(found, kind, given, type(refusal)(case_because=said)), refusal.code
    except Refusal as refusal:
        return _page(found, kind, given, refusal), refusal.code
    return redirect(url_for("pages.case_paper", case_id=case_id, document_id=row.id), 303)


@pages.get("/cases/<int:case_id>/documents/<int:document_id>")
@requires(*PARTIES)
def case_paper(case_id: int, document_id: int) -> Any:
    """A document of the case; the look is in the audit trail before it goes out."""
    person, served = current_user(), deployment()
    with served.unit_of_work() as session:
        found = papers.issued_one(session, queries.case(session, person.scope, case_id), document_id)
        page = drawn(session, served.settings, found, Form.HTML, for_public=False, by=person.actor)
    case = queries.case(get_session(), person.scope, case_id)
    shown = papers.issued_one(get_session(), case, document_id)
    made = Markup(page.decode())  # noqa: S704  (drawn by documents.html, which escapes every text)
    return render_template("case_paper.html", case=case, one=shown, drawn=made)


@pages.get("/cases/<int:case_id>/documents/<int:document_id>.pdf")
@requires(*PARTIES)
def case_paper_file(case_id: int, document_id: int) -> Response:
    """The same as PDF, to be printed and sealed."""
    with deployment().reading() as session:
        papers.issued_one(session, queries.case(session, current_user().scope, case_id), document_id)
    return look_at(document_id, Form.PDF, for_public=False)


def _seen(found: Case) -> str:
    """What a form was filled in from: the case as it stood, its ruling, and what was issued by then."""
    ruling = found.proposal.ruling if found.proposal else None
    issued = papers.issued_of(get_session(), found)
    return f"{found.version}-{ruling.id if ruling else 0}-{len(issued)}"


def _kind(found: Case, name: str) -> DocumentKind:
    """The kind that is asked for. Raises PaperRefused for one that is not to be made now."""
    known = papers.kinds_now(get_session(), found, current_user(), today())
    if name not in known:
        raise PaperRefused(case_because=t.named("paper_because", "not_now"))
    return DocumentKind(name)


def _given(kind: DocumentKind) -> Given:
    form = request.form
    return {
        ask.name: form.getlist(ask.name) if ask.how is How.SERVED else form.get(ask.name, "").strip()
        for ask in FORMS[kind]
    }


def _page(
    found: Case, kind: DocumentKind, given: Given, refusal: Refusal | None = None, *, look: Any = None
) -> Any:
    return render_template(
        "case_paper_new.html",
        case=found, kind=kind, given=given, refusal=refusal, look=look, asked=FORMS[kind], fixed=fixed(found),
        issued=papers.issued_of(get_session(), found, only_counting=True),
        seen=request.form.get("seen") or _seen(found),
    )  # fmt: skip
