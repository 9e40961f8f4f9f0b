"""The law in the words of a page: citations, and the bases on which a violation may be punished."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from backend.inspections.models import ViolationBasis
from backend.rulebook.rows import Fine, Sanction, Text
from backend.rulebook.rules import NotCitable, RulebookOnDay, RuleUnknown
from backend.web.words import language, t


@dataclass(frozen=True, slots=True)
class Cited:
    """A clause as it may be cited, and what it says in our own words."""

    citation: str
    summary: Text
    proven: bool


@dataclass(frozen=True, slots=True)
class BasisShown:
    """A candidate basis: what it answers, who decides, what may be imposed, and where it stands."""

    id: str
    act: Text | None
    decided_by: Text | None
    sanctions: list[str]
    clauses: list[Cited]


def cited(on_day: RulebookOnDay, clause_ids: Iterable[str]) -> list[Cited]:
    """Clauses in force that day, without those that nobody has read."""
    return list(_cited(on_day, clause_ids))


def _cited(on_day: RulebookOnDay, clause_ids: Iterable[str]) -> Iterator[Cited]:
    for clause_id in clause_ids:
        try:
            citation = on_day.citation(clause_id, language())
        except (NotCitable, RuleUnknown):
            continue
        clause = on_day.all_clauses[clause_id]
        yield Cited(citation, clause.summary, clause.proven_on(on_day.date))


def basis_shown(on_day: RulebookOnDay, candidate: ViolationBasis) -> BasisShown:
    """A candidate as the rulebook of the day knows it."""
    known = on_day.legal_bases.get(candidate.basis_id)
    return BasisShown(
        candidate.basis_id,
        known.act if known else None,
        known.decided_by if known else None,
        [_sanction(sanction) for sanction in known.sanctions] if known else [],
        cited(on_day, candidate.clauses),
    )


def _sanction(sanction: Sanction) -> str:
    said = [t.text(sanction.measures), *map(_fine, sanction.fines)]
    return t.fine_when.format(when=t.named("tier", sanction.tier), fine=t.one_after_another(said))


def _fine(fine: Fine) -> str:
    low, high = (f"{amount:,.12g}" for amount in (fine.min, fine.max))
    between = t.fine_between if fine.min else t.fine_up_to
    amount = high if fine.min == fine.max else between.format(low=low, high=high)
    said = t.named("fine", fine.unit).format(amount=amount)
    said = said if fine.mandatory else t.fine_may.format(fine=said)
    for circumstance in filter(None, (fine.when, fine.upon)):
        said = t.fine_when.format(when=t.text(circumstance), fine=said)
    return said
