"""HTTP doors of maps. Read-only."""

from typing import Any

from flask_smorest import Blueprint

from backend.accounts.auth import current_user, requires
from backend.core.web import get_session
from backend.inspections.api import READERS
from backend.maps import queries
from backend.maps.schemas import HotspotFilter, HotspotOut

blp = Blueprint(
    "maps", __name__, url_prefix="/api/v1", description="Where inspections find more than elsewhere"
)


@blp.route("/hotspots")
@requires(*READERS)
@blp.arguments(HotspotFilter, location="query")
@blp.response(200, HotspotOut(many=True))
def hotspots(chosen: dict[str, Any]) -> Any:
    """Count visits and violations by cell, most visits first

    Outside one's areas a cell with fewer than five visits, or with one venue, is left out, and small numbers
    of violations are not told.
    """
    return queries.hotspots(get_session(), current_user().scope, **chosen)
