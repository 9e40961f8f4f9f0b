"""HTTP doors of intake for desks: envelopes that make trouble, protected and sealed content."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Any

from flask import Response
from flask.views import MethodView
from flask_smorest import Blueprint
from sqlalchemy.orm import Session

from backend.accounts import devices
from backend.accounts.auth import Role, current_user, requires
from backend.accounts.devices_api import KEEPERS
from backend.core import audit
from backend.core.downloads import to_keep
from backend.core.paging import OnePage
from backend.core.web import deployment, get_session
from backend.inspections import queries as inspections
from backend.inspections.models import Evidence, Visit
from backend.intake import collect, queries, unsealing
from backend.intake.errors import SealedContent
from backend.intake.openrosa import install
from backend.intake.schemas import (
    CollectIn,
    CollectOut,
    EnvelopeContentOut,
    EnvelopeFilter,
    EnvelopeOut,
    UnsealIn,
    UnsealOut,
    UnsealReasonOut,
)

__all__ = ["blp", "install"]

blp = Blueprint("intake", __name__, url_prefix="/api/v1", description="What tablets sent")
PROTECTED = (Role.INSPECTOR, Role.SUPERVISOR, Role.LEGAL_REVIEWER)
SECOND_PERSON = (Role.SUPERVISOR, Role.LEGAL_REVIEWER)


@blp.route("/intake/envelopes")
class Envelopes(MethodView):
    @requires(Role.SUPERVISOR, Role.SYSTEM_ADMIN)
    @blp.arguments(EnvelopeFilter, location="query")
    @blp.response(200, EnvelopeOut(many=True))
    @blp.paginate(OnePage, max_page_size=200)
    def get(self, chosen: dict[str, Any]) -> Any:
        """List envelopes without content, oldest first; `state=unfilable` are those that need somebody"""
        return partial(queries.list_envelopes, get_session(), current_user().scope, **chosen)


@blp.route("/intake/envelopes/<int:envelope_id>/content")
@requires(Role.SUPERVISOR)
@blp.response(200, EnvelopeContentOut)
def envelope_content(envelope_id: int) -> Any:
    """Show what came, masked; each look is written into the audit trail"""
    person = current_user()
    with deployment().unit_of_work() as session:
        found = queries.envelope(session, person.scope, envelope_id)
        xml = queries.masked_xml(session, found)
        audit.record(session, "envelope.read", by=person.actor, subject=f"envelope:{envelope_id}")
    return {"envelope_id": envelope_id, "xml": xml}


@blp.route("/visits/<int:visit_id>/evidence/<int:number>")
@requires(*PROTECTED)
@blp.response(200, content_type="application/octet-stream")
def evidence(visit_id: int, number: int) -> Response:
    """Show a photo or a signature; each look is written into the audit trail"""
    person = current_user()

    def look(session: Session, visit: Visit, piece: Evidence) -> None:
        if piece.sealed:
            raise SealedContent(visit_no=visit.visit_no)
        subject = f"visit:{visit_id}"
        audit.record(
            session, "visit.see_evidence", by=person.actor, subject=subject, detail={"number": number}
        )

    return _evidence(visit_id, number, look)


@blp.route("/visits/<int:visit_id>/sealed/evidence/<int:number>")
@requires(*PROTECTED)
@blp.response(200, content_type="application/octet-stream")
def sealed_evidence(visit_id: int, number: int) -> Response:
    """Show a sealed photo to whoever asked, once a second person agreed"""

    def look(session: Session, visit: Visit, piece: Evidence) -> None:
        unsealing.look(session, visit, f"evidence:{number}", by=current_user(), now=datetime.now(UTC))

    return _evidence(visit_id, number, look)


@blp.route("/visits/<int:visit_id>/sealed/xml")
@requires(*PROTECTED)
@blp.response(200, content_type="text/xml")
def sealed_xml(visit_id: int) -> Response:
    """Show the unmasked text to whoever asked, once a second person agreed"""
    person = current_user()
    with deployment().unit_of_work() as session:
        visit = inspections.visit(session, person.scope, visit_id)
        unsealing.look(session, visit, "xml", by=person, now=datetime.now(UTC))
        xml = queries.unmasked_xml(session, queries.envelope_of(session, visit))
    return to_keep(Response(xml, content_type="text/xml"), f"visit-{visit_id}.xml")


def _evidence(visit_id: int, number: int, look: Callable[[Session, Visit, Evidence], None]) -> Response:
    """The look is in the audit trail before the first byte goes out."""
    served = deployment()
    with served.unit_of_work() as session:
        visit, piece = inspections.evidence(session, current_user().scope, visit_id, number)
        look(session, visit, piece)
        content = queries.content_of(session, served, visit, piece)
    return to_keep(Response(content, content_type="application/octet-stream"), f"visit-{visit_id}-{number}")


@blp.route("/collect-devices", methods=["POST"])
@requires(*KEEPERS)
@blp.arguments(CollectIn)
@blp.response(201, CollectOut)
def admit_collect(said: dict[str, Any]) -> Any:
    """Admit a tablet with ODK Collect; its settings are in the answer, and nowhere else"""
    person, session, name, days = current_user(), get_session(), said.pop("name"), said.pop("days")
    whose = devices.for_whom(session, person.scope, **said)
    admitted, settings = collect.admit(
        session, deployment().settings, name=name, days=days, **whose, by=person.actor, now=datetime.now(UTC)
    )
    return {"device": admitted, "settings": settings, "qr_text": collect.packed(settings)}


@blp.route("/unseal-requests")
class UnsealRequests(MethodView):
    @requires(*SECOND_PERSON)
    @blp.response(200, UnsealOut(many=True))
    def get(self) -> Any:
        """List requests that wait for a second person"""
        return unsealing.waiting(get_session(), current_user().scope, datetime.now(UTC))

    @requires(*PROTECTED)
    @blp.arguments(UnsealIn)
    @blp.response(201, UnsealOut)
    def post(self, asked: dict[str, Any]) -> Any:
        """Ask to open what is sealed of a visit"""
        return unsealing.ask(get_session(), **asked, by=current_user(), now=datetime.now(UTC))


@blp.route("/unseal-requests/<int:request_id>")
@requires(*SECOND_PERSON)
@blp.response(200, UnsealReasonOut)
def unseal_request(request_id: int) -> Any:
    """Show the reason of a request; each look is written into the audit trail"""
    person = current_user()
    with deployment().unit_of_work() as session:
        request = unsealing.find(session, person.scope, request_id)
        return {"id": request_id, "reason": unsealing.read_reason(session, request, by=person)}


@blp.route("/unseal-requests/<int:request_id>/agreement", methods=["POST"])
@requires(*SECOND_PERSON)
@blp.response(201, UnsealOut)
def agreement(request_id: int) -> Any:
    """Agree to another person's request"""
    minutes = deployment().settings.unseal_minutes
    return unsealing.agree(
        get_session(), request_id, by=current_user(), minutes=minutes, now=datetime.now(UTC)
    )
