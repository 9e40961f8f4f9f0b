"""Roads of an OpenStreetMap extract on which somebody may walk, with the numbers by which they meet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from geodata.layers.kinds import is_gzip, kind_of
from geodata.layers.layer import LayerUnreadable
from geodata.layers.unpack import Scratch, damaged, gunzip
from geodata.outlines import Floats, Ints
from geodata.walking import is_walkable


@dataclass(frozen=True, slots=True)
class Road:
    """One way.

    Attributes
    ----------
    osm_id : int
    kind : str
        Of `highway`: ``footway``, ``residential`` ...
    name : str or None
    corners : int64 (n,)
        Numbers of its nodes; two roads meet where they share one.
    xy : float64 (n, 2)
        In the coordinates of the file.
    """

    osm_id: int
    kind: str
    name: str | None
    corners: Ints
    xy: Floats


def read_roads(path: Path) -> Iterator[Road]:
    """Read the ways of an extract (XML or PBF, also packed with gzip) that lead somewhere on foot.

    Parameters
    ----------
    path : Path

    Yields
    ------
    Road
        In file order. A way is cut off where the extract lacks its nodes.

    Raises
    ------
    LayerUnreadable
        If it is no OpenStreetMap file or damaged.
    """
    import osmium

    scratch = Scratch()
    unpacked = gunzip(path, scratch) if is_gzip(path) else path
    if (kind := kind_of(unpacked)) not in ("osm", "pbf"):
        raise LayerUnreadable("not_osm", f"{path.name} is no OpenStreetMap extract (.osm, .osm.pbf)")
    try:
        ways: Any = osmium.FileProcessor(osmium.io.File(str(unpacked), kind)).with_locations()
        for way in ways.with_filter(osmium.filter.EntityFilter(osmium.osm.WAY)):
            tags = {tag.k: tag.v for tag in way.tags}
            nodes = [(node.ref, node.lon, node.lat) for node in way.nodes if node.location.valid()]
            if is_walkable(tags) and len(nodes) > 1:
                corners, *lonlat = zip(*nodes, strict=True)
                xy = np.array(lonlat, np.float64).T
                yield Road(way.id, tags["highway"], tags.get("name"), np.array(corners, np.int64), xy)
    except RuntimeError as error:
        raise damaged(f"the OpenStreetMap file cannot be read ({error})") from error
