"""Metres between a point and a point, and a point and a site."""

import math

import numpy as np
import pytest
import shapely
from hypothesis import assume, given
from hypothesis import strategies as st

from geodata.distance import (
    farthest_corner_m,
    held_against_m,
    nearest_point,
    point_to_geometry_m,
    point_to_point_m,
)
from tests.geodata.brute import GEOD, geodesic_m, outline, point_at, to_site_m

SQUARE = shapely.box(121.47, 31.23, 121.48, 31.24)
HOLE = shapely.box(121.473, 31.233, 121.477, 31.237)
CAMPUS = shapely.difference(SQUARE, HOLE)
BROKEN = shapely.transform(SQUARE, lambda xy: np.where(xy == 31.24, math.nan, xy))
GATES = shapely.MultiPoint([(121.47, 31.23), (121.5, 31.23)])

LON, LAT, AZIMUTH = st.floats(73.5, 135.1), st.floats(3.5, 53.6), st.floats(0, 360)


@pytest.mark.parametrize("point", [(math.nan, 31.2), (121.4, math.inf)])
def test_a_point_without_a_position_is_refused(point):
    with pytest.raises(ValueError, match="without a position cannot be measured from"):
        point_to_geometry_m(*point, SQUARE)


@pytest.mark.parametrize(
    "site", [None, shapely.Point(), shapely.Polygon(), shapely.Point(math.nan, math.nan)]
)
@pytest.mark.parametrize("measure", [point_to_geometry_m, nearest_point, farthest_corner_m])
def test_a_site_without_a_position_is_refused(measure, site):
    with pytest.raises(ValueError, match="a site without a position"):
        measure(121.4, 31.2, site)


@pytest.mark.parametrize(
    ("site", "reason"),
    [
        pytest.param(shapely.LineString([(121, 31), (122, 31)]), "is a LineString: give Point", id="line"),
        pytest.param(shapely.GeometryCollection([SQUARE]), "is a GeometryCollection", id="collection"),
        pytest.param(shapely.Point(31.23, 121.47), "longitude .* before latitude", id="swapped axes"),
        pytest.param(shapely.box(350_000, 3_450_000, 350_100, 3_450_100), "in degrees", id="metres"),
        pytest.param(BROKEN, "a corner that is not a number", id="NaN corner"),
    ],
)
def test_a_site_that_cannot_be_measured_to_is_refused(site, reason):
    with pytest.raises(ValueError, match=reason):
        point_to_geometry_m(121.4, 31.2, site)


def test_swapped_axes_of_the_point_are_refused():
    with pytest.raises(ValueError, match="write longitude"):
        point_to_geometry_m(31.23, 121.47, SQUARE)


def test_places_near_a_pole_are_refused():
    with pytest.raises(ValueError, match="latitude"):
        point_to_geometry_m(121.4, 85.1, shapely.Point(121.4, 84.9))


@pytest.mark.parametrize(
    ("lonlat", "site", "nearest"),
    [
        pytest.param((121.475, 31.2331), CAMPUS, (121.475, 31.233), id="in a hole: to its edge"),
        pytest.param((121.475, 31.241), CAMPUS, (121.475, 31.24), id="north of it"),
        pytest.param((121.469, 31.235), CAMPUS, (121.47, 31.235), id="west of it"),
        pytest.param((121.481, 31.241), CAMPUS, (121.48, 31.24), id="beyond a corner"),
        pytest.param(
            (121.475, 31.241), shapely.MultiPolygon([HOLE, CAMPUS]), (121.475, 31.24), id="two parts"
        ),
        pytest.param((121.49, 31.231), GATES, (121.5, 31.23), id="the nearer of two gates"),
    ],
)
def test_distance_from_outside_is_the_one_to_the_nearest_point(lonlat, site, nearest):
    metres = geodesic_m(*lonlat, *nearest)

    assert point_to_geometry_m(*lonlat, site) == pytest.approx(metres, abs=1e-5)
    assert nearest_point(*lonlat, site) == pytest.approx(nearest, abs=1e-8)


