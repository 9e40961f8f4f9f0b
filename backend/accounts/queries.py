"""Looking up people, their sessions, devices and the audit trail."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, func, not_, or_, select, text, true
from sqlalchemy.orm import Session, defer, joinedload

from backend.accounts.models import Agency, Area, Device, SignIn, User, UserArea
from backend.accounts.rules import MANAGED, Role, in_force, is_alive
from backend.accounts.scope import DevicePerson, Person, Scope, area_condition
from backend.core.audit import AuditEntry
from backend.core.days import SHANGHAI
from backend.core.errors import NotFound
from backend.core.settings import Settings

Row = TypeVar("Row")

_ACCOUNT = text(  # asked for every submission, and only compared: its values need no types
    "SELECT users.*, agencies.*, user_areas.code FROM users "
    "LEFT JOIN agencies ON agencies.id = users.agency_id "
    "LEFT JOIN user_areas ON user_areas.user_id = users.id "
    "WHERE users.id = :user_id ORDER BY user_areas.id"
)

_SIGNED_IN = (  # asked by every request of a desk: in one go, and built once
    select(SignIn, User)
    .join(User, User.id == SignIn.user_id)
    .where(SignIn.token_hash == bindparam("token_hash"))
    .options(joinedload(User.areas))
)


def user_by_login(session: Session, login: str) -> User | None:
    return session.scalar(select(User).filter_by(login=login.strip().casefold()))


def person_of(user: User | None, now: datetime) -> Person | None:
    """The account as a person; None when it is closed, or its agency is no longer in force."""
    if user is None or not user.active or not _works(user.agency, now):
        return None
    role, areas = Role(user.role), tuple(area.code for area in user.areas)
    scope = Scope(areas, _activities(user.agency), user.agency_id, role, user.site_id)
    names = user.agency.names if user.agency else None
    return Person(user.id, user.login, user.display_name, role, user.agency_id, scope, names)


def account_state(reading: Session | Connection, user_id: int, now: datetime) -> tuple[Any, ...]:
    """All that makes an account the person it is today: while it stays equal, so does the person."""
    rows = reading.execute(_ACCOUNT, {"user_id": user_id})
    return now.astimezone(SHANGHAI).date(), *map(tuple, rows)


def _works(agency: Agency | None, now: datetime) -> bool:
    return agency is None or in_force(agency.valid_from, agency.valid_to, now.astimezone(SHANGHAI).date())


def _activities(agency: Agency | None) -> frozenset[str] | None:
    return None if agency is None or agency.activities is None else frozenset(agency.activities)


def signed_in(
    session: Session, token_hash: bytes, now: datetime, settings: Settings
) -> tuple[SignIn, Person] | None:
    """The session that a browser holds the token of, and whose it is; None when it ended or timed out."""
    row = session.execute(_SIGNED_IN, {"token_hash": token_hash}).unique().one_or_none()
    if row is None or row.SignIn.ended_at is not None:
        return None
    limits = {"idle_s": settings.session_idle_s, "absolute_s": settings.session_absolute_s}
    if not is_alive(row.SignIn.created_at, row.SignIn.seen_at, now, **limits):
        return None
    person = person_of(row.User, now)
    return (row.SignIn, person) if person else None


def device_by_token(session: Session, token_hash: bytes, now: datetime) -> tuple[Device, DevicePerson] | None:
    """The tablet of a token; None when it was revoked or expired, or its officer may no longer work.

    One that belongs to no agency is of its officer's: it supervises no more, and its visits are seen there.
    """
    device = session.scalar(select(Device).filter_by(token_hash=token_hash))
    if device is None or device.revoked_at is not None or device.expires_at <= now:
        return None
    return (device, person_with(device)) if has_holder(device, now) else None


def has_holder(device: Device, now: datetime) -> bool:
    """Whether the tablet's officer and agency, as far as it has them, may work today."""
    officer = device.user_id is None or person_of(device.user, now) is not None
    return officer and _works(_agency_of(device), now)


def person_with(device: Device) -> DevicePerson:
    """Who holds a tablet, whether or not it is let in today."""
    agency = _agency_of(device)
    role = Role(device.user.role) if device.user else Role.INSPECTOR
    scope = Scope(tuple(device.areas_now), _activities(agency), agency.id if agency else None, role)
    return DevicePerson(
        device.id, device.user_id, device.name, role, scope.agency_id, scope, device.public_key
    )


