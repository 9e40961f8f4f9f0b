"""Each document as PDF, for Word and as a page: read back, every page with its code, every sign printed."""

import io
from dataclasses import replace

import docx
import pytest
from pypdf import PdfReader

from backend.documents import penalties, preservation
from backend.documents.docx import as_docx
from backend.documents.errors import SignUnprintable
from backend.documents.html import as_page
from backend.documents.pdf import as_pdf
from backend.documents.stamp import Stamp
from backend.tasks.rules import DocumentKind
from tests.documents import samples

CODE = "7K3Q-F2ZD-9MWA"
STAMP = Stamp(CODE, "1A2B3C4D", f"https://example.invalid/verify/{CODE}")
PNG = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJ"
    "RU5ErkJggg=="
)
KINDS = sorted(set(DocumentKind) - {DocumentKind.DISTANCE_REPORT})


@pytest.fixture(scope="module")
def every(law):
    return samples.every(law)


def read(content):
    """The text of each page, without the spaces of the layout."""
    return ["".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(content)).pages]


@pytest.mark.parametrize("kind", KINDS)
def test_a_pdf_says_everything_and_bears_its_code_on_each_page(every, kind):
    document = every[kind]

    printed = as_pdf(document, {}, STAMP, samples.AT)

    pages = read(printed.content)
    assert len(pages) == printed.pages
    for number, page in enumerate(pages, 1):
        assert f"核验码{CODE}摘要1A2B3C4D" in page
        assert f"第{number}页共{printed.pages}页" in page
        assert document["number"] in page
    text = "".join(pages)
    for block in document["blocks"]:
        if block["kind"] == "heading":
            assert block["text"] in text
    assert len(PdfReader(io.BytesIO(printed.content)).pages[-1].images) == 0  # the square is drawn, not dots


@pytest.mark.parametrize("kind", KINDS)
def test_word_opens_every_document(every, kind):
    document = every[kind]

    opened = docx.Document(io.BytesIO(as_docx(document, {}, STAMP, samples.AT)))

    said = [paragraph.text for paragraph in opened.paragraphs]
    for block in document["blocks"]:
        if block["kind"] in ("heading", "paragraph"):
            assert block["text"] in said
    tables = [one for one in document["blocks"] if one["kind"] == "table" and one["rows"]]
    assert [len(table.rows) for table in opened.tables] == [
        len(one["rows"]) + (one["head"] is not None) for one in tables
    ]
    foot = opened.sections[0].footer
    assert CODE in foot.paragraphs[0].text
    assert "NUMPAGES" in foot._element.xml
    assert opened.core_properties.author == ""


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_says_the_same_and_loads_nothing(every, kind):
    page = as_page(every[kind], {}, STAMP)

    assert f"核验码 {CODE}　摘要 1A2B3C4D" in page
    assert 'src="http' not in page


def test_rare_signs_of_names_are_printed(every):
    pages = read(as_pdf(every["penalty_decision"], {}, STAMP, samples.AT).content)

    assert "欧阳𠮷㐂，店长䶮" in pages[0]


def test_a_sign_that_no_font_has_is_refused_and_named(law):
    odd = replace(samples.DECISION, party=replace(samples.PARTY, person_name="示例\U0002a290"))

    with pytest.raises(SignUnprintable) as refused:
        as_pdf(penalties.penalty_decision(law, odd), {}, STAMP, samples.AT)

    assert "\U0002a290" in refused.value.data["text"]


def test_what_somebody_typed_is_never_markup(law):
    evil = '#panic("x") $x$ *b* \\ "q" <a> [b] @c // d'
    odd = replace(samples.PRESERVATION, reason=evil, kept_at=evil)

    document = preservation.preservation_decision(law, odd)
    (first, *_) = read(as_pdf(document, {}, STAMP, samples.AT).content)

    assert "".join(evil.split()) in first


def test_the_same_document_is_printed_to_the_same_bytes(every):
    first, again = (as_pdf(every["tip_reply"], {}, STAMP, samples.AT).content for _ in range(2))

    assert first == again


def test_a_picture_of_a_signature_is_drawn_everywhere(every):
    images = {"officer_1.png": PNG}
    document = every["inspection_record"]

    printed = as_pdf(document, images, STAMP, samples.AT).content
    opened = docx.Document(io.BytesIO(as_docx(document, images, STAMP, samples.AT)))

    assert sum(len(page.images) for page in PdfReader(io.BytesIO(printed)).pages) == 1
    assert len(opened.inline_shapes) == 1
    assert PNG in as_page(document, images, STAMP)
