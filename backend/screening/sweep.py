"""Many venues held against the rules of a day at once, column by column (全域核查)."""

from collections import Counter
from dataclasses import dataclass, fields

import numpy as np

from backend.screening.law import CLEAR, INSIDE, MEASURED, NO_RULE, NOT_CONFIGURED, SURVEY, Law
from backend.screening.measuring import Pairs, pairs_near
from backend.screening.register import Flags, Floats, Ints, Sites, Venues
from backend.screening.rules import Measured

_DOUBTFUL_MM = 20  # so near to a limit a distance is measured again, on the ellipsoid itself
_GATE = MEASURED.index(Measured.GATE)


@dataclass(frozen=True)
class Rows:
    """One row for a venue, a site and an activity, a column each; distances in metres."""

    pair: Ints
    venue: Ints  # place in the chunk's venues
    site: Ints
    doing: Ints  # place in Venues.activity
    rule: Ints  # place in Law.rules, NO_RULE where none speaks
    measured: Ints  # place in MEASURED
    distance_m: Floats  # in the rule's way, as far as it can be measured
    boundary_m: Floats
    gate_m: Floats  # NaN where no gate is known
    error_m: Floats
    extent_m: Floats
    verdict: Ints  # place in VERDICTS; means nothing where no rule speaks
    doubtful: Flags

    def __len__(self) -> int:
        return len(self.pair)

    def where(self, chosen: Flags) -> "Rows":
        return Rows(*(getattr(self, column.name)[chosen] for column in fields(Rows)))


@dataclass(frozen=True)
class Verdicts:
    """The worst verdict of each venue with a position under each of its rules, a column each."""

    venue: Ints
    doing: Ints
    rule_id: list[str]
    verdict: Ints
    lacking: Flags  # whether the rule has no radius for some kind of site

    def not_configured(self) -> Counter[str]:
        """How many times each rule was asked and had no radius for some kind of site."""
        return Counter(rule_id for rule_id, lacks in zip(self.rule_id, self.lacking, strict=True) if lacks)


@dataclass(frozen=True)
class Judged:
    """A chunk of venues and what came of it."""

    venues: Venues
    sites: Sites
    law: Law
    rows: Rows
    verdicts: Verdicts

    @property
    def not_clear(self) -> Flags:
        """The rows that are inside or must be surveyed."""
        return np.asarray((self.rows.rule != NO_RULE) & (self.rows.verdict <= SURVEY))


def judge_chunk(venues: Venues, sites: Sites, law: Law, within_m: float | None = None) -> Judged:
    """Judge some venues against all sites.

    With `within_m` the rows hold every pair at most so far apart too, whether a rule speaks of it or not.
    """
    charge = np.array(
        [law.charge(does, venues.area[v]) for does, v in zip(venues.activity, venues.owner, strict=True)],
        np.int64,
    )
    pairs = pairs_near(venues, sites, law.farthest_m, within_m)
    rows = _judge(venues, sites, pairs, law, charge)
    if rows.doubtful.any():
        rows = _judge(
            venues, sites, pairs.measured_again(venues, sites, rows.pair[rows.doubtful]), law, charge
        )
    return Judged(venues, sites, law, rows, _verdicts(venues, sites, law, charge, rows))


def _judge(venues: Venues, sites: Sites, pairs: Pairs, law: Law, charge: Ints) -> Rows:
    """`rules.judge` for every pair and every activity of its venue."""
    first, last = venues.activity_start[pairs.venue], venues.activity_start[pairs.venue + 1]
    pair = np.repeat(np.arange(len(pairs)), last - first)
    doing = np.arange(len(pair)) + np.repeat(last - np.cumsum(last - first), last - first)
    venue, site = pairs.venue[pair], pairs.site[pair]
    rule = law.rule_of[charge[doing], sites.kind[site]]

    decided, known = law.tables(), sites.has_outline[site] + 2 * sites.has_gates[site]
    measured = decided.measured[rule, known]
    boundary_m, gate_m = pairs.boundary_m[pair], pairs.gate_m[pair]
    distance_m = np.where(measured == _GATE, gate_m, boundary_m)
    extent_m = np.fmax(sites.extent_m[site], distance_m - gate_m)  # a gate is part of the boundary
    error_m = venues.error_m[venue] + sites.error_m[site]
    to_inside = np.rint((distance_m + error_m) * 1000) - decided.inside_mm[rule, known]
    to_clear = np.rint((distance_m - extent_m - error_m) * 1000) - decided.clear_mm[rule, known]
    configured = decided.configured[rule]
    verdict = np.select(
        [~configured, to_inside <= 0, to_clear >= 0], [NOT_CONFIGURED, INSIDE, CLEAR], default=SURVEY
    )
    doubtful = configured & (np.minimum(abs(to_inside), abs(to_clear)) <= _DOUBTFUL_MM)
    return Rows(
        pair, venue, site, doing, rule, measured,
        distance_m, boundary_m, gate_m, error_m, extent_m, verdict, doubtful,
    )  # fmt: skip


def _verdicts(venues: Venues, sites: Sites, law: Law, charge: Ints, rows: Rows) -> Verdicts:
    charges = [law.charges[number] for number in charge]
    rules = np.array([len(bound.ids) for bound in charges], np.int64)
    verdict = np.array([best for bound in charges for best in bound.best], np.int64)
    lacking = verdict == NOT_CONFIGURED
    ruled = rows.where(rows.rule != NO_RULE)
    slot = law.slot_of[charge[ruled.doing], sites.kind[ruled.site]]
    np.minimum.at(verdict, (np.cumsum(rules) - rules)[ruled.doing] + slot, ruled.verdict)

    doing = np.repeat(np.arange(len(charges)), rules)
    ids = np.array([rule_id for bound in charges for rule_id in bound.ids], object)
    placed = venues.has_place[venues.owner[doing]]
    return Verdicts(
        venues.owner[doing][placed], doing[placed], list(ids[placed]), verdict[placed], lacking[placed]
    )
