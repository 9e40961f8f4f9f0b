"""What planning refuses."""

from backend.core.errors import Refusal


class SweepNotApproved(Refusal):
    """Nobody has approved its plan yet: it makes no task."""

    code, status = 409, "sweep_not_approved"


class SweepFixed(Refusal):
    """What was approved, or what tasks rest on, changes no more; `fields` names it."""

    code, status = 409, "sweep_fixed"


class SweepClosed(Refusal):
    code, status = 409, "sweep_closed"
