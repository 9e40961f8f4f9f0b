"""Earlier visits in a package: the last five of a venue, of one's own agency, and what changed since."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import update

from backend.accounts import actions as accounts
from backend.venues.models import Venue
from tests.accounts.enrolling import add_tablet
from tests.inspections.visited import NOW, add_visit
from tests.packages.carrying import Carrier
from tests.packages.conftest import BAR, CAFE, ELSEWHERE
from tests.people import add_person
from tests.tasks.conftest import today


@pytest.fixture
def visited(deployment, agency):
    """Note a visit of the tablet's own agency to the internet cafe, or another one."""

    def add(on=20, **columns):
        known = {"venue_id": CAFE, "agency_id": agency, "fact_on": date(2026, 11, on)}
        with deployment.unit_of_work() as session:
            return add_visit(session, **(known | columns)).instance_id

    return add


def lasts(carrier):
    """The last visits of each venue that had any of the tablet's own agency."""
    return {row["id"]: row["visits"] for row in carrier.held["visits"].values() if row["visits"]}


def this_year(carrier):
    return {row["id"]: row["this_year"] for row in carrier.held["visits"].values() if row["this_year"]}


def test_a_tablet_carries_the_last_five_visits_of_a_venue_newest_first(carrier, visited):
    for day in (11, 16, 12, 15, 13, 14):
        visited(day, found=day - 11, review=1)

    carrier.take()

    newest = [[f"2026-11-{d}", "internet_cafe", d - 11] for d in range(16, 11, -1)]
    assert lasts(carrier) == {CAFE: newest}


@pytest.mark.parametrize(
    "columns",
    [
        pytest.param({"agency_id": None}, id="of no agency"),
        pytest.param({"area_code": "310104"}, id="in another area"),
        pytest.param({"venue_id": None}, id="at an unknown venue"),
        pytest.param({"venue_id": ELSEWHERE}, id="at a venue out of reach"),
        pytest.param({"venue_id": BAR}, id="at a venue that others supervise"),
    ],
)
def test_visits_out_of_scope_are_in_no_package(carrier, visited, columns):
    visited()
    visited(21, **columns)

    carrier.take()

    assert lasts(carrier) == {CAFE: [["2026-11-20", "internet_cafe", 0]]}


def test_agencies_of_the_same_area_and_trade_do_not_share_a_package(app, deployment, carrier, visited):
    visited()
    carrier.take()
    with deployment.unit_of_work() as session:
        names = {"name_zh": "另一机构", "name_en": "Another agency"}
        agency_id = accounts.put_agency(
            session, code="other", activities=["internet_cafe"], by="tester", now=NOW, **names
        ).id
    officer = add_person(deployment, areas=("310101",), agency_id=agency_id)
    theirs = Carrier(app, add_tablet(deployment, user_id=officer, agency_id=agency_id)[1])

    theirs.take()

    assert (list(theirs.held["venues"]), lasts(theirs)) == (list(carrier.held["venues"]), {})


def test_a_new_visit_is_sent_alone(carrier, visited):
    visited()
    carrier.take()
    visited(21, found=2)

    assert carrier.take() == [("visits", "changes")]
    assert carrier.held["visits"][CAFE]["visits"][0] == ["2026-11-21", "internet_cafe", 2]


def test_a_corrected_visit_gives_way_to_its_correction_even_at_another_venue(carrier, deployment, visited):
    with deployment.unit_of_work() as session:
        session.execute(update(Venue).where(Venue.id == ELSEWHERE).values(area_code="310101"))
    wrong = visited()
    carrier.take()
    later = datetime(2026, 11, 21, tzinfo=UTC)
    visited(20, venue_id=ELSEWHERE, corrects=wrong, received_at=later)

    assert carrier.take() == [("visits", "changes")]
    assert list(carrier.held["visits"]) == [ELSEWHERE]


def test_a_venue_brings_its_visits_and_takes_them_away(carrier, deployment, visited):
    visited(venue_id=ELSEWHERE)
    carrier.take()
    assert carrier.held["visits"] == {}

    for area, held in (("310101", [ELSEWHERE]), ("310104", [])):
        with deployment.unit_of_work() as session:
            session.execute(update(Venue).where(Venue.id == ELSEWHERE).values(area_code=area))
        carrier.take()
        assert list(carrier.held["visits"]) == held


def test_visits_of_this_year_are_counted_for_the_business_by_all_agencies(carrier, deployment, visited):
    with deployment.unit_of_work() as session:
        code = session.get_one(Venue, CAFE).credit_code
        session.execute(update(Venue).where(Venue.id == ELSEWHERE).values(credit_code=code))
    year = today().year
    visited(fact_on=date(year, 1, 1))
    visited(fact_on=date(year, 1, 2), agency_id=None, area_code="310104", venue_id=ELSEWHERE)
    visited(fact_on=date(year - 1, 12, 31))

    carrier.take()

    assert this_year(carrier) == {CAFE: 2}


def test_modules_of_one_visit_and_what_was_corrected_count_once(carrier, visited):
    first = date(today().year, 1, 1)
    visited(fact_on=first, visit_no="v-1")
    wrong = visited(fact_on=first, visit_no="v-1")
    visited(fact_on=first, visit_no="v-1", corrects=wrong)

    carrier.take()

    assert this_year(carrier) == {CAFE: 1}


def test_a_visit_elsewhere_of_the_same_business_brings_the_new_count(carrier, deployment, visited):
    with deployment.unit_of_work() as session:
        code = session.get_one(Venue, CAFE).credit_code
        session.execute(update(Venue).where(Venue.id == ELSEWHERE).values(credit_code=code))
    carrier.take()
    visited(fact_on=date(today().year, 1, 2), agency_id=None, venue_id=ELSEWHERE)

    assert carrier.take() == [("visits", "changes")]
    assert this_year(carrier) == {CAFE: 1}
