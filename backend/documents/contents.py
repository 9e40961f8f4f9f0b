"""What of an issued document is sealed, and how it is shown: each look is written down."""

import zlib
from dataclasses import replace

import orjson
from sqlalchemy.orm import Session

from backend.core import audit
from backend.core.sealed import known_visit_key
from backend.core.settings import Settings
from backend.core.spoken import in_groups
from backend.documents.blocks import Document, short_hash
from backend.documents.docx import as_docx
from backend.documents.html import as_page
from backend.documents.models import IssuedDocument
from backend.documents.pdf import as_pdf
from backend.documents.public import public_copy
from backend.documents.rules import Form
from backend.documents.stamp import Stamp


def context(uuid: str) -> str:
    """The place for which a document is sealed; its key bears the same name."""
    return f"issued:{uuid}"


def stamp(settings: Settings, code: str, sha256: str) -> Stamp:
    """What stands on its every page."""
    shown = in_groups(code)
    return Stamp(shown, short_hash(sha256), f"{settings.public_url.rstrip('/')}/verify/{shown}")


def opened(session: Session, found: IssuedDocument) -> tuple[Document, dict[str, str]]:
    """The document and its pictures. Raises ContentDestroyed."""
    key = known_visit_key(session, found.key_id)
    said = orjson.loads(zlib.decompress(key.open(found.sealed, context(found.uuid))))
    return said["document"], said["images"]


def drawn(
    session: Session, settings: Settings, found: IssuedDocument, form: Form, *, for_public: bool, by: str
) -> bytes:
    """The document in one of its forms; the look is in the audit trail. Raises ContentDestroyed."""
    detail = {"form": form, "public": for_public}
    audit.record(session, "document.look", by=by, subject=f"issued:{found.id}", detail=detail)
    document, images = opened(session, found)
    stamped = stamp(settings, found.code, found.sha256)
    if for_public:
        document, images = public_copy(document), {}
        stamped = replace(stamped, note="公开副本，个人信息已处理")
    if form is Form.PDF:
        return as_pdf(document, images, stamped, found.issued_at).content
    if form is Form.DOCX:
        return as_docx(document, images, stamped, found.issued_at)
    return as_page(document, images, stamped).encode()
