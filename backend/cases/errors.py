"""What cases and orders refuse."""

from backend.core.errors import Refusal


class NotProcessed(Refusal):
    """Cases of this kind of authority are not processed here: the matter is transferred."""

    code, status = 409, "case_not_processed"


class SeriesUnknown(Refusal):
    """The agency has not laid down how it numbers its cases in that year."""

    code, status = 409, "case_series_unknown"


class SeriesTaken(Refusal):
    """Cases of this agency and year are numbered already, or another series writes them the same."""

    code, status = 409, "case_series_taken"


class ViolationTaken(Refusal):
    """One of the violations is in an open case already."""

    code, status = 409, "violation_in_a_case"


class StepRefused(Refusal):
    """The step may not be made now, or not by this person; `because` says why."""

    code, status = 409, "step_refused"


class OrderSettled(Refusal):
    """The order was found fulfilled or not already; `state` says which."""

    code, status = 409, "order_settled"


class CaseChanged(Refusal):
    """The case changed since it was looked at."""

    code, status = 412, "case_changed"


class PenaltyRefused(Refusal):
    """The penalty may not be proposed or chosen; `because` says why, `candidate` of which."""

    code, status = 409, "penalty_refused"


class PaperRefused(Refusal):
    """The document is not to be made where the case stands, or not by this person."""

    code, status = 409, "paper_refused"
