"""Agreements: two people let something leave, one stops it; what is not in the catalogue never leaves."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from backend.accounts.auth import Role
from backend.core.days import today
from backend.sharing.models import SharingAgreement
from tests.people import desk_of
from tests.sharing.conftest import HERE, URL, decides, proposed, said, table


def refused(client, words, **fault):
    answer = client.post(f"{URL}/agreements", json=words)
    assert (answer.status_code, answer.json["errors"]) == (422, fault)


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        pytest.param({"fields": ["operator_name"]}, {"fields": "not_in_catalogue"}, id="a person's field"),
        pytest.param({"fields": ["part"]}, {"fields": "not_in_catalogue"}, id="a field of another dataset"),
        pytest.param({"assessment_no": None}, {"assessment_no": "assessment_whole"}, id="half an assessment"),
        pytest.param(
            {"assessment_no": None, "assessed_on": None}, {"assessment_no": "assessment_whole"},
            id="no assessment",
        ),
        pytest.param({"assessed_on": "2199-01-01"}, {"assessed_on": "in_the_future"}, id="not yet assessed"),
        pytest.param({"from_on": "2199-01-01"}, {"until_on": "before_from_on"}, id="ends before it begins"),
        pytest.param(
            {"from_on": "2020-01-01", "until_on": "2020-12-31"}, {"until_on": "over"}, id="over already"
        ),
        pytest.param({"area_code": "310104"}, {"area_code": "not_your_area"}, id="another district"),
        pytest.param({"area_code": ""}, {"area_code": "not_your_area"}, id="the whole city"),
        pytest.param({"receiver_key": "AAAA"}, {"receiver_key": "no_key"}, id="no key"),
    ],
)  # fmt: skip
def test_what_may_not_be_agreed_on_is_refused_by_name(supervisor, receiver, more, fault):
    refused(supervisor, said(receiver, **more), **fault)


@pytest.mark.parametrize(
    ("address", "fault"),
    [
        ("http://localhost/in", "no_https_address"),
        ("https://127.0.0.1/in", "no_https_address"),
        ("https://2130706433/in", "no_https_address"),
        ("https://[::1]/in", "no_https_address"),
        ("https://elsewhere.example@evil.example/in", "no_https_address"),
        ("https://elsewhere.example/in?to=evil", "no_https_address"),
        ("https://elsewhere.example\\@evil.example/in", "no_https_address"),
        ("https://еlsewhere.example/in", "no_https_address"),  # a Cyrillic letter
        ("ftp://elsewhere.example/in", "no_https_address"),
        (None, "no_https_address"),
        ("https://evil.example/in", "host_not_allowed"),
        ("https://elsewhere.example.evil.example/in", "host_not_allowed"),
        ("https://elsewhere.example:8443/in", "host_not_allowed"),
    ],
)
def test_only_https_addresses_of_allowed_hosts_are_agreed_on(supervisor, receiver, address, fault):
    refused(supervisor, said(receiver, address=address), address=fault)


def test_a_table_has_no_address(supervisor, receiver):
    refused(supervisor, said(receiver, channel="spreadsheet"), address="only_for_https")


def test_transfers_are_shared_by_an_agency_only(app, venues, receiver):
    coordinator = desk_of(app, Role.COORDINATOR, **HERE)

    refused(
        coordinator, said(receiver, dataset="transfers", fields=["transfer_id"]), dataset="of_an_agency"
    )  # fmt: skip


def test_fields_stand_in_the_order_of_the_catalogue_each_once(supervisor, receiver):
    agreement = proposed(supervisor, said(receiver, fields=["verdict", "venue_id", "verdict"]))

    assert supervisor.get(agreement).json["fields"] == ["venue_id", "verdict"]


def test_whoever_proposed_does_not_confirm(supervisor, receiver):
    agreement = proposed(supervisor, said(receiver))

    answer = decides(supervisor, agreement, "confirm")

    assert (answer.status_code, answer.json["errors"]) == (409, {"because": "proposed_it"})
    assert supervisor.get(agreement).json["state"] == "proposed"


def test_the_database_too_wants_two_people(deployment, supervisor, receiver):
    proposed(supervisor, said(receiver))

    with pytest.raises(DatabaseError, match="does not confirm"), deployment.unit_of_work() as session:
        session.execute(
            text(
                "INSERT INTO sharing_steps (agreement_id, deed, user_id, made_at) "
                "SELECT id, 'confirm', proposed_by, proposed_at FROM sharing_agreements"
            )
        )


@pytest.mark.parametrize("role", [Role.LEGAL_REVIEWER, Role.SUPERVISOR])
def test_another_person_of_the_agency_confirms(app, agency, supervisor, receiver, role):
    agreement = proposed(supervisor, said(receiver))

    answer = decides(desk_of(app, role, agency_id=agency, **HERE), agreement, "confirm")

    assert (answer.status_code, answer.json["state"]) == (200, "confirmed")
    assert [one["deed"] for one in answer.json["steps"]] == ["confirm"]


@pytest.mark.parametrize(
    "other",
    [
        {"role": Role.SUPERVISOR, "areas": ("310101",)},
        {"role": Role.COORDINATOR, "areas": ("310101",)},
        {"role": Role.LEGAL_REVIEWER, "areas": ("310104",), "is_same": True},
        {"role": Role.LEGAL_REVIEWER, "areas": ("310101002",), "is_same": True},
    ],
    ids=["without an agency", "whoever coordinates", "of another district", "of one street-town"],
)
def test_for_others_there_is_no_such_agreement(app, agency, agreed, other):
    role, areas = other["role"], other["areas"]
    client = desk_of(app, role, areas=areas, agency_id=agency if "is_same" in other else None)

    assert client.get(agreed).json == client.get(f"{URL}/agreements/999").json | {
        "errors": {"agreement_id": 1}
    }
    assert client.get(f"{URL}/agreements").json == []
    assert decides(client, agreed, "end", reason="停止").status_code == 404


@pytest.mark.parametrize("deed", ["refuse", "end"])
def test_one_person_stops_an_agreement_and_says_why(supervisor, reviewer, receiver, deed):
    agreement = proposed(supervisor, said(receiver))
    if deed == "end":
        decides(reviewer, agreement, "confirm")

    silent, told = (decides(supervisor, agreement, deed, **why) for why in ({}, {"reason": "不再需要"}))

    assert (silent.status_code, silent.json["errors"]) == (422, {"reason": "required"})
    assert (told.status_code, told.json["steps"][-1]["reason"]) == (200, "不再需要")


def test_of_two_who_decide_at_once_the_second_is_told_to_look_again(supervisor, reviewer, receiver):
    agreement = proposed(supervisor, said(receiver))
    seen = {"If-Match": supervisor.get(agreement).headers["ETag"]}

    first = reviewer.patch(agreement, json={"deed": "confirm"}, headers=seen)
    second = supervisor.patch(agreement, json={"deed": "refuse", "reason": "不同意"}, headers=seen)

    assert (first.status_code, second.status_code) == (200, 412)
    assert supervisor.get(agreement).json["state"] == "confirmed"


def test_correcting_is_another_agreement_that_ends_the_older_when_it_is_confirmed(
    supervisor, reviewer, receiver, agreed
):
    newer = proposed(supervisor, said(receiver, fields=["verdict"], replaces_id=1))
    before = supervisor.get(agreed).json["state"]

    decides(reviewer, newer, "confirm")

    assert (before, supervisor.get(agreed).json["state"]) == ("confirmed", "replaced")
    refused(supervisor, said(receiver, replaces_id=1), replaces_id="not_in_force")


@pytest.mark.parametrize("more", [{"receiver": "社区云"}, {"dataset": "findings", "fields": ["violations"]}])
def test_what_replaces_another_is_for_the_same_receiver_and_dataset(supervisor, receiver, agreed, more):
    refused(supervisor, said(receiver, replaces_id=1, **more), replaces_id="another_receiver")


CITY, SPACED = "市未成年人保护信息管理系统", "市未成年人保护 信息管理系统。"


@pytest.mark.parametrize("more", [{}, {"replaces_id": 1}, {"dataset": "findings", "fields": ["violations"]}])
def test_one_receiver_is_spelled_in_one_way(supervisor, receiver, agreed, more):
    refused(supervisor, said(receiver, receiver=SPACED, **more), receiver="spelled_otherwise")

    assert proposed(supervisor, said(receiver, receiver=CITY, **more))


def test_a_receiver_whose_agreements_are_over_may_be_spelled_anew(supervisor, receiver, agreed):
    decides(supervisor, agreed, "end", reason="写法有误")

    assert proposed(supervisor, said(receiver, receiver=SPACED))
    refused(supervisor, said(receiver, receiver=CITY), receiver="spelled_otherwise")


def test_two_spellings_of_before_may_both_be_used(deployment, supervisor, receiver, agreed):
    with deployment.unit_of_work() as session:
        older = session.get_one(SharingAgreement, 1)
        same = {one.name: getattr(older, one.name) for one in SharingAgreement.__table__.columns}
        session.add(SharingAgreement(**same | {"id": 1001, "state": "proposed", "receiver": SPACED}))

    assert all(proposed(supervisor, said(receiver, receiver=name)) for name in (CITY, SPACED))


def test_agreements_that_one_does_not_see_say_nothing_of_how_a_receiver_is_spelled(
    app, supervisor, receiver, agreed
):
    coordinator = desk_of(app, Role.COORDINATOR, areas=("310101",))

    assert proposed(coordinator, said(receiver, receiver=SPACED))


@pytest.mark.parametrize("more", [{"state": "confirmed"}, {"replaces_id": 1, "receiver": "社区云"}])
def test_the_database_too_lets_an_agreement_begin_proposed_and_for_the_same(deployment, agreed, more):
    with pytest.raises(DatabaseError, match="begins proposed"), deployment.unit_of_work() as session:
        older = session.get_one(SharingAgreement, 1)
        same = {one.name: getattr(older, one.name) for one in SharingAgreement.__table__.columns}
        session.add(SharingAgreement(**same | {"id": 2, "state": "proposed"} | more))


def test_the_database_too_lets_nothing_count_that_nobody_confirmed(deployment, supervisor, receiver):
    proposed(supervisor, said(receiver))

    with pytest.raises(DatabaseError, match="nobody has decided"), deployment.unit_of_work() as session:
        session.execute(text("UPDATE sharing_agreements SET state = 'confirmed'"))


@pytest.mark.parametrize("state", ["confirmed", "proposed"])
def test_the_database_too_lets_nothing_come_back_that_is_over(deployment, supervisor, agreed, state):
    decides(supervisor, agreed, "end", reason="不再需要")

    with pytest.raises(DatabaseError, match="nobody has decided"), deployment.unit_of_work() as session:
        session.execute(text(f"UPDATE sharing_agreements SET state = '{state}'"))


def test_what_was_agreed_is_never_changed_or_deleted(deployment, agreed):
    for statement in (
        "UPDATE sharing_agreements SET purpose = 'x'",
        "UPDATE sharing_agreements SET fields = '[\"operator_name\"]'",
        "UPDATE sharing_agreements SET receiver_key = 'x'",
        "DELETE FROM sharing_agreements",
        "UPDATE sharing_steps SET reason = 'x'",
    ):
        with pytest.raises(DatabaseError), deployment.unit_of_work() as session:
            session.execute(text(statement))


def test_agreements_are_found_by_how_they_stand(supervisor, reviewer, receiver, agreed):
    later = (today() + timedelta(days=5)).isoformat()
    decides(reviewer, proposed(supervisor, said(receiver, from_on=later)), "confirm")
    proposed(supervisor, table(receiver))

    found = {
        standing: [one["id"] for one in supervisor.get(f"{URL}/agreements?standing={standing}").json]
        for standing in ("in_force", "coming", "proposed", "expired", "ended")
    }

    assert found == {"in_force": [1], "coming": [2], "proposed": [3], "expired": [], "ended": []}
    assert [one["id"] for one in supervisor.get(f"{URL}/agreements?text=社区").json] == [3]
