"""What the commands share: the deployment, the clock, answers as words or JSON, a bar for what takes long."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

import click
from marshmallow import Schema, ValidationError
from tqdm import tqdm

from backend.core.deployment import Deployment
from backend.core.settings import Settings

BY = "command"  # who did it, in the audit trail: somebody with the machine's own account

json_option = click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")


class Day(click.ParamType[date]):
    """A calendar day, written 2026-11-21."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        try:
            return value if isinstance(value, date) else date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no day; write it like 2026-11-21", param, ctx)


def opened() -> Deployment:
    """The deployment of the environment."""
    return until_the_end(Deployment.open(Settings.from_env()))


def until_the_end(deployment: Deployment) -> Deployment:
    """Close its connections when the command ends."""
    click.get_current_context().call_on_close(deployment.engine.dispose)
    return deployment


def now() -> datetime:
    return datetime.now(UTC)


def answer(as_json: bool, facts: dict[str, Any], words: str) -> None:
    """Say what happened, to a program or to a person."""
    click.echo(json.dumps(facts, ensure_ascii=False, default=str) if as_json else words)


def aside(words: str) -> None:
    """Say something beside the answer."""
    click.echo(words, err=True)


@contextmanager
def bar(what: str) -> Iterator[Callable[[int, int | None], None]]:
    """A progress bar that appears once a deed has taken two seconds; call it with done and total."""
    with tqdm(desc=what, unit="", unit_scale=True, delay=2, file=sys.stderr, leave=False) as shown:

        def progress(done: int, total: int | None = None) -> None:
            shown.total = total
            shown.update(done - shown.n)

        yield progress


def checked(schema: Schema, said: dict[str, str]) -> dict[str, Any]:
    """What was said, as the desk would take it."""
    try:
        loaded = schema.load(said)
    except ValidationError as problem:
        raise click.ClickException(f"{', '.join(sorted(problem.messages))}: not allowed") from None
    return {name: loaded[name] for name in said}
