"""Steps of a case: who may make them, what they need, when; and whole ways from the lead to the archive."""

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import DatabaseError

from backend.accounts.auth import Role
from backend.accounts.models import User
from backend.cases.models import CaseStep, CaseViolation
from backend.core.audit import AuditEntry
from backend.inspections.models import Violation
from tests.cases.conftest import (
    HERE,
    SLIGHT,
    SPARED,
    due,
    fined,
    made,
    on,
    opened,
    proposes,
    punishable,
    refused,
    ruled,
    step,
)
from tests.inspections.visited import add_visit
from tests.people import add_person, desk

LEAD = "2026-03-02"  # a Monday


@pytest.fixture
def violations(deployment, agency, venue):
    """One violation, found long enough ago for every time limit to pass."""
    from datetime import date

    with deployment.unit_of_work() as session:
        visit = add_visit(
            session, found=1, agency_id=agency, venue_id=venue, fact_on=date.fromisoformat(LEAD)
        )
        found = list(session.scalars(select(Violation.id).filter_by(visit_id=visit.id)))
        punishable(session, found)
        return found


@pytest.fixture
def filed(head, case):
    made(step(head, case, "file_case", "filing_form", made_at=on("2026-03-04")))
    return case


@pytest.fixture
def reviewed(officer, reviewer, filed):
    made(
        step(officer, filed, "finish_investigation", "report", made_at=on("2026-03-10")),
        step(reviewer, filed, "pass_review", "opinion", made_at=on("2026-03-12")),
    )
    ruled(officer, reviewer, filed)
    return filed


@pytest.fixture
def told(officer, reviewed):
    """The party was told on a Friday, with its right to a hearing: its five working days end on the next."""
    made(step(officer, reviewed, "serve_notice_of_hearing", "notice", "receipt", made_at=on("2026-03-13")))
    return reviewed


def test_a_step_that_does_not_lead_on_from_here_is_refused(head, case):
    assert refused(step(head, case, "close", "closing_form")) == (409, "not_from_here")
    assert step(head, case, "dance").status_code == 422


def test_a_case_that_changed_meanwhile_is_looked_at_again_first(head, case):
    version = head.get(case).json["version"]
    made(step(head, case, "preserve", "preservation_list"))

    late = step(head, case, "file_case", "filing_form", version=version)
    blind = head.post(f"{case}/steps", json={"step": "file_case"})

    assert (refused(late), blind.status_code) == ((409, "changed_meanwhile"), 422)


@pytest.mark.parametrize(
    ("who", "name", "papers"),
    [
        ("officer", "file_case", ["filing_form"]),
        ("reviewer", "file_case", ["filing_form"]),
        ("head", "begin_appraisal", ["commission"]),
        ("officer", "change_officers", []),
    ],
)
def test_a_step_is_made_by_whom_the_procedure_names(request, case, who, name, papers):
    somebody = request.getfixturevalue(who)

    assert refused(step(somebody, case, name, *papers, reason="说明")) == (409, "not_yours")


def test_an_inspector_who_has_not_the_case_makes_none_of_its_steps(app, deployment, agency, filed):
    colleague = desk(app, add_person(deployment, Role.INSPECTOR, agency_id=agency, **HERE))

    assert refused(step(colleague, filed, "finish_investigation", "report")) == (409, "not_yours")


def test_a_case_officer_does_not_review_even_after_becoming_a_reviewer(
    app, deployment, officer, officers, head, filed
):
    made(step(officer, filed, "finish_investigation", "report", made_at=on("2026-03-10")))
    with deployment.unit_of_work() as session:
        session.execute(update(User).where(User.id == officers[0]).values(role=Role.LEGAL_REVIEWER))

    turned = desk(app, officers[0])

    assert refused(step(turned, filed, "pass_review", "opinion")) == (409, "officer_of_the_case")


def test_a_reviewer_of_another_agency_does_not_see_the_case(app, deployment, filed):
    stranger = desk(app, add_person(deployment, Role.LEGAL_REVIEWER, **HERE))

    assert step(stranger, filed, "pass_review", "opinion").status_code == 404


