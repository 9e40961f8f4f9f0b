"""Tiles over HTTP: whoever asks gets what they may see, and nobody gets what was made for somebody else."""

import numpy as np
import pyogrio
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from backend.accounts.auth import Role
from backend.accounts.models import Area
from backend.maps.kept import Kept
from backend.maps.tiles_api import drawn
from backend.screening.actions import screen
from geodata.tiles import EXTENT, Tile
from tests.inspections.visited import NOW, add_visit
from tests.maps.conftest import HERE
from tests.people import desk_of
from tests.screening.places import DAY, ORIGIN, add_site, add_venue, at, square

THERE = "310104"


@pytest.fixture(autouse=True)
def nothing_kept():
    """Each test begins with no tile made."""
    drawn.clear()


def tile_at(z, lon=ORIGIN[0], lat=ORIGIN[1]):
    step = 1 << z
    row = (1 - np.arcsinh(np.tan(np.radians(lat))) / np.pi) / 2 * step
    return Tile(z, int((lon + 180) / 360 * step), int(row))


@pytest.fixture
def read(tmp_path):
    """The layers of a tile as GDAL reads them: shapes in units of the tile, and columns."""

    def ask(desk, z, query="", kind="register", place=ORIGIN):
        tile = tile_at(z, *place)
        answer = desk.get(f"/api/v1/tiles/{kind}/{tile.z}/{tile.x}/{tile.y}.mvt{query}")
        assert answer.status_code == 200, answer.data
        if not answer.data:
            return {}
        path = tmp_path / "tile.mvt"
        path.write_bytes(answer.data)
        found = {}
        for layer in pyogrio.list_layers(path)[:, 0]:
            meta, _, geometry, columns = pyogrio.raw.read(path, layer=layer, CLIP="NO")
            shapes = shapely.transform(shapely.from_wkb(geometry), lambda xy: xy * [1, -1] + [0, EXTENT])
            found[layer] = shapes, dict(zip(meta["fields"], columns, strict=True))
        return found

    return ask


@pytest.fixture
def places(deployment, settings, agency):
    """A school with a gate, venues at 150 m and 350 m from it, and one of another district."""
    with deployment.unit_of_work() as session:
        gates = shapely.MultiPoint([at(50, 0)])
        school = add_site(session, square(0, 0, 100), area_code=HERE, gates=gates, name="示例小学").id
        ids = [
            add_venue(session, at(east_m, 50), area_code=code, name=f"{east_m} 米处").id
            for east_m, code in ((250, HERE), (450, HERE), (250, THERE))
        ]
        session.add(Area(code=HERE, name="黄浦区", place=square(-3000, -3000, 6000)))
        add_visit(session, venue_id=ids[0], found=1, agency_id=agency, area_code=HERE)
        screen(session, settings, DAY, by="tester", now=NOW)
    return school, ids


def test_venues_are_drawn_where_they_stand_with_their_verdict(supervisor, places, read):
    _, (near, far, _) = places

    shapes, columns = read(supervisor, 14)["venues"]

    assert dict(zip(columns["mvt_id"].tolist(), columns["verdict"], strict=True)) == {
        near: "inside", far: "not_configured",
    }  # fmt: skip
    wanted = tile_at(14).units(np.array([at(250, 50), at(450, 50)]))
    assert shapely.get_coordinates(shapes) == pytest.approx(np.floor(wanted))


def test_names_are_drawn_when_there_is_room_for_them(supervisor, places, read):
    assert "name" not in read(supervisor, 14)["venues"][1]
    assert list(read(supervisor, 16, place=at(250, 50))["venues"][1]["name"]) == ["250 米处", "450 米处"]


@pytest.mark.parametrize("z", [3, 8, 13])
def test_from_far_away_venues_are_told_by_number(supervisor, places, read, z):
    layers = read(supervisor, z)

    assert "venues" not in layers
    assert layers["venues_together"][1]["venues"].sum() == 2


def test_a_school_with_gates_and_ring(supervisor, places, read):
    layers = read(supervisor, 14)
    outline, gate, ring = (layers[name][0] for name in ("sites", "gates", "rings"))

    assert list(layers["sites"][1]["name"]) == ["示例小学"]
    assert gate[0].distance(outline[0]) <= 2
    assert ring[0].contains(outline[0])
    assert layers["rings"][1]["metres"].tolist() == [200.0]
    assert "sites" not in read(supervisor, 10)
    assert len(read(supervisor, 10)["site_points"][0]) == 1


def test_the_ring_of_a_school_beside_the_tile_is_drawn_into_it(deployment, supervisor, read):
    west, south, _, _ = tile_at(16).box(margin=0)
    with deployment.unit_of_work() as session:
        campus = shapely.box(west - 0.001, south + 0.001, west - 0.0005, south + 0.0015)
        add_site(session, campus, area_code=HERE)

    assert set(read(supervisor, 16)) == {"rings"}


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("?verdict=inside", 1),
        ("?activity=bar", 0),
        ("?status=found", 1),
        ("?status=unvisited", 1),
        ("?text=450", 1),
    ],
)
def test_what_is_chosen_beside_the_map_chooses_what_is_drawn(supervisor, places, read, query, count):
    venues = read(supervisor, 14, query).get("venues")

    assert (0 if venues is None else len(venues[0])) == count


