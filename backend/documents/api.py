"""HTTP doors of issued documents: lists without content, one in each of its forms; each look is audited."""

from datetime import UTC, datetime
from functools import partial
from typing import Any

from flask import Response
from flask.views import MethodView
from flask_smorest import Blueprint

from backend.accounts.auth import Role, current_user, requires
from backend.core.downloads import to_keep
from backend.core.errors import NotFound
from backend.core.paging import OnePage
from backend.core.web import deployment, get_session
from backend.documents import actions, queries
from backend.documents.contents import drawn
from backend.documents.rules import Form
from backend.documents.schemas import DocumentFilter, IssuedOut, LookIn, WithdrawIn

blp = Blueprint("documents", __name__, url_prefix="/api/v1/documents", description="Documents as issued")
READERS = (Role.SUPERVISOR, Role.LEGAL_REVIEWER)
MEDIA = {
    Form.HTML: "text/html; charset=utf-8",
    Form.PDF: "application/pdf",
    Form.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@blp.route("")
class Documents(MethodView):
    @requires(*READERS)
    @blp.arguments(DocumentFilter, location="query")
    @blp.response(200, IssuedOut(many=True))
    @blp.paginate(OnePage, max_page_size=200)
    def get(self, chosen: dict[str, Any]) -> Any:
        """List what one's agency issued, newest first, without what stands in it"""
        return partial(queries.list_documents, get_session(), current_user().scope, **chosen)


@blp.route("/<int:document_id>")
@requires(*READERS)
@blp.response(200, IssuedOut)
def document(document_id: int) -> Any:
    """Show a document without what stands in it"""
    return queries.document(get_session(), current_user().scope, document_id)


@blp.route("/<int:document_id>/withdraw", methods=["POST"])
@requires(Role.SUPERVISOR)
@blp.arguments(WithdrawIn)
@blp.response(200, IssuedOut)
def withdraw(said: dict[str, Any], document_id: int) -> Any:
    """Say that a document counts no more; it stays, and its code says so"""
    session, person = get_session(), current_user()
    found = queries.document(session, person.scope, document_id)
    actions.withdraw(session, found, **said, by=person, now=datetime.now(UTC))
    session.refresh(found, ["withdrawal"])
    return found


@blp.route("/<int:document_id>/<string:form>")
@requires(*READERS)
@blp.arguments(LookIn, location="query")
@blp.response(200, content_type="application/pdf")
def look(asked: dict[str, Any], document_id: int, form: str) -> Response:
    """Show a document as html, pdf or docx; each look is written into the audit trail"""
    if form not in list(Form):
        raise NotFound(form=form)
    return look_at(document_id, Form(form), for_public=asked["public"])


def look_at(document_id: int, form: Form, *, for_public: bool) -> Response:
    """The look is in the audit trail before the first byte goes out."""
    person, served = current_user(), deployment()
    with served.unit_of_work() as session:
        found = queries.document(session, person.scope, document_id)
        content = drawn(session, served.settings, found, form, for_public=for_public, by=person.actor)
        name = f"{found.number.text}-公开副本" if for_public else found.number.text
    response = Response(content, content_type=MEDIA[form])
    return response if form is Form.HTML else to_keep(response, f"{name}.{form}")
