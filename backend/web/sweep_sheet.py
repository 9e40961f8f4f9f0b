"""The report of a sweep (整治报告): numbers by activity and by agency; the school's copy tells fewer."""

from collections.abc import Callable, Iterable
from datetime import datetime

from backend.accounts.queries import list_agencies
from backend.core.days import SHANGHAI, today
from backend.core.web import get_session
from backend.planning.counts import Counts, told_to_school
from backend.planning.models import Sweep
from backend.planning.outcome import Outcome, outcome_of
from backend.rulebook import queries as rulebook
from backend.web.law import Cited, cited
from backend.web.sheets import Sheet, Table
from backend.web.words import language, t

_NOT_THERE = "–"
CLAUSES = ("sh-minors-regs:63.1", "business-env-regs:campaigns")


def sheet_of(sweep: Sweep, *, for_school: bool = False) -> Sheet:
    """The report as it stands, or as it was kept when the sweep was closed."""
    outcome = outcome_of(get_session(), sweep)
    tables = _for_school(outcome) if for_school else _for_officials(outcome)
    also = [_told(outcome.total)] if for_school else _on_paper(sweep)
    lines = [*_about(sweep), *also, t.sweep_line_numbers]
    return Sheet(t.sweep_report_of.format(name=sweep.name), lines, tables, t.month_sign, language())


def progress(outcome: Outcome) -> list[tuple[str, Counts]]:
    """How far each agency is that was sent somewhere."""
    names, every = agency_names(), outcome.by_agency
    return [(names.get(one, t.no_agency), counts) for one, counts in every.items() if counts.tasks]


def short_results(sweeps: Iterable[Sweep]) -> list[tuple[str, str]]:
    """For the school: each sweep by its name, and its counts in two sentences."""
    return [(sweep.name, _in_short(sweep)) for sweep in sweeps]


def law_of_sweeps() -> list[Cited]:
    """What the law says of sweeps, as far as it may be cited."""
    return cited(rulebook.current(get_session()).on(today()), CLAUSES)


def agency_names() -> dict[int, str]:
    """Every agency by its id."""
    return {one.id: t.agency_name(one.names) for one in list_agencies(get_session())}


def _in_short(sweep: Sweep) -> str:
    counts = outcome_of(get_session(), sweep).total
    said = t.sweep_short.format(
        first=sweep.from_on, last=sweep.until_on, venues=counts.venues, tasks=counts.tasks,
        visited=counts.visited, waiting=counts.waiting,
    )  # fmt: skip
    return f"{said}{'' if language() == 'zh' else ' '}{_told(counts)}"


def _told(counts: Counts) -> str:
    if not told_to_school(counts):
        return t.sweep_told_few
    return t.sweep_told_found.format(
        visited=counts.venues_visited, venues=counts.venues_found, found=counts.found,
        corrected=counts.found_corrected,
    )  # fmt: skip


def _about(sweep: Sweep) -> list[str]:
    as_of = _day(sweep.closed_at) if sweep.closed_at else str(today())
    before = _day(sweep.tasks_made_at) if sweep.tasks_made_at else t.none
    return [
        t.sweep_line_site.format(site=sweep.site.name or t.unnamed, metres=f"{sweep.radius_m:g}"),
        t.sweep_line_days.format(first=sweep.from_on, last=sweep.until_on),
        t.sweep_line_as_of.format(before=before, after=as_of),
    ]


def _on_paper(sweep: Sweep) -> list[str]:
    plan = t.sweep_line_plan.format(
        by=sweep.approved_by or t.none, on=sweep.approved_on or t.none, number=sweep.document_no or t.none,
        published=sweep.published_on or t.none,
    )  # fmt: skip
    basis = t.sweep_line_basis.format(citations=t.listed(one.citation for one in law_of_sweeps()))
    if sweep.closed_at is None:
        return [plan, basis]
    return [plan, basis, t.sweep_line_closed.format(day=_day(sweep.closed_at), words=sweep.closing_words)]


def _for_officials(outcome: Outcome) -> list[Table]:
    headings = [
        t.sweep_venues, t.sweep_visits_before, t.sweep_open_before, t.sweep_tasks, t.sweep_visited,
        t.sweep_waiting, t.sweep_found, t.sweep_corrected,
    ]  # fmt: skip

    def said(one: Counts) -> list[str]:
        numbers = (one.venues, one.visits_before, one.open_before, one.tasks, one.visited, one.waiting,
                   one.found, one.corrected)  # fmt: skip
        return [str(number) for number in numbers]

    return [before_and_after(outcome.total), *_parts(outcome, headings, said)]


def _for_school(outcome: Outcome) -> list[Table]:
    """What came of it in the whole only: by activity it would tell of the one venue that does it."""
    headings, whole = [t.sweep_venues, t.sweep_tasks], outcome.total
    numbers = [str(one) for one in (whole.venues, whole.tasks, whole.visited, whole.waiting)]
    total = [*headings, t.sweep_visited, t.sweep_waiting]
    return [
        Table(t.sweep_total, total, [numbers], t.sweep_no_tasks, even=True),
        *_parts(outcome, headings, lambda part: [str(part.venues), str(part.tasks)]),
    ]


def _parts(outcome: Outcome, headings: list[str], said: Callable[[Counts], list[str]]) -> list[Table]:
    names = agency_names()
    activities = [[t.activity_name(one), *said(part)] for one, part in outcome.by_activity.items()]
    agencies = [[names.get(one, t.no_agency), *said(part)] for one, part in outcome.by_agency.items()]
    return [
        Table(t.sweep_by_activity, [t.activity, *headings], activities, t.sweep_no_tasks, even=True),
        Table(t.sweep_by_agency, [t.agency, *headings], agencies, t.sweep_no_tasks, even=True),
    ]


def before_and_after(counts: Counts) -> Table:
    """The whole zone: what is known of both sides, or of one only."""
    verdicts = t.listed(
        t.sweep_verdicts.format(verdict=t.verdict_name(one), count=many)
        for one, many in counts.verdicts.items()
    )
    rows: list[tuple[str, int | str, int | str]] = [
        (t.sweep_venues, counts.venues, _NOT_THERE),
        (t.verdict, verdicts or t.none, _NOT_THERE),
        (t.sweep_visits_before, counts.visits_before, _NOT_THERE),
        (t.sweep_tasks, _NOT_THERE, t.sweep_progress.format(visited=counts.visited, tasks=counts.tasks)),
        (t.sweep_waiting, _NOT_THERE, counts.waiting),
        (t.sweep_found, _NOT_THERE, counts.found),
        (t.sweep_corrected, _NOT_THERE, counts.corrected),
        (t.sweep_open, counts.open_before, counts.open_after),
    ]
    said = [[str(cell) for cell in row] for row in rows] if counts.venues else []
    return Table(
        t.sweep_total, [t.sweep_item, t.sweep_before, t.sweep_after], said, t.sweep_no_tasks, even=True
    )


def _day(at: datetime) -> str:
    return f"{at.astimezone(SHANGHAI):%Y-%m-%d}"
