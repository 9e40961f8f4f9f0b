"""Vector tiles of 150,000 venues over HTTP: at zoom 14 cold and warm, and how large the largest is.

    python scripts/bench_tiles.py [--venues 150000] [--tiles 200] [--database sqlite|postgresql]

A cold tile was never drawn; a warm one was drawn for the same reader less than a minute ago.
"""

import argparse
import http.client
import tempfile
import time
from contextlib import ExitStack
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import urlsplit

import bench_hotspots
import invented_places
import numpy as np
import shapely
from sqlalchemy import insert

from backend.accounts.actions import start_sign_in
from backend.accounts.auth import SESSION_COOKIE, Role
from backend.core.settings import Settings
from backend.init import initialise
from backend.protected_sites.models import Site
from backend.screening.actions import screen
from backend.venues.models import Venue, VenueActivity
from geodata.tiles import Tile
from tests import postgres
from tests.people import add_person
from tests.server import running

COLD_MS, WARM_MS, MOST_BYTES = 60.0, 5.0, 500_000
CITY = (np.array([[121.47, 31.23]]), 0.8)
NOW = datetime(2026, 11, 20, 2, 30, tzinfo=UTC)


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--venues", type=int, default=150_000)
    options.add_argument("--tiles", type=int, default=200)
    options.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    asked = options.parse_args()
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        url = f"sqlite:///{folder}/humiao.db"
        if asked.database == "postgresql":
            url = bench_hotspots.new_database(stack.enter_context(postgres.cluster()))
        settings = Settings(database_url=url, var_dir=Path(folder))
        deployment = initialise(settings)
        stack.callback(deployment.engine.dispose)
        places = fill(deployment, settings, asked.venues)
        user = add_person(deployment, Role.SUPERVISOR, areas=("",))
        with deployment.unit_of_work() as session:
            token = start_sign_in(session, user, now=datetime.now(UTC))
        address = urlsplit(stack.enter_context(running(settings, workers=1)))
        connection = http.client.HTTPConnection(str(address.hostname), address.port)
        cookie = {"Cookie": f"{SESSION_COOKIE}={token}"}
        print(f"{asked.database}: {asked.venues:,} venues, {len(SITES):,} schools, one worker")
        print(f"  {'zoom':>4}{'tiles':>7}{'cold p50 ms':>13}{'warm p50 ms':>13}{'largest kB':>12}")
        for z in (14, 16, 12, 10, 8):
            tiles = tiles_with_most(places, z, asked.tiles)
            report(
                z, *(zip(*(fetch(connection, cookie, tile) for tile in tiles), strict=True) for _ in range(2))
            )
        print(f"  limits at zoom 14: {COLD_MS:g} and {WARM_MS:g} ms; none over {MOST_BYTES / 1000:g} kB")


SITES = range(3_500)


def report(z, cold, warm) -> None:
    (cold_s, sizes), (warm_s, _) = cold, warm
    p50 = [np.percentile(np.array(seconds) * 1000, 50) for seconds in (cold_s, warm_s)]
    print(f"  {z:4}{len(sizes):7}{p50[0]:13.1f}{p50[1]:13.1f}{max(sizes) / 1000:12.1f}")


def fetch(connection, cookie, tile) -> tuple[float, int]:
    began = time.perf_counter()
    connection.request("GET", f"/api/v1/tiles/register/{tile.z}/{tile.x}/{tile.y}.mvt", headers=cookie)
    answer = connection.getresponse()
    content = answer.read()
    took = time.perf_counter() - began
    assert answer.status == 200, content
    return took, len(content)


def tiles_with_most(places, z: int, count: int) -> list[Tile]:
    """The fullest tiles of a zoom."""
    step = 1 << z
    column = ((places[:, 0] + 180) / 360 * step).astype(int)
    lat = np.radians(places[:, 1])
    row = ((1 - np.arcsinh(np.tan(lat)) / np.pi) / 2 * step).astype(int)
    which, times = np.unique(np.column_stack([column, row]), axis=0, return_counts=True)
    fullest = which[np.argsort(-times)[:count]].tolist()
    return [Tile(z, x, y) for x, y in fullest]


def fill(deployment, settings, count: int) -> np.ndarray:
    places = invented_places.venues(count, *CITY, seed=1)
    outlines = invented_places.schools(len(SITES), *CITY, seed=2)
    with deployment.unit_of_work() as session:
        venues = [
            {"id": n + 1, "ref": f"bench:{n}", "name": f"示例场所 {n}", "place": point, "changed_at": NOW,
             "area_code": "310101"}
            for n, point in enumerate(shapely.points(places))
        ]  # fmt: skip
        session.execute(insert(Venue.__table__), venues)
        does = [{"venue_id": n + 1, "activity": bench_hotspots.ACTIVITIES[n % 4]} for n in range(count)]
        session.execute(insert(VenueActivity.__table__), does)
        schools = [
            {"id": n + 1, "ref": f"school:{n}", "name": f"示例小学 {n}", "kind": "primary", "place": outline,
             "changed_at": NOW, "area_code": "310101"}
            for n, outline in enumerate(outlines)
        ]  # fmt: skip
        session.execute(insert(Site.__table__), schools)
    with deployment.unit_of_work() as session:
        screen(session, settings, date(2026, 11, 20), by="bench", now=NOW)
    bench_hotspots.analyze(deployment)
    return places


if __name__ == "__main__":
    main()
