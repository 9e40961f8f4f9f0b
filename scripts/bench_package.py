"""Packages of a city: 20,000 venues, 8,000 sites, 60,000 visits, and 200 changes. Bytes and seconds.

    python scripts/bench_package.py [--venues 20000] [--sites 8000] [--changes 200]

Made in process, on SQLite: first with nothing packed, then for a second tablet, then what changed. Venues
have names, addresses, licences, pinyin and three visits each; sites outlines of 12 corners and two gates.
"""

import argparse
import random
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import invented_places
import numpy as np
import shapely
from sqlalchemy import insert, update

from backend.accounts import actions as accounts
from backend.accounts import queries
from backend.core.deployment import Deployment
from backend.core.sealed import visit_key
from backend.core.settings import Settings
from backend.init import initialise
from backend.inspections.models import Standing, Violation, Visit
from backend.intake.built_forms import folder
from backend.packages.actions import Taken, take
from backend.protected_sites.models import SITE_KINDS, Site
from backend.venues import pinyin
from backend.venues.models import Licence, Venue, VenueActivity
from forms.build import build

CHECKLISTS = Path(__file__).parents[1] / "forms" / "checklists"
MIDDLE, SIDE = np.array([[121.4, 31.2]]), 0.8
ACTIVITIES = ("internet_cafe", "song_and_dance", "bar", "tobacco", "hotel", "alcohol", "script_play")
SYLLABLES = (
    "蓝星夜莺海天华美金玉龙凤和平长江春秋东南西北中兴百乐新大世纪阳光明珠红旗建国人民解放文化体育商业街"
)
NOW = datetime.now(UTC)


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name, count in (("venues", 20_000), ("sites", 8_000), ("changes", 200)):
        options.add_argument(f"--{name}", type=int, default=count)
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as place:
        deployment = initialise(Settings(database_url=f"sqlite:///{place}/h.db", var_dir=Path(place)))
        build(CHECKLISTS, folder(deployment), validate=False)
        spelled_s = fill(deployment, asked.venues, asked.sites)
        print(f"{asked.venues:,} venues, {asked.sites:,} sites; spelled in pinyin in {spelled_s:.1f} s")
        token = tablet(deployment)
        whole = timed("whole, nothing packed yet", deployment, token)
        timed("whole, packed for another before", deployment, token)
        change(deployment, asked.changes)
        timed(f"{asked.changes} changes since", deployment, token, since=str(whole.version))
        timed("whole, packed before, and what changed", deployment, token)
        timed("nothing changed", deployment, token, since=str(take_now(deployment, token, "").version))
        deployment.engine.dispose()
    print("  limits: whole under 4 MB and 3 s, 200 changes under 50 KB")


def timed(what: str, deployment: Deployment, token: str, since: str = "") -> Taken:
    began = time.perf_counter()
    taken = take_now(deployment, token, since)
    print(f"  {what:<40}{len(taken.content) / 1000:10,.1f} KB{time.perf_counter() - began:9.3f} s")
    return taken


def take_now(deployment: Deployment, token: str, since: str) -> Taken:
    with deployment.reading() as session:
        found = queries.device_by_token(session, accounts.token_hash(session, "device", token), NOW)
    assert found
    return take(deployment, found[1], since=since, now=NOW)


def tablet(deployment: Deployment) -> str:
    """A tablet that carries the whole city; its token."""
    with deployment.unit_of_work() as session:
        return accounts.add_device(
            session, name="bench", areas=[""], expires_at=NOW + timedelta(days=9), public_key=b"bench",
            by="bench", now=NOW,
        )[1]  # fmt: skip


