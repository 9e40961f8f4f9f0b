"""What desks see of visits: their own rows; protected content, each look noted; sealed content by two."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event, select, update

from backend.accounts.auth import Role
from backend.core.audit import AuditEntry
from backend.intake.models import UnsealRequest
from tests.forms.samples import PHOTO
from tests.intake.tablet import SIGNATURES, file_all, just_now
from tests.people import desk_of
from tests.screening.places import add_venue, at

SEALED = PHOTO | {"photo": "child.jpg", "minor_possible": ""}
NOTE = "31010119900307006X"


@pytest.fixture
def visit_id(deployment, tablet) -> int:
    """A filed visit with an open and a sealed photo, a masked note and a violation."""
    with deployment.unit_of_work() as session:
        add_venue(session, at(0), area_code="310101")
    answers = {"duties/ban_sign": "breach", "duties/ban_sign_note": NOTE}
    files = {**SIGNATURES, "front.jpg": b"front", "child.jpg": b"a child"}
    tablet.send(just_now(photos=[PHOTO, SEALED], answers=answers, instance_id="uuid:1"), files)
    file_all(deployment)
    return 1


@pytest.fixture
def people(app, agency):
    """Signed-in desks of this agency and district, by role."""
    return lambda role, **columns: desk_of(
        app, role, **({"areas": ("310101",), "agency_id": agency} | columns)
    )


def deeds(deployment, subject):
    with deployment.reading() as session:
        return list(session.scalars(select(AuditEntry.deed).where(AuditEntry.subject == subject)))


ADDRESSES = (
    "/api/v1/visits/1", "/api/v1/visits/1/record", "/api/v1/visits/1/evidence/1",
    "/api/v1/visits/1/sealed/xml", "/api/v1/visits/1/sealed/evidence/2",
)  # fmt: skip


@pytest.mark.parametrize("columns", [{"areas": ("310104",)}, {"agency_id": None}, {"areas": ()}])
def test_another_district_or_agency_finds_nothing(people, visit_id, columns):
    supervisor = people(Role.SUPERVISOR, **columns)

    assert {supervisor.get(address).status_code for address in ADDRESSES} == {404}
    for name in ("visits", "violations", "intake/envelopes", "unseal-requests"):
        assert supervisor.get(f"/api/v1/{name}").json == []


def test_a_coordinator_sees_all_agencies_of_the_area_and_no_content(people, visit_id):
    coordinator = people(Role.COORDINATOR, agency_id=None)

    assert [visit["id"] for visit in coordinator.get("/api/v1/visits").json] == [1]
    assert [found["duty_id"] for found in coordinator.get("/api/v1/violations").json] == ["SGN-2"]
    for address in ADDRESSES[1:]:
        assert coordinator.get(address).status_code == 403


def test_a_visit_is_shown_with_everything_found(people, visit_id):
    shown = people(Role.INSPECTOR).get("/api/v1/visits/1").json

    assert (shown["venue_id"], shown["activity"], shown["corrected_by"]) == (1, "internet_cafe", [])
    assert {flag["code"] for flag in shown["flags"]} == {"personal_number_masked", "hash_mismatch"}
    assert [(piece["kind"], piece["sealed"]) for piece in shown["evidence"][:3]] == [
        ("photo", False), ("photo", True), ("signature", False),
    ]  # fmt: skip
    (violation,) = shown["violations"]
    assert (violation["duty_id"], violation["standing"]) == ("SGN-2", "found")
    assert "PEN-01" in {basis["basis_id"] for basis in violation["bases"]}


def test_visits_are_filtered(people, visit_id):
    found = {
        "": 1, "venue_id=1": 1, "venue_id=2": 0, "activity=bar": 0, "flag=hash_mismatch": 1,
        "flag=venue_unknown": 0, "since=2020-01-01&until=2020-12-31": 0, "only_current=true": 1,
        "visit_no=uuid:1": 1, "page=2": 0,
    }  # fmt: skip
    supervisor = people(Role.SUPERVISOR)

    assert {query: len(supervisor.get(f"/api/v1/visits?{query}").json) for query in found} == found


def test_violations_are_filtered(people, visit_id):
    found = {"": 1, "duty=SGN-2": 1, "duty=IDC-2": 0, "standing=review": 0, "venue_id=1&standing=found": 1}
    supervisor = people(Role.SUPERVISOR)

    assert {query: len(supervisor.get(f"/api/v1/violations?{query}").json) for query in found} == found


def test_a_list_costs_the_same_however_long_it_is(people, tablet, deployment, visit_id):
    supervisor, asked = people(Role.SUPERVISOR), []
    event.listen(deployment.engine, "before_cursor_execute", lambda *a: asked.append(a[2]))

    def costs():
        cost = {}
        for name in ("visits", "violations", "intake/envelopes"):
            asked.clear()
            cost[name] = len(supervisor.get(f"/api/v1/{name}").json), len(asked)
        return cost

    costs()
    few = costs()
    for _ in range(4):
        tablet.send(just_now(answers={"duties/ban_sign": "breach"}), SIGNATURES)
    file_all(deployment)

    assert costs() == {name: (5, statements) for name, (_, statements) in few.items()}


def test_each_look_at_protected_content_is_noted_before_it_is_shown(people, deployment, visit_id):
    inspector = people(Role.INSPECTOR)

    record = inspector.get("/api/v1/visits/1/record")
    photo = inspector.get("/api/v1/visits/1/evidence/1")

    assert "〔身份证号〕" in record.text
    assert NOTE not in record.text
    assert photo.data == b"front"
    assert photo.headers["Content-Disposition"].startswith("attachment")
    assert deeds(deployment, "visit:1") == ["visit.record", "visit.read_record", "visit.see_evidence"]


def test_a_photo_with_a_possible_minor_does_not_open_to_one_person(people, deployment, visit_id):
    refused = people(Role.SUPERVISOR).get("/api/v1/visits/1/evidence/2")

    assert (refused.status_code, refused.json["status"]) == (403, "sealed_content")
    assert deeds(deployment, "visit:1") == ["visit.record"]


def test_evidence_that_has_not_arrived_is_not_found(people, tablet, deployment):
    tablet.send(just_now(photos=[PHOTO]))
    file_all(deployment)

    assert people(Role.SUPERVISOR).get("/api/v1/visits/1/evidence/1").status_code == 404


def test_an_envelope_that_could_not_be_filed_is_listed_with_its_reason_and_shown_masked(
    people, tablet, deployment
):
    tablet.send(just_now(version="not-built", answers={"duties/ban_sign_note": NOTE}))
    file_all(deployment)
    supervisor = people(Role.SUPERVISOR)

    (listed,) = supervisor.get("/api/v1/intake/envelopes?state=unfilable").json
    shown = supervisor.get("/api/v1/intake/envelopes/1/content").json

    assert (listed["state"], listed["reason"]) == ("unfilable", "form_unknown")
    assert "xml" not in listed
    assert "〔身份证号〕" in shown["xml"]
    assert NOTE not in shown["xml"]
    assert deeds(deployment, "envelope:1")[-1] == "envelope.read"


def test_a_system_administrator_sees_that_there_is_trouble_and_no_content(people, tablet, deployment):
    tablet.send(just_now(version="not-built"))
    file_all(deployment)
    administrator = people(Role.SYSTEM_ADMIN, agency_id=None, areas=("",))

    assert len(administrator.get("/api/v1/intake/envelopes").json) == 1
    assert administrator.get("/api/v1/intake/envelopes/1/content").status_code == 403
    assert administrator.get("/api/v1/visits").status_code == 403


def ask(client, visit_id=1, reason="核实涉嫌接纳未成年人"):
    return client.post("/api/v1/unseal-requests", json={"visit_id": visit_id, "reason": reason})


def sealed(client):
    xml, photo = client.get("/api/v1/visits/1/sealed/xml"), client.get("/api/v1/visits/1/sealed/evidence/2")
    assert xml.status_code == photo.status_code
    return xml.status_code


def test_sealed_content_opens_to_two_people_with_a_reason_for_a_while(people, deployment, visit_id):
    inspector, reviewer = people(Role.INSPECTOR), people(Role.LEGAL_REVIEWER)
    assert sealed(inspector) == 403

    assert ask(inspector).status_code == 201
    assert sealed(inspector) == 403
    assert [request["id"] for request in reviewer.get("/api/v1/unseal-requests").json] == [1]
    assert reviewer.get("/api/v1/unseal-requests/1").json["reason"] == "核实涉嫌接纳未成年人"
    assert reviewer.post("/api/v1/unseal-requests/1/agreement").status_code == 201

    assert sealed(inspector) == 200
    assert NOTE in inspector.get("/api/v1/visits/1/sealed/xml").text
    assert inspector.get("/api/v1/visits/1/sealed/evidence/2").data == b"a child"
    assert sealed(reviewer) == 403  # who agreed sees nothing
    assert sealed(people(Role.SUPERVISOR)) == 403
    assert reviewer.post("/api/v1/unseal-requests/1/agreement").status_code == 409
    assert deeds(deployment, "unseal:1")[:3] == ["unseal.ask", "unseal.read_reason", "unseal.agree"]
    assert deeds(deployment, "unseal:1")[3:] == ["unseal.look"] * 4

    with deployment.unit_of_work() as session:
        session.execute(update(UnsealRequest).values(open_until=datetime.now(UTC) - timedelta(seconds=1)))
    assert sealed(inspector) == 403


def test_whoever_asks_cannot_agree(people, visit_id):
    supervisor = people(Role.SUPERVISOR)
    ask(supervisor)

    refused = supervisor.post("/api/v1/unseal-requests/1/agreement")

    assert (refused.status_code, refused.json["status"]) == (409, "second_person_needed")
    assert sealed(supervisor) == 403


def test_a_request_that_nobody_agreed_to_lapses_after_a_week(people, deployment, visit_id):
    supervisor, reviewer = people(Role.SUPERVISOR), people(Role.LEGAL_REVIEWER)
    ask(supervisor)
    with deployment.unit_of_work() as session:
        session.execute(update(UnsealRequest).values(requested_at=datetime.now(UTC) - timedelta(days=7)))

    refused = reviewer.post("/api/v1/unseal-requests/1/agreement")

    assert (refused.status_code, refused.json["status"]) == (409, "request_lapsed")
    assert reviewer.get("/api/v1/unseal-requests").json == []
    assert sealed(supervisor) == 403


@pytest.mark.parametrize(
    ("role", "columns", "code"),
    [
        (Role.INSPECTOR, {}, 403),
        (Role.SUPERVISOR, {"areas": ("310104",)}, 404),
        (Role.SUPERVISOR, {"agency_id": None}, 404),
    ],
)
def test_not_everybody_is_a_second_person(people, visit_id, role, columns, code):
    ask(people(Role.INSPECTOR))

    assert people(role, **columns).post("/api/v1/unseal-requests/1/agreement").status_code == code


@pytest.mark.parametrize("reason", ["", "因为", NOTE, "x" * 1001])
def test_a_request_needs_a_reason_without_personal_numbers(people, visit_id, reason):
    assert ask(people(Role.SUPERVISOR), reason=reason).status_code == 422


def test_the_reason_is_sealed_at_rest(people, deployment, visit_id):
    ask(people(Role.SUPERVISOR), reason="关于柳某某一案")

    with deployment.reading() as session:
        row = session.execute(select(UnsealRequest.__table__)).one()
    assert not any("柳某某".encode() in value for value in row if isinstance(value, bytes))
    assert "柳某某" not in str(row)
