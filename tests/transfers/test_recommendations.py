"""Recommendations: their clocks, proof, the reply, and that none is closed without a reply that was sent."""

from base64 import b64encode
from datetime import date, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from backend.accounts.auth import Role
from backend.core.audit import AuditEntry
from backend.core.days import today
from backend.documents.models import IssuedDocument
from backend.tasks.rules import DocumentKind
from backend.transfers.models import Recommendation
from tests.documents.issuing import lay_down
from tests.people import desk_of

URL = "/api/v1/recommendations"
ABOUT = "加强校园周边网吧的监管"
PDF = b"%PDF-1.7 proof"


@pytest.fixture
def said(officers):
    return {
        "sender": "procuratorate", "sender_name": "示例区人民检察院", "number": "示检建〔2026〕7号",
        "received_on": "2026-01-31", "area_code": "310101", "officer_id": officers[0], "about": ABOUT,
    }  # fmt: skip


@pytest.fixture
def received(head, said):
    return entered(head, said)


def entered(client, said):
    answer = client.post(URL, json=said)
    assert answer.status_code == 201, answer.json
    return f"{URL}/{answer.json['id']}"


def put(client, address, name, **said):
    etag = {"If-Match": client.get(address).headers.get("ETag", "none")}
    return client.put(f"{address}/{name}", json=said, headers=etag)


@pytest.mark.parametrize(
    ("sender", "on", "warns", "last"),
    [
        pytest.param(
            "procuratorate", "2026-01-31", "2026-02-28", "2026-03-31", id="a month that is too short"
        ),
        pytest.param(
            "procuratorate", "2026-01-16", "2026-02-16", "2026-03-16", id="ends on the Spring Festival"
        ),
        pytest.param("court", "2026-01-16", "2026-02-16", "2026-02-16", id="one reading only"),
        pytest.param("justice", "2025-12-31", "2026-01-31", "2026-01-31", id="over the year"),
    ],
)
def test_every_reading_of_the_texts_is_kept_and_the_earliest_warns(head, said, sender, on, warns, last):
    found = head.get(entered(head, said | {"sender": sender, "received_on": on})).json

    assert (found["warn_on"], found["due_on"]) == (warns, last)
    assert [one["due_on"] for one in found["readings"]] == sorted({warns, last})


def test_what_is_not_read_but_remembered_is_called_a_setting(head):
    clocks = {one["id"]: one for one in head.get("/api/v1/rulebook/reply-clocks").json}

    assert (clocks["REPLY-UNIT"]["confirmed"], len(clocks["REPLY-UNIT"]["citations"])) == (True, 1)
    assert (clocks["REPLY-AGENCY"]["confirmed"], clocks["REPLY-AGENCY"]["citations"]) == (False, [])


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.REPORTER, Role.AUDITOR])
def test_nobody_else_reads_or_enters_one(app, agency, received, role):
    somebody = desk_of(app, role, login="somebody", agency_id=agency, areas=("",))

    assert [one.status_code for one in (somebody.get(URL), somebody.get(received), somebody.post(URL))] == [
        403
    ] * 3


def test_another_agency_and_another_area_find_none(app, agency, other_head, received):
    elsewhere = desk_of(app, Role.SUPERVISOR, login="far", agency_id=agency, areas=("310104",))

    assert [one.get(received).status_code for one in (other_head, elsewhere)] == [404, 404]
    assert [one.get(f"{received}/content").status_code for one in (other_head, elsewhere)] == [404, 404]


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        ({"received_on": "2199-01-01"}, {"received_on": "in_the_future"}),
        ({"area_code": "310104"}, {"area_code": "not_found"}),
        ({"officer_id": 9999}, {"officer_id": "not_found"}),
    ],
)
def test_what_does_not_hold_is_not_entered(head, said, wrong, fault):
    answer = head.post(URL, json=said | wrong)

    assert (answer.status_code, answer.json["errors"]) == (422, fault)


def test_the_same_is_entered_once(head, said, received):
    again = head.post(URL, json=said)

    assert (again.status_code, again.json["status"]) == (409, "recommendation_known")


def test_only_the_head_enters_replies_and_closes(officer, reviewer, said, received):
    for somebody in (officer, reviewer):
        assert somebody.post(URL, json=said).status_code == 403
        assert put(somebody, received, "reply", done=["已整改"]).status_code == 403
        assert put(somebody, received, "closed").status_code == 403


