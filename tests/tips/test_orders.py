"""Work orders of other channels: nothing is guessed, nothing is lost, the same number is one tip."""

import io
import json
from datetime import datetime

import pytest
from openpyxl import load_workbook
from sqlalchemy import select, text, update
from sqlalchemy.exc import IntegrityError

from backend.accounts.auth import Role
from backend.core.audit import AuditEntry
from backend.core.days import SHANGHAI
from backend.tips.models import Tip, TipInformant
from backend.tips.order_models import ChannelMapping, OrderRow
from tests.command import humiao
from tests.people import desk_of
from tests.tips.channels import COLUMNS, MAPPING, map_words, order, send, workbook

pytestmark = pytest.mark.usefixtures("district")


def tips(deployment):
    with deployment.reading() as session:
        return list(session.scalars(select(Tip).order_by(Tip.id)))


def states(answer):
    return [(row["state"], row["faults"]) for row in answer.json["rows"]]


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("orders.json", b"{", "not_a_table"),
        ("orders.json", b'{"rows": []}', "not_a_table"),
        ("orders.json", b'[{"a": {"b": 1}}]', "not_a_table"),
        ("orders.json", b"[]", "empty"),
        ("orders.xlsx", b"no workbook", "not_a_table"),
        ("orders.json", b"[" + b" " * (4 * 2**20), "too_large"),
    ],
)
def test_what_is_no_table_of_work_orders_is_refused(supervisor, name, content, why):
    answer = send(supervisor, name=name, content=content)

    assert answer.status_code in (413, 422)
    assert answer.status_code == 413 or answer.json["errors"] == {"file": why}
    assert supervisor.get("/api/v1/work-orders/files").json == []


def test_a_channel_that_is_none_is_refused(supervisor):
    assert [send(supervisor, order(), channel=one).status_code for one in ("", "street", "110")] == [422] * 3


def test_what_nobody_mapped_waits_and_becomes_a_tip_once_it_is(deployment, supervisor):
    waiting = send(supervisor, order())
    first = map_words(supervisor, {"columns": COLUMNS, "values": {}})
    then = supervisor.get("/api/v1/work-orders/files/1")

    second = map_words(supervisor)

    assert states(waiting) == [("quarantined", {"column": [*order()]})]
    assert first.json["taken"] == 0
    assert states(then) == [("quarantined", {"kind": ["涉烟"], "area": ["示例区"]})]
    assert second.json["taken"] == 1
    assert (first.json["version"], second.json["version"]) == (1, 2)
    (tip,) = tips(deployment)
    assert (tip.source, tip.channel_no, tip.kind, tip.area_code) == ("12345", "SH-1", "tobacco", "310101")
    assert tip.received_at == datetime(2026, 11, 20, 10, tzinfo=SHANGHAI)
    with deployment.reading() as session:
        assert session.scalar(select(OrderRow.sealed)) is None


def test_what_waits_is_sealed(deployment, supervisor):
    send(supervisor, order(诉求人="过路人"))

    with deployment.reading() as session:
        assert "过路人" not in str(session.execute(text("SELECT * FROM order_rows")).all())


@pytest.mark.parametrize(
    ("row", "faults"),
    [
        (order(诉求编号=None), {"number": ["required"]}),
        (order(诉求内容=""), {"text": ["required"]}),
        (order(诉求内容="长" * 4001), {"text": ["too_long"]}),
        (order(派单时间="前天"), {"received_at": ["not_a_day"]}),
        (order(派单时间="2199-01-01 10:00"), {"received_at": ["in_the_future"]}),
        (order(区="310104"), {"area": ["not_your_area"]}),
    ],
)
def test_what_is_wrong_for_good_is_refused_with_its_reason(deployment, supervisor, row, faults):
    map_words(supervisor)

    answer = send(supervisor, row, order(诉求编号="SH-2"))

    assert states(answer) == [("refused", faults), ("taken", None)]
    assert [tip.channel_no for tip in tips(deployment)] == ["SH-2"]


def test_an_order_that_names_no_place_is_of_the_area_of_whoever_sent_it(app, deployment):
    of_an_area_without_a_map = desk_of(app, Role.SUPERVISOR, areas=("310115",))
    map_words(of_an_area_without_a_map)

    send(of_an_area_without_a_map, order(区=""))

    assert [tip.area_code for tip in tips(deployment)] == ["310115"]


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"columns": {"诉求编号": "licence"}}, {"column": ["licence"]}),
        ({"values": {"kind": {"涉烟": "dragons"}}}, {"kind": ["dragons"]}),
        ({"values": {"area": {"邻区": "999999"}}}, {"area": ["999999"]}),
        ({"values": {"text": {"a": "b"}}}, {"text": ["b"]}),
    ],
)
def test_a_mapping_to_what_is_nothing_here_is_refused(deployment, supervisor, said, wrong):
    answer = map_words(supervisor, said)

    assert (answer.status_code, answer.json["errors"]) == (422, wrong)
    with deployment.reading() as session:
        assert session.scalars(select(ChannelMapping)).all() == []


def test_the_same_mapping_again_makes_no_version(supervisor):
    assert [map_words(supervisor).json["version"] for _ in range(2)] == [1, 1]
    assert supervisor.get("/api/v1/work-orders/mappings/12345").json["columns"] == COLUMNS
    assert supervisor.get("/api/v1/work-orders/mappings/12315").json["version"] == 0


