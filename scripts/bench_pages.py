"""Every page of the desk in a city of 100,000 venues, as each role sees it: none takes longer than 300 ms.

    python scripts/bench_pages.py [--venues 100000] [--times 5] [--database sqlite|postgresql] [--all]

In one process, without the network: what a worker needs for a page. Each role looks at the whole city and at
one district of sixteen. The first look is among them, when nothing is kept yet. CPU is that of this process.
"""

import argparse
import gc
import re
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

import bench_hotspots
import invented_city
from click import Command, Context
from sqlalchemy import select

from backend import models
from backend.accounts.auth import Role, roles_of
from backend.app import create_app
from backend.core.settings import Settings
from backend.maps.freezing import freeze
from tests import postgres
from tests.people import desk_of

LIMIT_MS = 300.0
FILTERS = {
    "/venues": ("?page=100", "?text=示例场所 77", "?text=zzz", "?activity=bar", "?verdict=inside",
                "?area=319905", "?verdict=no_position", "?area=319905&activity=bar&verdict=survey"),
    "/sites": ("?page=100", "?text=示例小学 77", "?kind=primary", "?area=319905"),
    "/tasks": ("?page=100", "?overdue=true", "?state=done", "?kind=planned"),
    "/tips": ("?page=100", "?state=received", "?source=school"),
    "/today": ("?day=2026-10-01",),
    "/flagged": ("?page=100", "?flag=missing_photo", "?since=2026-10-01"),
    "/proposals": ("?page=50", "?state=merged"),
    "/audit": ("?page=1000", "?deed=visit.record", "?subject=visit:77"),
    "/warnings": ("?rule=EW-REPEAT", "?page=20"),
    "/map": ("?shows=cells", "?shows=areas", "?activity=bar", "?status=found", "?since=2026-07-01",
             "?shows=change&before_since=2026-01-01&before_until=2026-03-31&since=2026-04-01&until=2026-06-30"),
    "/document-numbers": ("?page=100",),
    "/users": ("?page=20",),
}  # fmt: skip


class Took(NamedTuple):
    wall_ms: list[float]
    cpu_ms: list[float]


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--venues", type=int, default=100_000)
    options.add_argument("--times", type=int, default=5)
    options.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    options.add_argument("--all", action="store_true", help="print every page, not only the slowest")
    asked = options.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        url = f"sqlite:///{folder}/humiao.db"
        if asked.database == "postgresql":
            url = bench_hotspots.new_database(stack.enter_context(postgres.cluster()))
        stack.enter_context(Context(Command("bench")))
        deployment = invented_city.build(Settings(database_url=url, var_dir=folder), folder, asked.venues)
        stack.callback(deployment.engine.dispose)
        freeze(deployment, invented_city.datetime.now(invented_city.UTC))
        bench_hotspots.analyze(deployment)
        report(asked, list(measure(deployment, asked.times)))


def measure(deployment: Any, times: int) -> Iterator[tuple[str, Took]]:
    """Each page of each role, over the whole city and over a district."""
    app = create_app(deployment)
    gc.freeze()  # as a worker does
    opened = details(deployment)
    with deployment.reading() as session:
        agency = session.scalar(select(models.accounts.Agency.id).filter_by(code="demo-culture"))
        school = session.scalar(select(models.accounts.User.site_id).filter_by(login="school"))
    for role in Role:
        for reach in ("", "319901"):
            of = {"site_id": school} if role is Role.REPORTER else {"agency_id": agency}
            client = desk_of(app, role, areas=(reach,), **of)
            for address in addresses(app, role, opened):
                name = f"{role.value} {'city' if not reach else 'district'} {address}"
                if took := look(client, address, times):
                    yield name, took


def look(client: Any, address: str, times: int) -> Took | None:
    """How long it took; nothing where the one of its kind is not theirs to see."""
    took = Took([], [])
    for _ in range(times):
        wall, cpu = time.perf_counter(), time.process_time()
        answer = client.get(address)
        took.wall_ms.append((time.perf_counter() - wall) * 1000)
        took.cpu_ms.append((time.process_time() - cpu) * 1000)
        if answer.status_code == 404:
            return None
        assert answer.status_code < 400, (address, answer.status_code)
    return took


def addresses(app: Any, role: Role, opened: dict[str, Any]) -> Iterator[str]:
    """The pages without parameters, one of each kind with them, and the usual filters."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda one: one.rule):
        named = "GET" in (rule.methods or ()) and role in roles_of(app.view_functions[rule.endpoint])
        if not named or not rule.endpoint.startswith("pages.") or re.search(r"\.\w+$|pictures", rule.rule):
            continue
        if rule.arguments <= opened.keys():
            given = {name: opened[name] for name in rule.arguments}
            with app.test_request_context():
                address = app.url_map.bind("localhost").build(rule.endpoint, given)
            yield address if rule.endpoint != "pages.map_visits" else f"{address}?area=319901"
            yield from (address + words for words in FILTERS.get(address, ()))


def details(deployment: Any) -> dict[str, Any]:
    """One of each kind, of the demo's culture squad in its district, so that everybody may open it."""
    tip, proposal = models.tips.Tip, models.proposals.Proposal
    first = {
        "venue_id": models.venues.Venue, "site_id": models.protected_sites.Site, "tip_id": tip,
        "visit_id": models.inspections.Visit, "task_id": models.tasks.Task,
        "device_id": models.accounts.Device, "user_id": models.accounts.User,
        "agency_id": models.accounts.Agency,
    }  # fmt: skip
    with deployment.reading() as session:
        found = {name: session.scalar(select(model.id).order_by(model.id)) for name, model in first.items()}
        found["uuid"] = session.scalar(select(proposal.uuid).order_by(proposal.id))
    return found


def report(asked: Any, looks: list[tuple[str, Took]]) -> None:
    """The slowest first."""
    print(f"{asked.database}: {asked.venues:,} venues, {len(looks)} pages of {len(Role)} roles")
    print(f"  {'p50 ms':>8}{'worst ms':>10}{'p50 CPU':>9}{'worst CPU':>11}  who, reach, page")
    ranked = sorted(looks, key=lambda one: -max(one[1].wall_ms))
    for name, took in ranked if asked.all else ranked[:25]:
        numbers = (median(took.wall_ms), max(took.wall_ms), median(took.cpu_ms), max(took.cpu_ms))
        print("  {:8.1f}{:10.1f}{:9.1f}{:11.1f}  {}".format(*numbers, name))
    for what, number in (("median", median), ("worst", max)):
        slow = sum(number(took.wall_ms) > LIMIT_MS for _, took in looks)
        print(f"  {slow} pages over {LIMIT_MS:g} ms by their {what} look")


if __name__ == "__main__":
    main()
