"""Which sites lie near which venues, and how far: in a straight line to outline and nearest gate (测距)."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely

from backend.screening.register import Flags, Floats, Ints, Sites, Venues
from geodata.distance import MAX_RADIUS_M, held_against_m, point_to_geometry_m, point_to_point_m

_ROUNDING_M = 0.001
_NO_PAIRS = (np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0))
_FINEST_CLASS_M = 50.0


@dataclass(frozen=True)
class Pairs:
    """Venues and sites by their place in the chunk; metres, `gate_m` is NaN where no gate is known."""

    venue: Ints
    site: Ints
    boundary_m: Floats  # from the outline, or from what stands for it
    gate_m: Floats

    def __len__(self) -> int:
        return len(self.venue)

    def measured_again(self, venues: Venues, sites: Sites, doubtful: Ints) -> "Pairs":
        """The same pairs, the doubtful ones measured on the ellipsoid itself."""
        boundary_m, gate_m = self.boundary_m.copy(), self.gate_m.copy()
        for pair in np.unique(doubtful):
            lon, lat = venues.lonlat[self.venue[pair]]
            site = self.site[pair]
            boundary_m[pair] = held_against_m(lon, lat, sites.place[site], boundary_m[pair])
            if sites.has_gates[site]:
                gate_m[pair] = held_against_m(lon, lat, sites.gates[site], gate_m[pair])
        return Pairs(self.venue, self.site, boundary_m, gate_m)


def pairs_near(venues: Venues, sites: Sites, radius_m: float | None, within_m: float | None) -> Pairs:
    """Every pair that may be nearer than `radius_m` with all its errors, or that is at most `within_m` apart.

    A pair left out is clear of every rule up to `radius_m`, and none of those asked for.
    """
    from geodata.screening import pairs_within  # compiled: for jobs, never for a web process

    reach_m = sites.error_m + np.maximum(sites.extent_m, _gates_outside_m(sites))
    radius_m, within_m = (-np.inf if metres is None else metres for metres in (radius_m, within_m))
    found = [_NO_PAIRS]
    for some in _classes(venues.error_m, venues.has_place):
        for near in _classes(reach_m, sites.has_place):
            reach = radius_m + venues.error_m[some].max() + reach_m[near].max() + _ROUNDING_M
            searched_m = max(within_m, min(reach, MAX_RADIUS_M))  # a position known worse than that is lost
            if searched_m > 0:
                venue, site, metres = pairs_within(venues.lonlat[some], sites.place[near], searched_m)
                found.append((some[venue], near[site], metres))
    venue, site, boundary_m = (np.concatenate(column) for column in zip(*found, strict=True))
    farthest_m = np.maximum(within_m, radius_m + venues.error_m[venue] + reach_m[site]) + _ROUNDING_M
    wanted = np.flatnonzero(boundary_m <= farthest_m)
    wanted = wanted[np.lexsort((site[wanted], venue[wanted]))]
    venue, site = venue[wanted], site[wanted]
    return Pairs(venue, site, boundary_m[wanted], _to_gates(venues, sites, venue, site))


def _classes(error_m: Floats, has_place: Flags) -> Iterator[Ints]:
    """Places of like error: one position with an error of kilometres must not widen the search for all."""
    step = np.ceil(np.log2(np.maximum(error_m, _FINEST_CLASS_M) / _FINEST_CLASS_M))
    for number in np.unique(step[has_place]):
        yield np.flatnonzero(has_place & (step == number))


def _gates_outside_m(sites: Sites) -> Floats:
    """Metres by which gates lie outside the outline that they belong to."""
    outside_m = np.zeros(len(sites))
    known = np.flatnonzero(sites.has_outline & sites.has_gates)
    gates, owner = shapely.get_parts(sites.gates[known], return_index=True)
    for gate, site in zip(gates, known[owner], strict=True):
        outside_m[site] = max(outside_m[site], point_to_geometry_m(gate.x, gate.y, sites.place[site]))
    return outside_m


def _to_gates(venues: Venues, sites: Sites, venue: Ints, site: Ints) -> Floats:
    """Metres from each venue to the nearest gate of its site."""
    metres = np.full(len(venue), np.nan)
    known = np.flatnonzero(sites.has_gates[site])
    gates, owner = shapely.get_coordinates(sites.gates[site[known]], return_index=True)
    if len(gates):
        here = venues.lonlat[venue[known[owner]]]
        each = point_to_point_m(here[:, 0], here[:, 1], gates[:, 0], gates[:, 1])
        metres[known] = np.minimum.reduceat(each, np.searchsorted(owner, np.arange(len(known))))
    return metres
