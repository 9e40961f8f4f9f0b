"""Claim 18: the places that trip a screening, by name."""

import pytest
import shapely
from sqlalchemy import select

from backend.rulebook.rules import AtLimit, Method
from backend.screening import actions, queries
from backend.screening.holding import Sites, hold
from backend.screening.models import Measurement
from backend.screening.rules import Measured, Verdict
from backend.screening.sketch import Dot, Words, draw
from tests.screening.places import DAY, NOW, ORIGIN, add_site, add_venue, at, square

INSIDE, SURVEY, NOT_CONFIGURED, CLEAR = Verdict


@pytest.fixture
def rule(session):
    """BUF-NET-1, as an authority might decide its way of measuring."""
    from dataclasses import replace

    from backend.rulebook import queries as rulebook

    known = rulebook.current(session).on(DAY).distance_rule("internet_cafe", "primary")
    return lambda method=Method.BOUNDARY_STRAIGHT_LINE, **decided: replace(known, method=method, **decided)


def held(settings, site, rule, east_m, north_m=0.0):
    lon, lat = at(east_m, north_m)
    (distance,) = Sites([site]).distances(lon, lat)
    return hold(lon, lat, distance, rule, 0.0, settings)


def gates(*east_north):
    return shapely.MultiPoint([at(*one) for one in east_north])


def test_a_campus_with_many_gates_is_measured_from_the_nearest(session, settings, rule):
    site = add_site(session, square(0, 0, 300), gates=gates((0, 150), (150, 0), (300, 290)))

    by_gate = held(settings, site, rule(Method.GATE_STRAIGHT_LINE), 480, 290)
    by_boundary = held(settings, site, rule(), 480, 290)
    far_from_gates = held(settings, site, rule(Method.GATE_STRAIGHT_LINE), 150, 450)

    assert (by_gate.line.way.measured, by_gate.verdict) == (Measured.GATE, INSIDE)
    assert by_gate.line.distance_m == pytest.approx(180, abs=0.01)
    assert by_boundary.line.way.measured is Measured.BOUNDARY
    assert far_from_gates.distance.boundary_m == pytest.approx(150, abs=0.01)
    assert (far_from_gates.verdict, round(far_from_gates.line.distance_m)) == (CLEAR, 219)


def test_a_campus_known_by_its_gates_alone(session, settings, rule):
    site = add_site(session, gates((0, 0), (100, 0)))

    near, unsure, far = (held(settings, site, rule(), 100 + metres) for metres in (199, 201, 351))

    assert [one.verdict for one in (near, unsure, far)] == [INSIDE, SURVEY, CLEAR]
    assert near.line.way.measured is Measured.GATE
    assert (near.line.extent_m, near.distance.gate_m) == (150, near.distance.boundary_m)


def test_gates_that_nobody_knows_accuse_nobody(session, settings, rule):
    site = add_site(session, square(0, 0, 100))

    assert held(settings, site, rule(Method.GATE_STRAIGHT_LINE), 101).verdict is SURVEY
    assert held(settings, site, rule(Method.GATE_STRAIGHT_LINE), 301).verdict is CLEAR


@pytest.mark.parametrize("method", [method for method in Method if method.name.endswith("WALKING")])
def test_a_walk_is_not_computed_so_it_can_only_be_ruled_out(session, settings, rule, method):
    site = add_site(session, square(0, 0, 100), gates=gates((0, 50)))

    assert held(settings, site, rule(method), 101).verdict is SURVEY
    assert held(settings, site, rule(method), 301).verdict is CLEAR


def test_a_gate_outside_the_boundary_is_part_of_it(session, settings, rule):
    site = add_site(session, square(0, 0, 100), gates=gates((130, 50)))

    beside_the_gate = held(settings, site, rule(), 320, 50)

    assert beside_the_gate.line.distance_m == pytest.approx(220, abs=0.01)
    assert beside_the_gate.line.low_m == pytest.approx(190, abs=0.01)
    assert beside_the_gate.verdict is SURVEY
    assert held(settings, site, rule(), 331, 50).verdict is CLEAR


def test_a_school_on_two_campuses_in_one_row(session, settings, rule):
    site = add_site(session, shapely.MultiPolygon([square(0, 0, 100), square(1000, 0, 100)]))

    assert held(settings, site, rule(), 1250, 50).line.distance_m == pytest.approx(150, abs=0.01)
    assert held(settings, site, rule(), 550, 50).verdict is CLEAR


def test_a_school_on_two_campuses_in_two_rows(session, settings):
    west, east = (add_site(session, square(x, 0, 100), name="示例学校") for x in (0, 350))
    venue = add_venue(session, at(200, 50))

    (checked,) = queries.distances_of_venue(session, settings, venue, on=DAY)

    assert [near.held.distance.site.id for near in checked.sites] == [west.id, east.id]
    assert {near.held.verdict for near in checked.sites} == {INSIDE}


def test_an_island_in_a_campus_is_not_the_campus(session, settings, rule):
    """A shop on its own ground, with the school all around it: the distance to the hole's edge counts."""
    around = shapely.Polygon(square(0, 0, 600).exterior, [square(50, 50, 500).exterior])
    site = add_site(session, around)

    assert held(settings, site, rule(), 300, 300).line.distance_m == pytest.approx(250, abs=0.02)
    assert held(settings, site, rule(), 300, 300).verdict is CLEAR
    assert held(settings, site, rule(), 20, 300).line.distance_m == 0


def test_venues_on_two_floors_of_one_house(session, settings):
    add_site(session, square(50, -25, 50))
    cellar, attic = add_venue(session, ORIGIN, "bar"), add_venue(session, ORIGIN, "internet_cafe", "bar")

    run = actions.screen(session, settings, DAY, by="user:1", now=NOW)

    rows = session.scalars(select(Measurement).filter_by(run_id=run.id)).all()
    assert [(row.venue_id, row.activity, row.verdict) for row in rows] == [
        (cellar.id, "bar", "survey"),
        (attic.id, "bar", "survey"),
        (attic.id, "internet_cafe", "inside"),
    ]


def test_two_floors_are_one_mark_on_the_sketch():
    dots = [Dot(*ORIGIN, "1", "酒吧", SURVEY), Dot(*ORIGIN, "2", "网吧", INSIDE)]

    drawn = draw(square(50, -25, 50), None, dots, radius_m=200, words=Words("校园周边"))

    assert drawn.count("<title>酒吧; 网吧</title>") == 1
    assert ">1, 2</text>" in drawn


def test_a_venue_drawn_as_an_area_may_be_nearer_by_its_extent(session, settings):
    add_site(session, square(0, 0, 100))
    near, wide = (add_venue(session, at(270, 50), extent_m=metres) for metres in (29, 31))

    found = [queries.distances_of_venue(session, settings, venue, on=DAY)[0] for venue in (near, wide)]

    assert [checked.answers[0].verdict for checked in found] == [INSIDE, SURVEY]


@pytest.mark.parametrize(
    ("at_limit", "expected"),
    [
        (AtLimit.UNSETTLED, [INSIDE, SURVEY, CLEAR]),
        (AtLimit.INSIDE, [INSIDE, INSIDE, CLEAR]),
        (AtLimit.CLEAR, [INSIDE, CLEAR, CLEAR]),
    ],
)
def test_199_9_and_200_0_and_200_1_metres_on_the_ground(session, settings, rule, at_limit, expected):
    site = add_site(session, square(-100, 0, 100))

    found = [held(settings, site, rule(at_limit=at_limit), metres).verdict for metres in (199.9, 200, 200.1)]

    assert found == expected
