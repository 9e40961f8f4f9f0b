"""The lists of cases, orders, tips and sweeps over 100,000 rows each, by every filter; the clock of cases.

    python scripts/bench_cases.py [--cases 100000] [--times 3] [--database sqlite|postgresql]

As a supervisor of one agency sees them, by CPU and by the clock on the wall: a page of twenty with the total.
The clock counts anew what stands on holidays that are not loaded: as it does every day, and on the day on
which they came, when the last day of every tenth case moves.
"""

import argparse
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

import bench_hotspots
from click import Command, Context
from invented_city import copies, next_id, put
from sqlalchemy import func, select, update

from backend import models
from backend.accounts.rules import Role
from backend.accounts.scope import Scope
from backend.cases import job, order_queries
from backend.cases import queries as cases
from backend.cases.deadlines import midnight
from backend.cli.demo_district import make
from backend.core.days import today
from backend.core.deployment import Deployment
from backend.core.settings import Settings
from backend.planning import queries as sweeps
from backend.rulebook.procedure import Whose
from backend.tips import queries as tips
from tests import postgres

LIST_MS, JOB_S, VENUES, OFFICERS, OVER = 100.0, 5.0, 20_000, 100, 0.2
EARLY, LATE = date(2000, 1, 1), date(2099, 1, 1)
Ask = Callable[[Any], Any]


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--cases", type=int, default=100_000, help="that are open; a fifth more are over")
    options.add_argument("--times", type=int, default=3)
    options.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    asked = options.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        url = f"sqlite:///{folder}/humiao.db"
        if asked.database == "postgresql":
            url = bench_hotspots.new_database(stack.enter_context(postgres.cluster()))
        stack.enter_context(Context(Command("bench")))
        settings = Settings(database_url=url, var_dir=folder)
        make(settings, folder / "accounts.json")
        deployment = Deployment.open(settings)
        stack.callback(deployment.engine.dispose)
        scope, case = fill(deployment, asked.cases)
        bench_hotspots.analyze(deployment)
        print(f"{asked.database}: {asked.cases:,} open cases, as many orders, tips and sweeps")
        lists(deployment, filters(scope, case), asked.times)
        clock(deployment)


def fill(deployment: Deployment, count: int) -> tuple[Scope, Any]:
    """Copies of what the demo made, at other venues on other days; returns who looks, and one case."""
    dice, on = random.Random(1), today()

    def some_day() -> Any:
        return on + timedelta(days=dice.randrange(-60, 200))

    with deployment.unit_of_work() as session:
        venues = copies(session, models.venues.Venue, VENUES, lambda n: {"name": f"示例场所 {n}"})

        def there(_: int) -> dict[str, Any]:
            return {"venue_id": dice.choice(venues)}

        _cases(session, count, there, some_day)
        copies(
            session, models.orders.Order, count,
            lambda n: there(n) | {"due_on": some_day(), "handed_on": on, "number": f"示例责改 {n}",
                                  "state": "open" if dice.random() > OVER else "passed"},
        )  # fmt: skip
        ago = datetime.now(UTC) - timedelta(days=90)
        copies(session, models.tips.Tip, count, lambda n: {"received_at": ago}, also=("channel_no",))
        copies(session, models.planning.Sweep, count, lambda n: {})
    with deployment.reading() as session:
        case = session.scalars(select(models.cases.Case).order_by(models.cases.Case.id.desc())).first()
        officer = session.scalar(select(models.cases.CaseOfficer.user_id).filter_by(case_id=case.id))
        scope = Scope((case.area_code[:6],), None, case.agency_id, Role.SUPERVISOR)
    return scope, {"venue_id": case.venue_id, "officer_id": officer, "state": case.state}


def _cases(session: Any, count: int, there: Callable[[int], Any], some_day: Callable[[], Any]) -> None:
    """Cases with the steps, officers and clocks of a case of the demo; clocks on unknown holidays."""
    rooms, dice, now = models.cases, random.Random(2), datetime.now(UTC)
    samples = session.scalars(select(rooms.Case).order_by(rooms.Case.id)).all()
    first = next_id(session, rooms.Case)
    ids = copies(
        session, rooms.Case, int(count * (1 + OVER)),
        lambda n: there(n) | ({} if n < count else {"is_open": False, "ended_at": now})
        | {"number": 1000 + n, "state": samples[n % len(samples)].state},
    )  # fmt: skip
    pool = copies(session, models.accounts.User, OFFICERS, lambda n: {"login": f"bench-{n}"})
    held: dict[str, list[Any]] = {"officers": [], "steps": [], "deadlines": []}
    steps = next_id(session, rooms.CaseStep)
    for n, case_id in enumerate(ids):
        sample = samples[(case_id - first) % len(samples)]
        of_case = {"case_id": case_id}
        two = dice.sample(pool, len(sample.officers))
        held["officers"] += [
            _row(one) | of_case | {"user_id": user} for one, user in zip(sample.officers, two, strict=True)
        ]
        mine = [_row(one) | of_case | {"id": steps + at} for at, one in enumerate(sample.steps)]
        held["steps"] += mine
        for one in [] if n >= count else sample.running:
            due_on, begun_on = some_day(), today() - timedelta(days=dice.randrange(500))
            held["deadlines"].append(_row(one) | of_case | {
                "begun_on": begun_on, "begun_at": midnight(begun_on),
                "started_by": steps, "due_on": due_on, "warn_on": due_on - timedelta(days=dice.randrange(3)),
                "is_provisional": True, "unloaded": [due_on.year + 1],
            })  # fmt: skip
        steps += len(mine)
    put(session, rooms.CaseOfficer, held["officers"])
    put(session, rooms.CaseStep, held["steps"])
    put(session, rooms.CaseDeadline, held["deadlines"])
    own = (rooms.CaseDeadline.case_id == rooms.Case.id, rooms.CaseDeadline.whose == Whose.AGENCY)
    warns, ends = (
        select(func.min(day)).where(*own).scalar_subquery()
        for day in (rooms.CaseDeadline.warn_on, rooms.CaseDeadline.due_on)
    )
    session.execute(update(rooms.Case).values(next_due_on=warns, overdue_after=ends))


