"""Rows of visits for tests of lists, maps and exports: many, without a tablet."""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from sqlalchemy.orm import Session

from backend.core.sealed import visit_key
from backend.inspections.actions import place_on_map
from backend.inspections.models import Standing, Violation, Visit, VisitFlag

NOW = datetime(2026, 11, 20, 2, 30, tzinfo=UTC)
_numbers = count(1)


def add_visit(
    session: Session, *, found: int = 0, review: int = 0, flags: tuple[str, ...] = (), **columns: Any
) -> Visit:
    """One visit with so many violations found and for review."""
    number = f"uuid:visited-{next(_numbers)}"
    known = {
        "instance_id": number, "visit_no": columns.get("visit_no", number),
        "form_id": "internet_cafe", "form_version": "1", "activity": "internet_cafe",
        "area_code": "310101", "fact_on": date(2026, 11, 20),
        "received_at": NOW, "filed_at": NOW, "rulebook_version": 1,
        "measures": ["none"], "record": b"",
    }  # fmt: skip
    key_id = visit_key(session, str(known["visit_no"])).row_id
    counted = {"found": found, "to_review": review} | place_on_map(session, known | columns)
    session.add(visit := Visit(**(known | {"key_id": key_id} | counted | columns)))
    session.flush()
    for standing in [Standing.FOUND] * found + [Standing.REVIEW] * review:
        told = {"clauses": [], "reasons": [], "doubts": [], "rulebook_version": 1, "fact_on": visit.fact_on}
        session.add(Violation(visit_id=visit.id, duty_id="ACC-NET-1", standing=standing, **told))
    session.add_all(VisitFlag(visit_id=visit.id, code=code, count=1, raised_at=NOW) for code in flags)
    session.flush()
    return visit
