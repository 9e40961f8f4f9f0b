"""What the credit registers refuse."""

from backend.core.errors import Refusal


class EntryChanged(Refusal):
    """Somebody made a step since it was looked at."""

    code, status = 412, "credit_entry_changed"


class EntryTaken(Refusal):
    """The venue is entered on this ground by this decision already."""

    code, status = 409, "credit_entry_taken"


class DeedRefused(Refusal):
    """The step may not be made now, or not by this person; `because` says why."""

    code, status = 409, "credit_deed_refused"


class NoDecision(Refusal):
    """The case has no decision that was served: nobody is entered without one."""

    code, status = 409, "credit_no_decision"
