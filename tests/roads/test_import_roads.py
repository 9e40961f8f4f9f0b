"""Roads come in as a network with its version and day, and the newest is the one that is used."""

import json
from datetime import date

import pytest
from sqlalchemy import select

from backend.imports.errors import FileRefused
from backend.roads.actions import import_roads
from backend.roads.models import Road
from backend.roads.queries import newest_network, roads_around
from backend.screening.actions import screen
from tests.command import humiao
from tests.roads.drawn import osm_file
from tests.screening.places import NOW, ORIGIN
from tests.shared_data import shared

DAY = date(2026, 7, 21)


@pytest.fixture
def take_in(deployment):
    def run(path, **options):
        asked = {"crs": "wgs84", "drawn_on": DAY, "source": "示例", "by": "tester", "now": NOW} | options
        with deployment.unit_of_work() as session:
            return import_roads(session, path, **asked).id

    return run


def test_real_roads_come_in_with_where_they_are_from(deployment, take_in):
    network_id = take_in(shared("geodata/shanghai/roads_huangpu_2026_osm_wgs84.osm.gz"), source="OSM")

    with deployment.reading() as session:
        network = newest_network(session)
        kinds = set(session.scalars(select(Road.kind)))
        assert (network.id, network.drawn_on, network.source, network.source_crs) == (
            network_id, DAY, "OSM", "wgs84",
        )  # fmt: skip
        assert network.roads == len(session.scalars(select(Road.id)).all()) == 793
        assert "residential" in kinds


def test_the_newest_network_is_used_and_older_ones_stay(deployment, take_in, tmp_path):
    older = take_in(osm_file(tmp_path / "a.osm", [(0, 0), (100, 0)], [(0, 50), (100, 50)]))
    newer = take_in(osm_file(tmp_path / "b.osm", [(0, 0), (100, 0)]))

    with deployment.reading() as session:
        network = newest_network(session)
        assert network.id == newer != older
        assert len(roads_around(session, network, *ORIGIN, 500)) == 1
        assert len(session.scalars(select(Road.id)).all()) == 3


def test_only_roads_near_by_are_loaded(deployment, take_in, tmp_path):
    take_in(osm_file(tmp_path / "a.osm", [(0, 0), (100, 0)], [(5000, 0), (5100, 0)]))

    with deployment.reading() as session:
        assert len(roads_around(session, newest_network(session), *ORIGIN, 1000)) == 1


def test_a_file_of_another_reference_is_converted(deployment, take_in, tmp_path):
    take_in(osm_file(tmp_path / "a.osm", [(0, 0), (100, 0)]), crs="gcj02")

    with deployment.reading() as session:
        line = session.scalar(select(Road.place))
        assert 0.001 < abs(line.coords[0][0] - ORIGIN[0]) < 0.01


@pytest.mark.parametrize(
    ("tags", "crs", "reason"),
    [({}, None, "crs_missing"), ({}, "mars", "crs_unknown"), ({"highway": "motorway"}, "wgs84", "no_roads")],
)
def test_what_cannot_be_used_is_refused_and_leaves_nothing(deployment, take_in, tmp_path, tags, crs, reason):
    path = osm_file(tmp_path / "a.osm", [(0, 0), (100, 0)], **tags)

    with pytest.raises(FileRefused) as refused:
        take_in(path, crs=crs)

    assert refused.value.reason == reason
    with deployment.reading() as session:
        assert newest_network(session) is None


def test_the_commands_take_roads_in_and_measure_on_them(settings, deployment, tmp_path):
    path = osm_file(tmp_path / "roads.osm", [(0, 0), (100, 0)])

    said = humiao(
        settings, "import", "roads", path, "--crs", "wgs84", "--on", DAY, "--source", "示例", "--json"
    )
    unscreened = humiao(settings, "walk", check=False)
    with deployment.unit_of_work() as session:
        screen(session, settings, DAY, by="tester", now=NOW)

    assert json.loads(said.stdout) == {"network": 1, "roads": 1}
    assert unscreened.returncode == 1
    assert "1" in humiao(settings, "walk").stdout
