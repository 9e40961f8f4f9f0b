"""The tablet app as it is shipped, in headless Chromium slowed down, without a network.

    python scripts/bench_tablet.py [--venues 20000] [--runs 5]

A real server packs the day; then the line is dead and everything comes from the tablet. The app is launched
in a browser that has started and rests. Medians, each beside its limit. The form is the internet cafe's; how
many questions it has, and shows first, stands in the table.
A processor is slowed to a quarter of its own speed, whatever that is, and once more to a quarter of a
desktop's (Lighthouse means its factor of four for an index of 1500 to 2000): machines can then be compared.
The alternative to our search is a look at every venue in turn, over the same texts and in the same page.
"""

import argparse
import gzip
import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import shapely
from playwright.sync_api import Page, expect, sync_playwright
from sqlalchemy import insert

import forms
from backend.app import create_app
from backend.core.deployment import Deployment
from backend.core.settings import Settings
from backend.init import initialise
from backend.intake.built_forms import folder
from backend.venues import pinyin
from backend.venues.models import Venue, VenueActivity
from backend.web.tablet_app import POLICY
from forms.build import build
from tests.screening.places import NOW
from tests.server import running
from tests.tablet.breaking import breaking
from tests.tablet.day import prepare_bureau
from tests.tablet.officer import UNLOCKS, Officer
from tests.tablet.screens import needed_first

DIST = Path(forms.__file__).parent / "tablet" / "dist"
CHECKLISTS = Path(__file__).parents[1] / "forms" / "checklists"
SLOWER, STOPS = 4, 10
AT_REST_MS = 3000  # until the browser has started all of its own processes
DESKTOP = 1750  # Lighthouse's index of a machine for which four times slower is a tablet
NAMES = "蓝星夜莺海天华美金玉龙凤和平长江春秋东南西北中兴百乐新大世纪阳光明珠红旗"
TYPED = "lanxing"
KEYSTROKES = """async typed => {
    const field = document.querySelector('input[type=search]'), took = []
    for (let n = 1; n <= typed.length; n++) {
        field.value = typed.slice(0, n)
        const began = performance.now()
        field.dispatchEvent(new Event('input', {bubbles: true}))
        await new Promise(done => setTimeout(done))
        took.push(performance.now() - began)
    }
    return took
}"""
INDEX = """() => {
    const until = performance.now() + 500
    let rounds = 0
    for (; performance.now() < until; rounds++) {
        let text = ''
        for (let n = 0; n < 10000; n++) text += 'a'
        if (text.length === 1) throw new Error('never, so that it is not left out')
    }
    return rounds / 5
}"""
LOOKED_THROUGH = """([texts, typed]) => {
    const took = []
    for (let n = 1; n <= typed.length; n++) {
        const began = performance.now(), wanted = typed.slice(0, n)
        texts.filter(one => one.includes(wanted)).slice(0, 50)
        took.push(performance.now() - began)
    }
    return took
}"""
PAINTED = """selector => {
    let tapped = 0
    addEventListener('click', event => { tapped = event.timeStamp }, {capture: true, once: true})
    window.painted = new Promise(done => new MutationObserver((_, watch) => {
        if (!document.querySelector(selector)) return
        watch.disconnect()
        requestAnimationFrame(() => setTimeout(() => done(performance.now() - tapped)))
    }).observe(document.body, {childList: true, subtree: true}))
}"""
SAVED = """async () => {
    const radio = [...document.querySelectorAll('.questions input[type=radio]:not(:checked)')].at(-1)
    const state = document.querySelector('.state [role=status]'), began = performance.now()
    const kept = new Promise(done => new MutationObserver((_, watch) => {
        if (state.classList.contains('saved')) { watch.disconnect(); done() }
    }).observe(state, {attributes: true, subtree: true, childList: true}))
    radio.click()
    await kept
    return performance.now() - began
}"""


class Table:
    """Lines with what was measured, its limit, and whether it holds."""

    def __init__(self) -> None:
        self.missed: list[str] = []
        print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}: what else runs here slows this")
        print(f"{'':44}{'measured':>12}{'limit':>10}")

    def line(self, what: str, measured: float, limit: float | None, unit: str) -> None:
        """One line; without a limit it is there to compare with."""
        if limit is not None and measured >= limit:
            self.missed.append(what)
        said = "" if limit is None else f"{limit:g} {unit}"
        print(
            f"{what:44}{measured:>9.1f} {unit:2}{said:>10}  {'MISSED' if what in self.missed else ''}",
            flush=True,
        )


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--venues", type=int, default=20_000)
    words.add_argument("--runs", type=int, default=5)
    asked = words.parse_args()
    table = Table()
    measure_sizes(table)
    with tempfile.TemporaryDirectory() as named, sync_playwright() as playwright:
        var = Path(named)
        deployment, code = prepared(var, asked.venues)
        with (
            running(deployment.settings) as address,
            breaking(int(address.rsplit(":", 1)[1]), var) as (network, url),
        ):
            officer = Officer(playwright.chromium, shutil.which("chromium") or "chromium", var / "disk", url)
            officer.begin(code)
            network.share = 1
            index = statistics.median(officer.page.evaluate(INDEX) for _ in range(5))
            table.line("index of this processor", index, None, "")
            morning = officer.disk
            for rate in (SLOWER, max(1.0, SLOWER * index / DESKTOP)):
                measure_day(officer, morning, rate, asked.runs, table)
            measure_search(officer, table)
            officer.close()
            print(f"requests that left the origin: {len(officer.wrong)}")
    unsafe = [word for word in ("'unsafe-inline'", "'unsafe-eval'") if word in POLICY]
    print(f"unsafe words in the policy: {len(unsafe)}")
    print("missed: " + (", ".join(table.missed) or "nothing"))


