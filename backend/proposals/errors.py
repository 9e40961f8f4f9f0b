"""Why a proposal is refused at the door."""

from backend.core.errors import Refusal


class ProposalChanged(Refusal):
    """This UUID names another proposal here: one UUID, two stories."""

    code, status = 409, "proposal_changed"


class ProposalSettled(Refusal):
    """It was decided, merged or withdrawn already."""

    code, status = 409, "proposal_settled"


class RowChanged(Refusal):
    """The register changed after the decision was looked at: look again."""

    code, status = 409, "row_changed"


class NotYetSo(Refusal):
    """It holds from a later day on: nobody brings it into the register before."""

    code, status = 409, "proposal_not_yet"


class OwnProposal(Refusal):
    """Where something is, and what law binds it, is decided by somebody else than who proposed it."""

    code, status = 403, "own_proposal"
