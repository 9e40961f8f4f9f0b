"""A file about to be imported: opened, its columns matched to roles, the refs of its rows."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from backend.imports.cells import clean, is_personal
from backend.imports.errors import FileRefused, RowRefused
from backend.imports.options import FileOptions
from geodata import layers
from geodata.crs import CrsUnknown, parse
from geodata.layers import Layer, Row

LONGEST_REF = 255


@dataclass(frozen=True)
class OpenFile:
    """`columns` says which column plays which role; `ref_column` is spelled as in the file."""

    path: Path
    stem: str
    crs: str
    layer: Layer
    columns: dict[str, str]
    ref_column: str | None
    is_partial: bool  # rows were left out by --only

    def ref(self, row: Row) -> str:
        """`stem:row number`, or `stem:value` of the ref column. Raises RowRefused."""
        if self.ref_column is None:
            return f"{self.stem}:{row.number}"
        value = clean(row.values[self.ref_column])
        if value is None:
            raise RowRefused("ref_missing")
        if is_personal(value):
            raise RowRefused("personal_number_in_ref")
        if len(ref := f"{self.stem}:{value}") > LONGEST_REF:
            raise RowRefused("text_too_long")
        return ref


def open_file(path: Path, options: FileOptions) -> OpenFile:
    """Open what `humiao import` was given. Raises FileRefused."""
    crs = stated(options.crs)
    stem = path.name.partition(".")[0]
    if not stem or len(stem) > LONGEST_REF // 2:
        raise FileRefused("file_name_unusable", f"{path.name!r}: rename the file; refs begin with its name")
    named = {role: options.columns[role] for role in ("lon", "lat", "wkt") if role in options.columns}
    with refusing(path):
        layer = layers.read(path, only=options.only, **named)
        return OpenFile(
            path, stem, crs, layer, _roles(layer, options),
            options.ref_column and layer.column(options.ref_column),
            bool(options.only),
        )  # fmt: skip


@contextmanager
def refusing(path: Path) -> Iterator[None]:
    """Refuse a file that cannot be read, also where a damage shows further down."""
    try:
        yield
    except layers.LayerUnreadable as problem:
        raise FileRefused(problem.reason, f"{path.name}: {problem}") from problem


def stated(crs: str | None) -> str:
    """The reference that somebody named, in its one spelling. Raises FileRefused; none is ever assumed."""
    try:
        return parse(crs)
    except CrsUnknown as problem:
        raise FileRefused("crs_unknown" if crs else "crs_missing", f"--crs: {problem}") from problem


def _roles(layer: Layer, options: FileOptions) -> dict[str, str]:
    """What --column says, else the usual names, else a column that bears the role's own name."""
    own = {role: role for role in options.roles if role in layer.columns}
    usual = {
        role: column for role, column in layers.guess_columns(layer.columns).items() if role in options.roles
    }
    return own | usual | {role: layer.column(name) for role, name in options.columns.items()}


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
