"""What was found about an act and its doer, and whether it mitigates a penalty (不予、从轻、减轻).

No database, no HTTP.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from backend.rulebook.rows import Aggravation


class Circumstance(StrEnum):
    """What an officer found, and must be able to prove."""

    NOT_ESTABLISHED = "not_established"
    MINOR = "minor"  # 违法行为轻微
    CORRECTED = "corrected"  # 及时改正
    NO_HARM = "no_harm"
    SLIGHT_HARM = "slight_harm"
    FIRST_TIME = "first_time"
    NO_FAULT = "no_fault"  # the party's own evidence shows it
    FAULT_IRRELEVANT = "fault_irrelevant"  # 法律、行政法规另有规定: another law punishes without fault
    UNDER_14 = "under_14"
    FROM_14 = "from_14"  # to under 18
    UNABLE = "unable"  # 不能辨认或者不能控制自己行为的精神病人、智力残疾人
    PARTLY_ABLE = "partly_able"  # 尚未完全丧失
    REMOVED_HARM = "removed_harm"
    COERCED = "coerced"
    ADMITTED = "admitted"
    MERIT = "merit"
    OTHER_LAW = "other_law"
    REFUND_DUE = "refund_due"  # 违法所得依法应当退赔
    LIGHT = "light"  # 情节较轻: of a law with a lighter tier
    REFUSED = "refused"
    GRAVE_CIRCUMSTANCES = "grave_circumstances"
    GRAVE_CONSEQUENCE = "grave_consequence"


Effect = StrEnum(  # 不予 / 可以不予 / 应当从轻或者减轻 / 可以从轻或者减轻
    "Effect", ["NONE", "MAY_BE_NONE", "LIGHTER", "MAY_BE_LIGHTER"]
)
OUT_OF_TIME = "out_of_time"
AGGRAVATIONS = {
    Circumstance.REFUSED: Aggravation.REFUSED,
    Circumstance.GRAVE_CIRCUMSTANCES: Aggravation.CIRCUMSTANCES,
    Circumstance.GRAVE_CONSEQUENCE: Aggravation.CONSEQUENCE,
}
_C = Circumstance
_NEVER_TOGETHER = (
    (_C.UNABLE, _C.PARTLY_ABLE),
    (_C.UNDER_14, _C.FROM_14), (_C.NO_HARM, _C.SLIGHT_HARM), (_C.CORRECTED, _C.REFUSED),
    (_C.MINOR, _C.GRAVE_CIRCUMSTANCES), (_C.LIGHT, _C.GRAVE_CIRCUMSTANCES),
    (_C.NO_HARM, _C.GRAVE_CONSEQUENCE), (_C.SLIGHT_HARM, _C.GRAVE_CONSEQUENCE),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rule:
    """A ground in law: its clauses, what it leads to, and what must be proven, one of each tuple.

    It yields to what `unless` says.
    """

    id: str
    clauses: tuple[str, ...]
    effect: Effect
    needs: tuple[tuple[Circumstance, ...], ...]
    unless: Circumstance | None = None


RULES = (
    Rule("not_established", ("penalty-law:57.1(3)",), Effect.NONE, ((_C.NOT_ESTABLISHED,),)),
    Rule(OUT_OF_TIME, ("penalty-law:36",), Effect.NONE, ()),
    Rule("under_14", ("penalty-law:30",), Effect.NONE, ((_C.UNDER_14,),)),
    Rule("unable", ("penalty-law:31",), Effect.NONE, ((_C.UNABLE,),)),
    Rule("minor", ("penalty-law:33.1",), Effect.NONE, ((_C.MINOR,), (_C.CORRECTED,), (_C.NO_HARM,))),
    Rule("no_fault", ("penalty-law:33.2",), Effect.NONE, ((_C.NO_FAULT,),), _C.FAULT_IRRELEVANT),
    Rule(
        "first_time", ("penalty-law:33.1",), Effect.MAY_BE_NONE,
        ((_C.FIRST_TIME,), (_C.SLIGHT_HARM, _C.NO_HARM), (_C.CORRECTED,)),
    ),
    Rule("from_14", ("penalty-law:30",), Effect.LIGHTER, ((_C.FROM_14,),)),
    Rule("partly_able", ("penalty-law:31",), Effect.MAY_BE_LIGHTER, ((_C.PARTLY_ABLE,),)),
    Rule("removed_harm", ("penalty-law:32(1)",), Effect.LIGHTER, ((_C.REMOVED_HARM,),)),
    Rule("coerced", ("penalty-law:32(2)",), Effect.LIGHTER, ((_C.COERCED,),)),
    Rule("admitted", ("penalty-law:32(3)",), Effect.LIGHTER, ((_C.ADMITTED,),)),
    Rule("merit", ("penalty-law:32(4)",), Effect.LIGHTER, ((_C.MERIT,),)),
    Rule("other_law", ("penalty-law:32(5)",), Effect.LIGHTER, ((_C.OTHER_LAW,),)),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ground:
    """A ground held against what was found; `missing` is what would still have to be proven."""

    id: str
    clauses: tuple[str, ...]
    effect: Effect
    met: bool
    missing: tuple[Circumstance, ...] = ()


def grounds(found: frozenset[Circumstance], *, in_time: bool) -> tuple[Ground, ...]:
    """Every ground for no penalty or a lighter one, each with whether it is met.

    行政处罚法 arts 30, 31, 32, 33, 36, 57 ¶1 (3).

    Parameters
    ----------
    found : frozenset of Circumstance
    in_time : bool
        Whether the act was found within the limitation.

    Returns
    -------
    tuple of Ground
    """
    return tuple(_held(rule, found, in_time=in_time) for rule in RULES)


def _held(rule: Rule, found: frozenset[Circumstance], *, in_time: bool) -> Ground:
    if rule.id == OUT_OF_TIME:
        return Ground(rule.id, rule.clauses, rule.effect, not in_time)
    missing = tuple(any_of[0] for any_of in rule.needs if found.isdisjoint(any_of))
    met = not missing and rule.unless not in found
    return Ground(rule.id, rule.clauses, rule.effect, met, missing)


def contradictions(found: frozenset[Circumstance]) -> Iterator[tuple[Circumstance, Circumstance]]:
    """Pairs of what was said that cannot both be true."""
    yield from (pair for pair in _NEVER_TOGETHER if found.issuperset(pair))


def aggravated(found: frozenset[Circumstance]) -> frozenset[Aggravation]:
    """What leads to a serious tier."""
    return frozenset(AGGRAVATIONS[one] for one in found & AGGRAVATIONS.keys())
