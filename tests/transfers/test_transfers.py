"""Transfers: who proposes and approves them, what follows what, what the case and the tip do meanwhile."""

import threading
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from backend.accounts.auth import Role
from backend.accounts.models import User
from backend.accounts.scope import Scope
from backend.core.audit import AuditEntry
from backend.inspections.models import Visit
from backend.rulebook.clocks import deadline
from backend.tips.models import Tip
from backend.transfers import queries
from tests.cases.conftest import SLIGHT, SPARED, fined, papers, proposes, refused, ruled
from tests.cases.conftest import made as case_made
from tests.cases.conftest import step as case_step
from tests.inspections.visited import add_visit
from tests.people import desk_of
from tests.transfers.conftest import (
    HERE,
    MARKET,
    POLICE,
    URL,
    WHY,
    due,
    made,
    number,
    on,
    proposed,
    run_out,
    state,
    step,
)


@pytest.fixture
def crime(officer, case):
    """A suspected crime in the case, its team still verifying."""
    return proposed(officer, "police_crime", case_id=number(case), **POLICE)


@pytest.fixture
def reported(officer, crime):
    made(step(officer, crime, "report", "crime_report"))
    return crime


@pytest.fixture
def other(officer, case):
    return proposed(officer, "department", case_id=number(case), **MARKET)


def visit_of(deployment):
    with deployment.reading() as session:
        return session.scalars(select(Visit.id)).one()


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.REPORTER, Role.AUDITOR, Role.SYSTEM_ADMIN])
def test_nobody_else_sees_or_proposes_a_transfer(app, agency, other, role):
    somebody = desk_of(app, role, login="somebody", agency_id=agency, areas=("",))

    asked = [somebody.get(URL), somebody.get(other), somebody.post(URL, json={})]

    assert [one.status_code for one in asked] == [403, 403, 403]


def test_a_reviewer_reads_and_writes_nothing(reviewer, case, other):
    assert reviewer.get(other).status_code == 200
    assert reviewer.post(URL, json={"kind": "department"}).status_code == 403
    assert step(reviewer, other, "approve").status_code == 403


def test_another_agency_finds_none(other_head, head, other):
    assert other_head.get(URL).json == []
    assert other_head.get(other).status_code == 404
    assert step(other_head, other, "approve").status_code == 404


def test_only_an_officer_of_the_case_proposes_its_transfer(third, case):
    answer = third.post(URL, json={"kind": "department", "reason": WHY, "case_id": number(case)} | MARKET)

    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("kind", "to", "said", "fault"),
    [
        ("police_crime", MARKET, {}, {"body": "not_for_this_kind"}),
        ("department", POLICE, {}, {"body": "not_for_this_kind"}),
        ("department", {}, {}, {"to_name": "required"}),
        ("department", {"to_agency_id": 9999}, {}, {"to_agency_id": "not_another"}),
        ("department", MARKET, {"case_id": None}, {"subject": "choose_one"}),
        ("department", MARKET, {"tip_id": 1}, {"subject": "choose_one"}),
        (
            "procuratorate",
            {"to_name": "示例区检察院", "body": "procuratorate"},
            {},
            {"lead_kind": "required"},
        ),
    ],
)
def test_what_does_not_fit_is_not_proposed(officer, case, kind, to, said, fault):
    asked = {"kind": kind, "reason": WHY, "case_id": number(case)} | to | said
    answer = officer.post(URL, json={name: one for name, one in asked.items() if one is not None})

    assert (answer.status_code, answer.json["errors"]) == (422, fault)


def test_a_crime_takes_two_certified_officers(officer, third, deployment, agency, venue, officers):
    with deployment.unit_of_work() as session:
        visit = add_visit(session, agency_id=agency, venue_id=venue).id
    asked = {"kind": "police_crime", "reason": WHY, "visit_id": visit} | POLICE

    alone = officer.post(URL, json=asked | {"officer_ids": officers[:1]})
    together = officer.post(URL, json=asked | {"officer_ids": officers})

    assert (alone.status_code, alone.json["errors"]) == (422, {"officer_ids": "two_needed"})
    assert (together.status_code, together.json["team"]) == (201, officers)


def test_where_a_crime_is_suspected_in_what_was_found_a_case_is_opened_first(officer, deployment, violations):
    answer = officer.post(
        URL, json={"kind": "police_crime", "reason": WHY, "visit_id": visit_of(deployment)} | POLICE
    )

    assert (answer.status_code, answer.json["errors"]) == (422, {"visit_id": "open_a_case_first"})


