"""A proposal of a penalty: what was said, what may be imposed, what is suggested (处罚建议). No database.

The program lays candidates side by side and says why; a person suggests, and another decides.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from itertools import groupby

from backend.cases.candidates import (
    FEN,
    Amounts,
    Bar,
    Broken,
    Candidate,
    Concurrence,
    Gap,
    candidates,
    concurrences,
    gaps,
)
from backend.cases.escalation import Escalation, Level
from backend.cases.mitigation import Circumstance, Effect, Ground, aggravated, grounds
from backend.rulebook.procedure import Most, Ruling
from backend.rulebook.rows import LegalBasis, Penalty, Tier


class Wrong(StrEnum):
    """Why something may not be suggested or decided."""

    NOTHING_CHOSEN = "nothing_chosen"
    NOT_A_CANDIDATE = "not_a_candidate"
    BARRED = "barred"
    OUT_OF_RANGE = "out_of_range"
    FINE_NEEDED = "fine_needed"  # the text leaves no choice whether to fine
    NO_FINE_HERE = "no_fine_here"
    NOT_AMONG_MEASURES = "not_among_measures"
    MEASURE_NEEDED = "measure_needed"  # the text leaves no choice about it
    ONE_MEASURE_NEEDED = "one_measure_needed"  # of several exactly one
    CONFISCATION_NEEDED = "confiscation_needed"  # there are gains
    FINED_TWICE = "fined_twice"
    LOWER_RULE = "lower_rule"  # another rule has the higher fine
    AMOUNT_UNSAID = "amount_unsaid"  # by which another fine of the act is measured, and might lead
    NOT_A_GROUND = "not_a_ground"  # for what was decided, or not met
    GROUND_NEEDED = "ground_needed"  # one is met on which the penalty shall be lighter
    NOT_LIGHTER = "not_lighter"  # the most of the range, in spite of a ground
    MUST_NOT_BE_PUNISHED = "must_not_be_punished"


@dataclass(frozen=True, slots=True)
class Said:
    """What the officer found. `acts` numbers violations: those of one number are one act."""

    circumstances: frozenset[Circumstance] = frozenset()
    is_person: bool = False
    amounts: Amounts = field(default_factory=Amounts)
    acts: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Proposed:
    """Everything that is laid before the reviewer."""

    candidates: tuple[Candidate, ...]
    concurrences: tuple[Concurrence, ...]
    grounds: tuple[Ground, ...]
    gaps: tuple[Gap, ...]
    escalation: Escalation | None = None
    has_gains: bool = False  # that are not to be paid back


@dataclass(frozen=True, slots=True)
class Item:
    """A candidate that is taken up: how much, in yuan, and which of its penalties."""

    candidate: str
    yuan: Decimal | None = None
    kinds: tuple[Penalty, ...] = ()


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is suggested or decided: a penalty by these items, or none; `ground` names why none or lighter.

    `gains` are what a confiscation among them takes, in yuan.
    """

    outcome: Ruling
    items: tuple[Item, ...] = ()
    ground: str | None = None
    gains: Decimal | None = None

    @property
    def yuan(self) -> Decimal:
        return sum((one.yuan for one in self.items if one.yuan is not None), Decimal(0))

    def taking(self, gains: Decimal | None) -> "Chosen":
        """The same, with what was gained, if it is confiscated."""
        is_taken = any(Penalty.CONFISCATION in one.kinds for one in self.items)
        return replace(self, gains=gains if is_taken else None)


@dataclass(frozen=True, slots=True)
class Fault:
    why: Wrong
    candidate: str | None = None


def propose(
    broken: Iterable[Broken], said: Said, *, in_time: bool,
    escalated: Escalation | None = None, repeat: LegalBasis | None = None,
) -> Proposed:  # fmt: skip
    """Lay everything that the law says about a case side by side.

    Parameters
    ----------
    broken : iterable of Broken
        The violations, in any order.
    said : Said
    in_time : bool
        Whether the acts were found within the limitation (行政处罚法 art. 36).
    escalated : Escalation, optional
        What earlier penalties lead to, with the basis in `repeat`.

    Returns
    -------
    Proposed
    """
    known = sorted(broken, key=lambda one: one.id)
    acts = acts_of(known, said.acts)
    found = candidates(
        acts, aggravated(said.circumstances), said.amounts, is_light=Circumstance.LIGHT in said.circumstances
    )
    repeated = [one for one in found if escalated and repeat and _answers(one, repeat)]
    more = tuple(_escalated(some, escalated, repeat) for some in _by_act(repeated) if escalated and repeat)
    return Proposed(
        found + more, concurrences(found), grounds(said.circumstances, in_time=in_time), gaps(known),
        escalated if more else None,
        bool(said.amounts.gains) and Circumstance.REFUND_DUE not in said.circumstances,
    )  # fmt: skip


