"""What can be done to cases. The caller owns the transaction and holds the row; nothing here commits."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from backend.accounts.models import Agency, User
from backend.accounts.scope import Person
from backend.cases import deadlines, queries
from backend.cases.deadlines import midnight
from backend.cases.errors import NotProcessed, SeriesTaken, SeriesUnknown, StepRefused, ViolationTaken
from backend.cases.models import Case, CaseOfficer, CaseSeries, CaseStep, CaseViolation
from backend.cases.papers import issued_of, paper_kept
from backend.cases.penalty_queries import has_to_run
from backend.cases.rules import ACTORS, NOTICES, OPENED, Because, Hindrance, Who, hindrances, missing_papers
from backend.core import audit
from backend.core.days import day_of
from backend.core.errors import InvalidInput, NotAllowed
from backend.inspections import queries as inspections
from backend.inspections.models import Violation
from backend.rulebook import queries as rulebook
from backend.rulebook.procedure import Procedure, Step
from backend.tasks import queries as tasks
from backend.tasks.rules import NUMBER_PLACE

FEWEST_OFFICERS = 2  # 行政处罚法 art. 42


def add_series(session: Session, *, agency_id: int, year: int, pattern: str, by: str) -> CaseSeries:
    """Lay down how an agency numbers its cases in a year. Raises SeriesTaken, InvalidInput."""
    if pattern.count(NUMBER_PLACE) != 1:
        raise InvalidInput(pattern="number_place_needed")
    try:
        with session.begin_nested():
            session.add(series := CaseSeries(agency_id=agency_id, year=year, pattern=pattern))
    except IntegrityError:
        raise SeriesTaken(year=year) from None
    audit.record(session, "case.add_series", by=by, subject=f"case_series:{series.id}")
    return series


def open_case(session: Session, said: dict[str, Any], *, by: Person, now: datetime) -> Case:
    """Open a case from violations at one venue of one's own agency, with its officers.

    Raises NotProcessed for authorities whose cases are not processed here, SeriesUnknown, ViolationTaken,
    NotAllowed, InvalidInput.
    """
    agency = session.get(Agency, by.agency_id) if by.agency_id else None
    if agency is None:
        raise NotAllowed(agency_id=None)
    law = rulebook.current(session).on(day_of(now))
    procedure = law.procedure(agency.authority)
    if not procedure.profile.processed:
        raise NotProcessed(authority=agency.authority)
    violations = _violations(session, by, said["violation_ids"])
    officers = certified_officers(session, by, said["officer_ids"], day_of(now))
    found_on = min(one.fact_on for one in violations)
    acted_on = said.get("acted_on") or found_on
    if acted_on > found_on:
        raise InvalidInput(acted_on="after_it_was_found")
    series, number = _next_number(session, agency.id, day_of(now).year)
    visit = violations[0].visit
    case = Case(
        series_id=series.id, number=number, agency_id=agency.id, area_code=visit.area_code,
        venue_id=visit.venue_id, authority=agency.authority, state=procedure.start, is_open=True,
        acted_on=acted_on, found_on=found_on, is_long=said.get("is_long", False), opened_by=by.id,
        opened_at=now,
    )  # fmt: skip
    session.add(case)
    session.flush()
    _take_up(session, case, violations)
    session.add_all(_officer(case, one, now) for one in officers)
    step = _write(
        session, case, seq=1, step=OPENED, from_state=None, to_state=case.state, actor=ACTORS[by.role],
        user_id=by.id, made_at=now, recorded_at=now, rulebook_version=law.rulebook.version, clauses=[],
        papers=[],
    )  # fmt: skip
    deadlines.begin(session, step, [procedure.clocks[one] for one in procedure.starts], at=midnight(found_on))
    deadlines.recount(session, case, [step])
    detail = {"violations": [one.id for one in violations], "officers": [one.id for one in officers]}
    audit.record(session, "case.open", by=by.actor, subject=f"case:{case.id}", detail=detail)
    return case


def take_step(
    session: Session, case: Case, said: dict[str, Any], *, by: Person, now: datetime,
    helpers: Collection[int] = (),
) -> CaseStep:  # fmt: skip
    """Make a step of the procedure in a case: note it, begin and end its clocks, move the case on.

    `helpers` act as its officers do: they carry its transfer.

    Raises StepRefused with the first reason, NotAllowed, InvalidInput.
    """
    law = rulebook.current(session).on(day_of(now))
    procedure = law.procedure(case.authority)
    if (step := procedure.steps.get(said["step"])) is None:
        raise InvalidInput(step="unknown")
    made_at = said.get("made_at") or now
    own = [one for one in issued_of(session, case, only_counting=True) if not one.subject]  # of no transfer
    papers = [paper_kept(step, one, own, since=_said_since(case, step)) for one in said.get("papers", [])]
    refuse(_hindrances(case, step, procedure, made_at, said, by=by, now=now, helpers=helpers))
    extends_by = (step.extends_by or said["days"]) if step.extends else None
    row = _write(
        session, case, seq=len(case.steps) + 1, step=step.id, from_state=case.state,
        to_state=step.to or case.state, actor=step.actor, user_id=by.id, made_at=made_at, recorded_at=now,
        rulebook_version=law.rulebook.version, clauses=list(step.clauses), papers=papers,
        reason=said.get("reason"), begins=step.begins, ends=step.ends, extends=step.extends, days=extends_by,
    )  # fmt: skip
    if step.names_officers:
        _replace_officers(session, case, said.get("officer_ids", ()), by=by, now=now)
    _move(session, case, row, is_over=procedure.states[row.to_state].over)
    deadlines.end(session, row, step.stops)
    starting = [clock for one in step.starts if has_to_run(case, clock := procedure.clocks[one])]
    deadlines.begin(session, row, starting, at=made_at)
    deadlines.extend(session, row)
    deadlines.recount(session, case, [*case.steps, row])
    session.expire(case)
    detail = {"step": step.id, "seq": row.seq}
    audit.record(session, "case.step", by=by.actor, subject=f"case:{case.id}", detail=detail)
    return row


def _said_since(case: Case, step: Step) -> datetime | None:
    """Since when the penalty stands that the papers of a step speak of."""
    if (proposal := case.proposal) is None:
        return None
    if step.proposes:
        return proposal.ruling.ruled_at if proposal.ruling else proposal.proposed_at
    if not step.ruling or proposal.ruling is None:
        return None
    told = None if set(NOTICES).isdisjoint(step.after) else queries.last_told(case)
    return max(proposal.ruling.ruled_at, told.recorded_at) if told else proposal.ruling.ruled_at


def refuse(found: Sequence[Hindrance]) -> None:
    """Say the first reason why a step may not be made."""
    if found:
        first = found[0]
        until = {"until": first.until.isoformat()} if first.until else {}
        raise StepRefused(because=first.because, names=list(first.names), **until)


def _hindrances(
    case: Case, step: Step, procedure: Procedure, made_at: datetime, said: dict[str, Any],
    *, by: Person, now: datetime, helpers: Collection[int],
) -> list[Hindrance]:  # fmt: skip
    if said["version"] != case.version:
        return [Hindrance(Because.CHANGED_MEANWHILE)]
    who = Who(by.id, by.role)
    known = queries.facts(case)
    known = replace(known, officers=known.officers.union(helpers))
    found = list(hindrances(step, procedure, known, who, day_of(made_at)))
    if made_at > now:
        found.append(Hindrance(Because.IN_THE_FUTURE))
    if made_at < max((one.made_at for one in case.steps[1:]), default=midnight(case.found_on)):
        found.append(Hindrance(Because.BEFORE_THE_LAST))
    papers = said.get("papers", [])
    typed = [paper["id"] for paper in papers if paper.get("document_id") is None]
    if missing := missing_papers(step, [paper["id"] for paper in papers], typed):
        found.append(Hindrance(Because.PAPERS_MISSING, missing))
    if step.needs_reason and not said.get("reason"):
        found.append(Hindrance(Because.REASON_MISSING))
    if step.extends and step.extends_by is None and not said.get("days"):
        found.append(Hindrance(Because.DAYS_MISSING))
    return found


def _write(session: Session, case: Case, **values: Any) -> CaseStep:
    session.add(step := CaseStep(case_id=case.id, **values))
    session.flush()
    return step


def _move(session: Session, case: Case, step: CaseStep, *, is_over: bool) -> None:
    """Where a step leaves the case. One that is over lets its violations go, and no clock runs any more."""
    case.state, case.version = step.to_state, case.version + 1
    if is_over and case.is_open:
        case.is_open, case.ended_at = False, step.made_at
        deadlines.end(session, step)
        session.execute(update(CaseViolation).where(CaseViolation.case_id == case.id).values(is_open=False))
    session.flush()


def _violations(session: Session, by: Person, wanted: Sequence[int]) -> list[Violation]:
    """The violations by their ids: of the caller's agency and areas, not taken back, at one known venue."""
    found = inspections.violations_by_id(session, by.scope, wanted)
    if lost := set(wanted) - {one.id for one in found}:
        raise InvalidInput(violation_ids=sorted(lost))
    there = found[0].visit.venue_id
    places = {(one.visit.venue_id, one.visit.agency_id) for one in found}
    if there is None or places != {(there, by.agency_id)}:
        raise InvalidInput(violation_ids="not_of_one_venue")
    return found


