"""A venue held against one distance rule (距离核查): what a measurement proves. No database, no HTTP.

上海市未成年人保护条例 art. 44 ¶1 fixes 200 m around schools and says nothing on how to measure; for
kindergartens, and in art. 45 ¶1 for tobacco, alcohol and lottery outlets, it leaves the distance to an
authority. So a number alone accuses nobody: only a distance that stays below the limit with every error
added, measured in the way that the rule itself names, is `inside`. What cannot be proved on paper is
measured on the ground (现场测量).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import inf

from backend.rulebook.rules import AtLimit, Method

GPS_68_TO_99 = 2.0  # of a circular normal error: the 99 % radius over the 68 % radius is 3.03 / 1.51


class Verdict(StrEnum):
    """What is known about a venue and a rule, the worst first."""

    INSIDE = "inside"  # 距离不足
    SURVEY = "survey"  # 须现场测量
    NOT_CONFIGURED = "not_configured"  # 主管部门尚未确定距离
    CLEAR = "clear"  # 符合


class Measured(StrEnum):
    """Where on the site a straight line to the venue was measured from."""

    BOUNDARY = "boundary_straight_line"
    GATE = "gate_straight_line"
    POINT = "point_straight_line"  # somewhere on a campus whose outline and gates are not known


class CameFirst(StrEnum):
    """Shown beside a verdict and never decisive: no text in hand says what follows from it."""

    VENUE = "venue_first"
    SITE = "site_first"
    SAME_DAY = "same_day"
    UNKNOWN = "unknown"


class SchoolStatus(StrEnum):
    """What a school is shown of a venue: how it stands, and no accusation."""

    DISTANCE_KEPT = "distance_kept"  # 距离符合
    TO_BE_MEASURED = "to_be_measured"  # 距离待复核
    NOT_SET = "not_set"  # 待主管部门确定
    BEING_HANDLED = "being_handled"  # 主管部门正在处理


@dataclass(frozen=True, slots=True)
class Way:
    """From where a distance is measured, and whether that is the way that the rule demands."""

    measured: Measured
    settled: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line that was measured between a venue and a site, and what it may be off by. Metres.

    The true distance from the boundary lies between `low_m` and `high_m`.
    """

    way: Way
    distance_m: float
    extent_m: float  # by how much the site may reach nearer than what was measured to
    error_m: float  # the sum of all errors of position

    @property
    def low_m(self) -> float:
        return max(0.0, self.distance_m - self.extent_m - self.error_m)

    @property
    def high_m(self) -> float:
        return self.distance_m + self.error_m


@dataclass(frozen=True, slots=True)
class Bounds:
    """A distance rule as two limits in whole millimetres, both inclusive.

    What is certainly at most `inside_mm` away lies inside, what is certainly at least `clear_mm` away is
    clear.
    """

    inside_mm: int
    clear_mm: int


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """The verdict of a venue under a rule: the worst of its pairs.

    Parameters
    ----------
    verdicts : iterable of Verdict

    Returns
    -------
    Verdict
        The first of inside, survey, not_configured, clear that occurs; ``clear`` when there is no pair.
    """
    return min(verdicts, key=list(Verdict).index, default=Verdict.CLEAR)


def way_of_measuring(method: Method, *, outline: bool, gates: bool) -> Way:
    """Choose the straight line that comes nearest to what a rule demands.

    The reply of the State Council's legal office of 2003 on internet cafes measures from any point of the
    wall or boundary (BUF-NET-1). Ways on foot are known from roads that no authority vouches for, and some
    rules name no way at all: then a straight line can only show that a venue is clear, because no way of
    measuring is shorter.

    Parameters
    ----------
    method : Method
        The way that the rule demands.
    outline, gates : bool
        Whether the site's outline and its gates are known.

    Returns
    -------
    Way
        Without an outline a boundary rule is measured from a gate or a point of the campus: the boundary
        is at most that far.
    """
    if method is Method.GATE_STRAIGHT_LINE and gates:
        return Way(Measured.GATE, settled=True)
    start = Measured.BOUNDARY if outline else Measured.GATE if gates else Measured.POINT
    return Way(start, settled=method is Method.BOUNDARY_STRAIGHT_LINE)