def _row(one: Any) -> dict[str, Any]:
    """A row as it is, to be added again; steps get their ids from the caller."""
    return {column.name: getattr(one, column.name) for column in one.__table__.columns if column.name != "id"}


def filters(scope: Scope, case: dict[str, Any]) -> Iterator[tuple[str, Ask]]:
    """Every filter of every list, as the pages ask for it."""
    on = today()
    soon = on + timedelta(days=3)
    of_cases: list[dict[str, Any]] = [
        {}, {"offset": 50_000}, *({name: value} for name, value in case.items()), {"is_open": True},
        {"is_open": False}, {"overdue_on": on}, {"due_by": soon}, {"text": "场所 77"}, {"text": "zzz"},
        {"text": "2026"}, {"is_open": True, "overdue_on": on, "state": case["state"]},
    ]  # fmt: skip
    of_orders: list[dict[str, Any]] = [
        {}, {"offset": 50_000}, {"state": "open"}, {"venue_id": case["venue_id"]}, {"overdue_on": on},
        {"due_by": soon}, {"text": "场所 77"}, {"text": "zzz"},
    ]  # fmt: skip
    of_tips: list[dict[str, Any]] = [
        {}, {"offset": 50_000}, {"state": "received"}, {"source": "school"}, {"kind": "other"},
        {"nature": "complaint"}, {"overdue_on": on}, {"text": "zzz"},
    ]  # fmt: skip
    of_sweeps: list[dict[str, Any]] = [
        {},
        {"offset": 50_000},
        {"site_id": 1},
        *({"state": s} for s in sweeps.State),
    ]
    lists = (cases.list_cases, of_cases), (order_queries.list_orders, of_orders), (tips.list_tips, of_tips)
    for look, wanted in (*lists, (sweeps.list_sweeps, of_sweeps)):
        for chosen in wanted:
            said = " ".join(f"{name}={value}" for name, value in chosen.items())
            yield f"{look.__name__} {said}", lambda s, look=look, chosen=chosen: look(s, scope, **chosen)
    yield "cases.pressing", lambda session: cases.pressing(session, scope, on)


def lists(deployment: Deployment, wanted: Iterator[tuple[str, Ask]], times: int) -> None:
    """A line each: how many rows fit, and how long it took."""
    print(f"  {'rows':>9}{'p50 ms':>9}{'p50 CPU':>9}  limit {LIST_MS:g} ms")
    for name, ask in wanted:
        wall, cpu, found = [], [], None
        for _ in range(times):
            with deployment.reading() as session:
                began, at = time.perf_counter(), time.process_time()
                found = ask(session)
                wall.append((time.perf_counter() - began) * 1000)
                cpu.append((time.process_time() - at) * 1000)
        mark = "" if median(wall) <= LIST_MS else "  over"
        print(f"  {found[1]:9,}{median(wall):9.1f}{median(cpu):9.1f}  {name}{mark}")


def clock(deployment: Deployment) -> None:
    """The daily count while nothing new is loaded, and once the holidays of the year are there."""
    row, known = models.cases.CaseDeadline, today().year
    waits = {"unloaded": [known], "is_provisional": True}
    with deployment.unit_of_work() as session:  # every case as it would be, were its days not invented
        session.execute(update(row).values(waits | {"due_on": LATE, "warn_on": LATE}))
        job.recount(session, by="bench")
    for what, came in (("nothing new is loaded", False), ("the holidays of a year came", True)):
        if came:
            with deployment.unit_of_work() as session:
                session.execute(update(row).values(waits))
                tenth = (row.case_id % 10 == 0, row.due_on.is_not(None))
                session.execute(update(row).where(*tenth).values(due_on=EARLY, warn_on=EARLY))
        began, at = time.perf_counter(), time.process_time()
        with deployment.unit_of_work() as session:
            changed = job.recount(session, by="bench")
        took = time.perf_counter() - began, time.process_time() - at
        print("  clock, {}: {:.2f} s, {:.2f} s CPU, {:,} cases moved".format(what, *took, changed))
    print(f"  limit {JOB_S:g} s a day")


if __name__ == "__main__":
    main()
