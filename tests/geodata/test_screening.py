"""Every venue held against every site at once."""

import math
import subprocess
import sys

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata import screening
from geodata.distance import point_to_geometry_m
from geodata.screening import pairs_within
from tests.geodata.brute import geodesic_m, outline, point_at, to_site_m

SQUARE = shapely.box(121.47, 31.23, 121.48, 31.24)
CAMPUS = shapely.difference(SQUARE, shapely.box(121.473, 31.233, 121.477, 31.237))
BROKEN = shapely.transform(SQUARE, lambda xy: np.where(xy == 31.24, math.nan, xy))


def city(seed: int, venues: int = 80, sites: int = 30) -> tuple[np.ndarray, list[shapely.Geometry]]:
    """Points, outlines, outlines with a hole and sites of two parts, in two square kilometres."""
    rng = np.random.default_rng(seed)
    places = rng.uniform([121.46, 31.22], [121.48, 31.24], (sites, 2))
    found = [outline(rng, *place, corners=rng.integers(3, 14)) for place in places]
    for k in range(0, sites - 2, 4):
        found[k] = shapely.Point(places[k])
        found[k + 1] = shapely.difference(found[k + 1], outline(rng, *places[k + 1], size_m=30))
        found[k + 2] = shapely.union(
            found[k + 2], outline(rng, *rng.uniform([121.46, 31.22], [121.48, 31.24]))
        )
    return rng.uniform([121.46, 31.22], [121.48, 31.24], (venues, 2)), found


def by_hand(
    venues: np.ndarray, sites: list[shapely.Geometry], radius_m: float
) -> dict[tuple[int, int], float]:
    every = {
        (v, s): point_to_geometry_m(*venues[v], sites[s])
        for v in range(len(venues))
        for s in range(len(sites))
    }
    return {pair: metres for pair, metres in every.items() if metres <= radius_m}


def as_dict(pairs) -> dict[tuple[int, int], float]:
    return {(int(v), int(s)): float(metres) for v, s, metres in zip(*pairs, strict=True)}


@pytest.mark.parametrize("radius_m", [0, -200, math.nan, math.inf, 300_001])
def test_a_radius_that_is_no_length_is_refused(radius_m):
    with pytest.raises(ValueError, match="give metres above 0, up to 300,000"):
        pairs_within([[121.47, 31.23]], [SQUARE], radius_m)


@pytest.mark.parametrize("venues", [[121.47, 31.23], [[121.47]], [[121.47, 31.23, 4]]])
def test_venues_of_another_shape_are_refused(venues):
    with pytest.raises(ValueError, match=r"give an array \(n, 2\)"):
        pairs_within(venues, [SQUARE], 200)


@pytest.mark.parametrize(
    "bad", [(31.23, 121.47), (181, 31), (-180.1, 31), (121, 85.1), (121, -89), (math.inf, 31)]
)
def test_a_venue_off_the_map_is_refused_by_its_row(bad):
    with pytest.raises(ValueError, match=r"venue 1 lies at .*: write longitude .* before latitude"):
        pairs_within([[121.47, 31.23], bad], [SQUARE], 200)


@pytest.mark.parametrize(
    ("site", "reason"),
    [
        (shapely.LineString([(121, 31), (122, 31)]), "site 1 is a LineString: give Point"),
        (shapely.GeometryCollection([SQUARE]), "site 1 is a GeometryCollection"),
        (shapely.Point(31.23, 121.47), "site 1 lies at .* write longitude"),
        (BROKEN, "site 1 has a corner that is not a number"),
        (shapely.MultiPoint([(179.9, 10), (-179.9, 10)]), "site 1 lies on both sides of the antimeridian"),
    ],
)
def test_a_site_that_cannot_be_measured_to_is_refused_by_its_row(site, reason):
    with pytest.raises(ValueError, match=reason):
        pairs_within([[121.47, 31.23]], [SQUARE, site], 200)


