"""The law as documents say it: clauses of a day in our words with their citations, none that nobody read."""

from collections.abc import Iterable
from datetime import date

from backend.documents.blocks import Block, listed, paragraph
from backend.documents.facts import Answered
from backend.documents.shown import masked, sentence
from backend.rulebook.rules import Clause, Duty, Rulebook, RulebookOnDay

BLANK = "＿＿＿＿＿＿"  # to be filled in by hand where nothing is known
BY_REVIEWER = f"{BLANK}（由法制审核人员填写）"
BY_OFFICER = f"{BLANK}（由执法人员填写）"


def rights(law: Rulebook, ids: Iterable[str], on: date) -> list[Block]:
    """What clauses of that day give a right to; what is not known is left to the legal reviewer."""
    ids, on_day = list(ids), law.on(on)
    known = [sentence(f"{one.summary.zh}依据：{cited}") for one, cited in _cited(on_day, _named(on_day, ids))]
    rest = [] if len(known) == len(ids) else [paragraph(f"其他权利和期限：{BY_REVIEWER}")]
    return [*listed(known), *rest]


def citations(law: Rulebook, ids: Iterable[str], on: date) -> str:
    """Clauses of that day as they stand on paper, each once; a blank where none may be cited."""
    on_day = law.on(on)
    return "；".join(dict.fromkeys(cited for _, cited in _cited(on_day, _named(on_day, ids)))) or BLANK


def basis(law: Rulebook, on: date, *ids: str) -> str:
    """The same as a sentence."""
    return f"依据：{citations(law, ids, on)}。"


def findings(law: Rulebook, items: Iterable[Answered], on: date) -> list[str]:
    """Each broken item: what the duty's breach is called, what was seen, on which text of that day."""
    on_day = law.on(on)
    return [_finding(on_day, one) for one in items if one.answer == "breach"]


def demands(law: Rulebook, items: Iterable[Answered], on: date) -> list[str]:
    """What the broken duties ask for, each once."""
    on_day = law.on(on)
    asked = (
        sentence(duty.statement.zh)
        for one in items
        if one.answer == "breach"
        for duty in _duties(on_day, one)
    )
    return list(dict.fromkeys(asked))


def _finding(on_day: RulebookOnDay, one: Answered) -> str:
    duties = _duties(on_day, one)
    what = "；".join(duty.breach.zh for duty in duties) or f"“{one.label}”不符合"
    seen = f"现场情况：{masked(one.note)}。" if one.note else ""
    photos = f"见证据{'、'.join(map(str, one.photos))}。" if one.photos else ""
    clauses = [clause for duty in duties for clause in on_day.clauses(duty.id, one.activity)]
    texts = "；".join(dict.fromkeys(cited for _, cited in _cited(on_day, clauses)))
    return sentence(f"{what}。{seen}{photos}" + (f"有关规定：{texts}" if texts else ""))


def _duties(on_day: RulebookOnDay, one: Answered) -> list[Duty]:
    return [on_day.duties[duty] for duty in one.duties if duty in on_day.duties]


def _named(on_day: RulebookOnDay, ids: Iterable[str]) -> list[Clause]:
    return [on_day.all_clauses[one] for one in ids if one in on_day.all_clauses]


def _cited(on_day: RulebookOnDay, clauses: Iterable[Clause]) -> list[tuple[Clause, str]]:
    return [
        (one, on_day.citation(one.id))
        for one in clauses
        if one.citable and on_day.instruments[one.instrument].edition(on_day.date)
    ]
