"""Bringing a rescue file in (救援文件): its signature is checked, then it is kept whole and sealed.

What an active tablet signed waits to be taken; what another one signed waits for a supervisor. What is wrong
as a whole is refused before anything of it is kept.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.accounts.device_keys import is_signed
from backend.accounts.devices import state_of
from backend.accounts.models import Device
from backend.accounts.queries import has_holder, person_with
from backend.accounts.rules import DeviceState, Role
from backend.accounts.scope import DevicePerson, Person
from backend.core import audit
from backend.core.db import insert_if_new
from backend.core.deployment import Deployment
from backend.core.files import SealedUpload
from backend.core.keys import KeysMissing
from backend.core.sealed import known_visit_key, visit_key
from backend.intake.errors import RescueChanged, RescueUnacceptable
from backend.intake.leftovers import remove_unneeded
from backend.intake.models import Quarantine, RescueFile, RescueState, UnneededFile
from backend.intake.rescue_format import DOMAIN, Head, Kind, read_head

Progress = Callable[[int, int | None], None]
_READ = 256 * 1024


@dataclass(frozen=True, slots=True)
class Bringer:
    """Who brings a file. One of an unknown tablet is then in the care of their agency."""

    actor: str
    agency_id: int | None = None
    area_code: str = ""

    @classmethod
    def of(cls, person: Person | DevicePerson) -> "Bringer":
        return cls(person.actor, person.agency_id, min(person.scope.areas, default=""))


def bring(
    deployment: Deployment, stream: BinaryIO, *, by: Bringer, now: datetime,
    rescue_id: str | None = None, progress: Progress = lambda done, total: None,
) -> int:  # fmt: skip
    """Keep a rescue file, durable when this returns its number. The same again is the same one.

    It owns its transaction. `rescue_id` is the id that the file must have. Raises RescueUnacceptable,
    RescueTooLarge, RescueChanged.
    """
    head = read_head(stream, deployment.settings)
    if rescue_id not in (None, head.rescue_id):
        raise RescueUnacceptable(reason="another_id")
    with deployment.reading() as session:
        device, quarantine = _hold(session, deployment, head, now)
        whose = _whose(device, by)
    file = deployment.files.create()
    try:
        file.write(head.line)
        _copy(stream, file, head.size, progress)
        file.finish()
        deployment.files.sync()
        with deployment.unit_of_work() as session:
            found_id, is_kept = _keep(session, head, file, by, now, quarantine=quarantine, **whose)
    except BaseException:
        file.discard()
        raise
    if is_kept:
        file.keep()
        remove_unneeded(deployment)
    else:
        file.discard()
    return found_id


def _hold(
    session: Session, deployment: Deployment, head: Head, now: datetime
) -> tuple[Device | None, Quarantine | None]:
    """Whose signature it is, and why somebody has to look first."""
    try:
        deployment.keys.rescue_key(head.key_id)
    except KeysMissing:
        raise RescueUnacceptable(reason="other_deployment") from None
    device = session.get(Device, head.device_no)
    if device is None or device.public_key is None:
        return None, Quarantine.UNKNOWN
    if not is_signed(device.public_key, head.signature, DOMAIN + head.manifest):
        raise RescueUnacceptable(reason="signature_invalid")
    state = state_of(device, now)
    if state is not DeviceState.ACTIVE:
        return device, Quarantine(state)
    lets_in = has_holder(device, now) and person_with(device).role is Role.INSPECTOR
    return device, None if lets_in else Quarantine.CLOSED


def _whose(device: Device | None, by: Bringer) -> dict[str, Any]:
    """In whose care it is: of the tablet's agency and area, or of whoever brings it."""
    known = Bringer.of(person_with(device)) if device else by
    return {
        "device_id": device and device.id,
        "agency_id": known.agency_id,
        "area_code": known.area_code,
    }


def _copy(stream: BinaryIO, file: SealedUpload, size: int, progress: Progress) -> None:
    """Copy what there is; a file that was cut off is kept as far as it goes."""
    while data := stream.read(min(_READ, size - file.size)):
        file.write(data)
        progress(file.size, size)
    if file.size == size and stream.read(1):
        raise RescueUnacceptable(reason="longer_than_signed")


def _keep(
    session: Session, head: Head, file: SealedUpload, by: Bringer, now: datetime, **whose: Any
) -> tuple[int, bool]:
    """Its number, and whether the copy that just came is the one to keep."""
    if known := _known(session, head):
        return known.id, _again(session, known, file, by, now)
    key = visit_key(session, f"rescue:{head.device_no}:{head.rescue_id}")
    state = RescueState.QUARANTINED if whose["quarantine"] else RescueState.RECEIVED
    new_id = insert_if_new(
        session, RescueFile, rescue_id=head.rescue_id, device_no=head.device_no, manifest_hash=head.hash,
        made_at=head.made_at, brought_by=by.actor, received_at=now, size=file.size, key_id=key.row_id,
        submissions=head.count(Kind.SUBMISSION), attachments=head.count(Kind.ATTACHMENT),
        drafts=head.count(Kind.DRAFT), documents=head.count(Kind.DOCUMENT), stored=file.name,
        sealed_key=key.seal(file.secret, file.name), state=state, **whose,
    )  # fmt: skip
    if new_id is None and (known := _known(session, head)):
        return known.id, _again(session, known, file, by, now)
    detail = {"device": head.device_no, "bytes": file.size, "quarantine": whose["quarantine"]}
    audit.record(session, "rescue.bring", by=by.actor, subject=f"rescue:{new_id}", detail=detail)
    return new_id or 0, True


def _known(session: Session, head: Head) -> RescueFile | None:
    named = select(RescueFile).filter_by(device_no=head.device_no, rescue_id=head.rescue_id)
    known = session.scalar(named.with_for_update())
    if known and known.manifest_hash != head.hash:
        raise RescueChanged(rescue=head.rescue_id)
    return known


def _again(session: Session, known: RescueFile, file: SealedUpload, by: Bringer, now: datetime) -> bool:
    """The same file once more: another copy may hold what the first one had lost on its way."""
    if known.device_id is None and known.agency_id is None:
        known.agency_id, known.area_code = by.agency_id, by.area_code
    is_better = file.size > known.size and known.state in (RescueState.RECEIVED, RescueState.QUARANTINED)
    if not is_better and known.state != RescueState.PARTLY:
        return False
    if known.state == RescueState.PARTLY:
        known.state = RescueState.RECEIVED
    if known.stored:
        session.add(UnneededFile(stored=known.stored))
    key = known_visit_key(session, known.key_id)
    known.size, known.stored, known.sealed_key = file.size, file.name, key.seal(file.secret, file.name)
    audit.record(session, "rescue.bring_again", by=by.actor, subject=f"rescue:{known.id}")
    return True
