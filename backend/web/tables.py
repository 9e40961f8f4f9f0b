"""A page of a table: twenty rows, where they stand in the whole, and the addresses of the other pages."""

from dataclasses import dataclass
from typing import Any

from flask import request, url_for

PAGE_SIZE = 20


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


def page_asked() -> tuple[int, dict[str, int]]:
    """The number of the page asked for, and its place for a query: `{"offset": ..., "limit": ...}`."""
    number = min(max(request.args.get("page", 1, type=int), 1), 1_000_000)
    return number, {"offset": (number - 1) * PAGE_SIZE, "limit": PAGE_SIZE}
