"""Who coordinates urges an agency; it answers; nothing is taken back."""

from datetime import date, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from backend.core.days import today
from backend.indicators.models import Urging
from tests.indicators.conftest import HERE, NEXT, line, numbers
from tests.inspections.visited import NOW
from tests.people import add_person

URL = "/api/v1/urgings"


def letter(agency_id, **more):
    due_on = (today() + timedelta(days=7)).isoformat()
    said = {"subject": "超期线索", "words": "请在期限内答复三件超期线索。", "due_on": due_on}
    return said | {"area_code": HERE, "to_agency_id": agency_id} | more


@pytest.fixture
def sent(coordinator, agencies):
    answer = coordinator.post(URL, json=letter(agencies.culture))
    assert answer.status_code == 201, answer.json
    return f"{URL}/{answer.json['id']}"


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"area_code": NEXT}, {"area_code": "not_your_area"}),
        ({"to_agency_id": 999}, {"to_agency_id": "unknown"}),
        ({"indicator": "IND-DRAGONS"}, {"indicator": "unknown"}),
        ({"due_on": "2026-01-01"}, {"due_on": "in_the_past"}),
    ],
)
def test_a_letter_that_cannot_be_meant_is_refused_with_its_reason(coordinator, agencies, more, why):
    answer = coordinator.post(URL, json=letter(agencies.culture, **more))

    assert (answer.status_code, answer.json["errors"]) == (422, why)


def test_nobody_writes_a_number_of_a_person_into_a_letter(coordinator, agencies):
    answer = coordinator.post(URL, json=letter(agencies.culture, words="当事人 13812345678"))

    assert answer.status_code == 422


def test_a_supervisor_urges_nobody(culture, agencies):
    assert culture.post(URL, json=letter(agencies.market)).status_code == 403


def test_a_letter_is_seen_by_its_area_and_its_agency_only(coordinator, culture, market, elsewhere, sent):
    seen = [len(one.get(URL).json) for one in (coordinator, culture, market, elsewhere)]

    assert seen == [1, 1, 0, 0]
    assert market.post(f"{sent}/answers", json={"words": "已办结。"}).status_code == 404
    assert coordinator.post(f"{sent}/answers", json={"words": "已办结。"}).status_code == 403


def test_an_answered_letter_waits_no_more_and_may_be_added_to(culture, sent):
    first = culture.post(f"{sent}/answers", json={"words": "已答复两件。"})
    second = culture.post(f"{sent}/answers", json={"words": "第三件也已答复。"})

    assert first.status_code == 201
    assert [one["words"] for one in second.json["answers"]] == ["已答复两件。", "第三件也已答复。"]
    assert culture.get(URL, query_string={"state": "waiting"}).json == []
    assert len(culture.get(URL, query_string={"state": "answered"}).json) == 1


def test_what_is_overdue_stands_on_the_desk_of_the_agency(deployment, culture, market, agencies):
    by = add_person(deployment)
    with deployment.unit_of_work() as session:
        session.add(
            Urging(
                area_code=HERE, to_agency_id=agencies.culture, subject="超期", words="请答复。",
                due_on=date(2026, 7, 10), sent_by=by, sent_at=NOW,
            )
        )  # fmt: skip

    assert [one["subject"] for one in culture.get(URL, query_string={"state": "late"}).json] == ["超期"]
    assert "督办待回复" in culture.get("/").text
    period = {"first_on": "2026-07-01", "last_on": "2026-09-30", "area_code": HERE}
    counted = line(culture.get("/api/v1/indicators", query_string=period), "IND-URGINGS")
    assert numbers(counted["total"]) == (None, None)  # one is too few to tell


@pytest.mark.parametrize("change", ["UPDATE urgings SET subject = 'x'", "DELETE FROM urging_answers"])
def test_the_database_itself_lets_nothing_be_taken_back(deployment, culture, sent, change):
    culture.post(f"{sent}/answers", json={"words": "已办结。"})

    with pytest.raises(IntegrityError), deployment.unit_of_work() as session:
        session.execute(text(change))


def test_the_pages_send_a_letter_and_take_its_answer(coordinator, culture, agencies):
    sent = coordinator.post("/urgings/new", data=letter(agencies.culture, indicator="IND-TIPS-ANSWERED"))
    answered = culture.post(sent.location, data={"words": "已全部答复。"})
    page = coordinator.get(sent.location).text

    assert (sent.status_code, answered.status_code) == (303, 303)
    assert "已全部答复。" in page
    assert "线索答复率" in page
    assert "超期线索" in coordinator.get("/urgings").text
