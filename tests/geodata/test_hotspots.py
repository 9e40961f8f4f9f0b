"""Cells equal those of `h3`, Gi* equals `esda`, on the inspections and violations of San Francisco."""

import csv
import gzip
import warnings
from collections import Counter

import h3
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import false_discovery_control

from geodata import hotspots
from tests.shared_data import shared


def rows(name):
    with gzip.open(shared(f"geodata/other_cities/{name}.csv.gz"), "rt", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def places():
    """Businesses of San Francisco with a position in the city: lon and lat by number."""
    found = {}
    for row in rows("sf_businesses_wgs84"):
        if row["latitude"] and 37 < float(row["latitude"]) < 38:
            found[row["business_id"]] = float(row["longitude"]), float(row["latitude"])
    assert len(found) > 3900
    return found


@pytest.mark.parametrize("name", ["sf_inspections", "sf_violations"])
def test_counts_by_cell_are_those_of_h3(places, name):
    happened = [places[row["business_id"]] for row in rows(name) if row["business_id"] in places]
    truth = Counter(h3.latlng_to_cell(lat, lon, 8) for lon, lat in happened)

    found = Counter(hotspots.name_of(hotspots.cell_at(lon, lat)) for lon, lat in happened)

    assert found.total() == len(happened) > 10_000
    assert found == truth


@pytest.mark.parametrize("resolution", range(9))
def test_larger_cells_are_the_parents_of_h3(places, resolution):
    cells = [h3.latlng_to_cell(lat, lon, 8) for lon, lat in places.values()]

    found = hotspots.parents_of(np.array([h3.str_to_int(cell) for cell in cells]), resolution)

    assert list(map(hotspots.name_of, found)) == [h3.cell_to_parent(cell, resolution) for cell in cells]


@pytest.mark.parametrize("resolution", range(9))
def test_the_finest_cells_within_a_cell_are_one_range_of_numbers(resolution):
    cell = h3.latlng_to_cell(31.23, 121.47, resolution)
    first, last = hotspots.finest_within(h3.str_to_int(cell))
    inside = sorted(map(h3.str_to_int, h3.cell_to_children(cell, 8) if resolution > 4 else []))
    beside = (h3.cell_to_center_child(near, 8) for near in h3.grid_ring(cell, 1))

    assert first == h3.str_to_int(h3.cell_to_center_child(cell, 8))
    assert all(first <= child <= last for child in inside)
    assert not any(first <= h3.str_to_int(child) <= last for child in beside)


def test_gi_star_is_that_of_esda(places):
    found, visits = Counter(), Counter()
    for row in rows("sf_inspections"):
        if row["business_id"] in places:
            lon, lat = places[row["business_id"]]
            visits[hotspots.cell_at(lon, lat)] += 1
    for row in rows("sf_violations"):
        if row["business_id"] in places:
            lon, lat = places[row["business_id"]]
            found[hotspots.cell_at(lon, lat)] += 1
    cells = np.array(sorted(visits), np.int64)
    values = np.array([found[cell] / visits[cell] for cell in cells.tolist()])

    ours = hotspots.gi_star(values, *hotspots.cells_side_by_side(cells))

    assert len(cells) > 90
    assert np.abs(ours - esda_gi_star(values, *hotspots.cells_side_by_side(cells))).max() < 1e-9


def esda_gi_star(values, one, other):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from esda.getisord import G_Local
        from libpysal.weights import W

        near = {i: [int(j) for j in other[one == i] if j != i] for i in range(len(values))}
        return G_Local(values, W(near, silence_warnings=True), transform="B", star=True, permutations=0).Zs


def test_cells_side_by_side_are_those_of_h3():
    middle = h3.latlng_to_cell(31.23, 121.47, 8)
    cells = np.array(sorted(map(h3.str_to_int, h3.grid_disk(middle, 2))), np.int64)

    one, other = hotspots.cells_side_by_side(cells)
    near = {hotspots.name_of(cells[j]) for j in other[one == np.searchsorted(cells, h3.str_to_int(middle))]}

    assert near == set(h3.grid_disk(middle, 1))
    assert len(one) == 19 + 2 * 42


def test_areas_that_nearly_touch_are_neighbours_and_one_without_a_shape_is_alone():
    boxes = [shapely.box(0, 0, 1, 1), shapely.box(1.00005, 0, 2, 1), shapely.box(3, 0, 4, 1), None]

    one, other = hotspots.areas_side_by_side(np.array(boxes, dtype=object))

    assert sorted(zip(one.tolist(), other.tolist(), strict=True)) == [
        (0, 0), (0, 1), (1, 0), (1, 1), (2, 2), (3, 3),
    ]  # fmt: skip


@given(arrays(float, st.integers(1, 60), elements=st.floats(0, 1)))
def test_false_discovery_is_benjamini_and_hochbergs(chances):
    assert hotspots.false_discovery(chances) == pytest.approx(false_discovery_control(chances), abs=1e-12)


@pytest.mark.parametrize("values", [[], [0.5], [0.2, 0.2, 0.2]])
def test_where_all_is_alike_nothing_stands_out(values):
    places = np.arange(len(values))
    scores = hotspots.gi_star(np.array(values, float), places, places)

    assert np.isnan(scores).all()
    assert (hotspots.chance_of(scores) == 1).all()


def test_a_score_of_1_96_is_chance_in_one_of_twenty():
    assert hotspots.chance_of(np.array([1.959964, -1.959964])) == pytest.approx([0.05, 0.05], abs=1e-6)


@pytest.mark.parametrize("name", ["", "not-a-cell", "89309a6e4c7ffff", "ffffffffffffffff"])
def test_what_is_no_cell_is_refused(name):
    with pytest.raises(ValueError, match="no cell"):
        hotspots.named(name)
