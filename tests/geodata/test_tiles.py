"""Tiles are read by GDAL as they were meant: the same places, the same words, nothing twice at the edges."""

import numpy as np
import pyogrio
import pytest
import shapely

from geodata.distance import point_to_geometry_m
from geodata.tiles import EXTENT, Layer, Tile, encode, gathered, ring

SHANGHAI = Tile(14, 13720, 6694)


def tile_at(lon, lat, z):
    step = 1 << z
    x = int((lon + 180) / 360 * step)
    row = (1 - np.arcsinh(np.tan(np.radians(lat))) / np.pi) / 2 * step
    return Tile(z, x, int(row))


@pytest.fixture
def read(tmp_path):
    """What GDAL sees in a tile, in units of the tile, y south."""

    def gdal(content, layer):
        path = tmp_path / "tile.mvt"
        path.write_bytes(content)
        meta, _, geometry, columns = pyogrio.raw.read(path, layer=layer, CLIP="NO")
        shapes = shapely.transform(shapely.from_wkb(geometry), lambda xy: xy * [1, -1] + [0, EXTENT])
        return shapes, dict(zip(meta["fields"], columns, strict=True))

    return gdal


def test_the_box_of_a_tile_is_where_its_units_begin_and_end():
    west, south, east, north = SHANGHAI.box(margin=0)

    assert SHANGHAI.units(np.array([[west, north], [east, south]])) == pytest.approx(
        np.array([[0, 0], [EXTENT, EXTENT]]), abs=1e-6
    )


@pytest.mark.parametrize(("z", "x", "y"), [(-1, 0, 0), (0, 1, 0), (2, 0, 4), (23, 0, 0), (3, -1, 0)])
def test_there_is_no_tile_beyond_the_map(z, x, y):
    assert not Tile(z, x, y).exists
    assert SHANGHAI.exists


def test_points_and_their_words_are_read_back(read):
    units = np.array([[0.0, 0.0], [4095.9, 10.2], [100.0, 4000.0]])
    layer = Layer("venues", SHANGHAI)
    tags = [
        {"verdict": "inside", "n": 3, "rate": 0.25, "open": True},
        {"verdict": "浦东", "n": -5, "rate": None, "open": False},
        {"verdict": None, "n": 1 << 40, "rate": 1.5, "open": None},
    ]
    layer.add_points(units, [7, 300, 1 << 35], tags)

    shapes, columns = read(encode([layer]), "venues")

    assert shapely.get_coordinates(shapes).tolist() == [[0, 0], [4095, 10], [100, 4000]]
    assert columns["mvt_id"].tolist() == [7, 300, 1 << 35]
    assert list(columns["verdict"]) == ["inside", "浦东", None]
    assert columns["n"].tolist() == [3, -5, 1 << 40]
    assert columns["rate"].tolist()[::2] == [0.25, 1.5]


def test_every_point_is_in_one_tile_and_no_other():
    rng = np.random.default_rng(1)
    lonlat = rng.uniform([121.40, 31.20], [121.50, 31.30], (2000, 2))
    corner = tile_at(121.40, 31.30, 14)
    found = 0
    for x in range(corner.x, corner.x + 6):
        for y in range(corner.y, corner.y + 7):
            tile = Tile(14, x, y)
            layer = Layer("venues", tile)
            layer.add_points(tile.units(lonlat), range(2000), ({} for _ in range(2000)))
            found += len(layer.features)

    assert found == 2000


def test_outlines_with_holes_and_parts_cover_the_same_ground(read):
    units = shapely.MultiPolygon(
        [
            shapely.Point(1000, 1000).buffer(700).difference(shapely.Point(1100, 1000).buffer(300)),
            shapely.box(3000, 3000, 3500, 5000),
        ]
    )
    west, south, east, north = SHANGHAI.box(margin=0)
    shape = shapely.transform(
        units, lambda xy: np.array([west, north]) + xy / EXTENT * np.array([east - west, south - north])
    )
    layer = Layer("sites", SHANGHAI)
    layer.add_shape(shape, 1, {"kind": "primary"})

    (drawn,), _ = read(encode([layer]), "sites")

    within = shapely.transform(shape, SHANGHAI.units).intersection(shapely.box(-64, -64, 4160, 4160))
    assert drawn.is_valid
    assert len(shapely.get_parts(drawn)) == 2
    assert drawn.symmetric_difference(within).area < 0.01 * within.area


def test_lines_are_cut_at_the_edge_and_go_on_in_the_next_tile(read):
    west, south, east, north = SHANGHAI.box(margin=0)
    middle = (south + north) / 2
    line = shapely.LineString([(west - (east - west), middle), (east + (east - west), middle)])
    layer = Layer("roads", SHANGHAI)
    layer.add_shape(line, 1, {})

    (drawn,), _ = read(encode([layer]), "roads")

    assert drawn.bounds[0] == -64
    assert drawn.bounds[2] == EXTENT + 64


@pytest.mark.parametrize(
    "shape",
    [shapely.box(0, 0, 1, 1), shapely.box(121.47, 31.23, 121.47000001, 31.23000001), shapely.Polygon()],
)
def test_what_lies_elsewhere_or_is_too_small_to_see_is_not_drawn(shape):
    layer = Layer("sites", SHANGHAI)
    layer.add_shape(shape, 1, {})

    assert encode([layer]) == b""


def test_gathered_points_keep_their_number():
    rng = np.random.default_rng(2)
    units = rng.uniform(-200, EXTENT + 200, (5000, 2))
    inside = ((units >= 0) & (units < EXTENT)).all(axis=1)

    middle, count = gathered(units, 8)

    assert count.sum() == inside.sum()
    assert len(count) == 64
    assert (middle * count[:, None]).sum(axis=0) == pytest.approx(units[inside].sum(axis=0))


def test_nothing_gathered_is_nothing():
    middle, count = gathered(np.empty((0, 2)), 8)

    assert (len(middle), len(count)) == (0, 0)


def test_a_ring_is_drawn_where_it_would_be_measured():
    campus = shapely.box(121.470, 31.230, 121.472, 31.231)
    drawn = ring(campus, 200)

    metres = [point_to_geometry_m(lon, lat, campus) for lon, lat in drawn.exterior.coords]
    assert metres == pytest.approx([200] * len(metres), rel=0.005)
