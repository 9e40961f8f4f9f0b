"""Work orders as a hotline sends them, and how its words are read."""

import io
import json
from typing import Any

from openpyxl import Workbook

COLUMNS = {
    "诉求编号": "number", "派单时间": "received_at", "诉求类别": "kind", "诉求内容": "text",
    "诉求性质": "nature", "区": "area", "地址": "place", "诉求人": "name", "联系电话": "contact",
    "满意度": "ignore",
}  # fmt: skip
VALUES = {
    "kind": {"涉烟": "tobacco", "网吧": "internet_cafe"}, "area": {"示例区": "310101"},
    "nature": {"投诉举报": "both", "举报": "report"},
}  # fmt: skip
MAPPING = {"columns": COLUMNS, "values": VALUES}


def order(**said: Any) -> dict[str, Any]:
    known = {"诉求编号": "SH-1", "派单时间": "2026-11-20 10:00", "诉求类别": "涉烟", "诉求内容": "向学生卖烟",
             "区": "示例区", "地址": "示例路8弄"}  # fmt: skip
    return known | said


def workbook(*rows: dict[str, Any]) -> bytes:
    book, out = Workbook(), io.BytesIO()
    headings = list(dict.fromkeys(name for row in rows for name in row))
    for row in ([*headings], *([row.get(name) for name in headings] for row in rows)):
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def send(
    desk: Any, *rows: dict[str, Any], name: str = "orders.json", content: bytes = b"", **form: str
) -> Any:
    """Send a file to the door of work orders: these rows as JSON unless content is given."""
    content = content or json.dumps(rows, ensure_ascii=False).encode()
    given = {"channel": "12345", "file": (io.BytesIO(content), name)} | form
    answer = desk.post("/api/v1/work-orders/files", data=given)
    answer.request.environ["wsgi.input"].close()  # a temporary file, if it is large
    return answer


def map_words(desk: Any, said: dict[str, Any] = MAPPING, channel: str = "12345") -> Any:
    return desk.post(f"/api/v1/work-orders/mappings/{channel}", json=said)
