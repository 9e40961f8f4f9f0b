"""From hand to hand until it is closed: what may follow what, and who sees what."""

import itertools

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from backend.tips.models import Tip, TipStep
from backend.tips.rules import Deed, Nature, State, other_nature, state_after
from tests.screening.places import at
from tests.tips.conftest import CAFE
from tests.tips.leads import record
from tests.tips.test_school import said

ANSWER = {"text": "已到场核查，责令改正"}
TO = {"to_name": "示例区市场监督管理局"}


def near(east_m, **more):
    lon, lat = at(150 + east_m, 50)
    return record(position={"lon": lon, "lat": lat, "accuracy_m": 8.0, "crs": "EPSG:4490"}, **more)


@pytest.fixture
def lead(tablet):
    tablet.sends(near(0))
    return 1


@pytest.fixture
def does(supervisor):
    """Does one thing with a tip, and says how it went."""

    def deed(name, tip=1, **said):
        return supervisor.post(f"/api/v1/tips/{tip}/{name}", json=said).status_code

    return deed


@pytest.mark.parametrize(
    ("state", "deed", "after"),
    [
        (State.RECEIVED, Deed.ANSWER, None), (State.RECEIVED, Deed.ACCEPT, None),
        (State.RECEIVED, Deed.CLOSE, None), (State.IN_HAND, Deed.CLOSE, None),
        (State.ACCEPTED, Deed.CLOSE, None), (State.TRANSFERRED, Deed.CLOSE, None),
        (State.ANSWERED, Deed.TRANSFER, None), (State.CLOSED, Deed.ANSWER, None),
        (State.CLOSED, Deed.JOIN, None), (State.ANSWERED, Deed.SPLIT, None),
        (State.RECEIVED, Deed.TAKE, State.IN_HAND), (State.IN_HAND, Deed.ACCEPT, State.ACCEPTED),
        (State.ACCEPTED, Deed.TRANSFER, State.TRANSFERRED),
        (State.TRANSFERRED, Deed.TAKE_BACK, State.IN_HAND),
        (State.TRANSFERRED, Deed.ANSWER, State.ANSWERED), (State.ANSWERED, Deed.CLOSE, State.CLOSED),
        (State.IN_HAND, Deed.JOIN, State.IN_HAND),
    ],
)  # fmt: skip
def test_what_may_follow_what(state, deed, after):
    assert state_after(state, deed) == after


def test_no_way_ends_without_an_answer():
    before_the_end = {state for state in State if state_after(state, Deed.CLOSE)}

    assert before_the_end == {State.ANSWERED}
    assert all(
        state_after(s, d) != State.ANSWERED for s, d in itertools.product(State, set(Deed) - {Deed.ANSWER})
    )


def test_both_halves_of_a_submission_have_a_nature():
    assert [other_nature(one) for one in Nature] == [Nature.COMPLAINT, Nature.REPORT]


def test_nothing_is_closed_before_it_was_answered(does, lead):
    early = [does("close"), does("hand"), does("close"), does("accept"), does("close")]
    answered = [does("answer", **ANSWER), does("close"), does("close")]

    assert early == [409, 200, 409, 200, 409]
    assert answered == [200, 200, 409]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("hand", {}), ("accept", {}), ("join", {"joined_id": 1}), ("transfer", TO),
        ("verify", {"is_filed": True}),
        ("take-back", {"note": "不属其职责"}), ("close", {}), ("split", {}), ("place", {"venue_id": CAFE}),
        ("extend", {"clock": "TIP-TELL", "because": "复杂", "approved_by": "李局"}), ("answer", ANSWER),
    ],
)  # fmt: skip
def test_another_districts_supervisor_does_nothing(elsewhere, lead, name, said):
    assert elsewhere.post(f"/api/v1/tips/1/{name}", json=said).status_code == 404


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("transfer", {}), ("transfer", {"to_name": "王 13812345678"}), ("take-back", {}), ("verify", {}),
        ("place", {}), ("place", {"venue_id": 99}), ("join", {"joined_id": 1}),
        ("extend", {"clock": "TIP-TELL"}),
    ],
)  # fmt: skip
def test_a_deed_without_what_it_takes_is_refused(does, lead, name, said):
    does("hand")

    assert does(name, **said) == 422


