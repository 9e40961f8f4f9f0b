"""Commands of sharing (共享交换)."""

import json

import click

from backend.cli.common import BY, answer, json_option, now, opened
from backend.core.settings import Settings


@click.group(name="sharing")
def group() -> None:
    """What leaves for other authorities under agreements (共享交换)."""


@group.command()
@json_option
def collect(as_json: bool) -> None:
    """Make the messages that agreements in force have by now, each once. Harmless when run again.

    \b
    humiao sharing collect
    """
    from backend.sharing.collecting import collect as make

    counts = make(opened(), now=now(), by=BY)
    words = f"{counts['made']} messages made"
    if counts["refused"]:
        words += f"; {counts['refused']} agreements name a field that is not in the catalogue: make them anew"
    if counts["failed"]:
        words += f"; {counts['failed']} agreements could not be read: see the log"
    answer(as_json, counts, words)
    if counts["failed"]:
        raise click.exceptions.Exit(1)


@group.command()
@json_option
def send(as_json: bool) -> None:
    """Send the messages that are due, signed; what failed before is tried again. For cron, every few minutes.

    Only to hosts of HUMIAO_SHARING_HOSTS. The exit status is 1 if a message failed.

    \b
    humiao sharing collect; humiao sharing send
    """
    from backend.sharing.sending import send as send_due

    counts = send_due(opened(), clock=now, by=BY)
    answer(as_json, counts, ", ".join(f"{many} {what}" for what, many in counts.items()))
    if counts["failed"]:
        raise click.exceptions.Exit(1)


@group.command()
@click.option("--new", is_flag=True, help="Make a new key first; the older ones stay in the list.")
@json_option
def key(new: bool, as_json: bool) -> None:
    """Print the public keys by which receivers verify, the one in use first; --new makes the next one.

    They are also at /api/v1/public/sharing-keys. Tell receivers before a new key is made.

    \b
    humiao sharing key
    humiao sharing key --new
    """
    from backend.core import audit
    from backend.core.keys import Keys

    deployment = opened()
    if new:
        made = Keys.add_sharing(Settings.from_env().keys)
        with deployment.unit_of_work() as session:
            audit.record(session, "sharing.key", by=BY, subject=f"sharing_key:{made.id}")
    known = {"keys": [one.jwk for one in deployment.keys.sharing_keys]}
    answer(as_json, known, json.dumps(known, indent=2))
