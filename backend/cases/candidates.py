"""What may be imposed for an act, and which rule fines it (处罚依据候选、想象竞合). No database, no HTTP."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from enum import StrEnum
from itertools import groupby

from backend.rulebook.rows import (
    Aggravation,
    Fine,
    FineUnit,
    LegalBasis,
    Measure,
    Party,
    Penalty,
    Sanction,
    Text,
    Tier,
)

FEN = Decimal("0.01")
LOCAL = "sh-minors-regs:"  # its art. 84: no fine of its own


class Bar(StrEnum):
    """Why a candidate cannot be chosen."""

    UNVERIFIED = "unverified"  # from memory only: nobody has read the text
    NOT_IN_FORCE = "not_in_force"  # on the day of the fact
    NO_AMOUNT = "no_amount"  # no text in hand says what may be imposed
    NOTHING_TO_IMPOSE = "nothing_to_impose"  # an order, discipline, or what follows by law
    UNSAID = "unsaid"  # gains, turnover or months are needed first
    OUT_OF_TIME = "out_of_time"
    NOT_COMPETENT = "not_competent"  # for another authority to impose


class GapKind(StrEnum):
    """What the law does not say."""

    NO_BASIS = "no_basis"
    NO_AMOUNT = "no_amount"
    LOCAL = "local"  # Shanghai asks for it and has no fine of its own for it


@dataclass(frozen=True, slots=True)
class Known:
    """A basis of a violation by the law of the day of the fact; `row` is None where none was in force."""

    id: str
    row: LegalBasis | None
    clauses: tuple[str, ...]
    citable: bool
    in_time: bool = True
    competent: bool = True  # the authority of the case may impose it


@dataclass(frozen=True, slots=True)
class Broken:
    """A violation of the case: its clauses, and the bases on which it may be punished."""

    id: int
    clauses: tuple[str, ...]
    bases: tuple[Known, ...]


@dataclass(frozen=True, slots=True)
class Range:
    """From how much to how much, in yuan; where it is not `mandatory` a fine may be left out."""

    low: Decimal
    high: Decimal
    mandatory: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """One way to punish an act: basis and tier, the fine, what goes with it, on whom. `key` names it."""

    key: str
    act: int
    basis: str
    tier: Tier
    why: tuple[Aggravation, ...]  # what makes it serious
    violations: tuple[int, ...]
    clauses: tuple[str, ...]
    kinds: tuple[Penalty, ...]
    measures: Text | None
    fine: Range | None = None
    when: Text | None = None
    upon: Text | None = None
    bar: Bar | None = None
    must: tuple[Penalty, ...] = ()
    one_of: tuple[Penalty, ...] = ()
    party: Party = Party.VENUE

    @property
    def target(self) -> tuple[int, Party]:
        """One act of one party: it is fined once (行政处罚法 art. 29)."""
        return self.act, self.party


@dataclass(frozen=True, slots=True)
class Concurrence:
    """Which of several rules fines one act: `leading` hold two where a ceiling meets a floor."""

    act: int
    leading: tuple[str, ...]
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    kind: GapKind
    violation: int
    basis: str | None = None


@dataclass(frozen=True, slots=True)
class Amounts:
    """What fines are measured by, in yuan; None: nobody has said."""

    gains: Decimal | None = None
    turnover: Decimal | None = None
    minor_months: int | None = None

    def of(self, measure: Measure) -> Decimal | None:
        return self.gains if measure is Measure.GAINS else self.turnover


def candidates(
    acts: Mapping[int, Iterable[Broken]], aggravated: frozenset[Aggravation], amounts: Amounts, *,
    is_light: bool = False,
) -> tuple[Candidate, ...]:  # fmt: skip
    """Every way to punish each act, side by side; none is chosen.

    Parameters
    ----------
    acts : mapping of int to iterable of Broken
        By act, the violations that it is: one act may break several duties.
    aggravated : frozenset of Aggravation
        What was found that leads to a serious tier. That tier then stands in place of the ordinary one.
    amounts : Amounts
        Yuan.
    is_light : bool
        Whether the circumstances are light: of a law with a lighter tier that tier is added.

    Returns
    -------
    tuple of Candidate
        In the order of acts and bases, whatever the order of the violations.
    """
    found: list[Candidate] = []
    for act, broken in sorted(acts.items()):
        known = sorted({(basis.id, one.id): basis for one in broken for basis in one.bases}.items())
        for basis_id, group in groupby(known, key=lambda pair: pair[0][0]):
            rows = list(group)
            violations = tuple(sorted(violation for (_, violation), _ in rows))
            found += _of_basis(
                act, basis_id, violations, [basis for _, basis in rows], aggravated, amounts, is_light
            )
    return tuple(found)


def _of_basis(
    act: int, basis_id: str, violations: tuple[int, ...], known: list[Known],
    aggravated: frozenset[Aggravation], amounts: Amounts, is_light: bool,
) -> Iterator[Candidate]:  # fmt: skip
    row, clauses = known[0].row, tuple(sorted({clause for one in known for clause in one.clauses}))

    def made(
        tier: Tier, number: int, bar: Bar | None, sanction: Sanction | None = None, fine: Fine | None = None
    ) -> Candidate:  # fmt: skip
        amount = _range(fine, amounts) if fine else None
        if bar is None and fine and amount is None:
            bar = Bar.UNSAID
        return Candidate(
            f"{act}/{basis_id}/{tier}/{number}", act, basis_id, tier,
            _why(sanction, aggravated) if sanction else (), violations, clauses,
            sanction.kinds if sanction else (), sanction.measures if sanction else None, amount,
            fine.when if fine else None, fine.upon if fine else None, bar,
            sanction.must if sanction else (), sanction.one_of if sanction else (),
            fine.party if fine else Party.VENUE,
        )  # fmt: skip

    bar = _bar(known)
    if row is None or not row.sanctions:
        yield made(Tier.ORDINARY, 0, bar or Bar.NO_AMOUNT)
        return
    for sanction in applying(row.sanctions, aggravated, is_light=is_light):
        fines = [fine for fine in sanction.fines if _holds(fine, amounts)]
        nothing = None if sanction.kinds or fines else Bar.NOTHING_TO_IMPOSE
        without = (None,) if sanction.fine_open or not fines else ()
        for number, fine in enumerate((*fines, *without)):
            yield made(sanction.tier, number, bar or nothing, sanction, fine)


def _bar(known: list[Known]) -> Bar | None:
    if any(one.row is None for one in known):
        return Bar.NOT_IN_FORCE
    if not all(one.citable for one in known):
        return Bar.UNVERIFIED
    if not all(one.in_time for one in known):
        return Bar.OUT_OF_TIME
    return None if all(one.competent for one in known) else Bar.NOT_COMPETENT


def applying(
    sanctions: Iterable[Sanction], aggravated: frozenset[Aggravation], *, is_light: bool = False
) -> list[Sanction]:
    """The tiers that apply: the serious one in place of the ordinary, or the ordinary and the lighter."""
    by_tier = {one.tier: one for one in sanctions}
    serious = by_tier.get(Tier.SERIOUS)
    if serious and _why(serious, aggravated):
        return [serious]
    wanted = (Tier.ORDINARY, Tier.LIGHTER) if is_light else (Tier.ORDINARY,)
    return [by_tier[tier] for tier in wanted if tier in by_tier]


def _why(sanction: Sanction, aggravated: frozenset[Aggravation]) -> tuple[Aggravation, ...]:
    if sanction.tier is not Tier.SERIOUS:
        return ()
    return tuple(one for one in Aggravation if one in aggravated and one in (sanction.where or Aggravation))


def _holds(fine: Fine, amounts: Amounts) -> bool:
    """Whether its condition of gains or turnover holds; while nobody has said how much, it may."""
    if fine.of is None or (said := amounts.of(fine.of)) is None:
        return True
    return (fine.at_least is None or said >= Decimal(str(fine.at_least))) and (
        fine.below is None or said < Decimal(str(fine.below))
    )


def _range(fine: Fine, amounts: Amounts) -> Range | None:
    """In whole fen, rounded inwards. None while what it is measured by is not said."""
    if fine.of is not None and amounts.of(fine.of) is None:
        return None
    factor: Decimal | int | None = {
        FineUnit.YUAN: Decimal(1), FineUnit.TIMES_GAINS: amounts.gains,
        FineUnit.TIMES_TURNOVER: amounts.turnover, FineUnit.YUAN_PER_MINOR_MONTH: amounts.minor_months,
    }[fine.unit]  # fmt: skip
    if factor is None:
        return None
    low, high = (Decimal(str(amount)) * factor for amount in (fine.min, fine.max))
    return Range(low.quantize(FEN, ROUND_CEILING), high.quantize(FEN, ROUND_FLOOR), fine.mandatory)


def concurrences(found: Iterable[Candidate]) -> tuple[Concurrence, ...]:
    """By which rule each act is fined where several fine it (行政处罚法 art. 29).

    One act is never fined twice; the rule with the higher fine leads. The text does not say which of two
    is higher where one has the higher ceiling and another a floor from which nobody is let off: both lead,
    and the legal reviewer chooses. Rules are compared, not the tiers of one: those stay side by side.

    Parameters
    ----------
    found : iterable of Candidate

    Returns
    -------
    tuple of Concurrence
        One for each act and party with a fine; what is barred has no part in it.
    """
    fining = sorted((one for one in found if one.fine and not one.bar), key=lambda one: (one.target, one.key))
    made = []
    for (act, _), group in groupby(fining, key=lambda one: one.target):
        some = list(group)
        ceiling = max(_high(one) for one in some)
        highest = [one for one in some if _high(one) == ceiling]
        floor = min(_floor(one) for one in highest)
        bases = {one.basis for one in some if one in highest or _floor(one) > floor}
        leading = [one.key for one in some if one.basis in bases]
        made.append(Concurrence(act, tuple(leading), tuple(o.key for o in some if o.key not in leading)))
    return tuple(made)


def _high(one: Candidate) -> Decimal:
    return one.fine.high if one.fine else Decimal(0)


def _floor(one: Candidate) -> Decimal:
    """The least that must be paid under it."""
    return one.fine.low if one.fine and one.fine.mandatory else Decimal(0)


def gaps(broken: Iterable[Broken]) -> tuple[Gap, ...]:
    """What no text in hand says: acts without a basis, bases without an amount, what only Shanghai asks for.

    The regulations of Shanghai hold no fine for businesses (上海市未成年人保护条例 art. 84): what they ask
    for beyond the law is not fined by itself.
    """
    found = []
    for one in sorted(broken, key=lambda one: one.id):
        if not one.bases:
            found.append(Gap(GapKind.NO_BASIS, one.id))
        found += [
            Gap(GapKind.NO_AMOUNT, one.id, basis.id)
            for basis in sorted(one.bases, key=lambda basis: basis.id)
            if basis.row and not basis.row.sanctions
        ]
        if any(clause.startswith(LOCAL) for clause in one.clauses):
            found.append(Gap(GapKind.LOCAL, one.id))
    return tuple(found)
