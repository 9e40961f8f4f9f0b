from datetime import date

import pytest
import shapely

from backend.accounts.models import Area
from backend.core.errors import InvalidInput
from backend.screening import actions, queries
from backend.screening.rules import CameFirst, Verdict
from tests.screening.places import DAY, NOW, ORIGIN, add_site, add_venue, at, square
from tests.screening.test_screen import random_register, session  # noqa: F401

INSIDE, SURVEY, NOT_CONFIGURED, CLEAR = Verdict


@pytest.fixture
def check(session, settings):  # noqa: F811
    def check(place=ORIGIN, activity="internet_cafe", **options):
        return queries.check(session, settings, activity, *place, **{"on": DAY, "accuracy_m": 0.0} | options)

    return check


def verdicts(checked):
    return {answer.rule.id: answer.verdict for answer in checked.answers}


@pytest.mark.parametrize("seed", range(3))
def test_one_check_says_what_the_sweep_of_the_register_says(session, settings, seed):  # noqa: F811
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
