"""One venue and one site: the line between them, held against the rule (单点核查)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from backend.core.settings import Settings
from backend.rulebook.rules import DistanceRule, Method
from backend.screening.rules import Line, Measured, Verdict, judge, limit_counts, measure, position_error_m
from geodata.distance import DOUBT_M, distances_m, held_against_m, nearest_point
from geodata.outlines import Outlines

Site = Any  # a row with the columns `protected_sites.queries.NEAR`, or a whole site


@dataclass(frozen=True, slots=True)
class Distance:
    """Metres from a place to a site's outline, or to what stands for it, and to its nearest gate."""

    site: Site
    boundary_m: float
    gate_m: float | None


@dataclass(frozen=True, slots=True)
class Held:
    """A line and what it proves; without a rule there is no verdict."""

    distance: Distance
    line: Line
    rule: DistanceRule | None
    verdict: Verdict | None


def has_outline(site: Site) -> bool:
    return site.place.geom_type in ("Polygon", "MultiPolygon")


def gates_of(site: Site) -> Any:
    """The gates, also where a site is known by nothing else."""
    return site.place if site.place.geom_type == "MultiPoint" else site.gates


def _measured_to(site: Site) -> Any:
    gates = gates_of(site)
    return site.place if has_outline(site) or gates is None else gates


def tape_end(lon: float, lat: float, held: Held) -> tuple[float, float]:
    """Where on the site a measuring tape from (lon, lat) would end: lon, lat in degrees."""
    site = held.distance.site
    by_gate = held.line.way.measured is Measured.GATE
    return nearest_point(lon, lat, gates_of(site) if by_gate else _measured_to(site))


class Sites:
    """Some sites, ready to be measured to from one place after another."""

    def __init__(self, sites: Sequence[Site]) -> None:
        self._sites = sites
        self._gated = [site for site in sites if gates_of(site) is not None]
        self._outlines = Outlines.of([_measured_to(site) for site in sites]) if sites else None
        self._gates = Outlines.of([gates_of(site) for site in self._gated]) if self._gated else None

    def distances(self, lon: float, lat: float) -> list[Distance]:
        """Metres from a place (degrees, EPSG:4490), in the order of the sites."""
        boundary_m, to_gates = _metres(lon, lat, self._outlines), _metres(lon, lat, self._gates)
        gate_m = {site.id: metres for site, metres in zip(self._gated, to_gates, strict=True)}
        return [
            Distance(site, metres, gate_m.get(site.id))
            for site, metres in zip(self._sites, boundary_m, strict=True)
        ]


def _metres(lon: float, lat: float, outlines: Outlines | None) -> list[float]:
    if outlines is None:
        return []
    metres: list[float] = distances_m(lon, lat, outlines, np.arange(len(outlines.site_start) - 1)).tolist()
    return metres


def hold(
    lon: float,
    lat: float,
    distance: Distance,
    rule: DistanceRule | None,
    error_m: float,
    settings: Settings,
) -> Held:
    """Hold a distance against a rule; `error_m` is the error of the place (lon, lat) alone.

    So near to a limit that the plane might mislead, it is measured again on the ellipsoid itself.
    """
    line = _line(distance, rule, error_m, settings)
    if rule is None:
        return Held(distance, line, None, None)
    if rule.radius_m is not None and _doubtful(line, rule.radius_m):
        distance = _exactly(lon, lat, distance)
        line = _line(distance, rule, error_m, settings)
    verdict = judge(
        line.distance_m,
        extent_m=line.extent_m,
        error_m=line.error_m,
        radius_m=rule.radius_m,
        limit_counts=limit_counts(rule.at_limit),
        way_settled=line.way.settled,
    )
    return Held(distance, line, rule, verdict)


def _line(distance: Distance, rule: DistanceRule | None, error_m: float, settings: Settings) -> Line:
    site_error_m = position_error_m(distance.site.accuracy_m, unstated_m=settings.unstated_accuracy_m)
    return measure(
        rule.method if rule else Method.UNSPECIFIED,
        boundary_m=distance.boundary_m,
        gate_m=distance.gate_m,
        outline=has_outline(distance.site),
        extent_without_outline_m=settings.extent_without_outline_m,
        error_m=error_m + site_error_m,
    )


def _doubtful(line: Line, radius_m: float) -> bool:
    return min(abs(line.high_m - radius_m), abs(line.low_m - radius_m)) <= DOUBT_M


def _exactly(lon: float, lat: float, distance: Distance) -> Distance:
    site, gate_m = distance.site, distance.gate_m
    boundary_m = held_against_m(lon, lat, _measured_to(site), distance.boundary_m)
    return Distance(
        site, boundary_m, None if gate_m is None else held_against_m(lon, lat, gates_of(site), gate_m)
    )
