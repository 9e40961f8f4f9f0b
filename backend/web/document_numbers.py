"""The ledger of document numbers (文号台账) at the desk: what became of each, and how far each series is."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from flask import Response, render_template, request
from sqlalchemy.orm import Session

from backend.accounts.auth import Role, current_user, requires
from backend.accounts.queries import list_agencies
from backend.core import audit
from backend.core.days import SHANGHAI
from backend.core.errors import NotAllowed, Refusal
from backend.core.spreadsheets import csv_answer, file_answer, workbook
from backend.core.web import deployment, get_session
from backend.intake import document_queries
from backend.tasks import ledger, ledger_queries
from backend.tasks.ledger_api import LEDGER_READERS
from backend.tasks.ledger_models import DocumentNumber
from backend.tasks.rules import DocumentKind, NumberState
from backend.tasks.schemas import NumberFilter, SeriesIn
from backend.web.forms import loaded
from backend.web.shell import minute, pages
from backend.web.tables import Page, filters_asked, page_asked
from backend.web.words import t

FILTERS = ("agency_id", "year", "kind", "state")
CHIPS = {"reserved": "survey", "used": "clear", "voided": "plain"}
_AT_ONCE = 500


@pages.get("/document-numbers")
@requires(*LEDGER_READERS)
def document_numbers() -> Any:
    """Every number and every series, as far as one may see them."""
    return _page()


@pages.post("/document-numbers")
@requires(Role.SUPERVISOR)
def add_number_series() -> Any:
    """Lay down how one's agency numbers a kind of document in a year."""
    session, person = get_session(), current_user()
    try:
        said = loaded(SeriesIn(), request.form, "series_")
        if person.agency_id is None:
            raise NotAllowed(agency_id=None)
        ledger.add_series(session, agency_id=person.agency_id, **said, by=person.actor)
    except Refusal as refusal:
        return _page(refusal=refusal), refusal.code
    return _page(is_saved=True)


def _page(refusal: Refusal | None = None, is_saved: bool = False) -> Any:
    number, place = page_asked()
    given, chosen = filters_asked(NumberFilter(only=FILTERS))
    session, person = get_session(), current_user()
    rows, total = ledger_queries.list_numbers(session, person.scope, **chosen, **place)
    of_series = {name: value for name, value in chosen.items() if name != "state"}
    standings = ledger_queries.series_standings(session, person.scope, **of_series)
    agencies = _agencies(session)
    return render_template(
        "document_numbers.html",
        page=Page(list(rows), total, number), given=given, refusal=refusal, is_saved=is_saved, chips=CHIPS,
        standings=standings, lacking=document_queries.lacking(session, [one.series.id for one in standings]),
        came=document_queries.that_came(session, [one.document for one in rows]), agencies=agencies,
        sees_all=person.role is Role.AUDITOR, may_write=person.role is Role.SUPERVISOR,
        kinds=[(one, t.named("document_kind", one)) for one in DocumentKind],
        states=[(one, t.named("number_state", one)) for one in NumberState],
        said=request.form, this_year=datetime.now(SHANGHAI).year,
    )  # fmt: skip


@pages.get("/document-numbers.csv")
@requires(*LEDGER_READERS)
def document_numbers_csv() -> Response:
    """The numbers that were looked for, for spreadsheets; each export is recorded."""
    return csv_answer("document-numbers", _headings(), _exported("csv"))


@pages.get("/document-numbers.xlsx")
@requires(*LEDGER_READERS)
def document_numbers_xlsx() -> Response:
    """The same as a workbook."""
    return file_answer("document-numbers", workbook(t.numbers, _headings(), _exported("xlsx")))


def _headings() -> list[str]:
    return [
        t.agency, t.document_kind, t.number_year, t.document_number, t.number_state, t.number_day,
        t.number_tablet, t.number_used_at, t.document, t.number_content, t.reason_voided, t.voided_at,
    ]  # fmt: skip


def _exported(kind: str) -> Iterator[list[Any]]:
    """The rows, read while they are sent; the export is in the audit trail before the first."""
    given, chosen = filters_asked(NumberFilter(only=FILTERS))
    person, served = current_user(), deployment()
    with served.unit_of_work() as session:
        detail = {"as": kind} | given
        audit.record(session, "number.export", by=person.actor, subject="document_numbers", detail=detail)
    with served.reading() as session:
        agencies, wanted = _agencies(session), ledger_queries.chosen_numbers(person.scope, **chosen)
        found = session.scalars(wanted.execution_options(yield_per=_AT_ONCE))
        for part in found.partitions():
            came = document_queries.that_came(session, [one.document for one in part])
            yield from (_row(one, agencies, came) for one in part)


def _row(one: DocumentNumber, agencies: dict[int, str], came: set[str]) -> list[Any]:
    content = t.number_content_here if one.document in came else t.number_content_waits
    return [
        agencies.get(one.series.agency_id), t.named("document_kind", one.series.kind), one.series.year,
        one.text, t.named("number_state", one.state),
        one.block and one.block.day, one.block and one.block.device_id,
        minute(one.used_at), one.document, content if one.document else None,
        one.voided_because and t.named("voided", one.voided_because), minute(one.voided_at),
    ]  # fmt: skip


def _agencies(session: Session) -> dict[int, str]:
    return {one.id: t.agency_name(one.names) for one in list_agencies(session)}
