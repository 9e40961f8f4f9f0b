"""Why a deed about an inspection is refused."""

from backend.core.errors import Refusal


class NothingToConfirm(Refusal):
    """It corrects no earlier visit of a colleague: an officer's own corrections count by themselves."""

    code, status = 409, "nothing_to_confirm"


class AlreadyConfirmed(Refusal):
    code, status = 409, "already_confirmed"


class OwnCorrection(Refusal):
    """Who wrote one of the two visits does not say which of them counts."""

    code, status = 403, "own_correction"


class VisitMatched(Refusal):
    """The visit answers a task already, or is another agency's."""

    code, status = 409, "visit_matched"