@pytest.mark.parametrize(
    ("lonlat", "site"),
    [
        pytest.param((121.472, 31.232), CAMPUS, id="inside"),
        pytest.param((121.47, 31.235), CAMPUS, id="on the edge"),
        pytest.param((121.47, 31.23), CAMPUS, id="on a corner"),
        pytest.param((121.475, 31.235), shapely.MultiPolygon([CAMPUS, HOLE]), id="in the second part"),
        pytest.param((121.5, 31.23), GATES, id="at a gate"),
    ],
)
def test_distance_from_inside_is_zero(lonlat, site):
    assert point_to_geometry_m(*lonlat, site) == 0


def test_overlapping_parts_are_both_inside():
    """Not valid, and drawn all the same: two buildings of one school that share a wing."""
    school = shapely.MultiPolygon(
        [shapely.box(121.47, 31.23, 121.472, 31.232), shapely.box(121.471, 31.231, 121.473, 31.233)]
    )

    assert point_to_geometry_m(121.4715, 31.2315, school) == 0


@pytest.mark.parametrize(("metres", "worst"), [(200, 1e-7), (1_000, 1e-5), (10_000, 0.01), (50_000, 1e-6)])
def test_points_all_over_china_are_as_far_apart_as_the_geodesic(metres, worst):
    rng = np.random.default_rng(metres)
    lon, lat, azimuth = (
        rng.uniform(73.5, 135.1, 2000),
        rng.uniform(3.5, 53.6, 2000),
        rng.uniform(0, 360, 2000),
    )
    lon2, lat2, _ = GEOD.fwd(lon, lat, azimuth, np.full(2000, float(metres)))

    assert np.abs(point_to_point_m(lon, lat, lon2, lat2) - metres).max() < worst


@pytest.mark.parametrize(("metres", "worst"), [(200, 1e-6), (1_000, 1e-5), (10_000, 0.01)])
def test_outlines_all_over_china_are_as_far_as_the_geodesic(metres, worst):
    rng = np.random.default_rng(metres)
    for _ in range(40):
        lon, lat = rng.uniform(73.5, 135.1), rng.uniform(3.5, 53.6)
        site = outline(
            rng, *point_at(lon, lat, rng.uniform(0, 360), metres + 75), corners=rng.integers(3, 16)
        )
        assert point_to_geometry_m(lon, lat, site) == pytest.approx(to_site_m(lon, lat, site), abs=worst)


@given(lat=st.floats(-85, 85), azimuth=AZIMUTH)
def test_a_kilometre_is_right_from_pole_to_pole(lat, azimuth):
    lon2, lat2 = point_at(0, lat, azimuth, 1000)
    assume(abs(lat2) <= 85)

    assert point_to_geometry_m(0, lat, shapely.Point(lon2, lat2)) == pytest.approx(1000, abs=0.001)


def test_a_long_edge_is_straight_in_longitude_and_latitude():
    edge = np.array([[119.0, 29.0], [122.0, 33.0]])
    site = shapely.Polygon([*edge, (119.0, 33.0)])
    beside = point_at(*edge.mean(axis=0), 140, 200)

    assert point_to_geometry_m(*beside, site) == pytest.approx(to_site_m(*beside, site), abs=1e-6)


@given(lon=LON, lat=LAT, azimuth=AZIMUTH, metres=st.floats(0, 1000))
def test_distance_is_the_same_both_ways(lon, lat, azimuth, metres):
    lon2, lat2 = point_at(lon, lat, azimuth, metres)

    assert point_to_point_m(lon, lat, lon2, lat2) == point_to_point_m(lon2, lat2, lon, lat)


