"""The index of geometry finds all that is near, on either database, and stays equal to the table."""

from datetime import UTC, datetime

import pytest
import shapely
from sqlalchemy import select, text

from backend.core import spatial
from backend.protected_sites.models import Site

NOW = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)


def _site(session, ref, place):
    session.add(site := Site(ref=ref, kind="primary", place=place, changed_at=NOW))
    session.flush()
    return site


def _near(session, lon, lat, metres):
    found = select(Site.ref).where(spatial.near(session, Site.place, lon, lat, metres)).order_by(Site.ref)
    return session.scalars(found).all()


@pytest.mark.parametrize("lat", [3.0, 31.2, 53.5])
def test_what_is_within_reach_is_found_and_what_is_far_is_not(deployment, lat):
    with deployment.unit_of_work() as session:
        _site(session, "here", shapely.Point(121.5, lat))
        _site(session, "150 m north", shapely.Point(121.5, lat + 0.00135))
        _site(session, "far", shapely.Point(121.6, lat))

        assert _near(session, 121.5, lat, 200) == ["150 m north", "here"]


def test_geometry_comes_back_to_the_last_bit(deployment):
    hole = shapely.Polygon(
        [(121.1234567890123, 31), (121.2, 31), (121.2, 31.1), (121.1, 31.1)],
        [[(121.14, 31.04), (121.16, 31.04), (121.15, 31.06)]],
    )
    with deployment.unit_of_work() as session:
        site_id = _site(session, "hole", hole).id

    with deployment.reading() as session:
        assert session.get_one(Site, site_id).place.equals_exact(hole, 0)


def test_the_index_follows_moves_and_removals(deployment):
    with deployment.unit_of_work() as session:
        site = _site(session, "moving", shapely.Point(121.5, 31.2))
        site.place = shapely.Point(121.6, 31.2)
        session.flush()
        assert _near(session, 121.5, 31.2, 200) == []
        assert _near(session, 121.6, 31.2, 200) == ["moving"]

        session.execute(text("DELETE FROM sites"))
        assert _near(session, 121.6, 31.2, 200) == []


def test_a_search_reads_the_index_not_the_table(deployment):
    if not deployment.is_sqlite:
        pytest.skip("only on SQLite: the trap is its planner")
    with deployment.unit_of_work() as session:
        for i in range(300):
            _site(session, f"s{i:03}", shapely.Point(121 + i / 1000, 31))
        session.execute(text("ANALYZE"))
        query = select(Site).where(spatial.near(session, Site.place, 121.1, 31, 200))
        sql = str(query.compile(session.get_bind(), compile_kwargs={"literal_binds": True}))
        plan = " / ".join(row.detail for row in session.execute(text(f"EXPLAIN QUERY PLAN {sql}")))

    assert "SEARCH sites USING INTEGER PRIMARY KEY" in plan
    assert "SCAN sites" not in plan
