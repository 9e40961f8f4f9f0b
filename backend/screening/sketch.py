"""A sketch of a site and the venues around it, drawn by the server as SVG: for the eye, never for a distance.

It needs no script, no map of anybody else, and no style that a content security policy would refuse. What a
colour says is said by a shape and by words too.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

import shapely
from shapely import affinity

from backend.screening.rules import Verdict, worst
from geodata.distance import metres_per_degree

SIZE, _MARGIN, _MARK = 640.0, 40.0, 9.0
_NICE_M = (10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
_LOOK = {  # colour, and a shape around the origin
    Verdict.INSIDE: ("#a4000f", "M0,-1.2 L1.1,0.8 L-1.1,0.8 Z"),
    Verdict.SURVEY: ("#8a5a00", "M0,-1.2 L1.2,0 L0,1.2 L-1.2,0 Z"),
    Verdict.NOT_CONFIGURED: ("#4a4a4a", "M-0.9,-0.9 H0.9 V0.9 H-0.9 Z"),
    Verdict.CLEAR: ("#00662e", "M-1,0 A1,1 0 1 1 1,0 A1,1 0 1 1 -1,0 Z"),
}
_NO_VERDICT = ("#ffffff", _LOOK[Verdict.CLEAR][1])


@dataclass(frozen=True, slots=True)
class Dot:
    """A venue on the sketch; `label` is its number in the list beside it, `text` what is read out."""

    lon: float
    lat: float
    label: str
    text: str
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True)
class Tape:
    """A line that was measured: from where to where, in degrees, and what is written beside it."""

    lon: float
    lat: float
    end_lon: float
    end_lat: float
    text: str


@dataclass(frozen=True, slots=True)
class Words:
    """What the sketch says in the language of its page."""

    title: str
    north: str = "北"
    metres: str = "米"
    gate: str = "校门"


def draw(
    place: shapely.Geometry,
    gates: shapely.MultiPoint | None,
    dots: Sequence[Dot],
    *,
    radius_m: float | None,
    words: Words,
    tapes: Sequence[Tape] = (),
    text_size: int = 14,
) -> str:
    """Draw a site, a ring at `radius_m` around it, venues, and lines that were measured; lon/lat in degrees.

    Returns an SVG element.
    """
    sheet = _Sheet(place, gates, dots, radius_m)
    parts = [
        *sheet.ring(),
        *sheet.site(),
        *sheet.gates(escape(words.gate)),
        *(sheet.tape(tape) for tape in tapes),
        *(sheet.mark(together) for together in _in_one_place(dots)),
        sheet.scale_bar(escape(words.metres)),
        _north(escape(words.north)),
    ]
    title = escape(_printable(words.title))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE:g} {SIZE:g}" role="img" '
        f'aria-label="{title}" class="sketch" data-frame="{sheet.frame()}" '
        f'font-size="{text_size}" font-family="sans-serif"><title>{title}</title>{"".join(parts)}</svg>'
    )


_BEFORE = 'class="before" fill="none" stroke="#4a4a4a" stroke-width="3" stroke-dasharray="7 5"'
_AFTER = 'class="after" fill="none" stroke="#a4000f" stroke-width="3"'
_AROUND = 'class="site" fill="#cfe0f3" fill-rule="evenodd" stroke="#1a4f8b" stroke-width="1"'


def draw_change(
    before: shapely.Geometry | None,
    after: shapely.Geometry | None,
    around: Sequence[shapely.Geometry],
    *,
    words: Words,
    labels: tuple[str, str],
) -> str:
    """Draw where something is by the register and where it would be, among what is around it.

    Dashed and hollow is before, drawn through is after; `labels` say so beside each. Lon/lat in degrees.
    """
    drawn = [(shape, _AROUND, "") for shape in around]
    drawn += [
        (shape, look, label)
        for shape, look, label in zip((before, after), (_BEFORE, _AFTER), labels, strict=True)
        if shape is not None
    ]
    sheet = _Sheet(shapely.GeometryCollection([shape for shape, *_ in drawn]), None, [], None)
    shapes = (part for shape, look, label in drawn for part in sheet.shape(shape, look, label))
    title = escape(_printable(words.title))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE:g} {SIZE:g}" role="img" '
        f'aria-label="{title}" class="sketch" font-size="14" font-family="sans-serif">'
        f"<title>{title}</title>{''.join(shapes)}"
        f"{sheet.scale_bar(escape(words.metres))}{_north(escape(words.north))}</svg>"
    )


def legend_mark(verdict: Verdict | None) -> str:
    """The mark of a venue by itself, for the legend beside a sketch."""
    colour, shape = _NO_VERDICT if verdict is None else _LOOK[verdict]
    return (
        f'<svg class="mark" viewBox="-12 -12 24 24" aria-hidden="true"><path d="{shape}" '
        f'transform="scale({_MARK:g})" fill="{colour}" stroke="#000" stroke-width="0.1"/></svg>'
    )


class _Sheet:
    """From degrees to the sheet: metres on the plane that touches the earth at the site, north up."""

    def __init__(
        self,
        place: shapely.Geometry,
        gates: shapely.MultiPoint | None,
        dots: Sequence[Dot],
        radius_m: float | None,
    ) -> None:
        self._centre = place.envelope.centroid
        self._per_degree = [float(metres) for metres in metres_per_degree(self._centre.y)]
        self._place = self._on_the_ground(place)
        self._gates = None if gates is None else self._on_the_ground(gates)
        self._ring = None if radius_m is None else self._place.buffer(radius_m, quad_segs=32)
        points = self._on_the_ground(shapely.MultiPoint([(dot.lon, dot.lat) for dot in dots]))
        everything = [shape for shape in (self._place, self._gates, self._ring, points) if shape is not None]
        west, south, east, north = shapely.total_bounds(everything)
        self._per_metre = (SIZE - 2 * _MARGIN) / max(east - west, north - south, 50.0)
        self._middle = ((west + east) / 2, (south + north) / 2)

    def _on_the_ground(self, shape: shapely.Geometry) -> shapely.Geometry:
        kx, ky = self._per_degree
        return affinity.affine_transform(shape, [kx, 0, 0, ky, -kx * self._centre.x, -ky * self._centre.y])

    def _on_the_sheet(self, xy: Iterable[Iterable[float]]) -> list[str]:
        (x0, y0), k, middle = self._middle, self._per_metre, SIZE / 2
        return [f"{middle + (x - x0) * k:.1f},{middle - (y - y0) * k:.1f}" for x, y in xy]

    def frame(self) -> str:
        """Longitude and latitude of the upper left corner, then degrees a unit to the right and down."""
        (x0, y0), (kx, ky), half = self._middle, self._per_degree, SIZE / 2 / self._per_metre
        west, north = self._centre.x + (x0 - half) / kx, self._centre.y + (y0 + half) / ky
        steps = (1 / kx / self._per_metre, 1 / ky / self._per_metre)
        return " ".join(f"{degrees:.9f}" for degrees in (west, north, *steps))

    def _outline(self, shape: shapely.Geometry) -> str:
        rings = shapely.get_rings(shapely.get_parts(shape))
        return " ".join(f"M{' L'.join(self._on_the_sheet(ring.coords))} Z" for ring in rings)

    def ring(self) -> Iterable[str]:
        if self._ring is not None and not self._ring.is_empty:
            look = 'class="ring" fill="none" stroke="#1a4f8b" stroke-dasharray="6 4"'
            yield f'<path d="{self._outline(self._ring)}" {look}/>'

    def site(self) -> Iterable[str]:
        look = 'class="site" fill="#cfe0f3" fill-rule="evenodd" stroke="#1a4f8b" stroke-width="2"'
        if self._place.geom_type in ("Polygon", "MultiPolygon"):
            yield f'<path d="{self._outline(self._place)}" {look}/>'
        elif self._place.geom_type == "Point":
            x, y = self._on_the_sheet(self._place.coords)[0].split(",")
            yield f'<circle cx="{x}" cy="{y}" r="8" {look}/>'

    def gates(self, word: str) -> Iterable[str]:
        for gate in () if self._gates is None else self._gates.geoms:
            (at,) = self._on_the_sheet(gate.coords)
            yield (
                f'<g class="gate" transform="translate({at})"><title>{word}</title>'
                '<path d="M-6,6 V-6 H6 V6" fill="none" stroke="#1a4f8b" stroke-width="3"/></g>'
            )

    def shape(self, shape: shapely.Geometry, look: str, label: str) -> Iterable[str]:
        """An outline, or a circle at each point; the label stands at the first corner."""
        ground = self._on_the_ground(shape)
        for part in shapely.get_parts(ground):
            if part.geom_type == "Polygon":
                yield f'<path d="{self._outline(part)}" {look}/>'
            else:
                x, y = self._on_the_sheet(part.coords)[0].split(",")
                yield f'<circle cx="{x}" cy="{y}" r="9" {look}/>'
        if label:
            x, y = self._on_the_sheet(shapely.get_coordinates(ground)[:1])[0].split(",")
            yield f'<text x="{float(x) + 14:.1f}" y="{float(y) - 8:.1f}">{escape(_printable(label))}</text>'

    def tape(self, tape: Tape) -> str:
        """A line with its length in the middle."""
        ends = self._on_the_ground(shapely.LineString([(tape.lon, tape.lat), (tape.end_lon, tape.end_lat)]))
        begin, end, middle = self._on_the_sheet(
            [*ends.coords, ends.interpolate(0.5, normalized=True).coords[0]]
        )
        x, y = middle.split(",")
        return (
            f'<g class="tape"><path d="M{begin} L{end}" stroke="#000" stroke-width="2"/>'
            f'<text x="{x}" y="{float(y) - 6:.1f}" stroke="#fff" stroke-width="4" paint-order="stroke" '
            f'text-anchor="middle">{escape(_printable(tape.text))}</text></g>'
        )

    def mark(self, dots: list[Dot]) -> str:
        """One mark for all venues in one place, on however many floors."""
        (at,) = self._on_the_sheet(self._on_the_ground(shapely.Point(dots[0].lon, dots[0].lat)).coords)
        known = [dot.verdict for dot in dots if dot.verdict is not None]
        colour, shape = _LOOK[worst(known)] if known else _NO_VERDICT
        text = escape("; ".join(_printable(dot.text) for dot in dots))
        label = escape(", ".join(_printable(dot.label) for dot in dots))
        return (
            f'<g class="venue" transform="translate({at})"><title>{text}</title>'
            f'<path d="{shape}" transform="scale({_MARK:g})" fill="{colour}" stroke="#000" '
            f'stroke-width="0.1"/>'
            f'<text x="13" y="5">{label}</text></g>'
        )

    def scale_bar(self, metres: str) -> str:
        fits = [nice for nice in _NICE_M if nice * self._per_metre <= SIZE / 3]
        length_m = max(fits, default=_NICE_M[0])
        length = length_m * self._per_metre
        return (
            f'<g class="scale" transform="translate({_MARGIN:g},{SIZE - 16:g})">'
            f'<path d="M0,-6 V0 H{length:.1f} V-6" fill="none" stroke="#000" stroke-width="2"/>'
            f'<text x="{length + 6:.1f}" y="0">{length_m} {metres}</text></g>'
        )


def _north(word: str) -> str:
    return (
        f'<g class="north" transform="translate({SIZE - 28:g},34)">'
        '<path d="M0,-20 L7,8 L0,3 L-7,8 Z" fill="#000"/>'
        f'<text y="24" text-anchor="middle">{word}</text></g>'
    )


def _in_one_place(dots: Sequence[Dot]) -> Iterable[list[Dot]]:
    at = lambda dot: (round(dot.lon, 6), round(dot.lat, 6))  # noqa: E731
    return (list(together) for _, together in groupby(sorted(dots, key=at), key=at))


def _printable(text: str) -> str:
    return "".join(sign if sign.isprintable() else " " for sign in text)
