"""From the tablet to the register: what goes in by itself, what waits, who decides, what stays as it is."""

from itertools import product
from uuid import uuid4

import pytest
import shapely
from sqlalchemy import func, select

from backend.accounts.auth import Role
from backend.accounts.models import Area
from backend.core.audit import AuditEntry
from backend.proposals.models import Proposal
from backend.protected_sites.models import Site
from backend.venues.models import Venue
from tests.people import desk_of
from tests.screening.places import add_site, add_venue, at, square

HERE = {"areas": ("310101",)}
VALUES = {
    "name": "新名",
    "address": "新路1号",
    "operator_name": "新公司",
    "credit_code": "91350100M000100Y43",
}
SEEN = {"name": "旧名", "address": "旧路1号", "operator_name": "旧公司", "credit_code": None}
OTHERS = {"name": "他名", "address": "他路1号", "operator_name": "他公司"}
MOVED = {"place": shapely.geometry.mapping(shapely.Point(at(30))), "crs": "EPSG:4490", "capture": "device"}


@pytest.fixture(autouse=True)
def register(deployment):
    with deployment.unit_of_work() as session:
        outline = shapely.box(*shapely.Point(at(0)).buffer(0.2).bounds)
        session.add(Area(code="310101", name="示例区", place=outline))
        add_venue(session, at(0), area_code="310101", **SEEN)
        add_venue(session, at(0), area_code="310104")
        add_site(session, square(0, 0, 100), area_code="310101")


@pytest.fixture
def inspector(app):
    return desk_of(app, Role.INSPECTOR, **HERE)


@pytest.fixture
def supervisor(app):
    return desk_of(app, Role.SUPERVISOR, **HERE)


def propose(desk, values, to="venues/1", version=1, **more):
    said = {"uuid": str(uuid4()), "seen_version": version, "values": values, "reason": "现场核对", **more}
    return desk.post(f"/api/v1/{to}/proposals", json=said)


def decide(desk, proposal, picks, version, **more):
    said = {"picks": picks, "row_version": version, **more}
    return desk.post(f"/api/v1/proposals/{proposal.json['uuid']}/decision", json=said)


def venue(deployment):
    with deployment.reading() as session:
        row = session.get_one(Venue, 1)
        return {name: getattr(row, name) for name in SEEN}, row.version


def change(deployment, **values):
    with deployment.unit_of_work() as session:
        row = session.get_one(Venue, 1)
        for name, value in values.items():
            setattr(row, name, value)
        row.version += 1


@pytest.mark.parametrize("fields", list(product([False, True], repeat=4))[1:])
def test_fields_that_nobody_else_changed_go_in_and_the_others_wait(deployment, inspector, fields):
    change(deployment, **OTHERS)
    proposed = {name: VALUES[name] for name, is_mine in zip(SEEN, fields, strict=True) if is_mine}

    answer = propose(inspector, proposed, seen={name: SEEN[name] for name in proposed})

    merged = {name for name in proposed if name not in OTHERS}
    assert answer.status_code == 201
    assert set(answer.json["waiting_fields"]) == set(proposed) - merged
    assert answer.json["is_parallel"] == bool(merged)
    assert venue(deployment)[0] == SEEN | OTHERS | {name: VALUES[name] for name in merged}


