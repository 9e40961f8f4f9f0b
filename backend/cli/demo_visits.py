"""A few invented visits for the demo, through the same door that tablets use."""

import hashlib
import struct
import zlib
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from shapely import Point
from sqlalchemy import select

from backend.accounts.queries import person_of, user_by_login
from backend.cli.common import SHANGHAI, now
from backend.core.deployment import Deployment
from backend.intake import actions as intake
from backend.intake import filer
from backend.intake.built_forms import catalogue
from backend.intake.parts import Parts
from backend.venues.models import Venue, VenueActivity
from forms.examples import filled_submission

_SEEN: tuple[dict[str, str], ...] = (
    {},
    {"duties/ban_sign": "breach", "duties/ban_sign_note": "入口处没有禁入标志"},
    {"duties/minors_refused": "breach", "duties/minors_refused_note": "两名疑似未成年人在上网，已劝离"},
    {},
    {"duties/ids_registered": "breach", "duties/ids_registered_note": "抽查三人未登记"},
    {"arrival/has_check_code": "no", "arrival/check_code": "", "arrival/no_check_code_reason": "待补码"},
    {},
    {"duties/register_kept": "breach", "duties/register_kept_note": "登记只保存了四十日"},
)  # fmt: skip


def inspect(deployment: Deployment) -> None:
    """Send one visit for each of `_SEEN`, on the last working hours before now, and file them."""
    form = catalogue(deployment).form("internet_cafe")
    with deployment.reading() as session:
        person = person_of(user_by_login(session, "inspector"), now())
        cafes = session.execute(
            select(Venue.id, Venue.place)
            .join(VenueActivity)
            .where(VenueActivity.activity == "internet_cafe", Venue.place.is_not(None))
            .order_by(Venue.id)
            .limit(len(_SEEN))
        ).all()
    if person is None:
        raise RuntimeError("the demo's inspector is missing")
    for number, (venue, seen) in enumerate(zip(cafes, _SEEN, strict=True)):
        begun = now().astimezone(SHANGHAI) - timedelta(days=len(_SEEN) - number, hours=2)
        picture = _picture(number)
        photo = _taken(venue.place, begun, picture)
        place = {"place/position": f"{venue.place.y:.7f} {venue.place.x:.7f} 4.0 6.0"}
        times = {"start": _text(begun), "end": _text(begun + timedelta(minutes=11))}
        sent = begun + timedelta(minutes=12)
        officers = {
            "arrival/officer_1_name": "示例执法员一", "arrival/officer_1_certificate": "示例-inspector",
            "arrival/officer_2_name": "示例执法员二", "arrival/officer_2_certificate": "示例-inspector2",
        }  # fmt: skip
        xml = filled_submission(
            form, instance_id=f"uuid:{uuid5(NAMESPACE_URL, f'humiao-demo-{number}')}", venue_id=str(venue.id),
            answers={**times, **place, **officers, **seen}, photos=[photo],
        )  # fmt: skip
        signatures = {name: _picture(9) for name in ("person.png", "officer1.png", "officer2.png")}
        parts = Parts(xml=xml)
        for name, content in {"front.png": picture, **signatures}.items():
            parts.files[name] = deployment.files.create()
            parts.files[name].write(content)
        intake.receive(deployment, parts, by=person, sent_at=sent, now=sent)
    while filer.file_waiting(deployment):
        pass


def _taken(place: Point, begun: datetime, picture: bytes) -> dict[str, str]:
    return {
        "photo": "front.png", "officer": "示例-inspector", "taken_at": _text(begun),
        "sha256": hashlib.sha256(picture).hexdigest(), "lon": f"{place.x:.7f}", "lat": f"{place.y:.7f}",
    }  # fmt: skip


def _text(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds")


def _picture(number: int) -> bytes:
    """A small grey PNG: stands for a photo of nothing and nobody."""
    rows = b"".join(b"\0" + bytes((x + y * number) % 200 + 40 for x in range(160)) for y in range(120))
    header = struct.pack(">IIBBBBB", 160, 120, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