@pytest.mark.parametrize(
    ("venues", "sites"),
    [
        pytest.param(np.empty((0, 2)), [SQUARE], id="no venues"),
        pytest.param([[121.47, 31.23]], [], id="no sites"),
        pytest.param([[math.nan, math.nan], [121.47, math.nan]], [SQUARE], id="venues without positions"),
        pytest.param(
            [[121.47, 31.23]],
            [None, shapely.Point(), shapely.MultiPolygon(), shapely.Point(math.nan, math.nan)],
            id="sites without positions",
        ),
        pytest.param([[-121.47, 31.23]], [SQUARE], id="nothing near"),
    ],
)
def test_no_pairs_are_three_empty_columns(venues, sites):
    assert [(len(column), column.dtype) for column in pairs_within(venues, sites, 200)] == [
        (0, np.int64),
        (0, np.int64),
        (0, np.float64),
    ]


def test_what_has_no_position_keeps_its_row():
    venues = [[math.nan, 31.23], [121.475, 31.232], [121.475, math.nan], [121.472, 31.238]]

    pairs = pairs_within(venues, [None, SQUARE, shapely.Point(math.nan, math.nan), CAMPUS], 10)

    assert as_dict(pairs) == {(1, 1): 0, (1, 3): 0, (3, 1): 0, (3, 3): 0}


@pytest.mark.parametrize(
    ("lonlat", "nearest"),
    [
        pytest.param((121.472, 31.232), None, id="inside"),
        pytest.param((121.47, 31.235), None, id="on the edge"),
        pytest.param((121.475, 31.2331), (121.475, 31.233), id="in a hole: to its edge"),
        pytest.param((121.475, 31.2405), (121.475, 31.24), id="north of it"),
        pytest.param((121.481, 31.241), (121.48, 31.24), id="beyond a corner"),
    ],
)
def test_distance_to_an_outline_with_a_hole(lonlat, nearest):
    metres = geodesic_m(*lonlat, *nearest) if nearest else 0

    assert as_dict(pairs_within([lonlat], [CAMPUS], 200)) == {(0, 0): pytest.approx(metres, abs=1e-5)}


@given(seed=st.integers(0, 2**32))
@pytest.mark.parametrize("radius_m", [0.5, 50, 200, 1000])
@settings(max_examples=3)
def test_the_pairs_are_those_found_one_by_one(radius_m, seed):
    venues, sites = city(seed, venues=30)

    assert as_dict(pairs_within(venues, sites, radius_m)) == pytest.approx(
        by_hand(venues, sites, radius_m), abs=1e-5
    )


@given(seed=st.integers(0, 2**32))
@settings(max_examples=3)
def test_the_pairs_are_those_of_the_ellipsoid(seed):
    venues, sites = city(seed, venues=12, sites=12)
    true = {(v, s): to_site_m(*venue, site) for v, venue in enumerate(venues) for s, site in enumerate(sites)}

    found = as_dict(pairs_within(venues, sites, 200))

    assert found == pytest.approx({pair: metres for pair, metres in true.items() if metres <= 200}, abs=1e-5)


@given(seed=st.integers(0, 2**32), smaller=st.floats(1, 500), larger=st.floats(1, 500))
@settings(max_examples=20)
def test_a_wider_radius_only_adds_pairs(seed, smaller, larger):
    smaller, larger = sorted([smaller, larger])
    venues, sites = city(seed)

    wide = as_dict(pairs_within(venues, sites, larger))

    assert as_dict(pairs_within(venues, sites, smaller)) == pytest.approx(
        {pair: metres for pair, metres in wide.items() if metres <= smaller}, abs=1e-5
    )


@given(seed=st.integers(0, 2**32))
@settings(max_examples=20)
def test_the_order_is_venue_then_site_whatever_the_order_of_the_input(seed):
    venues, sites = city(seed)
    shuffled = np.random.default_rng(seed).permutation(len(venues))

    venue, site, metres = pairs_within(venues, sites, 300)
    other = pairs_within(venues[shuffled], sites, 300)

    assert (np.lexsort((site, venue)) == np.arange(len(venue))).all()
    assert as_dict((shuffled[other[0]], *other[1:])) == as_dict((venue, site, metres))


