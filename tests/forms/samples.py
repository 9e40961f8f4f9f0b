"""The example of `forms.examples` for the checklists of today, and as a script for JavaRosa."""

import functools
from dataclasses import replace
from pathlib import Path
from typing import Any

from forms import examples
from forms.build import build
from forms.catalogue import Catalogue, CatalogueForm
from forms.examples import ID_CHECK, PHOTO
from forms.records import Visit

__all__ = [
    "ACTIVITIES",
    "ID_CHECK",
    "PHOTO",
    "built_forms",
    "cafe_form",
    "cafe_script",
    "cafe_submission",
    "form_of",
]

CHECKLISTS = Path(__file__).parents[2] / "forms" / "checklists"
BUILT = Path(__file__).parents[2] / "build" / "forms"
ACTIVITIES = [path.stem for path in sorted(CHECKLISTS.glob("*.md"))]

MADE_BY_THE_FORM = ("start", "end", "deviceid", "place/listed_", "photos/taken_at", "signs/sign_taken_at")
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
def _catalogue() -> Catalogue:
    return Catalogue.load(built_forms())


def form_of(activity: str) -> CatalogueForm:
    """The checklist of an activity as it is today."""
    return _catalogue().form(activity)


def cafe_form() -> CatalogueForm:
    return form_of("internet_cafe")


def write_media(folder: Path) -> Path:
    """The lists that go with the forms, for JavaRosa."""
    (folder / "venues.csv").write_text(VENUES_CSV, "utf-8")
    (folder / "sites.csv").write_text(SITES_CSV, "utf-8")
    return folder


def cafe_submission(**said: Any) -> bytes:
    """`examples.filled_submission` of the cafe form of today."""
    return examples.filled_submission(cafe_form(), **said)


def cafe_script(**said: Any) -> list[str]:
    """The same as a script for `javarosa.fill`."""
    return script(cafe_form(), **said)


def script(form: CatalogueForm, **said: Any) -> list[str]:
    """What `examples.fill_in` says as commands; what the form works out by itself is not in it."""
    commands: list[str] = []
    for name, value in examples.fill_in(form, **said).items():
        if isinstance(value, str):
            commands.append(_command(form, name, f"/data/{name}", value))
            continue
        for n, turn in enumerate(value, start=1):
            commands += [f"repeat\t/data/{name}"] if n > 1 else []
            commands += [
                _command(form, f"{name}/{leaf}", f"/data/{name}[{n}]/{leaf}", turn[leaf]) for leaf in turn
            ]
    return [command for command in commands if command]


def without_device(visit: Visit) -> Visit:
    """A visit without what differs from one filling to the next."""
    photos = tuple(replace(photo, taken_at=None) for photo in visit.photos)
    visit_id = visit.visit_id if visit.visit_id != visit.instance_id.removeprefix("uuid:") else ""
    device = {"device_id": "", "device_started_at": None, "device_ended_at": None}
    return replace(visit, visit_id=visit_id, instance_id="", photos=photos, **device)


def _command(form: CatalogueForm, path: str, node: str, value: str) -> str:
    if not value or path.startswith(MADE_BY_THE_FORM):
        return ""
    hidden = form.questions[f"/data/{path}"].kind == "hidden"
    return f"{'put' if hidden else 'set'}\t{node}\t{value}"
