"""Violations by duty as the shipped rulebook punishes them, for tests of proposals."""

from datetime import date
from decimal import Decimal
from typing import Any

from backend.cases.candidates import Amounts, Broken, Candidate, Known
from backend.cases.mitigation import Circumstance
from backend.cases.proposing import Chosen, Item, Proposed, Said, propose
from backend.rulebook.procedure import Ruling
from backend.rulebook.reading import build, read
from backend.rulebook.rows import Penalty

LAW = build(read(), 1)
DAY = date(2026, 11, 20)


def broken(number: int, duty: str, activity: str, authority: str | None = None) -> Broken:
    """A violation, before an authority that may impose everything where none is named."""
    law = LAW.on(DAY)
    bases = tuple(
        Known(
            basis.id, row := law.legal_bases[basis.id], basis.clauses, row.citable,
            competent=authority is None or row.is_open_to(authority),
        )
        for basis in law.bases(duty, activity)
    )  # fmt: skip
    return Broken(number, tuple(one.id for one in law.clauses(duty, activity)), bases)


def proposed(*found: Broken, in_time: bool = True, **said: Any) -> Proposed:
    """What is laid before the reviewer; `found` circumstances and amounts by their names."""
    amounts = Amounts(
        **{name: said.pop(name) for name in ("gains", "turnover", "minor_months") if name in said}
    )
    circumstances = frozenset(map(Circumstance, said.pop("circumstances", ())))
    return propose(found, Said(circumstances, amounts=amounts, **said), in_time=in_time)


def fines(of: Proposed) -> dict[str, tuple[int, int, bool]]:
    """By basis, from how much to how much, and whether the text leaves no choice."""
    return {one.basis: (int(one.fine.low), int(one.fine.high), one.fine.mandatory)
            for one in of.candidates if one.fine}  # fmt: skip


def by_basis(of: Proposed, basis: str) -> Candidate:
    (found,) = [one for one in of.candidates if one.basis == basis]
    return found


def leading(of: Proposed) -> list[list[str]]:
    """By act, the bases that lead."""
    named = {one.key: one.basis for one in of.candidates}
    return [[named[key] for key in one.leading] for one in of.concurrences]


def penalty(*items: tuple[str, int | str | None], ground: str | None = None, kinds: Any = ()) -> Chosen:
    chosen = (Item(key, None if yuan is None else Decimal(yuan), tuple(kinds)) for key, yuan in items)
    return Chosen(Ruling.PENALTY, tuple(chosen), ground)


WARNED = (Penalty.WARNING,)
