"""HTTP doors of check codes (检查码)."""

from datetime import UTC, datetime
from functools import partial
from typing import Any

from flask.views import MethodView
from flask_smorest import Blueprint

from backend.accounts.auth import Role, current_user, requires
from backend.core.paging import OnePage
from backend.core.web import get_session
from backend.tasks import codes, queries
from backend.tasks.api import READERS
from backend.tasks.schemas import CodeFilter, CodeIn, CodeIssueIn, CodeOut, WithdrawalIn

blp = Blueprint("check_codes", __name__, url_prefix="/api/v1/check-codes", description="Check codes")


@blp.route("")
class Codes(MethodView):
    @requires(*READERS)
    @blp.arguments(CodeFilter, location="query")
    @blp.response(200, CodeOut(many=True))
    @blp.paginate(OnePage, max_page_size=200)
    def get(self, chosen: dict[str, Any]) -> Any:
        """List check codes, newest first"""
        return partial(queries.list_codes, get_session(), current_user().scope, **chosen)

    @requires(Role.SUPERVISOR)
    @blp.etag
    @blp.arguments(CodeIn)
    @blp.response(201, CodeOut)
    def post(self, said: dict[str, Any]) -> Any:
        """Enter a check code that was issued, or applied for"""
        person = current_user()
        return codes.add_code(get_session(), person.scope, said, by=person.actor, now=datetime.now(UTC))


@blp.route("/<int:code_id>")
class Code(MethodView):
    @requires(*READERS)
    @blp.etag
    @blp.response(200, CodeOut)
    def get(self, code_id: int) -> Any:
        """Show a check code"""
        return queries.code(get_session(), current_user().scope, code_id)


@blp.route("/<int:code_id>/issue")
class Issue(MethodView):
    @requires(Role.SUPERVISOR)
    @blp.etag
    @blp.arguments(CodeIssueIn)
    @blp.response(200, CodeOut)
    def put(self, said: dict[str, Any], code_id: int) -> Any:
        """Enter the code that was given for an application"""
        code = _to_change(code_id)
        by = current_user().actor
        return codes.issue(get_session(), code, said["code"], said["valid_to"], by=by)


@blp.route("/<int:code_id>/void")
class Void(MethodView):
    @requires(Role.SUPERVISOR)
    @blp.etag
    @blp.arguments(WithdrawalIn)
    @blp.response(200, CodeOut)
    def put(self, said: dict[str, Any], code_id: int) -> Any:
        """Make a code void that nobody has used"""
        return codes.void(get_session(), _to_change(code_id), **said, by=current_user().actor)


def _to_change(code_id: int) -> Any:
    code = queries.code(get_session(), current_user().scope, code_id, to_change=True)
    blp.check_etag(code, CodeOut)
    return code
