"""A period is counted by area and agency, kept once, and comes out the same a year later."""

from datetime import date

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from backend.accounts.auth import Role
from backend.indicators.models import PeriodReport
from backend.indicators.reports import sha256_of
from tests.indicators.conftest import HERE, PERIOD, STREETS, line, numbers
from tests.people import desk_of

ASKED = PERIOD | {"area_code": HERE}


def freeze(client, **more):
    return client.post("/api/v1/period-reports", json=ASKED | more)


def lines(client, **more):
    return client.get("/api/v1/indicators", query_string=ASKED | more)


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({"last_on": "2026-06-30"}, {"last_on": "before_first_on"}),
        ({"first_on": "2026-07-02"}, {"first_on": "not_a_whole_month"}),
        ({"last_on": "2026-09-29"}, {"first_on": "not_a_whole_month"}),
        ({"last_on": "2026-10-01"}, {"first_on": "not_a_whole_month"}),
        ({"area_code": "310104"}, {"area_code": "not_your_area"}),
        ({"area_code": ""}, {"area_code": "not_your_area"}),
    ],
)
def test_what_cannot_be_counted_is_refused_with_its_reason(coordinator, asked, why):
    answer = lines(coordinator, **asked)

    assert (answer.status_code, answer.json["errors"]) == (422, why)
    assert freeze(coordinator, **asked).json == answer.json


def test_the_page_counts_whole_months_only(coordinator, visited):
    for ask in (
        coordinator.get("/indicators", query_string=ASKED | {"first_on": "2026-07-02"}),
        coordinator.post("/indicators", data=ASKED | {"first_on": "2026-07-02"}),
    ):
        assert "须从某月第一天到某月最后一天" in ask.text
        assert "8 ／ 20" not in ask.text


@pytest.mark.parametrize("role", [Role.INSPECTOR, Role.REPORTER, Role.AUDITOR])
def test_others_see_no_numbers(app, agencies, role):
    assert lines(desk_of(app, role, areas=(HERE,))).status_code == 403


def test_a_supervisor_without_an_agency_counts_nothing(app, visited):
    assert lines(desk_of(app, Role.SUPERVISOR, areas=(HERE,))).status_code == 422


def test_visits_are_counted_by_street_and_by_agency(coordinator, visited, agencies):
    found = line(lines(coordinator), "IND-VISITS-FOUND")

    assert numbers(found["total"]) == (14, 32)
    assert {code: numbers(one) for code, one in found["areas"].items()} == {
        STREETS[0]: (8, 20), STREETS[1]: (6, 12),
    }  # fmt: skip
    assert {key: numbers(one) for key, one in found["agencies"].items()} == {
        str(agencies.culture): (8, 20), str(agencies.market): (6, 12),
    }  # fmt: skip


def test_id_checks_have_a_rate_with_its_interval(coordinator, visited):
    total = line(lines(coordinator), "IND-ID-CHECKS")["total"]

    assert (numbers(total), total["rate"]) == ((40, 200), 0.2)
    assert total["low"] < 0.2 < total["high"]


def test_a_small_street_is_kept_back_and_the_smallest_other_with_it(coordinator, visited, agencies):
    visited(STREETS[2], agencies.market, 3, 1)

    areas = line(lines(coordinator), "IND-VISITS-FOUND")["areas"]

    assert {code: numbers(one) for code, one in areas.items()} == {
        STREETS[0]: (8, 20), STREETS[1]: (None, None), STREETS[2]: (None, None),
    }  # fmt: skip


def test_a_supervisor_counts_the_own_agency(market, visited):
    found = line(lines(market), "IND-VISITS-FOUND")

    assert (numbers(found["total"]), [*found["areas"]]) == ((6, 12), [STREETS[1]])


def test_a_visit_of_another_day_is_not_counted(coordinator, visited, agencies):
    visited(STREETS[0], agencies.culture, 9, 9, on=date(2026, 10, 1))

    assert numbers(line(lines(coordinator), "IND-VISITS-FOUND")["total"]) == (14, 32)


def test_a_period_that_is_not_over_is_not_kept(coordinator):
    answer = freeze(coordinator, last_on="2199-12-31")

    assert (answer.status_code, answer.json["errors"]) == (422, {"last_on": "not_over"})


def test_what_was_kept_stays_when_more_arrives(coordinator, visited, agencies):
    kept = freeze(coordinator)
    visited(STREETS[0], agencies.culture, 9, 9)

    again = coordinator.get(f"/api/v1/period-reports/{kept.json['id']}/lines")

    assert kept.status_code == 201
    assert numbers(line(again, "IND-VISITS-FOUND")["total"]) == (14, 32)
    assert numbers(line(lines(coordinator), "IND-VISITS-FOUND")["total"]) == (23, 41)


def test_a_period_is_kept_once_and_counted_again_with_a_reason_only(coordinator, visited, agencies):
    first = freeze(coordinator)
    refused = freeze(coordinator)
    visited(STREETS[0], agencies.culture, 9, 9)
    second = freeze(coordinator, because="平板长期离线，迟到九次检查")

    assert (refused.status_code, refused.json["status"]) == (409, "report_made")
    assert (first.json["edition"], second.json["edition"]) == (1, 2)
    assert first.json["sha256"] != second.json["sha256"]
    assert [one["edition"] for one in coordinator.get("/api/v1/period-reports").json] == [2, 1]


def test_the_check_sum_of_a_report_cannot_be_tried_out(coordinator, deployment, visited):
    address = f"/api/v1/period-reports/{freeze(coordinator).json['id']}"
    with deployment.reading() as session:
        found = session.scalars(select(PeriodReport)).one()
        salt = found.content.pop("salt")

        assert len(salt) == 32
        assert found.sha256 != sha256_of(found)
        session.expunge_all()
    for way in (f"{address}/lines", "/api/v1/period-reports", "/indicators/1"):
        assert salt not in coordinator.get(way).text


def test_reports_are_seen_by_those_whose_numbers_they_hold(coordinator, culture, market, elsewhere, visited):
    whole, own = freeze(coordinator).json["id"], freeze(culture).json["id"]

    seen = {
        name: [one["id"] for one in client.get("/api/v1/period-reports").json]
        for name, client in {"coordinator": coordinator, "culture": culture, "market": market,
                             "elsewhere": elsewhere}.items()
    }  # fmt: skip

    assert seen == {"coordinator": [whole], "culture": [own], "market": [], "elsewhere": []}
    assert market.get(f"/api/v1/period-reports/{own}/lines").status_code == 404
    assert elsewhere.get(f"/api/v1/period-reports/{whole}/lines").status_code == 404


@pytest.mark.parametrize("change", ["UPDATE period_reports SET edition = 3", "DELETE FROM period_reports"])
def test_the_database_itself_lets_no_report_be_changed(coordinator, deployment, visited, change):
    freeze(coordinator)

    with pytest.raises(IntegrityError), deployment.unit_of_work() as session:
        session.execute(text(change))


def test_the_page_keeps_a_period_and_shows_it_with_its_check_sums(coordinator, visited):
    shown = coordinator.get("/indicators", query_string=ASKED).text
    kept = coordinator.post("/indicators", data=ASKED)
    page = coordinator.get(kept.location).text

    assert "8 ／ 20" in shown
    assert kept.status_code == 303
    assert "与固定时一致" in page
    assert "SHA-256" in page
    for kind, begins in (("xlsx", b"PK"), ("pdf", b"%PDF")):
        assert coordinator.get(f"{kept.location}.{kind}").data.startswith(begins)