def test_what_is_in_a_case_is_transferred_from_there(officer, deployment, case):
    answer = officer.post(
        URL, json={"kind": "department", "reason": WHY, "visit_id": visit_of(deployment)} | MARKET
    )

    assert (answer.status_code, answer.json["status"]) == (409, "transfer_of_a_case")


def test_a_case_is_transferred_once_at_a_time(officer, case, other):
    again = officer.post(URL, json={"kind": "police_crime", "reason": WHY, "case_id": number(case)} | POLICE)

    assert (again.status_code, again.json["status"]) == (409, "transfer_open")


def test_steps_out_of_their_order_are_refused_with_the_reason(officer, head, third, crime):
    assert refused(step(officer, crime, "hand_over", "transfer_letter")) == (409, "not_from_here")
    assert refused(step(head, crime, "approve")) == (409, "not_from_here")
    assert refused(step(third, crime, "report", "crime_report")) == (409, "not_yours")
    assert refused(step(head, crime, "report", "crime_report")) == (409, "not_yours")
    assert refused(step(officer, crime, "report")) == (409, "papers_missing")
    early = step(officer, crime, "report", "crime_report", made_at=on("2026-01-05"))
    assert refused(early) == (409, "before_the_last")
    late = step(officer, crime, "report", "crime_report", made_at=on("2199-01-05"))
    assert refused(late) == (409, "in_the_future")
    assert step(officer, crime, "dance").status_code == 422


def test_a_transfer_that_changed_meanwhile_is_looked_at_again_first(officer, head, reported):
    seen = {"If-Match": head.get(reported).headers["ETag"]}
    made(step(head, reported, "refuse", "chief_decision", reason="证据不足"))

    late = head.put(f"{reported}/step", json={"step": "refuse", "reason": "证据不足"}, headers=seen)
    blind = head.put(f"{reported}/step", json={"step": "refuse"})

    assert (late.status_code, blind.status_code) == (412, 428)


def test_of_two_who_decide_at_once_one_is_told(app, agency, head, reported):
    second = desk_of(app, Role.SUPERVISOR, login="deputy", agency_id=agency, **HERE)
    seen, answers = {"If-Match": head.get(reported).headers["ETag"]}, []

    def decide(client, said):
        answers.append(client.put(f"{reported}/step", json=said, headers=seen).status_code)

    decision = papers("chief_decision")
    both = (
        (head, {"step": "approve", "papers": decision}),
        (second, {"step": "refuse", "reason": "证据不足", "papers": decision}),
    )
    threads = [threading.Thread(target=decide, args=one) for one in both]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert sorted(answers) == [200, 412]


@pytest.mark.parametrize("name", ["approval", "examination", "objection", "reconsideration", "material"])
@pytest.mark.parametrize(
    ("begun", "last"),
    [
        pytest.param("2026-02-12", "2026-02-15", id="ends on the eve of the Spring Festival"),
        pytest.param("2026-02-14", "2026-02-17", id="ends on the festival"),
        pytest.param("2026-02-25", "2026-02-28", id="ends on a Saturday"),
        pytest.param("2026-12-30", "2027-01-02", id="ends in another year"),
    ],
)
def test_three_days_are_natural_days_whatever_festival_there_is(law, name, begun, last):
    clock = law.on(date(2026, 11, 20)).transfer("POLICE_CRIME").clocks[name]

    found = deadline(clock, datetime.fromisoformat(on(begun, 23)), law.day)

    assert (found.due_on.isoformat(), found.warn_on.isoformat()) == (last, last)


def test_the_head_names_another_team_and_only_it_goes_on(officer, head, third, officers, deployment, crime):
    with deployment.reading() as session:
        (newcomer,) = session.scalars(select(User.id).filter_by(login="li"))
    named = {"reason": "轮岗", "officer_ids": [officers[1], newcomer]}
    alone = step(head, crime, "change_team", reason="轮岗", officer_ids=[newcomer])
    assert alone.json["errors"] == {"officer_ids": "two_needed"}
    assert refused(step(officer, crime, "change_team", **named)) == (409, "not_yours")

    made(step(head, crime, "change_team", **named))

    assert refused(step(officer, crime, "report", "crime_report")) == (409, "not_yours")
    assert head.get(crime).json["team"] == [officers[1], newcomer]


