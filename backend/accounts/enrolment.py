"""Enrolling a tablet (设备登记): a supervisor shows a code, the tablet brings it with a key that it made.

The code lets one tablet in, within minutes. It is also the challenge: whoever signs it with the new key shows
that the key is theirs. If the answer was lost on the way, the same tablet may ask again with the same key.
"""

import json
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from backend.accounts import actions
from backend.accounts.device_keys import is_signed, read_public_key
from backend.accounts.errors import DeviceKeyKnown, DeviceKeyRefused, EnrolmentCodeRefused
from backend.accounts.models import Device, EnrolmentCode
from backend.core import audit, personal_numbers
from backend.core.audit import AuditEntry
from backend.core.deployment import Deployment
from backend.core.errors import InvalidInput, NotFound, PersonalNumberFound
from backend.core.spoken import as_meant, by_chance, in_groups

LASTS = timedelta(minutes=15)
LENGTH = 28  # 140 bits
CHALLENGE = "humiao-enrolment-v1\n{code}\n"
WIPE, WIPED = b"humiao-wipe-v1\n", "device.wipe"


def offer(
    session: Session,
    *,
    name: str,
    areas: Sequence[str],
    days: int,
    agency_id: int | None = None,
    user_id: int | None = None,
    by: str,
    now: datetime,
) -> tuple[EnrolmentCode, str]:
    """Make a code for a tablet of an officer, or of an agency's shelf. Returns it as it is shown, once."""
    if not areas:
        raise InvalidInput(areas="areas_needed")
    if personal_numbers.find(name):
        raise PersonalNumberFound(device_name="personal_number")
    plain = by_chance(LENGTH)
    offered = EnrolmentCode(
        code_hash=actions.token_hash(session, "enrolment", plain), name=name, areas=sorted(set(areas)),
        agency_id=agency_id, user_id=user_id, device_expires_at=now + timedelta(days=days),
        created_by=by, created_at=now, expires_at=now + LASTS,
    )  # fmt: skip
    session.add(offered)
    session.flush()
    detail = {"user": user_id, "agency": agency_id, "areas": offered.areas}
    audit.record(session, "device.offer", by=by, subject=f"enrolment:{offered.id}", detail=detail)
    return offered, in_groups(plain)


def challenge(code: str, public_key: bytes) -> bytes:
    """The bytes that a tablet signs with its new key."""
    return CHALLENGE.format(code=as_meant(code)).encode() + public_key


def enrol(
    session: Session,
    *,
    code: str,
    public_key: bytes,
    signature: bytes,
    name: str = "",
    app_version: str | None = None,
    now: datetime,
) -> tuple[Device, str]:
    """Let a tablet in; returns it and its token.

    Raises EnrolmentCodeRefused, DeviceKeyRefused, DeviceKeyKnown.
    """
    read_public_key(public_key)
    if not is_signed(public_key, signature, challenge(code, public_key)):
        raise DeviceKeyRefused(signature="not_of_this_key")
    offered = usable(session, code, now)
    if offered.device_id is not None:
        return _once_more(session, offered.device_id, public_key)
    try:
        with session.begin_nested():
            device, token = actions.add_device(
                session, name=name.strip() or offered.name, areas=offered.areas, agency_id=offered.agency_id,
                user_id=offered.user_id, expires_at=offered.device_expires_at, public_key=public_key,
                app_version=app_version, by=offered.created_by, now=now,
            )  # fmt: skip
    except IntegrityError:
        raise DeviceKeyKnown(public_key="known") from None
    offered.device_id = device.id
    detail = {"device": device.id}
    audit.record(
        session, "device.enrol", by=f"device:{device.id}", subject=f"enrolment:{offered.id}", detail=detail
    )
    return device, token


def usable(session: Session, code: str, now: datetime) -> EnrolmentCode:
    """What a code stands for. Raises EnrolmentCodeRefused."""
    hashed = actions.token_hash(session, "enrolment", as_meant(code))
    offered = session.scalar(select(EnrolmentCode).filter_by(code_hash=hashed).with_for_update())
    if offered is None:
        raise EnrolmentCodeRefused(enrolment_code="unknown")
    if offered.expires_at <= now:
        raise EnrolmentCodeRefused(enrolment_code="too_old")
    return offered


def _once_more(session: Session, device_id: int, public_key: bytes) -> tuple[Device, str]:
    """A new token in place of the one that was lost on its way."""
    device = session.get_one(Device, device_id)
    if device.public_key != public_key or device.revoked_at is not None:
        raise EnrolmentCodeRefused(enrolment_code="used")
    token = secrets.token_urlsafe(32)
    device.token_hash = actions.token_hash(session, "device", token)
    audit.record(session, "device.enrol_again", by=f"device:{device_id}", subject=f"device:{device_id}")
    return device, token


def wipe(deployment: Deployment, *, token: str) -> dict[str, bytes]:
    """What is said to a tablet that was revoked: its number, signed. Raises NotFound for all others.

    The tablet destroys its unlocks and its package, and keeps what the server does not have yet. That it was
    told is noted once, so that whoever holds an old token cannot make the audit trail grow. It owns its
    transactions.
    """
    revoked = select(Device.id).where(Device.revoked_at.is_not(None), Device.public_key.is_not(None))
    with deployment.reading() as session:
        hashed = actions.token_hash(session, "device", token)
        device_id = session.scalar(revoked.where(Device.token_hash == hashed))
        if device_id is None:
            raise NotFound(wipe="not_asked")
        tablet = f"device:{device_id}"
        told = select(AuditEntry.seq).where(AuditEntry.subject == tablet, AuditEntry.deed == WIPED)
        is_told = session.scalar(told.limit(1)) is not None
    if not is_told:
        with deployment.unit_of_work() as session:
            audit.record(session, WIPED, by=tablet, subject=tablet)
    said = json.dumps({"wipe": device_id}).encode()
    return {"said": said, "signature": deployment.keys.sign_package(WIPE + said)}
