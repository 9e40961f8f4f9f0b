"""Commands of cases (案件)."""

import click

from backend.cli.common import BY, answer, json_option, opened


@click.group(name="cases")
def group() -> None:
    """Cases and their deadlines (案件)."""


@group.command()
@json_option
def recount(as_json: bool) -> None:
    """Count provisional deadlines anew, after a year's holidays were loaded by `humiao init`.

    The filer beside `humiao serve` does the same each day. Harmless when run again.

    \b
    humiao cases recount
    """
    from backend.cases import job

    with opened().unit_of_work() as session:
        changed = job.recount(session, by=BY)
    answer(as_json, {"changed": changed}, f"{changed} cases have another deadline now")
