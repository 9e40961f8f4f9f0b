"""The example of `forms.examples` for the checklists of today, and as a script for JavaRosa."""

import functools
from pathlib import Path
from typing import Any

from forms import examples
from forms.build import build
from forms.catalogue import Catalogue, CatalogueForm
from forms.examples import CAFE_ANSWERS, ID_CHECK, PHOTO

__all__ = ["CAFE_ANSWERS", "ID_CHECK", "PHOTO", "built_forms", "cafe_form", "cafe_script", "cafe_submission"]

CHECKLISTS = Path(__file__).parents[2] / "forms" / "checklists"
BUILT = Path(__file__).parents[2] / "build" / "forms"

MADE_BY_THE_FORM = ("start", "end", "deviceid", "place/listed_", "photos/taken_at")
VENUES_CSV = """id,name,address,activity,licence_number,lon,lat
1,蓝星网吧,示例路1弄2号,internet_cafe,沪网文0001,121.47,31.23
2,红月网吧,示例路9号,internet_cafe,,121.48,31.24
"""
SITES_CSV = """id,name,kind,lon,lat
7,示例中学,middle,121.471,31.231
"""


@functools.cache
def built_forms() -> Path:
    """A folder with the checklists of today, compiled and not validated, for `Catalogue.load`."""
    build(CHECKLISTS, BUILT, validate=False)
    return BUILT


@functools.cache
def cafe_form() -> CatalogueForm:
    return Catalogue.load(built_forms()).form("internet_cafe")


def write_media(folder: Path) -> Path:
    """The lists that go with the form, for JavaRosa."""
    (folder / "venues.csv").write_text(VENUES_CSV, "utf-8")
    (folder / "sites.csv").write_text(SITES_CSV, "utf-8")
    return folder


def cafe_submission(**said: Any) -> bytes:
    """`examples.cafe_submission` of the form of today."""
    return examples.cafe_submission(cafe_form(), **said)


def cafe_script(**said: Any) -> list[str]:
    """The same as a script for `javarosa.fill`; what the form works out by itself is not in it."""
    script: list[str] = []
    for name, value in examples.fill_in(cafe_form(), **said).items():
        if isinstance(value, str):
            script.append(_command(name, f"/data/{name}", value))
            continue
        for n, turn in enumerate(value, start=1):
            script += [f"repeat\t/data/{name}"] if n > 1 else []
            script += [_command(f"{name}/{leaf}", f"/data/{name}[{n}]/{leaf}", turn[leaf]) for leaf in turn]
    return [command for command in script if command]


def _command(path: str, node: str, value: str) -> str:
    if not value or path.startswith(MADE_BY_THE_FORM):
        return ""
    hidden = cafe_form().questions[f"/data/{path}"].kind == "hidden"
    return f"{'put' if hidden else 'set'}\t{node}\t{value}"
