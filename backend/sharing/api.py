"""HTTP doors of sharing agreements (共享协议), and the public keys by which receivers verify."""

from datetime import UTC, datetime
from functools import partial
from typing import Any

from flask.views import MethodView
from flask_smorest import Blueprint

from backend.accounts.auth import Role, current_user, requires
from backend.core.days import today
from backend.core.paging import OnePage
from backend.core.web import deployment, get_session
from backend.sharing import actions, queries
from backend.sharing.catalogue import CATALOGUE
from backend.sharing.models import SharingAgreement
from backend.sharing.schemas import (
    SharingAgreementIn,
    SharingAgreementOut,
    SharingDatasetOut,
    SharingDeedIn,
    SharingFilter,
    SharingKeysOut,
)

blp = Blueprint("sharing", __name__, url_prefix="/api/v1", description="What leaves for other authorities")
READERS = (Role.SUPERVISOR, Role.COORDINATOR, Role.LEGAL_REVIEWER)


@blp.route("/sharing/datasets")
@requires(*READERS)
@blp.response(200, SharingDatasetOut(many=True))
def datasets() -> Any:
    """List what may be agreed on at all, with every field"""
    return list(CATALOGUE.values())


@blp.route("/sharing/agreements")
class Agreements(MethodView):
    @requires(*READERS)
    @blp.arguments(SharingFilter, location="query")
    @blp.response(200, SharingAgreementOut(many=True))
    @blp.paginate(OnePage, max_page_size=200)
    def get(self, chosen: dict[str, Any]) -> Any:
        """List the agreements of one's agency or area, newest first"""
        return partial(queries.list_agreements, get_session(), current_user().scope, on=today(), **chosen)

    @requires(Role.SUPERVISOR, Role.COORDINATOR)
    @blp.etag
    @blp.arguments(SharingAgreementIn)
    @blp.response(201, SharingAgreementOut)
    def post(self, said: dict[str, Any]) -> SharingAgreement:
        """Propose an agreement; nothing leaves before another person has confirmed it"""
        return actions.propose(
            get_session(), deployment().settings, said, by=current_user(), now=datetime.now(UTC)
        )


@blp.route("/sharing/agreements/<int:agreement_id>")
class Agreement(MethodView):
    @requires(*READERS)
    @blp.etag
    @blp.response(200, SharingAgreementOut)
    def get(self, agreement_id: int) -> SharingAgreement:
        """Show an agreement"""
        return queries.agreement(get_session(), current_user().scope, agreement_id)

    @requires(*READERS)
    @blp.etag
    @blp.arguments(SharingDeedIn)
    @blp.response(200, SharingAgreementOut)
    def patch(self, said: dict[str, Any], agreement_id: int) -> SharingAgreement:
        """Confirm, refuse or end an agreement; `If-Match` names the state that was looked at"""
        session, person = get_session(), current_user()
        found = queries.agreement(session, person.scope, agreement_id, to_change=True)
        blp.check_etag(found, SharingAgreementOut)
        actions.decide(session, found, **said, by=person, now=datetime.now(UTC))
        return found


@blp.route("/public/sharing-keys")
@blp.response(200, SharingKeysOut)
def keys() -> Any:
    """List the public keys that sign what leaves, the one in use first, and retired ones; for everybody"""
    return deployment().keys.sharing_jwks
