"""A deployment with built forms, an agency, an inspector, and the tablet that comes with both."""

import shutil
from pathlib import Path

import pytest

from backend.accounts import actions
from backend.accounts.auth import Role
from backend.core.deployment import Deployment
from tests.forms.samples import built_forms
from tests.intake.tablet import NOW, Tablet
from tests.people import add_person


@pytest.fixture
def forms(deployment: Deployment) -> Path:
    folder = deployment.settings.var_dir / "forms"
    shutil.copytree(built_forms(), folder)
    return folder


@pytest.fixture
def agency(deployment: Deployment) -> int:
    with deployment.unit_of_work() as session:
        names = {"name_zh": "示例文旅局", "name_en": "Example culture bureau"}
        return actions.put_agency(
            session, code="culture", activities=["internet_cafe"], by="tester", now=NOW, **names
        ).id


@pytest.fixture
def inspector(deployment: Deployment, agency: int) -> int:
    return add_person(deployment, Role.INSPECTOR, login="inspector", areas=("310101",), agency_id=agency)


@pytest.fixture
def tablet(app, forms, inspector) -> Tablet:
    return Tablet(app.test_client(), login="inspector")
