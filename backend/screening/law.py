"""The distance rules of one day as tables, so that whole columns of measurements are judged at once.

Every decision is made in `rules`; here it is only looked up beforehand for each activity, district and site.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from backend.protected_sites.models import SITE_KINDS
from backend.rulebook.rules import DistanceRule, Method, RulebookOnDay
from backend.screening.rules import Measured, Verdict, bounds, limit_counts, way_of_measuring

Ints = NDArray[np.int64]
VERDICTS, MEASURED = list(Verdict), list(Measured)  # a code is a place in these; verdicts from the worst on
INSIDE, SURVEY, NOT_CONFIGURED, CLEAR = range(4)
NO_RULE = -1


@dataclass(frozen=True)
class Tables:
    """What is decided beforehand: [rule number, outline known + 2 * gates known]."""

    configured: NDArray[np.bool_]  # [rule number]
    measured: Ints
    inside_mm: Ints
    clear_mm: Ints


@dataclass(frozen=True)
class Charge:
    """What binds one activity in one area; lists run along SITE_KINDS, NO_RULE where no rule speaks."""

    rule: list[int]  # place in Law.rules
    ids: list[str]  # each rule once
    slot: list[int]  # place in `ids`
    best: list[int]  # for each of `ids`: the verdict of a venue that is near no site


class Law:
    """The rules of a day as far as they were asked for; a district's own values make a rule of its own."""

    def __init__(self, on_day: RulebookOnDay) -> None:
        self.on_day = on_day
        self.rules: list[DistanceRule] = []
        self.charges: list[Charge] = []
        self._rule_numbers: dict[DistanceRule, int] = {}
        self._charge_numbers: dict[tuple[str, str], int] = {}

    def charge(self, activity: str, area: str) -> int:
        """What binds a venue's activity, as a place in `charges`. The area where the venue stands decides."""
        if (known := self._charge_numbers.get((activity, area))) is None:
            known = self._charge_numbers[activity, area] = len(self.charges)
            self.charges.append(self._charge(activity, area))
        return known

    def _charge(self, activity: str, area: str) -> Charge:
        found = [self.on_day.distance_rule(activity, kind, area) for kind in SITE_KINDS]
        ids = list(dict.fromkeys(rule.id for rule in found if rule))
        open_ids = {rule.id for rule in found if rule and not rule.configured}
        return Charge(
            rule=[self._number(rule) for rule in found],
            ids=ids,
            slot=[ids.index(rule.id) if rule else NO_RULE for rule in found],
            best=[NOT_CONFIGURED if rule_id in open_ids else CLEAR for rule_id in ids],
        )

    def _number(self, rule: DistanceRule | None) -> int:
        if rule is None:
            return NO_RULE
        if rule not in self._rule_numbers:
            self._rule_numbers[rule] = len(self.rules)
            self.rules.append(rule)
        return self._rule_numbers[rule]

    @property
    def farthest_m(self) -> float | None:
        """The largest radius of all rules asked for so far; None while none has a radius."""
        return max((rule.radius_m for rule in self.rules if rule.radius_m is not None), default=None)

    @property
    def rule_of(self) -> Ints:
        """[place in `charges`, kind of site]: place in `rules`."""
        return _table([charge.rule for charge in self.charges], len(SITE_KINDS))

    @property
    def slot_of(self) -> Ints:
        """[place in `charges`, kind of site]: place in the charge's `ids`."""
        return _table([charge.slot for charge in self.charges], len(SITE_KINDS))

    def tables(self) -> Tables:
        """What is decided beforehand by the rules asked for so far; the last row is for NO_RULE."""
        known = [(outline, gates) for gates in (False, True) for outline in (False, True)]
        methods = [*(rule.method for rule in self.rules), Method.UNSPECIFIED]
        ways = [[way_of_measuring(method, outline=o, gates=g) for o, g in known] for method in methods]
        limits = [
            [
                bounds(rule.radius_m or 0, limit_counts=limit_counts(rule.at_limit), way_settled=way.settled)
                for way in of_rule
            ]
            for rule, of_rule in zip(self.rules, ways, strict=False)
        ]
        return Tables(
            configured=np.array([*(rule.configured for rule in self.rules), False]),
            measured=_table([[MEASURED.index(way.measured) for way in of_rule] for of_rule in ways], 4),
            inside_mm=_table([*([b.inside_mm for b in row] for row in limits), [0] * 4], 4),
            clear_mm=_table([*([b.clear_mm for b in row] for row in limits), [0] * 4], 4),
        )


def _table(rows: list[list[int]], columns: int) -> Ints:
    return np.array(rows, np.int64).reshape(-1, columns)
