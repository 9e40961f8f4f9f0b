"""How to reach whom, as a tablet carries it: what documents print of the tablet's own agency."""

from typing import Any

from sqlalchemy.orm import Session

from backend.accounts.contacts import contact_of
from backend.accounts.models import Agency
from backend.accounts.scope import Scope

Said = dict[str, Any]


def contacts(session: Session, scope: Scope) -> Said:
    """How the agency is reached, each null where nobody entered it."""
    agency = session.get(Agency, scope.agency_id) if scope.agency_id else None
    return {"agency": agency and contact_of(agency)}
