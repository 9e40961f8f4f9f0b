import hashlib
from dataclasses import replace
from datetime import date

import pytest
import shapely
from sqlalchemy import select

from backend.core.audit import AuditEntry
from backend.protected_sites.models import Site
from backend.rulebook import queries as rulebook
from backend.rulebook.rules import AtLimit, Method
from backend.screening import actions
from backend.screening.holding import Sites
from backend.screening.law import MEASURED, NO_RULE, VERDICTS, Law
from backend.screening.models import MeasuredPlace, Measurement, ScreeningRun, VenueVerdict
from backend.screening.register import sites_on, venues_in_chunks
from backend.screening.rules import Measured, judge, limit_counts, measure, position_error_m, worst
from backend.screening.sweep import judge_chunk
from backend.venues.models import Venue
from geodata.distance import point_to_geometry_m
from tests.screening.places import DAY, NOW, add_site, add_venue, at, random_register, square


@pytest.fixture
def screen(session, settings):
    def screen(on=DAY, **options):
        run = actions.screen(session, settings, on, by="user:1", now=NOW, **options)
        rows = session.scalars(select(Measurement).filter_by(run_id=run.id).order_by(Measurement.id)).all()
        verdicts = session.scalars(select(VenueVerdict).filter_by(run_id=run.id)).all()
        return run, rows, {(v.venue_id, v.rule_id): v.verdict for v in verdicts}

    return screen


def test_a_cafe_inside_one_to_survey_and_one_clear(session, screen):
    school = add_site(session, square(0, 0, 100))
    near, unsure, far = (add_venue(session, at(100 + metres)) for metres in (199.9, 200, 200.1))

    _, rows, verdicts = screen()

    assert [(row.venue_id, row.site_id, row.verdict) for row in rows] == [
        (near.id, school.id, "inside"),
        (unsure.id, school.id, "survey"),
    ]
    assert [verdicts[venue.id, "BUF-NET-1"] for venue in (near, unsure, far)] == ["inside", "survey", "clear"]


DECIDED = {  # what authorities might decide: ways of measuring, limits, districts of their own
    "BUF-BAR-1": {"method": Method.GATE_STRAIGHT_LINE, "at_limit": AtLimit.INSIDE},
    "BUF-KTV-1": {"method": Method.ANY_DOOR_TO_ANY_DOOR_WALKING, "district": "310115"},
    "BUF-TOB-1": {"method": Method.BOUNDARY_STRAIGHT_LINE, "radius_m": 120, "site_kinds": ("primary",)},
    "BUF-NET-2": {"method": Method.GATE_STRAIGHT_LINE, "radius_m": 90.5, "district": "310112"},
}


def a_law_with_decisions(session):
    known = rulebook.current(session)
    some = replace(known.distance_settings[0], active=True, district="", radius_m=None, in_force_from=DAY)
    decided = (replace(some, id=f"SET-{rule}", rule=rule, **said) for rule, said in DECIDED.items())
    return replace(known, distance_settings=tuple(decided)).on(DAY)


def judged_one_by_one(session, settings, on_day):
    """Every venue, site and activity through `rules`, with no index and no arrays."""
    error = lambda row: position_error_m(row.accuracy_m, unstated_m=settings.unstated_accuracy_m)  # noqa: E731
    for venue in session.scalars(select(Venue)):
        for site in session.scalars(select(Site)):
            gates = site.known_gates
            place = site.place if site.has_outline or gates is None else gates
            boundary_m, gate_m = (
                to and point_to_geometry_m(venue.place.x, venue.place.y, to) for to in (place, gates)
            )
            for does in venue.activities:
                if rule := on_day.distance_rule(does.activity, site.kind, venue.area_code):
                    line = measure(
                        rule.method, boundary_m=boundary_m, gate_m=gate_m, outline=site.has_outline,
                        extent_without_outline_m=settings.extent_without_outline_m,
                        error_m=error(venue) + venue.extent_m + error(site),
                    )  # fmt: skip
                    verdict = judge(
                        line.distance_m, extent_m=line.extent_m, error_m=line.error_m, radius_m=rule.radius_m,
                        limit_counts=limit_counts(rule.at_limit), way_settled=line.way.settled,
                    )  # fmt: skip
                    key = (venue.id, site.id, does.activity, rule.id, line.way.measured, verdict)
                    yield key, (line.distance_m, line.error_m, line.extent_m)


