"""What inspections found, on the page of a venue and of a visit; what was typed opens on the record only."""

import re

import pytest
from sqlalchemy import select

from backend.accounts.auth import Role
from backend.core.audit import AuditEntry
from tests.intake.tablet import file_all, just_now
from tests.web.conftest import CAFE, NOTE

INSPECTED_BY = (Role.INSPECTOR, Role.SUPERVISOR, Role.LEGAL_REVIEWER, Role.COORDINATOR)
OPENERS = (Role.INSPECTOR, Role.SUPERVISOR, Role.LEGAL_REVIEWER)


def looks(deployment):
    with deployment.reading() as session:
        looked = select(AuditEntry).where(AuditEntry.deed == "visit.read_record").order_by(AuditEntry.seq)
        return [(entry.actor, entry.subject) for entry in session.scalars(looked)]


@pytest.mark.parametrize("role", INSPECTED_BY)
def test_a_venue_shows_violations_with_clauses_and_every_candidate_basis(people, visited, role):
    page = people(role).get(f"/venues/{CAFE}").text

    assert "入口没有挂未成年人禁入标志" in page
    assert "《互联网上网服务营业场所管理条例》（2022-03-29修订）第二十一条第二款" in page
    assert "处罚依据候选（2 项，未选定）" in page
    assert len(re.findall(r"<code>PEN-\d+</code>", page)) == 2
    assert "一般：警告；可以罚款 不超过 15,000 元" in page
    assert "检查事项“入口处显著位置悬挂未成年人禁入标志”：不符合" in page


def test_a_venue_shows_visits_findings_id_checks_and_flags(supervisor, visited):
    page = supervisor.get(f"/venues/{CAFE}").text

    assert f'<a href="/visits/{visited}">' in page
    assert "身份核验抽查" in page
    assert "现场核对" in page
    assert "不符合" in page
    assert "chip-survey" in page.split('id="visits"')[1]


def test_assistants_see_the_register_without_inspections(people, visited):
    page = people(Role.ASSISTANT).get(f"/venues/{CAFE}").text

    assert "蓝星公司" in page
    assert "检查情况由执法、督导、法制审核和协调人员查看" in page
    assert "处罚依据候选" not in page
    assert "/visits/" not in page
    assert people(Role.ASSISTANT).get(f"/visits/{visited}").status_code == 403


@pytest.mark.parametrize("more", [{"agency_id": None}, {"areas": ("310104",)}])
def test_inspections_of_others_are_not_there(people, visited, more):
    others = people(Role.SUPERVISOR, **more)

    assert others.get(f"/visits/{visited}").status_code == 404
    assert others.post(f"/visits/{visited}").status_code == 404
    assert f"/visits/{visited}" not in others.get(f"/venues/{CAFE}").text


@pytest.mark.parametrize("role", INSPECTED_BY)
def test_a_visit_shows_every_item_and_nothing_that_was_typed(people, deployment, visited, role):
    page = people(role).get(f"/visits/{visited}").text

    assert page.count('data-label="检查事项"') == 18
    assert "照片" in page
    assert NOTE not in page
    assert NOTE not in people(role).get(f"/venues/{CAFE}").text
    assert looks(deployment) == []


@pytest.mark.parametrize("role", OPENERS)
def test_what_was_typed_opens_on_the_record(people, deployment, visited, role):
    desk = people(role)

    page = desk.post(f"/visits/{visited}").text

    assert NOTE in page
    assert "本次查看已记入审计日志" in page
    ((actor, subject),) = looks(deployment)
    assert actor.startswith("user:")
    assert subject == f"visit:{visited}"


def test_a_visit_shows_how_each_sign_was_judged_and_why(supervisor, visited):
    page = supervisor.get(f"/visits/{visited}").text
    judged = page.split('id="judged"')[1].split("</section>")[0]

    assert 'data-label="判断"' in judged
    assert "执法人员查明不符合" in judged
    assert "第二十一条第二款" in judged


def test_a_coordinator_sees_no_record(people, deployment, visited):
    coordinator = people(Role.COORDINATOR)

    assert "打开原文" not in coordinator.get(f"/visits/{visited}").text
    assert coordinator.post(f"/visits/{visited}").status_code == 403
    assert looks(deployment) == []


def test_a_photo_that_may_show_a_minor_has_no_link(supervisor, visited):
    page = supervisor.get(f"/visits/{visited}").text
    sealed = [row for row in page.split("<tr>") if "密封" in row]

    assert "/evidence/" in page
    assert not any("/evidence/" in row for row in sealed)


def test_a_correction_is_said_on_the_older_visit(supervisor, deployment, tablet, visited):
    tablet.send(just_now(instance_id="uuid:2", deprecated_id="uuid:1"))
    file_all(deployment)

    assert "已被更正" in supervisor.get(f"/visits/{visited}").text
    assert "已被更正" not in supervisor.get(f"/visits/{visited + 1}").text


def test_flagged_inspections_are_listed_and_filtered(supervisor, people, visited):
    page = supervisor.get("/flagged").text
    codes = re.findall(r'<option value="(\w+)">', page)

    assert f"/visits/{visited}" in page
    assert "no_check_code" in codes
    assert f"/visits/{visited}" not in supervisor.get("/flagged?flag=same_officer_twice").text
    assert f"/visits/{visited}" not in supervisor.get("/flagged?until=2020-01-01").text
    assert f"/visits/{visited}" not in people(Role.SUPERVISOR, areas=("310104",)).get("/flagged").text
