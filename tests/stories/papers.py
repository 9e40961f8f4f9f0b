"""Documents as they leave the house: printed, their text read back, and looked up by their code."""

import io
import re
from dataclasses import dataclass
from typing import Any

from pypdf import PdfReader

CODE = re.compile(r"核验码([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})")


@dataclass(frozen=True)
class Paper:
    """An issued document; its text is without any blanks, for a printer sets them where it likes."""

    id: str
    title: str
    number: str
    pages: list[str]

    @property
    def text(self) -> str:
        foot = re.compile(rf"{re.escape(self.title + self.number)}[\d年月日]*核验码.*?第\d+页共\d+页")
        return "".join(foot.sub("", page) for page in self.pages)

    def says(self, *parts: str) -> None:
        for part in parts:
            assert "".join(part.split()) in self.text, (part, self.text)


def pages_of(answer: Any) -> list[str]:
    """The text of a PDF, page by page."""
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf"), answer.text
    return ["".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(answer.data)).pages]


def issued(client: Any, address: str, *, party: str, agency: str) -> Paper:
    """The document of a page as it is printed: numbered on every page, and real by its code."""
    pages = pages_of(client.get(f"{address}.pdf"))
    codes = {code for page in pages for code in CODE.findall(page)}
    assert len(codes) == 1, pages
    for number, page in enumerate(pages, 1):
        assert f"第{number}页共{len(pages)}页" in page, page
        assert CODE.search(page), page
    (code,) = codes
    anybody = client.application.test_client()
    shown = anybody.get(f"/verify/{code}")
    assert shown.status_code == 200, shown.text
    title, number = (_fact(shown.text, word) for word in ("文书", "文号"))
    assert re.fullmatch(r"\S+〔20\d\d〕\d+号", number)
    assert (all(number in page for page in pages), agency in shown.text) == (True, True)
    assert party not in shown.text
    return Paper(address.rpartition("/")[2], title, number, pages)


def _fact(page: str, word: str) -> str:
    found = re.search(rf"<dt>{word}\w*</dt>\s*<dd>([^<]*)</dd>", page)
    assert found, page
    return found[1].strip()
