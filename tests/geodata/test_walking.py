"""Walking distances equal an independent shortest path on the same roads; what roads cannot say is said."""

from itertools import pairwise

import numpy as np
import osmium
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod, Transformer
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra

from geodata.layers import LayerUnreadable
from geodata.roads import read_roads
from geodata.walking import FAR_FROM_ROADS_M, Network, State, is_walkable
from tests.screening.places import at
from tests.shared_data import shared

GRS80 = Geod(ellps="GRS80")
PLACES = {
    "other_cities/helsinki_centre.osm.pbf": (24.9414, 60.1710),
    "other_cities/beijing_bjtu.osm.gz": (116.337, 39.951),
}


def street(*metres):
    return shapely.LineString([at(east, north) for east, north in metres])


def walk(network, start, end, reach_m=5000):
    (found,) = network.walks(*at(*start), [at(*end)], reach_m)
    return found


def ways(name):
    """The walkable ways of an extract, read by osmium alone: lists of (node id, lon, lat)."""
    for way in osmium.FileProcessor(str(shared(f"geodata/{name}"))).with_locations():
        if way.is_way() and is_walkable({tag.k: tag.v for tag in way.tags}):
            nodes = [(node.ref, node.lon, node.lat) for node in way.nodes if node.location.valid()]
            if len(nodes) > 1:
                yield nodes


def joined(*lines):
    """A network whose lines meet where they have a corner in the same place."""
    places = {}
    corners = [
        np.array([places.setdefault(corner, len(places)) for corner in line.coords], np.int64)
        for line in lines
    ]
    return Network(lines, corners)


class Truth:
    """The same roads by node numbers: lengths by pyproj, feet by shapely on a plane, paths by scipy."""

    def __init__(self, name):
        lon, lat = PLACES[name]
        self.to_plane = Transformer.from_crs(
            "EPSG:4490", f"+proj=aeqd +lon_0={lon} +lat_0={lat} +ellps=GRS80", always_xy=True
        ).transform
        self.number, self.edges, self.places = {}, [], []
        for nodes in ways(name):
            for ref, *place in nodes:
                if ref not in self.number:
                    self.number[ref] = len(self.places)
                    self.places.append(place)
            numbers = [self.number[ref] for ref, *_ in nodes]
            self.edges += [(a, b) for a, b in pairwise(numbers) if a != b]
        ends = np.array(self.places)[np.array(self.edges)]
        self.metres = GRS80.inv(*ends[:, 0].T, *ends[:, 1].T)[2]
        self.lines = shapely.linestrings(np.stack(self.to_plane(ends[..., 0], ends[..., 1]), axis=-1))
        self.tree = shapely.STRtree(self.lines)

    def walk(self, start, end):
        feet = [self._foot(place) for place in (start, end)]
        size = len(self.places)
        rows, columns, metres = (list(side) for side in (*zip(*self.edges, strict=True), self.metres))
        for extra, (edge, share, _) in enumerate(feet):
            for node, part in zip(self.edges[edge], (share, 1 - share), strict=True):
                rows, columns = [*rows, size + extra], [*columns, node]
                metres.append(part * self.metres[edge] + 1e-9)
        if feet[0][0] == feet[1][0]:
            rows, columns = [*rows, size], [*columns, size + 1]
            metres.append(abs(feet[0][1] - feet[1][1]) * self.metres[feet[0][0]] + 1e-9)
        shortest = {}
        for a, b, length in zip(rows, columns, metres, strict=True):  # two ways between the same nodes
            shortest[a, b] = min(length, shortest.get((a, b), np.inf))
        (a, b), lengths = zip(*shortest, strict=True), list(shortest.values())
        graph = coo_array((lengths, (a, b)), shape=(size + 2, size + 2)).tocsr()
        return dijkstra(graph, directed=False, indices=size)[size + 1] + feet[0][2] + feet[1][2]

    def _foot(self, place):
        point = shapely.Point(self.to_plane(*place))
        edge = int(self.tree.nearest(point))
        line = self.lines[edge]
        return edge, line.project(point, normalized=True), point.distance(line)


