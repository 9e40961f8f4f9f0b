"""Metres on foot along roads (步行距离): the shortest way through a network of lines, and where it ends.

Lines meet where they share a corner by its number, as OpenStreetMap's do: a bridge over a street shares none,
though it may have a corner in the same place. Both ends are joined to the nearest road by a straight line,
which is told beside the result: it may cross a wall. No way is shorter than the straight line. A network is
only as good as its data, so what it cannot say is said in words, never guessed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from heapq import heappop, heappush
from math import inf

import numpy as np
import shapely

from geodata.distance import less_than_half_round, metres_per_degree, point_to_point_m
from geodata.outlines import Floats, Ints

FAR_FROM_ROADS_M = 100.0  # an end farther from every road than this: the network is incomplete here
_NOT_ON_FOOT = {
    "motorway", "motorway_link", "construction", "proposed", "raceway", "bus_guideway", "abandoned", "razed",
    "platform", "elevator", "rest_area", "services", "via_ferrata", "no",
}  # fmt: skip
_ALLOWED, _FORBIDDEN = {"yes", "designated", "permissive", "destination"}, {"no", "private", "use_sidepath"}


class State(StrEnum):
    """What a network says of a way between two places."""

    WALKED = "walked"  # 有路可走
    FAR_FROM_ROADS = "far_from_roads"  # 附近没有道路数据
    UNCONNECTED = "unconnected"  # 路网不连通
    FARTHER = "farther"  # 超出搜索范围


@dataclass(frozen=True, slots=True)
class Walk:
    """A way between two places, or why there is none.

    Attributes
    ----------
    state : State
    metres : float or None
        With both straight ends; None unless ``walked``.
    straight_m : float
        Straight line between the two.
    from_road_m, to_road_m : float or None
        How far each end lies from the road at which it is joined; None in an empty network.
    """

    state: State
    metres: float | None
    straight_m: float
    from_road_m: float | None
    to_road_m: float | None


@dataclass(frozen=True, slots=True)
class _Foot:
    """Where a place is joined: at a share of an edge."""

    edge: int
    share: float
    metres: float


def is_walkable(tags: Mapping[str, str | None]) -> bool:
    """Say whether OpenStreetMap lets somebody walk along a way.

    Parameters
    ----------
    tags : mapping
        ``highway``, ``foot``, ``access`` and whatever else.

    Returns
    -------
    bool
        What `foot` says counts before `access`, and both before the kind of road.
    """
    kind, foot, access = tags.get("highway"), tags.get("foot"), tags.get("access")
    if kind is None or foot in _FORBIDDEN:
        return False
    return foot in _ALLOWED or (access not in _FORBIDDEN and kind not in _NOT_ON_FOOT)


class Network:
    """Some roads as a network to walk in, both ways along each."""

    def __init__(self, lines: Sequence[shapely.LineString], corners: Sequence[Ints]) -> None:
        """Join lines where they share a corner.

        Parameters
        ----------
        lines : sequence of shapely LineString
            Degrees, EPSG:4490.
        corners : sequence of int64 arrays
            For each line the numbers of its corners: the same number is the same place of the network.
        """
        lonlat, owner = shapely.get_coordinates(lines, return_index=True)
        numbers = np.concatenate([np.empty(0, np.int64), *corners])
        _, first, node = np.unique(numbers, return_index=True, return_inverse=True)
        self._nodes = lonlat[first]
        steps = (owner[1:] == owner[:-1]) & (node[1:] != node[:-1])
        self._start: Ints = node[:-1][steps]
        self._end: Ints = node[1:][steps]
        self._metres: Floats = point_to_point_m(*self._nodes[self._start].T, *self._nodes[self._end].T)
        self._ways: list[list[tuple[int, float]]] = [[] for _ in range(len(self._nodes))]
        for start, end, metres in zip(
            self._start.tolist(), self._end.tolist(), self._metres.tolist(), strict=True
        ):
            self._ways[start].append((end, metres))
            self._ways[end].append((start, metres))

    def __len__(self) -> int:
        """How many straight pieces of road there are."""
        return len(self._start)

    def walks(
        self, lon: float, lat: float, ends: Sequence[tuple[float, float]], reach_m: float
    ) -> list[Walk]:
        """Find the shortest way on foot from one place to each of some others.

        Parameters
        ----------
        lon, lat : float
            Degrees, EPSG:4490.
        ends : sequence of (float, float)
            Longitude and latitude of the others.
        reach_m : float
            Longer ways are not looked for. If the network holds every road within `reach_m` of the first
            place, what is found is the shortest there is.

        Returns
        -------
        list of Walk
            In the order of `ends`.
        """
        here = self._foot(lon, lat)
        to_nodes, is_whole = self._from(here, reach_m) if here else ({}, True)
        return [self._walk((lon, lat), here, end, to_nodes, is_whole, reach_m) for end in ends]

    def _walk(
        self,
        start: tuple[float, float],
        here: _Foot | None,
        end: tuple[float, float],
        to_nodes: Mapping[int, float],
        is_whole: bool,
        reach_m: float,
    ) -> Walk:
        straight_m, there = float(point_to_point_m(*start, *end)), self._foot(*end)
        if here is None or there is None:
            return Walk(State.FAR_FROM_ROADS, None, straight_m, None, None)
        told = (straight_m, here.metres, there.metres)
        if max(here.metres, there.metres) > FAR_FROM_ROADS_M:
            return Walk(State.FAR_FROM_ROADS, None, *told)
        along = self._along(here, there, to_nodes)
        metres = max(here.metres + along + there.metres, straight_m)
        if metres <= reach_m:
            return Walk(State.WALKED, metres, *told)
        return Walk(State.UNCONNECTED if is_whole and along == inf else State.FARTHER, None, *told)

    def _along(self, here: _Foot, there: _Foot, to_nodes: Mapping[int, float]) -> float:
        length = float(self._metres[there.edge])
        by_start = to_nodes.get(int(self._start[there.edge]), inf) + there.share * length
        by_end = to_nodes.get(int(self._end[there.edge]), inf) + (1 - there.share) * length
        same = abs(here.share - there.share) * length if here.edge == there.edge else inf
        return min(by_start, by_end, same)

    def _from(self, here: _Foot, reach_m: float) -> tuple[dict[int, float], bool]:
        """Metres along roads to every node in reach (Dijkstra), and whether no others are connected."""
        length, is_whole = float(self._metres[here.edge]), True
        waiting = [
            (here.share * length, int(self._start[here.edge])),
            ((1 - here.share) * length, int(self._end[here.edge])),
        ]
        waiting.sort()
        done: dict[int, float] = {}
        while waiting:
            metres, node = heappop(waiting)
            if node in done:
                continue
            if metres > reach_m:
                is_whole = False
                continue
            done[node] = metres
            for other, step in self._ways[node]:
                if other not in done:
                    heappush(waiting, (metres + step, other))
        return done, is_whole

    def _foot(self, lon: float, lat: float) -> _Foot | None:
        """The nearest place on a road."""
        if not len(self):
            return None
        scale = np.stack(metres_per_degree(lat))
        start = self._nodes[self._start]
        edge = (self._nodes[self._end] - start) * scale
        ahead = np.array([lon, lat]) - start
        ahead[:, 0] = less_than_half_round(ahead[:, 0])
        ahead *= scale
        length2 = (edge**2).sum(axis=1)
        share = np.clip((ahead * edge).sum(axis=1) / np.maximum(length2, 1e-12), 0, 1)
        metres = np.hypot(*(ahead - share[:, None] * edge).T)
        nearest = int(np.argmin(metres))
        return _Foot(nearest, float(share[nearest]), float(metres[nearest]))
