"""A visit that hands an order over: its checklist, the document that its tablet sends, and re-inspections."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from backend.core.days import today
from backend.inspections.models import Visit
from tests.inspections.visited import add_visit
from tests.intake.handed import VISIT, content, handed
from tests.intake.tablet import SIGNATURES, file_all, just_now

DEMAND = "停止接纳未成年人，补挂禁入标志"
NUMBER = "示文责改〔2026〕3号"
PDF = b"%PDF-1.7 proof"


def checklist(venue: int, due_on: date | None, **answers: str) -> bytes:
    """A checklist of today in which the officers order a correction."""
    said = {
        "duties/ban_sign": "breach", "duties/ban_sign_note": "入口处没有标志", "place/venue_id": str(venue),
        "arrival/visit_id": VISIT, "measures/measures_taken": "order", "measures/order_text": DEMAND,
        "measures/order_due_on": due_on.isoformat() if due_on else "",
    }  # fmt: skip
    return just_now(answers=said | answers, instance_id="uuid:ordered")


def hands_over(slate: Any, key: Any, **more: Any) -> str:
    """The tablet sends the order; returns the document's UUID."""
    said = handed(key, content(kind="order_to_correct", number=NUMBER), **more)
    assert slate(**said).status_code in (200, 201)
    return str(said["document"])


def visits(deployment: Any, tablet: Any, venue: int, due_on: date | None, **answers: str) -> None:
    """The tablet sends the checklist, and it is filed."""
    assert tablet.send(checklist(venue, due_on, **answers), SIGNATURES).status_code == 201
    file_all(deployment)


def looked_again(deployment: Any, agency: int, venue: int, days: int = 0) -> int:
    """A re-inspection of the venue so many days after today."""
    with deployment.unit_of_work() as session:
        on = today() + timedelta(days)
        return add_visit(session, agency_id=agency, venue_id=venue, fact_on=on).id


def ordered_visit(deployment: Any) -> int:
    with deployment.reading() as session:
        return session.scalars(select(Visit.id).filter_by(visit_no=VISIT)).one()
