"""HTTP door for tablets that ask what of a submission is here, before they let it go."""

from typing import Any

from flask_smorest import Blueprint

from backend.accounts.auth import Role
from backend.accounts.tablets import current_tablet, requires_tablet
from backend.core.web import get_session
from backend.intake import held
from backend.intake.schemas import HeldOut

tablet_blp = Blueprint(
    "tablet_submissions", __name__, url_prefix="/tablet", description="What of a tablet's work is here"
)


@tablet_blp.route("/submissions/<instance_id>")
@requires_tablet(Role.INSPECTOR)
@tablet_blp.response(200, HeldOut)
def submission(instance_id: str) -> Any:
    """Say by their hashes what is kept of an own submission: what is named here may leave the tablet"""
    return held.submission(get_session(), current_tablet(), instance_id)
