"""HTTP doors of the credit registers (警示记录、严重失信名单)."""

from datetime import UTC, datetime
from functools import partial
from typing import Any

from flask.views import MethodView
from flask_smorest import Blueprint

from backend.accounts.auth import Role, current_user, requires
from backend.core.days import today
from backend.core.paging import OnePage
from backend.core.web import get_session
from backend.credit import actions, queries
from backend.credit.models import CreditConfirmation, CreditEntry
from backend.credit.schemas import (
    CreditChoiceOut,
    CreditConfirmationIn,
    CreditConfirmationOut,
    CreditCriterionOut,
    CreditEntryIn,
    CreditEntryOut,
    CreditFilter,
    CreditStepIn,
    CreditStepOut,
    PublicCreditFilter,
    PublicCreditOut,
)
from backend.rulebook import queries as rulebook

blp = Blueprint(
    "credit", __name__, url_prefix="/api/v1", description="The credit registers and their entries"
)
READERS = (Role.INSPECTOR, Role.SUPERVISOR, Role.LEGAL_REVIEWER)


@blp.route("/credit-criteria")
@requires(*READERS)
@blp.response(200, CreditCriterionOut(many=True))
def criteria() -> Any:
    """List the grounds on which somebody may be entered"""
    return list(rulebook.current(get_session()).on(today()).credit_criteria.values())


@blp.route("/credit-confirmations")
class Confirmations(MethodView):
    @requires(*READERS)
    @blp.response(200, CreditConfirmationOut(many=True))
    def get(self) -> Any:
        """List the newest confirmation of each ground by one's agency"""
        return list(queries.confirmed(get_session(), current_user().agency_id).values())

    @requires(Role.LEGAL_REVIEWER)
    @blp.arguments(CreditConfirmationIn)
    @blp.response(201, CreditConfirmationOut)
    def post(self, said: dict[str, Any]) -> CreditConfirmation:
        """Confirm a ground for one's agency, with the document that says its terms"""
        return actions.confirm(get_session(), said, by=current_user(), now=datetime.now(UTC))


@blp.route("/credit-entries")
class Entries(MethodView):
    @requires(*READERS)
    @blp.arguments(CreditFilter, location="query")
    @blp.response(200, CreditEntryOut(many=True))
    @blp.paginate(OnePage, max_page_size=200)
    def get(self, chosen: dict[str, Any]) -> Any:
        """List the entries of one's agency, newest first"""
        return partial(queries.list_entries, get_session(), current_user().scope, on=today(), **chosen)

    @requires(Role.SUPERVISOR)
    @blp.arguments(CreditEntryIn)
    @blp.response(201, CreditEntryOut)
    def post(self, said: dict[str, Any]) -> CreditEntry:
        """Propose an entry on a decision"""
        said["responsible"] = [one | {"position": one["position"].value} for one in said["responsible"]]
        return actions.propose(get_session(), said, by=current_user(), now=datetime.now(UTC))


@blp.route("/credit-entries/<int:entry_id>")
@requires(*READERS)
@blp.response(200, CreditEntryOut)
def one_entry(entry_id: int) -> CreditEntry:
    """Show an entry"""
    return _entry(entry_id)


@blp.route("/credit-entries/<int:entry_id>/choices")
@requires(*READERS)
@blp.response(200, CreditChoiceOut(many=True))
def choices(entry_id: int) -> Any:
    """List the steps that lead on, with what keeps the caller from each"""
    return queries.choices(get_session(), _entry(entry_id), current_user(), today())


@blp.route("/credit-entries/<int:entry_id>/steps")
class Steps(MethodView):
    @requires(*READERS)
    @blp.response(200, CreditStepOut(many=True))
    def get(self, entry_id: int) -> Any:
        """List what was done, in its order"""
        return _entry(entry_id).steps

    @requires(Role.SUPERVISOR, Role.LEGAL_REVIEWER)
    @blp.arguments(CreditStepIn)
    @blp.response(201, CreditEntryOut)
    def post(self, said: dict[str, Any], entry_id: int) -> CreditEntry:
        """Make a step in the entry as it was looked at"""
        session, person = get_session(), current_user()
        found = queries.entry(session, person.scope, entry_id, to_change=True)
        actions.take(session, found, said, by=person, now=datetime.now(UTC))
        return found


@blp.route("/public/credit-entries")
@blp.arguments(PublicCreditFilter, location="query")
@blp.response(200, PublicCreditOut(many=True))
@blp.paginate(OnePage, max_page_size=200)
def published(chosen: dict[str, Any]) -> Any:
    """List published entries that count today; for everybody"""
    return partial(queries.list_published, get_session(), on=today(), **chosen)


def _entry(entry_id: int) -> CreditEntry:
    return queries.entry(get_session(), current_user().scope, entry_id)
