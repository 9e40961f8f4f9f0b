"""Looking up rescue files and what became of them; their content is opened nowhere here."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, or_, select, true
from sqlalchemy.orm import Session

from backend.accounts.rules import Role
from backend.accounts.scope import DevicePerson, Scope, area_condition
from backend.core.errors import NotFound
from backend.intake.models import (
    RescueFile,
    RescueItem,
    RescueState,
    Upload,
    UploadState,
)

_ON_ITS_WAY = {UploadState.OPEN: "arriving", UploadState.WAITING: "received", UploadState.EXPIRED: "expired"}


def list_rescue_files(
    session: Session, scope: Scope, *, state: RescueState | None = None, offset: int = 0, limit: int = 20
) -> tuple[list[RescueFile], int]:
    """Rescue files in somebody's care, newest first, those that wait for a decision before the others."""
    chosen = select(RescueFile).where(_visible(scope))
    if state:
        chosen = chosen.where(RescueFile.state == state)
    total = session.scalar(select(func.count()).select_from(chosen.subquery())) or 0
    waits = RescueFile.state != RescueState.QUARANTINED
    page = chosen.order_by(waits, RescueFile.id.desc()).offset(offset).limit(limit)
    return list(session.scalars(page)), total


def rescue_file(session: Session, scope: Scope, file_id: int) -> RescueFile:
    """One of these; NotFound for all others."""
    found = session.scalar(select(RescueFile).where(RescueFile.id == file_id, _visible(scope)))
    if found is None:
        raise NotFound(rescue_file_id=file_id)
    return found


def items_of(session: Session, file_id: int) -> list[RescueItem]:
    """What became of each section, in the order of the file."""
    return list(
        session.scalars(select(RescueItem).filter_by(rescue_file_id=file_id).order_by(RescueItem.number))
    )


def _visible(scope: Scope) -> ColumnElement[bool]:
    """Of one's agency and areas; a system administrator's are not limited to an agency."""
    theirs = true() if scope.role is Role.SYSTEM_ADMIN else RescueFile.agency_id == scope.agency_id
    return and_(area_condition(scope, RescueFile.area_code), theirs)


@dataclass(frozen=True, slots=True)
class Result:
    """What a tablet is told of its rescue file."""

    rescue_id: str
    state: str
    reason: str | None
    sections: list[RescueItem]


def result(session: Session, tablet: DevicePerson, rescue_id: str) -> Result:
    """What became of a file that this tablet sent or made, however it came; NotFound for all others."""
    sent = select(Upload).filter_by(rescue_id=rescue_id, device_id=tablet.device_id)
    upload = session.scalar(sent.order_by(Upload.id.desc()).limit(1))
    made = select(RescueFile).where(
        RescueFile.rescue_id == rescue_id,
        or_(
            RescueFile.device_id == tablet.device_id,
            RescueFile.id == (upload and upload.rescue_file_id),
        ),
    )
    if found := session.scalar(made.limit(1)):
        is_taken = found.state in (RescueState.TAKEN, RescueState.PARTLY)
        return Result(
            rescue_id, found.state, None if is_taken else found.quarantine, items_of(session, found.id)
        )
    if upload is None:
        raise NotFound(rescue_id=rescue_id)
    state = _ON_ITS_WAY.get(UploadState(upload.state), RescueState.REFUSED)
    return Result(rescue_id, str(state), upload.reason, [])