def test_passing_it_on_changes_neither_receipt_nor_time_limits(supervisor, does, lead):
    before = supervisor.get("/api/v1/tips/1").json
    does("hand")

    does("transfer", **TO, note="属其职责")
    there = supervisor.get("/api/v1/tips/1").json
    does("take-back", note="退回：不属其职责")
    does("transfer", to_name="示例区公安分局")

    after = supervisor.get("/api/v1/tips/1").json
    history = supervisor.get("/api/v1/tips/1/history").json["steps"]
    assert there["to_name"] == TO["to_name"]
    for name in ("received_at", "receipt_no"):
        assert before[name] == there[name] == after[name]
    assert [[one["due_on"] for one in tip["clocks"]] for tip in (before, there, after)] == [[None]] * 3
    assert [(one["deed"], one["to_name"]) for one in history] == [
        ("take", None), ("transfer", TO["to_name"]), ("take_back", None), ("transfer", "示例区公安分局"),
    ]  # fmt: skip


def test_what_was_noted_is_sealed(deployment, does, lead):
    does("hand")
    does("transfer", **TO, note="属其职责")

    with deployment.reading() as session:
        notes = list(session.scalars(select(TipStep.sealed_note).order_by(TipStep.id)))
    assert notes[0] is None
    assert "属其职责".encode() not in notes[1]


def test_tips_that_may_be_about_the_same_are_shown_and_left_alone(supervisor, tablet, lead):
    for told in (
        near(90), near(140), near(0, kind="tobacco"), near(-70, seen_at="2026-11-01T10:00:00.000+08:00"),
    ):  # fmt: skip
        tablet.sends(told)

    shown = supervisor.get("/api/v1/tips/1/history").json["alike"]

    assert [one["id"] for one in shown] == [5, 2]
    assert {one["joined_id"] for one in supervisor.get("/api/v1/tips").json} == {None}


def test_an_old_tip_is_not_about_the_same(deployment, supervisor, tablet, lead):
    tablet.sends(near(0))
    with deployment.unit_of_work() as session:
        first = session.get_one(Tip, 1)
        session.execute(
            update(Tip).where(Tip.id == 1).values(received_at=first.received_at.replace(year=2020))
        )

    assert supervisor.get("/api/v1/tips/2/history").json["alike"] == []


def test_who_reported_never_sees_other_tips(school, lead):
    school.post("/api/v1/tips", json=said(venue_id=CAFE, kind="internet_cafe"))

    shown = school.get("/own-school/tips/2").text

    assert school.get("/api/v1/tips/2/history").status_code == 403
    assert "可能是同一件事" not in shown


def test_tips_are_handled_together_and_answered_apart(supervisor, tablet, does, lead):
    tablet.sends(near(50))
    tablet.sends(near(60))
    for tip in (1, 2, 3):
        does("hand", tip)
    joined = [does("accept", 2, joined_id=1), does("join", 3, joined_id=1)]
    chained = [does("join", 1, joined_id=2), does("join", 3, joined_id=2)]

    does("answer", 2, **ANSWER)

    states = [supervisor.get(f"/api/v1/tips/{tip}").json["state"] for tip in (1, 2, 3)]
    group = supervisor.get("/api/v1/tips/3/history").json["group"]
    assert (joined, chained) == ([200, 200], [422, 422])
    assert states == ["in_hand", "answered", "in_hand"]
    assert [one["id"] for one in group] == [1, 2, 3]


def test_a_complaint_in_a_report_goes_its_own_way(deployment, supervisor, school, does):
    school.post("/api/v1/tips", json=said(text="卖烟给学生，还不退钱"))
    does("hand")
    once, again = does("split"), does("split")

    halves = [supervisor.get(f"/api/v1/tips/{tip}").json for tip in (1, 2)]

    assert (once, again) == (200, 409)
    assert [one["nature"] for one in halves] == ["report", "complaint"]
    assert halves[0]["received_at"] == halves[1]["received_at"]
    assert halves[0]["receipt_no"] != halves[1]["receipt_no"]
    assert halves[1]["state"] == "received"
    assert supervisor.get("/api/v1/tips/2/content").json["text"] == "卖烟给学生，还不退钱"
    with deployment.reading() as session:
        keys = list(session.scalars(select(Tip.key_id)))
    assert len(set(keys)) == 2


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"state": "closed"}, id="closed without an answer"),
        pytest.param({"state": "transferred"}, id="passed on to nobody"),
        pytest.param({"is_filed": True}, id="verified by nobody"),
        pytest.param({"joined_id": 1}, id="joined to itself"),
        pytest.param({"nature": "rumour"}, id="of no nature"),
        pytest.param({"channel_no": "1"}, id="a number of no channel"),
        pytest.param({"source": "12345"}, id="a channel without a number"),
    ],
)
def test_the_database_refuses_what_cannot_be(deployment, supervisor, lead, wrong):
    supervisor.post("/api/v1/tips/1/hand")

    with pytest.raises(IntegrityError), deployment.unit_of_work() as session:
        session.execute(update(Tip).values(wrong))
