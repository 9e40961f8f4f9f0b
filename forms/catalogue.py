"""The catalogue of built forms (表单目录): plain JSON beside each XForm, read without pyxform.

A folder holds `<form_id>-<version>.xml` and `.json` for every version ever built in it, and `current.json`,
which names the newest of each form. Old versions stay: a tablet may send one weeks later.
"""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from forms.errors import FormUnknown
from forms.submission import Submission

CURRENT = "current.json"
FILE_KINDS = frozenset({"image", "audio", "video", "file"})
Labels = dict[str, str]  # language -> text, "zh" and "en"


@dataclass(frozen=True, slots=True)
class Question:
    """One node of a form: what it is called, which law it serves, and what may be answered.

    `kind` is the XLSForm type without its list ("select_one", "text", "repeat", ...); `choices` are its
    answers in their order, none where they come from a file.
    """

    nodeset: str
    kind: str
    labels: Labels = field(default_factory=dict)
    clauses: tuple[str, ...] = ()
    duties: tuple[str, ...] = ()
    list_name: str = ""
    choices: dict[str, Labels] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.nodeset.rpartition("/")[2]

    @property
    def is_file(self) -> bool:
        """Whether its answer is the name of an attachment."""
        return self.kind in FILE_KINDS

    @property
    def bound(self) -> bool:
        """Whether it serves a law."""
        return bool(self.clauses or self.duties)


@dataclass(frozen=True, slots=True)
class CatalogueForm:
    """One version of one form. The id of a form is the id of its activity."""

    form_id: str
    version: str
    hash: str  # "md5:..." of the XForm, as OpenRosa wants it
    title: str
    media: tuple[str, ...]  # files that go with the form: venues.csv, sites.csv
    questions: dict[str, Question]  # by nodeset, in the order of the form
    path: Path  # of the XForm

    @property
    def activity(self) -> str:
        return self.form_id

    def xml(self) -> bytes:
        return self.path.read_bytes()

    def file_names(self, submission: Submission) -> tuple[str, ...]:
        """The attachments that a submission names where this form asks for one, each once, in order."""
        leaves = ((self.questions.get(leaf.nodeset), leaf.text.strip()) for leaf in submission.root.leaves())
        return tuple(
            dict.fromkeys(text for question, text in leaves if text and question and question.is_file)
        )


class Catalogue:
    """The forms of one folder. A form is read when it is first asked for."""

    def __init__(self, paths: dict[tuple[str, str], Path], current: dict[str, str]) -> None:
        self._paths, self._current = paths, current
        self._read: dict[tuple[str, str], CatalogueForm] = {}

    @classmethod
    def load(cls, folder: Path) -> "Catalogue":
        """The catalogue that `forms.build.build` wrote into a folder.

        Raises
        ------
        FileNotFoundError
            If no forms have been built there.
        """
        if not (current := folder / CURRENT).is_file():
            raise FileNotFoundError(f"no forms have been built in {folder}: run `humiao forms build`")
        described = (path for path in folder.glob("*.json") if path.name != CURRENT)
        paths = {(path.stem.rpartition("-")[0], path.stem.rpartition("-")[2]): path for path in described}
        return cls(paths, json.loads(current.read_text("utf-8")))

    def current(self) -> list[CatalogueForm]:
        """The newest version of each form, by id."""
        return [self.form(form_id, version) for form_id, version in sorted(self._current.items())]

    def form(self, form_id: str, version: str | None = None) -> CatalogueForm:
        """A form by its id and version; without a version the newest.

        Raises
        ------
        FormUnknown
            If it was never built here.
        """
        key = (form_id, self._current.get(form_id, "") if version is None else version)
        if key not in self._paths:
            raise FormUnknown(*key)
        if key not in self._read:
            self._read[key] = _read(self._paths[key])
        return self._read[key]


def _read(path: Path) -> CatalogueForm:
    entry: dict[str, Any] = json.loads(path.read_text("utf-8"))
    lists: dict[str, dict[str, Labels]] = entry["lists"]
    questions = (
        Question(
            nodeset=one["nodeset"],
            kind=one["kind"],
            labels=one["labels"],
            clauses=tuple(one["clauses"]),
            duties=tuple(one["duties"]),
            list_name=one["list"],
            choices=lists.get(one["list"], {}),
        )
        for one in entry["questions"]
    )
    return CatalogueForm(
        form_id=entry["form_id"],
        version=entry["version"],
        hash=entry["hash"],
        title=entry["title"],
        media=tuple(entry["media"]),
        questions={question.nodeset: question for question in questions},
        path=path.with_suffix(".xml"),
    )