def test_nothing_is_sent_that_was_not_written_and_nothing_closed_that_was_not_sent(head, received):
    early = [put(head, received, "sent", sent_on="2026-02-20"), put(head, received, "closed")]
    assert [(one.status_code, one.json["errors"]) for one in early] == [(409, {"stage": "open"})] * 2
    assert put(head, received, "reply", reply_no="示文函〔2026〕3号").status_code == 200

    unsent = put(head, received, "closed")

    assert (unsent.status_code, unsent.json["errors"]) == (409, {"stage": "replied"})
    assert put(head, received, "sent", sent_on="2026-01-30").json["errors"] == {"sent_on": "not_between"}
    assert put(head, received, "sent", sent_on="2026-02-20").status_code == 200
    assert put(head, received, "closed").json["stage"] == "closed"
    assert put(head, received, "reply", reply_no="示文函〔2026〕4号").status_code == 409


def test_a_reply_to_a_procuratorate_is_issued_from_here(head, agency, deployment, received):
    unnumbered = put(head, received, "reply", done=["检查网吧十二家"])
    lay_down(deployment, agency, DocumentKind.RECOMMENDATION_REPLY)

    issued = put(head, received, "reply", done=["检查网吧十二家"], remaining=["一家限期改正"])

    assert (unnumbered.status_code, unnumbered.json["status"]) == (409, "number_series_unknown")
    assert (issued.status_code, issued.json["stage"]) == (200, "replied")
    with deployment.reading() as session:
        document = session.scalars(select(IssuedDocument)).one()
    assert (document.kind, document.subject) == ("recommendation_reply", f"recommendation:{received[-1]}")
    assert issued.json["entries"][-1]["document_id"] == document.id


def test_a_court_gets_no_letter_for_procuratorates(head, said):
    found = entered(head, said | {"sender": "court"})

    answer = put(head, found, "reply", done=["已整改"])

    assert (answer.status_code, answer.json["errors"]) == (422, {"sender": "not_a_procuratorate"})
    assert put(head, found, "reply").json["errors"] == {"done": "required"}


def test_proof_is_sealed_and_each_look_is_written_down(officer, deployment, received):
    wrong = officer.post(f"{received}/proofs", json={"note": "整改", "file": b64encode(b"MZ").decode()})
    right = officer.post(f"{received}/proofs", json={"note": "整改照片", "file": b64encode(PDF).decode()})

    assert (wrong.status_code, right.status_code) == (422, 201)
    assert officer.get(f"{received}/proofs/2").data == PDF
    assert officer.get(f"{received}/proofs/1").status_code == 404
    told = officer.get(f"{received}/content").json
    assert (told["about"], told["notes"]["2"]) == (ABOUT, "整改照片")
    with deployment.reading() as session:
        looks = session.scalars(select(AuditEntry.deed).filter_by(deed="recommendation.read")).all()
        kept = session.scalars(select(Recommendation)).one()
        assert ABOUT.encode() not in kept.sealed_about
    assert len(looks) == 2


def test_another_officer_answers_for_it_from_now_on(head, officers, received):
    assert put(head, received, "officer", officer_id=9999).status_code == 422

    found = put(head, received, "officer", officer_id=officers[1]).json

    assert (found["officer_id"], found["entries"][-1]["kind"]) == (officers[1], "officer")


def test_of_two_who_looked_at_the_same_one_is_told(head, received):
    seen = {"If-Match": head.get(received).headers["ETag"]}
    first = head.put(f"{received}/reply", json={"reply_no": "示文函〔2026〕3号"}, headers=seen)
    second = head.put(f"{received}/reply", json={"reply_no": "示文函〔2026〕4号"}, headers=seen)
    blind = head.put(f"{received}/closed", json={})

    assert [one.status_code for one in (first, second, blind)] == [200, 412, 428]


def test_what_waits_is_overdue_after_the_earliest_day_and_not_on_it(head, said, deployment):
    days = {number: today() - timedelta(days=number) for number in (0, 1)}
    for number, on in days.items():
        address = entered(head, said | {"number": f"示检建〔2026〕{number}号"})
        with deployment.unit_of_work() as session:
            session.get_one(Recommendation, int(address.rsplit("/", 1)[1])).warn_on = on

    late = head.get(f"{URL}?overdue=true").json

    assert [date.fromisoformat(one["warn_on"]) for one in late] == [days[1]]
    assert [one["number"] for one in head.get(f"{URL}?text=1号").json] == ["示检建〔2026〕1号"]


def test_what_was_entered_stays(deployment, received):
    for change in (
        "UPDATE recommendation_entries SET seq = 9", "DELETE FROM recommendation_entries",
        "DELETE FROM recommendations", "UPDATE recommendations SET number = '2'",
        "UPDATE recommendations SET received_on = '2199-12-31'",
        "UPDATE recommendations SET sealed_about = NULL",
    ):  # fmt: skip
        with pytest.raises(DatabaseError), deployment.unit_of_work() as session:
            session.execute(text(change))
