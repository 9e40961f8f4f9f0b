"""What can be done to check codes (检查码): enter one, note what became of it. None is ever made here."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from backend.accounts.models import Agency
from backend.accounts.scope import Scope
from backend.core import audit
from backend.core.errors import InvalidInput, NotAllowed
from backend.tasks.errors import CodeClosed, CodeTaken
from backend.tasks.models import CheckCode, CheckCodeAgency
from backend.tasks.rules import CodeState, judge_code
from backend.venues import queries as venues


def add_code(session: Session, scope: Scope, said: dict[str, Any], *, by: str, now: datetime) -> CheckCode:
    """Enter a code that was applied for or issued. Raises CodeTaken, NotAllowed, InvalidInput.

    One's own agency is always among those that come; others make it a joint inspection.
    """
    values = dict(said)
    agency_ids = {scope.agency_id, *values.pop("agency_ids", ())}
    if scope.agency_id is None:
        raise NotAllowed(agency_id=None)
    known = set(session.scalars(select(Agency.id).where(Agency.id.in_(agency_ids))))
    if unknown := agency_ids - known:
        raise InvalidInput(agency_ids=sorted(filter(None, unknown)))
    if values.get("venue_id") is not None:
        venues.venue(session, scope, values["venue_id"])
    state = CodeState.ISSUED if values.get("code") else CodeState.APPLIED
    code = CheckCode(**values, state=state, created_by=by, created_at=now)
    code.agencies = [CheckCodeAgency(agency_id=agency_id) for agency_id in sorted(known)]
    _keep(session, code)
    detail = {"state": state, "agencies": sorted(known)}
    audit.record(session, "check_code.add", by=by, subject=f"check_code:{code.id}", detail=detail)
    return code


def issue(session: Session, code: CheckCode, number: str, valid_to: date | None, *, by: str) -> CheckCode:
    """Enter the code that was given for an application. Raises CodeClosed, CodeTaken."""
    if code.state != CodeState.APPLIED:
        raise CodeClosed(state=code.state)
    given = {"code": number, "valid_to": valid_to, "state": CodeState.ISSUED, "version": code.version + 1}
    _keep(session, code, **given)
    audit.record(session, "check_code.issue", by=by, subject=f"check_code:{code.id}")
    return code


def void(session: Session, code: CheckCode, *, reason: str, by: str) -> CheckCode:
    """Make a code void that nobody has used. Raises CodeClosed."""
    if code.state not in (CodeState.APPLIED, CodeState.ISSUED):
        raise CodeClosed(state=code.state)
    code.state, code.voided_because, code.version = CodeState.VOID, reason, code.version + 1
    audit.record(session, "check_code.void", by=by, subject=f"check_code:{code.id}")
    return code


def expire(session: Session, *, today: date, by: str) -> int:
    """Note which codes were issued and ran out unused; returns how many."""
    over = select(CheckCode).where(CheckCode.state == CodeState.ISSUED, CheckCode.valid_to < today)
    found = session.scalars(over.with_for_update(of=CheckCode)).all()
    for code in found:
        code.state, code.version = CodeState.EXPIRED, code.version + 1
        audit.record(session, "check_code.expire", by=by, subject=f"check_code:{code.id}")
    return len(found)


def named(session: Session, text: str) -> CheckCode | None:
    """The code that a visit names, if it was entered here."""
    return session.scalar(select(CheckCode).where(CheckCode.code == text)) if text else None


def is_good(code: CheckCode, *, agency_id: int | None, venue_id: int | None, on: date) -> bool:
    """Whether it was good for a visit of this agency at this venue on that day."""
    here = code.venue_id is None or venue_id is None or code.venue_id == venue_id
    return judge_code(
        code.state, is_for=agency_id in code.agency_ids, is_here=here, valid_to=code.valid_to, on=on
    )


def use(session: Session, code: CheckCode, *, by: str, now: datetime) -> None:
    """Note that a visit showed a code; later visits under the same code change nothing."""
    if code.state in (CodeState.ISSUED, CodeState.EXPIRED):
        code.state, code.used_at, code.version = CodeState.USED, now, code.version + 1
        audit.record(session, "check_code.use", by=by, subject=f"check_code:{code.id}")


def _keep(session: Session, code: CheckCode, /, **values: Any) -> None:
    number = values.get("code", code.code)
    try:
        with session.begin_nested():
            for name, value in values.items():
                setattr(code, name, value)
            session.add(code)
    except IntegrityError:
        raise CodeTaken(code=number) from None
