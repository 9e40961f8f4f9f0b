"""What the database itself refuses: changed agreements, bodies and attempts; one who decides alone."""

from sqlalchemy import Connection

from backend.core import append_only
from backend.core.guards import changes, refuse

_SAID = (
    "receiver", "receiver_kind", "purpose", "legal_basis", "dataset", "area_code", "agency_id", "from_on",
    "until_on", "channel", "address", "receiver_key", "assessment_no", "assessed_on", "replaces_id",
    "proposed_by",
)  # fmt: skip
_KEPT = ("message_id", "agreement_id", "about", "body", "sha256", "row_count", "made_at")
_ALONE = (
    "NEW.deed = 'confirm' "
    "AND NEW.user_id = (SELECT proposed_by FROM sharing_agreements WHERE id = NEW.agreement_id)"
)
_BORN = (
    "NEW.state <> 'proposed' OR (NEW.replaces_id IS NOT NULL AND NOT EXISTS ("
    "SELECT 1 FROM sharing_agreements AS older WHERE older.id = NEW.replaces_id "
    "AND older.dataset = NEW.dataset AND older.receiver = NEW.receiver))"
)
_MOVED = (
    "NEW.state <> OLD.state AND (OLD.state IN ('refused', 'ended', 'replaced') OR NEW.state = 'proposed' "
    "OR (NEW.state = 'confirmed' AND NOT EXISTS (SELECT 1 FROM sharing_steps "
    "WHERE agreement_id = NEW.id AND deed = 'confirm')))"
)


def guard(connection: Connection) -> None:
    """Put the triggers on. A migration that rebuilds one of these tables puts them on again."""
    differs = "IS DISTINCT FROM" if connection.dialect.name == "postgresql" else "IS NOT"
    for table in ("sharing_steps", "sharing_attempts"):
        append_only.guard(connection, table)
    for table, columns in (("sharing_agreements", _SAID), ("sharing_messages", _KEPT)):
        refuse(connection, f"{table}_delete", table, "DELETE", "1 = 1", "what was agreed or left stays")
        said = [f"NEW.{column} {differs} OLD.{column}" for column in columns]
        said.append(f"CAST(NEW.fields AS TEXT) {differs} CAST(OLD.fields AS TEXT)")
        refuse(connection, f"{table}_update", table, "UPDATE", " OR ".join(said), "it stays as it is")
    refuse(
        connection, "sharing_steps_apart", "sharing_steps", "INSERT", _ALONE, "who proposed does not confirm"
    )
    agreements, messages = "sharing_agreements", "sharing_messages"
    refuse(
        connection, f"{agreements}_insert", agreements, "INSERT", _BORN,
        "an agreement begins proposed, for the receiver and dataset of the older",
    )  # fmt: skip
    refuse(connection, f"{agreements}_moved", agreements, "UPDATE", _MOVED, "nobody has decided that")
    received = changes("receipted_at")
    refuse(connection, f"{messages}_receipt", messages, "UPDATE", received, "a receipt stays as it came")
    for deed in ("DELETE", "UPDATE"):
        refuse(
            connection, f"sharing_replies_{deed.lower()}", "sharing_replies", deed,
            "OLD.confirmed_at IS NOT NULL", "a reply that was taken in stays",
        )  # fmt: skip
