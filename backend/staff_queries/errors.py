"""What the register of units refuses."""

from backend.core.errors import Refusal


class UnitTaken(Refusal):
    """A unit with this credit code, or of this school or venue, is registered already."""

    code, status = 409, "contact_unit_taken"


class UnitsRefused(Refusal):
    """A table of units was not taken in; `table` says why, or each faulty row by its number."""

    code, status = 422, "contact_units_refused"


class UnitChanged(Refusal):
    """Somebody changed the unit, or entered a query, since it was looked at."""

    code, status = 412, "contact_unit_changed"


class UnitClosed(Refusal):
    """The unit does not work any more: no query is entered."""

    code, status = 409, "contact_unit_closed"


class QueryReplaced(Refusal):
    """Another row stands in the place of this query already."""

    code, status = 409, "staff_query_replaced"
