"""What an import refuses: a whole file, one row of it, or to be undone."""

from backend.core.errors import NotFound, Refusal


class FileRefused(Refusal):
    """Nothing of the file is imported; its text says why, and what to do."""

    code, status = 422, "file_refused"

    def __init__(self, reason: str, advice: str) -> None:
        super().__init__(reason=reason, advice=advice)
        self.reason = reason

    def __str__(self) -> str:
        return str(self.data["advice"])


class RowRefused(Exception):
    """One row is left out; `reason` is a key of `reasons.ADVICE`. Never leaves this room."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class RunUnknown(NotFound):
    """There is no import of that number."""

    def __str__(self) -> str:
        return f"there is no import run {self.data['run_id']}"


class AlreadyUndone(Refusal):
    """Nothing of this run is left in the register."""

    code, status = 409, "already_undone"

    def __str__(self) -> str:
        return f"nothing of run {self.data['run_id']} is left to undo"
