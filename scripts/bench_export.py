"""Export of 10,000 submissions as CSV and as GeoJSON over HTTP, streamed, with venues, violations and flags.

python scripts/bench_export.py [--visits 10000]
"""

import argparse
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert

from backend.accounts.rules import Role
from backend.app import create_app
from backend.core.sealed import visit_key
from backend.core.settings import Settings
from backend.init import initialise
from backend.inspections.models import Finding, Standing, Violation, Visit, VisitFlag
from tests.people import desk_of
from tests.screening.places import add_venue, at

LIMIT_S, VENUES = 3.0, 500
DAY, NOW = date(2026, 11, 20), datetime(2026, 11, 20, 2, 30, tzinfo=UTC)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--visits", type=int, default=10_000)
    count = options.parse_args().visits
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/humiao.db"
        deployment = initialise(Settings(database_url=url, var_dir=Path(folder)))
        fill(deployment, count)
        desk = desk_of(create_app(deployment), Role.SUPERVISOR)
        print(f"{count:,} submissions, each with 16 items, some with violations and flags")
        for kind in ("csv", "geojson"):
            began = time.perf_counter()
            with desk.get(f"/api/v1/visits.{kind}") as answer:
                size = sum(len(part) for part in answer.iter_encoded())
            took = time.perf_counter() - began
            print(f"  {kind:8}{took:7.2f} s{size / 2**20:8.1f} MiB   limit {LIMIT_S:g} s")
        deployment.engine.dispose()


def fill(deployment, count: int) -> None:
    """Visits of a month at some venues; every fifth found something."""
    with deployment.unit_of_work() as session:
        venues = [add_venue(session, at(n * 20.0), area_code="310101").id for n in range(VENUES)]
        key_id = visit_key(session, "bench").row_id
        session.execute(insert(Visit), [_visit(n, venues[n % VENUES], key_id) for n in range(1, count + 1)])
        items = [
            {"visit_id": n, "item": f"item_{i}", "answer": "breach" if n % 5 == 0 and i < 2 else "compliant",
             "duties": [], "clauses": [], "photos": []}
            for n in range(1, count + 1) for i in range(16)
        ]  # fmt: skip
        session.execute(insert(Finding), items)
        violations = [
            {"visit_id": n, "duty_id": "ACC-NET-1", "clauses": [], "standing": Standing.FOUND, "reasons": [],
             "doubts": [], "rulebook_version": 1, "fact_on": DAY}
            for n in range(5, count + 1, 5)
        ]  # fmt: skip
        session.execute(insert(Violation), violations)
        flags = [
            {"visit_id": n, "code": "no_check_code", "count": 1, "raised_at": NOW} for n in range(3, count, 3)
        ]
        session.execute(insert(VisitFlag), flags)


def _visit(number: int, venue_id: int, key_id: int) -> dict[str, object]:
    name = f"uuid:{number}"
    lon, lat = at(number % VENUES * 20.0)
    return {
        "id": number, "instance_id": name, "visit_no": name, "form_id": "internet_cafe", "form_version": "1",
        "activity": "internet_cafe", "venue_id": venue_id, "area_code": "310101",
        "fact_on": DAY - timedelta(days=number % 30), "started_at": NOW, "ended_at": NOW, "received_at": NOW,
        "filed_at": NOW, "lon": lon, "lat": lat, "accuracy_m": 5.0, "rulebook_version": 1,
        "measures": ["oral_reminder"], "key_id": key_id, "record": b"",
    }  # fmt: skip


if __name__ == "__main__":
    main()
