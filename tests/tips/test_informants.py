"""Who gave a tip opens to nobody alone: two people, or whoever sends the answer; each look is noted."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from backend.accounts.auth import Role
from backend.core.audit import AuditEntry
from backend.tips import actions
from backend.tips.models import InformantRequest, TipInformant
from backend.tips.rules import Contact, Noted
from tests.people import desk_of
from tests.retention.keeping import chain_is_whole, confirm, destroyed, run
from tests.tips.conftest import HERE

WHO = Contact("过路人", "13812345678")
NOW = datetime.now(UTC)
DOOR = "/api/v1/tips/1/informant"


@pytest.fixture(autouse=True)
def told(deployment, district):
    noted = Noted("00000000-0000-4000-8000-000000000001", "smoking", NOW, "北门", area_code=HERE)
    with deployment.unit_of_work() as session:
        actions.report_by_anybody(session, noted, contact=WHO, now=NOW)


@pytest.fixture
def second(app, district):
    """Another supervisor of the same district."""
    return desk_of(app, Role.SUPERVISOR, areas=(HERE,))


def asks(desk):
    return desk.post(f"{DOOR}/requests", json={"reason": "答复没有送到"})


def agrees(desk, request=1):
    return desk.post(f"/api/v1/tips/informant-requests/{request}/agree").status_code


def looks(deployment):
    about = AuditEntry.deed.startswith("informant.")
    with deployment.reading() as session:
        return list(session.scalars(select(AuditEntry.deed).where(about).order_by(AuditEntry.seq)))


def test_nobody_looks_alone(supervisor, second):
    alone = supervisor.get(DOOR).status_code
    asks(supervisor)

    assert alone == 403
    assert [agrees(supervisor), supervisor.get(DOOR).status_code] == [403, 403]
    assert second.get(DOOR).status_code == 403


def test_it_opens_to_whoever_asked_and_not_to_whoever_agreed(deployment, supervisor, second):
    asks(supervisor)
    reason = second.get("/api/v1/tips/informant-requests/1/reason").json
    agreed = [agrees(second), agrees(second)]

    shown, others = supervisor.get(DOOR), second.get(DOOR)

    assert reason == {"reason": "答复没有送到"}
    assert agreed == [200, 403]
    assert shown.json == {"name": WHO.name, "reach": WHO.reach}
    assert others.status_code == 403
    assert looks(deployment) == [f"informant.{step}" for step in ("ask", "read_reason", "agree", "look")]


@pytest.mark.parametrize("days", [8, -1], ids=["asked too long ago", "open no more"])
def test_what_lapsed_opens_nothing(deployment, supervisor, second, days):
    asks(supervisor)
    if days < 0:
        agrees(second)
    earlier = (
        {"requested_at": NOW - timedelta(days=8)} if days > 0 else {"open_until": NOW - timedelta(minutes=1)}
    )
    with deployment.unit_of_work() as session:
        session.execute(update(InformantRequest).values(earlier))

    assert agrees(second) == 403
    assert supervisor.get(DOOR).status_code == 403


@pytest.mark.parametrize("role", [Role.INSPECTOR, Role.REPORTER, Role.COORDINATOR, Role.LEGAL_REVIEWER])
def test_other_roles_have_no_way_to_it(app, role):
    desk = desk_of(app, role, areas=(HERE,))

    ways = (DOOR, f"{DOOR}/reach", "/api/v1/tips/informant-requests/1/reason")
    assert {desk.get(way).status_code for way in ways} == {403}


def test_another_district_neither_asks_nor_agrees(supervisor, elsewhere):
    asks(supervisor)

    answers = [asks(elsewhere).status_code, agrees(elsewhere), elsewhere.get(DOOR).status_code,
               elsewhere.get("/api/v1/tips/informant-requests/1/reason").status_code]  # fmt: skip

    assert answers == [404] * 4


def test_whoever_answered_opens_the_contact_for_the_answer_and_then_no_more(deployment, supervisor, second):
    early = supervisor.get(f"{DOOR}/reach").status_code
    supervisor.post("/api/v1/tips/1/hand")
    supervisor.post("/api/v1/tips/1/answer", json={"text": "已劝阻"})
    others = [second.get(f"{DOOR}/reach").status_code, second.post(f"{DOOR}/told").status_code]
    reach = supervisor.get(f"{DOOR}/reach").json
    told = [supervisor.post(f"{DOOR}/told").status_code for _ in range(2)]

    again = supervisor.get(f"{DOOR}/reach").status_code

    assert (early, others, again) == (403, [403, 409], 403)
    assert reach == {"reach": WHO.reach}
    assert told == [200, 409]
    assert looks(deployment) == ["informant.reply", "informant.told"]


def test_at_the_desk_it_opens_in_the_same_steps(supervisor, second):
    door = "/tips/1/informant"
    closed = supervisor.post(door, data={"deed": "look"})
    supervisor.post(door, data={"deed": "ask", "reason": "答复没有送到"})
    own = supervisor.post(door, data={"deed": "agree", "request_id": "1"}).status_code
    reason = second.post(door, data={"deed": "reason", "request_id": "1"}).text
    agreed = second.post(door, data={"deed": "agree", "request_id": "1"}).status_code

    opened = supervisor.post(door, data={"deed": "look"}).text

    assert (closed.status_code, own, agreed) == (403, 403, 303)
    assert "反映人没有对您打开" in closed.text
    assert "答复没有送到" in reason
    assert WHO.reach in opened
    assert WHO.reach not in supervisor.get("/tips/1").text


def test_the_database_knows_two_people(deployment, supervisor):
    asks(supervisor)

    with pytest.raises(IntegrityError), deployment.unit_of_work() as session:
        same = {"agreed_by": InformantRequest.requested_by, "agreed_at": NOW, "open_until": NOW}
        session.execute(update(InformantRequest).values(same))


def test_who_gave_it_goes_with_it_on_its_day(deployment, supervisor):
    asks(supervisor)
    supervisor.post("/api/v1/tips/1/hand")
    supervisor.post("/api/v1/tips/1/answer", json={"text": "已劝阻"})
    confirm(deployment, {"tip": 1}, counted_from="RECEIVED")

    run(deployment, f"{NOW.year + 2}-12-31")

    assert destroyed(deployment) == {("tip", 1), ("informant", 1)}
    with deployment.reading() as session:
        assert session.scalar(select(TipInformant.sealed)) == b""
        assert session.scalar(select(InformantRequest.sealed_reason)) == b""
    assert chain_is_whole(deployment)
