"""The letter of a transfer (移送函), made from its page: a short form filled in, a look, then issued."""

from datetime import UTC, datetime
from typing import Any

from flask import Response, redirect, render_template, request, url_for

from backend.accounts.auth import current_user, requires
from backend.cases.api import OPENERS, PARTIES
from backend.cases.errors import PaperRefused
from backend.cases.paper_forms import read
from backend.core.days import today
from backend.core.errors import Refusal
from backend.core.web import deployment, get_session
from backend.documents import actions
from backend.documents.api import look_at
from backend.documents.html import as_page
from backend.documents.rules import Form
from backend.transfers import letters, queries
from backend.transfers.models import Transfer
from backend.web.shell import pages
from backend.web.words import t


@pages.get("/transfers/<int:transfer_id>/letters/new")
@requires(*OPENERS)
def new_transfer_letter(transfer_id: int) -> Any:
    """The short form, filled in as far as the transfer knows."""
    found = _found(transfer_id)
    return _page(found, letters.prefilled(get_session(), found, today()))


@pages.post("/transfers/<int:transfer_id>/letters/new")
@requires(*OPENERS)
def make_transfer_letter(transfer_id: int) -> Any:
    """Show the letter as it would be, or issue it."""
    session, served, found = get_session(), deployment(), _found(transfer_id)
    given = {ask.name: request.form.get(ask.name, "").strip() for ask in letters.ASKED}
    try:
        made = letters.draft(session, found, read(letters.ASKED, given), on=today())
        if request.form.get("deed") != "issue":
            return _page(found, given, look=as_page(made, {}))
        if request.form.get("seen") != _seen(found):
            raise PaperRefused(because="changed_meanwhile")
        actions.issue(
            session, served.settings, made, case_id=found.case_id, subject=letters.subject(found),
            by=current_user(), now=datetime.now(UTC),
        )  # fmt: skip
    except PaperRefused as refusal:
        said = t.named("paper_because", refusal.data["because"])
        return _page(found, given, type(refusal)(case_because=said)), refusal.code
    except Refusal as refusal:
        return _page(found, given, refusal), refusal.code
    return redirect(url_for("pages.transfer", transfer_id=transfer_id, done=1), 303)


@pages.get("/transfers/<int:transfer_id>/letters/<int:document_id>.pdf")
@requires(*PARTIES)
def transfer_letter_file(transfer_id: int, document_id: int) -> Response:
    """The letter as PDF, to be printed and sealed; the look is in the audit trail."""
    with deployment().reading() as session:
        letters.issued_one(session, queries.transfer(session, current_user().scope, transfer_id), document_id)
    return look_at(document_id, Form.PDF, for_public=False)


def _found(transfer_id: int) -> Transfer:
    """The transfer whose letter is made now. Raises PaperRefused where none is to be made."""
    session, person = get_session(), current_user()
    found = queries.transfer(session, person.scope, transfer_id, to_change=request.method == "POST")
    if not letters.may_write(session, found, person, today()):
        raise PaperRefused(case_because=t.named("paper_because", "not_now"))
    return found


def _seen(found: Transfer) -> str:
    """What a form was filled in from: the transfer as it stood, and what was issued by then."""
    return f"{found.version}-{len(letters.issued_of(get_session(), found))}"


def _page(found: Transfer, given: dict[str, str], refusal: Refusal | None = None, *, look: Any = None) -> Any:
    return render_template(
        "transfer_letter.html",
        transfer=found, given=given, refusal=refusal, look=look, asked=letters.ASKED,
        seen=request.form.get("seen") or _seen(found),
    )  # fmt: skip
