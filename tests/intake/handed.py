"""Documents as a tablet hands them over and sends them, as docs/documents.md says."""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from backend.accounts.models import Device
from backend.accounts.queries import person_with
from backend.core.days import SHANGHAI
from backend.core.deployment import Deployment
from backend.tasks import ledger
from backend.tasks.rules import DocumentKind
from tests.accounts.enrolling import TabletKey, text

VISIT = "5a1a3f10-5c3e-4a4e-9a53-1f2f3c4d5e6f"
HANDED_AT = "2026-11-20T02:30:00.000Z"
DOT = "data:image/png;base64," + (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABAQAAAAA3bvkkAAAACklEQVR42mNgAAAAAgAB5Sfe/AAAAABJRU5ErkJggg=="
)


def canonical(said: Any) -> str:
    return json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def content(*paragraphs: str, number: str | None = None, **more: Any) -> str:
    """What a document says, as its tablet writes it down."""
    texts = paragraphs or ("入口处没有标志。",)
    blocks: list[dict[str, Any]] = [{"kind": "heading", "level": 1, "text": "现场检查笔录"}]
    blocks += [{"kind": "paragraph", "text": one} for one in texts]
    signed = {"label": "现场负责人", "name": "示例甲", "certificateNo": None, "state": "signed"}
    blocks.append({"kind": "signature", **signed, "reason": None, "image": "person.png", "at": None})
    document = {
        "kind": "inspection_record", "number": number, "title": "现场检查笔录", "on": "2026-11-20",
        "officers": ["SH-0001"], "blocks": [{"no": no, **one} for no, one in enumerate(blocks, 1)],
    }  # fmt: skip
    return canonical({"document": document | more, "images": {"person.png": DOT}})


def handed(key: TabletKey, content: str, **more: Any) -> dict[str, Any]:
    """The body by which a tablet sends a document; `more` is what it says instead."""
    said = {
        "document": str(uuid4()), "visit": VISIT, "number": None, "how": "paper", "handed_at": HANDED_AT,
        "sha256": hashlib.sha256(content.encode()).hexdigest(),
    }  # fmt: skip
    said |= more
    return said | {
        "signature": text(key.sign(f"humiao-document-v1\n{canonical(said)}".encode())),
        "content": content,
    }


def reserved(deployment: Deployment, device_id: int, agency: int, count: int = 3) -> list[tuple[int, str]]:
    """Numbers of today that a tablet holds for records: the ledger's own, and as they are printed."""
    today = datetime.now(SHANGHAI).date()
    kind = DocumentKind.INSPECTION_RECORD
    with deployment.unit_of_work() as session:
        ledger.add_series(
            session,
            agency_id=agency,
            kind=kind,
            year=today.year,
            pattern="示检录〔2026〕{number}号",
            by="tester",
        )
        by = person_with(session.get_one(Device, device_id))
        block, _ = ledger.reserve(
            session, uuid=str(uuid4()), kind=kind, day=today, count=count, by=by, now=datetime.now(UTC)
        )
        return [(one.id, one.text) for one in block.numbers]
