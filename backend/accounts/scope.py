"""Who asks, and which rows they may see: their areas, the activities of their agency, their school."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_, true
from sqlalchemy.orm import QueryableAttribute

from backend.accounts.rules import Role

Column = QueryableAttribute[Any] | ColumnElement[Any]


@dataclass(frozen=True, slots=True)
class Scope:
    """What rows somebody may see. An area covers all whose code begins with its own; "" is everywhere."""

    areas: tuple[str, ...]
    activities: frozenset[str] | None  # None: all activities
    agency_id: int | None
    role: Role
    site_id: int | None = None  # a school's reporter sees this school's surroundings only

    @property
    def everywhere(self) -> bool:
        return "" in self.areas

    @property
    def view(self) -> tuple[Any, ...]:
        """All that decides which rows are seen, as a key under which what was worked out for it is kept."""
        activities = None if self.activities is None else tuple(sorted(self.activities))
        return tuple(sorted(self.areas)), activities, self.agency_id, self.role, self.site_id

    def covers(self, code: str | None) -> bool:
        """Whether a row of this area is in scope; a row without an area only for those who see everywhere."""
        return self.everywhere or (code is not None and code.startswith(self.areas))

    def concerns(self, activity: str) -> bool:
        """Whether the agency supervises this activity."""
        return self.activities is None or activity in self.activities


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who signed in, as they were when this request began."""

    id: int
    login: str
    name: str
    role: Role
    agency_id: int | None
    scope: Scope
    agency_names: tuple[str, str] | None = None  # Chinese, English

    @property
    def actor(self) -> str:
        """How audit entries name them: `by=person.actor`."""
        return f"user:{self.id}"


@dataclass(frozen=True, slots=True)
class DevicePerson:
    """A tablet that came with its own token; `user_id` is the officer it stands for, if it stands for one.

    One that is `enrolled` holds a signing key; ODK Collect does not.
    """

    device_id: int
    user_id: int | None
    name: str
    role: Role
    agency_id: int | None
    scope: Scope
    public_key: bytes | None = None  # SPKI

    @property
    def enrolled(self) -> bool:
        return self.public_key is not None

    @property
    def actor(self) -> str:
        return f"device:{self.device_id}"


def area_condition(scope: Scope, column: Column) -> ColumnElement[bool]:
    """Rows whose area code is in scope; rows without one only for those who see everywhere."""
    if scope.everywhere:
        return true()
    return or_(false(), *(begins_with(column, code) for code in scope.areas))


def begins_with(column: Column, code: str) -> ColumnElement[bool]:
    """Rows whose area code begins so: of codes of digits, those between it and the next one."""
    if not (code.isascii() and code.isdigit()) or not (rest := code.rstrip("9")):
        return column.startswith(code, autoescape=True)
    following = f"{rest[:-1]}{int(rest[-1]) + 1}"
    return and_(column >= code, column < following)


def activity_condition(scope: Scope, column: Column) -> ColumnElement[bool]:
    """Rows of the activities that the agency supervises."""
    return true() if scope.activities is None else column.in_(sorted(scope.activities))
