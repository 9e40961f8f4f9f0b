"""Coordinate references: named or refused, converted and back."""

import subprocess
import sys

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geodata.crs import CrsUnknown, from_lonlat, parse, to_lonlat, transform_geometry
from tests.geodata.brute import geodesic_m

IN_CHINA = st.tuples(st.floats(73.5, 135.1), st.floats(3.5, 53.6))


@pytest.mark.parametrize("name", [None, "", "   "])
def test_no_reference_is_refused_and_told_what_to_write(name):
    with pytest.raises(
        CrsUnknown, match="no coordinate reference is stated: write wgs84, cgcs2000, gcj02, bd09 or EPSG"
    ):
        to_lonlat([[121.47, 31.23]], name)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        pytest.param("mars", "'mars' is no coordinate reference known here", id="no such name"),
        pytest.param("4549", "'4549' is no coordinate reference", id="a bare number is not guessed"),
        pytest.param("EPSG:999999", "there is no EPSG:999999", id="no such number"),
        pytest.param("EPSG:4978", "no reference for positions on a map", id="geocentric"),
        pytest.param("EPSG:5773", "no reference for positions on a map", id="heights"),
        pytest.param("EPSG:4214", "Beijing 1954 to CGCS2000 is not published", id="Beijing 1954"),
        pytest.param("EPSG:2363", "Xian 1980 to CGCS2000 is not published", id="a zone of Xian 1980"),
        pytest.param("EPSG:4555", "New Beijing to CGCS2000 is not published", id="New Beijing"),
    ],
)
def test_a_reference_that_cannot_be_trusted_is_refused(name, reason):
    with pytest.raises(CrsUnknown, match=reason):
        to_lonlat([[121.47, 31.23]], name)


@pytest.mark.parametrize("xy", [[121.47, 31.23], [[121.47, 31.23, 4.0]], [[[121.47, 31.23]]]])
def test_coordinates_of_another_shape_are_refused(xy):
    with pytest.raises(ValueError, match=r"give an array \(n, 2\)"):
        to_lonlat(xy, "wgs84")


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("wgs84", "wgs84"),
        ("WGS 84", "wgs84"),
        ("CGCS2000", "cgcs2000"),
        ("GCJ-02", "gcj02"),
        (" bd_09 ", "bd09"),
        ("epsg: 4549", "EPSG:4549"),
        ("EPSG:04549", "EPSG:4549"),
        ("EPSG:4326", "wgs84"),
        ("EPSG:4490", "cgcs2000"),
    ],
)
def test_case_spaces_and_hyphens_do_not_matter(written, known):
    assert parse(written) == known


@pytest.mark.parametrize("name", ["wgs84", "cgcs2000", "EPSG:4326", "EPSG:4490", "EPSG:4258"])
def test_longitude_comes_first_whatever_the_register_says(name):
    assert to_lonlat([[121.47, 31.23]], name) == pytest.approx(np.array([[121.47, 31.23]]), abs=1e-12)


@pytest.mark.parametrize(
    ("name", "easting"),
    [
        pytest.param("EPSG:4549", 500_000, id="3 degrees, central meridian 120"),
        pytest.param("EPSG:4528", 40_500_000, id="3 degrees, zone 40 written before the easting"),
    ],
)
def test_gauss_krueger_northing_is_the_meridian_from_the_equator(name, easting):
    northing = geodesic_m(120, 0, 120, 31)

    assert from_lonlat([[120, 31]], name) == pytest.approx(np.array([[easting, northing]]), abs=1e-4)
    assert to_lonlat([[easting, northing]], name) == pytest.approx(np.array([[120, 31]]), abs=1e-9)


def test_feet_of_another_datum_are_converted():
    """308 E Colfax Avenue, Denver, lies at 39.7399 N, 104.9832 W."""
    feet = from_lonlat([[-104.9832, 39.7399]], "EPSG:2232")

    assert feet == pytest.approx(np.array([[3.145e6, 1.695e6]]), abs=2_000)
    assert to_lonlat(feet, "EPSG:2232") == pytest.approx(np.array([[-104.9832, 39.7399]]), abs=1e-9)


@pytest.mark.parametrize(
    ("true", "shifted"),
    [
        ((121.5272106, 31.1774276), (121.531541859215, 31.17530398364597)),
        ((113.912316, 22.543847), (113.9171764808363, 22.540796131694766)),
        ((116.377817, 39.911954), (116.38404722455657, 39.91334545536069)),
    ],
)
def test_gcj02_gives_the_positions_that_others_publish(true, shifted):
    assert from_lonlat([true], "gcj02") == pytest.approx(np.array([shifted]), abs=1e-10)


