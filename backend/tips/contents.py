"""What of a tip is sealed, and how it is opened. Whoever shows it to somebody writes the look down."""

from typing import Any

import orjson
from sqlalchemy.orm import Session

from backend.core.personal_numbers import mask
from backend.core.sealed import ContentDestroyed, known_visit_key
from backend.core.spoken import as_meant
from backend.tips.models import Tip, TipPicture, TipStep
from backend.tips.pictures import pixelated


def record_place(uuid: str) -> str:
    """The place for which the record of a tip is sealed."""
    return f"tip:{uuid}:record"


def answer_place(uuid: str) -> str:
    """The same for its answer."""
    return f"tip:{uuid}:answer"


def note_place(step: TipStep) -> str:
    """The same for what was noted at one of its steps."""
    return f"tip-step:{step.id}"


def picture_place(picture: TipPicture) -> str:
    """The same for one of its pictures."""
    return f"tip-picture:{picture.id}"


def secret_hash(session: Session, number: str, secret: str) -> bytes:
    """Receipt number and secret as they are kept: together, so that neither is told by the other."""
    hashed: bytes = session.info["keys"].keyed_hash("tip secret", as_meant(number), as_meant(secret))
    return hashed


def record_of(session: Session, tip: Tip) -> bytes:
    """The record byte for byte as it came. Raises ContentDestroyed."""
    return known_visit_key(session, tip.key_id).open(tip.sealed, record_place(tip.uuid))


def text_of(session: Session, tip: Tip) -> str:
    """What somebody wrote, personal numbers masked. Raises ContentDestroyed."""
    said: dict[str, Any] = orjson.loads(record_of(session, tip))
    return mask(said["text"])


def place_of(session: Session, tip: Tip) -> str:
    """Where it is, in the words of whoever gave it; "" where nobody said. Raises ContentDestroyed."""
    said: dict[str, Any] = orjson.loads(record_of(session, tip))
    return mask(said.get("place", ""))


def notes_of(session: Session, tip: Tip) -> dict[int, str]:
    """What was noted at its steps, by their ids. Raises ContentDestroyed."""
    key = known_visit_key(session, tip.key_id)
    return {
        one.id: key.open(one.sealed_note, note_place(one)).decode() for one in tip.steps if one.sealed_note
    }


def answer_of(session: Session, tip: Tip) -> str:
    """What was answered; "" before that. Raises ContentDestroyed."""
    key = known_visit_key(session, tip.key_id)
    return key.open(tip.sealed_answer, answer_place(tip.uuid)).decode() if tip.sealed_answer else ""


def kept_answer(session: Session, tip: Tip) -> str | None:
    """The same; None once its time of keeping is over."""
    try:
        return answer_of(session, tip)
    except ContentDestroyed:
        return None


def shown_picture(session: Session, tip: Tip, picture: TipPicture) -> bytes:
    """A picture as it may be looked at: in blocks where a minor may be in it. Raises ContentDestroyed."""
    key = known_visit_key(session, tip.key_id)
    content = key.open(picture.sealed or b"", picture_place(picture))
    if not picture.minor_possible:
        return content
    return pixelated(content, [(x, y, width, height) for x, y, width, height in picture.clear_areas])
