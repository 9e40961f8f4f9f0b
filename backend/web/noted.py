"""Notes on what a new business is, with their clauses in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from backend.accounts.scope import Scope
from backend.classification import queries
from backend.classification.models import ClassificationNote
from backend.rulebook import queries as rulebook
from backend.web.law import Cited, cited


@dataclass(frozen=True, slots=True)
class NoteShown:
    """A note with its clauses as they were on the day of the decision."""

    row: ClassificationNote
    clauses: list[Cited]
    is_in_force: bool


def notes_at(session: Session, scope: Scope, venue_id: int) -> list[NoteShown]:
    """The notes on one venue."""
    return shown_notes(session, queries.list_notes(session, scope, venue_id=venue_id)[0])


def shown_notes(session: Session, rows: Sequence[ClassificationNote]) -> list[NoteShown]:
    """Notes with what they cite, and whether they are in force."""
    law, replaced = rulebook.current(session), queries.replaced(session, [row.id for row in rows])
    return [
        NoteShown(row, cited(law.on(row.decided_on), row.clauses), row.id not in replaced) for row in rows
    ]
