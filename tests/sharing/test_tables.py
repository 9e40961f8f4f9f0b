"""Tables for receivers who only have e-mail: signed when they leave, held against what left on return."""

import io
import json
import zipfile
from base64 import b64decode, b64encode, urlsafe_b64decode
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from openpyxl import load_workbook

from backend.accounts.auth import Role
from backend.core.keys import Keys
from backend.sharing import replies
from tests.people import desk_of
from tests.sharing.conftest import FIELDS, HERE, URL, decides, message, outcomes, proposed, table

REPLY_NO, HANDLED, REMARK = "F", "G", "H"  # after row_id and the four fields
MESSAGE = f"{URL}/messages/1"
_JSON = {"sort_keys": True, "separators": (",", ":"), "ensure_ascii": False}


@pytest.fixture
def waiting(supervisor, reviewer, receiver, sends):
    """The message of an agreement by table."""
    agreement = proposed(supervisor, table(receiver))
    decides(reviewer, agreement, "confirm")
    sends()
    return agreement


@pytest.fixture
def taken(waiting, supervisor):
    """The table as it was taken out."""
    answer = supervisor.post(f"{MESSAGE}/table")
    assert answer.status_code == 200
    return answer.data


def filled(content, cells=(), *, sheet="数据"):
    """The workbook as somebody sends it back, with these cells typed in."""
    book = load_workbook(io.BytesIO(content))
    for place, value in dict(cells).items():
        book[sheet][place] = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def shows(client, content, of=MESSAGE):
    return client.post(f"{of}/replies", data={"file": (io.BytesIO(content), "reply.xlsx")})


def refused(client, content, **why):
    answer = shows(client, content)
    assert (answer.status_code, answer.json["errors"]) == (422, why)


def test_a_table_waits_until_somebody_takes_it_out(supervisor, waiting, receiver):
    assert (message(supervisor)["state"], receiver.heard) == ("queued", 0)
    assert supervisor.get(f"{URL}/left").json == []


def test_a_table_holds_what_was_agreed_on_and_no_formula(deployment, supervisor, taken):
    sheet = load_workbook(io.BytesIO(taken))["数据"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]

    assert rows[1:] == [
        ["1", "1", "蓝星网吧", "310101", None, None, None, None],
        ["2", "2", None, "310101", None, None, None, None],
    ]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}
    (left,) = supervisor.get(f"{URL}/left").json
    assert (left["outcome"], left["row_count"]) == ("taken", 2)
    assert message(supervisor)["state"] == "sent"


def test_a_reply_is_shown_before_it_is_taken_in(supervisor, taken):
    back = filled(taken, {f"{REPLY_NO}2": "收字1号", f"{HANDLED}2": "是", f"{REMARK}3": "已转街道"})

    shown = shows(supervisor, back)
    before = message(supervisor)["state"]
    confirmed = supervisor.put(f"{MESSAGE}/replies/{shown.json['id']}/confirmation")

    assert shown.json["changes"] == [
        ["1", "reply_no", "", "收字1号"], ["1", "handled", "", "yes"], ["2", "remark", "", "已转街道"]
    ]  # fmt: skip
    assert (before, confirmed.status_code, message(supervisor)["state"]) == ("sent", 200, "receipted")
    assert outcomes(supervisor) == [("taken", None), ("replied", None)]


def test_a_second_reply_shows_only_what_is_new(supervisor, taken):
    first = shows(supervisor, filled(taken, {f"{HANDLED}2": "否"})).json["id"]
    supervisor.put(f"{MESSAGE}/replies/{first}/confirmation")
    refused(supervisor, filled(taken, {f"{HANDLED}2": "no"}), table="nothing_new")

    shown = shows(supervisor, filled(taken, {f"{HANDLED}2": "是"}))

    assert shown.json["changes"] == [["1", "handled", "no", "yes"]]
    again = supervisor.put(f"{MESSAGE}/replies/{first}/confirmation")
    assert (again.status_code, again.json["errors"]) == (422, {"table": "taken_in_before"})


