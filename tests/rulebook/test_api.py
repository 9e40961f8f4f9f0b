"""The read-only doors of the rulebook."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from backend.accounts.auth import Role
from tests.people import desk_of

ROOT = "/api/v1/rulebook"
DOORS = (
    "",
    "/clauses",
    "/activities",
    "/site-kinds",
    "/distance-rules",
    "/duties",
    "/legal-bases",
    "/procedures",
    "/tip-clocks",
    "/transfers",
    "/reply-clocks",
    "/duty-matrix",
)


@pytest.fixture
def desk(app: Flask) -> FlaskClient:
    return desk_of(app, Role.LEGAL_REVIEWER)


def by_id(desk: FlaskClient, path: str, row_id: str) -> dict[str, Any]:
    answer = desk.get(ROOT + path)
    assert answer.status_code == 200
    return next(row for row in answer.json or [] if row["id"] == row_id)


@pytest.mark.parametrize("path", DOORS)
def test_nobody_reads_it_without_signing_in(app: Flask, path: str) -> None:
    assert app.test_client().get(ROOT + path).status_code == 401


@pytest.mark.parametrize("path", DOORS)
def test_every_role_reads_it(app: Flask, path: str) -> None:
    assert desk_of(app, Role.REPORTER).get(ROOT + path).status_code == 200


def test_a_time_limit_of_tips_says_whether_anybody_set_a_number(desk: FlaskClient) -> None:
    promptly, verified = (by_id(desk, "/tip-clocks", name) for name in ("TIP-TELL", "TIP-VERIFY"))

    assert (promptly["count"], promptly["confirmed"]) == (None, False)
    assert (verified["count"], verified["more"], verified["channels"]) == (15, 15, ["12315"])
    assert verified["citations"][0]["zh"].endswith("第十八条第一款")


def test_a_clause_from_memory_has_no_citation(desk: FlaskClient) -> None:
    assert by_id(desk, "/clauses", "reporting-opinion:3")["citation"] is None
    assert by_id(desk, "/clauses", "reporting-opinion:2")["citation"]["en"].endswith("art. 2")


def test_a_duty_without_a_settled_authority_is_a_gap_and_others_name_theirs(desk: FlaskClient) -> None:
    bars = desk.get(f"{ROOT}/duty-matrix?activity=bar").json
    cafes = desk.get(f"{ROOT}/duty-matrix?activity=internet_cafe").json

    assert {one["responsible"] for one in bars} == {None}
    assert {one["responsible"]["zh"] for one in cafes} == {"文化和旅游局（区执法大队、市执法总队）"}
    assert [one["duty"] for one in cafes] == [
        one["id"] for one in desk.get(f"{ROOT}/duties?activity=internet_cafe").json
    ]
    admitting = next(one for one in cafes if one["duty"] == "ACC-NET-1")
    assert len(admitting["citations"]) > 1
    assert admitting["deciding"] != []


def test_a_procedure_says_its_clocks_and_which_of_them_are_settings(desk: FlaskClient) -> None:
    culture = by_id(desk, "/procedures", "CULTURE")

    clocks = {clock["id"]: (clock["count"], clock["confirmed"]) for clock in culture["clocks"]}
    assert (clocks["verify"], clocks["decision"]) == ((7, False), (90, True))
    assert by_id(desk, "/procedures", "POLICE")["processed"] is False


def test_the_day_asked_for_decides(desk: FlaskClient) -> None:
    ids = [
        {basis["id"] for basis in desk.get(f"{ROOT}/legal-bases?on={day}").json or []}
        for day in ("2025-12-31", "2026-01-01")
    ]

    assert ids[1] - ids[0] == {"PEN-30", "PEN-32", "PEN-33", "PEN-34"}


def test_a_rule_that_nobody_configured_says_who_must_and_what_was_heard(desk: FlaskClient) -> None:
    rule = by_id(desk, "/distance-rules", "BUF-TOB-1")

    assert (rule["configured"], rule["radius_m"], rule["standing"]) == (False, None, "delegated")
    assert rule["set_by"]["zh"].startswith("区烟草专卖部门")
    assert [(s["id"], s["active"]) for s in rule["settings"]] == [
        ("SET-TOB-310116", False),
        ("SET-TOB-CLAIM", False),
    ]


def test_duties_of_an_activity_come_with_their_candidate_bases(desk: FlaskClient) -> None:
    duty = by_id(desk, "/duties?activity=internet_cafe&on=2026-10-01", "ACC-NET-1")

    assert [basis["id"] for basis in duty["bases"]] == ["PEN-01", "PEN-10"]
    assert [c["zh"] for c in duty["bases"][1]["citations"]] == [
        "《互联网上网服务营业场所管理条例》（2022-03-29修订）第三十一条第（二）项"
    ]
    assert duty["binds"] == "yes"


def test_days_are_told_with_their_flags(desk: FlaskClient) -> None:
    days = desk.get(f"{ROOT}/days?from=2026-12-31&to=2027-01-01").json or []

    assert [(day["day"], day["loaded"], day["statutory_day"]) for day in days] == [
        ("2026-12-31", True, False),
        ("2027-01-01", False, None),
    ]


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("/days?from=2026-01-02&to=2026-01-01", "too_many_days"),
        ("/days?from=2020-01-01&to=2026-01-01", "too_many_days"),
        ("/days?from=2026-01-01", "invalid_input"),
        ("/duties?on=yesterday", "invalid_input"),
        ("/duties?on=0001-01-01", "invalid_input"),
        ("/duties?version=99", "rulebook_version_unknown"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused(desk: FlaskClient, asked: str, status: str) -> None:
    answer = desk.get(ROOT + asked)

    assert (answer.json or {})["status"] == status
    assert answer.status_code in (404, 422)


def test_the_versions_are_listed(desk: FlaskClient) -> None:
    assert [version["number"] for version in desk.get(ROOT).json or []] == [1]