def fill(deployment: Deployment, venues: int, sites: int) -> float:
    """Write the register; returns how long spelling it took."""
    dice = random.Random(1)
    points = shapely.points(invented_places.venues(venues, MIDDLE, SIDE, seed=2))
    outlines = invented_places.schools(sites, MIDDLE, SIDE, seed=3)
    with deployment.unit_of_work() as session:
        session.execute(insert(Venue), [venue(dice, id_, point) for id_, point in enumerate(points, 1)])
        doing = [{"venue_id": id_, "activity": dice.choice(ACTIVITIES)} for id_ in range(1, venues + 1)]
        session.execute(insert(VenueActivity), doing)
        session.execute(insert(Licence), [licence(dice, **one) for one in doing])
        session.execute(insert(Site), [site(dice, id_, one) for id_, one in enumerate(outlines, 1)])
        key_id = visit_key(session, "bench").row_id
        many = [visit(dice, id_, key_id, venues) for id_ in range(1, 3 * venues + 1)]
        session.execute(insert(Visit), many)
        session.execute(insert(Violation), [violation(one) for one in many[::5]])
    began = time.perf_counter()
    with deployment.unit_of_work() as session:
        pinyin.write(session, by="bench")
    return time.perf_counter() - began


def words(dice: random.Random, count: int) -> str:
    return "".join(dice.choices(SYLLABLES, k=count))


def venue(dice: random.Random, id_: int, point: shapely.Point) -> dict[str, object]:
    address = f"{words(dice, 2)}区{words(dice, 3)}路{dice.randint(1, 3000)}弄{dice.randint(1, 99)}号"
    return {
        "id": id_, "ref": f"v:{id_}", "name": f"上海{words(dice, 4)}有限公司", "address": address,
        "credit_code": f"9131{dice.randrange(10**13):013}A", "area_code": f"3101{dice.randint(1, 16):02}",
        "place": point, "accuracy_m": dice.choice([None, 5.0, 20.0]), "extent_m": 0.0, "version": 1,
        "changed_at": NOW,
    }  # fmt: skip


def licence(dice: random.Random, venue_id: int, activity: str) -> dict[str, object]:
    issued = date(2015, 1, 1) + timedelta(days=dice.randrange(4000))
    number = f"沪{dice.randrange(10**10):010}"
    return {"venue_id": venue_id, "activity": activity, "number": number, "issued_on": issued,
            "expires_on": issued + timedelta(days=1460)}  # fmt: skip


def site(dice: random.Random, id_: int, outline: shapely.Polygon) -> dict[str, object]:
    corners = shapely.get_coordinates(outline)
    return {
        "id": id_, "ref": f"s:{id_}", "name": f"{words(dice, 3)}小学", "kind": dice.choice(SITE_KINDS[:-1]),
        "address": f"{words(dice, 3)}路{dice.randint(1, 3000)}号", "place": outline,
        "gates": shapely.MultiPoint(corners[[0, 5]]), "area_code": f"3101{dice.randint(1, 16):02}",
        "accuracy_m": 1.0, "version": 1, "changed_at": NOW,
    }  # fmt: skip


def visit(dice: random.Random, id_: int, key_id: int, venues: int) -> dict[str, object]:
    return {
        "id": id_, "instance_id": f"uuid:{id_}", "visit_no": f"uuid:{id_}", "form_id": "bar",
        "form_version": "1", "activity": dice.choice(ACTIVITIES), "venue_id": dice.randint(1, venues),
        "area_code": "3101", "fact_on": date(2026, 1, 1) + timedelta(days=dice.randrange(300)),
        "received_at": NOW, "filed_at": NOW, "rulebook_version": 1, "measures": [], "key_id": key_id,
        "record": b"",
    }  # fmt: skip


def violation(visit: dict[str, object]) -> dict[str, object]:
    return {
        "visit_id": visit["id"], "duty_id": "ACC-NET-1", "standing": Standing.FOUND, "clauses": [],
        "reasons": [], "doubts": [], "rulebook_version": 1, "fact_on": visit["fact_on"],
    }  # fmt: skip


def change(deployment: Deployment, count: int) -> None:
    """Rename some venues and spell them anew."""
    dice = random.Random(4)
    with deployment.unit_of_work() as session:
        for id_ in dice.sample(range(1, 10_000), count):
            renamed = update(Venue).where(Venue.id == id_).values(name=f"上海{words(dice, 5)}店")
            session.execute(renamed)
        pinyin.write(session, by="bench")


if __name__ == "__main__":
    main()
