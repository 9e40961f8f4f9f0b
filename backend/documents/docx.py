"""A document for Word: the same blocks, for whoever has to add to them by hand before they are signed."""

import io
from base64 import b64decode
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from backend.documents.blocks import Block, Document
from backend.documents.pdf import as_png
from backend.documents.shown import day_shown
from backend.documents.stamp import NO_DAY, NO_NUMBER, Stamp, foot_of, who_signs, why_unsigned

Images = Mapping[str, str]
SONG, HEI = "FangSong", "SimHei"


def as_docx(document: Document, images: Images, stamp: Stamp | None, made_at: datetime) -> bytes:
    """A4, Chinese fonts by their names; code, square and page on every page."""
    paper = _Paper(document, images, made_at)
    for block in document["blocks"]:
        getattr(paper, block["kind"])(block)
    paper.foot(stamp)
    return paper.saved()


class _Paper:
    """One document as python-docx builds it, block by block."""

    def __init__(self, document: Document, images: Images, made_at: datetime) -> None:
        import docx  # it reads XML with lxml: a web worker imports it for this only
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Mm, Pt

        self._mm, self._pt, self._align = Mm, Pt, WD_ALIGN_PARAGRAPH
        self._said, self._images = document, images
        self._out = docx.Document()
        known = self._out.core_properties
        known.title, known.author, known.language = document["title"], "", "zh-CN"
        known.created = known.modified = made_at.replace(tzinfo=None)
        page = self._out.sections[0]
        page.page_width, page.page_height = Mm(210), Mm(297)
        page.left_margin, page.right_margin, page.top_margin, page.bottom_margin = (
            Mm(28),
            Mm(26),
            Mm(30),
            Mm(36),
        )
        page.footer_distance = Mm(10)
        usual = self._out.styles["Normal"]
        usual.paragraph_format.space_after, usual.paragraph_format.line_spacing = Pt(0), 1.5
        self._font(usual, SONG, 14)

    def saved(self) -> bytes:
        out = io.BytesIO()
        self._out.save(out)
        return out.getvalue()

    def heading(self, one: Block) -> None:
        said = self._out.add_heading(level=one["level"])
        self._write(said, one["text"], SONG if one["level"] == 1 else HEI, 22 if one["level"] == 1 else 14)
        said.paragraph_format.space_before = said.paragraph_format.space_after = self._pt(8)
        if one["level"] == 1:
            said.alignment = self._align.CENTER
            number = self._out.add_paragraph()
            self._write(number, self._said["number"] or NO_NUMBER, SONG, 12)
            number.alignment = self._align.RIGHT

    def paragraph(self, one: Block) -> None:
        said = self._out.add_paragraph(one["text"])
        said.paragraph_format.first_line_indent = self._pt(28)

    def table(self, one: Block) -> None:
        rows = ([one["head"]] if one["head"] else []) + one["rows"]
        if not rows:
            return
        table = self._out.add_table(rows=len(rows), cols=max(map(len, rows)), style="Table Grid")
        for line, texts in zip(table.rows, rows, strict=True):
            for at, (cell, text) in enumerate(zip(line.cells, texts, strict=False)):
                is_name = line._index == 0 if one["head"] else at == 0
                self._write(cell.paragraphs[0], text, HEI if is_name else SONG, 12)
        if one["head"]:
            self._repeat(table.rows[0])
        else:
            for line in table.rows:
                line.cells[0].width, line.cells[-1].width = self._mm(38), self._mm(118)

    def signature(self, one: Block) -> None:
        said = self._out.add_paragraph(who_signs(one["label"], one["name"], one["certificateNo"]) + "　　")
        said.paragraph_format.space_before = self._pt(14)
        if (picture := self._images.get(one["image"] or "")) is not None:
            said.add_run().add_picture(io.BytesIO(b64decode(picture.partition(",")[2])), height=self._mm(12))
        else:
            said.add_run(why_unsigned(one["state"], one["reason"]) or "＿＿＿＿＿＿＿＿")
        said.add_run(f"　　{one['at'] or NO_DAY}")

    def seal(self, one: Block) -> None:
        for at, text in enumerate((one["agency"], "（印章）", one["on"])):
            line = self._out.add_paragraph(text)
            line.alignment = self._align.RIGHT
            line.paragraph_format.keep_with_next = at < 2
            line.paragraph_format.space_before = self._pt(36 if at == 0 else 0)

    def picture(self, one: Block) -> None:
        line = self._out.add_paragraph()
        line.alignment = self._align.CENTER
        line.paragraph_format.keep_with_next = True
        line.add_run().add_picture(io.BytesIO(as_png(one["svg"])), width=self._mm(90))
        said = self._out.add_paragraph()
        said.alignment = self._align.CENTER
        self._write(said, one["text"], SONG, 11)

    def verification(self, one: Block) -> None:
        self._out.add_paragraph(f"核验码 {one['code']}　{one['address'] or ''}")

    def foot(self, stamp: Stamp | None) -> None:
        day = day_shown(date.fromisoformat(self._said["on"]))
        officers = "、".join(self._said["officers"])
        line = self._out.sections[0].footer.paragraphs[0]
        self._write(line, foot_of(self._said["title"], self._said["number"], day), SONG, 9)
        if stamp:
            self._write(line, f"\n{stamp.text}" + (f"　执法证号 {officers}" if officers else ""), SONG, 9)
            self._write(line, f"\n{stamp.address}　", SONG, 7.5)
            line.add_run().add_picture(io.BytesIO(stamp.square("png")), width=self._mm(15))
        self._write(line, "　第 ", SONG, 9)
        self._field(line, "PAGE")
        self._write(line, " 页　共 ", SONG, 9)
        self._field(line, "NUMPAGES")
        self._write(line, " 页", SONG, 9)

    def _write(self, line: Any, text: str, font: str, points: float) -> None:
        self._font(line.add_run(text), font, points)

    def _font(self, styled: Any, font: str, points: float) -> None:
        from docx.oxml.ns import qn
        from docx.shared import RGBColor

        styled.font.name, styled.font.size, styled.font.bold = font, self._pt(points), False
        styled.font.color.rgb = RGBColor(0, 0, 0)
        styled.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)

    def _field(self, line: Any, name: str) -> None:
        """What Word works out by itself: the page, and how many there are."""
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        run = line.add_run()
        self._font(run, SONG, 9)
        for kind, text in (("begin", ""), ("", name), ("end", "")):
            part = OxmlElement("w:fldChar" if kind else "w:instrText")
            part.text = text or None
            if kind:
                part.set(qn("w:fldCharType"), kind)
            run._r.append(part)

    def _repeat(self, row: Any) -> None:
        """The head of a table again on each page."""
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        head = OxmlElement("w:tblHeader")
        head.set(qn("w:val"), "true")
        row._tr.get_or_add_trPr().append(head)
