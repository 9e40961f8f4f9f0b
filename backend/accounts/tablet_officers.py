"""Officers who sign in with a tablet, once, while there is a network; later they unlock it by themselves.

The tablet is a known place: wrong passwords are counted there as at a desk, and guessing elsewhere locks
nobody out of their tablet.
"""

from datetime import datetime

from backend.accounts.door import Door
from backend.accounts.models import User
from backend.accounts.rules import Role
from backend.accounts.scope import DevicePerson, Person
from backend.core import audit
from backend.core.deployment import Deployment
from backend.core.errors import NotAllowed


def sign_in(
    deployment: Deployment, tablet: DevicePerson, *, login: str, password: str, address: str, now: datetime
) -> User:
    """The officer of a name and a password, if they may work with this tablet. It owns its transactions.

    Raises SignInFailed and TooManyTries as a desk does, NotAllowed.
    """
    door = Door(deployment, login, place=f"device:{tablet.device_id}", address=address, now=now)
    person = door.check(password)
    with deployment.unit_of_work() as session:
        door.remember(session, person.id)
        may_work = _may_work_with(tablet, person)
        deed = "device.officer" if may_work else "device.officer_refused"
        audit.record(session, deed, by=person.actor, subject=f"device:{tablet.device_id}")
        user = session.get_one(User, person.id)
        for known in filter(None, (user.agency, user)):
            session.expunge(known)
    if not may_work:
        raise NotAllowed(user_id=person.id)
    return user


def _may_work_with(tablet: DevicePerson, person: Person) -> bool:
    """Inspectors of its agency who work in all of its areas: it carries the register of all of them."""
    same_agency = person.agency_id is not None and person.agency_id == tablet.agency_id
    in_all_areas = all(person.scope.covers(code) for code in tablet.scope.areas)
    return person.role is Role.INSPECTOR and same_agency and in_all_areas
