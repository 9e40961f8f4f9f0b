"""The documents of the vectors keep what docs/documents.md says, for whoever renders them here."""

import hashlib
import json
from pathlib import Path

import pytest

from backend.core.personal_numbers import find

VECTORS = json.loads((Path(__file__).parent / "documents.json").read_text("utf-8"))
TEXT, MAYBE = {str}, {str, type(None)}
BLOCKS = {
    "heading": {"level": {int}, "text": TEXT},
    "paragraph": {"text": TEXT},
    "table": {"head": {list, type(None)}, "rows": {list}},
    "signature": {"label": TEXT, "name": MAYBE, "certificateNo": MAYBE, "state": TEXT, "reason": MAYBE,
                  "image": MAYBE, "at": MAYBE},
    "seal": {"agency": TEXT, "on": TEXT},
    "verification": {"code": TEXT, "address": MAYBE},
}  # fmt: skip

documents = pytest.mark.parametrize(
    "document", [one["document"] for one in VECTORS], ids=[one["name"] for one in VECTORS]
)


@documents
def test_blocks_are_as_documented(document):
    assert set(document) == {"kind", "number", "title", "on", "officers", "blocks"}
    for number, block in enumerate(document["blocks"], 1):
        facts = BLOCKS[block["kind"]]
        assert (block["no"], set(block)) == (number, {"no", "kind", *facts})
        assert all(type(block[name]) in kinds for name, kinds in facts.items()), block


@documents
def test_the_code_is_that_of_the_blocks_before_it(document):
    *blocks, last = document["blocks"]
    said = json.dumps(blocks, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    assert last["code"] == hashlib.sha256(said.encode()).hexdigest()[:8].upper()


@documents
def test_no_personal_number_is_on_the_page_though_somebody_wrote_one(document):
    blocks = document["blocks"]
    texts = [text for block in blocks for text in (block.get("text"), block.get("reason"))]
    texts += [cell for block in blocks for row in block.get("rows", []) for cell in row]

    assert not any(find(text) for text in texts if text)


def test_somebody_did_write_personal_numbers():
    written = json.dumps([one["input"] for one in VECTORS], ensure_ascii=False)

    assert {span.kind for span in find(written)} == {"resident_id", "mobile"}


def test_every_kind_of_block_is_in_the_vectors():
    assert {block["kind"] for one in VECTORS for block in one["document"]["blocks"]} == set(BLOCKS)
