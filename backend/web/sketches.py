"""A sketch with its legend: which marks are on it, and whose rule the ring is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from backend.screening.holding import gates_of
from backend.screening.rules import Verdict
from backend.screening.sketch import Dot, Words, draw, legend_mark
from backend.web.words import t


@dataclass(frozen=True, slots=True)
class Sketch:
    """The drawing, and what its legend has to explain."""

    svg: Markup
    has_place: bool  # an outline or a point; else gates only
    has_gates: bool
    verdicts: list[Verdict | None]
    radius_m: float | None
    rules: list[str]


def mark_of(verdict: Verdict | None) -> Markup:
    """The mark of a venue in the legend."""
    return Markup(legend_mark(verdict))  # noqa: S704  (made of constants)


def sketch_of(site: Any, dots: Sequence[Dot], rings: Mapping[str, float | None]) -> Sketch:
    """Draw a site and what is around it, with the widest of the rings that rules (by their names) set."""
    radius_m = max((radius for radius in rings.values() if radius is not None), default=None)
    gates = gates_of(site)
    title = t.sketch_title.format(site=site.name or site.ref)
    svg = draw(
        site.place, gates, dots, radius_m=radius_m,
        words=Words(title=title, north=t.sketch_north, metres=t.sketch_metres, gate=t.sketch_gate),
    )  # fmt: skip
    return Sketch(
        Markup(svg),  # noqa: S704  (made by `draw`, which escapes every word)
        gates is not site.place,
        gates is not None,
        [verdict for verdict in (*Verdict, None) if any(dot.verdict is verdict for dot in dots)],
        radius_m,
        [rule for rule, radius in rings.items() if radius is not None and radius == radius_m],
    )