def test_each_reader_gets_their_own_tile_however_soon_they_ask(app, agency, supervisor, places, read):
    _, (near, far, other) = places
    neighbour = desk_of(app, Role.SUPERVISOR, areas=(THERE,), agency_id=agency)
    everywhere = desk_of(app, Role.COORDINATOR, areas=("",))

    drawn = [
        set(read(desk, 14)["venues"][1]["mvt_id"].tolist())
        for desk in (supervisor, neighbour, everywhere, supervisor)
    ]

    assert drawn == [{near, far}, {other}, {near, far, other}, {near, far}]


def test_a_school_sees_itself_and_what_its_list_shows_and_no_more(deployment, app, places, read):
    school, _ = places
    with deployment.unit_of_work() as session:
        other = add_site(session, square(700, 700, 100), area_code=HERE, name="别的学校").id
    desk = desk_of(app, Role.REPORTER, areas=(HERE,), site_id=school)
    listed = desk.get(f"/api/v1/sites/{school}/nearby").json

    layers = read(desk, 14)
    shapes, columns = layers["venues"]

    assert sorted(columns) == ["activity", "mvt_id", "status"]
    assert sorted(columns["status"]) == sorted(one["status"] for one in listed)
    assert len(shapes) == len(listed) == 3
    assert layers["sites"][1]["mvt_id"].tolist() == [school] != [other]
    assert len(layers["rings"][0]) == 1
    neighbour = read(desk_of(app, Role.REPORTER, areas=(HERE,), site_id=other), 14)
    assert neighbour["sites"][1]["mvt_id"].tolist() == [other]
    assert "venues" not in neighbour


@pytest.mark.parametrize("query", ["?text=450", "?verdict=inside", "?status=found", "?since=2026-01-01"])
def test_a_school_learns_nothing_by_choosing(app, places, read, query):
    desk = desk_of(app, Role.REPORTER, areas=(HERE,), site_id=places[0])

    assert len(read(desk, 14, query)["venues"][0]) == len(read(desk, 14)["venues"][0]) == 3


def test_areas_lie_below_for_everybody(app, supervisor, places, read):
    shapes, columns = read(supervisor, 12, kind="base")["areas"]

    assert list(columns["name"]) == ["黄浦区"]
    assert shapes[0].area > 0


def test_a_tile_that_is_as_it_was_is_not_sent_again(app, supervisor, places):
    tile = tile_at(14)
    address = f"/api/v1/tiles/register/{tile.z}/{tile.x}/{tile.y}.mvt"
    first = supervisor.get(address)
    again = supervisor.get(address, headers={"If-None-Match": first.headers["ETag"]})
    other = desk_of(app, Role.COORDINATOR, areas=("",)).get(
        address, headers={"If-None-Match": first.headers["ETag"]}
    )

    assert (again.status_code, again.data) == (304, b"")
    assert other.status_code == 200
    assert first.headers["Cache-Control"] == "private, no-cache"
    assert first.headers["Vary"] == "Cookie"


def test_the_same_picture_has_another_tag_for_another_reader(app, agency, places):
    tile = tile_at(14)
    address = f"/api/v1/tiles/base/{tile.z}/{tile.x}/{tile.y}.mvt"
    answers = [
        desk_of(app, Role.SUPERVISOR, areas=(code,), agency_id=agency).get(address) for code in (HERE, THERE)
    ]

    assert answers[0].data == answers[1].data != b""
    assert answers[0].headers["ETag"] != answers[1].headers["ETag"]


@pytest.mark.parametrize("place", ["0/1/0", "30/1/1", "3/0/8"])
def test_there_is_nothing_beyond_the_map(supervisor, place):
    assert supervisor.get(f"/api/v1/tiles/register/{place}.mvt").status_code == 404


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN])
def test_who_sees_no_register_sees_no_tile(app, role):
    assert desk_of(app, role).get("/api/v1/tiles/register/0/0/0.mvt").status_code == 403


def test_a_value_is_worked_out_once_while_it_is_kept():
    made, clock = [], [0.0]
    kept = Kept(seconds=60, room=2000, clock=lambda: clock[0])

    def ask(key):
        return kept.get(key, lambda: made.append(key) or b"tile")

    assert (ask("a"), ask("a"), ask("b")) == (b"tile",) * 3
    assert made == ["a", "b"]
    clock[0] = 60.0
    ask("a")
    assert made == ["a", "b", "a"]


def test_what_is_empty_takes_room_too():
    kept = Kept(seconds=60, room=2000, clock=lambda: 0.0)
    for key in range(100):
        kept.get(key, lambda: b"")

    assert kept[0] is None
    assert kept[99] == b""


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 40)), max_size=60))
def test_no_more_is_kept_than_there_is_room_for(asked):
    clock = [0.0]
    kept = Kept(seconds=60, room=2000, clock=lambda: clock[0])
    for key, size in asked:
        clock[0] += 31
        kept.get(key, lambda size=size: b"x" * size)

        assert sum(len(kept[other] or b"") for other in range(10)) <= kept.size <= 2000