@given(
    lon=st.floats(73.5, 135.1), lat=st.floats(3.5, 53.6), azimuth=st.floats(0, 360), metres=st.floats(1, 1000)
)
@settings(max_examples=50)
def test_exactly_the_radius_is_included_and_a_hair_more_is_not(lon, lat, azimuth, metres):
    sites = [shapely.Point(point_at(lon, lat, azimuth, metres + off)) for off in (0, 0.0005, -0.0005)]

    venue, site, found = pairs_within([[lon, lat]], sites, metres)

    assert (venue.tolist(), site.tolist()) == ([0, 0], [0, 2])
    assert found == pytest.approx([metres, metres - 0.0005], abs=1e-5)
    assert found[0] == metres


def test_a_pair_is_found_again_with_its_own_distance_as_the_radius():
    venues, sites = city(7)
    for venue, site, metres in zip(*pairs_within(venues, sites, 300), strict=True):
        if metres > 0:
            assert as_dict(pairs_within(venues[[venue]], [sites[site]], metres)) == {(0, 0): metres}


@given(turn=st.floats(-180, 180))
@settings(max_examples=20)
def test_turning_the_earth_changes_nothing_not_even_at_the_antimeridian(turn):
    rng = np.random.default_rng(3)
    venues, places = rng.uniform([-0.005, 30.995], [0.005, 31.005], (2, 50, 2))

    def turned(lonlat):
        return np.column_stack([(lonlat[:, 0] + turn + 180) % 360 - 180, lonlat[:, 1]])

    here = as_dict(pairs_within(venues, shapely.points(places), 200))

    assert as_dict(pairs_within(turned(venues), shapely.points(turned(places)), 200)) == pytest.approx(
        here, abs=1e-6
    )


def test_an_outline_as_large_as_a_province_has_right_edges():
    rng = np.random.default_rng(5)
    province = outline(rng, 121, 31, corners=9, size_m=150_000)
    on_edge = [province.exterior.interpolate(share, normalized=True) for share in rng.uniform(0, 1, 60)]
    venues = np.array([point_at(p.x, p.y, rng.uniform(0, 360), rng.uniform(0, 300)) for p in on_edge])

    venue, _, metres = pairs_within(venues, [province], 300)

    assert venue.tolist() == list(range(60))
    assert metres == pytest.approx([to_site_m(*lonlat, province) for lonlat in venues], abs=1e-5)


@pytest.mark.parametrize(("radius_m", "share_off"), [(10_000, 1e-6), (100_000, 1e-4), (300_000, 1e-3)])
def test_wide_circles_are_right_too(radius_m, share_off):
    rng = np.random.default_rng(6)
    site = outline(rng, 121, 31)
    venues = np.array(
        [point_at(121, 31, rng.uniform(0, 360), radius_m * rng.uniform(0.5, 1.5)) for _ in range(40)]
    )
    true = [to_site_m(*lonlat, site) for lonlat in venues]

    venue, _, metres = pairs_within(venues, [site], radius_m)

    assert venue.tolist() == [v for v, distance in enumerate(true) if distance <= radius_m]
    assert metres == pytest.approx(np.array(true)[venue], rel=share_off)


def test_more_pairs_than_one_buffer_holds(monkeypatch):
    venues, sites = city(9)
    whole = pairs_within(venues, sites, 1000)

    monkeypatch.setattr(screening, "_PAIRS_AT_ONCE", 7)

    assert len(whole[0]) > 1000
    assert all(
        (one == other).all() for one, other in zip(whole, pairs_within(venues, sites, 1000), strict=True)
    )


def test_any_array_of_sites_and_venues_will_do():
    venues, sites = city(11)
    frozen = np.asfortranarray(venues)
    frozen.flags.writeable = False

    whole = as_dict(pairs_within(venues, sites, 200))

    assert as_dict(pairs_within(frozen, np.array(sites, dtype=object), 200)) == whole
    assert as_dict(pairs_within(venues.tolist(), tuple(sites), 200)) == whole


def test_after_the_installation_nothing_is_left_to_compile():
    """`python -m geodata` runs every kernel that `pairs_within` calls, and so keeps it."""
    code = (
        "import re, inspect; from geodata import kernels, screening; screening.compile_kernels();"
        "called = set(re.findall(r'kernels[.]([a-z]\\w+)[(]', inspect.getsource(screening)));"
        "print(len(called), [name for name in called if len(getattr(kernels, name).signatures) != 1])"
    )

    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
        == "8 []\n"
    )
