"""What lies beneath the maps of pages (底图): what their script needs of it, and whose it is."""

from typing import Any

from flask import url_for

from backend.core.web import deployment, get_session
from backend.maps.basemap import TIANDITU_HOSTS, archive_of, tianditu_tiles
from backend.maps.frame import Frame
from backend.roads.models import RoadNetwork
from backend.roads.queries import newest_network
from backend.web.static_files import asset
from backend.web.words import t


def sheet(frame: Frame, *, may_leave: bool = False, **of_register: Any) -> dict[str, Any]:
    """What a map is drawn on. Other hosts are asked only where a page says that it may leave the house."""
    return {
        "frame": frame,
        "below": _below(may_leave),
        "base": url_for("tiles.base", z=0, x=0, y=0),
        "register": url_for("tiles.register", z=0, x=0, y=0, **of_register),
        "worker": asset("desk/maplibre-gl-csp-worker.js"),
    }


def words() -> dict[str, str]:
    """What every map says by itself."""
    return {
        name: getattr(t, f"map_{name}")
        for name in ("title", "zoom_in", "zoom_out", "two_fingers", "with_ctrl")
    }


def hosts() -> tuple[str, ...]:
    """The hosts that a map which may leave the house asks."""
    return TIANDITU_HOSTS if deployment().settings.tianditu_key else ()


def roads(*, may_leave: bool = False) -> RoadNetwork | None:
    """The imported roads, where they are drawn: another map beneath has its own."""
    return newest_network(get_session()) if _below(may_leave)["kind"] == "own" else None


def credit(*, may_leave: bool = False) -> str:
    """Whose map it is."""
    kind, settings = _below(may_leave)["kind"], deployment().settings
    if kind == "tianditu":
        return t.map_below_tianditu
    if archive := archive_of(settings):
        return t.map_below_archive.format(source=archive.attribution or archive.path.name)
    if network := roads():
        return f"{t.map_below_own} {t.map_roads_from.format(source=network.source, day=network.drawn_on)}"
    return t.map_below_own


def _below(may_leave: bool) -> dict[str, Any]:
    settings = deployment().settings
    if archive := archive_of(settings):
        address = url_for("tiles.basemap")
        return {"kind": "archive", "address": address, "zooms": archive.zooms, "box": archive.box}
    if settings.tianditu_key and may_leave:
        return {"kind": "tianditu", "tiles": tianditu_tiles(settings.tianditu_key)}
    return {"kind": "own"}
