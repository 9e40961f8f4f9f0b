"""What can be wrong with a checklist, a catalogue or a submission."""


class FormProblem(Exception):
    """A checklist cannot be built: says file, sheet, line of the file and column, as its author sees them."""

    def __init__(
        self, message: str, *, file: str, sheet: str = "", row: int | None = None, column: str = ""
    ) -> None:
        super().__init__(message)
        self.message, self.file, self.sheet, self.row, self.column = message, file, sheet, row, column

    def __str__(self) -> str:
        named = {"sheet": self.sheet, "row": self.row, "column": self.column}
        place = "".join(f", {name} {value}" for name, value in named.items() if value)
        return f"{self.file}{place}: {self.message}"


class FormUnknown(LookupError):
    """No form of this id and version is in the catalogue."""

    def __init__(self, form_id: str, version: str) -> None:
        super().__init__(f"no form {form_id!r} of version {version!r} has been built here")
        self.form_id, self.version = form_id, version


class SubmissionUnreadable(ValueError):
    """A submission is not read. `reason` is a stable word, `detail` says it in prose without its content."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason, self.detail = reason, detail