@pytest.mark.parametrize(
    ("said", "because"),
    [
        ({}, "papers_missing"),
        ({"made_at": on("2026-03-01")}, "before_the_last"),
        ({"made_at": on("2199-01-01")}, "in_the_future"),
    ],
)
def test_a_step_without_its_papers_or_at_no_possible_time_is_refused(head, case, said, because):
    papers = [] if because == "papers_missing" else ["filing_form"]

    assert refused(step(head, case, "file_case", *papers, **said)) == (409, because)


def test_what_needs_a_reason_is_not_done_without_one(head, case):
    assert refused(step(head, case, "not_file", "not_filing_form")) == (409, "reason_missing")


@pytest.mark.parametrize("field", ["reason", "papers"])
def test_a_personal_number_is_not_kept(head, case, field):
    number = "13800138000"
    paper = {"id": "not_filing_form", "name": number if field == "papers" else "审批表"}
    said = {"reason": number if field == "reason" else "已当场改正", "papers": [paper]}

    assert step(head, case, "not_file", **said).status_code == 422


def test_what_does_not_run_is_not_released_and_what_runs_does_not_begin_again(head, case):
    release = step(head, case, "release_preservation", "preservation_disposal")
    made(step(head, case, "preserve", "preservation_list"))
    again = step(head, case, "preserve", "preservation_list")

    assert (refused(release), refused(again)) == ((409, "nothing_runs"), (409, "runs_already"))


def test_a_case_that_came_back_warns_by_the_day_of_its_filing(head, filed):
    made(
        step(head, filed, "transfer_other", reason="属其他部门", made_at=on("2026-03-10")),
        step(head, filed, "take_back_transferred", reason="对方退回", made_at=on("2026-04-10")),
    )

    decision = due(head, filed)["decision"]

    assert (decision["warn_on"], decision["due_on"]) == ("2026-06-02", "2026-07-09")  # 90 days each


def test_a_transferred_case_is_closed_once_it_was_handed_over(head, officer, filed):
    made(step(head, filed, "transfer_other", reason="属其他部门"))
    early = step(head, filed, "close", "closing_form")
    without = step(officer, filed, "hand_case_over")

    assert [refused(early), refused(without)] == [(409, "barred_by"), (409, "papers_missing")]
    made(
        step(officer, filed, "hand_case_over", "transfer_letter"),
        step(head, filed, "close", "closing_form"),
    )


def test_nothing_is_decided_before_the_party_was_told(head, reviewed):
    assert refused(step(head, reviewed, "decide_penalty", "decision")) == (409, "comes_after")


def test_the_party_is_told_of_what_the_reviewer_chose_and_of_nothing_else(officer, reviewer, head, filed):
    made(
        step(officer, filed, "finish_investigation", "report", made_at=on("2026-03-10")),
        step(reviewer, filed, "pass_review", "opinion", made_at=on("2026-03-12")),
    )
    tell = ("serve_notice", "notice", "receipt")
    spare = {"reason": "轻微并及时改正", "made_at": on("2026-03-13")}

    assert refused(step(officer, filed, *tell)) == (409, "ruling_missing")
    made(proposes(officer, filed, SPARED, circumstances=SLIGHT))
    assert refused(step(head, filed, "decide_no_penalty", "decision", **spare)) == (409, "ruling_missing")
    ruled(officer, reviewer, filed, SPARED, circumstances=SLIGHT)
    assert refused(step(officer, filed, *tell)) == (409, "ruled_otherwise")
    made(step(head, filed, "decide_no_penalty", "decision", **spare))


@pytest.mark.parametrize("kind", ["closure", "revocation"])
def test_a_party_that_may_lose_its_trade_is_told_of_the_hearing(
    officer, reviewer, deployment, filed, violations, kind
):
    with deployment.unit_of_work() as session:
        punishable(session, violations, **{"PEN-02": ["minors-law:122"]})
    serious = fined(violations[0], 20_000, "PEN-02")
    serious["items"][0] |= {"candidate": f"{violations[0]}/PEN-02/serious/0", "kinds": [kind]}
    made(
        step(officer, filed, "finish_investigation", "report", made_at=on("2026-03-10")),
        step(reviewer, filed, "pass_review", "opinion", made_at=on("2026-03-12")),
    )
    ruled(officer, reviewer, filed, serious, circumstances=["grave_consequence"])
    told = {"made_at": on("2026-03-13")}

    assert refused(step(officer, filed, "serve_notice", "notice", "receipt", **told)) == (
        409,
        "hearing_right",
    )
    made(step(officer, filed, "serve_notice_of_hearing", "notice", "receipt", **told))


