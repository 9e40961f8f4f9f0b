"""The command's trunk: its groups, and how a refusal is said."""

import importlib
import sys

import click

from backend.core.deployment import NotInitialised, WrongKeys
from backend.core.errors import Refusal
from backend.core.keys import KeysMissing
from backend.core.settings import SettingInvalid

# Where each command lives; a module is loaded when one of its commands is called, so that `--help` is quick.
_COMMANDS = {
    "init": "deploying:init",
    "demo": "demo:demo",
    "serve": "serving:serve",
    "import": "importing:group",
    "pinyin": "importing:pinyin",
    "check": "screening:check",
    "screen": "screening:screen",
    "walk": "screening:walk",
    "forms": "deploying:forms",
    "agency": "people:agency",
    "contact": "contacts:contact",
    "user": "people:user",
    "appuser": "people:appuser",
    "intake": "receiving:intake",
    "cases": "cases:group",
    "retention": "retention:group",
    "sharing": "sharing:group",
    "audit": "deploying:audit_trail",
    "keys": "deploying:keys",
}
_SAID = (NotInitialised, WrongKeys, KeysMissing, SettingInvalid, ValueError, OSError)


class _Trunk(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module, _, name = _COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(importlib.import_module(f"backend.cli.{module}"), name)
        return command


@click.group(cls=_Trunk, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
def trunk() -> None:
    """护苗 Humiao: inspections and distances for the protection of minors.

    \b
    A new service:   humiao init && humiao forms build && humiao user add --login li --role supervisor
    A city:          humiao import areas districts.geojson --crs gcj02 --code-column adcode --name-column name
                     humiao import sites schools.csv --crs wgs84 --kind-column type --kind-map primary=小学
                     humiao import venues ktv.csv --crs gcj02 --activity song_and_dance
                     humiao screen --out pairs.csv
                     humiao import roads city.osm.pbf --crs wgs84 --on 2026-07-21 --source OSM && humiao walk
    One place:       humiao check --activity internet_cafe --lon 121.47 --lat 31.23 --crs wgs84
    The service:     humiao serve

    The database is the one of HUMIAO_DATABASE_URL (default: SQLite under var/).
    """


def main() -> None:
    """Run the command; what cannot be done is said in one line, and the exit status is 1."""
    try:
        trunk(standalone_mode=True)
    except Refusal as refusal:
        facts = "; ".join(f"{name}: {value}" for name, value in refusal.data.items())
        sys.exit(f"humiao: {refusal.status}" + (f" ({facts})" if facts else ""))
    except _SAID as problem:
        sys.exit(f"humiao: {problem}")