def prepared(var: Path, venues: int) -> tuple[Deployment, str]:
    """A district with so many venues, and a day of ten visits."""
    deployment = initialise(Settings(database_url=f"sqlite:///{var}/humiao.db", var_dir=var))
    build(CHECKLISTS, folder(deployment), validate=False)
    code, _ = prepare_bureau(deployment, create_app(deployment), STOPS)
    dice = np.random.default_rng(7)
    names = ["".join(dice.choice(list(NAMES), 4)) + "网吧" for _ in range(venues)]
    spots = np.array([121.47, 31.23]) + dice.uniform(-0.01, 0.01, (venues, 2))
    with deployment.unit_of_work() as session:
        rows = [
            {
                "ref": f"many:{n}", "name": name, "place": shapely.Point(spot), "accuracy_m": 5.0,
                "area_code": "310101", "address": f"示例路{n}号", "changed_at": NOW,
            }
            for n, (name, spot) in enumerate(zip(names, spots, strict=True))
        ]  # fmt: skip
        ids = session.scalars(insert(Venue).returning(Venue.id), rows).all()
        session.execute(
            insert(VenueActivity), [{"venue_id": one, "activity": "internet_cafe"} for one in ids]
        )
        pinyin.write(session, by="bench")
    return deployment, code


def slowed(officer: Officer, rate: float) -> Page:
    """The app's page, so many times slower."""
    officer.context.new_cdp_session(officer.page).send("Emulation.setCPUThrottlingRate", {"rate": rate})
    return officer.page


def measure_day(officer: Officer, morning: Path, rate: float, runs: int, table: Table) -> None:
    """From the start of the app to the first answer, each time as the tablet was in the morning."""
    took: dict[str, list[float]] = {"launch": [], "unlock": [], "question": [], "saved": []}
    asked = 0
    for n in range(runs):
        officer.close()
        officer.disk = morning.with_name(f"disk-{rate:.1f}-{n}")
        shutil.copytree(morning, officer.disk)
        officer.open(offline=True)
        officer.page.locator(".officers").wait_for()
        officer.page.wait_for_timeout(AT_REST_MS)
        page = slowed(officer, rate)
        took["launch"].append(timed(page.reload, lambda page=page: page.locator(".officers").wait_for()))
        page.locator(".officers .row").first.click()
        page.locator("#main input[type=password]").fill(UNLOCKS["zhang"])
        took["unlock"].append(tapped(officer, "解锁", ".task"))
        arrive(officer)
        took["question"].append(tapped(officer, "开始检查", ".question"))
        expect(page.get_by_role("status").get_by_text("已保存")).to_be_visible()
        asked = page.locator(".questions .question").count()
        slowed(officer, 1)
        took["saved"] += [page.evaluate(SAVED) for _ in range(5)]
    middle = {what: statistics.median(times) for what, times in took.items()}
    table.line(f"launch to unlock, {rate:.1f}x slower", middle["launch"], 1000, "ms")
    table.line(f"unlock to Today, {rate:.1f}x slower", middle["unlock"], 2000, "ms")
    table.line(f"first of {asked} questions, {rate:.1f}x slower", middle["question"], 800, "ms")
    table.line("answer to saved", middle["saved"], 100, "ms")


def arrive(officer: Officer) -> None:
    """As far as the button that begins the visit; the officers take three seconds for their certificates."""
    page = officer.page
    page.locator(".task", has_text="第01站").click()
    page.get_by_role("link", name="开始检查").click()
    page.locator("fieldset", has_text="出示证件").locator("label").click()
    page.wait_for_timeout(3000)


def tapped(officer: Officer, button: str, selector: str) -> float:
    """From a tap until what it leads to is painted, as the page itself sees it."""
    officer.page.evaluate(PAINTED, selector)
    officer.button(button).click()
    return float(officer.page.evaluate("painted"))


def timed(deed: Callable[[], object], until: Callable[[], object]) -> float:
    began = time.perf_counter()
    deed()
    until()
    return (time.perf_counter() - began) * 1000


def measure_search(officer: Officer, table: Table) -> None:
    """Beside looking through all names."""
    page = officer.page
    officer.go("查找")
    page.locator("input[type=search]").fill("蓝")
    page.locator(".results a").first.wait_for()
    slow = page.evaluate(KEYSTROKES, TYPED)
    table.line("search, the slowest keystroke", max(slow), 50, "ms")
    texts = [f"蓝星网吧{n} lanxingwangba lxwb 示例路{n}号" for n in range(20_000)]
    table.line(
        "the same by looking at each venue", max(page.evaluate(LOOKED_THROUGH, [texts, TYPED])), None, "ms"
    )


def measure_sizes(table: Table) -> None:
    """What is carried to the tablet, compressed as a server does it."""
    sizes = {path.name: packed(path) for path in sorted((DIST / "assets").glob("*.js"))}
    table.line("all JavaScript", sum(sizes.values()), 450, "kB")
    for name, size in sorted(sizes.items(), key=lambda one: -one[1])[:5]:
        table.line(f"  {name}", size, None, "kB")
    needed = needed_first(DIST)
    table.line("Today, JavaScript and style", sum(packed(path) for path in needed), 150, "kB")


def packed(path: Path) -> float:
    return len(gzip.compress(path.read_bytes(), 9)) / 1000


if __name__ == "__main__":
    main()
