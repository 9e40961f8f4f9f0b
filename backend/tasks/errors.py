"""What tasks refuse."""

from backend.core.errors import Refusal


class TaskClosed(Refusal):
    """It is done or withdrawn; `state` says which."""

    code, status = 409, "task_closed"


class CodeTaken(Refusal):
    """This check code is in the register already."""

    code, status = 409, "check_code_taken"


class CodeClosed(Refusal):
    """What a check code is cannot become what was asked; `state` says what it is."""

    code, status = 409, "check_code_closed"


class SeriesUnknown(Refusal):
    """The agency has not laid down how it numbers this kind of document in that year."""

    code, status = 409, "number_series_unknown"


class SeriesTaken(Refusal):
    """Numbers of this agency, kind and year are kept already, or another series writes them the same."""

    code, status = 409, "number_series_taken"


class BlockChanged(Refusal):
    """The same request for numbers, with another content."""

    code, status = 409, "number_block_changed"


class NumberTaken(Refusal):
    """This number was used for another document, or was made void."""

    code, status = 409, "document_number_taken"


class ImportRefused(Refusal):
    """The file has faults, was taken in before, or is not a table of tasks; nothing was kept."""

    code, status = 422, "task_import_refused"