def test_the_same_number_is_one_tip_and_the_same_of_another_channel_is_another(deployment, supervisor):
    for channel in ("12345", "12315"):
        map_words(supervisor, channel=channel)
    send(supervisor, order(), order())

    again = send(supervisor, order(诉求内容="又来催办"))
    other = send(supervisor, order(), channel="12315")

    assert states(supervisor.get("/api/v1/work-orders/files/1")) == [("taken", None), ("known", None)]
    assert (states(again), states(other)) == ([("known", None)], [("taken", None)])
    assert [tip.source for tip in tips(deployment)] == ["12345", "12315"]
    assert supervisor.get("/api/v1/tips/1/content").json["text"] == "向学生卖烟"


def test_the_database_keeps_one_tip_for_a_number(deployment, supervisor):
    map_words(supervisor)
    send(supervisor, order(), order(诉求编号="SH-2"))

    with pytest.raises(IntegrityError), deployment.unit_of_work() as session:
        session.execute(update(Tip).values(channel_no="SH-1"))


def test_a_complaint_and_report_in_one_order_are_two_tips(deployment, supervisor):
    map_words(supervisor)
    send(supervisor, order(诉求性质="投诉举报"))
    send(supervisor, order(诉求性质="投诉举报"))

    assert [(tip.nature, tip.channel_no) for tip in tips(deployment)] == [
        ("report", "SH-1"), ("complaint", "SH-1"),
    ]  # fmt: skip


def test_who_called_is_kept_apart(deployment, supervisor):
    map_words(supervisor)
    send(supervisor, order(诉求人="过路人", 联系电话="13812345678", 满意度="满意"))

    with deployment.reading() as session:
        assert session.scalars(select(TipInformant.tip_id)).one() == 1
        assert "过路人" not in str(session.execute(text("SELECT * FROM tip_informants")).all())
    assert "过路人" not in supervisor.get("/tips/1").text


def test_a_workbook_is_read_with_its_times(deployment, supervisor):
    map_words(supervisor)
    row = order(
        诉求编号=20261120001.0, 派单时间=datetime.fromisoformat("2026-11-20T10:30")
    )  # cells of Excel name no zone

    send(supervisor, name="orders.xlsx", content=workbook(row))

    (tip,) = tips(deployment)
    assert (tip.channel_no, tip.received_at) == (
        "20261120001",
        datetime(2026, 11, 20, 10, 30, tzinfo=SHANGHAI),
    )


def test_another_district_sees_neither_files_nor_rows(supervisor, elsewhere):
    send(supervisor, order())

    assert elsewhere.get("/api/v1/work-orders/files").json == []
    assert elsewhere.get("/api/v1/work-orders/files/1").status_code == 404
    assert send(elsewhere, order(), area_code="310101").status_code == 403
    assert map_words(elsewhere).json["taken"] == 0


def test_what_came_of_a_file_goes_back_to_its_hotline_with_every_answer(deployment, supervisor, elsewhere):
    map_words(supervisor)
    send(supervisor, order(诉求性质="投诉举报"), order(诉求编号="SH-2"), order(诉求编号="SH-3", 诉求内容=""))
    for deed in ({"deed": "take"}, {"deed": "answer", "text": "=已责令改正"}):
        assert supervisor.post("/tips/1", data=deed).status_code == 303

    told = supervisor.get("/api/v1/work-orders/files/1/answers").json
    sheet = load_workbook(io.BytesIO(supervisor.get("/work-orders/1/answers.xlsx").data)).active

    assert [(one["channel_no"], one["nature"], one["state"], one["answer"]) for one in told] == [
        ("SH-1", "report", "answered", "=已责令改正"), ("SH-1", "complaint", "received", None),
        ("SH-2", "report", "received", None),
    ]  # fmt: skip
    assert [row[-1] for row in sheet.iter_rows(values_only=True)] == ["答复", "'=已责令改正", None, None]
    assert elsewhere.get("/work-orders/1/answers.xlsx").status_code == 404
    with deployment.reading() as session:
        looks = session.scalars(select(AuditEntry).filter_by(deed="channel.answers")).all()
        assert [(one.subject, one.detail) for one in looks] == [("order_file:1", {"tips": 3})] * 2


def test_at_the_desk_words_are_mapped_beside_what_waits(deployment, supervisor):
    send(supervisor, {"编号": "SH-9", "类": "tobacco", "内容": "向学生卖烟"})
    page = supervisor.get("/work-orders/1").text
    given = {f"column_{at}": field for at, field in enumerate(("number", "kind", "text"))}

    answer = supervisor.post("/work-orders/1", data=given)

    assert "没有对照的列" in page
    assert answer.status_code == 303
    assert "已收为线索" in supervisor.get("/work-orders/1").text
    assert [tip.area_code for tip in tips(deployment)] == ["310101"]


def test_the_command_takes_a_file_and_its_mapping(deployment, settings, tmp_path):
    (tmp_path / "orders.json").write_text(
        json.dumps([order(), order(诉求编号="SH-2", 诉求类别="涉酒")]), "utf-8"
    )
    (tmp_path / "mapping.json").write_text(json.dumps(MAPPING), "utf-8")
    words = ("import", "tips", tmp_path / "orders.json", "--mapping", tmp_path / "mapping.json")

    refused = humiao(settings, *words, "--channel", "110", check=False)
    done = humiao(settings, *words, "--channel", "12345", "--json")

    assert refused.returncode != 0
    assert json.loads(done.stdout) == {
        "file": 1,
        "read": 2,
        "taken": 1,
        "known": 0,
        "quarantined": 1,
        "refused": 0,
    }
    assert "not mapped, kind: 涉酒" in done.stderr
    assert [tip.channel_no for tip in tips(deployment)] == ["SH-1"]
