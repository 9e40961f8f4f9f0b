"""Mandatory reports (强制报告, 条例 9 ¶2): kept, handed on, and what became of them told to whoever reported.

The system is a copy: whoever reports calls first. Each look at what was written is in the audit trail.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import orjson
from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session

from backend.accounts.rules import Role, ToCall
from backend.accounts.scope import Person, area_condition
from backend.core import audit
from backend.core.db import insert_if_new
from backend.core.errors import InvalidInput, NotFound
from backend.core.personal_numbers import mask
from backend.core.sealed import known_visit_key, locked_visit_key, visit_key
from backend.protected_sites import queries as sites
from backend.tips.actions import new_receipt_no
from backend.tips.errors import TipChanged, TipSettled
from backend.tips.mandatory_models import Handover, MandatoryReport
from backend.tips.rules import HandedHow

OVERSEERS = frozenset({Role.SUPERVISOR, Role.COORDINATOR})
REPORTERS = (Role.INSPECTOR, Role.ASSISTANT, Role.SUPERVISOR, Role.COORDINATOR, Role.REPORTER)
_SEALED = ("text", "initial", "place")
_A_CLOCK_AHEAD = timedelta(minutes=10)


def report(
    session: Session, said: dict[str, Any], *, by: Person, now: datetime
) -> tuple[MandatoryReport, bool]:
    """Keep what somebody met with, once. A call to 110 that was made is its first hand-over.

    Returns it, and whether it is new. Raises InvalidInput, TipChanged.
    """
    said = dict(said)
    uuid, called_at = str(said.pop("uuid")), said.pop("called_at", None)
    for name, at in (("met_at", said["met_at"]), ("called_at", called_at)):
        if at and at > now + _A_CLOCK_AHEAD:
            raise InvalidInput(**{name: "in_the_future"})
    key = visit_key(session, f"mandatory:{uuid}")
    content = orjson.dumps({name: said.pop(name, "") for name in _SEALED})
    new_id = insert_if_new(
        session, MandatoryReport, uuid=uuid, report_no=new_receipt_no(now, "BG"), user_id=by.id,
        agency_id=by.agency_id, site_id=by.scope.site_id, area_code=_area(session, by), received_at=now,
        key_id=key.row_id, sealed=key.seal(content, _place(uuid)), **said,
    )  # fmt: skip
    found = session.scalars(select(MandatoryReport).filter_by(uuid=uuid)).one()
    if new_id is None:
        if found.user_id != by.id:
            raise TipChanged(uuid=uuid)
        return found, False
    audit.record(session, "mandatory.report", by=by.actor, subject=f"mandatory:{found.id}")
    if called_at:
        call = {"to_kind": ToCall.POLICE_STATION, "to_name": "110", "how": HandedHow.PHONE}
        hand_over(session, found, {**call, "handed_at": called_at}, by=by, now=now)
    return found, True


def hand_over(
    session: Session, found: MandatoryReport, said: dict[str, Any], *, by: Person, now: datetime
) -> Handover:
    """Note to whom it was handed, when and how. Raises InvalidInput for a time that is not yet."""
    if said["handed_at"] > now + _A_CLOCK_AHEAD:
        raise InvalidInput(handed_at="in_the_future")
    handed = Handover(report_id=found.id, noted_by=by.id, noted_at=now, **said)
    session.add(handed)
    session.flush()
    session.refresh(found, ["handovers"])
    detail = {"to": handed.to_kind, "how": handed.how}
    audit.record(session, "mandatory.hand_over", by=by.actor, subject=f"mandatory:{found.id}", detail=detail)
    return handed


def note_result(
    session: Session, found: MandatoryReport, handover_id: int, text: str, *, by: Person, now: datetime
) -> Handover:
    """Note what became of it there, for whoever reported; said once. Raises NotFound, TipSettled."""
    handed = next((one for one in found.handovers if one.id == handover_id), None)
    if handed is None:
        raise NotFound(handover_id=handover_id)
    if handed.result_at is not None:
        raise TipSettled(handover_id=handover_id)
    key = locked_visit_key(session, found.key_id)
    handed.sealed_result, handed.result_by, handed.result_at = (
        key.seal(text.encode(), _result(handed)),
        by.id,
        now,
    )
    audit.record(session, "mandatory.result", by=by.actor, subject=f"mandatory:{found.id}")
    return handed


def read(session: Session, found: MandatoryReport, *, by: Person) -> dict[str, Any]:
    """What was written and what became of it, numbers masked; the look is noted. Raises ContentDestroyed."""
    audit.record(session, "mandatory.read", by=by.actor, subject=f"mandatory:{found.id}")
    key = known_visit_key(session, found.key_id)
    said: dict[str, str] = orjson.loads(key.open(found.sealed, _place(found.uuid)))
    results = {
        one.id: key.open(one.sealed_result, _result(one)).decode()
        for one in found.handovers
        if one.sealed_result
    }
    return {name: mask(text) for name, text in said.items()} | {"results": results}


def visible(person: Person) -> ColumnElement[bool]:
    """All of one's areas for those who oversee them, and what one reported oneself."""
    if person.role in OVERSEERS:
        return area_condition(person.scope, MandatoryReport.area_code)
    return MandatoryReport.user_id == person.id


def unhanded() -> ColumnElement[bool]:
    """Reports that nobody handed on yet: late from the first moment, for the law says at once."""
    return ~exists().where(Handover.report_id == MandatoryReport.id)


def list_reports(
    session: Session, person: Person, *, waiting: bool = False, offset: int = 0, limit: int = 20
) -> tuple[Sequence[MandatoryReport], int]:
    """Reports that somebody may see, newest first, and how many; `waiting`: only those not handed on."""
    chosen = select(MandatoryReport).where(visible(person))
    if waiting:
        chosen = chosen.where(unhanded())
    total = session.scalar(select(func.count()).select_from(chosen.subquery())) or 0
    return session.scalars(
        chosen.order_by(MandatoryReport.id.desc()).offset(offset).limit(limit)
    ).all(), total


def oldest_waiting(session: Session, person: Person) -> datetime | None:
    """Since when the first of them waits to be handed on."""
    return session.scalar(select(func.min(MandatoryReport.received_at)).where(visible(person), unhanded()))


def one(session: Session, person: Person, report_id: int, *, to_change: bool = False) -> MandatoryReport:
    """A report that somebody may see; NotFound for all others."""
    chosen = select(MandatoryReport).where(MandatoryReport.id == report_id, visible(person))
    found = session.scalar(chosen.with_for_update() if to_change else chosen)
    if found is None:
        raise NotFound(report_id=report_id)
    return found


def _area(session: Session, by: Person) -> str:
    if by.scope.site_id is not None:
        return sites.site(session, by.scope, by.scope.site_id).area_code or ""
    return min(by.scope.areas, default="")


def _place(uuid: str) -> str:
    return f"mandatory:{uuid}"


def _result(handed: Handover) -> str:
    return f"handover:{handed.id}"