def acts_of(broken: Iterable[Broken], numbers: Mapping[int, int]) -> dict[int, list[Broken]]:
    """The violations by act, each act known by its first violation; without a number each is its own."""
    by_number: dict[tuple[bool, int], list[Broken]] = {}
    for one in sorted(broken, key=lambda one: one.id):
        is_own = one.id not in numbers
        by_number.setdefault((is_own, one.id if is_own else numbers[one.id]), []).append(one)
    return {some[0].id: some for some in by_number.values()}


def _answers(one: Candidate, repeat: LegalBasis) -> bool:
    """Whether it answers a breach of the regulations in which the escalation stands."""
    if one.bar not in (None, Bar.UNSAID):
        return False
    regulations = {clause.partition(":")[0] for clause in repeat.clauses}
    return any(clause.partition(":")[0] in regulations for clause in one.clauses)


def _by_act(some: Iterable[Candidate]) -> list[list[Candidate]]:
    return [list(group) for _, group in groupby(some, key=lambda one: one.act)]


def _escalated(some: list[Candidate], escalated: Escalation, basis: LegalBasis) -> Candidate:
    tier = Tier.SERIOUS if escalated.level is Level.REVOCATION else Tier.ORDINARY
    sanction = next(one for one in basis.sanctions if one.tier is tier)
    act = some[0].act
    violations = tuple(sorted({number for one in some for number in one.violations}))
    return Candidate(
        f"{act}/{basis.id}/{tier}/0", act, basis.id, tier, (), violations, basis.clauses, sanction.kinds,
        sanction.measures,
    )  # fmt: skip


def faults(proposed: Proposed, choice: Chosen) -> Iterator[Fault]:
    """What is wrong with a choice by the law that was laid out; nothing if it may be made.

    A fine lies in its range, or below it on a ground of art. 30, 31 or 32 of 行政处罚法, which is named
    where the law says that the penalty shall be lighter (30, 32), and bars the most; what the text makes
    mandatory is fined, with the measures that must be; gains are taken (28); one act of one party is fined
    once, by a rule that leads (29), when every amount is said by which another might; nobody is punished
    whom the law spares (30, 31, 33, 36, 57), and nobody spared without a ground that is met.

    Parameters
    ----------
    proposed : Proposed
    choice : Chosen

    Yields
    ------
    Fault
    """
    met = {one.id: one.effect for one in proposed.grounds if one.met}
    if choice.outcome is Ruling.NO_PENALTY:
        if met.get(choice.ground or "") not in (Effect.NONE, Effect.MAY_BE_NONE):
            yield Fault(Wrong.NOT_A_GROUND)
        if choice.items:
            yield Fault(Wrong.NOT_A_CANDIDATE)
        return
    if Effect.NONE in met.values():
        yield Fault(Wrong.MUST_NOT_BE_PUNISHED)
    if choice.ground and met.get(choice.ground) not in (Effect.LIGHTER, Effect.MAY_BE_LIGHTER):
        yield Fault(Wrong.NOT_A_GROUND)
    if not choice.ground and Effect.LIGHTER in met.values():
        yield Fault(Wrong.GROUND_NEEDED)
    if not choice.items:
        yield Fault(Wrong.NOTHING_CHOSEN)
    known = {one.key: one for one in proposed.candidates}
    for item in choice.items:
        if (candidate := known.get(item.candidate)) is None:
            yield Fault(Wrong.NOT_A_CANDIDATE, item.candidate)
        else:
            yield from _of_item(item, candidate, is_lighter=bool(choice.ground))
    yield from _of_gains(proposed, choice, known)
    yield from _of_concurrence(proposed, choice, known)


