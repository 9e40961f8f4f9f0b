"""People for tests: an account in one line, and a desk that is signed in."""

from datetime import UTC, datetime
from functools import cache
from typing import Any
from uuid import uuid4

from flask import Flask
from flask.testing import FlaskClient

from backend.accounts import actions, passwords
from backend.accounts.auth import SESSION_COOKIE, Role
from backend.core.deployment import Deployment

PASSWORD = "zebra-copper-lantern"


@cache
def password_hash() -> str:
    return passwords.new_hash(PASSWORD, names=())


def add_person(
    deployment: Deployment, role: Role = Role.INSPECTOR, *, areas: tuple[str, ...] = ("",), **columns: Any
) -> int:
    """Open an account whose password is PASSWORD; returns its id."""
    known = {"login": f"{role.value.replace('_', '-')}-{uuid4().hex[:8]}", "display_name": "试用人员"}
    with deployment.unit_of_work() as session:
        user = actions.add_user(
            session, **(known | columns), role=role, areas=areas, password_hash=password_hash(),
            by="tester", now=datetime.now(UTC),
        )  # fmt: skip
        return user.id


def desk(app: Flask, user_id: int) -> FlaskClient:
    """A browser where somebody is signed in; what it sends shows the session's token."""
    deployment: Deployment = app.extensions["humiao"]
    with deployment.unit_of_work() as session:
        token = actions.start_sign_in(session, user_id, now=datetime.now(UTC))
    client = app.test_client()
    client.set_cookie(SESSION_COOKIE, token)
    shown = deployment.keys.keyed_hash("csrf", token).hex()
    client.environ_base["HTTP_X_CSRF_TOKEN"] = shown
    return client


def desk_of(app: Flask, role: Role, **columns: Any) -> FlaskClient:
    """A browser where a new person of this role is signed in."""
    return desk(app, add_person(app.extensions["humiao"], role, **columns))
