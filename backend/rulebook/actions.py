"""What can be done to the rulebook. The caller owns the transaction; nothing here commits."""

from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.core import audit
from backend.rulebook.models import RulebookVersion
from backend.rulebook.reading import DATA, build, content_hash, read


def load(session: Session, folder: Path = DATA, *, by: str, now: datetime) -> tuple[RulebookVersion, bool]:
    """Make the YAML of a folder the current version. Returns it, and whether it is new.

    The same content changes nothing; another becomes a new version beside the old ones. A rulebook that
    contradicts itself raises RulebookInvalid and is not loaded.
    """
    document = read(folder)
    said = content_hash(document)
    last = session.scalar(select(RulebookVersion).order_by(RulebookVersion.number.desc()).limit(1))
    if last is not None and last.content_hash == said:
        return last, False
    number = last.number + 1 if last else 1
    build(document, number)
    version = RulebookVersion(
        number=number, content_hash=said, document=document, loaded_at=now, loaded_by=by
    )
    session.add(version)
    audit.record(session, "rulebook.load", by=by, subject=f"rulebook:{number}", detail={"hash": said})
    return version, True
