"""Vectors of verdicts: what is known of a distance, held against a rule of every sort."""

from itertools import product
from typing import Any

from backend.rulebook.rules import AtLimit, Method
from backend.screening.rules import judge, limit_counts, measure

METRES = (0.0, 99.999, 150.0, 199.9, 199.9994, 199.9996, 200.0, 200.0004, 200.0006, 200.1, 250.0, 350.001)
ERRORS = (0.0, 0.1, 50.0, 200.0)
GATES = (None, -30.0, 40.0)  # beside the boundary
RADII = (200.0, None)
EXTENT_M = 150.0


def verdicts() -> list[list[Any]]:
    """Method, at limit, radius, boundary, gate, outline, error; measured from, distance, extent, verdict."""
    return [
        _judged(method, at_limit, radius_m, boundary_m, beside, outline, error_m)
        for method, at_limit, radius_m in _rules()
        for boundary_m, beside, outline, error_m in product(METRES, GATES, (True, False), ERRORS)
        if outline or beside is None or beside == 40.0
    ]


def _rules() -> list[tuple[Method, AtLimit, float | None]]:
    """Each way of measuring and each word about the limit, not all with all."""
    boundary, gate = Method.BOUNDARY_STRAIGHT_LINE, Method.GATE_STRAIGHT_LINE
    rules: list[tuple[Method, AtLimit, float | None]] = [(boundary, said, 200.0) for said in AtLimit]
    rules += [(gate, AtLimit.INSIDE, 200.0), (Method.UNSPECIFIED, AtLimit.UNSETTLED, 200.0)]
    return [
        *rules,
        (Method.ANY_DOOR_TO_ANY_DOOR_WALKING, AtLimit.CLEAR, 200.0),
        (boundary, AtLimit.INSIDE, None),
    ]


def _judged(
    method: Method, at_limit: AtLimit, radius_m: float | None, boundary_m: float, beside: float | None,
    outline: bool, error_m: float,
) -> list[Any]:  # fmt: skip
    gate_m = None if beside is None else max(0.0, boundary_m + beside)
    if gate_m is not None and not outline:
        boundary_m = gate_m  # without an outline the gates stand for it
    line = measure(
        method, boundary_m=boundary_m, gate_m=gate_m, outline=outline, extent_without_outline_m=EXTENT_M,
        error_m=error_m,
    )  # fmt: skip
    verdict = judge(
        line.distance_m, extent_m=line.extent_m, error_m=line.error_m, radius_m=radius_m,
        limit_counts=limit_counts(at_limit), way_settled=line.way.settled,
    )  # fmt: skip
    asked = [method, at_limit, radius_m, boundary_m, gate_m, outline, error_m]
    return [*asked, line.way.measured, line.distance_m, line.extent_m, verdict]