def test_nothing_is_decided_before_the_time_of_the_party_is_over(head, told):
    early = step(head, told, "decide_penalty", "decision", made_at=on("2026-03-20", 23))

    assert refused(early) == (409, "waits_for")
    assert early.json["errors"]["until"] == "2026-03-20"
    made(step(head, told, "decide_penalty", "decision", made_at=on("2026-03-21")))


def test_a_plain_waiver_of_the_party_ends_its_time(officer, head, told):
    made(
        step(officer, told, "waive_rights", "waiver", made_at=on("2026-03-16")),
        step(head, told, "decide_penalty", "decision", made_at=on("2026-03-16", 15)),
    )


def test_a_hearing_is_asked_for_in_time_or_not_at_all(officer, told):
    late = step(officer, told, "request_hearing", "request", made_at=on("2026-03-23"))

    assert refused(late) == (409, "time_is_over")
    made(step(officer, told, "request_hearing", "request", made_at=on("2026-03-20")))


def test_a_party_without_a_right_to_a_hearing_asks_for_none(officer, reviewed):
    made(step(officer, reviewed, "serve_notice", "notice", "receipt", made_at=on("2026-03-13")))

    asked = step(officer, reviewed, "request_hearing", "request", made_at=on("2026-03-16"))

    assert refused(asked)[0] == 409


def test_a_hearing_is_held_after_seven_working_days_and_reviewed_again(officer, reviewer, head, told):
    made(
        step(officer, told, "request_hearing", "request", made_at=on("2026-03-16")),
        step(reviewer, told, "call_hearing", "hearing_call", made_at=on("2026-03-17")),
    )
    early = step(reviewer, told, "hold_hearing", "hearing_record", made_at=on("2026-03-26"))
    made(
        step(reviewer, told, "hold_hearing", "hearing_record", made_at=on("2026-03-27")),
        step(reviewer, told, "pass_review", "opinion", made_at=on("2026-03-30")),
        step(head, told, "decide_together", "minutes", "decision", made_at=on("2026-03-31")),
    )

    assert refused(early) == (409, "waits_for")


def test_a_hearing_is_not_chaired_by_an_officer_of_the_case(app, deployment, officer, officers, told):
    made(step(officer, told, "request_hearing", "request", made_at=on("2026-03-16")))
    with deployment.unit_of_work() as session:
        session.execute(update(User).where(User.id == officers[1]).values(role=Role.LEGAL_REVIEWER))

    called = step(desk(app, officers[1]), told, "call_hearing", "hearing_call")

    assert refused(called) == (409, "officer_of_the_case")


def test_after_more_investigation_the_party_is_told_anew(officer, reviewer, head, told):
    made(
        step(officer, told, "investigate_again", reason="申辩提出新的证据", made_at=on("2026-03-16")),
        step(officer, told, "finish_investigation", "report", made_at=on("2026-03-20")),
        step(reviewer, told, "pass_review", "opinion", made_at=on("2026-03-24")),
    )

    assert refused(step(head, told, "decide_penalty", "decision")) == (409, "comes_after")


def test_a_review_that_finds_faults_sends_the_case_back(officer, reviewer, filed):
    made(
        step(officer, filed, "finish_investigation", "report", made_at=on("2026-03-10")),
        step(
            reviewer, filed, "return_review", "opinion", reason="补充营业时间的证据", made_at=on("2026-03-11")
        ),
    )

    assert officer.get(filed).json["state"] == "investigating"


