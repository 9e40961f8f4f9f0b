"""How agencies are reached: what their documents print, and what a tablet tells its officers."""

from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from backend.accounts.models import Agency, MinorContact
from backend.accounts.rules import ToCall
from backend.accounts.scope import Scope, area_condition
from backend.core import audit
from backend.core.errors import NotAllowed, NotFound

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


def minor_contacts(session: Session, scope: Scope) -> list[MinorContact]:
    """Whom to call in the areas of a scope, the smallest areas first, then in the order of `ToCall`."""
    found = session.scalars(select(MinorContact).where(_concerns(scope)))
    order = list(ToCall)
    return sorted(
        found, key=lambda one: (-len(one.area_code), one.area_code, order.index(ToCall(one.kind)), one.name)
    )


def _concerns(scope: Scope) -> ColumnElement[bool]:
    """Contacts of these areas, and of the areas that hold them: a district's serve its streets."""
    above = {code[:length] for code in scope.areas for length in range(1, len(code))}
    return or_(area_condition(scope, MinorContact.area_code), MinorContact.area_code.in_(sorted(above)))


def put_minor_contact(
    session: Session, scope: Scope, *, area_code: str, kind: ToCall, name: str, phone: str, by: str
) -> MinorContact:
    """Add whom to call in an area, or change the number. Raises NotAllowed outside of the scope."""
    if not scope.covers(area_code):
        raise NotAllowed(area_code=area_code)
    known = select(MinorContact).filter_by(area_code=area_code, kind=kind, name=name)
    found = session.scalar(known) or MinorContact(area_code=area_code, kind=kind, name=name)
    found.phone = phone
    session.add(found)
    session.flush()
    _note(session, "contact.put", found, by)
    return found


def remove_minor_contact(session: Session, scope: Scope, contact_id: int, *, by: str) -> None:
    """Take one off the list. Raises NotFound for those of other areas."""
    own = select(MinorContact).where(
        MinorContact.id == contact_id, area_condition(scope, MinorContact.area_code)
    )
    if (found := session.scalar(own)) is None:
        raise NotFound(contact_id=contact_id)
    _note(session, "contact.remove", found, by)
    session.delete(found)


def _note(session: Session, deed: str, row: MinorContact, by: str) -> None:
    detail = {"area": row.area_code, "kind": row.kind}
    audit.record(session, deed, by=by, subject=f"minor_contact:{row.id}", detail=detail)
