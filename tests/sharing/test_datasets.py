"""What each dataset holds: small numbers kept back, no person, nothing of other areas or agencies."""

# ruff: noqa: F811
from dataclasses import replace
from datetime import date, datetime

import orjson
import pytest
from sqlalchemy import event, select

from backend.accounts.auth import Role
from backend.core.days import SHANGHAI
from backend.inspections.models import Standing, Violation
from backend.maps.alerts import found as kept_warnings
from backend.rulebook.rows import Text
from backend.sharing import datasets
from backend.sharing.catalogue import CATALOGUE, DatasetId
from backend.sharing.collecting import collect
from backend.sharing.datasets import Reading, portions
from backend.sharing.models import SharingAgreement, SharingMessage, SharingStep
from backend.sharing.rules import Deed, State
from backend.transfers.models import Transfer
from tests.indicators.conftest import PERIOD, STREETS, agencies, coordinator, visited  # noqa: F401
from tests.inspections.visited import add_visit
from tests.people import add_person
from tests.screening.places import add_venue, at

NOW = datetime(2026, 11, 20, 12, tzinfo=SHANGHAI)
PERSONS = ("operator", "person", "party", "phone", "officer", "contact", "minor_", "id_number")


@pytest.fixture
def user(deployment):
    return add_person(deployment, Role.COORDINATOR, areas=("310101",))


@pytest.fixture
def another(deployment):
    return add_person(deployment, Role.COORDINATOR, areas=("310101",))


@pytest.fixture
def agree(deployment, user, another):
    """An agreement in force, made by two people."""

    def make(dataset, *, agency_id=None, area_code="310101", fields=None, receiver="大数据中心"):
        made = {"from_on": date(2026, 7, 1), "until_on": date(2027, 7, 1), "proposed_at": NOW}
        with deployment.unit_of_work() as session:
            session.add(
                agreement := SharingAgreement(
                    receiver=receiver, receiver_kind="big_data_centre", purpose="示例",
                    legal_basis="示例",
                    dataset=dataset, fields=fields or list(CATALOGUE[dataset].names), area_code=area_code,
                    agency_id=agency_id, channel="spreadsheet", proposed_by=user, **made,
                )
            )  # fmt: skip
            session.flush()
            step = {"deed": Deed.CONFIRM, "user_id": another, "made_at": NOW}
            session.add(SharingStep(agreement_id=agreement.id, **step))
            session.flush()
            agreement.state = State.CONFIRMED
            return agreement.id

    return make


def messages(deployment, now=NOW):
    """What was collected: by what it is about, the rows."""
    collect(deployment, now=now, by="tester")
    with deployment.reading() as session:
        rows = session.execute(select(SharingMessage.about, SharingMessage.body).order_by(SharingMessage.id))
        return {about: orjson.loads(body)["rows"] for about, body in rows}


def test_every_field_of_the_catalogue_is_said_in_both_languages_and_holds_no_person():
    for dataset in CATALOGUE.values():
        said = [dataset.name, dataset.when, *(field.means for field in dataset.fields)]
        assert all(isinstance(one, Text) for one in said)
        assert len(set(dataset.names)) == len(dataset.names)
        assert [name for name in dataset.names if any(word in name for word in PERSONS)] == []
    assert set(CATALOGUE) == set(DatasetId)


def test_a_kept_report_is_told_by_street_with_small_numbers_kept_back(
    deployment, visited, coordinator, agree
):  # fmt: skip
    visited(STREETS[2], None, 3, 1)
    made = coordinator.post("/api/v1/period-reports", json=PERIOD | {"area_code": "310101"})
    assert made.status_code == 201
    agree("indicators", fields=["area_code", "indicator", "part", "whole"])

    (rows,) = messages(deployment, datetime.now(SHANGHAI)).values()

    told = {
        row["area_code"]: (row["part"], row["whole"])
        for row in rows
        if row["indicator"] == "IND-VISITS-FOUND"
    }
    assert told == {STREETS[0]: (8, 20), STREETS[1]: (None, None), STREETS[2]: (None, None)}
    assert list(rows[0]) == ["area_code", "indicator", "part", "row_id", "whole"]


