"""HTTP doors of keeping and destroying (保存期限): to read, and to hold a visit back."""

from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial
from typing import Any

from flask.views import MethodView
from flask_smorest import Blueprint

from backend.accounts.auth import Role, current_user, requires
from backend.core.days import today
from backend.core.paging import OnePage
from backend.core.web import get_session
from backend.inspections import queries as inspections
from backend.retention import actions, queries, schemas
from backend.rulebook import queries as rulebook
from backend.rulebook.rules import RetentionClass, RulebookOnDay

blp = Blueprint("retention", __name__, url_prefix="/api/v1", description="How long content is kept")
READERS = (Role.SUPERVISOR, Role.LEGAL_REVIEWER, Role.AUDITOR, Role.SECURITY_ADMIN)
HOLDERS = (Role.SUPERVISOR, Role.LEGAL_REVIEWER)
SEERS = (Role.INSPECTOR, *HOLDERS)  # who may have seen a guardian's consent


@blp.route("/retention/classes")
@requires(*READERS)
@blp.response(200, schemas.ClassOut(many=True))
def classes() -> list[dict[str, Any]]:
    """List the classes of data with what was confirmed for each; what was not is kept"""
    law = rulebook.current(get_session()).on(today())
    return [_class(law, one) for one in law.retention_classes.values()]


def _class(law: RulebookOnDay, one: RetentionClass) -> dict[str, Any]:
    both = zip(*(law.citations(one, lang) for lang in ("zh", "en")), strict=True)
    said = {"citations": [{"zh": zh, "en": en} for zh, en in both], "unproven": law.unproven(one)}
    return asdict(one) | said | {"confirmed": law.confirmed(one.id)}


@blp.route("/retention/upcoming")
@requires(*READERS)
@blp.response(200, schemas.UpcomingOut(many=True))
def upcoming() -> Any:
    """Count what falls due in the next 90 days, held visits left out"""
    return queries.upcoming(get_session(), current_user().scope, today())


@blp.route("/retention/certificates")
class Certificates(MethodView):
    @requires(*READERS)
    @blp.response(200, schemas.CertificateOut(many=True))
    @blp.paginate(OnePage, max_page_size=200)
    def get(self) -> Any:
        """List certificates of destruction, newest first"""
        return partial(queries.list_certificates, get_session(), current_user().scope)


@blp.route("/retention/certificates/<int:certificate_id>")
@requires(*READERS)
@blp.response(200, schemas.CertificateDetailOut)
def certificate(certificate_id: int) -> Any:
    """Show a certificate with the numbers of what it covers"""
    return queries.certificate(get_session(), current_user().scope, certificate_id)


@blp.route("/visits/<int:visit_id>/holds")
class Holds(MethodView):
    @requires(*HOLDERS)
    @blp.response(200, schemas.HoldOut(many=True))
    def get(self, visit_id: int) -> Any:
        """List the legal holds on a visit, newest first; lifted ones stay"""
        session = get_session()
        return queries.holds_of(session, inspections.visit(session, current_user().scope, visit_id))

    @requires(*HOLDERS)
    @blp.arguments(schemas.HoldIn)
    @blp.response(201, schemas.HoldOut)
    def post(self, said: dict[str, str], visit_id: int) -> Any:
        """Hold a visit: nothing of it is destroyed until every hold is lifted"""
        session, person = get_session(), current_user()
        visit = inspections.visit(session, person.scope, visit_id)
        return actions.set_hold(session, visit, **said, by=person, now=datetime.now(UTC))


@blp.route("/holds/<int:hold_id>/lifting", methods=["POST"])
@requires(*HOLDERS)
@blp.arguments(schemas.LiftIn)
@blp.response(200, schemas.HoldOut)
def lift(said: dict[str, str], hold_id: int) -> Any:
    """Lift a hold; the periods count again"""
    return actions.lift_hold(get_session(), hold_id, **said, by=current_user(), now=datetime.now(UTC))


@blp.route("/visits/<int:visit_id>/processing-bases")
@requires(*SEERS)
@blp.response(200, schemas.ProcessingBasisOut(many=True))
def processing_bases(visit_id: int) -> Any:
    """List on which basis pictures of children are kept with a visit; the first counts"""
    session = get_session()
    return queries.bases_of(session, inspections.visit(session, current_user().scope, visit_id))
