"""The map of hotspots over 1,000,000 violations: asked for the first time, and again.

    python scripts/bench_hotspots.py [--violations 1000000] [--database sqlite|postgresql]

For a city's coordinator, who sees all of it whole, and for a district's, who is told of the other districts
what tells of nobody. First: a fresh process of the server has asked nothing yet.
"""

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import invented_places
import numpy as np
from sqlalchemy import create_engine, insert, text

from backend.accounts import actions as accounts
from backend.accounts.rules import Role
from backend.app import create_app
from backend.core.sealed import visit_key
from backend.core.settings import Settings
from backend.init import initialise
from backend.inspections.models import Standing, Violation, Visit
from backend.maps.alert_rules import alert_rules
from backend.maps.alerts import found as warned
from backend.maps.freezing import freeze
from backend.maps.queries import gathered
from backend.venues.models import Venue, VenueActivity
from geodata import hotspots as grid
from tests import postgres
from tests.people import desk_of

FIRST_S, AGAIN_S, VENUES, AT_ONCE = 3.0, 1.0, 20_000, 20_000
ACTIVITIES = ("internet_cafe", "song_and_dance", "bar", "tobacco")
DAY, NOW = date(2026, 11, 20), datetime(2026, 11, 20, 2, 30, tzinfo=UTC)


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--violations", type=int, default=1_000_000)
    options.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    asked = options.parse_args()
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        url = f"sqlite:///{folder}/humiao.db"
        if asked.database == "postgresql":
            url = new_database(stack.enter_context(postgres.cluster()))
        deployment = initialise(Settings(database_url=url, var_dir=Path(folder)))
        stack.callback(deployment.engine.dispose)
        visits = fill(deployment, asked.violations)
        print(f"{asked.database}: {asked.violations:,} violations of {visits:,} visits to {VENUES:,} venues")
        began = time.perf_counter()
        freeze(deployment, NOW)
        print(f"  all quarters frozen in {time.perf_counter() - began:.2f} s")
        print(f"  {'who':22}{'what':14}{'places':>8}{'first s':>9}{'again s':>9}")
        for who, areas in (("city", ("",)), ("one of 16 districts", ("310101",))):
            app = create_app(deployment)
            desk = desk_of(app, Role.COORDINATOR, areas=areas)
            if areas == ("",):
                report_warnings(desk)
            for what in ("", "?activity=bar", "?by=area", "?resolution=6"):
                forget()
                seconds, count = zip(*(ask(desk, what) for _ in range(4)), strict=True)
                print(f"  {who:22}{what or 'cells':14}{count[0]:8,}{seconds[0]:9.2f}{min(seconds[1:]):9.2f}")
        print(f"  limits: {FIRST_S:g} and {AGAIN_S:g} s")


def report_warnings(desk) -> None:
    """Each rule of the early warning over the whole city, asked for the first time; CPU of this process."""
    for rule in alert_rules():
        warned.clear()
        cpu = time.process_time()
        seconds, _ = ask(desk, f"?rule={rule.id}", "alerts")
        print(f"  {rule.id:14}{seconds:8.2f} s{time.process_time() - cpu:8.2f} s CPU")


def forget() -> None:
    """As if the process had just begun."""
    gathered.clear()
    grid.polygon.cache_clear()
    grid._cells_side_by_side.cache_clear()


def ask(desk, what: str, of: str = "hotspots") -> tuple[float, int]:
    began = time.perf_counter()
    found = desk.get(f"/api/v1/{of}{what}").json
    return time.perf_counter() - began, len(found)


def new_database(cluster: str) -> str:
    admin = create_engine(cluster.format(name="postgres"), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text("CREATE DATABASE bench"))
    admin.dispose()
    engine = create_engine(url := cluster.format(name="bench"))
    with engine.begin() as connection:
        connection.execute(text("CREATE EXTENSION postgis"))
    engine.dispose()
    return url


def fill(deployment, violations: int) -> int:
    """Three visits of five find nothing, one finds one violation, one finds four; returns how many visits."""
    places = invented_places.venues(VENUES, np.array([[121.47, 31.23]]), 0.8, seed=1)
    cells = [grid.cell_at(lon, lat) for lon, lat in places.tolist()]
    columns = np.minimum((places[:, 0] - places[:, 0].min()) / np.ptp(places[:, 0]) * 16, 15).astype(int)
    with deployment.unit_of_work() as session:
        names = {"name_zh": "示例局", "name_en": "Example bureau"}
        agency = accounts.put_agency(session, code="bench", activities=None, by="bench", now=NOW, **names).id
        key_id = visit_key(session, "bench").row_id
        venues = [{"id": n + 1, "ref": f"bench:{n}", "changed_at": NOW, "place": None} for n in range(VENUES)]
        session.execute(insert(Venue), venues)
        does = [{"venue_id": n + 1, "activity": ACTIVITIES[n % 4]} for n in range(VENUES)]
        session.execute(insert(VenueActivity), does)
    dice, count = random.Random(1), 0
    for part in in_parts(violations):
        with deployment.unit_of_work() as session:
            rows = [_visit(n, dice.randrange(VENUES), places, cells, columns, key_id, agency) for n in part]
            session.execute(insert(Visit.__table__), rows)
            found = [_violation(row) for row in rows for _ in range(row["found"])]
            session.execute(insert(Violation.__table__), found)
        count = part[-1]
        print(f"\r  {count:,} visits", end="", file=sys.stderr)
    print(file=sys.stderr)
    analyze(deployment)
    return count


def analyze(deployment) -> None:
    """What the filer has SQLite do each day, and PostgreSQL does by itself in time."""
    deployment.learn_sizes()
    if not deployment.is_sqlite:
        with deployment.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")


def in_parts(violations: int) -> Iterator[range]:
    for first in range(1, violations + 1, AT_ONCE):
        yield range(first, min(first + AT_ONCE, violations + 1))


def _visit(number, venue, places, cells, columns, key_id, agency) -> dict[str, object]:
    lon, lat = places[venue].tolist()
    name = f"uuid:{number:032x}"
    return {
        "id": number, "several": False, "to_review": 0,
        "instance_id": name, "visit_no": name, "form_id": "internet_cafe", "form_version": "1",
        "activity": ACTIVITIES[venue % 4], "venue_id": venue + 1, "area_code": f"3101{columns[venue] + 1:02}",
        "fact_on": DAY - timedelta(days=number % 1500), "received_at": NOW, "filed_at": NOW,
        "lon": lon, "lat": lat, "accuracy_m": 5.0, "cell": cells[venue], "found": (0, 0, 0, 1, 4)[number % 5],
        "rulebook_version": 1, "measures": [], "key_id": key_id, "record": b"0" * 1500, "agency_id": agency,
    }  # fmt: skip


def _violation(visit: dict[str, object]) -> dict[str, object]:
    return {
        "visit_id": visit["id"], "duty_id": "ACC-NET-1", "clauses": [], "standing": Standing.FOUND,
        "reasons": [], "doubts": [], "rulebook_version": 1, "fact_on": visit["fact_on"],
    }  # fmt: skip


if __name__ == "__main__":
    main()
