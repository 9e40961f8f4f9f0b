"""The cafe's inspector with a tablet, desks of the same agency, and a visit with everything."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from backend.accounts.auth import Role
from backend.core.deployment import Deployment
from tests.intake.conftest import agency, forms, inspector, tablet  # noqa: F401
from tests.intake.tablet import Tablet
from tests.people import desk_of
from tests.retention import keeping


@pytest.fixture
def visit(deployment: Deployment, tablet: Tablet) -> int:  # noqa: F811
    return keeping.visit(deployment, tablet)


@pytest.fixture
def people(app: Flask, agency: int) -> Callable[..., FlaskClient]:  # noqa: F811
    """Signed-in desks of this agency and district, by role."""
    return lambda role, **more: desk_of(app, role, **({"areas": ("310101",), "agency_id": agency} | more))


@pytest.fixture
def supervisor(people: Callable[..., FlaskClient]) -> FlaskClient:
    return people(Role.SUPERVISOR)
