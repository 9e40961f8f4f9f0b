"""What a handed-over document says: sealed, and opened for whoever has written the look down."""

import zlib

import orjson
from sqlalchemy.orm import Session

from backend.core.sealed import ContentDestroyed, known_visit_key
from backend.intake.document_format import Said
from backend.intake.document_models import HandedDocument


def place(document: str) -> str:
    """The place for which a document is sealed."""
    return f"document:{document}"


def content_of(session: Session, found: HandedDocument) -> bytes:
    """The content byte for byte as it came. Raises ContentDestroyed."""
    key = known_visit_key(session, found.key_id)
    if not found.sealed:
        raise ContentDestroyed(visit_id=found.visit_no)
    return zlib.decompress(key.open(found.sealed, place(found.document)))


def opened(session: Session, found: HandedDocument) -> Said:
    """`document` and `images`. Raises ContentDestroyed."""
    return dict(orjson.loads(content_of(session, found)))