def test_a_part_is_kept_back_where_the_rest_is_small(deployment, visited, coordinator, agree):
    visited(STREETS[2], None, 30, 28)
    coordinator.post("/api/v1/period-reports", json=PERIOD | {"area_code": "310101"})
    agree("indicators", fields=["area_code", "indicator", "part", "whole"])

    (rows,) = messages(deployment, datetime.now(SHANGHAI)).values()

    told = [(row["part"], row["whole"]) for row in rows if row["indicator"] == "IND-VISITS-FOUND"]
    assert told == [(8, 20), (6, 12), (None, 30)]


def test_a_receiver_gets_each_month_of_an_area_once_under_whatever_agreement(
    deployment, visited, coordinator, agree
):
    def report(first_on, last_on, **more):
        said = {"area_code": "310101", "first_on": first_on, "last_on": last_on} | more
        assert coordinator.post("/api/v1/period-reports", json=said).status_code == 201

    def made():
        return collect(deployment, now=datetime.now(SHANGHAI), by="tester")["made"]

    report("2026-07-01", "2026-09-30")
    agree("indicators")
    first = made()
    report("2026-07-01", "2026-09-30", because="补录")
    report("2026-09-01", "2026-09-30")
    agree("indicators", fields=["area_code", "whole"])
    agree("indicators", receiver="大数据 中心")
    again = made()
    report("2026-10-01", "2026-10-31")
    later = made()
    agree("indicators", receiver="社区云")

    assert (first, again, later, made()) == (1, 0, 1, 2)


def test_a_report_of_an_agency_is_not_told_under_the_agreement_of_others(
    deployment, visited, coordinator, agencies, agree
):  # fmt: skip
    coordinator.post("/api/v1/period-reports", json=PERIOD | {"area_code": "310101"})
    agree("indicators", agency_id=agencies.culture)

    assert messages(deployment, datetime.now(SHANGHAI)) == {}


def found(deployment, street, agency_id, many, *, on=date(2026, 8, 1), duty="D-SIGN"):
    with deployment.unit_of_work() as session:
        for _ in range(many):
            one = add_visit(session, area_code=street, agency_id=agency_id, fact_on=on)
            session.add(
                Violation(
                    visit_id=one.id, duty_id=duty, clauses=[], standing=Standing.FOUND, reasons=[], doubts=[],
                    rulebook_version=1, fact_on=on,
                )
            )  # fmt: skip


def test_findings_of_a_quarter_are_told_once_late_visits_had_their_time(deployment, agencies, agree):
    for street, many in zip(STREETS, (9, 3, 6), strict=True):
        found(deployment, street, agencies.culture, many)
    found(deployment, "310104001", agencies.culture, 9)
    agree("findings", fields=["area_code", "duty_id", "violations"])

    early = messages(deployment, datetime(2026, 10, 20, 12, tzinfo=SHANGHAI))
    told = messages(deployment)

    assert early == {}
    assert {name: [(row["area_code"], row["violations"]) for row in rows] for name, rows in told.items()} == {
        "2026-Q3": [(STREETS[0], 9), (STREETS[1], None), (STREETS[2], None)]
    }


def test_an_agency_tells_of_its_own_visits_only(deployment, agencies, agree):
    found(deployment, STREETS[0], agencies.culture, 6)
    found(deployment, STREETS[0], agencies.market, 7)
    agree("findings", agency_id=agencies.culture)

    assert [row["violations"] for row in messages(deployment)["2026-Q3"]] == [6]


