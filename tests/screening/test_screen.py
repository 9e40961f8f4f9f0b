from collections import Counter

import pytest
from sqlalchemy import select

from backend.rulebook import queries as rulebook
from backend.screening import actions
from backend.screening.models import Measurement, VenueVerdict
from backend.screening.rules import Verdict, judge, limit_counts, measure, position_error_m, worst
from geodata.distance import point_to_geometry_m
from tests.screening.places import DAY, NOW, add_site, add_venue, at, random_register, square


@pytest.fixture
def screen(session, settings):
    def screen(on=DAY, **options):
        run = actions.screen(session, settings, on, by="user:1", now=NOW, **options)
        rows = session.scalars(select(Measurement).filter_by(run_id=run.id)).all()
        verdicts = session.scalars(select(VenueVerdict).filter_by(run_id=run.id)).all()
        return rows, {(v.venue_id, v.rule_id): v.verdict for v in verdicts}

    return screen


def test_a_cafe_inside_one_to_survey_and_one_clear(session, screen):
    school = add_site(session, square(0, 0, 100))
    near, unsure, far = (add_venue(session, at(100 + d)) for d in (199.9, 200, 200.1))

    rows, verdicts = screen()

    assert [(row.venue_id, row.site_id, row.verdict) for row in rows] == [
        (near.id, school.id, "inside"),
        (unsure.id, school.id, "survey"),
    ]
    assert [verdicts[venue.id, "BUF-NET-1"] for venue in (near, unsure, far)] == ["inside", "survey", "clear"]


def judged_one_by_one(session, settings, on):
    """Every venue, site and activity through `rules`, with no index and no arrays."""
    from backend.protected_sites.models import Site
    from backend.venues.models import Venue

    law = rulebook.current(session).on(on)
    error = lambda row: position_error_m(row.accuracy_m, unstated_m=settings.unstated_accuracy_m)  # noqa: E731
    for venue in session.scalars(select(Venue)):
        for site in session.scalars(select(Site)):
            gates = site.place if site.place.geom_type == "MultiPoint" else site.gates
            place = site.place if site.has_outline or gates is None else gates
            boundary_m, gate_m = (
                geometry and point_to_geometry_m(venue.place.x, venue.place.y, geometry)
                for geometry in (place, gates)
            )
            for does in venue.activities:
                if rule := law.distance_rule(does.activity, site.kind, venue.area_code):
                    line = measure(
                        rule.method, boundary_m=boundary_m, gate_m=gate_m, outline=site.has_outline,
                        extent_without_outline_m=settings.extent_without_outline_m,
                        error_m=error(venue) + venue.extent_m + error(site),
                    )  # fmt: skip
                    verdict = judge(
                        line.distance_m, extent_m=line.extent_m, error_m=line.error_m, radius_m=rule.radius_m,
                        limit_counts=limit_counts(rule.at_limit), way_settled=line.way.settled,
                    )  # fmt: skip
                    yield (
                        venue.id,
                        site.id,
                        does.activity,
                        rule.id,
                        line.way.measured.value,
                        verdict,
                        line.distance_m,
                    )


@pytest.mark.parametrize("seed", range(3))
def test_the_sweep_says_what_the_rules_say_one_by_one(session, settings, screen, seed):
    random_register(session, seed)
    expected = list(judged_one_by_one(session, settings, DAY))

    rows, verdicts = screen()

    found = [(r.venue_id, r.site_id, r.activity, r.rule_id, r.method, r.verdict) for r in rows]
    telling = {row[:6]: row[6] for row in expected if row[5] in (Verdict.INSIDE, Verdict.SURVEY)}
    assert Counter(found) == Counter(telling.keys())
    assert {row.verdict for row in rows} == {"inside", "survey"}
    assert [row.distance_m for row in rows] == pytest.approx([telling[key] for key in found], abs=1e-5)
    by_venue = {}
    for venue_id, _, _, rule_id, _, verdict, _ in expected:
        by_venue.setdefault((venue_id, rule_id), []).append(verdict)
    assert verdicts == {key: worst(several).value for key, several in by_venue.items()}
