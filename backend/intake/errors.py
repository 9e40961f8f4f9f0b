"""What intake refuses, and why a tablet is told so."""

from backend.core.errors import Refusal


class SubmissionUnacceptable(Refusal):
    """The request is not a submission that could be kept; `reason` is a stable word."""

    code, status = 400, "submission_unacceptable"


class SubmissionTooLarge(Refusal):
    """`part` is over its limit; `limit` says how much is taken."""

    code, status = 413, "submission_too_large"


class SubmissionChanged(Refusal):
    """Another XML came under this instanceID before and is kept; a correction names it as deprecatedID."""

    code, status = 409, "submission_changed"


class AttachmentChanged(Refusal):
    """Other bytes came under this name before. Those are kept."""

    code, status = 409, "attachment_changed"


class CollectDoorClosed(Refusal):
    """This deployment lets no ODK Collect in; its own tablets come by another door."""

    code, status = 403, "collect_door_closed"


class SealedContent(Refusal):
    """Opens only when a second person agreed to a request that names this visit."""

    code, status = 403, "sealed_content"


class SecondPersonNeeded(Refusal):
    """Whoever asked cannot agree."""

    code, status = 409, "second_person_needed"


class AlreadyAgreed(Refusal):
    code, status = 409, "already_agreed"


class RequestLapsed(Refusal):
    """Nobody agreed to it in time; ask again."""

    code, status = 409, "request_lapsed"
