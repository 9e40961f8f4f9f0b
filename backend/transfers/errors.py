"""What transfers and recommendations refuse. Steps are refused as those of cases are: `StepRefused`."""

from backend.core.errors import Refusal


class TransferOpen(Refusal):
    """The same matter is being transferred already."""

    code, status = 409, "transfer_open"


class Bounced(Refusal):
    """It came from there: a dispute goes to the common superior, not back."""

    code, status = 409, "transfer_bounced"


class InACase(Refusal):
    """The violations are in an open case, which is what has to be transferred."""

    code, status = 409, "transfer_of_a_case"


class PackageTooLarge(Refusal):
    """The evidence is more than one package holds; `largest_mb` says how much it may be."""

    code, status = 413, "package_too_large"


class RecommendationSettled(Refusal):
    """This cannot be noted where the recommendation stands; `stage` says where."""

    code, status = 409, "recommendation_settled"


class AlreadyReceived(Refusal):
    """The agency keeps a recommendation of that sender under this number."""

    code, status = 409, "recommendation_known"
