"""Pages of tips: the supervisor's inbox, one tip, and the page for whoever gave it."""

import re

import pytest
from sqlalchemy import select

from backend.accounts.auth import Role
from backend.core.audit import AuditEntry
from backend.tasks.models import Task
from tests.people import add_person
from tests.screening.places import at
from tests.tips.leads import TEXT, Sender, photo, record
from tests.tips.test_school import said
from tests.web.conftest import CAFE

ANSWER = "已到场核查，当场责令改正"


@pytest.fixture
def lead(app, deployment, district):
    """A tip with a picture, from a tablet beside the cafe."""
    tablet = Sender(app, add_person(deployment, Role.INSPECTOR, areas=("310101",), display_name="张一"))
    lon, lat = at(160, 50)
    mine = photo()
    told = record(photos=(mine,), position={"lon": lon, "lat": lat, "accuracy_m": 8, "crs": "EPSG:4490"})
    number = tablet.sends(told).json["receipt_no"]
    tablet.sends_picture(told, mine)
    return number


@pytest.fixture
def receipt(district, school):
    return school.post("/api/v1/tips", json=said()).json


def looks(deployment):
    with deployment.reading() as session:
        return list(session.scalars(select(AuditEntry.deed).where(AuditEntry.deed.startswith("tip."))))


def follow(app, **given):
    """As somebody without an account does it."""
    client = app.test_client()
    token = re.search(r'name="csrf_token" value="(\w+)"', client.get("/follow-tip").text)[1]
    return client.post("/follow-tip", data={"csrf_token": token} | given)


def test_the_inbox_shows_no_content_and_what_was_looked_for(supervisor, lead):
    shown = supervisor.get("/tips").text
    others = supervisor.get("/tips?source=school").text
    exported = supervisor.get("/tips.csv").text

    for page in (shown, exported):
        assert lead in page
        assert "网吧接纳未成年人" in page
        assert TEXT not in page
    assert lead not in others


def test_a_tip_is_looked_at_taken_and_answered(deployment, supervisor, lead):
    page = supervisor.get("/tips/1").text
    picture = supervisor.get("/tips/1/pictures/1")

    taken = supervisor.post("/tips/1", data={"deed": "take"})
    refused = supervisor.post("/tips/1", data={"deed": "answer", "text": "电话 13812345678"})
    answered = supervisor.post("/tips/1", data={"deed": "answer", "text": ANSWER})

    assert TEXT in page
    assert "张一" in page
    assert picture.content_type == "image/jpeg"
    assert (taken.status_code, refused.status_code, answered.status_code) == (303, 422, 303)
    assert "电话 13812345678</textarea>" in refused.text
    assert ANSWER in supervisor.get("/tips/1").text
    assert looks(deployment).count("tip.read") == 3


@pytest.mark.parametrize("said", [{}, {"deed": "burn"}, {"deed": "answer", "text": " "}])
def test_a_deed_that_is_none_changes_nothing(supervisor, lead, said):
    supervisor.post("/tips/1", data={"deed": "take"})

    assert supervisor.post("/tips/1", data=said).status_code == 422
    assert supervisor.get("/api/v1/tips/1").json["state"] == "in_hand"


def test_a_triggered_task_for_the_venue_names_the_tip(deployment, supervisor, lead):
    page = supervisor.get("/tips/1").text
    address = re.search(rf'href="(/tasks/new\?[^"]*venue_id={CAFE}[^"]*)"', page)[1].replace("&amp;", "&")
    form = supervisor.get(address).text

    given = {"kind": "triggered", "trigger": "tip", "source_no": lead, "reason": "网吧接纳未成年人"}
    supervisor.post("/tasks/new", data=given | {"venue_id": CAFE, "due_on": "2199-12-31", "priority": "1"})

    assert f'name="source_no" value="{lead}"' in form
    assert 'value="triggered" selected' in form
    with deployment.reading() as session:
        task = session.scalars(select(Task)).one()
        assert (task.trigger, task.source_no, task.venue_id) == ("tip", lead, CAFE)
    assert "/tasks/1" in supervisor.get("/tips/1").text


def test_whoever_gave_a_tip_reads_its_answer_and_nothing_else(app, supervisor, receipt):
    before = follow(app, receipt_no=receipt["receipt_no"], secret=receipt["secret"])
    supervisor.post("/tips/1", data={"deed": "take"})
    supervisor.post("/tips/1", data={"deed": "answer", "text": ANSWER})

    after = follow(app, receipt_no=receipt["receipt_no"], secret=receipt["secret"])

    assert (before.status_code, after.status_code) == (200, 200)
    assert "还没有答复" in before.text
    assert ANSWER in after.text
    assert not any(word in after.text for word in ("吸烟", "第一小学", "试用人员"))


def test_a_wrong_secret_and_an_unknown_number_are_one_answer(app, receipt):
    answers = [
        follow(app, receipt_no=receipt["receipt_no"], secret="0000-0000-0000-0000"),
        follow(app, receipt_no="XS20260101-00000000", secret=receipt["secret"]),
        follow(app),
    ]

    told = {(one.status_code, re.sub(r'value="\w{64}"', "", one.text)) for one in answers}
    assert [code for code, _ in told] == [404]
    assert "不对" in told.pop()[1]


def test_whoever_guesses_is_told_to_wait(app, receipt):
    for _ in range(10):
        follow(app, receipt_no=receipt["receipt_no"], secret="x")

    answer = follow(app, receipt_no=receipt["receipt_no"], secret=receipt["secret"])

    assert answer.status_code == 429
    assert "请等待" in answer.text


def test_another_site_cannot_ask(app, receipt):
    assert app.test_client().post("/follow-tip", data=receipt).status_code == 401
