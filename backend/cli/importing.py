"""Commands that read files in: import areas, sites, venues, roads, tips, undo."""

import json
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click

from backend.cli.common import BY, Day, answer, aside, bar, json_option, now, opened
from backend.imports import actions, options, undo
from backend.imports.errors import FileRefused
from backend.imports.report import ImportReport

_FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
_CRS = (
    "wgs84, cgcs2000, gcj02, bd09 or EPSG:n. There is no default: a wrong guess moves every point by 500 m."
)
_COMMON = (
    click.option("--crs", help=_CRS),
    click.option("--ref-column", help="Column whose values name the rows, so that changed rows update."),
    click.option("--district-column", help="Column with the district that a row's own text names."),
    click.option(
        "--only", multiple=True, metavar="COLUMN=A,B", help="Leave out rows that have none of these."
    ),
    click.option(
        "--column", multiple=True, metavar="ROLE=COLUMN", help="Which column is name, lon, lat, wkt …"
    ),
    click.option("--source", help="Where the file comes from, in words."),
    click.option(
        "--rejects", type=click.Path(dir_okay=False, path_type=Path), help="Refused rows go here (CSV)."
    ),
    click.option("--dry-run", is_flag=True, help="Read and judge everything, keep nothing."),
    json_option,
)


def _with_common(command: Callable[..., None]) -> Callable[..., None]:
    for option in reversed(_COMMON):
        command = option(command)
    return _FILE(command)


@click.group(name="import")
def group() -> None:
    """Read files in (导入)."""


@group.command()
@_with_common
@click.option("--code-column", required=True)
@click.option("--name-column", required=True)
def areas(file: Path, as_json: bool, code_column: str, name_column: str, **given: Any) -> None:
    """Districts, streets and towns.

    \b
    humiao import areas districts.geojson --crs gcj02 --code-column adcode --name-column name
    """
    asked = options.AreaOptions(code_column=code_column, name_column=name_column, **_asked(given))
    _run(actions.import_areas, file, asked, as_json)


@group.command()
@_with_common
@click.option(
    "--kind", help="Kind of all: primary, middle, vocational, special, specialised, kindergarten, other."
)
@click.option("--kind-column", help="Column that tells the kind.")
@click.option("--kind-map", metavar="KIND=TEXT,…", help="Tried in order; the first text in the cell wins.")
def sites(
    file: Path, as_json: bool, kind: str | None, kind_column: str | None, kind_map: str | None, **given: Any
) -> None:
    """Schools, kindergartens and other sites, as points, gates or outlines.

    \b
    humiao import sites schools.csv --crs wgs84 --kind-column type \\
        --kind-map kindergarten=幼儿园,primary=小学,middle=中学,vocational=职业 --rejects refused.csv
    humiao import sites campuses.osm.pbf --crs wgs84 --only amenity=school --kind middle
    """
    pairs = options.pairs(kind_map) if kind_map else ()
    asked = options.SiteOptions(kind=kind, kind_column=kind_column, kind_map=pairs, **_asked(given))
    _run(actions.import_sites, file, asked, as_json)


@group.command()
@_with_common
@click.option("--activity", "activities", multiple=True, help="What all of them do, e.g. internet_cafe.")
@click.option("--activity-column", help="Column that tells what a venue does.")
@click.option(
    "--activity-map", metavar="ACTIVITY=TEXT,…", help="Every pair whose text is in the cell counts."
)
def venues(
    file: Path, as_json: bool, activities: tuple[str, ...], activity_column: str | None,
    activity_map: str | None, **given: Any,
) -> None:  # fmt: skip
    """Premises. One without a position is kept and listed as such.

    \b
    humiao import venues ktv.csv.gz --crs gcj02 --activity song_and_dance
    humiao import venues food.csv --crs wgs84 --activity bar --only type=酒吧
    """
    pairs = options.pairs(activity_map) if activity_map else ()
    asked = options.VenueOptions(
        activities=activities, activity_column=activity_column, activity_map=pairs, **_asked(given)
    )
    _run(actions.import_venues, file, asked, as_json)
    if not asked.dry_run:
        _spell()


@group.command()
@_FILE
@click.option("--crs", help=_CRS)
@click.option("--on", "drawn_on", required=True, type=Day(), help="The day whose roads the file holds.")
@click.option("--source", required=True, help="Where the file comes from, in words.")
@json_option
def roads(file: Path, crs: str | None, drawn_on: date, source: str, as_json: bool) -> None:
    """Roads to walk on, from an OpenStreetMap extract. The newest network is used.

    \b
    humiao import roads city.osm.pbf --crs wgs84 --on 2026-07-21 --source "OpenStreetMap contributors"
    """
    from backend.roads.actions import import_roads

    deployment = opened()
    try:
        with bar(file.name) as progress, deployment.unit_of_work() as session:
            network = import_roads(
                session, file, crs=crs, drawn_on=drawn_on, source=source, by=BY, now=now(), progress=progress
            )
            facts = {"network": network.id, "roads": network.roads}
    except FileRefused as refused:
        raise click.ClickException(str(refused)) from None
    answer(as_json, facts, f"{facts['roads']} roads  (network {facts['network']})")


