"""A table of units is taken in as a whole or not at all."""

import io

import pytest
from openpyxl import Workbook

from tests.staff_queries.conftest import DOOR, said_of_unit

HEADINGS = "单位名称,单位类别,所在辖区,信用代码,备注"
GOOD = "甲艺术培训中心,校外培训机构,示例区,91310000775785552L,随便"


def sent(client, content, name="units.csv"):
    return client.post("/contact-units/import", data={"file": (io.BytesIO(content), name)})


def table(*rows, encoding="utf-8-sig"):
    return "\r\n".join((HEADINGS, *rows)).encode(encoding)


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        pytest.param("乙,酒吧,示例区", "没有名称", id="a name of one letter"),
        pytest.param("乙酒吧,酒吧,示例区", "没有这个单位类别", id="a bar is none"),
        pytest.param("乙托管班,校外托管、临时看护机构,邻区", "不在您的辖区", id="another area"),
        pytest.param("乙培训", "没有这个单位类别", id="a short row"),
        pytest.param("乙培训,校外培训机构,示例区,123", "信用代码不对", id="a wrong code"),
        pytest.param("王伟11010519491231002X,校外培训机构,示例区", "有身份证号或手机号", id="a person"),
    ],
)
def test_one_faulty_row_keeps_all_out_and_is_named(supervisor, row, fault):
    answer = sent(supervisor, table(GOOD, row))

    assert answer.status_code == 422
    assert "第 3 行" in answer.text
    assert fault in answer.text
    assert "甲艺术培训中心" not in answer.text
    assert supervisor.get(DOOR).json == []


@pytest.mark.parametrize(
    "content", [b"", b"\x00\xff\xfe", table(), "名称\r\n甲".encode(), b"PK\x03\x04broken"], ids=len
)
@pytest.mark.parametrize("name", ["units.csv", "units.xlsx"])
def test_what_is_no_table_of_units_is_refused(supervisor, content, name):
    assert sent(supervisor, content, name).status_code == 422


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_table_is_taken_in_once_and_what_is_known_is_left_alone(supervisor, encoding):
    first = sent(supervisor, table(GOOD, encoding=encoding))
    again = sent(supervisor, table(GOOD, GOOD, encoding=encoding))

    assert "新登记 1 家，已有 0 家" in first.text
    assert "新登记 0 家，已有 2 家" in again.text
    assert [(one["name"], one["kind"]) for one in supervisor.get(DOOR).json] == [
        ("甲艺术培训中心", "training")
    ]


def test_a_workbook_is_read_too(supervisor):
    book, content = Workbook(), io.BytesIO()
    for row in (HEADINGS.split(","), ["示例幼儿园", "kindergarten", "310101"]):
        book.active.append(row)
    book.save(content)

    assert "新登记 1 家" in sent(supervisor, content.getvalue(), "units.xlsx").text
    assert supervisor.get(DOOR).json[0]["name"] == "示例幼儿园"


def test_a_school_takes_nothing_in(school):
    assert sent(school, table(GOOD)).status_code == 403


def test_units_without_a_code_may_have_the_same_name(supervisor):
    supervisor.post(DOOR, json=said_of_unit(name="丙托管班"))

    assert sent(supervisor, table("丙托管班,校外托管、临时看护机构,示例区")).status_code == 200
