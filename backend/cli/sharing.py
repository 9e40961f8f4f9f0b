"""Commands of sharing (共享交换)."""

import json

import click

from backend.cli.common import BY, answer, json_option, now, opened


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
@click.option("--new", is_flag=True, help="Make the next key first; the older ones are told beside it.")
@click.option("--retire", metavar="KID", help="Destroy this key: it signs nothing more. Not the only one.")
@json_option
def key(new: bool, retire: str | None, as_json: bool) -> None:
    """Print the public keys by which receivers verify, the one in use first, and those that were retired.

    They are also at /api/v1/public/sharing-keys. Tell receivers before --new: it signs from then on, and what
    is tried again is signed anew. Once they have it, --retire the older one by its `kid`. Its public half
    stays: tables that it signed may still come back. Both are in the audit trail.

    \b
    humiao sharing key
    humiao sharing key --new
    humiao sharing key --retire kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k
    """
    from backend.core.rotation import add_sharing, retire_sharing

    deployment = opened()
    if new:
        add_sharing(deployment, by=BY)
    if retire:
        retire_sharing(deployment, retire, by=BY, now=now())
    known = deployment.keys.sharing_jwks
    answer(as_json, known, json.dumps(known, indent=2))
