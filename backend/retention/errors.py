"""Why a deed about keeping and destroying is refused."""

from backend.core.errors import Refusal


class HoldLifted(Refusal):
    """This hold was lifted already."""

    code, status = 409, "hold_lifted"


class NoChildData(Refusal):
    """The visit has no sealed picture, so there is nothing for which a basis could be missing."""

    code, status = 409, "no_child_data"
