"""Small OpenStreetMap files of invented streets, set out in metres as in `tests.screening.places`."""

from pathlib import Path
from typing import Any

from tests.screening.places import at


def osm_file(path: Path, *streets: list[tuple[float, float]], **tags: Any) -> Path:
    """Streets as an extract; they meet where they have a corner in the same place."""
    nodes: dict[tuple[float, float], int] = {}
    ways = []
    said = {"highway": "residential"} | tags
    tagged = "".join(f'<tag k="{key}" v="{value}"/>' for key, value in said.items())
    for number, corners in enumerate(streets, 1):
        refs = (nodes.setdefault(corner, len(nodes) + 1) for corner in corners)
        walked = "".join(f"<nd ref='{ref}'/>" for ref in refs)
        ways.append(f"<way id='{number}'>{walked}{tagged}</way>")
    placed = [
        f"<node id='{ref}' lon='{lon:.9f}' lat='{lat:.9f}'/>"
        for ref, (lon, lat) in ((ref, at(*corner)) for corner, ref in nodes.items())
    ]
    path.write_text(f'<osm version="0.6">{"".join(placed)}{"".join(ways)}</osm>', encoding="utf-8")
    return path
