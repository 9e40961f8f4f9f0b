"""Supervisors read, take in hand and answer the tips of their areas; every look is in the audit trail."""

import pytest
from sqlalchemy import text, update
from sqlalchemy.exc import IntegrityError

from backend.tips.models import Tip
from backend.tips.pictures import clean, pixelated
from tests.tips.leads import TEXT, photo, record

PATHS = ("", "/content", "/pictures/1")


@pytest.fixture
def lead(tablet):
    """A lead with a picture in which a minor may be."""
    mine = photo(size=(120, 90))
    said = record(photos=(mine,))
    tablet.sends(said)
    tablet.sends_picture(said, mine)
    return said


def test_a_tip_of_another_area_is_not_there(elsewhere, lead, deeds):
    answers = [elsewhere.get(f"/api/v1/tips/1{path}").status_code for path in PATHS]
    deeds_of = {"hand": {}, "answer": {"text": "已核查"}}
    answers += [
        elsewhere.post(f"/api/v1/tips/1/{deed}", json=said).status_code for deed, said in deeds_of.items()
    ]

    assert answers == [404] * 5
    assert deeds() == ["tip.receive", "tip.add_picture"]


def test_each_look_is_in_the_audit_trail_and_a_list_shows_no_content(supervisor, lead, deeds):
    listed = supervisor.get("/api/v1/tips").text

    content = supervisor.get("/api/v1/tips/1/content").json
    picture = supervisor.get("/api/v1/tips/1/pictures/1")

    assert TEXT not in listed
    assert content == {"tip_id": 1, "text": TEXT, "place": "", "answer": ""}
    assert picture.content_type == "image/jpeg"
    assert deeds()[2:] == ["tip.read", "tip.see_picture"]


def test_a_picture_that_may_show_a_minor_is_shown_in_blocks(supervisor, tablet, lead):
    mine = photo(size=(120, 90))
    told = record(photos=(mine,)).replace('"minor_possible": true', '"minor_possible": false')
    tablet.sends(told)
    tablet.sends_picture(told, mine)

    hidden, shown = (supervisor.get(f"/api/v1/tips/{tip}/pictures/1").data for tip in (1, 2))

    assert (hidden, shown) == (pixelated(clean(mine), []), clean(mine))
    assert hidden != shown


def test_a_number_that_came_by_a_tablet_is_not_shown(supervisor, tablet):
    tablet.sends(record(text="经营者 11010519491231002X"))

    assert supervisor.get("/api/v1/tips/1/content").json["text"] == "经营者 〔身份证号〕"


def test_an_answer_comes_after_somebody_took_it_in_hand_and_once(supervisor, lead):
    def answers(text="已到场核查，责令改正"):
        return supervisor.post("/api/v1/tips/1/answer", json={"text": text}).status_code

    early = answers()
    hands = [supervisor.post("/api/v1/tips/1/hand").status_code for _ in range(2)]
    with_number = answers("电话 13812345678")
    given = [answers() for _ in range(2)]

    assert (early, hands, with_number, given) == (409, [200, 409], 422, [200, 409])
    assert supervisor.get("/api/v1/tips/1").json["state"] == "answered"
    assert supervisor.get("/api/v1/tips/1/content").json["answer"] == "已到场核查，责令改正"


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"state": "answered"}, id="answered without an answer"),
        pytest.param({"state": "in_hand"}, id="in nobody's hand"),
        pytest.param({"source": "school"}, id="of no school"),
        pytest.param({"lon": None}, id="half a position"),
        pytest.param({"source": "rumour"}, id="from nowhere"),
        pytest.param({"secret_hash": b"x"}, id="a secret for an officer"),
    ],
)
def test_the_database_refuses_what_cannot_be(deployment, lead, wrong):
    with pytest.raises(IntegrityError), deployment.unit_of_work() as session:
        session.execute(update(Tip).values(wrong))

    with deployment.reading() as session:
        assert session.execute(text("SELECT state FROM tips")).scalar_one() == "received"


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ("source=street", 2), ("source=school", 0), ("kind=tobacco", 1), ("state=in_hand", 1),
        ("text=XS", 2), ("text=%25", 0),
    ],
)  # fmt: skip
def test_the_list_is_looked_through(supervisor, tablet, lead, asked, count):
    tablet.sends(record(kind="tobacco"))
    supervisor.post("/api/v1/tips/2/hand")

    assert len(supervisor.get(f"/api/v1/tips?{asked}").json) == count
