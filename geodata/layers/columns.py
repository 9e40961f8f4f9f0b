"""Headers, the columns that hold a position, and the geometry made from them."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geodata.layers.layer import LayerUnreadable, Row, find_column, plain

FARTHEST = 2e8  # no reference system of the earth has larger numbers, in metres with a zone prefix or in feet
TORN = "too_many_cells"  # under a header that has fewer: nobody knows which cell is which
_CHUNK = 4096  # making points one by one costs 15 times as much

_USUAL = {  # role: (whole names, endings after a prefix such as "venue_" or 单位)
    "lon": ("lon|lng|long|longitude|经度|东经", r"[\w ]*[_ .](?:lon|lng|long|longitude)|\w+经度"),
    "lat": ("lat|latitude|纬度|北纬", r"[\w ]*[_ .](?:lat|latitude)|\w+纬度"),
    "wkt": ("wkt|geometry|geom|the_geom|wkt_geom|shape_wkt|几何", r"[\w ]*[_ .](?:wkt|geom)"),
    "name": ("name|名称|店名|字号|title", r"[\w ]*[_ .]name|\w+(?:名称|店名)"),
    "address": ("address|addr|地址|住所", r"[\w ]*[_ .](?:address|addr)|\w+(?:地址|住所)"),
}  # x and y are not among them: in Chinese surveying x points north
# 经度_84 and longitude_WGS84 are 经度 too; lon (2) is the second column of that name.
_DATUM = r"(?:[_ .(（]*(?:wgs|gcj|bd|cgcs)?_?(?:84|02|09|2000)[)）]?| \(\d\))?"


def unique_names(cells: Iterable[str | None]) -> list[str]:
    """Column names from a header: outer spaces gone, empty cells and repetitions numbered."""
    names: list[str] = []
    for place, cell in enumerate(cells, 1):
        name = wanted = (cell or "").strip(" \t\r\n\ufeff") or f"column_{place}"
        again = 1
        while name in names:
            again += 1
            name = f"{wanted} ({again})"
        names.append(name)
    return names


def guess_columns(columns: Iterable[str]) -> dict[str, str]:
    """Which columns are, by their usual names, the position, the name and the address.

    Parameters
    ----------
    columns : iterable of str
        Names as `Layer.columns` has them.

    Returns
    -------
    dict of str to str
        Any of ``lon``, ``lat``, ``wkt``, ``name``, ``address`` to a column. A role that two columns could
        play (经度 beside 经度_84, hundreds of metres apart) is left out: somebody has to say which.
    """
    return {role: found[0] for role, found in _candidates(list(columns)).items() if len(found) == 1}


def _candidates(columns: list[str]) -> dict[str, list[str]]:
    def matching(pattern: str) -> list[str]:
        return [c for c in columns if re.fullmatch(f"(?:{pattern}){_DATUM}", plain(c))]

    return {role: matching(whole) or matching(ending) for role, (whole, ending) in _USUAL.items()}


@dataclass(frozen=True)
class Position:
    """The columns that say where a row is: WKT where the row has one, else longitude and latitude."""

    lon: str | None = None
    lat: str | None = None
    wkt: str | None = None

    def named(self, columns: list[str]) -> "Position":
        """The same with each name as the file spells it."""
        if (self.lon is None) != (self.lat is None):
            raise LayerUnreadable("columns_unclear", "lon and lat are named together or not at all")
        names = (name and find_column(columns, name) for name in (self.lon, self.lat, self.wkt))
        return Position(*names)

    def place(self, rows: Iterable[Row]) -> list[Row]:
        """The rows with the geometry that their cells describe."""
        rows = list(rows)
        found = [row.problem if row.problem == TORN else self._find(row.values) for row in rows]
        points = iter(shapely.points(np.reshape([at for at in found if isinstance(at, tuple)], (-1, 2))))
        shapes = [next(points) if isinstance(at, tuple) else at for at in found]
        return [_placed(row, shape) for row, shape in zip(rows, shapes, strict=True)]

    def _find(self, values: Mapping[str, str | None]) -> tuple[float, float] | BaseGeometry | str:
        """Longitude and latitude, or a geometry, or the problem."""
        drawn = self.wkt and values[self.wkt]
        if drawn and not drawn.isspace():
            return _from_text(drawn)
        lon, lat = (values[self.lon], values[self.lat]) if self.lon and self.lat else (None, None)
        if lon is None or lat is None or lon.isspace() or lat.isspace():
            return "coordinates_missing"
        try:
            return _number(lon), _number(lat)
        except ValueError:
            return "coordinates_not_numbers"


def usual_position(columns: list[str]) -> Position:
    """The columns to use when the caller names none.

    Raises
    ------
    LayerUnreadable
        ``columns_unclear`` when several columns could be meant, or longitude stands without latitude.
    """
    found = _candidates(columns)
    several = [found[role] for role in ("wkt", "lon", "lat") if len(found[role]) > 1]
    if several or len(found["lon"]) != len(found["lat"]):
        which = several[0] if several else found["lon"] or found["lat"]
        raise LayerUnreadable(
            "columns_unclear", f"say which columns are the position; perhaps {', '.join(which)}?"
        )
    return Position(*(found[role][0] if found[role] else None for role in ("lon", "lat", "wkt")))


def _number(cell: str) -> float:
    if "_" in cell:  # Python would read 1_21 as 121
        raise ValueError(cell)
    return float(cell)


def _placed(row: Row, at: BaseGeometry | str) -> Row:
    """The row with its geometry or problem."""
    return Row(row.number, row.values, *((None, at) if isinstance(at, str) else (at, None)))


def _from_text(drawn: str) -> BaseGeometry | str:
    """A geometry from WKT, EWKT or hexadecimal WKB."""
    body = drawn.strip().rpartition(";")[2]
    read = shapely.from_wkb if body[:2] in ("00", "01") else shapely.from_wkt
    geometry = read(body, on_invalid="ignore")
    return "geometry_unreadable" if geometry is None else geometry


def finished(
    rows: Iterator[Row], position: Position | None, only: Mapping[str, Collection[str]]
) -> Iterator[Row]:
    """The rows that `only` lets through, placed, with a problem wherever there is no geometry."""
    for column, wanted in only.items():
        rows = _having(rows, column, wanted)
    while chunk := list(islice(rows, _CHUNK)):
        yield from _checked(position.place(chunk) if position else chunk)


def _having(rows: Iterator[Row], column: str, wanted: Collection[str]) -> Iterator[Row]:
    return (row for row in rows if row.values[column] in wanted)


def _checked(rows: list[Row]) -> Iterator[Row]:
    shapes = np.array([row.geometry for row in rows], dtype=object)
    if shapely.has_z(shapes).any():
        rows = [row._replace(geometry=flat) for row, flat in zip(rows, shapely.force_2d(shapes), strict=True)]
    coordinates, index = shapely.get_coordinates(shapes, return_index=True)
    far = index[(np.abs(coordinates) > FARTHEST).any(axis=1)]
    endless = index[~np.isfinite(coordinates).all(axis=1)]
    wrong: dict[int, str] = dict.fromkeys(set(range(len(rows))).difference(index), "coordinates_missing")
    wrong |= dict.fromkeys(far, "coordinates_out_of_range") | dict.fromkeys(
        endless, "coordinates_not_numbers"
    )
    for place, row in enumerate(rows):
        ready = row.problem or place not in wrong
        yield row if ready else Row(row.number, row.values, None, wrong[place])
