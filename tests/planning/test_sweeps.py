"""A sweep from its draft to its last sentence: who opens it, what it lists, whom it sends, what it counts."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from backend.accounts.auth import Role
from backend.accounts.models import Agency, User
from backend.core.audit import AuditEntry
from backend.core.days import today
from backend.planning.models import Sweep, SweepTask
from backend.tasks.models import Task
from tests.people import desk_of
from tests.planning.conftest import (
    APPROVED,
    BAR,
    BEYOND,
    CAFE,
    FAR,
    FAR_SCHOOL,
    HERE,
    SCHOOL,
    TATTOO,
    URL,
    changed,
    said,
    send,
)

TODAY = today()
DUTY = "ACC-NET-1"


def total(client, sweep):
    """The counts of the zone, those that are not nothing."""
    counts = client.get(f"{sweep}/outcome").json["total"]
    return {name: value for name, value in counts.items() if value and name != "verdicts"}


@pytest.mark.parametrize(
    ("wrong", "code", "fault"),
    [
        ({"site_id": FAR_SCHOOL}, 404, {"site_id": FAR_SCHOOL}),
        ({"site_id": 3}, 422, {"site_id": "not_protected"}),
        ({"until_on": "2020-01-01"}, 422, {"until_on": "before_the_first_day"}),
        ({"approved_by": "某街道"}, 422, {"approved_by": "approval_whole"}),
        ({"published_on": TODAY.isoformat()}, 422, {"published_on": "before_the_approval"}),
        (APPROVED | {"approved_on": "2199-01-01"}, 422, {"approved_on": "in_the_future"}),
    ],
    ids=str,
)
def test_a_sweep_that_does_not_hold_together_is_refused(coordinator, wrong, code, fault):
    refused = coordinator.post(URL, json=said(**wrong))

    assert (refused.status_code, refused.json["errors"]) == (code, fault)
    assert coordinator.get(URL).json == []


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.SUPERVISOR, Role.COORDINATOR}))
def test_only_who_plans_opens_sweeps(app, district, role):
    assert desk_of(app, role, areas=(HERE,)).post(URL, json=said()).status_code == 403


def test_a_sweep_of_another_area_is_not_there(elsewhere, sweep):
    doors = ("", "/zone", "/outcome")

    assert [elsewhere.get(f"{sweep}{door}").status_code for door in doors] == [404] * 3
    assert send(elsewhere, sweep, (CAFE, 1)).status_code == 404
    assert elsewhere.get(URL).json == []


def test_a_draft_makes_no_task_and_an_approved_plan_stays_as_it_is(coordinator, agencies):
    draft = f"{URL}/{coordinator.post(URL, json=said()).json['id']}"
    refused = send(coordinator, draft, (CAFE, agencies.culture))

    renamed = changed(coordinator, draft, {"name": "改名"})
    approved = changed(coordinator, draft, APPROVED)
    too_late = changed(coordinator, draft, {"name": "又改"})
    published = changed(coordinator, draft, {"published_on": TODAY.isoformat()})

    assert (refused.status_code, refused.json["status"]) == (409, "sweep_not_approved")
    assert [one.json["state"] for one in (renamed, approved, published)] == ["draft", "approved", "approved"]
    assert (too_late.status_code, too_late.json["errors"]) == (409, {"fields": ["name"]})


def test_writes_need_the_state_that_was_read(coordinator, sweep):
    stale = coordinator.get(sweep).headers["ETag"]
    changed(coordinator, sweep, {"published_on": TODAY.isoformat()})

    assert coordinator.put(f"{sweep}/closing", json={"words": "完成"}).status_code == 428
    late = coordinator.put(f"{sweep}/closing", json={"words": "完成"}, headers={"If-Match": stale})
    assert late.status_code == 412


def test_the_ring_is_the_widest_that_a_rule_sets_unless_somebody_says_another(coordinator):
    usual, wider = (coordinator.post(URL, json=said(**more)).json for more in ({}, {"radius_m": 500}))

    assert (usual["radius_m"], wider["radius_m"]) == (200, 500)
    assert FAR in {one["venue_id"] for one in coordinator.get(f"{URL}/{wider['id']}/zone").json["places"]}


def test_the_zone_lists_every_venue_with_who_answers_and_what_is_proposed(
    coordinator, sweep, agencies, visit
):
    visit(CAFE, days_ago=3, agency_id=agencies.market)

    zone = coordinator.get(f"{sweep}/zone").json

    proposed = {one["venue_id"]: one["proposal"] for one in zone["places"]}
    assert proposed == {CAFE: "left_out", BAR: "joint", TATTOO: "nobody"}
    assert zone["beyond"] == 1
    cafe, bar = zone["places"][0], next(one for one in zone["places"] if one["venue_id"] == BAR)
    assert (cafe["last_visit_on"], cafe["last_agency_id"]) == (
        (TODAY - timedelta(days=3)).isoformat(), agencies.market,
    )  # fmt: skip
    assert cafe["lines"] == [
        {"activity": "internet_cafe", "verdict": "inside", "agency_ids": [agencies.culture]}
    ]
    assert {one["activity"]: one["agency_ids"] for one in bar["lines"]} == {
        "bar": [agencies.market], "song_and_dance": [agencies.culture],
    }  # fmt: skip


def test_what_an_agency_plans_there_is_told_and_what_it_was_called_to_is_not(coordinator, culture, sweep):
    due = {"venue_id": CAFE, "due_on": TODAY.isoformat()}
    culture.post("/api/v1/tasks", json=due | {"kind": "planned", "reason": "季度检查"})
    culture.post("/api/v1/tasks", json=due | {"kind": "triggered", "trigger": "tip", "reason": "线索"})

    page = coordinator.get("/sweeps/1").text

    assert page.count(f"示例文旅局计划 {TODAY} 前检查") == 1


@pytest.mark.parametrize("gone", ["agency", "inspector", "area"])
def test_an_agency_that_nobody_works_for_here_answers_for_nothing(
    deployment, coordinator, sweep, gone, agencies
):
    with deployment.unit_of_work() as session:
        inspector = session.scalars(select(User).where(User.login == "culture")).one()
        if gone == "agency":
            session.get_one(Agency, agencies.culture).valid_to = TODAY - timedelta(days=1)
        elif gone == "inspector":
            inspector.active = False
        else:
            inspector.areas[0].code = "310104"

    assert coordinator.get(f"{sweep}/zone").json["places"][0]["proposal"] == "nobody"


def test_tasks_are_made_once_for_each_agency_and_name_the_sweep(
    coordinator, culture, market, sweep, agencies
):
    pairs = [(CAFE, agencies.culture), (BAR, agencies.culture), (BAR, agencies.market)]
    on = (TODAY + timedelta(days=2)).isoformat()

    first = send(coordinator, sweep, *pairs, together_on=on)
    again = send(coordinator, sweep, *pairs)

    assert [(one["venue_id"], one["agency_id"]) for one in first.json] == sorted(pairs)
    assert (again.status_code, again.json) == (200, [])
    theirs = market.get("/api/v1/tasks").json
    assert [
        (one["venue_id"], one["activities"], one["kind"], one["trigger"], one["source_no"], one["visit_on"])
        for one in theirs
    ] == [(BAR, ["bar"], "triggered", "campaign", APPROVED["document_no"], on)]
    assert theirs[0]["reason"] == "开学季校园周边整治（联合检查：示例文旅局、示例市监局）"
    assert theirs[0]["due_on"] == (TODAY + timedelta(days=10)).isoformat()
    assert {one["venue_id"]: one["visit_on"] for one in culture.get("/api/v1/tasks").json} == {
        CAFE: None, BAR: on,
    }  # fmt: skip
    assert coordinator.get(sweep).json["state"] == "under_way"


@pytest.mark.parametrize(
    ("pair", "code"),
    [
        pytest.param((CAFE, "market"), 422, id="an agency that does not answer for it"),
        pytest.param((FAR, "culture"), 422, id="outside the ring"),
        pytest.param((BEYOND, "culture"), 422, id="beyond the border"),
        pytest.param((TATTOO, "committee"), 422, id="an agency without inspectors"),
    ],
)
def test_nobody_is_sent_where_they_do_not_answer(coordinator, sweep, agencies, pair, code):
    venue, agency = pair

    assert send(coordinator, sweep, (venue, getattr(agencies, agency))).status_code == code
    assert coordinator.get(sweep).json["tasks_made_at"] is None


@pytest.mark.parametrize(
    ("days", "more", "fault"),
    [
        ({"from_on": "2020-01-01", "until_on": "2020-01-09"}, {}, {"until_on": "over"}),
        ({}, {"together_on": "2199-01-01"}, {"together_on": "outside_its_days"}),
    ],
)
def test_tasks_are_made_on_the_days_of_the_sweep(coordinator, agencies, days, more, fault):
    sweep = f"{URL}/{coordinator.post(URL, json=said(**APPROVED, **days)).json['id']}"

    refused = send(coordinator, sweep, (CAFE, agencies.culture), **more)

    assert (refused.status_code, refused.json["errors"]) == (422, fault)


def test_a_supervisor_opens_one_sees_the_own_venues_and_sends_nobody_else(culture, market, agencies):
    sweep = f"{URL}/{culture.post(URL, json=said(**APPROVED)).json['id']}"

    assert {one["venue_id"] for one in culture.get(f"{sweep}/zone").json["places"]} == {CAFE, BAR}
    (bar,) = market.get(f"{sweep}/zone").json["places"]
    assert [one["activity"] for one in bar["lines"]] == ["bar"]
    assert bar["agency_ids"] == [agencies.culture, agencies.market]
    assert send(culture, sweep, (BAR, agencies.market)).status_code == 403
    assert send(market, sweep, (BAR, agencies.market)).status_code == 403
    assert changed(market, f"{sweep}/closing", {"words": "完成"}, "put").status_code == 403
    assert len(send(culture, sweep, (BAR, agencies.culture)).json) == 1


def test_before_is_kept_and_after_grows(coordinator, sweep, agencies, visit):
    visit(CAFE, days_ago=100, broken=1, agency_id=agencies.culture)
    visit(BAR, days_ago=90, activity="bar", broken=1)
    visit(BAR, days_ago=80, activity="bar", compliant=[DUTY])
    visit(CAFE, days_ago=400, broken=1, compliant=["SGN-1"])
    before = {"venues": 3, "visits_before": 3, "open_before": 1, "open_after": 1}
    made = send(coordinator, sweep, (CAFE, agencies.culture), (BAR, agencies.market)).json
    tasks = {one["venue_id"]: one["task_id"] for one in made}
    assert total(coordinator, sweep) == before | {"tasks": 2, "waiting": 2}

    visit(BAR, activity="bar", broken=1, task_id=tasks[BAR], agency_id=agencies.market)
    visit(CAFE, compliant=[DUTY], task_id=tasks[CAFE], agency_id=agencies.culture)
    visit(CAFE, activity="internet_cafe", compliant=[DUTY], agency_id=agencies.market)

    outcome = coordinator.get(f"{sweep}/outcome").json
    assert total(coordinator, sweep) == before | {"tasks": 2, "visited": 2, "found": 1, "corrected": 1}
    assert outcome["total"]["verdicts"] == {"inside": 1, "survey": 2}
    assert {one: part["found"] for one, part in outcome["by_activity"].items()} == {
        "bar": 1, "internet_cafe": 0, "song_and_dance": 0, "tattoo": 0,
    }  # fmt: skip
    culture = outcome["by_agency"][str(agencies.culture)]
    assert (culture["venues"], culture["tasks"], culture["open_before"], culture["corrected"]) == (2, 1, 1, 1)


def test_what_the_sweep_found_is_corrected_when_a_later_look_says_so(coordinator, sweep, agencies, visit):
    (made,) = send(coordinator, sweep, (CAFE, agencies.culture)).json
    visit(CAFE, days_ago=1, broken=1, task_id=made["task_id"])
    assert total(coordinator, sweep).get("corrected") is None

    visit(CAFE, compliant=["SGN-1"])
    assert total(coordinator, sweep).get("corrected") is None
    visit(CAFE, compliant=[DUTY])

    assert total(coordinator, sweep)["corrected"] == 1


def test_what_an_officer_took_back_and_a_task_called_off_are_not_counted(
    deployment, coordinator, sweep, agencies, visit
):
    cafe, bar = send(coordinator, sweep, (CAFE, agencies.culture), (BAR, agencies.market)).json
    wrong = visit(CAFE, broken=1, task_id=cafe["task_id"], instance_id="uuid:wrong", user_id=1)
    visit(CAFE, task_id=cafe["task_id"], corrects="uuid:wrong", user_id=1)
    with deployment.unit_of_work() as session:
        session.execute(
            update(Task)
            .where(Task.id == bar["task_id"])
            .values(state="withdrawn", withdrawn_because="已停业")
        )

    assert wrong
    assert total(coordinator, sweep) == {"venues": 3, "tasks": 1, "visited": 1}


def test_a_closed_sweep_says_why_keeps_its_result_and_changes_no_more(coordinator, sweep, agencies, visit):
    (made,) = send(coordinator, sweep, (CAFE, agencies.culture)).json
    closed = changed(coordinator, f"{sweep}/closing", {"words": "已全部检查。"}, "put")
    result = coordinator.get(f"{sweep}/outcome").json

    visit(CAFE, broken=1, task_id=made["task_id"])

    assert (closed.json["state"], closed.json["closing_words"]) == ("closed", "已全部检查。")
    assert coordinator.get(f"{sweep}/outcome").json == result
    again = send(coordinator, sweep, (BAR, agencies.market))
    assert (again.status_code, again.json["status"]) == (409, "sweep_closed")
    assert [len(coordinator.get(f"{URL}?state={one}").json) for one in ("under_way", "closed")] == [0, 1]


def test_every_deed_is_in_the_audit_trail(deployment, coordinator, sweep, agencies):
    changed(coordinator, sweep, {"published_on": TODAY.isoformat()})
    send(coordinator, sweep, (CAFE, agencies.culture))
    changed(coordinator, f"{sweep}/closing", {"words": "完成"}, "put")

    with deployment.reading() as session:
        deeds = select(AuditEntry.deed).where(AuditEntry.subject == "sweep:1").order_by(AuditEntry.seq)
        assert session.scalars(deeds).all() == [
            "sweep.open",
            "sweep.change",
            "sweep.make_tasks",
            "sweep.close",
        ]


@pytest.mark.parametrize(
    "broken",
    [
        {"until_on": TODAY - timedelta(days=1)},
        {"radius_m": 0},
        {"radius_m": 1001},
        {"approved_by": None},
        {"document_no": None},
        {"published_on": TODAY - timedelta(days=1)},
        {"approved_by": None, "approved_on": None, "document_no": None},
        {"before": None},
        {"closing_words": "完成"},
        {"result": []},
    ],
    ids=str,
)
def test_the_database_refuses_a_sweep_that_contradicts_itself(
    deployment, coordinator, sweep, agencies, broken
):
    send(coordinator, sweep, (CAFE, agencies.culture))

    with pytest.raises(IntegrityError), deployment.unit_of_work() as session:
        session.execute(update(Sweep).values(**broken))


def test_the_database_keeps_one_task_for_a_venue_and_an_agency(deployment, coordinator, sweep, agencies):
    send(coordinator, sweep, (CAFE, agencies.culture), (BAR, agencies.market))

    with pytest.raises(IntegrityError), deployment.unit_of_work() as session:
        session.add(SweepTask(sweep_id=1, venue_id=CAFE, agency_id=agencies.culture, task_id=2))


def test_a_site_with_a_sweep_names_its_own_sweeps(coordinator, sweep):
    assert [one["id"] for one in coordinator.get(f"{URL}?site_id={SCHOOL}").json] == [1]
    assert coordinator.get(f"{URL}?site_id={FAR_SCHOOL}").json == []
