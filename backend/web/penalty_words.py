"""Candidates, grounds and gaps of a penalty in words: amounts, clauses, what leads, what cannot be chosen."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from backend.cases.candidates import Bar, Candidate, Gap, GapKind
from backend.cases.mitigation import Ground
from backend.cases.penalty_queries import Opened
from backend.cases.proposing import Chosen, Item, Proposed
from backend.rulebook.rows import Penalty
from backend.rulebook.rules import RulebookOnDay
from backend.web.law import Cited, cited
from backend.web.words import t

_LOCAL = "sh-minors-regs:84"


@dataclass(frozen=True, slots=True)
class CandidateShown:
    """A way to punish an act; `rule` says whether it leads, `bar` why it cannot be chosen: word and chip."""

    row: Candidate
    acts: str
    what: str
    clauses: list[Cited]
    decided_by: str
    tier: str
    measures: str
    fine: str
    must: str
    rule: tuple[str, str] | None
    bar: tuple[str, str] | None
    kinds: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class GroundShown:
    row: Ground
    what: str
    effect: str
    clauses: list[Cited]
    missing: str


@dataclass(frozen=True, slots=True)
class LaidShown:
    candidates: list[CandidateShown]
    grounds: list[GroundShown]
    gaps: list[tuple[int, str, list[Cited]]]
    escalation: tuple[str, str, bool] | None  # what it leads to, what was counted, whether in doubt


def laid_in_words(law: RulebookOnDay, laid: Proposed, violations: Sequence[int]) -> LaidShown:
    """Everything that is laid out, with violations by their places on the page."""
    places = {one: number for number, one in enumerate(violations, 1)}
    grounds = [
        GroundShown(
            one, t.named("penalty_ground", one.id), t.named("penalty_effect", one.effect),
            cited(law, one.clauses), t.all_named("penalty_circumstance", one.missing),
        )
        for one in laid.grounds
    ]  # fmt: skip
    gaps = [(places.get(one.violation, 0), _gap(law, one), _of_gap(law, one)) for one in laid.gaps]
    return LaidShown(list(_candidates(law, laid, places)), grounds, gaps, _escalated(laid))


def _escalated(laid: Proposed) -> tuple[str, str, bool] | None:
    if (one := laid.escalation) is None:
        return None
    counted = t.listed(f"{each.decided_on} {each.number}".strip() for each in one.counted)
    return t.named("penalty_level", one.level), counted, one.is_doubtful


def _candidates(law: RulebookOnDay, laid: Proposed, places: dict[int, int]) -> Iterator[CandidateShown]:
    rules = {key: rule for one in laid.concurrences for key, rule in _ruled(one.leading, one.others)}
    for one in laid.candidates:
        basis = law.legal_bases.get(one.basis)
        kinds = [(str(kind), _kind(one, kind)) for kind in one.kinds]
        yield CandidateShown(
            one, t.listed(str(places.get(number, "?")) for number in one.violations),
            t.text(basis.act) if basis else one.basis, cited(law, one.clauses),
            t.text(basis.decided_by) if basis else t.not_stated, _tier(one),
            t.text(one.measures) if one.measures else t.none, _fine(one), _must(one),
            rules.get(one.key), _bar(one), kinds,
        )  # fmt: skip


def _ruled(leading: Sequence[str], others: Sequence[str]) -> Iterator[tuple[str, tuple[str, str]]]:
    if len(leading) + len(others) < 2:
        return
    word = (t.penalty_leads, "clear") if len(leading) == 1 else (t.penalty_both, "survey")
    yield from ((key, word) for key in leading)
    yield from ((key, (t.penalty_lower, "plain")) for key in others)


def _tier(one: Candidate) -> str:
    tier = t.named("tier", one.tier)
    return t.penalty_item.format(basis=tier, what=t.all_named("penalty_why", one.why)) if one.why else tier


def _fine(one: Candidate) -> str:
    if one.fine is None:
        return t.penalty_fine_none
    amount = t.penalty_between.format(low=f"{one.fine.low:,.2f}", high=f"{one.fine.high:,.2f}")
    for circumstance in filter(None, (one.when, one.upon)):
        amount = t.fine_when.format(when=t.text(circumstance), fine=amount)
    return amount


def _kind(one: Candidate, kind: Penalty) -> str:
    word = t.named("penalty_kind", kind)
    if kind in one.must:
        return t.penalty_kind_must.format(kind=word)
    return t.penalty_kind_one_of.format(kind=word) if kind in one.one_of else word


def _must(one: Candidate) -> str:
    if one.fine is None:
        return ""
    return t.penalty_fine_must if one.fine.mandatory else t.penalty_fine_may


def _bar(one: Candidate) -> tuple[str, str] | None:
    if one.bar is None:
        return None
    return t.named("penalty_bar", one.bar), "survey" if one.bar is Bar.UNSAID else "inside"


def _gap(law: RulebookOnDay, gap: Gap) -> str:
    basis = law.legal_bases.get(gap.basis or "")
    return t.named("penalty_gap", gap.kind).format(basis=t.text(basis.act) if basis else gap.basis)


def _of_gap(law: RulebookOnDay, gap: Gap) -> list[Cited]:
    if gap.kind is GapKind.LOCAL:
        return cited(law, [_LOCAL])
    basis = law.legal_bases.get(gap.basis or "")
    return cited(law, basis.clauses) if basis else []


def chosen_in_words(one: Opened, chosen: Chosen) -> list[str]:
    """What is suggested or decided, a line each: outcome, ground, each basis with its amount and kinds."""
    said = [t.named("penalty_outcome", chosen.outcome)]
    if chosen.ground:
        said.append(t.named("penalty_ground", chosen.ground))
    bases = {candidate.key: candidate.basis for candidate in one.laid.candidates}
    return [*said, *(_item(bases[item.candidate], item) for item in chosen.items)]


def _item(basis: str, item: Item) -> str:
    parts = [t.named("penalty_kind", kind) for kind in item.kinds]
    if item.yuan is not None:
        parts.append(t.penalty_item_fine.format(yuan=f"{item.yuan:,.2f}"))
    return t.penalty_item.format(basis=basis, what=t.listed(parts))
