"""Commands of keeping and destroying (保存期限)."""

from datetime import date

import click

from backend.cli.common import BY, Day, answer, bar, json_option, now, opened
from backend.core.days import today


@click.group(name="retention")
def group() -> None:
    """How long content is kept, and what is destroyed when (保存期限)."""


@group.command()
@click.option("--on", type=Day(), help="The day in Shanghai; today if left out. A later one needs --dry-run.")
@click.option("--dry-run", is_flag=True, help="Say what is due and destroy nothing.")
@json_option
def run(on: date | None, dry_run: bool, as_json: bool) -> None:
    """Destroy what is due, with a certificate for each class in the audit trail.

    The filer beside `humiao serve` does the same each day. Nothing is due without a confirmed period in
    retention_settings.yaml. Harmless when run again, after a kill too.

    \b
    humiao retention run
    humiao retention run --on 2030-01-01 --dry-run
    """
    from backend.retention import job

    on = on or today()
    if on > today() and not dry_run:
        raise click.UsageError("that day has not come: add --dry-run to see what will be due")
    deployment = opened()
    if dry_run:
        counts = job.preview(deployment, on)
        words = ", ".join(f"{count} {name}" for name, count in sorted(counts.items()))
        answer(as_json, {"on": on, "due": counts}, f"due on {on}: {words or 'nothing'}")
        return
    with bar("retention") as progress:
        destroyed = job.run(deployment, on, by=BY, now=now, progress=progress)
    answer(as_json, {"on": on, "destroyed": destroyed}, f"{destroyed} things destroyed, due by {on}")
