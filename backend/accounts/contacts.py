"""How agencies are reached: what their documents print, and what a tablet tells its officers."""

from typing import Any

from sqlalchemy.orm import Session

from backend.accounts.models import Agency
from backend.accounts.scope import Scope
from backend.core import audit
from backend.core.errors import NotFound

CONTACT = ("address", "phone", "complaint_phone", "email", "minors_phone")


def contact_of(agency: Agency) -> dict[str, str | None]:
    """How an agency is reached; None where nobody entered it."""
    return {name: getattr(agency, name) for name in CONTACT}


def agency_in_care(session: Session, scope: Scope, agency_id: int) -> Agency:
    """An agency of which a system administrator of this scope may write; NotFound for all others."""
    found = session.get(Agency, agency_id)
    if found is None or scope.agency_id not in (None, found.id):
        raise NotFound(agency_id=agency_id)
    return found


def set_contact(session: Session, agency: Agency, said: dict[str, Any], *, by: str) -> None:
    """Write how an agency is reached; what is not named stays as it is."""
    for name, value in said.items():
        setattr(agency, name, value)
    changed = {"contact": sorted(said)}
    audit.record(session, "agency.contact", by=by, subject=f"agency:{agency.id}", detail=changed)
