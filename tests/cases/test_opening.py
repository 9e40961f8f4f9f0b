"""A person opens a case from violations at one venue; what does not belong together is refused."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import event, select

from backend.accounts.auth import Role
from backend.accounts.models import User
from backend.accounts.queries import person_of
from backend.cases import actions
from backend.cases.models import Case, CaseSeries
from backend.core.audit import AuditEntry
from backend.core.days import today
from backend.inspections.models import Violation
from tests.cases.conftest import HERE, URL, due, opened
from tests.inspections.visited import add_visit
from tests.people import add_person, desk_of
from tests.screening.places import add_venue, at


def test_no_case_is_opened_before_its_numbers_were_laid_down(officer, violations, officers):
    refused = officer.post(URL, json={"violation_ids": violations, "officer_ids": officers})

    assert (refused.status_code, refused.json["status"]) == (409, "case_series_unknown")


def test_numbers_are_laid_down_once_for_a_year_and_say_where_the_number_goes(head, series):
    def laid_down(**said):
        return head.post(
            "/api/v1/case-series", json={"year": 2030, "pattern": "示文案〔2030〕{number}号"} | said
        )

    answers = [laid_down(pattern="示文案〔2030〕号"), laid_down(pattern=series), laid_down(), laid_down()]

    assert [one.status_code for one in answers] == [422, 409, 201, 409]


@pytest.mark.parametrize("how_many", [0, 1])
def test_two_officers_at_the_least_investigate(officer, violations, officers, series, how_many):
    refused = officer.post(URL, json={"violation_ids": violations, "officer_ids": officers[:how_many]})

    assert refused.status_code == 422


def test_the_same_officer_twice_is_one_officer(officer, violations, officers, series):
    refused = officer.post(URL, json={"violation_ids": violations, "officer_ids": [officers[0]] * 2})

    assert refused.json["errors"] == {"officer_ids": "two_needed"}


@pytest.mark.parametrize("columns", [
    {"certificate_no": None}, {"certificate_valid_to": date(2020, 1, 1)},
])  # fmt: skip
def test_an_officer_without_a_valid_certificate_does_not_investigate(
    officer, deployment, violations, officers, series, columns
):
    with deployment.unit_of_work() as session:
        for name, value in columns.items():
            setattr(session.get_one(User, officers[1]), name, value)

    refused = officer.post(URL, json={"violation_ids": violations, "officer_ids": officers})

    assert refused.json["errors"] == {"officer_ids": "certificate_needed"}


def test_an_officer_of_another_agency_does_not_investigate(officer, deployment, violations, officers, series):
    stranger = add_person(deployment, Role.INSPECTOR, certificate_no="SH-9", **HERE)

    refused = officer.post(URL, json={"violation_ids": violations, "officer_ids": [*officers, stranger]})

    assert refused.status_code == 403


def test_violations_of_two_venues_or_of_none_make_no_case(
    officer, deployment, agency, violations, officers, series
):
    with deployment.unit_of_work() as session:
        other = add_venue(session, at(300), name="蓝星二店", area_code="310101")
        elsewhere = add_visit(session, found=1, agency_id=agency, venue_id=other.id)
        nowhere = add_visit(session, found=1, agency_id=agency)
        others = [
            session.scalars(select(Violation.id).filter_by(visit_id=one.id)).one()
            for one in (elsewhere, nowhere)
        ]

    answers = [
        officer.post(URL, json={"violation_ids": some, "officer_ids": officers})
        for some in ([*violations, others[0]], [others[1]])
    ]

    assert [one.json["errors"] for one in answers] == [{"violation_ids": "not_of_one_venue"}] * 2


def test_violations_out_of_scope_are_not_there(officer, deployment, venue, violations, officers, series):
    with deployment.unit_of_work() as session:
        theirs = add_visit(session, found=1, venue_id=venue)
        other = session.scalars(select(Violation.id).filter_by(visit_id=theirs.id)).one()

    refused = officer.post(URL, json={"violation_ids": [*violations, other, 999], "officer_ids": officers})

    assert (refused.status_code, refused.json["errors"]) == (422, {"violation_ids": [other, 999]})


def test_a_violation_is_in_one_open_case_at_most(officer, violations, officers, case):
    refused = officer.post(URL, json={"violation_ids": violations[:1], "officer_ids": officers})

    assert (refused.status_code, refused.json["status"]) == (409, "violation_in_a_case")


def test_matters_of_the_police_are_not_processed_here(officer, violations, officers, series, authority):
    authority("POLICE")

    refused = officer.post(URL, json={"violation_ids": violations, "officer_ids": officers})

    assert (refused.status_code, refused.json["status"]) == (409, "case_not_processed")


def test_an_act_does_not_lie_after_the_day_on_which_it_was_found(officer, violations, officers, series):
    said = {"violation_ids": violations, "officer_ids": officers, "acted_on": "2026-11-21"}

    assert officer.post(URL, json=said).json["errors"] == {"acted_on": "after_it_was_found"}


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.INSPECTOR, Role.SUPERVISOR}))
def test_nobody_else_opens_a_case(app, agency, violations, officers, series, role):
    somebody = desk_of(app, role, agency_id=agency, **HERE)

    assert somebody.post(URL, json={"violation_ids": violations, "officer_ids": officers}).status_code == 403


def test_other_agencies_areas_and_schools_do_not_see_a_case(app, agency, case):
    strangers = (
        desk_of(app, Role.SUPERVISOR, **HERE),
        desk_of(app, Role.SUPERVISOR, areas=("310104",), agency_id=agency),
    )
    outsiders = [desk_of(app, role, **HERE) for role in (Role.REPORTER, Role.COORDINATOR, Role.AUDITOR)]

    assert [one.get(URL).json for one in strangers] == [[], []]
    for path in ("", "/due", "/steps", "/choices", "/limitation"):
        assert [one.get(case + path).status_code for one in strangers] == [404, 404]
        assert [one.get(case + path).status_code for one in outsiders] == [403, 403, 403]


def test_a_case_is_numbered_and_says_what_is_due_from_the_day_of_the_lead(officer, case, series, authority):
    found = officer.get(case).json

    assert found["number"] == series.format(number=1)
    assert (found["state"], found["is_open"], found["authority"]) == ("lead", True, "GENERAL")
    assert [one["certificate_no"] for one in found["officers"]] == ["SH-zhang", "SH-wang"]
    verify = due(officer, case)["verify"]
    assert (verify["standing"], verify["due_on"]) == ("unnumbered", None)
    assert verify["begun_at"].startswith("2026-11-19T16:00")


def test_the_market_bureau_has_fifteen_working_days_to_verify(
    officer, violations, officers, series, authority
):
    authority("SAMR")

    verify = due(officer, opened(officer, violations, officers))["verify"]

    assert (verify["due_on"], verify["warn_on"], verify["is_provisional"]) == ("2026-12-11",) * 2 + (False,)
    assert verify["clock"]["clauses"][0] == "samr-procedure:18.1"
    assert verify["clock"]["lapse"]["zh"]


def test_an_own_rule_from_memory_is_shown_as_a_setting(officer, violations, officers, series, authority):
    authority("CULTURE")

    verify = due(officer, opened(officer, violations, officers))["verify"]

    assert (verify["due_on"], verify["clock"]["confirmed"]) == ("2026-11-27", False)


def test_cases_opened_at_the_same_moment_have_numbers_without_a_gap(
    deployment, agency, officer, venue, officers, series
):
    with deployment.unit_of_work() as session:
        ids = [
            session.scalars(select(Violation.id).filter_by(visit_id=visit.id)).one()
            for visit in [add_visit(session, found=1, agency_id=agency, venue_id=venue) for _ in range(6)]
        ]

    def open_one(violation: int) -> None:
        said = {"violation_ids": [violation], "officer_ids": officers}
        with deployment.unit_of_work() as session:
            by = person_of(session.get_one(User, officers[0]), datetime.now(UTC))
            actions.open_case(session, said, by=by, now=datetime.now(UTC))

    threads = [threading.Thread(target=open_one, args=(one,)) for one in ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with deployment.reading() as session:
        assert sorted(session.scalars(select(Case.number))) == [1, 2, 3, 4, 5, 6]
        assert session.scalars(select(CaseSeries.next_number)).one() == 7


def test_a_case_that_could_not_be_opened_takes_no_number(officer, deployment, violations, officers, case):
    officer.post(URL, json={"violation_ids": violations, "officer_ids": officers})

    with deployment.reading() as session:
        assert session.scalars(select(CaseSeries.next_number)).one() == 2


@pytest.mark.parametrize(
    ("acted_on", "is_long", "last_on", "in_time"),
    [
        (None, False, "2028-11-20", True),
        ("2024-11-20", False, "2026-11-20", True),
        ("2024-11-19", False, "2026-11-19", False),
        ("2024-11-19", True, "2029-11-19", True),
        ("2021-11-19", True, "2026-11-19", False),
    ],
)
def test_an_act_found_too_late_is_said_to_be_out_of_time(
    officer, violations, officers, series, acted_on, is_long, last_on, in_time
):
    more = {"acted_on": acted_on} if acted_on else {}
    case = opened(officer, violations, officers, is_long=is_long, **more)

    found = officer.get(f"{case}/limitation").json

    assert (found["last_on"], found["in_time"]) == (last_on, in_time)
    assert found["clock"]["clauses"] == ["penalty-law:36"]


def test_opening_is_in_the_audit_trail(deployment, case, violations, officers):
    with deployment.reading() as session:
        entry = session.scalars(select(AuditEntry).filter_by(deed="case.open")).one()

    assert (entry.subject, entry.detail) == ("case:1", {"violations": violations, "officers": officers})


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", 1), ("?state=lead", 1), ("?state=closed", 0), ("?is_open=true", 1), ("?is_open=false", 0),
        ("?text=蓝星", 1), ("?text=1", 1), ("?text=红星", 0), ("?venue_id=999", 0), ("?overdue=true", 0),
        (f"?text={10**20}", 0),
    ],
)  # fmt: skip
def test_cases_are_listed_by_what_is_asked(head, case, asked, found):
    assert len(head.get(URL + asked).json) == found


def test_cases_with_something_overdue_come_first_and_can_be_asked_for(
    head, officer, deployment, agency, venue, violations, officers, series, authority
):
    opened(officer, violations, officers)
    authority("SAMR")
    long_ago = {"fact_on": today() - timedelta(days=60)}
    with deployment.unit_of_work() as session:
        visit = add_visit(session, found=1, agency_id=agency, venue_id=venue, **long_ago)
        late = list(session.scalars(select(Violation.id).filter_by(visit_id=visit.id)))
    opened(officer, late, officers)

    assert [one["id"] for one in head.get(URL).json] == [2, 1]
    assert [one["id"] for one in head.get(f"{URL}?overdue=true").json] == [2]
    assert due(head, f"{URL}/2")["verify"]["standing"] == "overdue"


@pytest.mark.parametrize("path", ["/api/v1/cases", "/cases"])
def test_listing_costs_the_same_however_many_cases(
    head, officer, deployment, agency, venue, officers, series, path
):
    def asked() -> int:
        said: list[str] = []
        noted = lambda *about: said.append(about[2])  # noqa: E731
        event.listen(deployment.engine, "before_cursor_execute", noted)
        assert head.get(path).status_code == 200
        event.remove(deployment.engine, "before_cursor_execute", noted)
        return len(said)

    counts = []
    for _ in range(3):
        with deployment.unit_of_work() as session:
            visit = add_visit(session, found=1, agency_id=agency, venue_id=venue)
            found = list(session.scalars(select(Violation.id).filter_by(visit_id=visit.id)))
        opened(officer, found, officers)
        counts.append(asked())

    assert counts[1] == counts[2]