@pytest.mark.parametrize("name", PLACES)
def test_two_hundred_walks_equal_an_independent_shortest_path(name):
    truth, rng = Truth(name), np.random.default_rng(3)
    roads = list(read_roads(shared(f"geodata/{name}")))
    network = Network([shapely.LineString(road.xy) for road in roads], [road.corners for road in roads])
    compared, differences = 0, []
    while compared < 100:
        start = np.array(PLACES[name]) + rng.uniform(-0.004, 0.004, 2)
        end = start + rng.uniform(-0.006, 0.006, 2)
        (found,) = network.walks(*start, [tuple(end)], 20_000)
        if found.state is State.WALKED:
            compared += 1
            differences.append(abs(found.metres - truth.walk(start, end)))
            assert found.metres >= found.straight_m
            assert found.straight_m == pytest.approx(GRS80.inv(*start, *end)[2], abs=0.001)

    assert max(differences) < 1


def test_the_way_goes_round_by_the_bridge_and_not_across_the_river():
    south, north = (street((0, y), (500, y), (1000, y)) for y in (0, 100))
    network = joined(south, north, street((500, 0), (500, 100)))

    found = walk(network, (0, 10), (0, 90))

    assert found.straight_m == pytest.approx(80, abs=0.01)
    assert found.metres == pytest.approx(10 + 500 + 100 + 500 + 10, abs=0.05)
    assert (found.from_road_m, found.to_road_m) == pytest.approx((10, 10), abs=0.01)


def test_a_bridge_does_not_meet_the_street_below_though_both_have_a_corner_there():
    lines = [street((-500, 0), (0, 0), (500, 0)), street((0, -500), (0, 0), (0, 500))]
    apart = Network(lines, [np.array([1, 2, 3]), np.array([4, 5, 6])])

    assert walk(joined(*lines), (-400, 0), (0, 400)).metres == pytest.approx(800, abs=0.1)
    found = walk(apart, (-400, 0), (0, 400))

    assert (found.state, found.metres) == (State.UNCONNECTED, None)


def test_two_places_at_one_piece_of_road():
    found = walk(joined(street((0, 0), (1000, 0))), (100, 5), (700, -20))

    assert found.metres == pytest.approx(600 + 25, abs=0.05)


def test_a_place_walks_to_itself_along_its_straight_ends_only():
    assert walk(joined(street((0, 0), (100, 0))), (50, 30), (50, 30)).metres == pytest.approx(60, abs=0.01)


@pytest.mark.parametrize(
    ("end", "state"),
    [
        ((900, 0), State.FARTHER),
        ((50, FAR_FROM_ROADS_M + 1), State.FAR_FROM_ROADS),
        ((50, 4000), State.FAR_FROM_ROADS),
    ],
)
def test_what_the_network_cannot_say_is_said(end, state):
    found = walk(joined(street((0, 0), (300, 0), (1000, 0))), (0, 0), end, reach_m=400)

    assert (found.state, found.metres) == (state, None)
    assert found.to_road_m is not None


def test_without_roads_nothing_is_walked():
    found = walk(joined(), (0, 0), (10, 0))

    assert (found.state, found.metres, found.from_road_m) == (State.FAR_FROM_ROADS, None, None)


four = st.tuples(*[st.integers(-300, 300)] * 4)


@given(st.lists(four, min_size=1, max_size=12), four)
def test_no_walk_is_shorter_than_the_straight_line(streets, ends):
    network = joined(*(street((a, b), (c, d)) for a, b, c, d in streets if (a, b) != (c, d)))
    there, back = walk(network, ends[:2], ends[2:]), walk(network, ends[2:], ends[:2])

    assert there.state is back.state
    if there.metres is not None:
        assert there.metres >= there.straight_m
        assert back.metres == pytest.approx(there.metres, abs=1e-6)


@pytest.mark.parametrize(
    ("tags", "walkable"),
    [
        ({"highway": "footway"}, True),
        ({"highway": "residential"}, True),
        ({"highway": "motorway"}, False),
        ({"highway": "motorway", "foot": "yes"}, True),
        ({"highway": "service", "access": "private"}, False),
        ({"highway": "service", "access": "private", "foot": "yes"}, True),
        ({"highway": "primary", "foot": "no"}, False),
        ({"highway": "construction"}, False),
        ({"waterway": "river"}, False),
    ],
)
def test_who_may_walk_where(tags, walkable):
    assert is_walkable(tags) is walkable


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"name,lon,lat\nx,1,2\n", "not_osm"),
        (b"", "empty_file"),
        (b"<osm version='0.6'><way id='1'", "damaged"),
    ],
)
def test_what_is_no_extract_is_refused(tmp_path, content, reason):
    path = tmp_path / "roads.osm"
    path.write_bytes(content)

    with pytest.raises(LayerUnreadable) as refused:
        list(read_roads(path))

    assert refused.value.reason == reason