def test_of_two_who_take_a_reply_in_at_once_the_second_looks_again(app, agency, supervisor, taken):
    other = desk_of(app, Role.SUPERVISOR, agency_id=agency, **HERE)
    shown = [
        shows(client, filled(taken, {f"{REMARK}2": text})).json["id"]
        for client, text in ((supervisor, "已办"), (other, "未办"))
    ]
    foreign = other.put(f"{MESSAGE}/replies/{shown[0]}/confirmation")

    first = supervisor.put(f"{MESSAGE}/replies/{shown[0]}/confirmation")
    second = other.put(f"{MESSAGE}/replies/{shown[1]}/confirmation")

    assert (foreign.status_code, first.status_code) == (404, 200)
    assert (second.status_code, second.json["errors"]) == (422, {"table": "changed_meanwhile"})


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({"D3": "310104"}, {"table": "changed", "row": 3, "column": "区划代码 area_code"}),
        ({"C3": "x"}, {"table": "changed", "row": 3, "column": "场所名称（仅经营者为单位的） venue_name"}),
        ({"A3": "1"}, {"table": "row_unknown", "row": 3}),
        ({"A3": "7"}, {"table": "row_unknown", "row": 3}),
        ({"A3": None, "B3": None, "C3": None, "D3": None}, {"table": "rows_missing", "rows": "2"}),
        ({"A4": "3", "B4": "9"}, {"table": "row_unknown", "row": 4}),
        ({"A6": "3"}, {"table": "row_unknown", "row": 6}),
        ({"D1": "区"}, {"table": "columns_changed"}),
        ({f"{HANDLED}2": "maybe"}, {"table": "handled_unknown", "row": 2}),
        ({f"{REMARK}2": "联系 13812345678"}, {"table": "personal_number_found", "row": 2}),
        ({f"{REPLY_NO}2": "x" * 65}, {"table": "too_long", "row": 2}),
        ({f"{REMARK}2": "x" * 401}, {"table": "too_long", "row": 2}),
    ],
    ids=["a field", "what was empty", "a row twice", "another row", "a row is gone", "one row more",
         "after empty rows", "a heading", "neither yes nor no", "a telephone", "a long number",
         "a long remark"],
)  # fmt: skip
def test_a_table_that_was_changed_is_refused_by_row_and_column(supervisor, taken, cells, why):
    refused(supervisor, filled(taken, cells), **why)


def test_a_formula_in_a_reply_stays_a_text(supervisor, taken):
    shown = shows(supervisor, filled(taken, {f"{REMARK}2": "'=1+1"}))

    assert shown.json["changes"] == [["1", "remark", "", "=1+1"]]
    supervisor.put(f"{MESSAGE}/replies/{shown.json['id']}/confirmation")
    assert "=1+1" in supervisor.get("/sharing/messages/1").text


@pytest.mark.parametrize("place", ["B10", "B11", "B12"], ids=["key", "signature", "what is signed"])
@pytest.mark.parametrize("text", ["AAAA", None])
def test_a_table_with_another_signature_is_refused(supervisor, taken, place, text):
    refused(supervisor, filled(taken, {place: text}, sheet="约定"), table="wrong_signature")


@pytest.mark.parametrize(
    ("cells", "row"),
    [
        ({"B1": "2"}, 1),
        ({"B2": "另一单位"}, 2),
        ({"B3": "商业推广"}, 3),
        ({"B4": None}, 4),
        ({"B5": "warnings"}, 5),
        ({"B6": "2020-01"}, 6),
        ({"B7": "2199-12-31"}, 7),
        ({"B9": "0" * 64}, 9),
        ({"A3": "remark"}, 3),
        ({"C3": "以及其他用途"}, 3),
        ({"A13": "purpose", "B13": "未成年人保护工作协同"}, 13),
        ({"B14": "可转发"}, 14),
    ],
    ids=["number", "receiver", "purpose", "legal basis", "dataset", "period", "term", "digest", "a name",
         "a cell beside", "a line twice", "a line below"],
)  # fmt: skip
def test_a_table_whose_agreement_was_changed_is_refused_by_row(supervisor, taken, cells, row):
    refused(supervisor, filled(taken, cells, sheet="约定"), table="agreement_changed", row=row)


def test_a_table_without_what_is_signed_does_not_pass_for_an_older_one(supervisor, taken):
    without = filled(taken, {"A12": None, "B12": None, "B3": "商业推广"}, sheet="约定")

    refused(supervisor, without, table="wrong_signature")


def _older(deployment, taken):
    """A table as it left before its agreement was signed too."""
    content = json.dumps(_signed(taken, "message_id", "columns", "rows"), **_JSON).encode()
    signature = b64encode(deployment.keys.sharing_keys[0].private.sign(content)).decode()
    return filled(taken, {"A12": None, "B12": None, "B11": signature}, sheet="约定")


def test_a_table_that_left_before_its_agreement_was_signed_still_returns(deployment, supervisor, taken):
    older = _older(deployment, taken)

    refused(supervisor, filled(older, {"B3": "商业推广"}, sheet="约定"), table="agreement_changed", row=3)
    assert shows(supervisor, filled(older, {f"{REMARK}2": "已收"})).status_code == 201


def _signed(taken, *names):
    """What the signature of a table is said to cover, read from its cells alone."""
    book = load_workbook(io.BytesIO(taken))
    about = {key.value: value.value for key, value in book["约定"].iter_rows(max_col=2)}
    said = {
        "agreed": {name: about[name] for name in about if name not in ("key_id", "signature", "signed")},
        "columns": ["row_id", *FIELDS], "message_id": about["message_id"], "signed": about["signed"],
        "rows": [[cell.value or "" for cell in row[:-3]] for row in book["数据"].iter_rows(min_row=2)],
    }  # fmt: skip
    return {name: said[name] for name in names}


