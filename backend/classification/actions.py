"""What can be done to classification notes. The caller owns the transaction."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from backend.accounts.scope import Person
from backend.classification.models import ClassificationNote
from backend.classification.queries import newest_note
from backend.core import audit
from backend.core.days import SHANGHAI
from backend.core.errors import InvalidInput
from backend.rulebook import queries as rulebook
from backend.venues.queries import venue


def add_note(session: Session, said: dict[str, Any], *, by: Person, now: datetime) -> ClassificationNote:
    """Write down what a kind of business is; the note that was in force is replaced and stays.

    Raises InvalidInput where the day, the category or a clause cannot be; NotFound for a venue out of scope.
    """
    on_day = rulebook.current(session).on(said["decided_on"])
    if said["decided_on"] > now.astimezone(SHANGHAI).date():
        raise InvalidInput(decided_on="in_the_future")
    if said["category"] is not None and said["category"] not in on_day.activities:
        raise InvalidInput(category="not_in_the_rulebook")
    if unknown := [clause for clause in said["clauses"] if clause not in on_day.all_clauses]:
        raise InvalidInput(clauses=unknown)
    if said["venue_id"] is not None:
        venue(session, by.scope, said["venue_id"], to_change=True)
    before = newest_note(session, said["business"], said["venue_id"])
    if before and before.decided_on > said["decided_on"]:
        raise InvalidInput(decided_on="before_the_note_in_force")
    note = ClassificationNote(**said, supersedes=before and before.id, entered_by=by.id, entered_at=now)
    session.add(note)
    session.flush()
    detail = {"category": note.category, "supersedes": note.supersedes}
    audit.record(
        session, "classification.add", by=by.actor, subject=f"classification:{note.id}", detail=detail
    )
    return note
