"""The `demo` command: an invented district with people, venues and a few visits, to play with."""

import json

import click

from backend.cli.common import answer, json_option
from backend.core.settings import Settings

AGENCY_PREFIX = "demo-"  # of the agencies that all demo accounts belong to


@click.command()
@json_option
def demo(as_json: bool) -> None:
    """Make the service ready with an invented district; prints the accounts. Harmless when run again.

    \b
    humiao demo && humiao serve
    """
    settings = Settings.from_env()
    accounts_file = settings.var_dir / "demo-accounts.json"
    if not accounts_file.exists():
        from backend.cli.demo_district import make

        make(settings, accounts_file)
    logins: dict[str, str] = json.loads(accounts_file.read_text())
    lines = [f"  {login:<12}{password}" for login, password in logins.items()]
    words = "示例区（虚构）: an invented district, for looking and playing only\n" + "\n".join(lines)
    answer(as_json, logins, words)
