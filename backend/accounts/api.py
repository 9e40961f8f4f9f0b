"""HTTP doors of accounts: who am I, the accounts of a security administrator, the audit trail."""

from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial
from typing import Any

from flask.views import MethodView
from flask_smorest import Blueprint

from backend.accounts import actions, auth, passwords, queries
from backend.accounts.auth import Role, current_user, requires
from backend.accounts.schemas import (
    AuditFilter,
    AuditOut,
    MeOut,
    NewUserOut,
    PasswordOut,
    UserFilter,
    UserIn,
    UserOut,
)  # fmt: skip
from backend.core.paging import OnePage
from backend.core.web import get_session

blp = Blueprint("accounts", __name__, url_prefix="/api/v1", description="People and the audit trail")
install = auth.install


@blp.route("/me")
@requires(*Role)
@blp.response(200, MeOut)
def me() -> dict[str, Any]:
    """Say who is signed in, what they may see, and the token that changes need"""
    person = current_user()
    return asdict(person) | asdict(person.scope) | {"csrf_token": auth.csrf_token()}


@blp.route("/users")
class Users(MethodView):
    @requires(Role.SECURITY_ADMIN)
    @blp.arguments(UserFilter, location="query")
    @blp.response(200, UserOut(many=True))
    @blp.paginate(OnePage, max_page_size=200)
    def get(self, chosen: dict[str, Any]) -> Any:
        """List the accounts in one's care"""
        return partial(queries.list_users, get_session(), current_user().scope, **chosen)

    @requires(Role.SECURITY_ADMIN)
    @blp.arguments(UserIn)
    @blp.response(201, NewUserOut)
    def post(self, user: dict[str, Any]) -> Any:
        """Open an account; its first password is in the answer, and nowhere else"""
        person = current_user()
        password, password_hash = passwords.random_password()
        user |= {"password_hash": password_hash, "care": person.scope, "by": person.actor}
        added = actions.add_user(get_session(), **user, now=datetime.now(UTC))
        return {"user": added, "password": password}


@blp.route("/users/<int:user_id>")
@requires(Role.SECURITY_ADMIN)
@blp.response(200, UserOut)
def user(user_id: int) -> Any:
    """Show an account"""
    return queries.user_in_care(get_session(), current_user().scope, user_id)


@blp.route("/users/<int:user_id>/deactivate", methods=["POST"])
@requires(Role.SECURITY_ADMIN)
@blp.response(200, UserOut)
def deactivate(user_id: int) -> Any:
    """Close an account; its sessions end and its tablets are refused at once"""
    return _in_care(user_id, actions.deactivate)


@blp.route("/users/<int:user_id>/reactivate", methods=["POST"])
@requires(Role.SECURITY_ADMIN)
@blp.response(200, UserOut)
def reactivate(user_id: int) -> Any:
    """Open a closed account again"""
    return _in_care(user_id, actions.reactivate)


@blp.route("/users/<int:user_id>/password", methods=["POST"])
@requires(Role.SECURITY_ADMIN)
@blp.response(200, PasswordOut)
def reset_password(user_id: int) -> Any:
    """Give an account a new password; it is in the answer, and nowhere else"""
    password, password_hash = passwords.random_password()
    _in_care(user_id, actions.set_password, password_hash=password_hash)
    return {"password": password}


def _in_care(user_id: int, deed: Any, **details: Any) -> Any:
    person, session = current_user(), get_session()
    found = queries.user_in_care(session, person.scope, user_id)
    deed(session, found, **details, by=person.actor, now=datetime.now(UTC))
    return found


@blp.route("/audit")
@requires(Role.AUDITOR, Role.AUDIT_ADMIN)
@blp.arguments(AuditFilter, location="query")
@blp.response(200, AuditOut(many=True))
@blp.paginate(OnePage, max_page_size=200)
def audit_entries(chosen: dict[str, Any]) -> Any:
    """List audit entries, newest first"""
    return partial(queries.list_audit, get_session(), **chosen)