def _of_item(item: Item, candidate: Candidate, *, is_lighter: bool) -> Iterator[Fault]:
    if candidate.bar:
        yield Fault(Wrong.BARRED, candidate.key)
        return
    if item.yuan is None and not item.kinds:
        yield Fault(Wrong.NOTHING_CHOSEN, candidate.key)
    if not set(item.kinds) <= set(candidate.kinds):
        yield Fault(Wrong.NOT_AMONG_MEASURES, candidate.key)
    if not set(candidate.must) <= set(item.kinds):
        yield Fault(Wrong.MEASURE_NEEDED, candidate.key)
    if candidate.one_of and len(set(candidate.one_of) & set(item.kinds)) not in (
        {0, 1} if is_lighter else {1}
    ):
        yield Fault(Wrong.ONE_MEASURE_NEEDED, candidate.key)
    if item.yuan is None:
        if candidate.fine and candidate.fine.mandatory:
            yield Fault(Wrong.FINE_NEEDED, candidate.key)
    elif candidate.fine is None:
        yield Fault(Wrong.NO_FINE_HERE, candidate.key)
    else:
        low = Decimal(0) if is_lighter else candidate.fine.low
        is_whole = item.yuan == item.yuan.quantize(FEN)
        if not (item.yuan > 0 and low <= item.yuan <= candidate.fine.high and is_whole):
            yield Fault(Wrong.OUT_OF_RANGE, candidate.key)
        elif is_lighter and item.yuan == candidate.fine.high:
            yield Fault(Wrong.NOT_LIGHTER, candidate.key)


def _of_gains(proposed: Proposed, choice: Chosen, known: Mapping[str, Candidate]) -> Iterator[Fault]:
    """Gains are confiscated unless they are to be paid back (art. 28 ¶2), where a basis provides for it."""
    acts = {known[one.candidate].act for one in choice.items if one.candidate in known}
    offered = any(
        one.act in acts and not one.bar and Penalty.CONFISCATION in one.kinds for one in proposed.candidates
    )
    if proposed.has_gains and offered and not any(Penalty.CONFISCATION in one.kinds for one in choice.items):
        yield Fault(Wrong.CONFISCATION_NEEDED)


def _of_concurrence(proposed: Proposed, choice: Chosen, known: Mapping[str, Candidate]) -> Iterator[Fault]:
    fined = [known[one.candidate] for one in choice.items if one.yuan is not None and one.candidate in known]
    targets = [one.target for one in fined]
    lower = {key for one in proposed.concurrences for key in one.others}
    unsaid = {one.target for one in proposed.candidates if one.bar is Bar.UNSAID}
    for item in choice.items:
        if (chosen := known.get(item.candidate)) and not chosen.bar and chosen.target in unsaid:
            yield Fault(Wrong.AMOUNT_UNSAID, chosen.key)
    for one in fined:
        if targets.count(one.target) > 1:
            yield Fault(Wrong.FINED_TWICE, one.key)
        if one.key in lower:
            yield Fault(Wrong.LOWER_RULE, one.key)


def covers(told: Chosen, choice: Chosen) -> bool:
    """Whether a party that was told of one penalty was thereby told of another (行政处罚法 arts 44, 62).

    Parameters
    ----------
    told : Chosen
        What the notice says.
    choice : Chosen
        What is to be imposed.

    Returns
    -------
    bool
        The same, or less of it: no other basis or tier, no further kind, no higher amount, no more gains.
    """
    known = {one.candidate: one for one in told.items}
    return (choice.gains or 0) <= (told.gains or 0) and all(
        (before := known.get(one.candidate)) is not None
        and set(one.kinds) <= set(before.kinds)
        and (one.yuan or 0) <= (before.yuan or 0)
        for one in choice.items
    )


def within(choice: Chosen, most: Most, *, is_person: bool) -> bool:
    """Whether it may be decided on the spot: a warning, or fines up to the limit (行政处罚法 art. 51).

    Parameters
    ----------
    choice : Chosen
    most : Most
        Yuan; the limit itself is within.
    is_person : bool
        A natural person; all others are organisations.

    Returns
    -------
    bool
    """
    if choice.outcome is not Ruling.PENALTY or any(
        set(one.kinds) - {Penalty.WARNING} for one in choice.items
    ):
        return False
    return choice.yuan <= (most.person if is_person else most.organisation)
