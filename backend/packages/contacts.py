"""How to reach whom, as a tablet carries it: its own agency, and whom to call when a minor is found.

Offices and their numbers, entered by the system administrator; public numbers from `data/`, with the clause
by which one calls. Nobody is named.
"""

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy.orm import Session

from backend.accounts.contacts import contact_of, minor_contacts
from backend.accounts.models import Agency
from backend.accounts.scope import Scope
from backend.rulebook.rules import RulebookOnDay

Said = dict[str, Any]
_PUBLIC = Path(__file__).parent / "data" / "public_numbers.yaml"


def contacts(session: Session, scope: Scope, law: RulebookOnDay) -> Said:
    """How the agency is reached, each null where nobody entered it; and whom to call, the first first."""
    agency = session.get(Agency, scope.agency_id) if scope.agency_id else None
    return {
        "agency": agency and contact_of(agency),
        "areas": [
            {"area_code": one.area_code, "kind": one.kind, "name": one.name, "phone": one.phone}
            for one in minor_contacts(session, scope)
        ],
        "public": [_public(one, law) for one in public_numbers()],
    }


@cache
def public_numbers() -> tuple[Said, ...]:
    """The numbers of `data/public_numbers.yaml`."""
    return tuple(yaml.safe_load(_PUBLIC.read_text("utf-8")))


def _public(said: Said, law: RulebookOnDay) -> Said:
    clause = said["clause"]
    known = clause in law.all_clauses and law.all_clauses[clause].citable
    return {
        "number": said["number"],
        "name": [said["name"]["zh"], said["name"]["en"]],
        "when": [said["when"]["zh"], said["when"]["en"]],
        "citation": [law.citation(clause, language) for language in ("zh", "en")] if known else None,
    }