def measure(
    method: Method,
    *,
    boundary_m: float,
    gate_m: float | None,
    outline: bool,
    extent_without_outline_m: float,
    error_m: float,
) -> Line:
    """Draw the line that is held against a rule.

    Parameters
    ----------
    method : Method
        The way that the rule demands; ``UNSPECIFIED`` where no rule speaks.
    boundary_m : float
        Metres from the outline, or from what stands for it: the gates, or a point.
    gate_m : float or None
        Metres from the nearest gate; None if the gates are not known.
    outline : bool
        Whether the outline is known.
    extent_without_outline_m : float
        Metres that a campus may reach beyond its gates or its point.
    error_m : float
        Metres, the sum of all errors of position.

    Returns
    -------
    Line
        A gate is part of the boundary: one that lies nearer than what was measured to widens the extent.
    """
    way = way_of_measuring(method, outline=outline, gates=gate_m is not None)
    distance_m = gate_m if way.measured is Measured.GATE and gate_m is not None else boundary_m
    extent_m = 0.0 if outline else extent_without_outline_m
    if gate_m is not None:
        extent_m = max(extent_m, distance_m - gate_m)
    return Line(way, distance_m, extent_m, error_m)


def limit_counts(at_limit: AtLimit) -> bool | None:
    """Whether a distance equal to the limit is inside; None while no text settles it.

    Parameters
    ----------
    at_limit : AtLimit
        What the rule says.

    Returns
    -------
    bool or None
    """
    return {AtLimit.INSIDE: True, AtLimit.CLEAR: False, AtLimit.UNSETTLED: None}[at_limit]


def bounds(radius_m: float, *, limit_counts: bool | None, way_settled: bool) -> Bounds:
    """Turn a radius into the two limits that an interval of distances is held against.

    Parameters
    ----------
    radius_m : float
        Metres, by the rule.
    limit_counts : bool or None
        Whether a distance equal to the radius is inside; None while unsettled: then it is neither.
    way_settled : bool
        Whether distances are measured in the way that the rule demands. If not, nothing is ever inside.

    Returns
    -------
    Bounds
        In whole millimetres: distances are written down with three decimals, and what is written is judged.

    Raises
    ------
    ValueError
        If the radius is negative or no number.
    """
    if not 0 <= radius_m < inf:
        raise ValueError(f"radius_m={radius_m!r}: give metres, 0 or more")
    limit_mm = round(radius_m * 1000)
    inside_mm = limit_mm if limit_counts is True else limit_mm - 1
    clear_mm = limit_mm if limit_counts is False else limit_mm + 1
    return Bounds(inside_mm if way_settled else -1, clear_mm)


