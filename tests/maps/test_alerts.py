"""Early warning: each rule speaks where it should and only there, and names the rows that made it."""

from datetime import date, datetime, timedelta

import pytest
import yaml

from backend.accounts.auth import Role
from backend.core.days import SHANGHAI
from backend.inspections.models import IdCheck, Violation
from backend.maps.alert_rules import DATA, AlertRulesInvalid, alert_rules, read
from backend.maps.alerts import found
from backend.maps.watches import WATCHES
from backend.screening.actions import screen
from backend.venues.models import Venue
from tests.inspections.visited import NOW, add_visit
from tests.maps.conftest import HERE
from tests.people import desk_of
from tests.screening.places import DAY, add_site, add_venue, at, square

TODAY = datetime.now(SHANGHAI).date()
LONG_AGO, LATELY = TODAY - timedelta(days=1000), TODAY - timedelta(days=10)


@pytest.fixture
def visit(deployment, agency):
    """A visit to a venue, so many days ago."""

    def add(venue_id, on=LATELY, checks=(), **columns):
        with deployment.unit_of_work() as session:
            made = add_visit(
                session, venue_id=venue_id, fact_on=on, agency_id=agency, area_code=HERE, **columns
            )
            for checked, failed in checks:
                session.add(
                    IdCheck(visit_id=made.id, method="on_site", people_checked=checked, not_verified=failed)
                )
            return made.id

    return add


@pytest.fixture
def venue(deployment):
    """A venue at so many metres east of the school's corner."""

    def add(east_m=5_000.0, **columns):
        with deployment.unit_of_work() as session:
            return add_venue(session, at(east_m, 50), area_code=HERE, **columns).id

    return add


@pytest.fixture
def school(deployment):
    with deployment.unit_of_work() as session:
        return add_site(session, square(0, 0, 100), area_code=HERE, name="示例小学").id


@pytest.fixture
def screened(deployment, settings):
    def run():
        with deployment.unit_of_work() as session:
            screen(session, settings, DAY, by="tester", now=NOW)

    return run


def warned(desk, rule):
    found.clear()
    answer = desk.get(f"/api/v1/alerts?rule={rule}")
    assert answer.status_code == 200, answer.json
    return answer.json


def test_repeated_violations_name_their_rows(deployment, supervisor, venue, visit):
    twice, once, before = venue(), venue(), venue()
    visits = [visit(twice, found=2), visit(twice, found=1)]
    visit(twice), visit(once, found=3)
    visit(before, found=1), visit(before, found=1, on=LONG_AGO)

    (alert,) = warned(supervisor, "EW-REPEAT")

    assert (alert["venue_id"], alert["site_id"]) == (twice, None)
    assert alert["because"]["zh"] == "近 12 个月有 2 次检查发现违法行为"
    with deployment.reading() as session:
        made_by = {session.get(Violation, row["id"]).visit_id for row in alert["rows"]}
    assert made_by == set(visits)
    assert [row["kind"] for row in alert["rows"]] == ["violation"] * 3


def test_checklists_of_one_visit_are_no_repetition(supervisor, venue, visit):
    here = venue()
    visit(here, found=1, visit_no="uuid:one"), visit(here, found=1, visit_no="uuid:one")

    assert warned(supervisor, "EW-REPEAT") == []


def test_a_violation_that_a_correction_took_back_does_not_count(deployment, supervisor, venue, visit):
    here = venue()
    visit(here, found=1), visit(here, found=1, instance_id="uuid:wrong")
    assert len(warned(supervisor, "EW-REPEAT")) == 1

    visit(here, corrects="uuid:wrong")

    assert warned(supervisor, "EW-REPEAT") == []


def test_the_same_duty_again_is_named(supervisor, venue, visit):
    visit(here := venue(), found=1), visit(here, found=1, on=TODAY - timedelta(days=500))

    (alert,) = warned(supervisor, "EW-SAME-DUTY")

    assert "ACC-NET-1" in alert["because"]["en"]
    assert warned(supervisor, "EW-REPEAT") == []


@pytest.mark.parametrize(
    ("before", "now", "speaks"),
    [
        ((40, 2), (40, 20), True),
        ((40, 20), (40, 2), False),
        ((40, 10), (40, 12), False),
        ((10, 0), (10, 9), False),
        ((40, 0), (0, 0), False),
    ],
    ids=["worse", "better", "by chance", "too few", "nobody looked at"],
)
def test_id_checks_that_get_clearly_worse_are_named(supervisor, venue, visit, before, now, speaks):
    here = venue()
    visit(here, on=TODAY - timedelta(days=250), checks=[before])
    visit(here, checks=[now])

    assert [alert["venue_id"] for alert in warned(supervisor, "EW-ID-CHECK")] == [here] * speaks


def test_a_licence_that_ends_near_a_school_is_named(deployment, supervisor, school, venue, screened):
    soon, later = TODAY + timedelta(days=30), TODAY + timedelta(days=400)
    near = venue(250, licence={"expires_on": soon})
    venue(260, licence={"expires_on": later})
    venue(9_000, licence={"expires_on": soon})
    screened()

    (alert,) = warned(supervisor, "EW-LICENCE")

    assert (alert["venue_id"], alert["rows"][0]["kind"], alert["rows"][0]["on"]) == (
        near,
        "licence",
        str(soon),
    )
    assert "示例小学" in alert["because"]["zh"]
    assert "150 米" in alert["because"]["zh"]