@given(lon=LON, lat=LAT, azimuth=AZIMUTH, metres=st.floats(0, 1000), turn=AZIMUTH, farther=st.floats(0, 1000))
def test_no_way_over_a_third_place_is_shorter(lon, lat, azimuth, metres, turn, farther):
    by = point_at(lon, lat, azimuth, metres)
    end = point_at(*by, turn, farther)

    direct = point_to_point_m(lon, lat, *end)

    assert direct <= point_to_point_m(lon, lat, *by) + point_to_point_m(*by, *end) + 1e-4


@given(lat=LAT, azimuth=AZIMUTH, metres=st.floats(1, 1000), turn=st.floats(-180, 180))
def test_turning_the_earth_changes_nothing_not_even_at_the_antimeridian(lat, azimuth, metres, turn):
    lon2, lat2 = point_at(0, lat, azimuth, metres)
    turned = [shapely.Point((lon + turn + 180) % 360 - 180, y) for lon, y in [(0, lat), (lon2, lat2)]]

    assert point_to_geometry_m(turned[0].x, lat, turned[1]) == pytest.approx(metres, abs=1e-5)


@given(seed=st.integers(0, 2**32), east=st.floats(-0.002, 0.002), north=st.floats(-0.002, 0.002))
def test_distance_is_zero_inside_and_nowhere_else(seed, east, north):
    site = outline(np.random.default_rng(seed), 121.47, 31.23)
    lon, lat = 121.47 + east, 31.23 + north

    assert (point_to_geometry_m(lon, lat, site) == 0) == shapely.intersects_xy(site, lon, lat)


@given(seed=st.integers(0, 2**32), azimuth=AZIMUTH, metres=st.floats(0, 500), step=st.floats(0, 500))
def test_a_step_changes_the_distance_by_a_step_at_most(seed, azimuth, metres, step):
    rng = np.random.default_rng(seed)
    site = outline(rng, 121.47, 31.23)
    here = point_at(121.47, 31.23, azimuth, metres)
    there = point_at(*here, rng.uniform(0, 360), step)

    assert abs(point_to_geometry_m(*here, site) - point_to_geometry_m(*there, site)) <= step + 1e-5


@given(seed=st.integers(0, 2**32), azimuth=AZIMUTH)
def test_the_nearest_point_is_on_the_edge_and_so_far_away(seed, azimuth):
    site = outline(np.random.default_rng(seed), 121.47, 31.23)
    here = point_at(121.47, 31.23, azimuth, 300)

    foot = nearest_point(*here, site)

    assert site.exterior.distance(shapely.Point(foot)) < 1e-12
    assert geodesic_m(*here, *foot) == pytest.approx(point_to_geometry_m(*here, site), abs=1e-6)


@pytest.mark.parametrize("limit", [50.0, 200.0, 300.0])
@given(lon=LON, lat=LAT, azimuth=AZIMUTH)
def test_exactly_at_the_limit_is_the_limit(limit, lon, lat, azimuth):
    assert held_against_m(lon, lat, shapely.Point(point_at(lon, lat, azimuth, limit)), limit) == limit


@pytest.mark.parametrize("off", [-0.03, -0.0005, -0.00002, 0.00002, 0.0005, 0.03])
def test_a_hair_beside_the_limit_is_not_the_limit(off):
    site = shapely.Point(point_at(121.47, 31.23, 60, 200 + off))

    assert held_against_m(121.47, 31.23, site, 200) == pytest.approx(200 + off, abs=1e-6)


def test_inside_an_outline_no_limit_makes_it_farther():
    assert held_against_m(121.472, 31.232, CAMPUS, 0.01) == 0


def test_the_farthest_corner_bounds_the_error_of_a_point_inside():
    assert farthest_corner_m(121.47, 31.23, CAMPUS) == pytest.approx(geodesic_m(121.47, 31.23, 121.48, 31.24))
    assert farthest_corner_m(121.47, 31.23, shapely.Point(121.47, 31.23)) == 0
