"""Every route names its roles; nobody else gets in, and nothing breaks."""

import pytest

from backend.accounts.auth import Role
from tests.web.routes import PUBLIC, Somebody, routes


def test_every_route_names_its_roles_or_says_why_it_is_public(app):
    nameless = {route.name for route in routes(app) if not route.roles}

    assert nameless == set(PUBLIC)


def test_nobody_gets_in_without_signing_in(app):
    let_in = []
    for route in routes(app):
        if route.name in PUBLIC:
            continue
        answer = app.test_client().open(route.address(app), method=route.method, buffered=True)
        to_the_door = answer.status_code == 303 and answer.location.startswith("/sign-in")
        if answer.status_code != 401 and not to_the_door:
            let_in.append((route.name, answer.status_code))

    assert let_in == []


@pytest.mark.parametrize("role", list(Role))
def test_a_role_gets_in_where_it_is_named_and_nowhere_else(app, role):
    somebody, wrong = Somebody(app, role), []
    for route in routes(app):
        status = somebody.asks(route).status_code
        if role in route.roles or route.name in PUBLIC:
            is_right = status != 500 and (status not in (401, 403) or route.name in PUBLIC)
        else:
            is_right = status in (401, 403, 404)
        if not is_right:
            wrong.append((route.name, status))

    assert wrong == []