def _take_up(session: Session, case: Case, violations: Sequence[Violation]) -> None:
    try:
        with session.begin_nested():
            session.add_all(CaseViolation(case_id=case.id, violation_id=one.id) for one in violations)
    except IntegrityError:
        raise ViolationTaken(violation_ids=[one.id for one in violations]) from None


def certified_officers(session: Session, by: Person, wanted: Sequence[int], on: date) -> list[User]:
    """Inspectors of the agency with a certificate of that day: two or more."""
    known = {one.id: one for one in tasks.officers_for(session, by.scope)}
    chosen = list(dict.fromkeys(wanted))
    if strangers := set(chosen) - known.keys():
        raise NotAllowed(officer_ids=sorted(strangers))
    officers = [known[one] for one in chosen]
    if len(officers) < FEWEST_OFFICERS:
        raise InvalidInput(officer_ids="two_needed")
    if any(not _is_certified(one, on) for one in officers):
        raise InvalidInput(officer_ids="certificate_needed")
    return officers


def _is_certified(officer: User, on: date) -> bool:
    ends_on = officer.certificate_valid_to
    return bool(officer.certificate_no) and (ends_on is None or on <= ends_on)


def _officer(case: Case, officer: User, now: datetime) -> CaseOfficer:
    return CaseOfficer(case_id=case.id, user_id=officer.id, certificate_no=officer.certificate_no, since=now)


def _replace_officers(
    session: Session, case: Case, wanted: Sequence[int], *, by: Person, now: datetime
) -> None:
    officers = {one.id: one for one in certified_officers(session, by, wanted, day_of(now))}
    if decided := officers.keys() & {one.ruling.ruled_by for one in case.proposals if one.ruling}:
        raise NotAllowed(officer_ids=sorted(decided))  # who decided on its penalty does not investigate
    staying = set()
    for one in case.officers_now:
        if one.user_id in officers:
            staying.add(one.user_id)
        else:
            one.until = now
    session.add_all(_officer(case, one, now) for key, one in officers.items() if key not in staying)


def _next_number(session: Session, agency_id: int, year: int) -> tuple[CaseSeries, int]:
    """The next number of the year. Whoever takes one holds the series until the end, so none is left out."""
    chosen = select(CaseSeries).filter_by(agency_id=agency_id, year=year).with_for_update()
    series = session.scalar(chosen.execution_options(populate_existing=True))
    if series is None:
        raise SeriesUnknown(year=year)
    number, series.next_number = series.next_number, series.next_number + 1
    return series, number
