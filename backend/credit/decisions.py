"""Whether the decision of a case here carries an entry: it was served, it stands, it is the one named."""

from sqlalchemy.orm import Session

from backend.cases.models import Case
from backend.cases.papers import issued_of
from backend.cases.rules import OVERTURNED, SERVED
from backend.tasks.rules import DocumentKind

_PENALTIES = (DocumentKind.PENALTY_DECISION, DocumentKind.SUMMARY_DECISION)


def holds(case: Case) -> bool:
    """Whether its decision was served, and neither changed nor annulled since."""
    is_served = any(step.to_state == SERVED for step in case.steps)
    return is_served and not any(step.step == OVERTURNED for step in case.steps)


def is_of(session: Session, case: Case, decision_no: str) -> bool:
    """Whether a number is that of its penalty decision that counts; where none was issued here, any is."""
    counting = issued_of(session, case, *_PENALTIES, only_counting=True)
    if decision_no in [one.number.text for one in counting]:
        return True
    return not issued_of(session, case, *_PENALTIES, DocumentKind.NO_PENALTY_DECISION)