def test_officers_change_with_a_reason_and_the_former_ones_stay_in_the_file(
    app, deployment, agency, officer, officers, head, filed
):
    new = add_person(
        deployment, Role.INSPECTOR, agency_id=agency, certificate_no="SH-3", display_name="李执法", **HERE
    )
    one = step(head, filed, "change_officers", reason="回避", officer_ids=[officers[1]])
    made(step(head, filed, "change_officers", reason="张执法申请回避", officer_ids=[officers[1], new]))

    listed = head.get(filed).json["officers"]
    assert one.json["errors"] == {"officer_ids": "two_needed"}
    assert [(each["name"], each["until"] is None) for each in listed] == [
        ("张执法", False), ("王执法", True), ("李执法", True),
    ]  # fmt: skip
    assert refused(step(officer, filed, "finish_investigation", "report")) == (409, "not_yours")


def test_a_whole_case_goes_from_the_lead_to_the_archive(
    deployment, officer, officers, head, told, violations
):
    made(
        step(head, told, "decide_penalty", "decision", made_at=on("2026-03-23")),
        step(officer, told, "serve_decision", "receipt", made_at=on("2026-03-24")),
        step(officer, told, "publish", "publication", made_at=on("2026-03-30")),
        step(officer, told, "perform", "payment_proof", made_at=on("2026-04-01")),
        step(head, told, "close", "closing_form", made_at=on("2026-04-02")),
    )
    closed = head.get(told).json
    made(step(officer, told, "archive", "file_list", made_at=on("2026-04-07")))

    steps = head.get(f"{told}/steps").json
    assert (closed["state"], closed["is_open"]) == ("closed", False)
    assert closed["ended_at"].startswith("2026-04-02")
    assert due(head, told) == {}
    assert [one["seq"] for one in steps] == list(range(1, 12))
    assert steps[1]["clauses"] == ["penalty-law:54.2", "penalty-law:42.1"]
    assert steps[1]["papers"] == [{"id": "filing_form", "name": "filing_form.pdf", "sha256": None}]
    assert refused(step(head, told, "change_officers", reason="x x"))[1] == "not_from_here"
    opened(officer, violations, officers)  # the violation is free for another case


def test_a_fine_that_is_not_paid_goes_to_court_after_reminder_and_remedies(officer, head, told):
    made(
        step(head, told, "decide_penalty", "decision", made_at=on("2026-03-23")),
        step(officer, told, "serve_decision", "receipt", made_at=on("2026-03-24")),
    )
    hasty = step(officer, told, "urge", "reminder", "receipt", made_at=on("2026-04-08"))
    made(step(officer, told, "urge", "reminder", "receipt", made_at=on("2026-04-09")))
    early = step(head, told, "go_to_court", "application", made_at=on("2026-09-24"))
    court = due(head, told)["court"]
    made(step(head, told, "go_to_court", "application", made_at=on("2026-09-25")))

    assert (refused(hasty), refused(early)) == ((409, "waits_for"), (409, "waits_for"))
    assert early.json["errors"]["names"] == ["suit"]
    assert court["due_on"] == "2026-12-24"  # three months after the six of the suit


def test_a_small_breach_is_decided_on_the_spot(officer, case, violations):
    made(
        proposes(officer, case, fined(violations[0])),
        step(officer, case, "decide_on_the_spot", "decision", made_at=on(LEAD)),
        step(officer, case, "report_summary", "summary_papers", made_at=on("2026-03-04")),
    )

    assert officer.get(case).json["state"] == "served"
    assert due(officer, case)["payment"]["due_on"] == "2026-03-17"


def test_a_lead_that_is_not_filed_lets_its_violation_go(deployment, head, case):
    made(step(head, case, "not_file", "not_filing_form", reason="初次违法，已当场改正"))

    with deployment.reading() as session:
        assert session.scalars(select(CaseViolation.is_open)).all() == [False]
    assert head.get(case).json["is_open"] is False


def test_what_may_be_done_next_says_what_keeps_one_from_it(officer, head, case):
    mine = {one["step"]["id"]: one for one in officer.get(f"{case}/choices").json}
    heads = {one["step"]["id"]: one for one in head.get(f"{case}/choices").json}

    assert heads["file_case"]["may"] is True
    assert [one["because"] for one in mine["file_case"]["hindrances"]] == ["not_yours"]
    assert [one["because"] for one in mine["decide_on_the_spot"]["hindrances"]] == ["proposal_missing"]
    assert "release_preservation" not in heads


