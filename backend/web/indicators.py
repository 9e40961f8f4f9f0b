"""Indicators of how agencies do their duty (履职指标): a period as it stands, and what was kept of others."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from flask import Response, redirect, render_template, request, url_for

from backend.accounts.auth import current_user, requires
from backend.accounts.queries import areas_to_choose, list_agencies
from backend.accounts.scope import Person
from backend.core.days import SHANGHAI, today
from backend.core.errors import InvalidInput, PersonalNumberFound, Refusal
from backend.core.spreadsheets import file_answer
from backend.core.web import get_session
from backend.indicators import reports
from backend.indicators.api import READERS
from backend.indicators.definitions import CLAUSES
from backend.indicators.errors import ReportMade
from backend.indicators.models import PeriodReport
from backend.indicators.reports import Line
from backend.indicators.rules import LEAST, Told
from backend.indicators.schemas import FreezeIn, PeriodIn
from backend.maps.periods import Against, Period, Step
from backend.rulebook import queries as rulebook
from backend.web.forms import by_words, loaded
from backend.web.law import cited
from backend.web.sheets import Sheet, Table, as_xlsx, pdf_answer
from backend.web.shell import pages
from backend.web.tables import Page, page_asked
from backend.web.words import language, t


@pages.get("/indicators")
@requires(*READERS)
def indicators() -> Any:
    """A period as it stands now, the quarter before this one where nobody asked; and the kept reports."""
    return _page(request.args, None)


@pages.post("/indicators")
@requires(*READERS)
def freeze_indicators() -> Any:
    """Keep the numbers of a period that is over."""
    try:
        said = loaded(FreezeIn(), request.form, "period_")
        made = reports.freeze(get_session(), **said, by=current_user(), now=datetime.now(UTC))
    except (InvalidInput, PersonalNumberFound, ReportMade) as refusal:
        shown = by_words(refusal, "period_") if isinstance(refusal, InvalidInput) else refusal
        return _page(request.form, shown), refusal.code
    return redirect(url_for("pages.period_report", report_id=made.id), 303)


@pages.get("/indicators/<int:report_id>")
@requires(*READERS)
def period_report(report_id: int) -> Any:
    """A kept report, and whether it still is what was kept."""
    found = reports.report(get_session(), current_user().scope, report_id)
    holds = reports.sha256_of(found) == found.sha256
    return render_template("period_report.html", report=found, sheet=_sheet(found), holds=holds)


@pages.get("/indicators/<int:report_id>.xlsx")
@requires(*READERS)
def period_report_xlsx(report_id: int) -> Response:
    """The same as a workbook."""
    found = reports.report(get_session(), current_user().scope, report_id)
    return file_answer(_file_name(found), as_xlsx(_sheet(found)))


@pages.get("/indicators/<int:report_id>.pdf")
@requires(*READERS)
def period_report_pdf(report_id: int) -> Response:
    """The same as a PDF."""
    found = reports.report(get_session(), current_user().scope, report_id)
    return pdf_answer(_file_name(found), _sheet(found))


def _page(given: Any, refusal: Refusal | None) -> str:
    session, person = get_session(), current_user()
    before = Period.of(today(), Step.QUARTER).before(Against.PREVIOUS)
    usual = {"first_on": before.first, "last_on": before.last, "area_code": _areas(person)[0][0]}
    asked = {name: given.get(name) or str(value) for name, value in usual.items()}
    tables: list[Table] = []
    try:
        said = loaded(PeriodIn(), asked, "period_")
        content = reports.counted(session, person, *(said[name] for name in usual))
        tables = _tables(content, reports.lines(content))
    except InvalidInput as problem:
        refusal, said = refusal or by_words(problem, "period_"), {}
    number, place = page_asked()
    rows, total = reports.list_reports(session, person.scope, **place)
    return render_template(
        "indicators.html",
        given=asked, refusal=refusal, tables=tables, areas=_areas(person), least=LEAST,
        may_freeze=bool(said) and said["last_on"] < today(), is_again=isinstance(refusal, ReportMade),
        page=Page(list(rows), total, number), law=_law(today()), area_name=_area_name,
    )  # fmt: skip


def _areas(person: Person) -> list[tuple[str, str]]:
    """The areas that somebody may ask for, their own first."""
    loaded_ones = areas_to_choose(get_session())
    own = [(code, dict(loaded_ones).get(code, code or t.everywhere)) for code in sorted(person.scope.areas)]
    within = [one for one in loaded_ones if person.scope.covers(one[0]) and one not in own]
    return [*own, *within] or [("", t.no_areas)]


def _area_name(code: str) -> str:
    return dict(areas_to_choose(get_session())).get(code, code or t.everywhere)


def _law(on: date) -> list[Any]:
    return cited(rulebook.current(get_session()).on(on), CLAUSES)


def _sheet(found: PeriodReport) -> Sheet:
    """What was kept, as a page, a workbook or a PDF shows it."""
    told = reports.lines(found.content)
    period = t.period_period.format(first=found.first_on, last=found.last_on)
    made = t.period_made_on.format(
        area=_area_name(found.area_code), period=period, edition=found.edition,
        day=f"{found.made_at.astimezone(SHANGHAI):%Y-%m-%d}",
    )  # fmt: skip
    sums = t.period_sum.format(
        part=sum(one.total.part or 0 for one in told), whole=sum(one.total.whole or 0 for one in told),
        sha256=found.sha256,
    )  # fmt: skip
    again = [t.period_again.format(because=found.because)] if found.because else []
    lines = [
        made,
        *again,
        t.indicators_hint.format(least=LEAST),
        *(one.citation for one in _law(found.last_on)),
    ]
    return Sheet(t.period_title, [*lines, sums], _tables(found.content, told), t.month_sign, language())


def _tables(content: dict[str, Any], told: list[Line]) -> list[Table]:
    """The whole with what each counts of what, then by area and by agency."""
    agencies = {one.id: t.agency_name(one.names) for one in list_agencies(get_session())}
    headings = [t.text(one.indicator.name) for one in told]
    whole = [
        [
            t.text(one.indicator.name),
            _defined(one),
            _few(one.total.part),
            _few(one.total.whole),
            _rate(one, one.total),
        ]
        for one in told
    ]
    by_area = [
        [
            content["areas"].get(code, code or t.indicator_no_area),
            *(_cell(one, one.areas.get(code)) for one in told),
        ]
        for code in _keys(one.areas for one in told)
    ]
    by_agency = [
        [agencies.get(key or 0, t.no_agency), *(_cell(one, one.agencies.get(key)) for one in told)]
        for key in _keys(one.agencies for one in told)
    ]
    none = t.indicators_none
    columns = [t.indicator, t.indicator_defined, t.indicator_part, t.indicator_whole, t.indicator_rate]
    return [
        Table(t.indicator_total, columns, whole, none),
        Table(t.indicator_by_area, [t.period_area_code, *headings], by_area, none),
        Table(t.indicator_by_agency, [t.agency, *headings], by_agency, none),
    ]


def _defined(line: Line) -> str:
    """What it counts of what."""
    return t.indicator_of.format(part=t.text(line.indicator.part), whole=t.text(line.indicator.whole))


def _keys(told: Iterable[Any]) -> list[Any]:
    return sorted({key for one in told for key in one}, key=lambda key: (key is None, str(key)))


def _cell(line: Line, one: Told | None) -> str:
    """A rate with its numbers in one cell."""
    if one is None or one.whole == 0:
        return t.none
    numbers = t.indicator_of.format(part=_few(one.part), whole=_few(one.whole))
    return numbers if one.rate is None else f"{_rate(line, one)} {numbers}"


def _rate(line: Line, one: Told) -> str:
    if one.rate is None or one.low is None or one.high is None:
        return t.none
    said = [f"{share:.1%}" for share in (one.rate, one.low, one.high)]
    if not line.indicator.has_interval:
        return said[0]
    return t.indicator_between.format(rate=said[0], low=said[1], high=said[2])


def _few(number: int | None) -> str:
    return t.indicator_few.format(least=LEAST) if number is None else str(number)


def _file_name(found: PeriodReport) -> str:
    return f"indicators-{found.first_on}-{found.last_on}-{found.edition}"