def _agency_of(device: Device) -> Agency | None:
    return device.agency or (device.user.agency if device.user else None)


def list_users(
    session: Session, scope: Scope, *, text: str = "", offset: int = 0, limit: int = 20
) -> tuple[list[User], int]:
    """The accounts in the care of a security administrator of this scope, by login, and their number."""
    chosen = select(User).where(_in_care_of(scope))
    if text:
        chosen = chosen.where(
            or_(
                User.login.contains(text.casefold(), autoescape=True),
                User.display_name.contains(text, autoescape=True),
            )
        )
    return _page(session, chosen.order_by(User.login), offset, limit)


def user_in_care(session: Session, scope: Scope, user_id: int) -> User:
    """One of those accounts; NotFound for all others."""
    user = session.scalar(select(User).where(User.id == user_id, _in_care_of(scope)))
    if user is None:
        raise NotFound(user_id=user_id)
    return user


def is_in_care(session: Session, scope: Scope, user_id: int) -> bool:
    return session.scalar(select(User.id).where(User.id == user_id, _in_care_of(scope))) is not None


def _in_care_of(scope: Scope) -> ColumnElement[bool]:
    """Accounts whose every area is in scope, of the same agency, and neither administrators nor auditors."""
    return and_(
        User.role.in_(sorted(MANAGED)),
        User.areas.any(),
        ~User.areas.any(not_(area_condition(scope, UserArea.code))),
        true() if scope.agency_id is None else User.agency_id == scope.agency_id,
    )


def list_agencies(session: Session) -> list[Agency]:
    return list(session.scalars(select(Agency).order_by(Agency.code)))


def agency_by_code(session: Session, code: str) -> Agency | None:
    return session.scalar(select(Agency).filter_by(code=code))


def list_audit(
    session: Session,
    *,
    subject: str = "",
    deed: str = "",
    since: date | None = None,
    until: date | None = None,
    offset: int = 0,
    limit: int = 20,
) -> tuple[list[AuditEntry], int]:
    """Audit entries, newest first: of a subject, of deeds that begin so, of days in Shanghai."""
    chosen = select(AuditEntry).order_by(AuditEntry.seq.desc())
    if subject:
        chosen = chosen.where(AuditEntry.subject == subject)
    if deed:
        chosen = chosen.where(AuditEntry.deed.startswith(deed, autoescape=True))
    if since:
        chosen = chosen.where(AuditEntry.at >= _midnight(since))
    if until:
        chosen = chosen.where(AuditEntry.at < _midnight(until) + timedelta(days=1))
    return _page(session, chosen, offset, limit)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), SHANGHAI)


def _page(session: Session, chosen: Select[Row], offset: int, limit: int) -> tuple[list[Row], int]:
    total = session.scalar(select(func.count()).select_from(chosen.order_by(None).subquery())) or 0
    return list(session.scalars(chosen.offset(offset).limit(limit))), total


def area_names(session: Session, codes: Iterable[str]) -> dict[str, str]:
    """The names of areas by code, as far as areas are loaded."""
    found = session.execute(select(Area.code, Area.name).where(Area.code.in_(list(codes))))
    return {row.code: row.name for row in found}


def areas_to_choose(session: Session) -> list[tuple[str, str]]:
    """The loaded areas by code, with their names; both are public."""
    found = session.execute(select(Area.code, Area.name).order_by(Area.code))
    return [(row.code, row.name) for row in found]


def names_of(session: Session, actors: Iterable[str]) -> dict[str, str]:
    """The names of the people and tablets that audit entries know as `user:7` and `device:7`."""
    known = [actor.partition(":") for actor in actors]
    names: dict[str, str] = {}
    for kind, model, name in (("user", User, User.display_name), ("device", Device, Device.name)):
        ids = [int(number) for what, _, number in known if what == kind]
        if ids:
            found = session.execute(select(model.id, name).where(model.id.in_(ids)))
            names |= {f"{kind}:{row[0]}": row[1] for row in found}
    return names


def areas_in_scope(session: Session, scope: Scope) -> list[Area]:
    """The loaded areas that somebody works in, by code, without their outlines."""
    chosen = select(Area).where(area_condition(scope, Area.code)).order_by(Area.code)
    return list(session.scalars(chosen.options(defer(Area.place))))
