"""What the database itself refuses: steps out of order, or changed; a case or an order that goes."""

from sqlalchemy import Connection

from backend.core import append_only
from backend.core.guards import refuse

_LAST = "(SELECT {what} FROM case_steps WHERE case_id = NEW.case_id)"
_BEFORE = "(SELECT to_state FROM case_steps WHERE case_id = NEW.case_id AND seq = NEW.seq - 1)"
_OUT_OF_ORDER = (
    f"NEW.seq <> 1 + {_LAST.format(what='coalesce(max(seq), 0)')} "
    f"OR (NEW.seq > 1 AND NEW.from_state <> {_BEFORE})"
)


def guard(connection: Connection) -> None:
    """Put the triggers on. A migration that rebuilds one of these tables puts them on again."""
    refuse(connection, "case_steps_order", "case_steps", "INSERT", _OUT_OF_ORDER, "a step out of order")
    for table in ("case_steps", "order_entries"):
        refuse(connection, f"{table}_update", table, "UPDATE", "1 = 1", "what was done stays as it is")
    for table in ("cases", "case_steps", "case_violations", "orders", "order_entries"):
        refuse(connection, f"{table}_delete", table, "DELETE", "1 = 1", "what was recorded stays")


_OF_CASE = "(SELECT case_id FROM penalty_proposals WHERE id = NEW.proposal_id)"
_INVESTIGATED = f"EXISTS (SELECT 1 FROM case_officers WHERE user_id = NEW.ruled_by AND case_id = {_OF_CASE})"  # noqa: S608
_LATER = f"EXISTS (SELECT 1 FROM penalty_proposals WHERE id > NEW.proposal_id AND case_id = {_OF_CASE})"  # noqa: S608
_NEXT = "NEW.seq <> 1 + (SELECT coalesce(max(seq), 0) FROM penalty_proposals WHERE case_id = NEW.case_id)"


def guard_penalties(connection: Connection) -> None:
    """The same for penalties: who investigated a case does not decide on them, and the newest counts."""
    proposals, rulings = "penalty_proposals", "penalty_rulings"
    refuse(connection, f"{proposals}_order", proposals, "INSERT", _NEXT, "a proposal out of order")
    refuse(connection, f"{rulings}_apart", rulings, "INSERT", _INVESTIGATED, "an officer does not decide")
    refuse(connection, f"{rulings}_newest", rulings, "INSERT", _LATER, "a later proposal took its place")
    for table in (proposals, rulings):
        append_only.guard(connection, table)
