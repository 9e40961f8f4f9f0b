"""The page of a penalty: bases side by side, a proposal by the officer, a decision by the reviewer."""

import re

import pytest

from backend.accounts.auth import Role
from backend.accounts.models import Agency, User
from backend.accounts.rules import Authority
from tests.people import add_person, desk, desk_of


@pytest.fixture(autouse=True)
def culture(deployment, agency):
    """The agency supervises culture: it may impose what the regulations on cafes say."""
    with deployment.unit_of_work() as session:
        session.get_one(Agency, agency).authority = Authority.CULTURE


@pytest.fixture
def page(case):
    return f"{case}/penalty"


@pytest.fixture
def officer(app, deployment, case):
    """The first officer of the case."""
    with deployment.reading() as session:
        (found,) = session.query(User.id).filter_by(display_name="张执法").one()
    return desk(app, found)


@pytest.fixture
def reviewer(app, agency, case):
    return desk_of(app, Role.LEGAL_REVIEWER, login="legal", agency_id=agency, areas=("310101",))


def laid(client, page, **found):
    """What the law says to what was found: tried out, and nothing kept."""
    return client.post(page, data={"deed": "lay", "laid": "1"} | found)


def send(client, page, deed, found=None, **said):
    """Send the form of the page, as it stands there, or as it stands once `found` was tried out."""
    shown = (client.get(page) if found is None else laid(client, page, **found)).text
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', shown))
    hidden.pop("csrf_token", None)
    return client.post(page, data=hidden | {"deed": deed, "reason": "按裁量基准"} | said)


def candidate(client, page, basis):
    return re.search(rf'name="take" value="([^"]*/{basis}/[^"]*)"', laid(client, page).text)[1]


def test_candidates_stand_side_by_side_with_clauses_amounts_and_what_leads(officer, page):
    shown = laid(officer, page).text

    for said in (
        "《中华人民共和国未成年人保护法》（2024-04-26修正）第一百二十三条", "0.00 至 50,000.00",
        "0.00 至 15,000.00", "罚款数额高，适用", "罚款数额低，不适用", "可以罚款", "还须证明",
    ):  # fmt: skip
        assert said in shown


def test_what_was_found_moves_the_tier(officer, page):
    shown = laid(officer, page, circumstances="refused").text

    assert "50,000.00 至 500,000.00" in shown
    assert "拒不改正" in shown


def test_what_is_tried_out_stands_in_no_address_and_is_not_kept(officer, page, case):
    by_address = officer.get(f"{page}?laid=1&circumstances=refused").text
    laid(officer, page, circumstances="refused")

    assert "50,000.00 至 500,000.00" not in by_address
    assert 'method="get"' not in by_address.split("<main")[1]
    assert officer.get(f"/api/v1{case}/proposals").json == []


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"circumstances": ["refused", "corrected"]}, "有两项不能同时成立"),
        ({"gains": "viel"}, "违法所得（元，没有填 0）：不正确"),
    ],
)
def test_facts_that_cannot_be_are_told_beside_their_field(officer, page, asked, said):
    answer = laid(officer, page, **asked)

    assert answer.status_code == 422
    assert said in answer.text


def test_an_officer_proposes_and_the_reviewer_decides_otherwise(officer, reviewer, page, case):
    key = candidate(officer, page, "PEN-01")
    proposed = send(
        officer, page, "propose", {}, take=key, outcome="penalty",
        **{f"yuan:{key}": "8000", f"kinds:{key}": "warning"},
    )  # fmt: skip
    assert proposed.status_code == 303, proposed.text
    assert "等待审定" in officer.get(case).text
    assert 'value="8000.00"' in reviewer.get(page).text

    decided = send(
        reviewer, page, "decide", take=key, outcome="penalty", reason="幅度过高",
        **{f"yuan:{key}": "5000", f"kinds:{key}": "warning"},
    )  # fmt: skip
    assert decided.status_code == 303, decided.text
    shown = officer.get(page).text
    for said in ("警告、罚款 8,000.00 元", "警告、罚款 5,000.00 元", "幅度过高", "按裁量基准"):
        assert said in shown
    assert 'name="deed" value="decide"' not in reviewer.get(page).text


def test_a_refused_amount_says_why_and_keeps_what_was_typed(officer, page):
    key = candidate(officer, page, "PEN-01")
    refused = send(
        officer, page, "propose", {}, take=key, outcome="penalty",
        **{f"yuan:{key}": "50001", f"kinds:{key}": "warning"},
    )  # fmt: skip

    assert refused.status_code == 409
    assert "金额不在幅度内" in refused.text
    assert 'value="50001"' in refused.text


def test_a_form_without_a_reason_keeps_what_was_chosen(officer, page):
    key = candidate(officer, page, "PEN-01")
    said = {"take": key, "outcome": "penalty", f"yuan:{key}": "500", "reason": ""}
    refused = send(officer, page, "propose", {}, **said)

    assert refused.status_code == 422
    assert "理由：不正确" in refused.text
    assert 'value="500"' in refused.text


def test_a_form_of_an_older_case_is_refused(officer, page):
    key = candidate(officer, page, "PEN-01")
    said = {"take": key, "outcome": "penalty", f"yuan:{key}": "500", "version": "99"}

    assert send(officer, page, "propose", {}, **said).status_code == 412


def test_no_penalty_needs_a_ground_that_is_met(officer, reviewer, page):
    slight = {"circumstances": ["minor", "corrected", "no_harm"]}
    without = officer.post(page, data={
        "laid": "1", "deed": "propose", "reason": "轻微", "version": "1", "outcome": "no_penalty",
    })  # fmt: skip
    spared = send(officer, page, "propose", slight, outcome="no_penalty", ground="minor",
                  circumstances=["minor", "corrected", "no_harm"])  # fmt: skip

    assert without.status_code == 409
    assert spared.status_code == 303, spared.text
    assert "轻微、及时改正、没有危害后果" in reviewer.get(page).text


def test_who_has_no_part_is_shown_no_form(app, deployment, agency, supervisor, people, page):
    colleague = desk(app, add_person(deployment, Role.INSPECTOR, agency_id=agency, areas=("310101",)))

    for somebody in (supervisor, colleague):
        assert not re.search('value="(propose|decide)"', laid(somebody, page).text)
    assert people(Role.COORDINATOR).get(page).status_code == 403


def test_the_page_speaks_english(officer, page):
    officer.set_cookie("__Host-humiao-language", "en")

    assert "Ceiling against floor" not in laid(officer, page).text
    assert "The higher fine: applies" in laid(officer, page).text
