"""A correction is shown with what it corrects; a colleague's counts once a supervisor says so."""

import pytest
from sqlalchemy import select

from backend.accounts.auth import Role
from backend.accounts.models import User
from backend.core.audit import AuditEntry
from tests.intake.tablet import SIGNATURES, Tablet, file_all, just_now
from tests.people import add_person, desk
from tests.web.conftest import CAFE

HERE = {"place/venue_id": str(CAFE)}


@pytest.fixture
def colleague(deployment, agency):
    return add_person(
        deployment,
        Role.INSPECTOR,
        login="colleague",
        areas=("310101",),
        agency_id=agency,
        display_name="李同事",
    )


@pytest.fixture
def corrected(app, deployment, visited, colleague):
    """The sign was there after all, says a colleague."""
    xml = just_now(instance_id="uuid:2", deprecated_id="uuid:1", answers=HERE)
    Tablet(app.test_client(), login="colleague").send(xml, SIGNATURES)
    file_all(deployment)
    return visited + 1


def confirm(client, visit_id):
    return client.post(f"/api/v1/visits/{visit_id}/confirmation")


def test_the_old_answer_is_struck_through_beside_the_new(supervisor, visited, corrected):
    for page in (supervisor.get(f"/visits/{one}").text for one in (visited, corrected)):
        assert "<del>不符合</del>" in page
        assert "<ins>符合</ins>" in page
        assert "更正人：李同事。" in page
        assert "未生效" in page


def test_a_colleagues_correction_waits_for_a_supervisor(supervisor, visited, corrected):
    assert f"/visits/{corrected}" in supervisor.get("/flagged?flag=correction_to_confirm").text
    assert "已被更正" not in supervisor.get(f"/visits/{visited}").text

    page = supervisor.post(f"/visits/{corrected}/confirmation")

    assert page.status_code == 200
    assert "确认人：试用人员" in page.text
    assert "已被更正" in supervisor.get(f"/visits/{visited}").text
    assert f"/visits/{corrected}" not in supervisor.get("/flagged?flag=correction_to_confirm").text
    assert supervisor.get("/api/v1/violations").json == []


def test_a_confirmation_is_in_the_audit_trail_once(deployment, supervisor, corrected):
    answers = [confirm(supervisor, corrected) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 409]
    with deployment.reading() as session:
        deeds = select(AuditEntry.subject).where(AuditEntry.deed == "visit.confirm_correction")
        assert list(session.scalars(deeds)) == [f"visit:{corrected}"]


@pytest.mark.parametrize("role", [Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.COORDINATOR])
def test_only_a_supervisor_confirms(people, corrected, role):
    assert confirm(people(role), corrected).status_code == 403


def test_another_district_finds_nothing_to_confirm(people, corrected):
    assert confirm(people(Role.SUPERVISOR, areas=("310104",)), corrected).status_code == 404


def test_what_corrects_nothing_of_a_colleague_needs_no_yes(supervisor, visited, tablet, deployment):
    tablet.send(just_now(instance_id="uuid:3", deprecated_id="uuid:1", answers=HERE), SIGNATURES)
    file_all(deployment)

    assert [confirm(supervisor, one).json["status"] for one in (visited, visited + 1)] == 2 * [
        "nothing_to_confirm"
    ]


def test_who_wrote_one_of_the_two_does_not_confirm(app, deployment, visited, corrected, colleague):
    with deployment.unit_of_work() as session:
        session.get_one(User, colleague).role = Role.SUPERVISOR

    assert confirm(desk(app, colleague), corrected).json["status"] == "own_correction"
