"""What is kept, what is held and what is gone, on pages; each to whom it concerns."""

import pytest

from backend.accounts.auth import Role
from tests.retention.keeping import YEARS, confirm, run

READERS = (Role.SUPERVISOR, Role.LEGAL_REVIEWER, Role.AUDITOR, Role.SECURITY_ADMIN)


@pytest.mark.parametrize("role", READERS)
def test_every_class_says_that_nobody_confirmed_it_and_who_must(people, district, role):
    page = people(role).get("/retention").text

    assert page.count("未确认，保留") == 10
    assert page.count("到期任务不销毁此类") == 9
    assert "由谁确认：本单位档案部门" in page
    assert "《中华人民共和国档案法》（2020-06-20修订）第二十一条第一款" in page
    assert "法定最短 3 年" in page


def test_a_confirmed_period_is_shown_with_its_document(deployment, supervisor):
    confirm(deployment, {"photo_minor": 3}, agency="culture")

    page = supervisor.get("/retention").text

    assert page.count("未确认，保留") == 9
    assert "3 年，自检查日起算" in page
    assert "某档案局，某档〔2026〕1号，2026-01-01" in page
    assert "仅限单位 culture" in page


@pytest.mark.parametrize("role", READERS)
def test_what_falls_due_is_counted_for_those_of_its_agency_and_area(deployment, people, visited, role):
    confirm(deployment, {"envelope_unmasked": None}, days=30)
    due = people(role).get("/api/v1/retention/upcoming").json

    assert [(one["retention_class"], one["count"]) for one in due] == [("envelope_unmasked", 1)]
    assert due[0]["due_on"] in people(role).get("/retention").text
    for stranger in ({"areas": ("310104",)}, {"agency_id": None, "areas": ()}):
        assert people(role, **stranger).get("/api/v1/retention/upcoming").json == []


def test_what_is_due_only_later_or_is_held_does_not_fall_due(deployment, supervisor, visited):
    confirm(deployment, YEARS)
    assert supervisor.get("/api/v1/retention/upcoming").json == []

    confirm(deployment, {"envelope_unmasked": None}, days=30)
    supervisor.post(f"/api/v1/visits/{visited}/holds", json={"reason": "case"})
    assert supervisor.get("/api/v1/retention/upcoming").json == []


@pytest.mark.parametrize("role", READERS)
def test_a_certificate_is_shown_to_those_of_its_agency_and_area(people, kept, role):
    reader = people(role)

    page = reader.get(f"/retention/certificates/{kept}").text

    assert "收件原文（未遮蔽）" in page
    assert "与所附编号一致" in page
    assert "form:1" in page
    assert reader.get(f"/api/v1/retention/certificates/{kept}").json["ids_hash"] in page
    assert f"销毁证明第 {kept} 号" in reader.get("/retention/certificates").text
    stranger = people(role, areas=("310104",))
    assert stranger.get(f"/retention/certificates/{kept}").status_code == 404
    assert stranger.get(f"/api/v1/retention/certificates/{kept}").status_code == 404
    assert stranger.get("/api/v1/retention/certificates").json == []


def test_auditors_without_an_agency_see_all_of_their_areas_and_supervisors_nothing(people, kept):
    places = {"agency_id": None, "areas": ("310101",)}

    assert len(people(Role.AUDITOR, **places).get("/api/v1/retention/certificates").json) == 1
    assert people(Role.SUPERVISOR, **places).get("/api/v1/retention/certificates").json == []


def test_a_hold_is_set_shown_and_lifted_on_the_page_of_the_visit(supervisor, people, visited):
    page = (
        people(Role.LEGAL_REVIEWER)
        .post(f"/visits/{visited}/hold", data={"reason": "case", "note": "行初字"})
        .text
    )
    assert "法律保留中，不会销毁" in page
    assert "行初字" not in page
    assert "行初字" in supervisor.post(f"/visits/{visited}").text
    assert "案件办理中" in supervisor.get("/retention").text

    page = supervisor.post(f"/visits/{visited}/hold/1", data={"because": "ended"}).text

    assert "没有法律保留，到期销毁" in page
    assert "事由已消除" in page


def test_inspectors_see_a_hold_and_cannot_change_it(people, kept, visited):
    inspector = people(Role.INSPECTOR)

    page = inspector.get(f"/visits/{visited}").text

    assert "法律保留中，不会销毁" in page
    assert "设立法律保留" not in page
    assert inspector.post(f"/visits/{visited}/hold/1", data={"because": "ended"}).status_code == 403


def test_a_visit_whose_content_is_gone_says_so_with_its_certificates(deployment, supervisor, visited):
    confirm(deployment, YEARS)
    run(deployment, "2100-01-01")

    page = supervisor.get(f"/visits/{visited}").text

    assert "保存期满，书写内容和附件已销毁" in page
    assert "销毁证明第 1 号" in page
    assert "设立法律保留" not in page
    assert supervisor.post(f"/visits/{visited}").status_code == 410