def test_a_venue_that_no_organisation_runs_for_sure_is_told_by_its_number(deployment, agencies, agree):
    company, trader = "91310101MA1FPX1234", "92310101MA1FPX1234"
    with deployment.unit_of_work() as session:
        for name, operator, code in (
            ("蓝星网吧", "蓝星公司有限", company), ("李四网吧", "李四", trader),
            ("王五网吧", "王五", company), ("无码网吧", None, None),
            ("13812345678网吧", "蓝星公司有限", company), ("好运来小吃店", "好运来小吃店", company),
            ("阿依古丽网吧", "阿依古丽·买买提公司", company), ("张三网吧", "张 三 公司", company),
            ("无名网吧", None, company),
        ):  # fmt: skip
            add_venue(session, at(0), name=name, operator_name=operator, credit_code=code, area_code="310101")
        add_venue(session, at(0), name="邻区网吧", credit_code=company, area_code="310104")
    agree("screening")

    rows = messages(deployment)["2026-11"]

    assert [(row["venue_name"], row["credit_code"]) for row in rows] == [
        ("蓝星网吧", company), (None, None), (None, company), (None, None), ("〔手机号〕网吧", company),
        *[(None, company)] * 4,
    ]  # fmt: skip
    assert {row["area_name"] for row in rows} == {"示例区"}


def test_an_agency_tells_of_venues_that_it_looks_after(deployment, agencies, agree):
    from backend.accounts import actions as accounts

    with deployment.unit_of_work() as session:
        accounts.put_agency(
            session, code="culture", name_zh="x", name_en="y", activities=["bar"], by="tester", now=NOW
        )
        add_venue(session, at(0), area_code="310101")
        bar = add_venue(session, at(9), "bar", area_code="310101").id
    agree("screening", agency_id=agencies.culture)

    assert [row["venue_id"] for row in messages(deployment)["2026-11"]] == [bar]


def test_a_snapshot_is_made_once_a_month(deployment, agencies, agree):
    agree("screening")
    messages(deployment)

    assert list(messages(deployment, datetime(2026, 12, 1, 9, tzinfo=SHANGHAI))) == ["2026-11", "2026-12"]


def test_warnings_name_places_and_no_number(deployment, agencies, agree):
    with deployment.unit_of_work() as session:
        venue = add_venue(session, at(0), area_code="310101", credit_code="91310101MA1FPX1234").id
        for day in (1, 2):
            add_visit(
                session, venue_id=venue, area_code="310101", agency_id=agencies.culture, found=1,
                fact_on=date(2026, 11, day),
            )  # fmt: skip
    agree("warnings", fields=["rule", "venue_id", "venue_name", "area_name"])

    place = {"venue_id": venue, "venue_name": None, "area_name": "示例区"}
    assert messages(deployment)["2026-11"] == [
        {"row_id": "1", "rule": "EW-REPEAT", **place},
        {"row_id": "2", "rule": "EW-SAME-DUTY", **place},
    ]


def test_warnings_cost_the_same_however_many_they_are(deployment, agencies, agree):
    number = agree("warnings")

    def warned(venues):
        """Rows of a month, with so many more venues that warn, and how often the database was asked."""
        with deployment.unit_of_work() as session:
            for _ in range(venues):
                venue = add_venue(session, at(0), area_code="310101").id
                for day in (1, 2):
                    seen = {"area_code": "310101", "agency_id": agencies.culture, "found": 1}
                    add_visit(session, venue_id=venue, fact_on=date(2026, 11, day), **seen)
        kept_warnings.clear()
        with deployment.reading() as session:
            agreement = session.get_one(SharingAgreement, number)
            (portion,) = portions(Reading(session, deployment.settings, agreement, NOW.date()))
            said = []
            noted = lambda *about: said.append(about[2])  # noqa: E731
            event.listen(deployment.engine, "before_cursor_execute", noted)
            rows = list(portion.rows())
            event.remove(deployment.engine, "before_cursor_execute", noted)
        return len(rows), len(said)

    (one, asked), (more, asked_again) = warned(1), warned(5)

    assert (one, more, asked_again) == (2, 12, asked)


@pytest.fixture
def transferred(deployment, agencies, user):
    """A transfer of each agency; the ids."""

    def add(agency_id):
        with deployment.unit_of_work() as session:
            visit = add_visit(session, area_code="310101", agency_id=agency_id, fact_on=NOW.date())
            session.add(
                one := Transfer(
                    agency_id=agency_id, kind="department", visit_id=visit.id, area_code="310101",
                    venue_ids=[], to_name="示例局", body="market", team=[], reason="王小明说",
                    state="proposed", proposed_by=user, proposed_at=NOW,
                )
            )  # fmt: skip
            session.flush()
            return one.id

    return add(agencies.culture), add(agencies.market)


