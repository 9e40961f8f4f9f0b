"""The map as a picture, drawn by the server: for browsers without WebGL, and for paper."""

import math
from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from backend.maps.frame import Frame
from backend.maps.venues import OnMap
from backend.web.map_rows import MapRow

WIDE, HIGH = 960.0, 640.0
# The colours that the map has too (assets/map/looks.ts): blue for rates, and amber and green for changes.
FILLS = {
    "few": "url(#few)", "hidden": "url(#few)",
    "0": "#eef3f8", "1": "#c4d8ea", "2": "#86b0d3", "3": "#3f7fb3", "4": "#0b4a7f",
    "rises": "#c9791b", "falls": "#2e8060", "unclear": "#dfe4ea",
}  # fmt: skip
EDGES = {"more": ("#8f1414", 3), "less": ("#0a5032", 3)}
DOTS = {"inside": "#8f1414", "survey": "#8a5a00", "not_configured": "#3d4466", "clear": "#0a5032"}
_HATCH = (
    '<defs><pattern id="few" width="6" height="6" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><rect width="6" height="6" fill="#fff"/>'
    '<path d="M0,0 V6" stroke="#8a95a1" stroke-width="2"/></pattern></defs>'
)


def picture(frame: Frame, *, places: Iterable[MapRow] = (), venues: Iterable[OnMap] = ()) -> str:
    """Draw places in the colour of their level, or venues in that of their verdict; an SVG document."""
    sheet = _Sheet(frame)
    drawn = [_place(sheet, row) for row in places if row.shape]
    drawn += [_dot(sheet, one) for one in venues if one.lon is not None and one.lat is not None]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE:g} {HIGH:g}">{_HATCH}'
        f'<rect width="{WIDE:g}" height="{HIGH:g}" fill="#f4f6f8"/>{"".join(drawn)}</svg>'
    )


class _Sheet:
    """Degrees to units of the picture, north up, a degree of longitude shortened for the latitude."""

    def __init__(self, frame: Frame) -> None:
        west, south, east, north = frame
        self._narrow = math.cos(math.radians((south + north) / 2))
        wide, high = max((east - west) * self._narrow, 1e-6), max(north - south, 1e-6)
        self._scale = 0.94 * min(WIDE / wide, HIGH / high)
        self._middle = ((west + east) / 2, (south + north) / 2)

    def at(self, lon: float, lat: float) -> str:
        x = WIDE / 2 + (lon - self._middle[0]) * self._narrow * self._scale
        y = HIGH / 2 - (lat - self._middle[1]) * self._scale
        return f"{x:.1f},{y:.1f}"


def _place(sheet: _Sheet, row: MapRow) -> str:
    shape: dict[str, Any] = row.shape or {}
    parts = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
    rings = "".join(_ring(sheet, ring) for part in parts for ring in part)
    edge = EDGES.get(row.stands_out or "", ("#9aa5b1", 1))
    said = escape("; ".join([row.name, *(text for _, text in row.lines)]))
    return (
        f'<path d="{rings}" fill="{FILLS[row.level]}" stroke="{edge[0]}" stroke-width="{edge[1]}">'
        f"<title>{said}</title></path>"
    )


def _ring(sheet: _Sheet, ring: Sequence[Sequence[float]]) -> str:
    return "M" + " L".join(sheet.at(*corner[:2]) for corner in ring) + " Z"


def _dot(sheet: _Sheet, one: OnMap) -> str:
    x, y = sheet.at(one.lon or 0.0, one.lat or 0.0).split(",")
    colour = DOTS.get(one.venue.verdict or "", "#6b7885")
    name = escape(one.venue.name or "")
    return f'<circle cx="{x}" cy="{y}" r="4" fill="{colour}"><title>{name}</title></circle>'
