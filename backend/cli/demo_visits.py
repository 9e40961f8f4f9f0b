"""A few invented visits for the demo, through the same door that tablets use."""

import hashlib
import struct
import zlib
from datetime import datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from shapely import Point
from sqlalchemy import Row, select

from backend.accounts.models import User
from backend.accounts.queries import person_of
from backend.accounts.rules import Role
from backend.accounts.scope import Person
from backend.cli.common import now
from backend.cli.demo_people import certificate_of
from backend.core.days import SHANGHAI
from backend.core.deployment import Deployment
from backend.intake import actions as intake
from backend.intake import filer
from backend.intake.built_forms import catalogue
from backend.intake.parts import Parts
from backend.venues.models import Venue, VenueActivity
from forms.examples import filled_submission

Seen = dict[str, str]
_TO_CORRECT = timedelta(days=6)


def _breach(item: str, note: str, group: str = "duties") -> Seen:
    return {f"{group}/{item}": "breach", f"{group}/{item}_note": note}


def _ordered(seen: Seen, demand: str) -> Seen:
    return seen | {"measures/measures_taken": "order", "measures/order_text": demand}


SEEN: dict[str, tuple[Seen, ...]] = {  # one visit each; the last of each activity is of today
    "internet_cafe": (
        {},
        _ordered(_breach("ban_sign", "入口处没有禁入标志"), "在入口显著处悬挂未成年人禁入标志"),
        _breach("minors_refused", "两名疑似未成年人在上网，已劝离"),
        _breach("ids_registered", "抽查三人未登记"),
        {"arrival/has_check_code": "no", "arrival/check_code": "", "arrival/no_check_code_reason": "待补码"},
        _breach("register_kept", "登记只保存了四十日"),
        {},
    ),
    "song_and_dance": (
        _ordered(_breach("minors_refused", "包厢内有未成年人"), "停止接纳未成年人，逐间核查包厢"),
        {},
    ),
    "arcade": (_breach("devices_refused", "平日向未成年人提供游戏机"),),
    "bar": ({}, _breach("not_sold_to_minors", "未核验年龄即售酒")),
    "tobacco": (_breach("not_sold_sign", "店内没有标志"), {}),
    "e_cigarette": ({},),
    "alcohol": ({},),
    "welfare_lottery": (_breach("no_prize_to_minors", "录像可见"),),
    "sports_lottery": ({},),
    "hotel": (_breach("contact_asked", "两份记录无监护人电话", "stays") | {"stays/contact_missing": "2"}, {}),
    "esports_hotel": ({},),
    "tattoo": (_breach("no_tattoo_sign", "门口、店内均无"),),
    "medical_aesthetics": ({},),
    "script_play": (_breach("ages_marked", "两部剧本没有标注"),),
    "on_demand_cinema": ({},),
}  # fmt: skip


def inspect(deployment: Deployment) -> None:
    """Send the visits of `SEEN` as inspectors of their agencies, one a day up to today, and file them."""
    people = inspectors(deployment)
    for turn, (activity, seen) in enumerate(SEEN.items()):
        login = next(login for login, person in people.items() if person.scope.concerns(activity))
        venues = _venues(deployment, activity, len(seen))
        for number, (venue, answers) in enumerate(zip(venues, seen, strict=True), 1):
            ago = timedelta(days=len(seen) - number, hours=2 + turn / 2)
            begun = now().astimezone(SHANGHAI) - ago
            send(deployment, activity, venue, answers, begun, login, people[login])
    while filer.file_waiting(deployment):
        pass


def inspectors(deployment: Deployment) -> dict[str, Person]:
    """The demo's inspectors by login."""
    with deployment.reading() as session:
        users = session.scalars(select(User).where(User.role == Role.INSPECTOR).order_by(User.id))
        people = {user.login: person_of(user, now()) for user in users}
    return {login: person for login, person in people.items() if person}


def _venues(deployment: Deployment, activity: str, count: int) -> list[Row[Any]]:
    does_it = select(Venue.id, Venue.place).join(VenueActivity).where(VenueActivity.activity == activity)
    with deployment.reading() as session:
        placed = session.execute(does_it.where(Venue.place.is_not(None)).order_by(Venue.id).limit(count))
        return list(placed)


def send(
    deployment: Deployment,
    activity: str,
    venue: Row[Any],
    answers: Seen,
    begun: datetime,
    login: str,
    person: Person,
) -> None:
    """Send one visit that began then; it is filed by whoever files."""
    number, sent = venue.id, begun + timedelta(minutes=12)
    picture = _picture(number)
    arrival = {
        "arrival/officer_1_name": person.name,
        "arrival/officer_1_certificate": certificate_of(login),
        "arrival/officer_2_name": "示例执法员二",
        "arrival/officer_2_certificate": certificate_of("inspector2"),
        "arrival/check_code": f"示例-{begun:%Y%m%d}-{number:04}",
    }
    if "measures/order_text" in answers:
        answers = answers | {"measures/order_due_on": (begun + _TO_CORRECT).date().isoformat()}
    times = {"start": _text(begun), "end": _text(begun + timedelta(minutes=11))}
    place = {"place/position": f"{venue.place.y:.7f} {venue.place.x:.7f} 4.0 6.0"}
    xml = filled_submission(
        catalogue(deployment).form(activity),
        instance_id=f"uuid:{uuid5(NAMESPACE_URL, f'humiao-demo-{activity}-{number}')}",
        venue_id=str(venue.id),
        answers=times | place | arrival | answers, photos=[_taken(venue.place, begun, picture, login)],
    )  # fmt: skip
    signatures = {name: _picture(9) for name in ("person.png", "officer1.png", "officer2.png")}
    parts = Parts(xml=xml)
    for name, content in {"front.png": picture, **signatures}.items():
        parts.files[name] = deployment.files.create()
        parts.files[name].write(content)
    intake.receive(deployment, parts, by=person, sent_at=sent, now=sent)


def _taken(place: Point, begun: datetime, picture: bytes, login: str) -> dict[str, str]:
    return {
        "photo": "front.png", "officer": certificate_of(login), "taken_at": _text(begun),
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
