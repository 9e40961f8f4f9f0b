"""Sites around a point are found whatever they are drawn as, and at the same cost among many."""

import random
import statistics
import time

import pytest
import shapely
from sqlalchemy import insert, text

from backend.core import spatial
from backend.protected_sites.models import Site
from backend.protected_sites.queries import sites_near
from geodata.distance import point_to_geometry_m
from tests.screening.places import NOW, ORIGIN, add_site, at, random_register, square


@pytest.mark.parametrize("seed", range(3))
def test_every_site_whose_place_or_gates_are_near_is_found(deployment, seed):
    dice = random.Random(seed)
    with deployment.unit_of_work() as session:
        random_register(session, seed)

    with deployment.reading() as session:
        everything = session.query(Site).all()
        for _ in range(20):
            (lon, lat), radius_m = at(dice.uniform(-900, 900), dice.uniform(-900, 900)), dice.uniform(1, 400)
            shapes = {site.id: [s for s in (site.place, site.gates) if s] for site in everything}
            near = {
                i
                for i, drawn in shapes.items()
                if min(point_to_geometry_m(lon, lat, s) for s in drawn) <= radius_m
            }

            found = sites_near(session, lon, lat, radius_m)

            assert near <= {row.id for row in found}
            assert [row.id for row in found] == sorted({row.id for row in found})
            box = shapely.box(*spatial.around(lon, lat, radius_m + 1))  # R*Trees round outwards
            assert all(box.intersects(shapely.union_all([row.place, row.gates]).envelope) for row in found)


def test_a_site_with_gates_across_the_road_is_found_by_them(deployment):
    with deployment.unit_of_work() as session:
        site_id = add_site(session, square(1000, 0, 100), gates=shapely.MultiPoint([at(20)])).id

    with deployment.reading() as session:
        [found] = sites_near(session, *ORIGIN, 50)

    assert (found.id, found.place.geom_type, len(found.gates.geoms)) == (site_id, "Polygon", 1)


def test_finding_costs_the_same_among_ten_times_as_many(deployment):
    def add(number, lat):
        rows = [
            {
                "ref": f"{lat}:{i}",
                "kind": "primary",
                "place": shapely.Point(i * 0.001, lat),
                "version": 1,
                "changed_at": NOW,
            }
            for i in range(number)
        ]
        with deployment.unit_of_work() as session:
            session.execute(insert(Site.__table__), rows)
            session.execute(text("ANALYZE"))

    def median_s():
        took = []
        with deployment.reading() as session:
            for i in range(200):
                begun = time.perf_counter()
                found = sites_near(session, 0.5 + i * 0.001, 30, 200)
                took.append(time.perf_counter() - begun)
                assert len(found) == 5
        return statistics.median(took)

    add(1000, 30)
    few = median_s()
    add(10_000, 31)
    many = median_s()

    assert many < 3 * few + 0.001
