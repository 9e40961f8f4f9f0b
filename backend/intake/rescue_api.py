"""HTTP doors of rescue files: for tablets, what became of theirs; for desks, those that wait for somebody."""

from datetime import UTC, datetime
from functools import partial
from typing import Any
from uuid import UUID

from flask_smorest import Blueprint

from backend.accounts.auth import Role, current_user, requires
from backend.accounts.devices_api import KEEPERS
from backend.accounts.tablets import current_tablet, requires_tablet
from backend.core.paging import OnePage
from backend.core.web import deployment, get_session
from backend.intake import rescue_deeds, rescue_queries
from backend.intake.rescue_schemas import (
    RescueDecisionIn,
    RescueFileOut,
    RescueFilter,
    RescueKeyOut,
    RescueResultOut,
    RescueSectionOut,
)

blp = Blueprint("rescue", __name__, url_prefix="/api/v1", description="Rescue files of tablets")
KEY_DOMAIN = b"humiao-rescue-key-v1\n"


@blp.route("/rescue/key")
@blp.response(200, RescueKeyOut)
def rescue_key() -> Any:
    """Give the public key to which tablets seal the keys of visits, signed with the key of packages"""
    keys = deployment().keys
    newest = keys.newest_rescue
    signature = keys.sign_package(KEY_DOMAIN + newest.public)
    return {"key_id": newest.id, "public_key": newest.public, "signature": signature}


@blp.route("/rescue/<uuid:rescue_id>")
@requires_tablet(Role.INSPECTOR)
@blp.response(200, RescueResultOut)
def result(rescue_id: UUID) -> Any:
    """Tell a tablet what became of its rescue file, section by section"""
    return rescue_queries.result(get_session(), current_tablet(), str(rescue_id))


@blp.route("/intake/rescue-files")
@requires(*KEEPERS)
@blp.arguments(RescueFilter, location="query")
@blp.response(200, RescueFileOut(many=True))
@blp.paginate(OnePage, max_page_size=200)
def listed(chosen: dict[str, Any]) -> Any:
    """List rescue files without content; `state=quarantined` are those that need somebody"""
    return partial(rescue_queries.list_rescue_files, get_session(), current_user().scope, **chosen)


@blp.route("/intake/rescue-files/<int:file_id>")
@requires(*KEEPERS)
@blp.response(200, RescueFileOut)
def shown(file_id: int) -> Any:
    """Show a rescue file without content"""
    return rescue_queries.rescue_file(get_session(), current_user().scope, file_id)


@blp.route("/intake/rescue-files/<int:file_id>/sections")
@requires(*KEEPERS)
@blp.response(200, RescueSectionOut(many=True))
def sections(file_id: int) -> Any:
    """List what became of each section"""
    found = rescue_queries.rescue_file(get_session(), current_user().scope, file_id)
    return rescue_queries.items_of(get_session(), found.id)


@blp.route("/intake/rescue-files/<int:file_id>/release", methods=["POST"])
@requires(*KEEPERS)
@blp.arguments(RescueDecisionIn)
@blp.response(200, RescueFileOut)
def release(said: dict[str, Any], file_id: int) -> Any:
    """Let a file in quarantine be taken"""
    return rescue_deeds.release(get_session(), file_id, **said, by=current_user(), now=datetime.now(UTC))


@blp.route("/intake/rescue-files/<int:file_id>/refusal", methods=["POST"])
@requires(*KEEPERS)
@blp.arguments(RescueDecisionIn)
@blp.response(200, RescueFileOut)
def refuse(said: dict[str, Any], file_id: int) -> Any:
    """Refuse a file in quarantine; it stays sealed until its retention ends"""
    return rescue_deeds.refuse(get_session(), file_id, **said, by=current_user(), now=datetime.now(UTC))
