"""HTTP doors for tablets: documents come in here, and what is kept is told before a tablet lets it go."""

import hashlib
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from flask import request
from flask_smorest import Blueprint

from backend.accounts.auth import Role
from backend.accounts.tablets import current_tablet, requires_tablet
from backend.core.web import deployment, get_session
from backend.intake import document_queries, documents, held
from backend.intake.document_contents import content_of
from backend.intake.document_format import Handed
from backend.intake.schemas import DocumentIn, DocumentOut, HeldOut

tablet_blp = Blueprint(
    "tablet_submissions", __name__, url_prefix="/tablet", description="What of a tablet's work is here"
)


@tablet_blp.before_request
def _limit() -> None:
    """A document is no larger than a form; as text in JSON it takes up to twice as much."""
    request.max_content_length = 2 * deployment().settings.max_xml_bytes


@tablet_blp.route("/submissions/<instance_id>")
@requires_tablet(Role.INSPECTOR)
@tablet_blp.response(200, HeldOut)
def submission(instance_id: str) -> Any:
    """Say by their hashes what is kept of an own submission: what is named here may leave the tablet"""
    return held.submission(get_session(), current_tablet(), instance_id)


@tablet_blp.route("/documents", methods=["POST"])
@requires_tablet(Role.INSPECTOR)
@tablet_blp.arguments(DocumentIn)
@tablet_blp.response(201, DocumentOut)
@tablet_blp.alt_response(200, schema=DocumentOut, description="Already here: the tablet sent it again")
def receive(said: dict[str, Any]) -> Any:
    """Take in a document that was handed over; the same again is harmless"""
    content, signature = said.pop("content").encode(), said.pop("signature")
    handed, by = Handed(**said | {"document": str(said["document"])}), current_tablet()
    signed = documents.verdict(by, handed, signature)
    is_new = documents.receive(deployment(), content, handed, by=by, signed=signed, now=datetime.now(UTC))
    return handed, 201 if is_new else 200


@tablet_blp.route("/documents/<uuid:document>")
@requires_tablet(Role.INSPECTOR)
@tablet_blp.response(200, DocumentOut)
def document(document: UUID) -> Any:
    """Say by its hash that an own document is kept"""
    session = get_session()
    found = document_queries.sent_by(session, current_tablet(), str(document))
    content = content_of(session, found)
    return {"document": found.document, "sha256": hashlib.sha256(content).hexdigest()}
