"""Commands that hold places against the distance rules: check one place, screen the register."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import click
import numpy as np

from backend.cli.common import BY, Day, answer, aside, bar, json_option, now, opened
from backend.core.days import today
from backend.rulebook import queries as rulebook
from backend.screening import actions, queries
from backend.screening.pairs import PairsFile
from geodata.crs import to_lonlat


@click.command()
@click.option("--on", type=Day(), help="By the rules of this day; today if not given.")
@click.option("--within", "within_m", type=click.FloatRange(min=0, min_open=True), metavar="M",
              help="Every pair at most M metres apart, whatever its kind or verdict.")  # fmt: skip
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="Pairs as CSV.")
@json_option
def screen(on: date | None, within_m: float | None, out: Path, as_json: bool) -> None:
    """Hold every venue against every site, keep the verdicts, and write the pairs.

    \b
    humiao screen --out pairs.csv
    humiao screen --on 2025-03-01 --within 300 --out near.csv
    """
    deployment = opened()
    with (
        bar("screening") as progress,
        PairsFile(out, within_m=within_m) as pairs,
        deployment.unit_of_work() as session,
    ):
        run = actions.screen(
            session, deployment.settings, on or today(), by=BY, now=now(),
            within_m=within_m, each=pairs.write, progress=progress,
        )  # fmt: skip
        law = rulebook.current(session).on(run.on)
        facts = {
            "run": run.id,
            "on": run.on,
            "rulebook": run.rulebook_version,
            "pairs": pairs.rows,
        } | run.counts
    for rule_id, count in sorted(pairs.not_configured.items()):
        aside(
            f"not configured: {rule_id}, {count} venues; to be set by {law.distance_rules[rule_id].set_by.zh}"
        )
    answer(as_json, facts, f"{pairs.rows} pairs → {out}  (run {facts['run']}, rulebook {facts['rulebook']})")


@click.command()
@json_option
def walk(as_json: bool) -> None:
    """Measure on foot what the newest screening did not find clear, along the imported roads.

    \b
    humiao walk
    """
    from backend.screening.walking import measure_walking

    deployment = opened()
    with bar("walking") as progress, deployment.unit_of_work() as session:
        run = measure_walking(session, by=BY, now=now(), progress=progress)
        facts = {"run": run.id}
    answer(as_json, facts, f"measured on foot beside run {facts['run']}")


@click.command()
@click.option("--activity", required=True, help="What is done there, e.g. internet_cafe.")
@click.option("--lon", required=True, type=float, help="Longitude, or easting of the CRS.")
@click.option("--lat", required=True, type=float, help="Latitude, or northing of the CRS.")
@click.option("--crs", required=True, help="wgs84, cgcs2000, gcj02, bd09 or EPSG:n.")
@click.option("--accuracy", "accuracy_m", type=click.FloatRange(min=0), metavar="M",
              help="Error of the position, metres; 0 only if surveyed; absent counts as 50.")  # fmt: skip
@click.option("--on", type=Day(), help="By the rules of this day; today if not given.")
@json_option
def check(
    activity: str, lon: float, lat: float, crs: str, accuracy_m: float | None, on: date | None, as_json: bool
) -> None:
    """Hold one place against the schools around it.

    \b
    humiao check --activity internet_cafe --lon 121.4737 --lat 31.2304 --crs wgs84 --accuracy 5
    """
    (place,) = to_lonlat(np.array([[lon, lat]]), crs)
    deployment = opened()
    with deployment.reading() as session:
        found = queries.check(
            session, deployment.settings, activity, *place.tolist(), on=on or today(), accuracy_m=accuracy_m
        )
    rules = [
        {"rule": answer.rule.id, "verdict": answer.verdict, "radius_m": answer.rule.radius_m,
         "set_by": answer.rule.set_by.zh, "citations": answer.citations}
        for answer in found.answers
    ]  # fmt: skip
    sites = [
        {"site_ref": near.held.distance.site.ref, "name": near.held.distance.site.name,
         "kind": near.held.distance.site.kind, "distance_m": round(near.held.line.distance_m, 3),
         "rule": near.held.rule and near.held.rule.id, "verdict": near.held.verdict}
        for near in found.sites
    ]  # fmt: skip
    facts = {"activity": activity, "on": found.on, "verdict": found.verdict, "rules": rules, "sites": sites}
    answer(as_json, facts | {"rulebook": found.rulebook_version}, "\n".join(_told(rules, sites)))


def _told(rules: list[dict[str, Any]], sites: list[dict[str, Any]]) -> Iterator[str]:
    for rule in rules:
        limit = (
            f"{rule['radius_m']:g} m" if rule["radius_m"] is not None else f"to be set by {rule['set_by']}"
        )
        yield f"{rule['verdict']:<15}{rule['rule']:<11}{limit}  {'；'.join(rule['citations'])}"
    if not rules:
        yield "no rule speaks of this activity"
    for site in sites:
        name = site["name"] or site["site_ref"]
        yield f"{site['distance_m']:>10.1f} m  {site['verdict'] or '-':<15}{site['kind']:<13}{name}"
    if not sites:
        yield "no site within 500 m"
