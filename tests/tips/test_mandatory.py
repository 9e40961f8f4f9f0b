"""Mandatory reports: no name has a place, what was not handed on is late, the result comes back."""

import re
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import inspect, select, text, update
from sqlalchemy.exc import IntegrityError

from backend.accounts.auth import Role
from backend.core.audit import AuditEntry
from backend.tips.mandatory_models import Handover, MandatoryReport, Training
from tests.people import desk_of
from tests.retention.keeping import chain_is_whole, confirm, destroyed, run
from tests.tips.conftest import HERE, NEXT, SCHOOL
from tests.tips.harm import reported_harm, trained

DOOR = "/api/v1/mandatory-reports"
HANDED = {"to_kind": "civil_affairs", "to_name": "未成年人保护中心", "how": "phone",
          "handed_at": "2026-11-20T10:20:00+08:00"}  # fmt: skip
RESULT = {"text": "已安置，公安已立案"}


@pytest.fixture
def inspector(app, district):
    return desk_of(app, Role.INSPECTOR, areas=(HERE,))


@pytest.fixture
def reported(inspector):
    return inspector.post(DOOR, json=reported_harm()).json


def looks(deployment):
    with deployment.reading() as session:
        about = AuditEntry.deed.startswith("mandatory.")
        return list(session.scalars(select(AuditEntry.deed).where(about).order_by(AuditEntry.seq)))


def test_no_column_and_no_field_has_a_place_for_a_name(deployment, inspector):
    columns = {column["name"] for column in inspect(deployment.engine).get_columns("mandatory_reports")}
    page = inspector.get("/mandatory-reports/new").text
    fields = set(re.findall(r'(?:input|select|textarea)[^>]* name="(\w+)"', page))

    assert not any("name" in column for column in columns)
    assert not any("name" in field for field in fields)
    assert page.index("tel:110") < page.index('name="situation"')


@pytest.mark.parametrize(
    "said",
    [
        {"situation": "bad"}, {"age_band": "8"}, {"whereabouts": ""}, {"initial": "王伟"}, {"name": "王伟"},
        {"met_at": "2199-01-01T10:00:00+08:00"}, {"called_at": "2199-01-01T10:00:00+08:00"},
        {"text": "孩子 11010519491231002X"}, {"met_at": "2026-11-20T10:00:00"},
    ],
    ids=str,
)  # fmt: skip
def test_what_cannot_be_so_is_refused(deployment, inspector, said):
    assert inspector.post(DOOR, json=reported_harm(**said)).status_code == 422
    with deployment.reading() as session:
        assert session.scalars(select(MandatoryReport)).all() == []


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.SECURITY_ADMIN, Role.LEGAL_REVIEWER])
def test_other_roles_neither_report_nor_read(app, reported, role):
    desk = desk_of(app, role, areas=(HERE,))

    assert [desk.post(DOOR, json=reported_harm()).status_code, desk.get(f"{DOOR}/1").status_code] == [
        403,
        403,
    ]


def test_nobody_elses_report_is_there(app, reported):
    others = (
        desk_of(app, Role.INSPECTOR, areas=(HERE,)),
        desk_of(app, Role.REPORTER, areas=(HERE,), site_id=SCHOOL),
        desk_of(app, Role.SUPERVISOR, areas=(NEXT,)),
    )  # fmt: skip

    for desk in others:
        assert desk.get(DOOR).json == []
        for way in (f"{DOOR}/1", f"{DOOR}/1/content", "/mandatory-reports/1"):
            assert desk.get(way).status_code == 404
        assert desk.post(f"{DOOR}/1/handovers", json=HANDED).status_code == 404


def test_what_was_written_is_sealed_and_each_look_is_noted(deployment, supervisor, inspector):
    inspector.post(DOOR, json=reported_harm(initial="某", place="河边"))
    listed = supervisor.get(DOOR).text

    content = supervisor.get(f"{DOOR}/1/content").json

    assert content == {"text": "手臂有多处淤青", "initial": "某", "place": "河边", "results": {}}
    assert "淤青" not in listed
    with deployment.reading() as session:
        assert "淤青" not in str(session.execute(text("SELECT * FROM mandatory_reports")).all())
    assert looks(deployment) == ["mandatory.report", "mandatory.read"]


def test_sent_twice_it_is_kept_once(app, inspector):
    said = reported_harm()
    answers = [inspector.post(DOOR, json=said) for _ in range(2)]

    others = desk_of(app, Role.INSPECTOR, areas=(HERE,)).post(DOOR, json=said)

    assert [one.status_code for one in answers] == [201, 200]
    assert answers[0].json["report_no"].startswith("BG")
    assert answers[0].json == answers[1].json
    assert others.status_code == 409


def test_what_nobody_handed_on_is_late_at_once(supervisor, inspector, reported):
    late = [len(supervisor.get(f"{DOOR}?waiting=true").json), "强制报告未转交" in supervisor.get("/").text]
    shown = supervisor.get("/mandatory-reports/1").text

    supervisor.post(f"{DOOR}/1/handovers", json=HANDED)

    assert late == [1, True]
    assert "请立即联系公安、民政、教育" in shown
    assert supervisor.get(f"{DOOR}?waiting=true").json == []


