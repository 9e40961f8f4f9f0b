"""What is held is never destroyed: not by the job, not by hand in the database, not in a race."""

import threading

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from backend.accounts.auth import Role
from backend.core.audit import AuditEntry
from backend.core.sealed import VisitKeyRow
from backend.inspections.models import Visit
from backend.retention import job
from backend.retention.models import Certificate, LegalHold
from tests.retention import keeping
from tests.retention.keeping import NOW, YEARS, confirm, run

LAST = "2031-11-21"
HOLDS = "/api/v1/visits/1/holds"
LAWSUIT = {"reason": "lawsuit", "note": "行初字第 12 号"}


def key_is_there(deployment):
    with deployment.reading() as session:
        return session.scalars(select(VisitKeyRow.wrapped)).one() is not None


@pytest.mark.parametrize("columns", [{"areas": ("310104",)}, {"agency_id": None}, {"areas": ()}])
def test_nobody_holds_or_lifts_what_is_not_theirs(people, supervisor, visit, columns):
    hold = supervisor.post(HOLDS, json=LAWSUIT).json
    stranger = people(Role.LEGAL_REVIEWER, **columns)

    assert stranger.get(HOLDS).status_code == 404
    assert stranger.post(HOLDS, json=LAWSUIT).status_code == 404
    lifting = stranger.post(f"/api/v1/holds/{hold['id']}/lifting", json={"because": "ended"})
    assert lifting.status_code == 404


@pytest.mark.parametrize(
    "said",
    [{}, {"reason": "whim"}, {"reason": "case", "note": "x" * 501},
     {"reason": "case", "note": "31010119900307006X"}],
)  # fmt: skip
def test_a_hold_without_a_reason_of_the_list_or_with_a_personal_number_is_refused(supervisor, visit, said):
    assert supervisor.post(HOLDS, json=said).status_code == 422
    assert supervisor.get(HOLDS).json == []


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.LEGAL_REVIEWER])
def test_a_held_visit_stays_until_every_hold_is_lifted(deployment, people, visit, role):
    confirm(deployment, YEARS)
    holder = people(role)
    holds = [holder.post(HOLDS, json={"reason": reason}).json["id"] for reason in ("case", "lawsuit")]

    for hold in holds:
        assert run(deployment, "2200-01-01") == 0
        assert key_is_there(deployment)
        assert holder.post(f"/api/v1/holds/{hold}/lifting", json={"because": "ended"}).status_code == 200

    assert run(deployment, LAST) == 7
    assert not key_is_there(deployment)


def test_holds_and_liftings_are_in_the_audit_trail_without_their_notes(deployment, supervisor, visit):
    hold = supervisor.post(HOLDS, json=LAWSUIT).json
    supervisor.post(f"/api/v1/holds/{hold['id']}/lifting", json={"because": "mistake"})

    with deployment.reading() as session:
        found = select(AuditEntry.deed, AuditEntry.detail).where(AuditEntry.subject == "visit:1")
        told = [tuple(row) for row in session.execute(found) if row.deed.startswith("retention.")]
    assert told == [
        ("retention.hold", {"hold": 1, "reason": "lawsuit"}),
        ("retention.lift", {"hold": 1, "reason": "mistake"}),
    ]


def test_a_hold_is_lifted_once(supervisor, visit):
    hold = supervisor.post(HOLDS, json=LAWSUIT).json
    supervisor.post(f"/api/v1/holds/{hold['id']}/lifting", json={"because": "ended"})

    again = supervisor.post(f"/api/v1/holds/{hold['id']}/lifting", json={"because": "ended"})

    assert (again.status_code, again.json["status"]) == (409, "hold_lifted")


def test_what_is_gone_cannot_be_held(deployment, supervisor, visit):
    confirm(deployment, YEARS)
    run(deployment, LAST)

    answer = supervisor.post(HOLDS, json=LAWSUIT)

    assert (answer.status_code, answer.json["status"]) == (410, "content_destroyed")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE visit_keys SET wrapped = NULL",
        "UPDATE envelopes SET sealed = '{empty}'",
        "UPDATE envelope_files SET sealed_key = '{empty}'",
        "UPDATE visits SET record = '{empty}'",
        "DELETE FROM legal_holds",
        "DELETE FROM visit_keys",
        "DELETE FROM envelopes",
        "DELETE FROM envelope_files",
        "DELETE FROM visits",
    ],
)
def test_the_database_itself_refuses_to_destroy_what_is_held(deployment, supervisor, visit, statement):
    supervisor.post(HOLDS, json=LAWSUIT)

    with (
        pytest.raises(DBAPIError, match=r"it is held|a hold is lifted and stays"),
        deployment.engine.begin() as connection,
    ):
        connection.execute(text(statement.format(empty="")))


def test_the_database_itself_refuses_to_hold_what_is_gone(deployment, supervisor, visit):
    confirm(deployment, YEARS)
    supervisor.post(HOLDS, json=LAWSUIT)
    supervisor.post("/api/v1/holds/1/lifting", json={"because": "ended"})
    run(deployment, LAST)

    columns = "visit_id, key_id, reason, set_by, set_at"
    copy = text(f"INSERT INTO legal_holds ({columns}) SELECT {columns} FROM legal_holds")
    with pytest.raises(DBAPIError, match="its content is gone"), deployment.engine.begin() as connection:
        connection.execute(copy)


def test_of_a_hold_and_the_job_at_the_same_moment_one_wins(deployment, people, tablet):
    """Either the hold is there and the key too, or both are not."""
    visits = 12
    for number in range(1, visits + 1):
        keeping.visit(deployment, tablet, number, photos=[])
    confirm(deployment, YEARS)
    holder, answers, start = people(Role.SUPERVISOR), [], threading.Barrier(2)

    def hold() -> None:
        start.wait()
        answers.extend(
            holder.post(f"/api/v1/visits/{number}/holds", json=LAWSUIT).status_code
            for number in range(visits, 0, -1)
        )

    holding = threading.Thread(target=hold)
    holding.start()
    start.wait()
    run(deployment, LAST)
    holding.join()

    with deployment.reading() as session:
        alive = (
            select(Visit.id)
            .join(VisitKeyRow, VisitKeyRow.id == Visit.key_id)
            .where(VisitKeyRow.wrapped.is_not(None))
        )
        held = set(session.scalars(select(LegalHold.visit_id)))
        assert held == set(session.scalars(alive))
        covered = session.scalar(select(func.count()).where(Certificate.retention_class == "visit_clean"))
        assert (covered or 0) > 0 or len(held) == visits
    assert sorted(set(answers)) in ([201], [410], [201, 410])
    assert answers.count(201) == len(held)


def test_a_hold_that_is_not_committed_yet_makes_the_job_wait(deployment, supervisor, visit):
    """On PostgreSQL the two meet at the row of the key; on SQLite they stand in one line."""
    confirm(deployment, YEARS)
    destroying = threading.Thread(target=run, args=(deployment, LAST))
    with deployment.unit_of_work() as session:
        found = session.get_one(Visit, 1)
        session.get_one(VisitKeyRow, found.key_id, with_for_update=True)
        session.add(LegalHold(visit_id=1, key_id=found.key_id, reason="case", set_by=1, set_at=NOW))
        session.flush()
        destroying.start()
        destroying.join(0.3)
        assert destroying.is_alive()
    destroying.join()

    assert key_is_there(deployment)
    assert job.preview(deployment, keeping.date.fromisoformat(LAST)) == {}