def test_the_decision_of_the_chief_or_who_acts_as_chief_is_in_the_file(head, reported):
    assert refused(step(head, reported, "approve")) == (409, "papers_missing")
    assert refused(step(head, reported, "refuse", reason="事实不清")) == (409, "papers_missing")

    made(step(head, reported, "approve", "chief_decision"))

    papers = head.get(f"{reported}/steps").json[-1]["papers"]
    assert [one["id"] for one in papers] == ["chief_decision"]


def test_twenty_four_hours_run_from_the_approval_to_the_minute(head, officer, reported):
    made(step(head, reported, "approve", "chief_decision"))

    runs = due(head, reported)

    assert list(runs) == ["handing"]
    begun, over = (runs["handing"][name][:16] for name in ("begun_at", "due_at"))
    assert (over[:10] > begun[:10], over[11:], runs["handing"]["standing"]) == (True, begun[11:], "soon")


def test_while_a_crime_is_being_reported_the_case_is_not_punished(officer, head, case, reported):
    summary = case_step(officer, case, "decide_on_the_spot", "decision")

    assert refused(summary) == (409, "barred_by")
    assert summary.json["errors"]["names"] == ["crime_transfer"]


def test_while_a_crime_is_being_reported_the_case_is_not_let_off_either(officer, head, reviewer, case, crime):
    case_made(
        case_step(head, case, "file_case", "filing_form"),
        case_step(officer, case, "finish_investigation", "report"),
        case_step(reviewer, case, "pass_review", "opinion"),
    )
    ruled(officer, reviewer, case, SPARED, circumstances=SLIGHT)
    made(step(officer, crime, "report", "crime_report"))

    spared = case_step(head, case, "decide_no_penalty", "decision", reason="轻微并及时改正")

    assert refused(spared) == (409, "barred_by")


def test_refused_the_case_goes_on_and_the_reason_is_kept(officer, head, case, violations, reported):
    assert refused(step(head, reported, "refuse", "chief_decision")) == (409, "reason_missing")
    made(step(head, reported, "refuse", "chief_decision", reason="事实不清"))

    assert (state(head, reported), head.get(reported).json["is_over"]) == ("refused", True)
    assert due(head, reported) == {}
    assert head.get(f"{reported}/steps").json[-1]["reason"] == "事实不清"
    case_made(
        proposes(officer, case, fined(violations[0])),
        case_step(officer, case, "decide_on_the_spot", "decision"),
    )


def test_a_crime_goes_its_whole_way_and_the_case_with_it(officer, head, case, reported):
    case_made(case_step(head, case, "file_case", "filing_form"))
    made(step(head, reported, "approve", "chief_decision"))
    assert head.get(case).json["state"] == "transferred"
    made(
        step(officer, reported, "hand_over", "transfer_letter", "crime_report", "material_list"),
        step(officer, reported, "note_receipt", "receipt"),
        step(officer, reported, "note_forwarded", "notice", reason="属邻区管辖"),
        step(officer, reported, "note_filed", "notice"),
    )
    assert list(due(officer, reported)) == ["material"]
    made(step(officer, reported, "hand_material", "material_list"))

    assert (state(head, reported), due(head, reported)) == ("done", {})
    assert [one["step"] for one in head.get(f"{reported}/steps").json] == [
        "open", "report", "approve", "hand_over", "note_receipt", "note_forwarded", "note_filed",
        "hand_material",
    ]  # fmt: skip


def test_a_team_that_does_not_investigate_the_case_hands_it_over(
    officer, third, head, officers, deployment, case
):
    case_made(case_step(head, case, "file_case", "filing_form"))
    with deployment.reading() as session:
        (newcomer,) = session.scalars(select(User.id).filter_by(login="li"))
    there = proposed(officer, "department", case_id=number(case), officer_ids=[newcomer], **MARKET)
    made(step(head, there, "approve"))
    handed = ("hand_over", "transfer_letter", "material_list")
    assert refused(step(officer, there, *handed)) == (409, "not_yours")
    assert refused(case_step(third, case, "hand_case_over", "transfer_letter")) == (409, "not_yours")

    made(step(third, there, *handed))

    assert [one["step"] for one in head.get(f"{case}/steps").json][-2:] == [
        "transfer_other",
        "hand_case_over",
    ]