def test_a_call_that_was_made_is_the_first_hand_over(inspector):
    answer = inspector.post(DOOR, json=reported_harm(called_at="2026-11-20T10:02:00+08:00"))

    (handed,) = answer.json["handovers"]
    assert (handed["to_kind"], handed["to_name"], handed["how"]) == ("police_station", "110", "phone")


def test_whoever_reported_reads_what_became_of_it_and_cannot_write_it(supervisor, inspector, reported):
    inspector.post(f"{DOOR}/1/handovers", json=HANDED)
    own = inspector.post(f"{DOOR}/1/handovers/1/result", json=RESULT).status_code
    told = [supervisor.post(f"{DOOR}/1/handovers/{one}/result", json=RESULT).status_code for one in (1, 1, 9)]

    page = inspector.get("/mandatory-reports/1").text

    assert (own, told) == (403, [200, 409, 404])
    assert RESULT["text"] in page


def test_at_the_desk_it_is_reported_handed_on_and_followed(supervisor, school):
    said = reported_harm() | {"met_at": "2026-11-20T10:00", "called_at": ""}
    wrong = school.post("/mandatory-reports/new", data=said | {"situation": ""})
    kept = school.post("/mandatory-reports/new", data=said)
    noted = {"handed_at": "2026-11-20T10:20", "deed": "hand_over"}

    handed = supervisor.post("/mandatory-reports/1", data=HANDED | noted)
    result = supervisor.post("/mandatory-reports/1", data=RESULT | {"deed": "result", "handover_id": "1"})

    assert (wrong.status_code, kept.status_code) == (422, 303)
    assert "什么情况：不能为空" in wrong.text
    assert "已收到，编号 BG" in school.get(kept.location).text
    assert (handed.status_code, result.status_code) == (303, 303)
    assert RESULT["text"] in school.get("/mandatory-reports/1").text
    assert (
        school.post("/mandatory-reports/1", data=RESULT | {"deed": "result", "handover_id": "1"}).status_code
        == 422
    )


@pytest.mark.parametrize(
    ("table", "wrong"),
    [
        (MandatoryReport, {"situation": "bad"}), (MandatoryReport, {"age_band": "8"}),
        (Handover, {"how": "dream"}),
        (Handover, {"result_by": 1}), (Training, {"people": 0}), (Training, {"site_id": None}),
        (Training, {"next_due_on": date(2020, 1, 1)}),
    ],
)  # fmt: skip
def test_the_database_refuses_what_cannot_be(deployment, school, inspector, reported, table, wrong):
    inspector.post(f"{DOOR}/1/handovers", json=HANDED)
    school.post("/api/v1/trainings", json=trained())

    with pytest.raises(IntegrityError), deployment.unit_of_work() as session:
        session.execute(update(table).values(wrong))


def test_a_report_with_a_result_goes_on_its_day_and_one_without_stays(deployment, supervisor, inspector):
    for _ in range(2):
        inspector.post(DOOR, json=reported_harm())
    inspector.post(f"{DOOR}/1/handovers", json=HANDED)
    supervisor.post(f"{DOOR}/1/handovers/1/result", json=RESULT)
    confirm(deployment, {"mandatory_report": 1}, counted_from="RECEIVED")

    run(deployment, f"{datetime.now(UTC).year + 2}-12-31")

    assert destroyed(deployment) == {("mandatory", 1)}
    assert supervisor.get(f"{DOOR}/1/content").status_code == 410
    assert supervisor.get(f"{DOOR}/2/content").status_code == 200
    assert "内容已经销毁" in supervisor.get("/mandatory-reports/1").text
    assert chain_is_whole(deployment)


@pytest.mark.parametrize(
    "said",
    [
        {"people": 0}, {"held_on": "2199-01-01", "next_due_on": "2199-02-01"}, {"next_due_on": "2026-01-15"},
        {"topic": ""},
    ],
    ids=str,
)  # fmt: skip
def test_a_training_that_cannot_be_so_is_refused(school, said):
    assert school.post("/api/v1/trainings", json=trained(**said)).status_code == 422
    assert school.get("/api/v1/trainings").json == []


def test_an_account_of_no_unit_enters_none(supervisor):
    assert supervisor.post("/api/v1/trainings", json=trained()).status_code == 403


def test_a_training_is_of_ones_own_unit_and_seen_in_its_area(supervisor, elsewhere, school):
    entered = school.post("/api/v1/trainings", json=trained()).json

    assert (entered["site_id"], entered["agency_id"], entered["area_code"]) == (SCHOOL, None, HERE)
    assert [len(desk.get("/api/v1/trainings").json) for desk in (school, supervisor, elsewhere)] == [1, 1, 0]


def test_the_last_training_of_a_unit_says_when_it_is_due(deployment, supervisor, school):
    school.post("/trainings", data=trained(next_due_on="2026-06-01"))
    before = supervisor.get("/trainings").text, "强制报告培训到期" in supervisor.get("/").text
    school.post("/trainings", data=trained(held_on="2026-06-02", next_due_on="2199-06-01"))

    after = supervisor.get("/trainings").text

    assert ("该再培训了" in before[0], before[1]) == (True, True)
    assert "该再培训了" not in after
    assert "识别和报告" in after
