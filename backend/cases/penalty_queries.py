"""What the law says to the violations of a case, and how the venue was punished before."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from backend.cases import queries
from backend.cases.candidates import Broken, Candidate, Known
from backend.cases.escalation import Earlier, EarlierKind, escalation
from backend.cases.frozen import thaw
from backend.cases.models import Case
from backend.cases.penalty_models import PenaltyProposal
from backend.cases.proposing import Chosen, Proposed, Said, propose
from backend.cases.rules import OVERTURNED, late_charge, limitation
from backend.core.days import day_of
from backend.inspections.models import Violation
from backend.rulebook import queries as rulebook
from backend.rulebook.procedure import Clock, Ruling
from backend.rulebook.rows import LegalBasis, Penalty
from backend.rulebook.rules import Rulebook, RulebookOnDay

_DECIDING = ("decide_on_the_spot", "decide_penalty", "decide_together")


@dataclass(frozen=True, slots=True)
class Opened:
    """A proposal with its values as the rules know them; `chosen` is the reviewer's, if there is one."""

    row: PenaltyProposal
    said: Said
    earlier: tuple[Earlier, ...]
    laid: Proposed
    suggested: Chosen
    chosen: Chosen | None

    @property
    def counts(self) -> Chosen:
        """The reviewer's choice, or where nobody reviews the officer's own."""
        return self.chosen or self.suggested


def opened(row: PenaltyProposal) -> Opened:
    """A proposal as it was laid before the reviewer."""
    return Opened(
        row, thaw(Said, row.said), thaw(tuple[Earlier, ...], row.earlier), thaw(Proposed, row.laid),
        thaw(Chosen, row.suggested), thaw(Chosen, row.ruling.chosen) if row.ruling else None,
    )  # fmt: skip


def fine_of(found: Case) -> Decimal:
    """The fine in what was decided, or where nobody reviews in what is proposed; 0 without any."""
    return opened(found.proposal).counts.yuan if found.proposal else Decimal(0)


def has_to_run(found: Case, clock: Clock) -> bool:
    """Whether a clock has anything to run for: a fine to pay, or something that the party must perform."""
    if not (clock.of_fine or clock.to_perform):
        return True
    counts = opened(found.proposal).counts if found.proposal else Chosen(Ruling.NO_PENALTY)
    is_more = any(set(item.kinds) - {Penalty.WARNING} for item in counts.items)
    return counts.yuan > 0 or (clock.to_perform and is_more)


def added_to_fine(found: Case, one: queries.Due, on: date) -> Decimal | None:
    """What may be added to a fine by a day because it was not paid in time; None: somebody has to count.

    The days of a reconsideration or a suit are left out (行政处罚法 art. 73 ¶3), and nobody enters their end;
    nor what is left of the fine where the decision was changed.
    """
    if one.clock.adds_percent is None or one.row.due_on is None:
        return Decimal(0)
    added = late_charge(fine_of(found), one.clock.adds_percent, one.row.due_on, on)
    is_contested = {step.step for step in found.steps} & {"note_reconsideration", "note_suit", OVERTURNED}
    return None if added and is_contested else added


def taken_up(one: Opened, choice: Chosen) -> list[tuple[Candidate, int]]:
    """The candidates of a choice, each with the place of its item."""
    known = {candidate.key: candidate for candidate in one.laid.candidates}
    return [(known[item.candidate], place) for place, item in enumerate(choice.items)]


def lay(session: Session, found: Case, said: Said, earlier: tuple[Earlier, ...]) -> Proposed:
    """Everything that the law of the day says to a case, side by side."""
    law = rulebook.current(session)
    rows = session.scalars(
        select(Violation)
        .where(Violation.id.in_([one.violation_id for one in found.violations]))
        .options(selectinload(Violation.bases))
    )
    broken = [_broken(law, found, one) for one in rows]
    repeat = _repeat(law, found)
    escalated = escalation(earlier, found.acted_on, repeat.repeat) if repeat and repeat.repeat else None
    in_time = queries.limitation_of(session, found).in_time
    return propose(broken, said, in_time=in_time, escalated=escalated, repeat=repeat)


def _broken(law: Rulebook, found: Case, violation: Violation) -> Broken:
    on_day = law.on(violation.fact_on)
    known = []
    for basis in violation.bases:
        row = on_day.legal_bases.get(basis.basis_id)
        clauses = tuple(one for one in basis.clauses if one in on_day.all_clauses)
        citable = bool(row and row.citable and all(on_day.all_clauses[one].citable for one in clauses))
        in_time = row is None or _in_time(on_day, found, row)
        competent = row is None or row.is_open_to(found.authority)
        known.append(Known(basis.basis_id, row if clauses else None, clauses, citable, in_time, competent))
    return Broken(violation.id, tuple(violation.clauses), tuple(known))


def _in_time(on_day: RulebookOnDay, found: Case, row: LegalBasis) -> bool:
    """By the limitation of the basis; that of the case is held against all of them together."""
    profile = on_day.profiles.get(row.limited_by or "")
    clocks = [one for one in profile.clocks if one.id == "limitation"] if profile else []
    return all(limitation(clock, found.acted_on, found.found_on).in_time for clock in clocks)


def _repeat(law: Rulebook, found: Case) -> LegalBasis | None:
    bases = law.on(found.acted_on).legal_bases.values()
    return next((one for one in bases if one.repeat and one.citable), None)


def earlier_of(session: Session, found: Case) -> tuple[Earlier, ...]:
    """Earlier penalties of the venue by the same agency, under regulations that count them."""
    repeat = _repeat(rulebook.current(session), found)
    if repeat is None:
        return ()
    cases = session.scalars(
        select(Case)
        .where(Case.venue_id == found.venue_id, Case.agency_id == found.agency_id, Case.id != found.id)
        .options(selectinload(Case.steps), selectinload(Case.proposals))
    )
    return tuple(one for case in cases for one in _decided(case, repeat))


def _decided(case: Case, repeat: LegalBasis) -> Iterator[Earlier]:
    step = next((one for one in reversed(case.steps) if one.step in _DECIDING), None)
    if step is None or case.proposal is None or OVERTURNED in [one.step for one in case.steps]:
        return
    one = opened(case.proposal)
    yield from (Earlier(kind, day_of(step.made_at), case.text) for kind in sorted(set(_kinds(one, repeat))))


def _kinds(one: Opened, repeat: LegalBasis) -> Iterator[EarlierKind]:
    regulations = repeat.clauses[0].partition(":")[0]
    choice = one.counts
    if choice.outcome is not Ruling.PENALTY:
        return
    for candidate, place in taken_up(one, choice):
        item = choice.items[place]
        if not any(clause.partition(":")[0] == regulations for clause in candidate.clauses):
            continue
        if Penalty.CLOSURE in item.kinds:
            yield EarlierKind.CLOSURE
        if item.yuan is not None or Penalty.WARNING in item.kinds:
            yield EarlierKind.WARNING_OR_FINE