@pytest.mark.parametrize("seed", range(4))
def test_the_sweep_says_what_the_rules_say_one_by_one(session, settings, seed):
    random_register(session, seed)
    on_day = a_law_with_decisions(session)
    expected = dict(judged_one_by_one(session, settings, on_day))
    telling = {key: numbers for key, numbers in expected.items() if key[-1] in ("inside", "survey")}
    by_venue = {}
    for venue_id, _, activity, rule_id, _, verdict in expected:
        by_venue.setdefault((venue_id, activity, rule_id), []).append(verdict)

    law, sites = Law(on_day), sites_on(session, settings, DAY)
    chunks = [judge_chunk(venues, sites, law) for venues in venues_in_chunks(session, settings, size=17)]

    found, verdicts = {}, {}
    for judged in chunks:
        venues, rows = judged.venues, judged.rows.where(judged.not_clear)
        for k in range(len(rows)):
            key = (
                venues.id[rows.venue[k]], sites.id[rows.site[k]], venues.activity[rows.doing[k]],
                law.rules[rows.rule[k]].id, MEASURED[rows.measured[k]], VERDICTS[rows.verdict[k]],
            )  # fmt: skip
            found[key] = (rows.distance_m[k], rows.error_m[k], rows.extent_m[k])
        said = judged.verdicts
        for venue, doing, rule_id, code in zip(
            said.venue, said.doing, said.rule_id, said.verdict, strict=True
        ):
            verdicts[venues.id[venue], venues.activity[doing], rule_id] = VERDICTS[code]
    assert found == {key: pytest.approx(numbers, abs=1e-5) for key, numbers in telling.items()}
    assert {key[4] for key in found} == set(Measured)
    assert verdicts == {key: worst(several) for key, several in by_venue.items()}


def test_all_pairs_up_to_a_distance_are_in_the_rows_too(session, settings):
    random_register(session, 9)
    law, sites = Law(rulebook.current(session).on(DAY)), sites_on(session, settings, DAY)
    (venues,) = venues_in_chunks(session, settings)

    rows = judge_chunk(venues, sites, law, within_m=700).rows

    pairs = zip(venues.id[rows.venue], sites.id[rows.site], rows.boundary_m, strict=True)
    around = Sites(session.scalars(select(Site)).all())
    assert {(venue, site) for venue, site, metres in pairs if metres <= 700} == {
        (venue.id, found.site.id)
        for venue in session.scalars(select(Venue))
        for found in around.distances(venue.place.x, venue.place.y)
        if found.boundary_m <= 700
    }
    assert NO_RULE in rows.rule


def test_a_district_has_its_own_rule(session, settings):
    """The area where the venue stands decides, not that of the school."""
    site = add_site(session, square(0, 0, 100), "kindergarten", area_code="310115001")
    inside = add_venue(session, at(150, 50), area_code="310112004")
    add_venue(session, at(150, 50), area_code="310115004")
    law, sites = Law(a_law_with_decisions(session)), sites_on(session, settings, DAY)
    (venues,) = venues_in_chunks(session, settings)

    judged = judge_chunk(venues, sites, law)

    rows = judged.rows.where(judged.not_clear)
    assert (venues.id[rows.venue].tolist(), sites.id[rows.site].tolist()) == ([inside.id], [site.id])
    assert [VERDICTS[code] for code in judged.verdicts.verdict] == [
        "clear",
        "survey",
        "clear",
        "not_configured",
    ]


