"""Checklists that could not be filed: listed without content, with what to do, and filed again."""

import shutil

import pytest

from backend.accounts.auth import Role
from backend.intake.models import Envelope, State
from tests.intake.tablet import file_all, just_now
from tests.web.conftest import NOTE

pytestmark = pytest.mark.usefixtures("district")


@pytest.fixture
def unfiled(deployment, tablet, forms):
    """A checklist whose form was lost before it was filed; gives the way to bring the form back."""
    tablet.send(just_now(instance_id="uuid:1", answers={"duties/ban_sign_note": NOTE}))
    away = forms.with_name("away")
    shutil.move(forms, away)
    file_all(deployment)
    return lambda: shutil.move(away, forms)


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.SYSTEM_ADMIN])
def test_it_is_listed_with_reason_and_remedy_but_without_content(people, unfiled, role):
    page = people(role).get("/problems").text

    assert "不认识这个版本的检查表" in page
    assert "humiao forms build" in page
    assert "共 1 条" in page
    assert NOTE not in page
    assert "uuid:1" not in page


def test_others_do_not_see_it(people, unfiled):
    for more in ({"areas": ("310104",)}, {"agency_id": None}):
        stranger = people(Role.SUPERVISOR, **more)
        assert "共 0 条" in stranger.get("/problems").text
        assert stranger.post("/problems", data={"envelope_id": 1}).status_code == 404


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.SYSTEM_ADMIN])
def test_it_is_filed_again_after_the_repair(people, deployment, unfiled, role):
    desk = people(role)
    assert "仍不能归档 1 份" in desk.post("/problems", data={"envelope_id": 1}).text

    unfiled()
    page = desk.post("/problems", data={"envelope_id": 1}).text

    assert "已重新归档 1 份，仍不能归档 0 份" in page
    assert "没有不能归档的检查表" in page
    with deployment.reading() as session:
        assert session.get_one(Envelope, 1).state == State.FILED


def test_nothing_chosen_files_nothing(supervisor, deployment, unfiled):
    supervisor.post("/problems")

    with deployment.reading() as session:
        assert session.get_one(Envelope, 1).state == State.UNFILABLE


@pytest.mark.parametrize(
    "role", [Role.INSPECTOR, Role.ASSISTANT, Role.COORDINATOR, Role.REPORTER, Role.AUDITOR]
)
def test_nobody_else_gets_there(people, role):
    assert people(role).get("/problems").status_code == 403