def judge(
    distance_m: float,
    *,
    extent_m: float,
    error_m: float,
    radius_m: float | None,
    limit_counts: bool | None,
    way_settled: bool,
) -> Verdict:
    """Say what one measurement proves about a venue and a site (上海市未成年人保护条例 arts 44, 45).

    The true distance from the site's boundary lies between ``distance_m - extent_m - error_m`` and
    ``distance_m + error_m``. No way of measuring is shorter than the straight line from the boundary: if all
    of that is above the limit, the venue is clear however one measures. If all of it is below, the venue is
    inside only where the way of measuring is settled. Everything else is for somebody with a tape.

    Parameters
    ----------
    distance_m : float
        Metres, as measured.
    extent_m : float
        Metres by which the site may reach nearer than the point measured from; 0 with an outline.
    error_m : float
        Metres, the sum of all errors of position.
    radius_m : float or None
        The rule's limit in metres; None while nobody set one.
    limit_counts : bool or None
        Whether a distance equal to the limit is inside; None while unsettled.
    way_settled : bool
        Whether the distance is measured in the way that the rule demands.

    Returns
    -------
    Verdict
        ``not_configured`` without a radius.

    Raises
    ------
    ValueError
        If a distance, extent, error or radius is negative or no number.
    """
    if not all(0 <= metres < inf for metres in (distance_m, extent_m, error_m)):
        raise ValueError(f"{distance_m!r}, {extent_m!r}, {error_m!r}: give metres, 0 or more")
    if radius_m is None:
        return Verdict.NOT_CONFIGURED
    limits = bounds(radius_m, limit_counts=limit_counts, way_settled=way_settled)
    if round((distance_m + error_m) * 1000) <= limits.inside_mm:
        return Verdict.INSIDE
    if round((distance_m - extent_m - error_m) * 1000) >= limits.clear_mm:
        return Verdict.CLEAR
    return Verdict.SURVEY


def position_error_m(stated_m: float | None, *, unstated_m: float) -> float:
    """The error of a position in the register.

    Parameters
    ----------
    stated_m : float or None
        Metres, as somebody stated it: 0 was measured exactly. None if nobody did.
    unstated_m : float
        Metres that stand in for a missing statement.

    Returns
    -------
    float
        Metres.
    """
    return unstated_m if stated_m is None else stated_m


def device_error_m(accuracy_m: float | None, *, unstated_m: float) -> float:
    """The error of a position that a device measured by itself.

    A device states the radius that holds the true place in 68 of 100 cases: too few to accuse anybody. It
    is doubled, which holds in 99 of 100 if the error is normal in both directions. A device is never exact: 0
    says nothing, and is what invented positions carry.

    Parameters
    ----------
    accuracy_m : float or None
        Metres, the device's own radius of 68 %.
    unstated_m : float
        Metres that stand in for a missing statement.

    Returns
    -------
    float
        Metres.
    """
    return GPS_68_TO_99 * accuracy_m if accuracy_m else unstated_m


def which_came_first(begun_on: date | None, opened_on: date | None) -> CameFirst:
    """Say whether the venue or the site was there first.

    The law forbids setting a venue up near a school (不得设置) and says nothing of a school that comes
    later: that is for a human to decide (`DistanceRule.grandfather`).

    Parameters
    ----------
    begun_on : date or None
        The day on which the venue's licence was issued, or on which it was established.
    opened_on : date or None
        The day on which the site opened.

    Returns
    -------
    CameFirst
        ``unknown`` if either day is not known.
    """
    if begun_on is None or opened_on is None:
        return CameFirst.UNKNOWN
    if begun_on == opened_on:
        return CameFirst.SAME_DAY
    return CameFirst.VENUE if begun_on < opened_on else CameFirst.SITE


def shown_to_school(verdict: Verdict | None, *, is_served: bool = False) -> SchoolStatus | None:
    """Say how a venue stands in words that accuse nobody: a screening is no finding.

    Too near on paper is "under survey" as well: that an authority acts is said when an order was served.

    Parameters
    ----------
    verdict : Verdict or None
        None where no rule speaks.
    is_served : bool
        Whether an order or a decision about its distance was served and the matter goes on.

    Returns
    -------
    SchoolStatus or None
    """
    if verdict is None:
        return None
    if is_served and verdict in (Verdict.INSIDE, Verdict.SURVEY):
        return SchoolStatus.BEING_HANDLED
    return {
        Verdict.INSIDE: SchoolStatus.TO_BE_MEASURED,
        Verdict.SURVEY: SchoolStatus.TO_BE_MEASURED,
        Verdict.NOT_CONFIGURED: SchoolStatus.NOT_SET,
        Verdict.CLEAR: SchoolStatus.DISTANCE_KEPT,
    }[verdict]
