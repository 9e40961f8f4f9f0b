"""Accounts: opened and closed by a security administrator, for whom they care and nobody else."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from backend.accounts import actions
from backend.accounts.auth import Role
from backend.accounts.errors import LoginTaken
from backend.core.errors import InvalidInput, PersonalNumberFound
from tests.people import PASSWORD, add_person, desk_of, password_hash

NEW = {"login": "new.one", "display_name": "新人", "role": "inspector", "areas": ["310101"]}


@pytest.fixture
def admin(app):
    return desk_of(app, Role.SECURITY_ADMIN, areas=("3101",))


def test_a_new_account_can_sign_in_with_the_password_that_was_shown(app, admin):
    from tests.accounts.test_sessions import sign_in

    added = admin.post("/api/v1/users", json=NEW)

    assert added.status_code == 201
    assert added.json["user"]["areas"] == ["310101"]
    client = app.test_client()
    assert sign_in(client, "new.one", added.json["password"]).status_code == 303
    assert client.get("/api/v1/me").json["role"] == "inspector"


@pytest.mark.parametrize(
    ("change", "status"),
    [
        pytest.param({"areas": ["3201"]}, 403, id="elsewhere"),
        pytest.param({"areas": ["310101", "320101"]}, 403, id="partly elsewhere"),
        pytest.param({"areas": [""]}, 403, id="everywhere"),
        pytest.param({"areas": []}, 422, id="nowhere"),
        pytest.param({"role": "security_admin"}, 422, id="another administrator"),
        pytest.param({"role": "auditor"}, 422, id="an auditor"),
        pytest.param({"login": "a"}, 422, id="too short a login"),
        pytest.param({"login": "13912345678"}, 422, id="a mobile number as login"),
        pytest.param({"display_name": "张伟 13912345678"}, 422, id="a mobile number in the name"),
        pytest.param({"password": PASSWORD}, 422, id="an administrator chooses no passwords"),
    ],
)
def test_accounts_that_are_not_opened(deployment, admin, change, status):
    def accounts():
        with deployment.reading() as session:
            return session.scalar(text("SELECT count(*) FROM users"))

    before = accounts()

    assert admin.post("/api/v1/users", json=NEW | change).status_code == status
    assert accounts() == before


def test_a_login_is_taken_once_whatever_its_case(admin):
    admin.post("/api/v1/users", json=NEW)

    again = admin.post("/api/v1/users", json=NEW | {"login": "NEW.One"})

    assert (again.status_code, again.json["status"]) == (409, "login_taken")


@pytest.fixture
def others(deployment):
    """Accounts that are not in the care of the administrator of 3101, by why."""
    return {
        "elsewhere": add_person(deployment, areas=("320101",)),
        "more areas": add_person(deployment, areas=("310101", "320101")),
        "everywhere": add_person(deployment),
        "auditor": add_person(deployment, Role.AUDITOR, areas=("310101",)),
        "system_admin": add_person(deployment, Role.SYSTEM_ADMIN, areas=("310101",)),
    }


def test_the_list_shows_the_accounts_in_ones_care(deployment, admin, others):
    mine = [add_person(deployment, login=f"mine-{i}", areas=("310101",)) for i in range(3)]

    listed = admin.get("/api/v1/users?page_size=2")
    found = admin.get("/api/v1/users?text=MINE-2")

    assert [user["id"] for user in listed.json] == mine[:2]
    assert '"total": 3' in listed.headers["X-Pagination"]
    assert [user["id"] for user in found.json] == mine[2:]
    assert admin.get("/api/v1/users?text=%25").json == []


@pytest.mark.parametrize("deed", ["deactivate", "reactivate", "password"])
@pytest.mark.parametrize("why", ["elsewhere", "more areas", "everywhere", "auditor", "system_admin"])
def test_nothing_can_be_done_to_the_accounts_of_others(admin, others, why, deed):
    assert admin.get(f"/api/v1/users/{others[why]}").status_code == 404
    assert admin.post(f"/api/v1/users/{others[why]}/{deed}").status_code == 404


def test_an_administrator_of_an_agency_cares_for_its_people_only(app, deployment):
    now = datetime.now(UTC)
    with deployment.unit_of_work() as session:
        names = {"name_zh": "机构", "name_en": "Agency"}
        ours, theirs = (actions.put_agency(session, code=c, **names, by="tester", now=now).id for c in "ab")
    admin = desk_of(app, Role.SECURITY_ADMIN, agency_id=ours)
    colleague, stranger = add_person(deployment, agency_id=ours), add_person(deployment, agency_id=theirs)

    assert admin.get(f"/api/v1/users/{colleague}").status_code == 200
    assert admin.get(f"/api/v1/users/{stranger}").status_code == 404
    assert admin.post("/api/v1/users", json=NEW | {"agency_id": theirs}).status_code == 403


def test_closing_and_opening_again(app, deployment, admin):
    from tests.accounts.test_sessions import sign_in

    user_id = add_person(deployment, login="zhang", areas=("310101",))

    closed = admin.post(f"/api/v1/users/{user_id}/deactivate")
    refused = sign_in(app.test_client(), "zhang")
    opened = admin.post(f"/api/v1/users/{user_id}/reactivate")
    welcome = sign_in(app.test_client(), "zhang")

    assert (closed.json["active"], refused.status_code) == (False, 401)
    assert (opened.json["active"], welcome.status_code) == (True, 303)


def test_every_deed_is_audited_without_naming_anybody(app, admin):
    added = admin.post("/api/v1/users", json=NEW).json
    user_id = added["user"]["id"]
    for deed in ("password", "deactivate", "reactivate"):
        admin.post(f"/api/v1/users/{user_id}/{deed}")

    entries = desk_of(app, Role.AUDITOR).get(f"/api/v1/audit?subject=user:{user_id}").json

    assert [entry["deed"] for entry in entries] == [
        "account.reactivate", "account.deactivate", "account.set_password", "account.add",
    ]  # fmt: skip
    assert "新人" not in str(entries)
    assert "new.one" not in str(entries)
    assert added["password"] not in str(entries)


def test_one_account_one_role_of_the_list(deployment):
    user_id = add_person(deployment)

    with pytest.raises(IntegrityError), deployment.unit_of_work() as session:
        session.execute(
            text("UPDATE users SET role = :both WHERE id = :id"),
            {"both": "system_admin,security_admin", "id": user_id},
        )


@pytest.mark.parametrize(
    ("details", "refusal"),
    [
        ({"login": "Zhang"}, None),
        ({"login": "zhang wei"}, InvalidInput),
        ({"login": "张伟"}, InvalidInput),
        ({"login": "zhang", "display_name": "11010519491231002X"}, PersonalNumberFound),
        ({"login": "zhang", "certificate_no": "11010519491231002X"}, PersonalNumberFound),
        ({"login": "TAKEN"}, LoginTaken),
    ],
)
def test_opening_an_account_at_the_machine(deployment, details, refusal):
    known = {
        "display_name": "张伟",
        "role": Role.SECURITY_ADMIN,
        "areas": [],
        "password_hash": password_hash(),
    }
    add_person(deployment, login="taken")

    def add():
        with deployment.unit_of_work() as session:
            return actions.add_user(session, **(known | details), by="machine", now=datetime.now(UTC)).login

    if refusal is None:
        assert add() == "zhang"
    else:
        with pytest.raises(refusal):
            add()


def test_an_agency_is_changed_by_its_code(deployment):
    now = datetime.now(UTC)
    with deployment.unit_of_work() as session:
        first = actions.put_agency(
            session, code="wl", name_zh="文旅局", name_en="Culture", activities=["bar"], by="tester", now=now
        ).id
    with deployment.unit_of_work() as session:
        again = actions.put_agency(session, code="wl", name_en="Culture and Tourism", by="tester", now=now)
        assert (again.id, again.name_zh, again.name_en, again.activities) == (
            first, "文旅局", "Culture and Tourism", ["bar"],
        )  # fmt: skip


def test_the_audit_trail_can_be_searched(app, deployment):
    auditor = desk_of(app, Role.AUDIT_ADMIN, login="auditor")
    me = auditor.get("/api/v1/me").json["id"]
    other = add_person(deployment)

    def deeds(query):
        return [(e["deed"], e["subject"]) for e in auditor.get(f"/api/v1/audit?{query}").json]

    added, signed_in = ("account.add", f"user:{me}"), ("account.sign_in", f"user:{me}")
    assert deeds("deed=account") == [("account.add", f"user:{other}"), signed_in, added]
    assert deeds("deed=account&page_size=2&page=2") == [added]
    assert deeds(f"deed=account.add&subject=user:{me}") == [added]
    assert deeds(f"subject=user:{me}&until=2020-01-01") == []
    assert deeds(f"subject=user:{me}&since=2020-01-01") == [signed_in, added]
    assert auditor.get("/api/v1/audit?since=yesterday").status_code == 422
