"""Rows of a table: a page of twenty, where they stand in the whole, the other pages; or all, for a file."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from flask import request, url_for
from marshmallow import Schema, ValidationError

from backend.accounts.auth import current_user
from backend.core.errors import InvalidInput
from backend.core.web import deployment

PAGE_SIZE = 20
_AT_ONCE = 1000
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of many. `number` counts from 1."""

    rows: list[Any]
    total: int
    number: int

    @property
    def first(self) -> int:
        """The 序号 of the first row."""
        return (self.number - 1) * PAGE_SIZE + 1

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE_SIZE))

    def near(self) -> list[int | None]:
        """The page numbers to show: first, last, those around this one; None stands for those left out."""
        shown: list[int | None] = []
        for number in range(1, self.pages + 1):
            if number in (1, self.pages) or abs(number - self.number) <= 2:
                shown.append(number)
            elif shown[-1] is not None:
                shown.append(None)
        return shown

    def address(self, number: int) -> str:
        """This page's address with another page number, its filters kept."""
        arguments = request.args.to_dict() | (request.view_args or {}) | {"page": str(number)}
        return url_for(str(request.endpoint), **arguments)


def page_asked() -> tuple[int, dict[str, Any]]:
    """The number of the page asked for, and its place for a query: `{"offset": ..., "limit": ...}`."""
    number = min(max(request.args.get("page", 1, type=int), 1), 1_000_000)
    return number, {"offset": (number - 1) * PAGE_SIZE, "limit": PAGE_SIZE}


def filters_asked(schema: Schema) -> tuple[dict[str, str], dict[str, Any]]:
    """The filters of the address: as they were typed, and as a query takes them. Raises InvalidInput."""
    given = {name: text for name, text in request.args.items() if text and name in schema.fields}
    try:
        return given, schema.load(given)
    except ValidationError as problem:
        raise InvalidInput(**cast(dict[str, Any], problem.messages)) from None


def every_row(
    list_rows: Callable[..., tuple[Sequence[Row], int]], **chosen: Any
) -> Iterator[tuple[int, Row]]:
    """All rows of a list with their 序号, some at a time, for a file.

    Read with a session of their own: the request's is closed before the first line is sent.
    """
    scope, done = current_user().scope, 0
    with deployment().reading() as session:
        while rows := list_rows(session, scope, **chosen, offset=done, limit=_AT_ONCE)[0]:
            yield from enumerate(rows, done + 1)
            done += len(rows)
            session.expunge_all()
