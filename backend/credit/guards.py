"""What the database itself refuses: changed steps and confirmations, an entry that goes or is another one."""

from sqlalchemy import Connection

from backend.core import append_only
from backend.core.guards import changes, refuse

_STAYS = ("party", "is_person", "decision_no", "venue_id", "agency_id", "case_id", "proposed_by")
_ALONE = (
    "NEW.deed IN ('list', 'reject', 'publish', 'withdraw', 'repair', 'annul') "
    "AND NEW.user_id = (SELECT proposed_by FROM credit_entries WHERE id = NEW.entry_id)"
)


def guard(connection: Connection) -> None:
    """Put the triggers on. A migration that rebuilds one of these tables puts them on again."""
    for table in ("credit_steps", "credit_confirmations"):
        append_only.guard(connection, table)
    refuse(
        connection, "credit_entries_delete", "credit_entries", "DELETE", "1 = 1", "what was recorded stays"
    )


def guard_proposals(connection: Connection) -> None:
    """The same for what was proposed: it stays, and whoever proposed it does not decide."""
    refuse(connection, "credit_steps_apart", "credit_steps", "INSERT", _ALONE, "who proposed does not decide")
    refuse(
        connection, "credit_entries_update", "credit_entries", "UPDATE", changes(*_STAYS),
        "what was proposed stays as it is",
    )  # fmt: skip
