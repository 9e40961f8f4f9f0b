"""What sharing refuses."""

from backend.core.errors import Refusal


class AgreementChanged(Refusal):
    """Somebody decided since it was looked at."""

    code, status = 412, "sharing_agreement_changed"


class AgreementRefused(Refusal):
    """The deed may not be done now, or not by this person; `because` says why."""

    code, status = 409, "sharing_deed_refused"


class MessageNotSent(Refusal):
    """The message is not for this channel, or its agreement lets nothing leave; `because` says why."""

    code, status = 409, "sharing_not_sent"


class ReplyRefused(Refusal):
    """A table that came back is not one of ours, or another than the one that left; `table` says why."""

    code, status = 422, "sharing_reply_refused"


class NotDelivered(Exception):
    """A message did not arrive, or nobody can say so; `reason` is its stable name."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class FieldUnknown(Exception):
    """An agreement names a field that is not in the catalogue any more."""