def test_bd09_gives_the_position_that_others_publish():
    lonlat = to_lonlat([[116.404, 39.915]], "gcj02")

    assert from_lonlat(lonlat, "bd09") == pytest.approx(
        np.array([[116.41036949371029, 39.92133699351021]]), abs=1e-10
    )


def test_taking_a_shanghai_map_for_the_ground_is_off_by_half_a_kilometre():
    places = np.array([[121.47, 31.23], [121.25, 31.38], [121.74, 31.05], [121.40, 31.62]])

    off = geodesic_m(*places.T, *from_lonlat(places, "gcj02").T)

    assert (off > 470).all()
    assert (off < 500).all()


@pytest.mark.parametrize("name", ["gcj02", "bd09"])
@given(place=IN_CHINA)
def test_the_way_back_from_a_map_is_exact(name, place):
    back = to_lonlat(from_lonlat([place], name), name)

    assert geodesic_m(*place, *back.T) < 1e-6


@pytest.mark.parametrize("name", ["gcj02", "bd09"])
@given(place=IN_CHINA)
def test_the_way_there_undoes_the_way_back(name, place):
    assert from_lonlat(to_lonlat([place], name), name) == pytest.approx(np.array([place]), abs=1e-11)


@pytest.mark.parametrize("name", ["gcj02", "bd09"])
@given(
    place=st.tuples(st.floats(-180, 71.9), st.floats(-90, 90))
    | st.tuples(st.floats(-180, 180), st.floats(56, 90))
)
def test_maps_do_not_shift_other_countries(name, place):
    assert (from_lonlat([place], name) == [place]).all()
    assert (to_lonlat([place], name) == [place]).all()


@given(place=IN_CHINA, zone=st.integers(0, 20))
def test_the_way_through_a_gauss_krueger_zone_is_exact(place, zone):
    name = f"EPSG:{4534 + zone}"  # 3 degrees, central meridians 75 to 135
    place = (75 + 3 * zone + (place[0] % 3) - 1.5, place[1])

    assert to_lonlat(from_lonlat([place], name), name) == pytest.approx(np.array([place]), abs=1e-9)


@pytest.mark.parametrize("name", ["wgs84", "gcj02", "bd09", "EPSG:4549"])
def test_a_blank_row_stays_blank_and_disturbs_no_other(name):
    xy = from_lonlat([[121.47, 31.23]], name)

    lonlat = to_lonlat([[np.nan, np.nan], *xy, [np.nan, np.nan]], name)

    assert np.isnan(lonlat[[0, 2]]).all()
    assert lonlat[1] == pytest.approx([121.47, 31.23], abs=1e-9)
    assert to_lonlat(np.empty((0, 2)), name).shape == (0, 2)


def test_a_place_that_a_projection_does_not_have_is_nan():
    assert np.isnan(to_lonlat([[1e300, 0], [np.inf, 0]], "EPSG:4549")).all()


@pytest.mark.parametrize("name", ["wgs84", "gcj02"])
def test_the_input_is_left_alone(name):
    xy = np.array([[121.47, 31.23]])

    to_lonlat(xy, name)[:] = 0

    assert (xy == [[121.47, 31.23]]).all()


def test_geometries_are_converted_corner_by_corner():
    square, hole = shapely.box(121.4, 31.2, 121.5, 31.3), shapely.box(121.44, 31.24, 121.46, 31.26)
    site = shapely.difference(square, hole)

    found = transform_geometry(np.array([site, None, shapely.Point(121.4, 31.2, 7)]), "GCJ-02")

    assert found[1] is None
    assert not found[2].has_z
    assert (shapely.get_coordinates(found[0]) == to_lonlat(shapely.get_coordinates(site), "gcj02")).all()
    assert len(found[0].interiors) == 1
    assert transform_geometry(square, "wgs84") == square
    with pytest.raises(CrsUnknown):
        transform_geometry(None, "mars")


def test_a_web_process_pays_for_no_heavy_library():
    heavy = "{'pyproj', 'numba', 'pandas', 'geopandas', 'pyogrio', 'pyarrow'}"
    code = (
        "import sys, geodata.crs, geodata.distance, geodata.nearby;"
        "geodata.crs.to_lonlat([[121.47, 31.23]], 'gcj02');"
        f"print(sorted({heavy} & set(sys.modules)))"
    )

    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
        == "[]\n"
    )
