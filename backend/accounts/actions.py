"""What can be done to accounts. The caller owns the transaction; audit entries name ids, never people.

Passwords come in as hashes (`passwords.new_hash`): hashing takes long, so it is done before the unit of work.
"""

import re
import secrets
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from backend.accounts.errors import LoginTaken
from backend.accounts.models import Agency, Device, SignIn, SignInPlace, User, UserArea
from backend.accounts.queries import agency_by_code, is_in_care
from backend.accounts.rules import Revoked, Role
from backend.accounts.scope import Scope
from backend.core import audit, personal_numbers
from backend.core.errors import InvalidInput, NotAllowed, NotFound, PersonalNumberFound
from backend.core.keys import Keys

LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{1,63}")


def add_user(
    session: Session,
    *,
    login: str,
    display_name: str,
    role: Role,
    password_hash: str,
    areas: Sequence[str],
    agency_id: int | None = None,
    site_id: int | None = None,
    certificate_no: str | None = None,
    certificate_valid_to: date | None = None,
    care: Scope | None = None,
    by: str,
    now: datetime,
) -> User:
    """Open an account. `areas` are codes, "" is everywhere; `site_id` is the school a reporter speaks for.

    With `care` the account must be one that this scope looks after.
    """
    login = login.strip().casefold()
    if not LOGIN.fullmatch(login):
        raise InvalidInput(login="not_a_login")
    said = {"login": login, "display_name": display_name, "certificate_no": certificate_no or ""}
    if held := {name: "personal_number" for name, text in said.items() if personal_numbers.find(text)}:
        raise PersonalNumberFound(**held)
    user = User(
        login=login, display_name=display_name, role=Role(role), password_hash=password_hash, active=True,
        agency_id=agency_id, site_id=site_id, certificate_no=certificate_no,
        certificate_valid_to=certificate_valid_to, created_at=now,
        areas=[UserArea(code=code) for code in sorted(set(areas))],
    )  # fmt: skip
    try:
        with session.begin_nested():
            session.add(user)
    except IntegrityError:
        raise LoginTaken(login=login) from None
    if care and not is_in_care(session, care, user.id):
        raise NotAllowed(role=role, areas=sorted(set(areas)))
    detail = {"role": str(role), "agency": agency_id, "areas": sorted(set(areas)), "site": site_id}
    audit.record(session, "account.add", by=by, subject=f"user:{user.id}", detail=detail)
    return user


def set_password(session: Session, user: User, *, password_hash: str, by: str, now: datetime) -> None:
    """Give an account a new password; whoever was signed in with the old one is signed out everywhere."""
    user.password_hash = password_hash
    _sign_out_everywhere(session, user, now)
    audit.record(session, "account.set_password", by=by, subject=f"user:{user.id}")


def deactivate(session: Session, user: User, *, by: str, now: datetime) -> None:
    """Close an account at once: its sessions end, its tablets are refused. Nothing is deleted."""
    user.active = False
    _sign_out_everywhere(session, user, now)
    audit.record(session, "account.deactivate", by=by, subject=f"user:{user.id}")


def reactivate(session: Session, user: User, *, by: str, now: datetime) -> None:
    """Open a closed account again, with the password that it had."""
    user.active = True
    audit.record(session, "account.reactivate", by=by, subject=f"user:{user.id}")


def _sign_out_everywhere(session: Session, user: User, now: datetime) -> None:
    open_ones = update(SignIn).where(SignIn.user_id == user.id, SignIn.ended_at.is_(None))
    session.execute(open_ones.values(ended_at=now))
    session.execute(delete(SignInPlace).where(SignInPlace.user_id == user.id))


def start_sign_in(session: Session, user_id: int, *, now: datetime) -> str:
    """Begin a session; returns the token that only the browser keeps."""
    token = secrets.token_urlsafe(32)
    session.add(
        SignIn(token_hash=token_hash(session, "session", token), user_id=user_id, created_at=now, seen_at=now)
    )
    audit.record(session, "account.sign_in", by=f"user:{user_id}", subject=f"user:{user_id}")
    return token


def end_sign_in(session: Session, sign_in_id: int, *, by: str, now: datetime) -> None:
    """Sign out."""
    session.execute(update(SignIn).where(SignIn.id == sign_in_id).values(ended_at=now))
    audit.record(session, "account.sign_out", by=by, subject=by)


def add_device(
    session: Session,
    *,
    name: str,
    areas: Sequence[str],
    expires_at: datetime,
    agency_id: int | None = None,
    user_id: int | None = None,
    public_key: bytes | None = None,
    app_version: str | None = None,
    by: str,
    now: datetime,
) -> tuple[Device, str]:
    """Admit a tablet. Returns it and its token (256 bit), shown once and kept nowhere in the clear."""
    token = secrets.token_urlsafe(32)
    device = Device(
        name=name, token_hash=token_hash(session, "device", token), agency_id=agency_id, user_id=user_id,
        areas=sorted(set(areas)), created_at=now, expires_at=expires_at,
        public_key=public_key, app_version=app_version,
    )  # fmt: skip
    session.add(device)
    session.flush()
    detail = {
        "user": user_id,
        "agency": agency_id,
        "areas": device.areas,
        "expires_at": expires_at.isoformat(),
        "enrolled": public_key is not None,
    }
    audit.record(session, "device.add", by=by, subject=f"device:{device.id}", detail=detail)
    return device, token


def revoke_device(
    session: Session, device_id: int, *, because: Revoked = Revoked.OTHER, by: str, now: datetime
) -> None:
    """Refuse a tablet from now on; harmless when it was revoked before, and the first day stays.

    One that turns out to be lost after it was revoked is noted as lost.
    """
    device = session.get(Device, device_id)
    if device is None:
        raise NotFound(device_id=device_id)
    if device.revoked_at is None or because is Revoked.LOST:
        device.revoked_because = because
    device.revoked_at = device.revoked_at or now
    audit.record(session, "device.revoke", by=by, subject=f"device:{device_id}", detail={"because": because})


def token_hash(session: Session, purpose: str, token: str) -> bytes:
    """The keyed hash under which a token is kept."""
    keys: Keys = session.info["keys"]
    return keys.keyed_hash(purpose, token)


def put_agency(session: Session, *, code: str, by: str, now: datetime, **columns: Any) -> Agency:
    """Add an agency, or change the one with this code: names, activities, authority, days in force."""
    agency = agency_by_code(session, code) or Agency(code=code, activities=None)
    for name, value in columns.items():
        setattr(agency, name, value)
    session.add(agency)
    session.flush()
    audit.record(session, "agency.put", by=by, subject=f"agency:{agency.id}", detail={"code": code})
    return agency