def test_a_lead_is_passed_on_with_its_letter_and_not_with_its_approval(officer, head, case, other):
    made(step(head, other, "approve"))
    assert head.get(case).json["state"] == "passing_on"

    made(step(officer, other, "hand_over", "transfer_letter", "material_list"))

    assert head.get(case).json["state"] == "passed_on"


def test_a_suspected_crime_that_was_never_filed_has_its_hours_and_goes_to_nobody_else(
    officer, head, case, reported
):
    elsewhere = case_step(head, case, "pass_on", reason=WHY)
    made(step(head, reported, "approve", "chief_decision"))
    assert list(due(head, case)) == ["crime_handing"]
    without_report = case_step(officer, case, "hand_lead_over", "transfer_letter")

    assert [refused(elsewhere), refused(without_report)] == [(409, "barred_by"), (409, "barred_by")]
    made(step(officer, reported, "hand_over", "transfer_letter", "crime_report", "material_list"))
    assert head.get(case).json["state"] == "passed_on"


def test_what_the_police_do_not_file_comes_back_to_the_case(officer, head, case, reported):
    case_made(case_step(head, case, "file_case", "filing_form"))
    made(
        step(head, reported, "approve", "chief_decision"),
        step(officer, reported, "hand_over", "transfer_letter", "crime_report", "material_list"),
        step(officer, reported, "note_receipt", "receipt"),
        step(officer, reported, "note_not_filed", "notice", reason="情节显著轻微"),
        step(head, reported, "ask_reconsideration", "request"),
        step(officer, reported, "note_upheld", "notice"),
    )
    assert list(due(head, reported)) == ["supervision"]
    made(step(head, reported, "take_back", reason="依法行政处罚"))

    assert (state(head, reported), head.get(case).json["state"]) == ("returned", "investigating")


def test_a_transfer_that_is_not_accepted_goes_to_the_common_superior_and_not_back(officer, head, case, other):
    case_made(case_step(head, case, "file_case", "filing_form"))
    made(
        step(head, other, "approve"),
        step(officer, other, "hand_over", "transfer_letter", "material_list"),
        step(officer, other, "note_receipt", "receipt"),
        step(officer, other, "note_refused", "answer", reason="不属本单位管辖"),
    )

    choices = [one["step"]["id"] for one in head.get(f"{other}/choices").json]

    assert choices == ["ask_superior", "change_team"]
    made(
        step(head, other, "ask_superior", "request"),
        step(head, other, "note_designated_us", "designation", reason="指定本单位"),
    )
    assert head.get(case).json["state"] == "investigating"


def test_what_an_agency_handed_over_it_reads_and_does_not_get_back(
    officer, head, other_head, other_agency, deployment, agency, venue, app
):
    with deployment.unit_of_work() as session:
        visit = add_visit(session, agency_id=other_agency, venue_id=venue).id
        mine = add_visit(session, agency_id=agency, venue_id=venue).id
    inspector = desk_of(app, Role.INSPECTOR, login="fireman", agency_id=other_agency, **HERE)
    there = proposed(inspector, "department", visit_id=visit, to_agency_id=agency)
    assert head.get(there).status_code == 404
    made(
        step(other_head, there, "approve"),
        step(inspector, there, "hand_over", "transfer_letter", "material_list"),
    )

    said = {"kind": "department", "reason": WHY, "visit_id": mine, "to_agency_id": other_agency}
    back = officer.post(URL, json=said | {"received_id": number(there)})
    unknown = officer.post(URL, json=said | {"received_id": 99})
    another = officer.post(URL, json=said)

    assert (back.status_code, back.json["status"]) == (409, "transfer_bounced")
    assert (unknown.status_code, unknown.json["errors"]) == (422, {"received_id": "unknown"})
    assert another.status_code == 201  # of the same venue, but not what came from there
    assert [one["id"] for one in head.get(f"{URL}?incoming=true").json] == [number(there)]
    assert head.get(f"{there}/choices").json == []
    assert step(head, there, "note_receipt", "receipt").status_code == 404


def test_a_tip_is_transferred_by_the_head_of_the_agency_that_has_it_in_hand(
    app, officer, head, other_agency, noticed
):
    wanted = {"kind": "department", "reason": WHY, "tip_id": noticed} | MARKET
    other = desk_of(app, Role.SUPERVISOR, login="other-head", agency_id=other_agency, **HERE)
    head.post(f"/api/v1/tips/{noticed}/hand", json={})

    answers = [one.post(URL, json=wanted).status_code for one in (officer, other)]

    assert answers == [403, 403]


