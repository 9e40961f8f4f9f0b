"""Commands of whoever runs the service: init, forms, audit, keys."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import click
from tqdm import tqdm

from backend.cli.common import BY, answer, json_option, opened, until_the_end
from backend.core.settings import Settings

_CHECKLISTS = Path(__file__).parents[2] / "forms" / "checklists"


@click.command()
@json_option
def init(as_json: bool) -> None:
    """Make the database ready: tables, rulebook, keys where there are none. Harmless when run again.

    \b
    humiao init
    HUMIAO_DATABASE_URL=postgresql+psycopg://humiao@/humiao humiao init
    """
    from backend.init import initialise

    settings = Settings.from_env()
    deployment = until_the_end(initialise(settings))
    kind = "SQLite" if deployment.is_sqlite else "PostgreSQL"
    facts = {"database": kind, "keys": str(settings.keys), "audit_head": str(deployment.audit_dir)}
    answer(as_json, facts, f"ready: {kind}; keys in {settings.keys} (keep a copy elsewhere)")


@click.group()
def forms() -> None:
    """Checklists (检查表)."""


@forms.command()
@click.option("--validate/--no-validate", default=False, help="Also run ODK Validate (needs Java).")
@json_option
def build(validate: bool, as_json: bool) -> None:
    """Compile the checklists into the forms that tablets download.

    \b
    humiao forms build
    humiao forms build --validate
    """
    from backend.intake.built_forms import folder
    from forms.build import build as build_forms

    out = folder(opened())
    built = build_forms(_CHECKLISTS, out, validate=validate)
    facts = {form.form_id: form.version for form in built}
    answer(as_json, facts, "\n".join(f"{form_id} {version}" for form_id, version in facts.items()))


@click.group(name="audit")
def audit_trail() -> None:
    """The audit trail (审计)."""


@audit_trail.command()
@json_option
def verify(as_json: bool) -> None:
    """Walk the chain from its first entry and hold it against the signed head.

    \b
    humiao audit verify
    """
    from backend.core import audit

    deployment = opened()
    with deployment.reading() as session:
        try:
            head = audit.verify(session, deployment.audit_dir, deployment.keys, each=_slow("audit"))
        except audit.ChainBroken as broken:
            raise click.ClickException(str(broken)) from None
    answer(as_json, {"entries": head.seq, "head": head.hash.hex()}, f"whole: {head.seq} entries")


@click.group()
def keys() -> None:
    """The deployment's keys (密钥)."""


@keys.command()
@json_option
def check(as_json: bool) -> None:
    """Open the probe row and every visit's key.

    \b
    humiao keys check
    """
    from backend.core import rotation

    facts = rotation.check(opened(), each=_slow("keys"))
    answer(as_json, facts, f"whole: {facts['opened']} visit keys open, {facts['destroyed']} were destroyed")


@keys.command()
@json_option
def rotate(as_json: bool) -> None:
    """Make a new root key and wrap every visit's key with it. Old root keys stay for old backups.

    \b
    humiao keys rotate
    """
    from backend.core.rotation import rotate_root

    facts = rotate_root(Settings.from_env(), by=BY, each=_slow("keys"))
    answer(as_json, facts, f"root key {facts['root']} is in use; {facts['wrapped']} visit keys wrapped anew")


def _slow(what: str) -> Callable[[Iterable[Any]], Iterable[Any]]:
    return lambda rows: tqdm(rows, desc=what, delay=2, leave=False)
