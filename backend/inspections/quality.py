"""Signs that a record was not made where and when it says (检查质量); no proof. No database, no HTTP."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from forms.records import Visit
from geodata.distance import point_to_point_m

LOOKED_BACK = 50  # visits of the officer: more than a day's


@dataclass(frozen=True, slots=True)
class Bounds:
    """From where on a visit is implausible."""

    answer_s: float  # an answer takes this long at least
    same_answers: int  # so many answers, all alike
    same_visits: int  # so many visits in a row with the same answers
    apart_m: float  # two positions are two places
    fastest_kmh: float


@dataclass(frozen=True, slots=True)
class Earlier:
    """Another visit of the same officer, as far as it is compared. Degrees in CGCS2000, error in metres."""

    visit_no: str
    instance_id: str
    form_id: str
    started_at: datetime | None
    ended_at: datetime | None
    lon: float | None
    lat: float | None
    accuracy_m: float | None
    digest: bytes | None


def digest(visit: Visit) -> bytes:
    """The answers and counts of a visit in 16 bytes: equal where all of them are.

    Parameters
    ----------
    visit : Visit
        As `forms.visits.to_visit` reads it.

    Returns
    -------
    bytes
    """
    answers = sorted((answer.item, answer.value) for answer in visit.answers)
    counts = [
        (check.method, check.people_checked, check.not_verified, check.mismatched, check.eighteen_today)
        for check in visit.id_checks
    ]
    return hashlib.sha256(repr((visit.form_id, answers, counts)).encode()).digest()[:16]


def doubts(visit: Visit, earlier: Sequence[Earlier], bounds: Bounds) -> Iterator[str]:
    """What is implausible about a visit by itself and beside the officer's others.

    Parameters
    ----------
    visit : Visit
        As read from its form.
    earlier : sequence of Earlier
        Other visits of the officer, newest first; modules of this visit and what it corrects do not count.
    bounds : Bounds
        The settings of this deployment.

    Yields
    ------
    str
        Codes of flags.
    """
    others = [
        one
        for one in earlier
        if one.visit_no != visit.visit_id and one.instance_id not in (visit.instance_id, visit.deprecated_id)
    ]
    values = [answer.value for answer in visit.answers]
    if (took := _took(visit)) is not None and took < timedelta(seconds=bounds.answer_s * len(values)):
        yield "too_fast"
    if len(values) >= bounds.same_answers and len(set(values)) == 1:
        yield "answers_all_alike"
    before = [one.digest for one in others if one.form_id == visit.form_id][: bounds.same_visits]
    if len(before) == bounds.same_visits and set(before) == {digest(visit)}:
        yield "answers_as_before"
    yield from _elsewhere(visit, others, bounds)


def _took(visit: Visit) -> timedelta | None:
    begun, ended = visit.device_started_at, visit.device_ended_at
    return ended - begun if begun and ended else None


def _elsewhere(visit: Visit, others: Sequence[Earlier], bounds: Bounds) -> Iterator[str]:
    """Two places at once, or faster from one to the other than anybody drives."""
    apart = zip(others, _apart_m(visit, others), strict=True)
    yield from sorted({code for one, apart_m in apart if (code := _between(visit, one, apart_m, bounds))})


def _between(visit: Visit, other: Earlier, apart_m: float, bounds: Bounds) -> str | None:
    begun, ended = visit.device_started_at, visit.device_ended_at
    if not (begun and ended and other.started_at and other.ended_at and apart_m > bounds.apart_m):
        return None
    pause = max(begun - other.ended_at, other.started_at - ended)
    if pause <= timedelta():
        return "two_places"
    return "too_far_too_soon" if apart_m / pause.total_seconds() * 3.6 > bounds.fastest_kmh else None


def _apart_m(visit: Visit, others: Sequence[Earlier]) -> list[float]:
    """How far from each the tablet certainly was; NaN where a position or its error is not known."""
    where = visit.position
    here = (where.lon, where.lat, where.accuracy_m) if where else (None, None, None)
    lon, lat, error_m = np.array(here, float)
    lons, lats, errors_m = (
        np.array([(one.lon, one.lat, one.accuracy_m) for one in others], float).reshape(-1, 3).T
    )
    apart_m: list[float] = (point_to_point_m(lon, lat, lons, lats) - 2 * (error_m + errors_m)).tolist()
    return apart_m