def test_a_verdict_that_got_worse_is_named_and_one_that_got_better_is_not(
    deployment, supervisor, school, venue, screened
):
    came, went = venue(5_000), venue(200)
    screened()
    assert warned(supervisor, "EW-VERDICT") == []
    with deployment.unit_of_work() as session:
        session.get(Venue, came).place, session.get(Venue, went).place = (
            session.get(Venue, went).place, session.get(Venue, came).place,
        )  # fmt: skip
    screened()

    (alert,) = warned(supervisor, "EW-VERDICT")

    assert alert["venue_id"] == came
    assert alert["because"] == {
        "zh": "按 BUF-NET-1，结论由“符合”变为“距离不足”",
        "en": "by BUF-NET-1 the verdict went from clear to too near",
    }
    assert [row["kind"] for row in alert["rows"]] == ["verdict", "verdict"]


def test_several_violators_around_a_school_warn_about_the_school(supervisor, school, venue, visit, screened):
    near = [venue(110 + 20 * n) for n in range(3)]
    far = venue(9_000)
    screened()
    for one in (*near[:2], far):
        visit(one, found=1)
    assert warned(supervisor, "EW-ZONE") == []

    third = visit(near[2], found=1)

    (alert,) = warned(supervisor, "EW-ZONE")
    assert (alert["site_id"], alert["venue_id"], len(alert["rows"])) == (school, None, 3)
    assert third in [row["id"] for row in alert["rows"]]
    assert supervisor.get(f"/api/v1/alerts?site_id={school}").json == [alert]


def test_another_agency_and_another_district_are_not_warned_of_it(app, agency, supervisor, venue, visit):
    visit(here := venue(), found=1), visit(here, found=1)
    assert warned(supervisor, "EW-REPEAT")

    assert warned(desk_of(app, Role.SUPERVISOR, areas=(HERE,)), "EW-REPEAT") == []
    assert warned(desk_of(app, Role.SUPERVISOR, areas=("310104",), agency_id=agency), "EW-REPEAT") == []


def test_a_warning_holds_no_points_and_nothing_about_a_person(supervisor, venue, visit):
    visit(here := venue(), found=1), visit(here, found=1)

    (alert,) = warned(supervisor, "EW-REPEAT")

    assert sorted(alert) == ["because", "name", "rows", "rule_id", "site_id", "venue_id"]
    assert sorted(alert["rows"][0]) == ["id", "kind", "on", "visit_id"]


def test_the_rules_tell_by_which_numbers_they_speak(supervisor):
    told = supervisor.get("/api/v1/alerts/rules").json

    assert [one["id"] for one in told] == [rule.id for rule in alert_rules()]
    assert told[0]["months"] == 12


def test_every_rule_names_a_watch_and_every_watch_has_a_rule():
    assert {rule.watch for rule in alert_rules()} == set(WATCHES)


@pytest.mark.parametrize(
    "wrong", [{"months": 0}, {"name": {"zh": "只有中文"}}, {"points": 3}, {"because": {"zh": " ", "en": "x"}}]
)
def test_a_row_that_cannot_be_used_is_refused_by_name(wrong):
    row = yaml.safe_load(DATA.read_text(encoding="utf-8"))["rows"][0]

    with pytest.raises(AlertRulesInvalid, match="EW-REPEAT"):
        read([row | wrong])
    with pytest.raises(AlertRulesInvalid, match="twice"):
        read([row, row])


@pytest.mark.parametrize(
    ("today", "since"),
    [(date(2026, 11, 21), date(2025, 11, 21)), (date(2028, 2, 29), date(2027, 2, 28))],
)
def test_a_year_ago_is_the_same_day_or_the_last_of_its_month(today, since):
    assert alert_rules()[0].since(today) == since


def test_warnings_are_kept_some_minutes_for_each_reader_alone(app, agency, supervisor, venue, visit):
    visit(here := venue(), found=1), visit(here, found=1)
    neighbour = desk_of(app, Role.SUPERVISOR, areas=("310104",), agency_id=agency)
    found.clear()

    first = supervisor.get("/api/v1/alerts").json
    visit(here, found=1)
    again = supervisor.get("/api/v1/alerts").json

    assert [(alert["rule_id"], alert["because"]) for alert in again] == [
        (alert["rule_id"], alert["because"]) for alert in first
    ]
    assert (len(first[0]["rows"]), len(again[0]["rows"])) == (2, 3)
    assert neighbour.get("/api/v1/alerts").json == []


def test_the_page_names_the_venue_the_rule_the_reason_and_the_rows(app, agency, venue, visit):
    cafe = venue(name="蓝星网吧")
    rows = [visit(cafe, found=1), visit(cafe, found=1)]
    desk = desk_of(app, Role.SUPERVISOR, areas=(HERE,), agency_id=agency)

    page = desk.get("/warnings?rule=EW-REPEAT").text

    assert f'href="/venues/{cafe}">蓝星网吧' in page
    assert "近 12 个月有 2 次检查发现违法行为" in page
    assert all(f'href="/visits/{row}"' in page for row in rows)
    assert "没有预警" in desk.get("/warnings?rule=EW-LICENCE").text
