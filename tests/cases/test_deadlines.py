"""Deadlines of a case: worked out, paused, extended, provisional until a year is loaded."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, update

from backend.cases import job
from backend.cases.models import CaseDeadline
from backend.core.audit import AuditEntry
from backend.core.days import day_of
from backend.inspections.models import Violation
from backend.rulebook.models import RulebookVersion
from backend.rulebook.reading import content_hash
from tests.cases.conftest import due, made, on, opened, punishable, refused, ruled, step
from tests.inspections.visited import add_visit

NEW_YEAR = {"zh": "元旦", "en": "New Year's Day"}
BEGUN = {"begun_on": date(2026, 12, 25), "begun_at": datetime(2026, 12, 24, 16, tzinfo=UTC)}
YEAR = {
    "id": "2027", "year": 2027, "document": {"zh": "某通知（虚构）", "en": "a notice (invented)"},
    "clauses": ["holiday-measures:2"], "confidence": ["T"], "source": "invented",
    "last_verified_on": "2026-11-27", "in_force_from": "2027-01-01", "in_force_to": "2027-12-31",
    "holidays": [
        {"name": NEW_YEAR, "statutory": ["2027-01-01"], "adjusted_off": ["2027-01-04"],
         "adjusted_work": ["2027-01-09"]},
    ],
}  # fmt: skip


@pytest.fixture
def found(deployment, agency, venue):
    """Violations found on a day."""

    def on_day(day: str) -> list[int]:
        with deployment.unit_of_work() as session:
            there = {"agency_id": agency, "venue_id": venue, "fact_on": date.fromisoformat(day)}
            visit = add_visit(session, found=1, **there)
            violations = list(session.scalars(select(Violation.id).filter_by(visit_id=visit.id)))
            punishable(session, violations)
            return violations

    return on_day


@pytest.fixture
def samr(authority, officer, head, officers, series, found):
    """A case of the market bureau, filed on 4 March."""
    authority("SAMR")
    case = opened(officer, found("2026-03-02"), officers)
    made(step(head, case, "file_case", "filing_form", made_at=on("2026-03-04")))
    return case


def test_the_general_law_leaves_nothing_out(officer, head, officers, series, found):
    case = opened(officer, found("2026-03-02"), officers)
    made(
        step(head, case, "file_case", "filing_form", made_at=on("2026-03-04")),
        step(officer, case, "begin_appraisal", "commission", made_at=on("2026-03-10")),
        step(officer, case, "end_appraisal", "appraisal", made_at=on("2026-03-20")),
    )

    assert due(head, case)["decision"]["due_on"] == "2026-06-02"


def test_time_that_the_rules_leave_out_moves_the_last_day_and_overlaps_count_once(officer, head, samr):
    assert due(head, samr)["decision"]["due_on"] == "2026-06-02"
    made(
        step(officer, samr, "begin_appraisal", "commission", made_at=on("2026-03-10")),
        step(head, samr, "suspend", "suspension_form", reason="等待另案裁判", made_at=on("2026-03-15")),
    )
    paused = due(head, samr)["decision"]
    made(
        step(officer, samr, "end_appraisal", "appraisal", made_at=on("2026-03-20")),
        step(officer, samr, "resume", reason="裁判已经作出", made_at=on("2026-03-25")),
    )

    decision = due(head, samr)["decision"]
    assert paused["standing"] == "paused"
    assert (decision["due_on"], decision["is_paused"]) == ("2026-06-17", False)  # 15 days, not 20


def test_a_public_notice_is_service_after_thirty_days_which_do_not_count(officer, reviewer, head, samr):
    papers = ("notice", "receipt", "proposal_approval")
    made(
        step(officer, samr, "finish_investigation", "report", made_at=on("2026-03-10")),
        step(reviewer, samr, "pass_review", "opinion", made_at=on("2026-03-12")),
        step(officer, samr, "announce_notice", "announcement", reason="下落不明", made_at=on("2026-03-13")),
    )
    ruled(officer, reviewer, samr)
    early = step(officer, samr, "serve_notice", *papers, made_at=on("2026-04-12"))
    made(step(officer, samr, "serve_notice", *papers, made_at=on("2026-04-13")))

    running = due(head, samr)
    assert refused(early) == (409, "waits_for")
    assert (running["decision"]["due_on"], running["statement"]["due_on"]) == ("2026-07-03", "2026-04-20")
    assert "public_notice" not in running


def test_an_extension_is_approved_in_time_once_and_only_then_comes_the_next(officer, head, samr):
    first, second = "extend_decision_once", "extend_decision_together"
    paper, why = {"reason": "案情复杂"}, {"reason": "案情特别复杂", "days": 20}
    hasty = step(head, samr, second, "minutes", made_at=on("2026-05-20"), **why)
    mine = step(officer, samr, first, "extension_form", made_at=on("2026-05-20"), **paper)
    late = step(head, samr, first, "extension_form", made_at=on("2026-06-03"), **paper)
    made(step(head, samr, first, "extension_form", made_at=on("2026-06-02"), **paper))
    again = step(head, samr, first, "extension_form", made_at=on("2026-06-03"), **paper)
    endless = step(head, samr, second, "minutes", made_at=on("2026-06-20"), reason="案情特别复杂")
    made(step(head, samr, second, "minutes", made_at=on("2026-06-20"), **why))

    answers = [refused(one)[1] for one in (hasty, mine, late, again, endless)]
    assert answers == ["comes_after", "not_yours", "time_is_over", "used_up", "days_missing"]
    decision = due(head, samr)["decision"]
    assert (decision["more"], decision["due_on"]) == (50, "2026-07-22")


def test_an_urgent_measure_is_reported_within_hours(officer, head, samr):
    made(
        step(officer, samr, "preserve_urgently", "preservation_list", reason="证据可能灭失",
             made_at=on("2026-03-05", 16)),
    )  # fmt: skip

    running = due(head, samr)
    assert running["preservation_report"]["due_at"].startswith("2026-03-06T08:00")
    assert running["preservation"]["due_on"] == "2026-03-16"
    made(step(head, samr, "approve_preservation", "approval", made_at=on("2026-03-06", 9)))
    assert "preservation_report" not in due(head, samr)


def test_hours_are_over_by_the_hour(deployment, officer, head, samr):
    made(step(officer, samr, "preserve_urgently", "preservation_list", reason="证据可能灭失"))
    before = due(head, samr)["preservation_report"]["standing"]
    with deployment.unit_of_work() as session:
        report = session.scalars(select(CaseDeadline).filter_by(clock="preservation_report")).one()
        report.due_at = datetime.now(UTC) - timedelta(minutes=1)

    assert (before, due(head, samr)["preservation_report"]["standing"]) == ("soon", "overdue")


def test_a_last_day_on_a_holiday_warns_by_the_text_and_is_due_by_the_setting(
    officer, head, authority, officers, series, found
):
    authority("SAMR")
    case = opened(officer, found("2026-07-01"), officers)
    made(step(head, case, "file_case", "filing_form", made_at=on("2026-07-03")))

    decision = due(head, case)["decision"]

    assert (decision["warn_on"], decision["due_on"]) == ("2026-10-04", "2026-10-08")


def test_a_year_that_is_not_loaded_makes_a_deadline_provisional_until_it_is(
    deployment, officer, head, authority, officers, series, found
):
    authority("SAMR")
    case = opened(officer, found("2026-11-20"), officers)
    with deployment.unit_of_work() as session:  # as if it had been found on 25 December
        session.execute(update(CaseDeadline).values(BEGUN))
        job.deadlines.recount(session, session.get_one(job.Case, 1), [])
    before = due(head, case)["verify"]

    with deployment.unit_of_work() as session:
        load_year(session)
        changed = job.recount(session, by="tester")

    after = due(head, case)["verify"]
    assert (before["due_on"], before["is_provisional"], before["unloaded"]) == ("2027-01-15", True, [2027])
    assert (changed, after["due_on"], after["is_provisional"]) == (1, "2027-01-18", False)
    assert after["warn_on"] == "2027-01-15"  # the earlier of the two
    with deployment.reading() as session:
        entry = session.scalars(select(AuditEntry).filter_by(deed="case.recount")).one()
    assert entry.detail == {"due": {"verify": "2027-01-18"}}


def test_what_waits_for_holidays_that_did_not_come_is_left_as_it_is(
    deployment, officer, head, authority, officers, series, found
):
    authority("SAMR")
    case = opened(officer, found("2026-11-20"), officers)
    with deployment.unit_of_work() as session:  # it would move if it were counted
        moved = BEGUN | {"is_provisional": True, "unloaded": [2027]}
        session.execute(update(CaseDeadline).values(moved))
    before = due(head, case)["verify"]

    with deployment.unit_of_work() as session:
        changed = job.recount(session, by="tester")

    assert (changed, due(head, case)["verify"]) == (0, before)


def test_cases_counted_together_are_counted_as_each_by_itself(
    deployment, officer, head, authority, officers, series, found
):
    authority("SAMR")
    opened(officer, found("2026-11-20"), officers)
    with deployment.unit_of_work() as session:
        copied(session, [date(2026, 12, day) for day in (1, 15, 24, 25, 31) for _ in range(2)])

    together, alone = counted_both_ways(deployment)

    assert together == alone
    assert len({row[2] for row in together}) == 6
    assert all(not unloaded for *_, unloaded in together)


def test_clocks_that_follow_or_began_before_are_counted_as_each_by_itself(
    deployment, officer, head, authority, officers, series, found
):
    authority("TOBACCO")
    opened(officer, found("2026-11-20"), officers)
    with deployment.unit_of_work() as session:
        copied(session, [date(2026, 12, day) for day in (1, 24, 31)])
        for case in session.scalars(select(job.Case).where(job.Case.id > 1)).all():
            (verify,) = case.running
            began = verify.begun_at - timedelta(days=20)
            before = {"clock": "decision", "begun_at": began, "begun_on": day_of(began)}
            over = {"ended_by": verify.started_by, "ended_at": verify.begun_at}
            session.add(CaseDeadline(**columns(verify) | before | over))
            session.flush()
            for name in ("reconsideration", "suit", "court", "decision"):
                session.add(CaseDeadline(**columns(verify) | {"clock": name}))
            verify.due_on, verify.warn_on, verify.is_provisional, verify.unloaded = None, None, False, []

    together, alone = counted_both_ways(deployment)

    assert together == alone
    assert len({row[2] for row in together}) > 9


def test_counting_anew_where_nothing_is_provisional_changes_nothing(deployment, head, samr):
    with deployment.unit_of_work() as session:
        assert job.recount(session, by="tester") == 0


def counted_both_ways(deployment) -> tuple[list, list]:
    """What the daily count says once a year came, and what counting case by case says."""
    with deployment.unit_of_work() as session:
        load_year(session)
        job.recount(session, by="tester")
    with deployment.unit_of_work() as session:
        together = due_days(session)
        for case in session.scalars(select(job.Case)).all():
            job.deadlines.recount(session, case, case.steps)
        return together, due_days(session)


def date_at(day: str):
    from backend.cases.deadlines import midnight

    return midnight(date.fromisoformat(day))


def copied(session, begun: list[date]) -> None:
    """As many cases more, like the one there is, found on these days while their year was not loaded."""
    case = session.scalars(select(job.Case)).one()
    step, clock = case.steps[0], case.running[0]
    for number, day in enumerate(begun, 2):
        other = job.Case(**columns(case) | {"number": number})
        session.add(other)
        session.flush()
        began = job.CaseStep(**columns(step) | {"case_id": other.id})
        session.add(began)
        session.flush()
        late = date(2027, 12, 31)
        waits = {
            "begun_at": date_at(day.isoformat()), "begun_on": day, "is_provisional": True, "unloaded": [2027],
            "due_on": late, "warn_on": late,
        }  # fmt: skip
        session.add(CaseDeadline(**columns(clock) | waits | {"case_id": other.id, "started_by": began.id}))
        session.flush()


def columns(row) -> dict:
    return {column.key: getattr(row, column.key) for column in row.__table__.columns if column.key != "id"}


def due_days(session) -> list[tuple]:
    session.expire_all()
    rows = session.scalars(select(CaseDeadline).order_by(CaseDeadline.id)).all()
    cases = {one.id: (one.next_due_on, one.overdue_after) for one in session.scalars(select(job.Case))}
    return [
        (row.case_id, cases[row.case_id], row.due_on, row.warn_on, row.due_at, row.unloaded) for row in rows
    ]


def load_year(session) -> None:
    """A second version of the rulebook, with the holidays of an invented year."""
    first = session.get_one(RulebookVersion, 1)
    document = first.document | {"calendar": [*first.document["calendar"], YEAR]}
    session.add(
        RulebookVersion(
            number=2, content_hash=content_hash(document), document=document, loaded_at=first.loaded_at,
            loaded_by="tester",
        )
    )  # fmt: skip
    session.flush()
