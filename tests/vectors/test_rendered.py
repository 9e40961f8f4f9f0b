"""Documents drawn here say what the tablet's drawing of them says, text by text."""

import hashlib
import json
from html.parser import HTMLParser
from pathlib import Path

import pytest

from backend.documents.html import as_page
from backend.intake.document_format import read_content
from tests.intake.handed import DOT, canonical

VECTORS = json.loads((Path(__file__).parent / "documents.json").read_text("utf-8"))
EVIL = "<img src=x onerror=alert(1)>\"'&"


class _Texts(HTMLParser):
    def __init__(self):
        super().__init__()
        self.texts, self.tags = [], []

    def handle_data(self, data):
        self.texts += [data.strip()] if data.strip() else []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)


def drawn(document, images):
    read = _Texts()
    read.feed(as_page(document, images))
    return read


@pytest.mark.parametrize("one", VECTORS, ids=[one["name"] for one in VECTORS])
def test_a_document_says_what_the_tablet_shows(one):
    assert drawn(one["document"], {}).texts == one["texts"]


def test_no_text_becomes_markup_wherever_it_stands():
    signed = {
        "name": EVIL,
        "certificateNo": EVIL,
        "state": "refused",
        "reason": EVIL,
        "image": EVIL,
        "at": EVIL,
    }
    blocks = [
        {"kind": "heading", "level": 1, "text": EVIL}, {"kind": "heading", "level": 2, "text": EVIL},
        {"kind": "paragraph", "text": EVIL}, {"kind": "table", "head": [EVIL], "rows": [[EVIL]]},
        {"kind": "table", "head": None, "rows": [[EVIL, EVIL]]},
        {"kind": "signature", "label": EVIL, **signed},
        {"kind": "seal", "agency": EVIL, "on": EVIL}, {"kind": "picture", "svg": EVIL, "text": EVIL},
        {"kind": "verification", "code": EVIL, "address": EVIL},
    ]  # fmt: skip
    document = {
        "kind": "inspection_record", "number": EVIL, "title": EVIL, "on": EVIL, "officers": [EVIL],
        "blocks": [{"no": no, **block} for no, block in enumerate(blocks, 1)],
    }  # fmt: skip

    page = drawn(document, {EVIL: DOT})

    assert page.tags.count("img") == 2
    assert set(page.tags) <= {
        "article", "table", "tbody", "thead", "tfoot", "tr", "td", "th", "h2", "h3", "p", "div", "img",
        "span", "strong", "figure", "figcaption",
    }  # fmt: skip


@pytest.mark.parametrize("one", VECTORS, ids=[one["name"] for one in VECTORS])
def test_the_door_takes_what_tablets_make(one):
    content = canonical({"document": one["document"], "images": {}}).encode()

    assert read_content(content, hashlib.sha256(content).hexdigest())["document"] == one["document"]
