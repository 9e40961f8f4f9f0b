"""Commands for what tablets sent: try again to file, take rescue files in."""

import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from backend.cli.common import BY, answer, bar, json_option, now, opened
from backend.core.deployment import Deployment
from backend.intake import actions
from backend.intake import rescue as bringing
from backend.intake.models import Outcome, RescueFile, RescueItem
from backend.intake.rescue_job import take
from backend.intake.rescue_queries import items_of


@click.group()
def intake() -> None:
    """What tablets sent (收件)."""


@intake.command()
@click.argument("envelopes", type=int, nargs=-1)
@json_option
def replay(envelopes: tuple[int, ...], as_json: bool) -> None:
    """Try again to file what could not be filed: all of it, or the ENVELOPES named by number.

    \b
    humiao intake replay
    humiao intake replay 17 23
    """
    states = actions.replay(opened(), by=BY, now=now(), envelope_ids=envelopes or None)
    facts = {str(state): count for state, count in states.items()}
    answer(
        as_json, facts, ", ".join(f"{count} {state}" for state, count in facts.items()) or "nothing to replay"
    )


@intake.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@json_option
def rescue(file: Path, as_json: bool) -> None:
    """Take in the rescue FILE of a tablet: what it could not send.

    The signature is checked and every section held against its hash. Taken in again it changes nothing. A
    file of a tablet that is unknown, revoked or expired waits for a supervisor. The exit status is 1 if
    something was not taken.

    \b
    humiao intake rescue tablet-7.rescue
    humiao intake rescue tablet-7.rescue --json
    """
    deployment, begun = opened(), now()
    with open(file, "rb") as stream, bar(file.name) as progress:
        by = bringing.Bringer(BY)
        file_id = bringing.bring(deployment, stream, by=by, now=now(), progress=progress)
    before = _taken_before(deployment, file_id, begun)
    with bar("sections") as progress:
        take(deployment, file_id, now(), progress)
    facts = _facts(deployment, file_id, before)
    answer(as_json, facts, _words(facts))
    if facts["state"] != "taken":
        sys.exit(1)


def _taken_before(deployment: Deployment, file_id: int, begun: datetime) -> set[int]:
    """The sections that an earlier run took; now they were here already."""
    with deployment.reading() as session:
        if session.get_one(RescueFile, file_id).received_at >= begun:
            return set()
        return {item.number for item in items_of(session, file_id) if item.outcome == Outcome.TAKEN}


def _facts(deployment: Deployment, file_id: int, before: set[int]) -> dict[str, Any]:
    with deployment.reading() as session:
        row, items = session.get_one(RescueFile, file_id), items_of(session, file_id)
        outcomes = [Outcome.THERE if item.number in before else item.outcome for item in items]
        facts = {"file": row.id, "device": row.device_no, "state": row.state, "quarantine": row.quarantine}
        counts = {str(outcome): outcomes.count(outcome) for outcome in Outcome}
        return facts | counts | {"not_taken": [_why(item) for item in items if item.reason]}


def _why(item: RescueItem) -> dict[str, Any]:
    named = {"section": item.number, "kind": item.kind, "instance": item.instance_id}
    return named | {"reason": item.reason}


def _words(facts: dict[str, Any]) -> str:
    words = (
        f"rescue file {facts['file']} of tablet {facts['device']}: {facts['state']}; {facts['taken']} taken, "
        f"{facts['there']} were here, {facts['draft']} drafts kept sealed, {facts['refused']} not taken"
    )
    if facts["state"] == "quarantined":
        words += f"\nthe tablet is {facts['quarantine']}: a supervisor decides"
    refused = (f"  {one['kind']} {one['instance']}: {one['reason']}" for one in facts["not_taken"])
    return "\n".join([words, *refused])
