"""Officers of its agency and areas sign in with a tablet; wrong passwords are counted as at a desk."""

from datetime import date

import pytest
from sqlalchemy import select

from backend.accounts.auth import Role
from backend.core.audit import AuditEntry
from tests.accounts.enrolling import add_tablet
from tests.intake.conftest import agency  # noqa: F401
from tests.people import PASSWORD, add_person


@pytest.fixture
def device(deployment, agency):  # noqa: F811
    """A tablet of the agency's shelf."""
    return add_tablet(deployment, agency_id=agency)


@pytest.fixture
def sign_in(app, device):
    def ask(login="zhang", password=PASSWORD, token=device[1]):
        shown = {"Authorization": f"Bearer {token}"}
        said = {"login": login, "password": password}
        return app.test_client().post("/tablet/officers", json=said, headers=shown)

    return ask


def add_officer(deployment, agency, **columns):  # noqa: F811
    known = {"login": "zhang", "areas": ("310101",), "agency_id": agency, "display_name": "张三"}
    return add_person(deployment, **({"role": Role.INSPECTOR} | known | columns))


def last_entry(deployment):
    with deployment.reading() as session:
        return session.scalars(select(AuditEntry).order_by(AuditEntry.seq.desc()).limit(1)).one()


def test_an_officer_of_the_agency_works_with_the_tablet_and_it_is_written_down(
    deployment, agency, device, sign_in  # noqa: F811
):  # fmt: skip
    certificate = {"certificate_no": "SH-0001", "certificate_valid_to": date(2027, 12, 31)}
    officer = add_officer(deployment, agency, **certificate)

    answer = sign_in()

    assert (answer.status_code, answer.json) == (200, {
        "id": officer, "login": "zhang", "name": "张三", "certificate_no": "SH-0001",
        "certificate_valid_to": "2027-12-31", "agency": "示例文旅局",
    })  # fmt: skip
    entry = last_entry(deployment)
    assert (entry.deed, entry.actor, entry.subject) == (
        "device.officer", f"user:{officer}", f"device:{device[0]}",
    )  # fmt: skip


@pytest.mark.parametrize(
    "columns",
    [
        pytest.param({"role": Role.SUPERVISOR}, id="no inspector"),
        pytest.param({"agency_id": None}, id="of another agency"),
        pytest.param({"areas": ("310104",)}, id="of another area"),
        pytest.param({"areas": ("31010101",)}, id="of a part of the tablet's area"),
    ],
)
def test_others_are_refused_although_their_password_is_right(
    deployment, agency, sign_in, columns  # noqa: F811
):  # fmt: skip
    add_officer(deployment, agency, **columns)

    answer = sign_in()

    assert (answer.status_code, answer.json["status"]) == (403, "not_allowed")
    assert last_entry(deployment).deed == "device.officer_refused"


def test_wrong_passwords_close_the_account_for_this_tablet_as_for_a_desk(
    deployment, agency, sign_in  # noqa: F811
):  # fmt: skip
    add_officer(deployment, agency)

    wrong = [sign_in(password="not the right one").status_code for _ in range(5)]

    assert wrong == [401] * 5
    assert sign_in().status_code == 429


def test_guessing_with_another_tablet_locks_nobody_out_of_the_own_one(
    deployment, agency, sign_in  # noqa: F811
):  # fmt: skip
    add_officer(deployment, agency)
    assert sign_in().status_code == 200
    other = add_tablet(deployment, agency_id=agency)[1]

    guessed = [sign_in(password="not the right one", token=other).status_code for _ in range(6)]

    assert guessed == [401] * 5 + [429]
    assert sign_in().status_code == 200


def test_unknown_names_and_strange_tablets_are_refused_alike(sign_in):
    assert (sign_in(login="nobody").status_code, sign_in(token="no such token").status_code) == (401, 401)
