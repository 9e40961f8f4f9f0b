"""Invented tips of the demo: two from the street, one of them with a picture, and one of the school."""

import hashlib
import io
from datetime import timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import orjson
from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.accounts.scope import Person
from backend.cli.common import now
from backend.cli.demo_tasks import person_of
from backend.core.deployment import Deployment
from backend.tips import actions, triage
from backend.tips.pictures import ready
from backend.tips.rules import Noted
from backend.venues.models import Venue, VenueActivity


def notice(deployment: Deployment) -> None:
    """Note them as the demo's inspector and school do; the supervisor took the first in hand."""
    with deployment.unit_of_work() as session:
        inspector, school = person_of(session, "inspector"), person_of(session, "school")
        picture = _picture()
        seen = _lead(
            session, inspector, "internet_cafe", "午休时有穿校服的学生进出，前台没有查验证件", picture
        )
        actions.add_picture(session, seen, "1.jpg", ready(picture), by=inspector.actor, now=now())
        triage.take(session, seen, by=person_of(session, "supervisor"), now=now())
        _lead(session, inspector, "tobacco", "放学后有人向学生散卖香烟")
        told = Noted(_uuid("school"), "smoking", now() - timedelta(hours=3), "北门外放学时常有人吸烟")
        actions.report_by_school(session, deployment.settings, told, by=school, now=now())


def _lead(session: Session, by: Person, kind: str, text: str, *pictures: bytes) -> Any:
    placed = select(Venue.place).join(VenueActivity).where(Venue.place.is_not(None))
    place = session.scalars(placed.where(VenueActivity.activity == kind).order_by(Venue.id)).first()
    if place is None:
        raise RuntimeError(f"the demo's district has no {kind}")
    record = {
        "id": _uuid(kind), "kind": kind, "seen_at": (now() - timedelta(hours=5)).isoformat(), "text": text,
        "position": {"lon": place.x, "lat": place.y, "accuracy_m": 12.0, "crs": "cgcs2000"},
        "pictures": [_announced(number, one) for number, one in enumerate(pictures, 1)],
    }  # fmt: skip
    return actions.receive_lead(session, orjson.dumps(record), is_signed=True, by=by, now=now())[0]


def _announced(number: int, content: bytes) -> dict[str, Any]:
    digest = hashlib.sha256(content).hexdigest()
    return {"name": f"{number}.jpg", "size": len(content), "sha256": digest, "minor_possible": True,
            "clear_areas": [[0.0, 0.0, 1.0, 0.45]]}  # fmt: skip


def _picture() -> bytes:
    """A drawn street: sky, a front with its sign, a door, somebody before it."""
    from PIL import Image, ImageDraw

    drawn, out = Image.new("RGB", (960, 720), "#9fc3dd"), io.BytesIO()
    pen = ImageDraw.Draw(drawn)
    pen.rectangle((80, 120, 880, 640), fill="#c9b79c")
    pen.rectangle((140, 170, 820, 260), fill="#7a1f1f")
    pen.rectangle((400, 340, 560, 640), fill="#3b3b44")
    pen.rectangle((0, 640, 960, 720), fill="#6d6d6d")
    pen.ellipse((640, 400, 700, 460), fill="#e0b48c")
    pen.rectangle((625, 460, 715, 620), fill="#1f4fa0")
    drawn.save(out, "JPEG", quality=88)
    return out.getvalue()


def _uuid(name: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"humiao-demo-tip-{name}"))
