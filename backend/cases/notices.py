"""What the notice says by which the party was last told of the penalty (行政处罚法 arts 44, 62)."""

import re

from sqlalchemy.orm import Session

from backend.cases.models import Case
from backend.cases.papers import issued_of
from backend.cases.queries import last_told
from backend.documents.contents import opened
from backend.tasks.rules import DocumentKind

CLOSURE = "停业整顿"
_CLOSED = re.compile(rf"（.+?）{CLOSURE}(.+)。")


def told_closure(session: Session, found: Case) -> str | None:
    """For how long the business is to be closed, as the party was told; None where it was told of none."""
    if (step := last_told(found)) is None:
        return None
    served = {paper["sha256"] for paper in step.papers if paper["id"] == "notice"}
    for one in issued_of(session, found, DocumentKind.PENALTY_NOTICE):
        if one.sha256 in served:
            lines = [str(block.get("text", "")) for block in opened(session, one)[0]["blocks"]]
            told = [match[1] for line in lines if (match := _CLOSED.fullmatch(line))]
            return told[-1] if told else None  # the penalty stands below facts and evidence
    return None
