"""Files of premises (场所): a point or a footprint, what they do, their licence. Some have no position."""

from collections.abc import Collection
from datetime import date

from backend.imports.cells import Cells, says_nothing
from backend.imports.content import OUTLINES, Content, Placed, all_in, one_of_two, refuse_unknown
from backend.imports.errors import FileRefused, RowRefused
from backend.imports.opening import OpenFile
from backend.imports.options import VenueOptions
from backend.imports.register import VENUES, Values
from backend.venues.rules import credit_code
from geodata.distance import farthest_corner_m
from geodata.layers import Row

_NOWHERE: Values = {"place": None, "footprint": None, "extent_m": 0.0}


class Venues(Content[VenueOptions]):
    """Premises without a position are kept: somebody has to find them."""

    register = VENUES

    def __init__(self, file: OpenFile, options: VenueOptions, cells: Cells, known: Collection[str]) -> None:
        super().__init__(file, options, cells)
        if not options.activities and not options.activity_column:
            raise FileRefused("activity_missing", "give --activity, or --activity-column with --activity-map")
        one_of_two(options.activity_column, options.activity_map, "--activity")
        named = [*options.activities, *(activity for activity, _ in options.activity_map)]
        refuse_unknown(named, known, "--activity")
        self.play("activity", options.activity_column)

    def values(self, row: Row, placed: Placed) -> Values:
        found = all_in(self.cells.raw(row, "activity"), self.options.activity_map)
        activities = list(dict.fromkeys([*self.options.activities, *found]))
        if not activities:
            raise RowRefused("unknown_activity")
        return {
            "name": self.cells.text(row, "name"),
            "address": self.cells.text(row, "address"),
            "district_text": self.cells.text(row, "district"),
            "operator_name": self.cells.text(row, "operator"),
            "credit_code": self._credit_code(row),
            "established_on": self.cells.day(row, "established_on"),
            "venue_activities": [{"activity": activity} for activity in activities],
            "licences": self._licences(row, activities),
        } | self._place(row, placed)

    def _place(self, row: Row, placed: Placed) -> Values:
        if placed.problem:
            if not self._has_no_coordinates(row, placed.problem):
                raise RowRefused(placed.problem)
            return _NOWHERE
        if placed.shape.geom_type == "Point":
            return {"place": placed.shape, "footprint": None, "extent_m": 0.0} | self.provenance(row)
        if placed.shape.geom_type not in OUTLINES:
            raise RowRefused("not_a_place")
        extent_m = farthest_corner_m(placed.point.x, placed.point.y, placed.shape)
        return {"place": placed.point, "footprint": placed.shape, "extent_m": extent_m} | self.provenance(row)

    def _has_no_coordinates(self, row: Row, problem: str) -> bool:
        """Blank, or with #N/A and the like where a number should be."""
        cells = [self.cells.raw(row, axis) for axis in ("lon", "lat")]
        return problem == "coordinates_missing" or (
            problem == "coordinates_not_numbers" and any(map(says_nothing, cells))
        )

    def _credit_code(self, row: Row) -> str | None:
        text = self.cells.raw(row, "credit_code")
        if text is None or says_nothing(text):
            return None
        code = credit_code(text)
        if code is None:
            self.cells.note("credit_code_invalid", row)
        return code

    def _licences(self, row: Row, activities: list[str]) -> list[Values]:
        number = self.cells.text(row, "licence_number")
        days: dict[str, date | None] = {
            day: self.cells.day(row, f"licence_{day}") for day in ("issued_on", "expires_on")
        }
        if number is None or says_nothing(number):
            if any(days.values()):
                self.cells.note("licence_without_number", row)
            return []
        return [{"activity": activities[0] if len(activities) == 1 else None, "number": number} | days]
