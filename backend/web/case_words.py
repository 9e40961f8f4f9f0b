"""Deadlines and steps of a case in words: how a day was counted, what keeps somebody from a step."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from backend.cases.queries import Choice, Due
from backend.core.days import day_of
from backend.rulebook.procedure import Clock, Procedure, Step
from backend.rulebook.rules import RulebookOnDay
from backend.web.law import Cited, cited
from backend.web.words import t

CHIPS = {"overdue": "inside", "warned": "survey", "soon": "survey"}


@dataclass(frozen=True, slots=True)
class DueShown:
    """A clock that runs: what, by when, how it was counted, by which clauses, and what its lapse means."""

    due: Due
    what: str
    standing: tuple[str, str]
    how: list[str]
    clauses: list[Cited]
    lapse: str
    added: str


@dataclass(frozen=True, slots=True)
class Offered:
    """A step that leads on, with what keeps this reader from it in words."""

    step: Step
    name: str
    by: str
    to: str | None
    papers: list[tuple[str, str, tuple[str, ...]]]  # its id, its name, kinds of documents that it may be
    clauses: list[Cited]
    why_not: list[str]

    @property
    def may(self) -> bool:
        return not self.why_not


def due_shown(law: RulebookOnDay, due: Due, added: Decimal | None = Decimal(0)) -> DueShown:
    """A deadline as a page shows it, with what is added to a fine once it is over."""
    named = t.named("case_standing", due.standing)
    return DueShown(
        due, t.text(due.clock.name), (named, CHIPS.get(due.standing, "plain")), list(_how(law, due)),
        cited(law, due.clock.clauses), t.text(due.clock.lapse),
        _added(added),
    )  # fmt: skip


def _added(yuan: Decimal | None) -> str:
    if yuan is None:
        return t.case_due_added_open
    return t.case_due_added.format(yuan=f"{yuan:,.2f}") if yuan else ""


def _how(law: RulebookOnDay, due: Due) -> Iterator[str]:
    clock, row = due.clock, due.row
    if clock.count is None and not row.more:
        yield t.case_due_unnumbered
    else:
        yield _length(clock, clock.count or 0)
        since = t.case_due_since_counted if clock.first_day_counts else t.case_due_since
        yield since.format(since=day_of(row.begun_at))
    if clock.follows:
        leading = law.procedure("GENERAL").clocks[clock.follows]
        yield t.case_due_follows.format(clock=t.text(leading.name))
    if row.more:
        yield t.case_due_more.format(more=_length(clock, row.more))
    if clock.excludes:
        yield t.case_due_excludes.format(what=t.all_named("case_pause", clock.excludes))


def _length(clock: Clock, count: int) -> str:
    return t.case_due_count.format(count=count, unit=t.named("case_unit", clock.unit))


def offered(law: RulebookOnDay, procedure: Procedure, choice: Choice) -> Offered:
    """A step as a page offers it."""
    step = choice.step
    return Offered(
        step, t.text(step.name), t.named("case_actor", step.actor),
        t.text(procedure.states[step.to].name) if step.to else None,
        [(paper.id, t.text(paper.name), paper.documents) for paper in step.needs], cited(law, step.clauses),
        [
            hindrance_in_words(procedure, one.because, one.names, one.until) for one in choice.hindrances
        ],
    )  # fmt: skip


def hindrance_in_words(
    procedure: Procedure, because: str, names: Iterable[str], until: date | str | None = None
) -> str:
    """Why a step may not be made."""
    tables = (procedure.steps, procedure.clocks, procedure.papers)
    known = {row.id: row.name for table in tables for row in table.values()}
    named = t.listed(t.text(known[name]) if name in known else name for name in names)
    return t.named("case_because", because).format(names=named, until=until)