def test_steps_are_in_the_audit_trail_without_what_was_typed(deployment, head, case):
    made(step(head, case, "not_file", "not_filing_form", reason="初次违法，已当场改正"))

    with deployment.reading() as session:
        entry = session.scalars(select(AuditEntry).filter_by(deed="case.step")).one()
    assert entry.detail == {"step": "not_file", "seq": 2}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE case_steps SET reason = 'x'",
        "DELETE FROM case_steps",
        "DELETE FROM case_violations",
        "DELETE FROM cases",
    ],
)
def test_the_database_itself_keeps_what_was_done(deployment, filed, statement):
    with pytest.raises(DatabaseError, match="stays"), deployment.unit_of_work() as session:
        session.execute(text(statement))


@pytest.mark.parametrize("change", [{"seq": 9}, {"seq": 2}, {"from_state": "noticed"}])
def test_the_database_itself_refuses_a_step_out_of_order(deployment, filed, change):
    with deployment.reading() as session:
        last = session.scalars(select(CaseStep).order_by(CaseStep.id.desc())).first()
        names = [column.name for column in CaseStep.__table__.columns if column.name != "id"]
        known = {name: getattr(last, name) for name in names}
    following = known | {"seq": 3, "from_state": known["to_state"]}

    with pytest.raises(DatabaseError), deployment.unit_of_work() as session:
        session.add(CaseStep(**following | change))
        session.flush()
    with deployment.unit_of_work() as session:
        session.add(CaseStep(**following))


def test_the_database_itself_keeps_a_violation_in_one_open_case(deployment, violations, filed):
    with pytest.raises(DatabaseError), deployment.unit_of_work() as session:
        session.execute(
            text("INSERT INTO case_violations (case_id, violation_id, is_open) VALUES (1, :one, :yes)"),
            {"one": violations[0], "yes": True},
        )


@pytest.mark.parametrize(("yuan", "kinds"), [(3000, ["warning"]), (2000, ["warning", "confiscation"])])
def test_more_than_the_party_was_told_takes_a_new_notice(
    officer, reviewer, head, told, violations, yuan, kinds
):
    heavier = fined(violations[0], yuan)
    heavier["items"][0]["kinds"] = kinds
    ruled(officer, reviewer, told, heavier, gains="0")

    early = step(head, told, "decide_penalty", "decision", made_at=on("2026-03-21"))

    assert refused(early) == (409, "told_otherwise")
    made(
        step(officer, told, "serve_notice_of_hearing", "notice", "receipt", made_at=on("2026-03-23")),
        step(head, told, "decide_penalty", "decision", made_at=on("2026-03-31")),
    )


@pytest.mark.parametrize("yuan", [1000, None])
def test_less_than_the_party_was_told_takes_none(officer, reviewer, head, told, violations, yuan):
    ruled(officer, reviewer, told, fined(violations[0], yuan))

    made(step(head, told, "decide_penalty", "decision", made_at=on("2026-03-21")))


def test_a_suspected_crime_is_transferred_after_its_report_and_handed_over_before_the_case_is_closed(
    officer, head, filed
):
    blind = step(head, filed, "transfer_crime", "chief_decision", reason="涉嫌犯罪", made_at=on("2026-03-10"))
    made(
        step(officer, filed, "report_crime", "crime_report", made_at=on("2026-03-10")),
        step(head, filed, "transfer_crime", "chief_decision", reason="涉嫌犯罪", made_at=on("2026-03-11")),
    )
    assert due(head, filed)["crime_handing"]["due_at"] == "2026-03-12T02:00:00+00:00"
    early = step(head, filed, "close", "closing_form")
    material = ("transfer_letter", "crime_report", "material_list")

    assert [refused(blind), refused(early)] == [(409, "nothing_runs"), (409, "barred_by")]
    made(
        step(officer, filed, "hand_crime_over", *material, made_at=on("2026-03-12")),
        step(head, filed, "close", "closing_form"),
    )
