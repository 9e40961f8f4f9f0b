"""The sites around one point, in memory."""

import math

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.distance import point_to_geometry_m
from geodata.nearby import SiteIndex
from tests.geodata.brute import geodesic_m, outline, point_at

SQUARE = shapely.box(121.47, 31.23, 121.471, 31.231)


def city(seed: int, sites: int = 60) -> list[shapely.Geometry]:
    rng = np.random.default_rng(seed)
    return [outline(rng, *rng.uniform([121.46, 31.22], [121.48, 31.24]), corners=6) for _ in range(sites)]


def test_an_id_too_few_is_refused():
    with pytest.raises(ValueError, match="1 ids for 2 sites"):
        SiteIndex(["a"], [SQUARE, SQUARE])


def test_a_site_that_cannot_be_measured_to_is_refused():
    with pytest.raises(ValueError, match="site 1 is a LineString"):
        SiteIndex(["a", "b"], [SQUARE, shapely.LineString([(121, 31), (122, 31)])])


@pytest.mark.parametrize("radius_m", [0, -1, math.nan, math.inf, 300_001])
def test_a_radius_that_is_no_length_is_refused(radius_m):
    with pytest.raises(ValueError, match="give metres above 0, up to 300,000"):
        SiteIndex(["a"], [SQUARE]).within(121.47, 31.23, radius_m)


@pytest.mark.parametrize("lonlat", [(math.nan, 31.2), (31.2, 121.47), (121.4, math.inf)])
def test_a_point_off_the_map_is_refused(lonlat):
    with pytest.raises(ValueError, match=r"position|write longitude"):
        SiteIndex(["a"], [SQUARE]).within(*lonlat, 200)


def test_nothing_is_found_where_nothing_is():
    assert SiteIndex([], []).within(121.47, 31.23, 200) == []
    assert SiteIndex(["a", "b"], [None, shapely.Polygon()]).within(121.47, 31.23, 200) == []
    assert SiteIndex(["a"], [SQUARE]).within(-70, -33, 200) == []


@given(seed=st.integers(0, 2**32), lon=st.floats(121.46, 121.48), lat=st.floats(31.22, 31.24))
@settings(max_examples=25)
@pytest.mark.parametrize("radius_m", [1, 200, 1500])
def test_the_index_finds_what_looking_at_every_site_finds_nearest_first(seed, lon, lat, radius_m):
    sites = city(seed)
    every = [(number, point_to_geometry_m(lon, lat, site)) for number, site in enumerate(sites)]

    found = SiteIndex(range(len(sites)), sites).within(lon, lat, radius_m)

    assert found == sorted([pair for pair in every if pair[1] <= radius_m], key=lambda pair: pair[1])


@given(azimuth=st.floats(0, 360))
def test_exactly_at_the_radius_is_found(azimuth):
    index = SiteIndex(
        ["at", "beyond"], [shapely.Point(point_at(121.47, 31.23, azimuth, m)) for m in (200, 200.001)]
    )

    assert index.within(121.47, 31.23, 200) == [("at", 200.0)]


def test_a_site_as_large_as_a_province_is_found_from_inside_and_beside():
    index = SiteIndex(["province", "school"], [shapely.box(120, 30, 122, 32), SQUARE])

    assert index.within(121.4705, 31.2305, 200) == [("province", 0.0), ("school", 0.0)]
    assert index.within(119.999, 31, 200) == [
        ("province", pytest.approx(geodesic_m(119.999, 31, 120, 31), abs=1e-5))
    ]


def test_a_circle_goes_on_beyond_the_antimeridian():
    index = SiteIndex(["east", "west"], [shapely.Point(179.9999, 10), shapely.Point(-179.9999, 10)])

    assert {name for name, _ in index.within(-179.9995, 10, 100)} == {"east", "west"}
    assert {name for name, _ in index.within(180, 10, 100)} == {"east", "west"}


def test_a_wide_circle_is_measured_on_the_ellipsoid():
    far = shapely.Point(point_at(121.47, 31.23, 70, 60_000))

    assert SiteIndex(["far"], [far]).within(121.47, 31.23, 60_000) == [("far", 60_000.0)]
    assert SiteIndex(["far"], [far]).within(121.47, 31.23, 59_999.9) == []
