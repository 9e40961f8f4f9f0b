"""A penalty is proposed by an officer of the case and decided by a reviewer who is none; both stay."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import DatabaseError

from backend.accounts.auth import Role
from backend.accounts.models import User
from backend.cases.models import Case
from backend.cases.penalty_models import PenaltyRuling
from backend.core.audit import AuditEntry
from backend.core.days import today
from backend.inspections.models import ViolationBasis
from backend.venues.models import Venue
from tests.cases.conftest import (
    HERE,
    SLIGHT,
    SPARED,
    fined,
    made,
    opened,
    proposes,
    punishable,
    refused,
    ruled,
    rules,
    step,
)
from tests.people import add_person, desk


@pytest.fixture(autouse=True)
def culture(authority):
    """The agency supervises culture: it may impose what the regulations on cafes and venues say."""
    authority("CULTURE")


@pytest.fixture
def act(violations):
    return violations[0]


def test_candidates_are_laid_side_by_side_without_keeping_any(officer, case, violations):
    laid = officer.post(f"{case}/candidates", json={"circumstances": ["refused"]}).json

    assert {(one["basis"], one["act"]): one["fine"] for one in laid["candidates"]} == {
        (basis, act): fine
        for act in violations
        for basis, fine in (
            ("PEN-01", {"low": "50000.00", "high": "500000.00", "mandatory": False}),
            ("PEN-10", {"low": "0.00", "high": "15000.00", "mandatory": False}),
        )
    }
    assert officer.get(f"{case}/proposals").json == []


def test_an_agency_is_told_what_another_authority_imposes(officer, authority, violations, officers, series):
    authority("SAMR")
    case = opened(officer, violations, officers)
    laid = officer.post(f"{case}/candidates", json={}).json

    assert {(one["basis"], one["bar"]) for one in laid["candidates"]} == {
        ("PEN-01", None), ("PEN-10", "not_competent"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("basis", "clause", "bar"),
    [
        pytest.param("PEN-30", "security-law:67.1", "out_of_time", id="public security: six months"),
        pytest.param("PEN-31", "security-law:67.2", "not_competent", id="counter-terrorism: two years"),
    ],
)
def test_each_basis_has_its_own_limitation(
    officer, deployment, violations, officers, series, basis, clause, bar
):  # fmt: skip
    with deployment.unit_of_work() as session:
        punishable(session, violations, **{basis: [clause]})
    case = opened(officer, violations, officers)
    with deployment.unit_of_work() as session:
        row = session.scalars(select(Case).order_by(Case.id.desc())).first()
        session.execute(update(Case).where(Case.id == row.id).values(acted_on=row.found_on - timedelta(200)))
    laid = officer.post(f"{case}/candidates", json={}).json["candidates"]

    assert {one["bar"] for one in laid if one["basis"] == basis} == {bar}


def test_two_duties_broken_by_one_act_are_fined_once(officer, case, violations):
    one_act = {str(one): 1 for one in violations}
    laid = officer.post(f"{case}/candidates", json={"acts": one_act}).json

    assert [(one["key"], one["violations"]) for one in laid["candidates"]] == [
        (f"{violations[0]}/PEN-01/ordinary/0", violations),
        (f"{violations[0]}/PEN-10/ordinary/0", violations),
    ]
    assert laid["concurrences"] == [
        {"act": violations[0], "leading": [laid["candidates"][0]["key"]],
         "others": [laid["candidates"][1]["key"]]}
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "errors"),
    [
        ({"circumstances": ["corrected", "refused"]}, {"circumstances": "contradiction"}),
        ({"circumstances": ["under_14"]}, {"circumstances": "of_a_person_only"}),
        ({"acts": {"999": 1}}, {"acts": "unknown"}),
    ],
)
def test_facts_that_cannot_be_are_refused(officer, case, facts, errors):
    answer = officer.post(f"{case}/candidates", json=facts)

    assert answer.status_code == 422
    assert {name: answer.json["errors"][name] for name in errors} == errors


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({"gains": "-1"}, 422),
        ({"reason": "13800138000"}, 422),
        ({"version": 99}, 412),
    ],
)
def test_what_is_badly_said_or_of_an_older_case_is_refused(officer, case, act, said, status):
    assert proposes(officer, case, fined(act), **said).status_code == status


@pytest.mark.parametrize(
    ("suggested", "because"),
    [
        ({"yuan": 50_001}, "out_of_range"),
        ({"yuan": 500, "basis": "PEN-10"}, "lower_rule"),
        ({"yuan": 500, "basis": "PEN-40"}, "not_a_candidate"),
        ({"yuan": 500, "ground": "merit"}, "not_a_ground"),
    ],
)
def test_nobody_suggests_what_the_law_does_not_allow(officer, case, act, suggested, because):
    assert refused(proposes(officer, case, fined(act, **suggested))) == (409, because)


def test_only_an_officer_of_the_case_proposes(app, deployment, agency, head, reviewer, case, act):
    colleague = desk(app, add_person(deployment, Role.INSPECTOR, agency_id=agency, **HERE))
    stranger = desk(app, add_person(deployment, Role.INSPECTOR, **HERE))

    assert refused(proposes(colleague, case, fined(act))) == (409, "not_yours")
    assert proposes(head, case, fined(act)).status_code == 403
    assert stranger.get(f"{case}/proposals").status_code == 404


def test_a_proposal_is_kept_with_everything_that_was_laid_before_the_reviewer(
    officer, reviewer, deployment, case, act, officers
):
    suggested = fined(act, "2000.00")
    suggested["items"][0]["kinds"].append("confiscation")
    made(proposes(officer, case, suggested, gains="12.50"))
    (kept,) = reviewer.get(f"{case}/proposals").json

    assert (kept["seq"], kept["rulebook_version"], kept["proposed_by"]) == (1, 1, officers[0])
    assert kept["said"]["amounts"]["gains"] == "12.50"
    assert kept["suggested"]["items"] == suggested["items"]
    assert (kept["reason"], kept["ruling"]) == ("按裁量基准", None)
    assert {one["id"] for one in kept["laid"]["grounds"]} >= {"minor", "under_14", "removed_harm"}
    with deployment.reading() as session:
        (entry,) = session.scalars(select(AuditEntry).filter_by(deed="case.propose_penalty"))
        assert entry.detail == {"seq": 1}


def test_the_reviewer_decides_otherwise_with_a_reason(officer, reviewer, case, act):
    made(proposes(officer, case, fined(act, 2000)))
    made(rules(reviewer, case, fined(act, 1000), reason="初次违法，幅度过高"))
    ruling = officer.get(f"{case}/proposals").json[0]["ruling"]

    assert ruling["chosen"]["items"][0]["yuan"] == "1000.00"
    assert ruling["reason"] == "初次违法，幅度过高"
    assert refused(rules(reviewer, case, fined(act, 500))) == (409, "used_up")


def test_a_fine_below_the_least_names_its_ground(officer, reviewer, deployment, case, act):
    with deployment.unit_of_work() as session:
        punishable(session, [act], **{"PEN-03": ["minors-law:125"]})
    facts = {"circumstances": ["grave_circumstances", "removed_harm"]}
    serious = fined(act, 5000, "PEN-03")
    serious["items"][0] |= {"candidate": f"{act}/PEN-03/serious/0", "kinds": ["closure"]}

    assert refused(proposes(officer, case, serious, **facts)) == (409, "ground_needed")
    made(proposes(officer, case, serious | {"ground": "removed_harm"}, **facts))
    assert refused(rules(reviewer, case, serious)) == (409, "ground_needed")
    made(rules(reviewer, case, serious | {"ground": "removed_harm"}))


def test_a_later_proposal_takes_the_place_of_one_that_was_decided(officer, reviewer, case, act):
    ruled(officer, reviewer, case, fined(act, 2000))
    made(proposes(officer, case, SPARED, circumstances=SLIGHT))

    assert refused(rules(reviewer, case, fined(act, 2000), seq=1)) == (409, "used_up")
    assert refused(rules(reviewer, case, fined(act, 2000))) == (409, "must_not_be_punished")
    assert rules(reviewer, case, SPARED, seq=7).status_code == 404
    assert rules(reviewer, case, SPARED, version=1).status_code == 412
    made(rules(reviewer, case, SPARED))


def test_who_investigated_never_decides_not_even_past_the_actions(
    app, deployment, officer, officers, reviewer, case, act
):
    made(proposes(officer, case, fined(act)))
    with deployment.unit_of_work() as session:
        session.execute(update(User).where(User.id == officers[0]).values(role=Role.LEGAL_REVIEWER))
    turned = desk(app, officers[0])

    assert refused(rules(turned, case, fined(act))) == (409, "officer_of_the_case")
    with pytest.raises(DatabaseError), deployment.unit_of_work() as session:
        session.execute(text(
            "INSERT INTO penalty_rulings (proposal_id, outcome, chosen, reason, ruled_by, ruled_at) "
            "VALUES (1, 'penalty', '{}', 'x', :by, '2026-11-20 00:00:00')"
        ), {"by": officers[0]})  # fmt: skip


@pytest.mark.parametrize("statement", [
    "UPDATE penalty_proposals SET reason = 'x'", "DELETE FROM penalty_proposals",
    "UPDATE penalty_rulings SET reason = 'x'", "DELETE FROM penalty_rulings",
])  # fmt: skip
def test_what_was_proposed_and_decided_stays(deployment, officer, reviewer, case, act, statement):
    ruled(officer, reviewer, case, fined(act))

    with pytest.raises(DatabaseError), deployment.unit_of_work() as session:
        session.execute(text(statement))
    with deployment.reading() as session:
        assert session.scalars(select(PenaltyRuling.reason)).all() == ["事实清楚"]


@pytest.mark.parametrize(
    ("yuan", "facts", "why"),
    [
        (3000, {}, None),
        (3001, {}, "beyond_limits"),
        (200, {"is_person": True}, None),
        (201, {"is_person": True}, "beyond_limits"),
        (None, {}, None),
    ],
)
def test_on_the_spot_is_decided_up_to_the_limit(officer, case, act, yuan, facts, why):
    assert refused(step(officer, case, "decide_on_the_spot", "decision")) == (409, "proposal_missing")
    made(proposes(officer, case, fined(act, yuan), **facts))
    answer = step(officer, case, "decide_on_the_spot", "decision")

    assert (answer.status_code == 201) is (why is None)
    assert why is None or refused(answer) == (409, why)


@pytest.mark.parametrize(
    ("chosen", "why"), [({"yuan": 3001}, "beyond_limits"), (None, "ruled_otherwise"), ({"yuan": 2000}, None)]
)
def test_on_the_spot_the_limit_holds_for_what_the_reviewer_chose(officer, reviewer, case, act, chosen, why):
    spared = {"outcome": "no_penalty", "ground": "first_time"}
    facts = {"circumstances": ["first_time", "no_harm", "corrected"]}
    made(proposes(officer, case, fined(act, 100), **facts))
    made(rules(reviewer, case, fined(act, **chosen) if chosen else spared))
    answer = step(officer, case, "decide_on_the_spot", "decision")

    assert (answer.status_code == 201) is (why is None)
    assert why is None or refused(answer) == (409, why)


@pytest.mark.parametrize(("yuan", "status"), [(201, 409), (200, 201)])
def test_an_operator_with_the_name_of_a_person_is_fined_on_the_spot_as_one(
    deployment, officer, case, act, yuan, status
):
    with deployment.unit_of_work() as session:
        session.execute(update(Venue).values(operator_name="吴小店"))
    made(proposes(officer, case, fined(act, yuan)))

    assert step(officer, case, "decide_on_the_spot", "decision").status_code == status


def test_after_the_decision_nothing_is_proposed(officer, case, act):
    made(proposes(officer, case, fined(act)), step(officer, case, "decide_on_the_spot", "decision"))

    assert refused(proposes(officer, case, fined(act))) == (409, "not_from_here")


def test_earlier_penalties_under_the_regulations_close_a_venue(officer, deployment, case, act):
    with deployment.unit_of_work() as session:
        session.add(ViolationBasis(violation_id=act, basis_id="PEN-20", clauses=["entertainment-regs:48(3)"]))
    days = ("2025-01-05", "2025-06-05", "2026-02-05")
    earlier = [{"kind": "warning_or_fine", "decided_on": day, "number": day} for day in days]
    two, three = (
        officer.post(f"{case}/candidates", json={"gains": "0", "earlier": some}).json
        for some in (earlier[1:], earlier)
    )

    assert two["escalation"] is None
    assert three["escalation"]["level"] == "closure"
    (closure,) = [one for one in three["candidates"] if one["basis"] == "PEN-24"]
    assert (closure["kinds"], closure["clauses"]) == (["closure"], ["entertainment-regs:53.3"])


def test_penalties_that_the_agency_decided_before_are_counted_by_themselves(
    officer, officers, deployment, violations, series
):
    with deployment.unit_of_work() as session:
        punishable(session, violations, **{"PEN-22": ["entertainment-regs:50"]})
    first, second = (opened(officer, [one], officers) for one in violations)
    warned = fined(violations[0], None, "PEN-22")
    made(proposes(officer, first, warned), step(officer, first, "decide_on_the_spot", "decision"))
    made(proposes(officer, second, fined(violations[1])))

    assert officer.get(f"{second}/proposals").json[0]["earlier"] == [
        {"kind": "warning_or_fine", "decided_on": today().isoformat(), "number": series.format(number=1)}
    ]


def test_who_decided_on_the_penalty_does_not_investigate_later(
    deployment, officer, officers, reviewer, head, case, act
):
    ruled(officer, reviewer, case, fined(act))
    with deployment.unit_of_work() as session:
        turned = session.scalars(select(User).filter_by(login="legal")).one()
        turned.role, turned.certificate_no = Role.INSPECTOR, "SH-9"
        turned_id = turned.id

    changed = step(head, case, "change_officers", reason="人手不足", officer_ids=[officers[0], turned_id])

    assert (changed.status_code, changed.json["errors"]) == (403, {"officer_ids": [turned_id]})


def test_a_paper_has_a_name_or_is_a_document_of_the_case(head, case):
    nameless = step(head, case, "file_case", papers=[{"id": "filing_form"}])
    lost = step(head, case, "file_case", papers=[{"id": "filing_form", "document_id": 9}])

    assert [nameless.status_code, lost.json["errors"]] == [422, {"papers": "unknown"}]
