"""Invented tips of the demo, one of each way in; a mandatory report that was handed on, and a training."""

import hashlib
import io
from datetime import timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import orjson
from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.accounts.rules import ToCall
from backend.accounts.scope import Person
from backend.cli.common import now
from backend.cli.demo_tasks import person_of
from backend.core.days import SHANGHAI
from backend.core.deployment import Deployment
from backend.tips import actions, mandatory, trainings, triage
from backend.tips import order_importing as orders
from backend.tips.models import Tip
from backend.tips.pictures import ready
from backend.tips.rules import AgeBand, Contact, HandedHow, Noted, Situation, Source, Whereabouts
from backend.venues.models import Venue, VenueActivity


def notice(deployment: Deployment) -> None:
    """Note them as the demo's people, a passer-by and a hotline do; the supervisor went on with some."""
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
        supervisor = person_of(session, "supervisor")
        _from_outside(session, supervisor)
        _for_a_child(session, school, supervisor)


def _from_outside(session: Session, supervisor: Person) -> None:
    """A passer-by who left a telephone, and two work orders of 12315: one passed on, one not mapped yet."""
    area = min(supervisor.scope.areas)
    seen = Noted(
        _uuid("public"), "smoking", now() - timedelta(hours=2), "放学时有人在门口吸烟、喝酒",
        place="北门对面小卖部", area_code=area,
    )  # fmt: skip
    actions.report_by_anybody(session, seen, contact=Contact("过路的家长", "021-00000004"), now=now())
    columns = {"工单编号": "number", "类别": "kind", "内容": "text"}
    values = {"kind": {"涉烟": "tobacco"}}
    channel = Source.MARKET_HOTLINE
    orders.put_mapping(session, channel, columns, values, by=supervisor.actor, now=now())
    rows = [
        {"工单编号": "示例-0001", "类别": "涉烟", "内容": "学校旁边的店向学生卖烟"},
        {"工单编号": "示例-0002", "类别": "涉酒", "内容": "便利店向中学生卖酒"},
    ]
    file = orders.take_in(
        session, channel, rows, area_code=area, scope=supervisor.scope, by=supervisor.actor, now=now()
    )
    tip = session.get_one(Tip, file.rows[0].tip_id)
    triage.take(session, tip, by=supervisor, now=now())
    triage.transfer(session, tip, "示例区烟草专卖局", "属其职责", by=supervisor, now=now())


def _for_a_child(session: Session, school: Person, supervisor: Person) -> None:
    """The school reported after it had called 110; the supervisor handed it on further."""
    said = {
        "uuid": _uuid("mandatory"), "situation": Situation.SUSPECTED_HARM, "age_band": AgeBand.FROM_6,
        "whereabouts": Whereabouts.AT_SCHOOL, "met_at": now() - timedelta(hours=2), "initial": "某",
        "text": "手臂有多处淤青，不愿回家", "called_at": now() - timedelta(hours=2),
    }  # fmt: skip
    found, _ = mandatory.report(session, said, by=school, now=now())
    handed = {"to_kind": ToCall.CIVIL_AFFAIRS, "to_name": "示例区未成年人保护中心", "how": HandedHow.PHONE,
              "handed_at": now() - timedelta(hours=1)}  # fmt: skip
    mandatory.hand_over(session, found, handed, by=supervisor, now=now())
    today = now().astimezone(SHANGHAI).date()
    held = {"held_on": today - timedelta(days=200), "topic": "识别侵害线索、怎么报告", "people": 46,
            "trained_by": "示例区未成年人保护中心", "next_due_on": today + timedelta(days=165)}  # fmt: skip
    trainings.enter(session, held, by=school, now=now(), today=today)


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
