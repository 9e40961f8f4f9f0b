"""Proposed changes on pages: the list, one side by side, deciding in few taps."""

import re
from uuid import uuid4

import pytest
import shapely

from backend.accounts.auth import Role
from tests.screening.places import at
from tests.web.conftest import CAFE, SCHOOL

pytestmark = pytest.mark.usefixtures("district")
MOVED = {
    "place": shapely.geometry.mapping(shapely.Point(at(130, 50))),
    "crs": "EPSG:4490",
    "capture": "device",
}


@pytest.fixture
def inspector(people):
    return people(Role.INSPECTOR)


@pytest.fixture
def proposed(inspector):
    """A new name that goes in by itself, and opening date and gates of the school that wait."""

    def propose(to, values):
        said = {"uuid": str(uuid4()), "seen_version": 1, "values": values, "reason": "现场核对"}
        answer = inspector.post(f"/api/v1/{to}/proposals", json=said)
        assert answer.status_code == 201, answer.json
        return f"/proposals/{said['uuid']}"

    return propose


@pytest.fixture
def school_moved(proposed):
    gates = shapely.geometry.mapping(shapely.MultiPoint([at(0, 50)]))
    return proposed(f"sites/{SCHOOL}", {"gates": gates, "crs": "EPSG:4490", "opened_on": "2011-09-01"})


def test_what_waits_is_listed_with_its_state_in_words(supervisor, inspector, proposed, school_moved):
    proposed(f"venues/{CAFE}", {"name": "蓝星网咖"})

    everything, waiting = (supervisor.get(f"/proposals{query}").text for query in ("", "?state=waiting"))

    assert everything.index(school_moved) < everything.index("蓝星网咖")
    assert everything.count("共 2 条") == 1
    assert "已并入" in everything.split("<table>")[1]
    assert school_moved in waiting
    assert "蓝星网咖" not in waiting
    assert school_moved in inspector.get("/proposals").text


def test_a_proposal_stands_beside_the_register_with_a_sketch(supervisor, school_moved):
    page = supervisor.get(school_moved).text

    assert re.findall(r"开办日期，(登记现值|建议值)：</span>(\d{4}-\d\d-\d\d)<", page) == [
        ("登记现值", "2010-11-21"),
        ("建议值", "2011-09-01"),
    ]
    assert "1 个校门" in page
    assert page.count('class="after"') == 1
    assert "style=" not in page


def test_three_taps_from_the_list_decide_it(supervisor, school_moved):
    decided = supervisor.post(
        school_moved,
        data={"deed": "decide", "row_version": 1, "pick-opened_on": "theirs", "pick-gates": "mine"},
    )

    assert decided.status_code == 200
    assert "已采纳" in decided.text
    assert supervisor.get(f"/api/v1/sites/{SCHOOL}").json["gates"]["type"] == "MultiPoint"
    assert supervisor.get(f"/api/v1/sites/{SCHOOL}").json["opened_on"] == "2010-11-21"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({"deed": "decide", "row_version": 1, "pick-gates": "mine"}, 422),
        ({"deed": "decide", "row_version": 9, "pick-gates": "mine", "pick-opened_on": "mine"}, 409),
        ({"deed": "decide"}, 422),
        ({"deed": "refuse"}, 422),
        ({"deed": "withdraw"}, 403),
        ({}, 422),
    ],
)
def test_half_a_decision_changes_nothing(supervisor, school_moved, data, code):
    assert supervisor.post(school_moved, data=data).status_code == code
    assert supervisor.get(f"/api/v1/sites/{SCHOOL}").json["version"] == 1


def test_a_refusal_and_a_withdrawal_are_shown(supervisor, inspector, school_moved, proposed):
    moved = proposed(f"venues/{CAFE}", MOVED)

    assert "撤回建议" in inspector.get(moved).text
    assert "已撤回" in inspector.post(moved, data={"deed": "withdraw"}).text
    assert "卫片一致" in supervisor.post(school_moved, data={"deed": "refuse", "reason": "卫片一致"}).text


def test_an_inspector_decides_nothing(inspector, school_moved):
    data = {"deed": "decide", "row_version": 1, "pick-opened_on": "mine", "pick-gates": "mine"}

    assert "pick-gates" not in inspector.get(school_moved).text
    assert inspector.post(school_moved, data=data).status_code == 422


def test_in_english_nothing_is_left_in_chinese(supervisor, school_moved):
    supervisor.set_cookie("__Host-humiao-language", "en")
    page = supervisor.get(school_moved).text.split("<main")[1]

    assert not re.findall(
        r"[\u4e00-\u9fff]+", page.replace("第一小学", "").replace("现场核对", "").replace("试用人员", "")
    )
