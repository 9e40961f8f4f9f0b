"""HTTP doors of vector tiles. Each belongs to one reader's view: browsers ask again before they show it."""

from typing import Any

from flask import Response, request, send_file
from flask_smorest import Blueprint

from backend.accounts.auth import Role, current_user, requires
from backend.core.errors import NotFound
from backend.core.web import deployment, get_session
from backend.maps import tiles
from backend.maps.api import looking_at, venues_chosen
from backend.maps.basemap import archive_of
from backend.maps.kept import Kept
from backend.maps.schemas import TileFilter
from backend.screening.api import READERS
from geodata.tiles import Tile

blp = Blueprint("tiles", __name__, url_prefix="/api/v1/tiles", description="What maps draw")
drawn: Kept[bytes] = Kept(seconds=60, room=48 * 2**20)  # so old may a map be; bytes
TILE, ARCHIVE = "application/vnd.mapbox-vector-tile", "application/vnd.pmtiles"
_KEPT_S = 3600  # browsers keep pieces of the owner's map for so long; another file has another tag


@blp.route("/register/<int:z>/<int:x>/<int:y>.mvt")
@requires(*READERS, Role.REPORTER)
@blp.arguments(TileFilter, location="query")
@blp.response(200, content_type=TILE)
def register(chosen: dict[str, Any], z: int, x: int, y: int) -> Response:
    """Draw venues and sites with gates and rings; a school sees itself and what its list shows

    Venues one by one from zoom 14 (layer `venues`), before that by number (`venues_together`).
    """
    tile, looking, said = _tile(z, x, y), looking_at({}), tuple(sorted(chosen.items()))
    which = venues_chosen(chosen)
    return _answer(
        ("register", tile, looking.today, said),
        lambda: tiles.register_tile(get_session(), looking, tile, *which),
    )


@blp.route("/base/<int:z>/<int:x>/<int:y>.mvt")
@requires(*READERS, Role.REPORTER)
@blp.response(200, content_type=TILE)
def base(z: int, x: int, y: int) -> Response:
    """Draw what lies below: areas and imported roads"""
    tile = _tile(z, x, y)
    return _answer(("base", tile), lambda: tiles.base_tile(get_session(), tile))


@blp.route("/basemap.pmtiles")
@requires(*READERS, Role.REPORTER)
@blp.response(200, content_type=ARCHIVE)
@blp.alt_response(206, content_type=ARCHIVE)
def basemap() -> Response:
    """The map that the owner put beneath all of this, in pieces (Range)"""
    if (archive := archive_of(deployment().settings)) is None:
        raise NotFound(basemap="not_set")
    response = send_file(archive.path, ARCHIVE)
    response.headers["Cache-Control"] = f"private, max-age={_KEPT_S}"
    response.headers["Vary"] = "Cookie"
    return response


def _tile(z: int, x: int, y: int) -> Tile:
    if not (tile := Tile(z, x, y)).exists:
        raise NotFound(z=z, x=x, y=y)
    return tile


def _answer(what: tuple[Any, ...], make: Any) -> Response:
    """The tile for this reader; who sees other rows has another key and another ETag."""
    served, view = deployment(), current_user().scope.view
    content = drawn.get((served.settings.database, view, what), make)
    response = Response(content, content_type=TILE)
    response.set_etag(served.keys.keyed_hash("tile", repr((view, what)), content).hex()[:32])
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Vary"] = "Cookie"
    response.make_conditional(request)
    return response
