"""Tablets in somebody's care: which they are, how they stand, and for whom new ones may be admitted."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select, true
from sqlalchemy.orm import QueryableAttribute, Session

from backend.accounts.models import Agency, Device, User
from backend.accounts.rules import DeviceState, Role
from backend.accounts.scope import Scope
from backend.core.errors import InvalidInput, NotAllowed, NotFound


def list_devices(
    session: Session,
    scope: Scope,
    *,
    now: datetime,
    state: DeviceState | None = None,
    text: str = "",
    offset: int = 0,
    limit: int = 20,
) -> tuple[list[Device], int]:
    """Tablets in one's care, newest first, and how many; `text` is part of a name or of an account."""
    chosen = select(Device).where(_of_agency(scope))
    if text:
        officer = Device.user.has(User.login.contains(text.casefold(), autoescape=True))
        chosen = chosen.where(or_(Device.name.contains(text, autoescape=True), officer))
    if state:
        chosen = chosen.where(_in_state(state, now))
    found = session.scalars(chosen.order_by(Device.id.desc()))
    rows = [device for device in found if _covers(scope, device.areas_now)]
    return rows[offset : offset + limit], len(rows)


def silent_tablets(session: Session, scope: Scope, *, now: datetime, since: datetime) -> list[Device]:
    """Tablets in one's care that are let in and were not heard of since then, the longest silent first."""
    heard = func.coalesce(Device.last_used_at, Device.created_at)
    chosen = select(Device).where(_of_agency(scope), _in_state(DeviceState.ACTIVE, now), heard < since)
    return [one for one in session.scalars(chosen.order_by(heard)) if _covers(scope, one.areas_now)]


def device_in_care(session: Session, scope: Scope, device_id: int) -> Device:
    """One of those tablets; NotFound for all others."""
    of_agency = _of_agency(scope)
    device = session.scalar(select(Device).where(Device.id == device_id, of_agency))
    if device is None or not _covers(scope, device.areas_now):
        raise NotFound(device_id=device_id)
    return device


def state_of(device: Device, now: datetime) -> DeviceState:
    """Whether a tablet is let in today."""
    if device.revoked_at is not None:
        return DeviceState.REVOKED
    return DeviceState.EXPIRED if device.expires_at <= now else DeviceState.ACTIVE


def officers_to_equip(session: Session, scope: Scope) -> list[User]:
    """The inspectors for whom somebody may admit a tablet."""
    inspectors = select(User).where(User.role == Role.INSPECTOR, User.active, _same(scope, User.agency_id))
    found = session.scalars(inspectors.order_by(User.login))
    return [user for user in found if _covers(scope, [area.code for area in user.areas])]


def agencies_to_equip(session: Session, scope: Scope) -> list[Agency]:
    """The agencies on whose shelf somebody may put a tablet."""
    return list(session.scalars(select(Agency).where(_same(scope, Agency.id)).order_by(Agency.code)))


def for_whom(
    session: Session,
    scope: Scope,
    *,
    user_id: int | None = None,
    agency_id: int | None = None,
    areas: Sequence[str] = (),
) -> dict[str, Any]:
    """Whose a new tablet will be. An officer's has their agency and areas; a shared one says its own.

    Raises NotAllowed for what is not in the caller's care, InvalidInput.
    """
    if user_id is not None:
        officer = next((one for one in officers_to_equip(session, scope) if one.id == user_id), None)
        if officer is None:
            raise NotAllowed(user_id=user_id)
        own = [area.code for area in officer.areas]
        return {"user_id": user_id, "agency_id": officer.agency_id, "areas": own}
    if not areas:
        raise InvalidInput(areas="areas_needed")
    if agency_id is None and not _any_agency(scope):
        agency_id = scope.agency_id
    known = {agency.id for agency in agencies_to_equip(session, scope)}
    if agency_id not in known or not _covers(scope, areas):
        raise NotAllowed(agency_id=agency_id, areas=sorted(areas))
    return {"user_id": None, "agency_id": agency_id, "areas": list(areas)}


def _any_agency(scope: Scope) -> bool:
    """A system administrator looks after the tablets of every agency."""
    return scope.role is Role.SYSTEM_ADMIN


def _same(scope: Scope, agency: QueryableAttribute[Any]) -> ColumnElement[bool]:
    return true() if _any_agency(scope) else agency == scope.agency_id


def _of_agency(scope: Scope) -> ColumnElement[bool]:
    """A tablet without an agency is of its officer's."""
    officers = select(User.agency_id).where(User.id == Device.user_id).scalar_subquery()
    return true() if _any_agency(scope) else func.coalesce(Device.agency_id, officers) == scope.agency_id


def _covers(scope: Scope, areas: Sequence[str]) -> bool:
    return bool(areas) and all(scope.covers(code) for code in areas)


def _in_state(state: DeviceState, now: datetime) -> ColumnElement[bool]:
    refused = Device.revoked_at.is_not(None)
    if state is DeviceState.REVOKED:
        return refused
    over = Device.expires_at <= now
    return ~refused & (over if state is DeviceState.EXPIRED else ~over)