@group.command(name="tips")
@_FILE
@click.option("--channel", required=True, help="12345, 12315, 12318, suishenban or 12309.")
@click.option(
    "--mapping", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help='JSON: {"columns": {"工单编号": "number"}, "values": {"kind": {"涉烟": "tobacco"}}}; a new version.',
)  # fmt: skip
@click.option("--area", default="", help="Code of the area to which rows belong that name none.")
@json_option
def work_orders(file: Path, channel: str, mapping: Path | None, area: str, as_json: bool) -> None:
    """Work orders of a hotline, as Excel or JSON; what nobody has mapped waits.

    \b
    humiao import tips 12345.xlsx --channel 12345 --mapping 12345.json --area 310101
    """
    from backend.tips import order_importing as importing
    from backend.tips.orders import RowState
    from backend.tips.rules import CHANNELS, Source

    if channel not in CHANNELS:
        raise click.BadParameter(f"one of {', '.join(CHANNELS)}", param_hint="--channel")
    rows = importing.read(file.read_bytes(), file.name)
    said = json.loads(mapping.read_text("utf-8")) if mapping else {"columns": {}, "values": {}}
    with opened().unit_of_work() as session:
        source = Source(channel)
        importing.put_mapping(session, source, said["columns"], said["values"], by=BY, now=now())
        taken = importing.take_in(session, source, rows, area_code=area, scope=None, by=BY, now=now())
        counts = Counter(row.state for row in taken.rows)
        waiting, number = importing.to_map(taken), taken.id
    for name, words in waiting.items():
        aside(f"not mapped, {name}: {', '.join(words)}")
    facts = {"file": number, "read": len(rows)} | {state.value: counts[state] for state in RowState}
    answer(
        as_json, facts,
        "{read} rows read, {taken} new tips, {known} here already, {quarantined} wait, {refused} refused"
        "  (file {file})".format(**facts),
    )  # fmt: skip


@group.command(name="undo")
@click.argument("run", type=int)
@click.option("--yes", is_flag=True, help="Do it without asking.")
@json_option
def undo_run(run: int, yes: bool, as_json: bool) -> None:
    """Take back the import with number RUN; shows first what would go.

    \b
    humiao import undo 12
    """
    deployment = opened()
    with deployment.reading() as session:
        planned = undo.preview(session, run)
    aside(f"{planned.file_name}: {planned.removed} rows go, {planned.restored} become what they were before")
    for table, count in planned.going_along.items():
        aside(f"  with them {count} rows of {table}")
    for kept in planned.kept[:10]:
        aside(f"  {kept.ref} stays: {kept.because}")
    if len(planned.kept) > 10:
        aside(f"  … {len(planned.kept)} stay in all")
    if not yes:
        click.confirm("Undo?", abort=True, err=True)
    with deployment.unit_of_work() as session:
        done = undo.undo(session, run, by=BY, now=now())
    facts = {"run": run, "removed": done.removed, "restored": done.restored, "kept": len(done.kept)}
    answer(as_json, facts, f"undone: {done.removed} removed, {done.restored} restored, {len(done.kept)} kept")


@click.command()
@json_option
def pinyin(as_json: bool) -> None:
    """Spell the names and addresses of new and renamed venues in pinyin, for the search on tablets.

    Importing venues does so by itself; run it each night for what was typed at desks.

    \b
    humiao pinyin
    """
    spelled = _spell()
    answer(as_json, {"venues": spelled}, f"{spelled} venues spelled")


def _spell() -> int:
    from backend.venues import pinyin as spelling

    with opened().unit_of_work() as session:
        return spelling.write(session, by=BY)


def _asked(given: dict[str, Any]) -> dict[str, Any]:
    columns = dict(options.pair(text) for text in given.pop("column"))
    only = dict(options.only(text) for text in given.pop("only"))
    return given | {"columns": columns, "only": only}


def _run(deed: Callable[..., ImportReport], file: Path, asked: options.FileOptions, as_json: bool) -> None:
    deployment = opened()
    try:
        with bar(file.name) as progress, deployment.unit_of_work() as session:
            report = deed(session, file, asked, by=BY, now=now(), progress=progress)
    except FileRefused as refused:
        raise click.ClickException(str(refused)) from None
    for warning in report.warnings:
        aside(f"note: {warning}")
    if report.rejects is None:
        for reason, count in report.refused.items():
            aside(f"refused {count}: {reason}")
    _say(report, as_json)


def _say(report: ImportReport, as_json: bool) -> None:
    names = ("run_id", "kind", "read", "created", "changed", "same", "without_position")
    facts = {name: getattr(report, name) for name in names} | {"refused": dict(report.refused)}
    words = (
        f"{report.kind}: {report.read} rows read, {report.created} new, {report.changed} changed, "
        f"{report.same} as before, {sum(report.refused.values())} refused"
    )
    where = f" → {report.rejects}" if report.rejects else ""
    run = f"  (import {report.run_id})" if report.run_id else "  (dry run: nothing kept)"
    answer(as_json, facts, words + where + run)
