from datetime import date

import pytest
import shapely

from backend.core.errors import InvalidInput
from backend.screening import actions, queries
from backend.screening.rules import CameFirst, Verdict
from tests.screening.places import DAY, NOW, ORIGIN, add_site, add_venue, at, random_register, square

INSIDE, SURVEY, NOT_CONFIGURED, CLEAR = Verdict


@pytest.fixture
def check(session, settings):
    def check(place=ORIGIN, activity="internet_cafe", **options):
        return queries.check(session, settings, activity, *place, **{"on": DAY, "accuracy_m": 0.0} | options)

    return check


def verdicts(checked):
    return {answer.rule.id: answer.verdict for answer in checked.answers}


@pytest.mark.parametrize("seed", range(3))
def test_one_check_says_what_the_sweep_of_the_register_says(session, settings, seed):
    from sqlalchemy import select

    from backend.screening.models import Measurement, VenueVerdict
    from backend.venues.models import Venue

    random_register(session, seed)
    run = actions.screen(session, settings, DAY, by="user:1", now=NOW)
    stored = {
        (m.venue_id, m.site_id, m.activity): (m.rule_id, m.method, m.verdict, m.error_m, m.extent_m)
        for m in session.scalars(select(Measurement).filter_by(run_id=run.id))
    }
    worst = {
        (v.venue_id, v.activity, v.rule_id): v.verdict
        for v in session.scalars(select(VenueVerdict).filter_by(run_id=run.id))
    }

    checked = [
        (venue.id, one)
        for venue in session.scalars(select(Venue))
        for one in queries.distances_of_venue(session, settings, venue, on=DAY)
    ]

    assert {
        (venue_id, near.held.distance.site.id, one.activity): (
            near.held.rule.id, near.held.line.way.measured, near.held.verdict,
            pytest.approx(near.held.line.error_m), pytest.approx(near.held.line.extent_m, abs=1e-4),
        )
        for venue_id, one in checked
        for near in one.sites
        if near.held.verdict in (INSIDE, SURVEY)
    } == stored  # fmt: skip
    assert {
        (venue_id, one.activity, answer.rule.id): answer.verdict
        for venue_id, one in checked
        for answer in one.answers
    } == worst


def test_a_kindergarten_names_who_must_set_its_distance(session, check):
    add_site(session, square(10, 0, 50), "kindergarten")

    answer = check().answers[1]

    assert (answer.rule.id, answer.verdict, answer.rule.radius_m) == ("BUF-NET-2", NOT_CONFIGURED, None)
    assert answer.rule.set_by.zh.startswith("市文化旅游部门")


def test_a_rule_without_a_distance_is_named_once_even_where_there_is_no_site(check):
    assert verdicts(check(activity="tobacco")) == {"BUF-TOB-1": NOT_CONFIGURED}


@pytest.mark.parametrize("activity", ["song_and_dance", "arcade", "bar"])
def test_next_to_a_school_a_way_that_nobody_settled_accuses_nobody(session, check, activity):
    add_site(session, square(5, -10, 50))

    school, _ = check(activity=activity).answers

    assert (school.verdict, school.rule.radius_m) == (SURVEY, 200)


def test_an_activity_without_any_rule_has_no_verdict(session, check):
    add_site(session, square(5, 0, 50))

    checked = check(activity="hotel")

    assert (checked.verdict, checked.answers) == (None, [])
    assert [near.held.verdict for near in checked.sites] == [None]


def test_every_error_counts(session, check):
    add_site(session, square(130, -10, 20), accuracy_m=None)

    found = [verdicts(check(accuracy_m=metres))["BUF-NET-1"] for metres in (0.0, 19.9, 20.1, None)]

    assert found == [INSIDE, INSIDE, SURVEY, SURVEY]


def test_a_site_known_by_a_point_may_reach_150_metres(session, check):
    add_site(session, shapely.Point(at(349.9)))

    (near,) = check().sites

    assert (near.held.verdict, near.held.line.extent_m) == (SURVEY, 150)
    assert near.held.line.way.measured == "point_straight_line"
    assert verdicts(check(at(-0.2)))["BUF-NET-1"] is CLEAR


def test_a_site_placed_badly_is_found_from_afar(session, check):
    add_site(session, square(900, 0, 50), accuracy_m=800)

    assert verdicts(check())["BUF-NET-1"] is SURVEY


def test_closed_and_future_sites_protect_nobody(session, check):
    add_site(session, square(5, 0, 50), closed_on=date(2026, 11, 20))
    add_site(session, square(5, 0, 50), opened_on=date(2026, 11, 22))
    add_site(session, square(5, 0, 50), "other")

    assert verdicts(check())["BUF-NET-1"] is CLEAR
    assert [near.held.distance.site.kind for near in check().sites] == ["other"]


def test_which_came_first_is_shown_and_decides_nothing(session, settings):
    add_site(session, square(5, 0, 50), opened_on=date(2020, 9, 1))
    venue = add_venue(session, ORIGIN, licence={"issued_on": date(2019, 5, 6)})

    (checked,) = queries.distances_of_venue(session, settings, venue, on=DAY)

    assert [(near.came_first, near.held.verdict) for near in checked.sites] == [(CameFirst.VENUE, INSIDE)]


def test_a_device_is_believed_half_as_much_as_it_says(session, settings):
    add_site(session, square(150, -10, 20))

    checked = [
        queries.check_position(session, settings, "internet_cafe", *ORIGIN, on=DAY, accuracy_m=accuracy_m)
        for accuracy_m in (24, 26, 0, None)
    ]

    assert [verdicts(one)["BUF-NET-1"] for one in checked] == [INSIDE, SURVEY, SURVEY, SURVEY]
    assert [one.error_m for one in checked] == [48, 52, 50, 50]


def test_a_venue_without_a_position_is_not_judged(session, settings):
    assert queries.distances_of_venue(session, settings, add_venue(session, None), on=DAY) == []


@pytest.mark.parametrize(
    "wrong", [{"activity": "swimming"}, {"place": (31.23, 121.47)}, {"accuracy_m": -1.0}]
)
def test_nonsense_is_refused(check, wrong):
    with pytest.raises(InvalidInput):
        check(**wrong)
