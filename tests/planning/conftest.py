"""A school with venues around it, three agencies, and whoever plans there.

Inside the ring: a cafe (culture), a bar that also sells tickets to sing (market and culture), a tattoo shop
for which nobody answers, and a cafe of the next district. Outside: a cafe at 400 m.
"""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from backend.accounts import actions as accounts
from backend.accounts.auth import Role
from backend.accounts.models import Area
from backend.core.days import today
from backend.inspections.models import Finding, VisitGrounds
from tests.inspections.visited import add_visit
from tests.people import add_person, desk_of
from tests.screening.places import NOW, add_site, add_venue, at, square

URL = "/api/v1/sweeps"
HERE, NEXT = "310101", "310104"
SCHOOL, FAR_SCHOOL = 1, 2
CAFE, BAR, TATTOO, BEYOND, FAR = 1, 2, 3, 4, 5
APPROVED = {
    "approved_by": "示例街道办事处",
    "approved_on": today().isoformat(),
    "document_no": "示例办〔2026〕7号",
}
_AGENCIES = {
    "culture": ("示例文旅局", ["internet_cafe", "song_and_dance"]),
    "market": ("示例市监局", ["bar"]),
    "committee": ("示例妇儿工委办", None),
}


@pytest.fixture
def agencies(deployment):
    """Their ids by code; the committee has no inspectors."""
    with deployment.unit_of_work() as session:
        ids = {
            code: accounts.put_agency(
                session, code=code, name_zh=name, name_en=f"Example {code}", activities=activities,
                by="tester", now=NOW,
            ).id
            for code, (name, activities) in _AGENCIES.items()
        }  # fmt: skip
    for code in ("culture", "market"):
        add_person(deployment, Role.INSPECTOR, login=code, areas=(HERE,), agency_id=ids[code])
    return SimpleNamespace(**ids)


@pytest.fixture
def district(deployment, agencies):
    with deployment.unit_of_work() as session:
        session.add_all([Area(code=HERE, name="示例区"), Area(code=NEXT, name="邻区")])
        add_site(session, square(0, 0, 100), name="第一小学", area_code=HERE)
        add_site(session, square(5000, 0, 100), name="邻区小学", area_code=NEXT)
        add_site(session, square(0, 3000, 100), "other", name="某培训班", area_code=HERE)
        for place, name, area, *activities in (
            (at(150, 50), "蓝星网吧", HERE, "internet_cafe"),
            (at(-80, 50), "夜莺酒吧", HERE, "bar", "song_and_dance"),
            (at(50, 180), "墨痕文身", HERE, "tattoo"),
            (at(50, -100), "邻区网吧", NEXT, "internet_cafe"),
            (at(500, 50), "远处网吧", HERE, "internet_cafe"),
        ):
            add_venue(session, place, *activities, name=name, area_code=area)


@pytest.fixture
def coordinator(app, district, agencies):
    return desk_of(app, Role.COORDINATOR, login="street", areas=(HERE,), agency_id=agencies.committee)


@pytest.fixture
def culture(app, district, agencies):
    return desk_of(app, Role.SUPERVISOR, login="culture-boss", areas=(HERE,), agency_id=agencies.culture)


@pytest.fixture
def market(app, district, agencies):
    return desk_of(app, Role.SUPERVISOR, login="market-boss", areas=(HERE,), agency_id=agencies.market)


@pytest.fixture
def elsewhere(app, district):
    return desk_of(app, Role.COORDINATOR, areas=(NEXT,))


@pytest.fixture
def school(app, district):
    return desk_of(app, Role.REPORTER, areas=(HERE,), site_id=SCHOOL)


@pytest.fixture
def sweep(coordinator):
    """The address of an approved sweep."""
    made = coordinator.post(URL, json=said(**APPROVED))
    assert made.status_code == 201, made.json
    return f"{URL}/{made.json['id']}"


@pytest.fixture
def visit(deployment):
    """Add a visit: duties found broken, duties answered compliant, the task that it answers."""

    def added(
        venue_id, *, days_ago=0, activity="internet_cafe", broken=0, compliant=(), task_id=None, **columns
    ):
        on = today() - timedelta(days=days_ago)
        with deployment.unit_of_work() as session:
            one = add_visit(
                session,
                venue_id=venue_id,
                activity=activity,
                fact_on=on,
                found=broken,
                area_code=HERE,
                **columns,
            )
            if compliant:
                session.add(
                    Finding(
                        visit_id=one.id,
                        item="x",
                        answer="compliant",
                        duties=list(compliant),
                        clauses=[],
                        photos=[],
                    )
                )
            if task_id:
                session.add(VisitGrounds(visit_id=one.id, task_id=task_id, matched_by="number"))
            return one.id

    return added


def said(**more):
    """A new sweep as a coordinator sends it."""
    days = {"from_on": today().isoformat(), "until_on": (today() + timedelta(days=10)).isoformat()}
    return {"site_id": SCHOOL, "name": "开学季校园周边整治", **days, **more}


def changed(client, url, body, method="patch"):
    """Write to a sweep with the state that it is in."""
    etag = client.get(url.removesuffix("/closing")).headers["ETag"]
    return client.open(url, method=method.upper(), json=body, headers={"If-Match": etag})


def send(client, sweep, *pairs, **more):
    places = [{"venue_id": venue, "agency_id": agency} for venue, agency in pairs]
    return client.post(f"{sweep}/tasks", json={"places": places} | more)
