"""Who decided what a new business is: a day, a reason, a clause; a later note takes the place."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from backend.accounts.auth import Role
from backend.core.audit import AuditEntry
from backend.core.days import today
from tests.people import desk_of
from tests.screening.places import add_venue, at

NOTE = {
    "business": "在线陪练", "category": None, "decided_by": "示例文旅局", "decided_on": "2026-03-02",
    "reason": "不提供场地和上网设备，不属于所列任何业态", "clauses": ["minors-law:58"],
}  # fmt: skip


@pytest.fixture(autouse=True)
def venues(deployment):
    with deployment.unit_of_work() as session:
        add_venue(session, at(0), area_code="310101", name="陪练工作室")
        add_venue(session, at(0), area_code="310104")


@pytest.fixture
def reviewer(app):
    return desk_of(app, Role.LEGAL_REVIEWER, areas=("310101",))


def add(desk, **said):
    return desk.post("/api/v1/classification-notes", json=NOTE | said)


def listed(desk, query=""):
    return [one["id"] for one in desk.get(f"/api/v1/classification-notes{query}").json]


def test_a_later_note_takes_the_place_and_the_first_one_stays(reviewer):
    first = add(reviewer).json
    second = add(reviewer, category="internet_cafe", decided_on="2026-05-04").json

    assert (first["supersedes"], second["supersedes"]) == (None, first["id"])
    assert listed(reviewer) == [second["id"], first["id"]]
    assert listed(reviewer, "?only_current=true&business=陪练") == [second["id"]]


def test_a_note_on_one_venue_leaves_the_others(reviewer):
    everywhere, here = (
        add(reviewer).json["id"],
        add(reviewer, venue_id=1, category="internet_cafe").json["id"],
    )

    assert listed(reviewer, "?only_current=true") == [here, everywhere]
    assert listed(reviewer, "?venue_id=1") == [here]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"category": "coffee_house"}, 422),
        ({"clauses": []}, 422),
        ({"clauses": ["minors-law:999"]}, 422),
        ({"decided_on": (today() + timedelta(days=2)).isoformat()}, 422),
        ({"decided_on": None}, 422),
        ({"reason": ""}, 422),
        ({"reason": "请打 13912345678 核实"}, 422),
        ({"venue_id": 2}, 404),
    ],
)
def test_what_is_no_decision_is_not_written_down(reviewer, said, code):
    assert add(reviewer, **said).status_code == code
    assert listed(reviewer) == []


def test_a_decision_of_an_earlier_day_replaces_nothing(reviewer):
    add(reviewer)

    assert add(reviewer, decided_on="2026-03-01").status_code == 422


@pytest.mark.parametrize("role", [Role.INSPECTOR, Role.COORDINATOR, Role.REPORTER])
def test_only_who_answers_for_the_law_writes(app, role):
    assert add(desk_of(app, role)).status_code == 403


def test_a_note_on_a_venue_elsewhere_is_not_seen(app, reviewer):
    add(reviewer, venue_id=1)

    assert listed(desk_of(app, Role.SUPERVISOR, areas=("310104",))) == []


def test_it_is_in_the_audit_trail(deployment, reviewer):
    add(reviewer)

    with deployment.reading() as session:
        entry = session.scalars(select(AuditEntry).where(AuditEntry.deed == "classification.add")).one()
    assert (entry.subject, entry.detail) == ("classification:1", {"category": None, "supersedes": None})


def test_the_page_says_what_nobody_decided_until_somebody_does(reviewer):
    assert "尚无人归类：在线陪练" in reviewer.get("/classification").text

    page = reviewer.post("/classification", data=NOTE | {"category": "", "clauses": "minors-law:58"}).text

    assert "归类说明已登记" in page
    assert "尚无人归类" not in page
    assert "不属于任何类别" in page
    assert "第五十八条" in page


def test_a_venue_shows_its_notes_and_which_one_holds(reviewer):
    add(reviewer, venue_id=1)
    add(reviewer, venue_id=1, category="internet_cafe")

    page = reviewer.get("/venues/1").text.split('id="notes"')[1]

    assert page.index("现行") < page.index("已被取代")
    assert "网吧" in page.split("现行")[0]


def test_a_form_half_filled_in_writes_nothing(app, reviewer):
    assert reviewer.post("/classification", data={"business": "在线陪练"}).status_code == 422
    assert desk_of(app, Role.INSPECTOR).post("/classification", data=NOTE).status_code == 403
    assert listed(reviewer) == []
