"""What somebody may ask of an import; each field is an option of `humiao import`."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

from backend.imports.errors import FileRefused

Pairs = tuple[tuple[str, str], ...]
_PLACE = ("lon", "lat", "wkt")
_KNOWN = (*_PLACE, "name", "address", "accuracy_m", "surveyed_on")


@dataclass(frozen=True, kw_only=True)
class FileOptions:
    """Options of every kind of file.

    `columns` says which column of the file plays a role; without it the usual names (名称, 经度 ...) and the
    role's own name are taken. `only` keeps the rows that have one of the texts in each column.
    """

    crs: str | None
    columns: Mapping[str, str] = field(default_factory=dict)
    only: Mapping[str, Collection[str]] = field(default_factory=dict)
    ref_column: str | None = None
    district_column: str | None = None
    source: str | None = None
    rejects: Path | None = None
    dry_run: bool = False

    roles: ClassVar[tuple[str, ...]] = _KNOWN

    def __post_init__(self) -> None:
        for role in self.columns:
            if role not in self.roles:
                raise FileRefused("role_unknown", f"--column {role}=…: give one of {', '.join(self.roles)}")


@dataclass(frozen=True, kw_only=True)
class SiteOptions(FileOptions):
    """Sites need a kind: one for all, or by what a column contains (first pair that fits)."""

    kind: str | None = None
    kind_column: str | None = None
    kind_map: Pairs = ()

    roles = (*_KNOWN, "gates", "opened_on", "closed_on")


@dataclass(frozen=True, kw_only=True)
class VenueOptions(FileOptions):
    """Venues have activities: some for all, and those that a column names (every pair that fits)."""

    activities: tuple[str, ...] = ()
    activity_column: str | None = None
    activity_map: Pairs = ()

    roles = (
        *_KNOWN, "operator", "credit_code", "established_on",
        "licence_number", "licence_issued_on", "licence_expires_on",
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class AreaOptions(FileOptions):
    """Areas are known by their code, and updated by it."""

    code_column: str
    name_column: str

    roles = ("wkt",)


def pair(text: str) -> tuple[str, str]:
    """`name=名称` as its two sides."""
    left, equals, right = (part.strip() for part in text.partition("="))
    if not (left and equals and right):
        raise FileRefused("pair_unclear", f"{text!r}: write NAME=VALUE")
    return left, right


def pairs(text: str) -> Pairs:
    """`primary=小学,middle=中学` in the order in which they are tried."""
    return tuple(pair(part) for part in text.split(","))


def only(text: str) -> tuple[str, frozenset[str]]:
    """`amenity=bar,pub` as a column and the texts that it may have."""
    column, texts = pair(text)
    return column, frozenset(part.strip() for part in texts.split(","))