def test_a_tip_is_with_its_receiver_once_it_was_handed_over(officer, officers, head, deployment, noticed):
    tip, team = noticed, [officers[0]]
    wanted = {"kind": "department", "reason": WHY, "tip_id": tip, "officer_ids": team} | MARKET
    assert head.post(URL, json=wanted).json["errors"] == {"tip_id": "not_in_hand"}
    assert head.post(f"/api/v1/tips/{tip}/hand", json={}).status_code == 200

    there = proposed(head, "department", tip_id=tip, officer_ids=team, **MARKET)
    made(
        step(head, there, "approve"),
        step(officer, there, "hand_over", "transfer_letter", "material_list"),
    )

    with deployment.reading() as session:
        found = session.get_one(Tip, tip)
        assert (found.state, found.to_name) == ("transferred", MARKET["to_name"])


def test_a_paper_that_names_no_more_than_a_document_is_refused(officer, head, case):
    there = proposed(officer, "department", case_id=number(case), **MARKET)
    made(step(head, there, "approve"))

    answer = step(officer, there, "hand_over", papers=[{"id": "material_list", "document_id": 999}])

    assert (answer.status_code, answer.json["errors"]) == (422, {"papers": "unknown"})


def test_what_was_done_is_in_the_audit_trail_and_stays(deployment, head, reported):
    with deployment.reading() as session:
        deeds = list(session.scalars(select(AuditEntry.deed).where(AuditEntry.deed.like("transfer.%"))))
    assert deeds == ["transfer.propose", "transfer.step"]

    for change in (
        "UPDATE transfer_steps SET seq = 9", "DELETE FROM transfer_steps", "DELETE FROM transfers",
        "DELETE FROM transfer_clocks", "UPDATE transfer_clocks SET clock = 'filing'",
        "UPDATE transfer_clocks SET begun_at = '2026-01-01'", "UPDATE transfer_clocks SET due_on = NULL",
        "UPDATE transfer_clocks SET due_on = '2199-12-31'",
    ):  # fmt: skip
        with pytest.raises(DatabaseError), deployment.unit_of_work() as session:
            session.execute(text(change))


def test_hours_are_over_to_the_minute_and_not_with_their_day(deployment, agency, head, reported):
    made(step(head, reported, "approve", "chief_decision"))
    over = datetime.fromisoformat(due(head, reported)["handing"]["due_at"])
    scope = Scope(("310101",), None, agency, Role.SUPERVISOR)

    def standing(now):
        with deployment.reading() as session:
            return queries.pressing(session, scope, now)[:2], len(
                queries.list_transfers(session, scope, overdue_at=now)[0]
            )

    assert standing(over - timedelta(minutes=1)) == ((0, 1), 0)
    assert standing(over + timedelta(minutes=1)) == ((1, 0), 1)


def test_the_database_takes_no_step_from_elsewhere(deployment, reported):
    again = (
        "INSERT INTO transfer_steps (transfer_id, seq, step, from_state, to_state, actor, user_id, made_at, "
        "recorded_at, rulebook_version, clauses, papers) SELECT transfer_id, seq + 1, step, {0}, to_state, "
        "actor, user_id, made_at, recorded_at, rulebook_version, clauses, papers "
        "FROM transfer_steps WHERE seq = 2"
    )

    with pytest.raises(DatabaseError), deployment.unit_of_work() as session:
        session.execute(text(again.format("'elsewhere'")))
    with deployment.unit_of_work() as session:
        session.execute(text(again.format("to_state")))


def test_a_clock_ends_once(deployment, reported):
    ended = "UPDATE transfer_clocks SET ended_at = '2026-11-{0}' WHERE clock = 'approval'"

    with deployment.unit_of_work() as session:
        session.execute(text(ended.format(20)))
    with pytest.raises(DatabaseError), deployment.unit_of_work() as session:
        session.execute(text(ended.format(21)))


def test_the_list_says_what_is_due_first_and_finds_what_is_overdue(deployment, head, officer, reported):
    run_out(deployment)

    assert [one["id"] for one in head.get(f"{URL}?overdue=true").json] == [number(reported)]
    assert due(head, reported)["approval"]["standing"] == "overdue"
    assert head.get(f"{URL}?kind=department").json == []
    assert [one["id"] for one in head.get(f"{URL}?text=公安").json] == [number(reported)]
