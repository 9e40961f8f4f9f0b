"""How agencies are reached: entered by the system administrator, with what it is for."""

import pytest
from sqlalchemy import select

from backend.accounts.auth import Role
from backend.accounts.models import Agency
from backend.core.audit import AuditEntry

SAID = {
    "phone": "021-0000 0000",
    "complaint_phone": "12345 转 3",
    "address": "示例路1号",
    "email": "a@example.invalid",
}


@pytest.fixture
def admin(people):
    return people(Role.SYSTEM_ADMIN, agency_id=None, areas=("",))


def test_what_is_entered_is_kept_and_in_the_audit_trail(admin, deployment, agency):
    assert "未录入" in admin.get("/agencies").text

    page = admin.post(f"/agencies/{agency}", data=SAID)

    assert "联系方式已保存" in page.text
    assert "021-0000 0000" in admin.get("/agencies").text
    with deployment.reading() as session:
        found = session.get_one(Agency, agency)
        assert {name: getattr(found, name) for name in SAID} == SAID
        assert len(session.scalars(select(AuditEntry).filter_by(deed="agency.contact")).all()) == 1


@pytest.mark.parametrize(
    ("name", "text"),
    [("phone", "打给老王"), ("email", "nobody"), ("address", "11010519491231002X 收"), ("minors_phone", "1")],
)
def test_what_is_no_such_thing_is_refused_and_stays_in_the_form(admin, deployment, agency, name, text):
    page = admin.post(f"/agencies/{agency}", data=SAID | {name: text})

    assert page.status_code == 422
    assert text in page.text
    with deployment.reading() as session:
        assert session.get_one(Agency, agency).phone is None


def test_an_administrator_of_one_agency_writes_no_other(people, deployment, agency):
    other = people(Role.SYSTEM_ADMIN, agency_id=agency)
    with deployment.unit_of_work() as session:
        session.add(Agency(code="x", name_zh="别的单位", name_en="Another"))
        session.flush()
        theirs = session.scalars(select(Agency.id).filter_by(code="x")).one()

    assert other.get(f"/agencies/{agency}").status_code == 200
    assert "别的单位" not in other.get("/agencies").text
    assert other.post(f"/agencies/{theirs}", data=SAID).status_code == 404


OFFICE = {
    "deed": "put",
    "area_code": "310101",
    "kind": "civil_affairs",
    "name": "示例区民政局",
    "phone": "021-1",
}


def test_whom_to_call_for_a_minor_is_entered_changed_and_removed(admin, deployment):
    admin.post("/minor-contacts", data=OFFICE)
    changed = admin.post("/minor-contacts", data=OFFICE | {"phone": "021-00000002"})

    assert changed.text.count("示例区民政局") == 2  # its row, and the button that removes it
    assert "021-00000002" in changed.text
    assert "第六十七条" in changed.text
    assert "还没有录入" in admin.post("/minor-contacts", data={"deed": "remove", "contact_id": "1"}).text
    with deployment.reading() as session:
        deeds = select(AuditEntry.deed).where(AuditEntry.deed.startswith("contact."))
        assert sorted(session.scalars(deeds)) == ["contact.put", "contact.put", "contact.remove"]


@pytest.mark.parametrize(
    "wrong", [{"area_code": "../1"}, {"kind": "friend"}, {"name": "妈妈 13800138000"}, {"phone": "叫一声"}]
)
def test_what_is_no_office_is_refused_and_stays_in_the_form(admin, wrong):
    page = admin.post("/minor-contacts", data=OFFICE | wrong)

    assert page.status_code == 422
    assert "还没有录入" in page.text


def test_an_administrator_of_a_district_writes_for_no_other(people):
    district = people(Role.SYSTEM_ADMIN, agency_id=None)

    assert district.post("/minor-contacts", data=OFFICE).status_code == 200
    assert district.post("/minor-contacts", data=OFFICE | {"area_code": "310104"}).status_code == 403
    assert district.post("/minor-contacts", data={"deed": "remove", "contact_id": "9"}).status_code == 404
