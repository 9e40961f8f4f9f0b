"""What a transfer is about: a case, a visit or a tip; a lead names venues or the surroundings of a school."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from backend.accounts.models import User
from backend.accounts.rules import Role
from backend.accounts.scope import Person
from backend.cases import queries as cases
from backend.core.errors import InvalidInput, NotAllowed
from backend.inspections import queries as inspections
from backend.protected_sites import queries as sites
from backend.tips import queries as tips
from backend.tips.rules import State
from backend.transfers.errors import InACase
from backend.transfers.rules import Kind
from backend.venues import queries as venues

SUBJECTS = ("case_id", "visit_id", "tip_id")
MOST_VENUES = 50


@dataclass(frozen=True, slots=True)
class Subject:
    """The columns that name it, and the officers who have it in hand."""

    columns: dict[str, Any]
    officers: tuple[int, ...] = ()


def subject_of(session: Session, kind: Kind, said: dict[str, Any], *, by: Person) -> Subject:
    """What is transferred, in the reader's scope. Raises InvalidInput, NotAllowed, NotFound, InACase."""
    if kind is Kind.PROCURATORATE:
        return _of_lead(session, said, by)
    named = [name for name in SUBJECTS if said.get(name)]
    if len(named) != 1:
        raise InvalidInput(subject="choose_one")
    if named[0] == "visit_id":
        return _of_visit(session, said["visit_id"], by, is_crime=kind is Kind.POLICE_CRIME)
    return {"case_id": _of_case, "tip_id": _of_tip}[named[0]](session, said[named[0]], by)


def _of_case(session: Session, case_id: int, by: Person) -> Subject:
    case = cases.case(session, by.scope, case_id)
    officers = tuple(one.user_id for one in case.officers_now)
    if by.role is Role.INSPECTOR and by.id not in officers:
        raise NotAllowed(case_id=case_id)
    if not case.is_open:
        raise InvalidInput(case_id="over")
    return Subject(_columns(case_id=case.id, area_code=case.area_code, venue_id=case.venue_id), officers)


def _of_visit(session: Session, visit_id: int, by: Person, *, is_crime: bool) -> Subject:
    """Where a crime is suspected in what was found, a case is opened first: only a case can bar a penalty."""
    visit = inspections.visit(session, by.scope, visit_id)
    if taken := cases.open_cases_of(session, [one.id for one in visit.violations]):
        raise InACase(case_ids=sorted(set(taken.values())))
    if is_crime and visit.violations:
        raise InvalidInput(visit_id="open_a_case_first")
    mine = (visit.user_id,) if visit.user_id == by.id else ()
    return Subject(_columns(visit_id=visit.id, area_code=visit.area_code, venue_id=visit.venue_id), mine)


def _of_tip(session: Session, tip_id: int, by: Person) -> Subject:
    """Only the head of the agency that has it in hand: others do not even learn that it is there."""
    if by.role is not Role.SUPERVISOR:
        raise NotAllowed(tip_id=tip_id)
    tip = tips.tip(session, by.scope, tip_id)
    taker = session.get(User, tip.taken_by) if tip.taken_by else None
    if taker is not None and taker.agency_id != by.agency_id:
        raise NotAllowed(tip_id=tip_id)
    if tip.state not in (State.IN_HAND, State.ACCEPTED):
        raise InvalidInput(tip_id="not_in_hand")
    return Subject(_columns(tip_id=tip.id, area_code=tip.area_code, venue_id=tip.venue_id))


def _of_lead(session: Session, said: dict[str, Any], by: Person) -> Subject:
    if not said.get("lead_kind"):
        raise InvalidInput(lead_kind="required")
    wanted = list(dict.fromkeys(said.get("venue_ids") or []))[:MOST_VENUES]
    found = [venues.venue(session, by.scope, one) for one in wanted]
    site = sites.site(session, by.scope, said["site_id"]) if said.get("site_id") else None
    area = next(_areas(site, found), None)
    if area is None:
        raise InvalidInput(venue_ids="required")
    return Subject(_columns(area_code=area, venue_ids=wanted, site_id=site.id if site else None))


def _areas(site: Any, found: list[Any]) -> Iterator[str]:
    yield from (one.area_code for one in (*([site] if site else []), *found) if one.area_code)


def _columns(**known: Any) -> dict[str, Any]:
    return dict.fromkeys((*SUBJECTS, "venue_id", "site_id")) | {"venue_ids": []} | known