def test_a_proposal_sent_twice_is_taken_once(deployment, inspector):
    said = {"uuid": str(uuid4()), "seen_version": 1, "values": {"name": "新名"}, "reason": "门头已换"}

    answers = [inspector.post("/api/v1/venues/1/proposals", json=said) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [201, 200, 200]
    assert venue(deployment) == (SEEN | {"name": "新名"}, 2)
    with deployment.reading() as session:
        assert session.scalar(select(func.count()).select_from(Proposal)) == 1


def test_one_uuid_tells_one_story(app, deployment, inspector):
    said = {"uuid": str(uuid4()), "seen_version": 1, "values": {"name": "新名"}, "reason": "门头已换"}
    inspector.post("/api/v1/venues/1/proposals", json=said)

    other = inspector.post("/api/v1/venues/1/proposals", json=said | {"values": {"name": "第三名"}})
    somebody = desk_of(app, Role.INSPECTOR, **HERE).post("/api/v1/venues/1/proposals", json=said)

    assert (other.status_code, other.json["status"]) == (409, "proposal_changed")
    assert somebody.status_code == 409
    assert venue(deployment)[0]["name"] == "新名"


@pytest.mark.parametrize(
    ("to", "values"),
    [
        ("venues/1", MOVED),
        ("venues/1", {"activities": ["internet_cafe", "bar"]}),
        ("venues/1", {"licences": [{"activity": "internet_cafe", "number": "沪网文0009"}]}),
        ("venues/1", {"established_on": "2015-05-01"}),
        ("sites/1", MOVED),
        ("sites/1", {"gates": shapely.geometry.mapping(shapely.MultiPoint([at(5)])), "crs": "EPSG:4490"}),
        ("sites/1", {"opened_on": "2001-09-01"}),
        ("sites/1", {"kind": "middle"}),
    ],
)
def test_where_something_is_and_what_law_binds_it_waits_for_another_person(
    deployment, inspector, supervisor, to, values
):
    answer = propose(inspector, values, to=to)
    name = next(name for name in answer.json["fields"])

    assert (answer.json["state"], answer.json["waiting_fields"]) == ("waiting", [name])
    assert answer.json["fields"][name]["outcome"] == "review"

    decided = decide(supervisor, answer, {name: "mine"}, 1)

    assert (decided.status_code, decided.json["state"]) == (200, "accepted")
    with deployment.reading() as session:
        assert session.get_one(Venue if to.startswith("venue") else Site, 1).version == 2


def test_nobody_decides_the_own_proposal_of_a_position(deployment, supervisor):
    proposed = propose(supervisor, MOVED)

    refused = decide(supervisor, proposed, {"place": "mine"}, 1)

    assert (refused.status_code, refused.json["status"]) == (403, "own_proposal")
    assert venue(deployment)[1] == 1


def test_a_conflict_is_shown_with_all_three_values_and_picked_by_field(deployment, inspector, supervisor):
    change(deployment, **OTHERS)
    two = {name: VALUES[name] for name in ("name", "address")}
    proposed = propose(inspector, two, seen={name: SEEN[name] for name in two})

    shown = supervisor.get(f"/api/v1/proposals/{proposed.json['uuid']}").json
    half = decide(supervisor, proposed, {"name": "mine"}, 2)
    decided = decide(supervisor, proposed, {"name": "mine", "address": "theirs"}, 2)

    values = [(one["base"], one["theirs"], one["mine"], one["outcome"]) for one in shown["fields_now"]]
    assert values == [(SEEN[n], OTHERS[n], VALUES[n], "conflict") for n in ("name", "address")]
    assert half.status_code == 422
    assert decided.json["state"] == "accepted"
    assert venue(deployment) == (SEEN | OTHERS | {"name": "新名"}, 3)


def test_a_decision_on_a_row_that_changed_meanwhile_is_looked_at_again(deployment, inspector, supervisor):
    proposed = propose(inspector, MOVED)
    change(deployment, name="他名")

    late = decide(supervisor, proposed, {"place": "mine"}, 1)

    assert (late.status_code, late.json["status"]) == (409, "row_changed")
    assert venue(deployment) == (SEEN | {"name": "他名"}, 2)


def test_what_nobody_knows_to_have_been_seen_is_a_conflict(deployment, inspector):
    change(deployment, **OTHERS)

    answer = propose(inspector, {"name": "新名", "credit_code": VALUES["credit_code"]})

    assert set(answer.json["waiting_fields"]) == {"name", "credit_code"}
    assert venue(deployment)[0] == SEEN | OTHERS


def test_a_refusal_says_why_and_leaves_the_register(deployment, inspector, supervisor):
    proposed = propose(inspector, MOVED)
    address = f"/api/v1/proposals/{proposed.json['uuid']}/refusal"

    assert supervisor.post(address, json={}).status_code == 422
    refused = supervisor.post(address, json={"reason": "卫片核对无误"})
    again = supervisor.post(address, json={"reason": "卫片核对无误"})

    assert (refused.json["state"], refused.json["decision_reason"]) == ("refused", "卫片核对无误")
    assert (again.status_code, again.json["status"]) == (409, "proposal_settled")
    assert venue(deployment)[1] == 1


def test_only_who_proposed_withdraws(inspector, supervisor):
    proposed = propose(inspector, MOVED)
    address = f"/api/v1/proposals/{proposed.json['uuid']}/withdrawal"

    assert supervisor.post(address).status_code == 403
    assert inspector.post(address).json["state"] == "withdrawn"
    assert inspector.post(address).status_code == 409


@pytest.mark.parametrize(
    ("values", "more", "status"),
    [
        ({}, {}, 422),
        ({"name": "新名"}, {"version": 2}, 422),
        ({"area_code": "310104"}, {}, 422),
        ({"name": "31010119900307006X"}, {}, 422),
        ({"name": "新名"}, {"reason": "请打 13912345678"}, 422),
        ({"place": MOVED["place"], "capture": "device"}, {}, 422),
        ({"place": MOVED["place"], "crs": "EPSG:4490"}, {}, 422),
        ({"name": "新名"}, {"to": "venues/2"}, 404),
        ({"name": "新名"}, {"to": "venues/99"}, 404),
    ],
)
def test_what_is_not_taken_in(deployment, inspector, values, more, status):
    assert propose(inspector, values, **more).status_code == status
    assert venue(deployment) == (SEEN, 1)


def test_an_inspector_sees_the_own_ones_and_a_supervisor_those_of_the_area(app, inspector, supervisor):
    uuid = propose(inspector, MOVED).json["uuid"]
    listed = lambda desk, query="": [one["uuid"] for one in desk.get(f"/api/v1/proposals{query}").json]  # noqa: E731
    elsewhere = desk_of(app, Role.SUPERVISOR, areas=("310104",))

    assert listed(inspector) == listed(supervisor) == listed(supervisor, "?state=waiting") == [uuid]
    assert listed(supervisor, "?state=merged") == listed(desk_of(app, Role.INSPECTOR, **HERE)) == []
    assert elsewhere.get(f"/api/v1/proposals/{uuid}").status_code == 404
    assert decide(elsewhere, propose(inspector, MOVED), {"place": "mine"}, 1).status_code == 404


def test_every_step_is_in_the_audit_trail(deployment, inspector, supervisor):
    decide(supervisor, propose(inspector, MOVED | {"name": "新名"}), {"place": "mine"}, 2)

    with deployment.reading() as session:
        deeds = list(session.scalars(select(AuditEntry.deed).order_by(AuditEntry.seq)))
    kept = [deed for deed in deeds if deed.startswith(("proposal", "venue"))]
    assert kept == ["proposal.file", "venue.change", "proposal.decide", "venue.change"]