def test_whoever_has_the_table_can_verify_it(app, taken):
    book = load_workbook(io.BytesIO(taken))
    about = {key.value: value.value for key, value in book["约定"].iter_rows(max_col=2)}
    known = {
        one["kid"]: one["x"] for one in app.test_client().get("/api/v1/public/sharing-keys").json["keys"]
    }
    public = Ed25519PublicKey.from_public_bytes(urlsafe_b64decode(known[about["key_id"]] + "=="))
    said = _signed(taken, "agreed", "columns", "message_id", "rows", "signed")

    assert said["agreed"]["purpose"] == "未成年人保护工作协同"
    assert public.verify(b64decode(about["signature"]), json.dumps(said, **_JSON).encode()) is None


def test_more_rows_than_a_table_has_are_refused_before_it_is_made_while_others_write(
    deployment, supervisor, waiting, monkeypatch
):
    monkeypatch.setattr(replies, "MOST_ROWS", 1)

    with deployment.unit_of_work():
        answer = supervisor.post(f"{MESSAGE}/table")

    assert (answer.status_code, answer.json["errors"]) == (409, {"because": "too_many_rows"})
    assert supervisor.get(f"{URL}/left").json == []


def test_a_table_that_was_signed_before_a_rotation_still_returns(deployment, supervisor, taken):
    Keys.add_sharing(deployment.settings.keys)

    assert shows(supervisor, filled(taken, {f"{REMARK}2": "已收"})).status_code == 201


def test_a_table_that_a_retired_key_signed_still_returns(deployment, supervisor, taken):
    (old,) = deployment.keys.sharing_keys
    Keys.add_sharing(deployment.settings.keys)
    Keys.retire_sharing(deployment.settings.keys, old.id, now=datetime.now(UTC))

    assert shows(supervisor, filled(taken, {f"{REMARK}2": "已收"})).status_code == 201


def test_a_table_of_another_message_is_refused(supervisor, taken):
    other = "00000000-0000-4000-8000-000000000000"

    refused(supervisor, filled(taken, {"B8": other}, sheet="约定"), table="another_message")


def _packed(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(f"{name}.xml", content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"no workbook", "not_a_table"),
        (_packed(x=b"<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x>&e;</x>"), "not_a_table"),
        (_packed(x=b"0" * 40_000_000), "too_large"),
    ],
    ids=["no workbook", "an entity", "a bomb"],
)
def test_a_file_that_is_no_table_is_refused_while_others_write(deployment, supervisor, taken, content, why):
    with deployment.unit_of_work():
        refused(supervisor, content, table=why)


def test_a_workbook_that_is_not_ours_is_refused(supervisor, taken):
    from openpyxl import Workbook

    out = io.BytesIO()
    Workbook().save(out)

    refused(supervisor, out.getvalue(), table="not_ours")


def test_what_never_left_has_no_reply(supervisor, waiting):
    refused(supervisor, b"anything", table="never_left")


def test_nothing_is_taken_out_when_the_agreement_is_over(supervisor, waiting):
    decides(supervisor, waiting, "end", reason="不再需要")

    answer = supervisor.post(f"{MESSAGE}/table")

    assert (answer.status_code, answer.json["errors"]) == (409, {"because": "agreement_over"})
    assert supervisor.get(f"{URL}/left").json == []


@pytest.mark.parametrize("is_out", [False, True], ids=["never taken out", "taken out"])
def test_a_table_that_nobody_took_out_in_time_is_withheld(supervisor, waiting, sends, is_out):
    if is_out:
        supervisor.post(f"{MESSAGE}/table")
    decides(supervisor, waiting, "end", reason="不再需要")

    assert sends()["withheld"] == int(not is_out)
    assert message(supervisor)["state"] == ("sent" if is_out else "withheld")


def test_a_message_by_https_is_no_table(supervisor, agreed, sends):
    sends()

    assert supervisor.post(f"{MESSAGE}/table").json["errors"] == {"because": "not_a_table"}


def test_a_reviewer_reads_and_takes_nothing_out(reviewer, taken):
    assert reviewer.post(f"{MESSAGE}/table").status_code == 403
    assert shows(reviewer, taken).status_code == 403


def test_whoever_may_take_a_table_out_may_look_at_its_content_while_it_counts(supervisor, reviewer, waiting):
    allowed, forbidden = (one.get(f"{MESSAGE}/body").status_code for one in (supervisor, reviewer))
    decides(supervisor, waiting, "end", reason="不再需要")
    over = supervisor.get(f"{MESSAGE}/body")

    assert (allowed, forbidden, over.status_code) == (200, 403, 409)
    assert over.json["errors"] == {"because": "agreement_over"}


def test_for_others_there_is_no_such_table(app, taken):
    other = desk_of(app, Role.COORDINATOR, **HERE)

    assert [other.post(f"{MESSAGE}/table").status_code, shows(other, taken).status_code] == [404, 404]
