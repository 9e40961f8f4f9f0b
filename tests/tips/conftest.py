"""A small district with a school, an officer's tablet, and a supervisor."""

import pytest
from sqlalchemy import select

from backend.accounts.auth import Role
from backend.accounts.models import Area
from backend.core.audit import AuditEntry
from backend.core.deployment import Deployment
from tests.people import add_person, desk_of
from tests.screening.places import add_site, add_venue, at, square
from tests.tips.leads import Sender

HERE, NEXT = "310101", "310104"
SCHOOL, FAR_SCHOOL, CAFE, FAR_CAFE = 1, 2, 1, 2


@pytest.fixture
def district(deployment: Deployment) -> None:
    """A school with a cafe beside it; another of both five kilometres east, in the next district."""
    with deployment.unit_of_work() as session:
        for code, name, west in ((HERE, "示例区", -1000), (NEXT, "邻区", 4000)):
            session.add(Area(code=code, name=name, place=square(west, -1000, 3000)))
            add_site(session, square(west + 1000, 0, 100), area_code=code)
            add_venue(session, at(west + 1150, 50), area_code=code, name=f"{name}网吧")


@pytest.fixture
def officer(deployment: Deployment, district: None) -> int:
    return add_person(deployment, Role.INSPECTOR, areas=(HERE,))


@pytest.fixture
def tablet(app, officer: int) -> Sender:
    return Sender(app, officer)


@pytest.fixture
def supervisor(app, district: None):
    return desk_of(app, Role.SUPERVISOR, areas=(HERE,))


@pytest.fixture
def elsewhere(app, district: None):
    """A supervisor of the next district."""
    return desk_of(app, Role.SUPERVISOR, areas=(NEXT,))


@pytest.fixture
def school(app, district: None):
    return desk_of(app, Role.REPORTER, areas=(HERE,), site_id=SCHOOL)


@pytest.fixture
def deeds(deployment: Deployment):
    """What the audit trail says of tips, in order."""

    def noted() -> list[str]:
        about = AuditEntry.deed.startswith("tip.")
        with deployment.reading() as session:
            return list(session.scalars(select(AuditEntry.deed).where(about).order_by(AuditEntry.seq)))

    return noted