def test_a_venue_without_a_position_is_counted_and_not_judged(session, screen):
    add_site(session, square(0, 0, 100))
    add_venue(session, None)
    add_venue(session, at(110, 50))

    run, rows, verdicts = screen()

    assert run.counts == {
        "venues": 2, "without_position": 1, "sites": 1, "measurements": 1,
        "verdicts": {"BUF-NET-1": {"inside": 1}, "BUF-NET-2": {"not_configured": 1}},
        "not_configured": {"BUF-NET-2": 1},
    }  # fmt: skip
    assert len(rows) == 1
    assert len(verdicts) == 2


def test_a_run_says_who_screened_and_by_what_law(deployment, settings):
    with deployment.unit_of_work() as session:
        add_site(session, square(0, 0, 100))
        add_venue(session, at(110, 50), "bar")
        run_id = actions.screen(session, settings, DAY, by="user:7", now=NOW).id
        version = rulebook.current(session).version

    with deployment.reading() as session:
        run = session.get(ScreeningRun, run_id)
        entry = session.scalar(select(AuditEntry).filter_by(deed="screening.screen"))
    assert (run.on, run.by, run.started_at, run.rulebook_version) == (DAY, "user:7", NOW, version)
    assert run.finished_at >= run.started_at
    applied = {rule["id"]: rule["radius_m"] for rule in run.basis["rules"]}
    assert applied == {"BUF-BAR-1": 200, "BUF-BAR-2": None}
    assert run.basis["unstated_accuracy_m"] == 50
    assert (entry.actor, entry.subject) == ("user:7", f"screening_run:{run_id}")


def test_the_same_register_has_the_same_data_version_and_is_kept_once(session, screen):
    school = add_site(session, square(0, 0, 100))
    add_venue(session, at(110, 50))

    first, again = screen()[0], screen()[0]
    school.accuracy_m, school.version = 3.0, 2
    session.flush()
    changed = screen()[0]

    assert first.data_version == again.data_version != changed.data_version
    assert session.query(MeasuredPlace).count() == 3  # the venue, and the school in two states
    assert session.query(Measurement).count() == 3  # older runs are kept


def test_what_was_measured_can_be_proved_from_its_hash(session, screen):
    add_site(session, square(0, 0, 100), gates=shapely.MultiPoint([at(0)]))
    add_venue(session, at(110, 50))

    screen()

    for state in session.scalars(select(MeasuredPlace)):
        said = b"\0".join([state.facts.encode(), state.place, state.gates or b""])
        assert state.sha256 == hashlib.sha256(said).hexdigest()


def test_the_law_of_the_day_decides(session, screen):
    add_site(session, square(0, 0, 100), opened_on=date(2010, 9, 1))
    add_venue(session, at(110, 50), "bar")

    assert screen(on=date(2022, 2, 28))[2] == {}  # before 上海市未成年人保护条例 no rule spoke of bars
    assert set(screen(on=date(2022, 3, 1))[2].values()) == {"survey", "not_configured"}


def test_progress_is_told_chunk_by_chunk(session, screen):
    for _ in range(3):
        add_venue(session, at(0))
    seen = []

    screen(progress=lambda done, total: seen.append((done, total)))

    assert seen == [(3, 3)]


def test_an_empty_register_is_screened_too(screen):
    run, rows, verdicts = screen()

    assert (run.counts["venues"], rows, verdicts) == (0, [], {})


@pytest.mark.parametrize("error_m", [6_000, 5e6])
def test_one_position_with_a_huge_error_is_surveyed(session, screen, error_m):
    add_site(session, square(5000, 0, 100))
    lost, known = add_venue(session, at(0), accuracy_m=error_m), add_venue(session, at(0))

    _, rows, verdicts = screen()

    assert [(row.venue_id, row.verdict) for row in rows] == [(lost.id, "survey")]
    assert verdicts[known.id, "BUF-NET-1"] == "clear"