def test_a_transfer_is_told_once_for_each_of_its_states_without_words(
    deployment, agencies, agree, transferred
):
    mine, _ = transferred
    agree("transfers", agency_id=agencies.culture)

    first = messages(deployment)
    with deployment.unit_of_work() as session:
        one = session.get_one(Transfer, mine)
        one.state, one.version = "approved", 2
    second = messages(deployment)

    assert list(first) == [f"transfer:{mine}@1"]
    assert list(second) == [f"transfer:{mine}@1", f"transfer:{mine}@2"]
    (row,) = second[f"transfer:{mine}@2"]
    assert (row["state"], row["kind"], row["proposed_in"]) == ("approved", "department", "2026-11")
    assert "王小明" not in str(second)


def test_what_police_and_procuratorate_are_told_is_not_told_on(deployment, agencies, agree, transferred):
    with deployment.unit_of_work() as session:
        visit = add_visit(session, area_code="310101", agency_id=agencies.culture, fact_on=NOW.date())
        lead = {
            "kind": "procuratorate", "lead_kind": "public_interest", "body": "procuratorate",
            "agency_id": agencies.culture, "area_code": "310101", "venue_ids": [], "team": [],
            "reason": "示例", "to_name": "检察院", "state": "proposed", "proposed_by": 1, "proposed_at": NOW,
        }  # fmt: skip
        session.add(Transfer(**lead))
        session.add(
            Transfer(
                kind="police_lead", body="police", visit_id=visit.id, to_name="公安",
                agency_id=agencies.culture,
                area_code="310101", venue_ids=[], team=[], reason="示例", state="proposed",
                proposed_by=1, proposed_at=NOW,
            )
        )  # fmt: skip
    agree("transfers", agency_id=agencies.culture)

    assert list(messages(deployment)) == [f"transfer:{transferred[0]}@1"]


def test_a_field_that_got_into_an_agreement_without_being_in_the_catalogue_never_leaves(
    deployment, agencies, agree
):
    agree("screening", fields=["venue_id", "operator_name"])
    agree("screening", fields=["venue_id"])

    assert collect(deployment, now=NOW, by="tester") == {"made": 1, "refused": 1, "failed": 0}


def test_an_agreement_that_cannot_be_read_holds_up_no_other_and_its_words_are_not_logged(
    deployment, agencies, agree, caplog, monkeypatch
):
    def broken(_):
        raise ValueError("secret")

    monkeypatch.setitem(datasets._READ, DatasetId.FINDINGS, broken)
    agree("findings")
    agree("screening", fields=["venue_id"])

    assert collect(deployment, now=NOW, by="tester") == {"made": 1, "refused": 0, "failed": 1}
    assert "agreement 1 waits: ValueError" in caplog.text
    assert "secret" not in caplog.text


@pytest.mark.parametrize("dataset", CATALOGUE)
def test_every_row_has_exactly_the_fields_of_its_dataset(
    deployment, agencies, coordinator, visited, agree, transferred, dataset
):  # fmt: skip
    coordinator.post("/api/v1/period-reports", json=PERIOD | {"area_code": "310101"})
    found(deployment, STREETS[0], agencies.culture, 6)
    with deployment.unit_of_work() as session:
        venue = add_venue(session, at(0), area_code="310101").id
        for day in (1, 2):
            add_visit(
                session, venue_id=venue, area_code="310101", agency_id=agencies.culture, found=1,
                fact_on=date(2026, 11, day),
            )  # fmt: skip
    number = agree(dataset, agency_id=agencies.culture if CATALOGUE[dataset].needs_agency else None)

    with deployment.reading() as session:
        reading = Reading(
            session, replace(deployment.settings), session.get_one(SharingAgreement, number), NOW.date()
        )
        rows = [row for portion in portions(reading) for row in portion.rows()]

    assert rows
    assert {frozenset(row) for row in rows} == {frozenset(CATALOGUE[dataset].names)}
