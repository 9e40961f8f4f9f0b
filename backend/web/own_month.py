"""A school's monthly sheet (每月一览): what stands around it, what changed, its tips; to sign and keep."""

from typing import Any

from flask import Response, redirect, render_template, url_for
from werkzeug.exceptions import NotFound

from backend.accounts.auth import Role, current_user, requires
from backend.core.days import SHANGHAI, today
from backend.core.spreadsheets import file_answer
from backend.core.web import get_session
from backend.protected_sites.models import Site
from backend.screening.queries import SHOWN_M
from backend.tips import queries as tips
from backend.web.distances import metres
from backend.web.own_school import (
    ForSchool,
    Since,
    for_school,
    measured_of,
    near_own,
    own_site,
    since_last_month,
)
from backend.web.sheets import Sheet, Table, as_xlsx, pdf_answer
from backend.web.shell import pages
from backend.web.tips import kind_name, state_of
from backend.web.words import language, t

_MOST_TIPS = 100


@pages.get("/own-school/month")
@requires(Role.REPORTER)
def own_month() -> Any:
    """The sheet of this month, and the way to it as files."""
    site = own_site()
    if site is None:
        return redirect(url_for("pages.own_school"), 303)
    return render_template("own_month.html", sheet=_sheet(site))


@pages.get("/own-school/month.xlsx")
@requires(Role.REPORTER)
def own_month_xlsx() -> Response:
    """The same as a workbook."""
    return file_answer(_file_name(), as_xlsx(_own_sheet()))


@pages.get("/own-school/month.pdf")
@requires(Role.REPORTER)
def own_month_pdf() -> Response:
    """The same as a PDF."""
    return pdf_answer(_file_name(), _own_sheet())


def _file_name() -> str:
    return f"surroundings-{today():%Y-%m}"


def _own_sheet() -> Sheet:
    if (site := own_site()) is None:
        raise NotFound()
    return _sheet(site)


def _sheet(site: Site) -> Sheet:
    around, on = near_own(site), today()
    since, rows = since_last_month(site, around), for_school(site, around)
    compared = t.month_since.format(day=since.on) if since.on else t.month_first
    lines = [t.month_made.format(day=on), t.month_range.format(metres=f"{SHOWN_M:g}"), compared]
    tables = [_around(rows, since), _gone(since), _tips()]
    title = t.month_title.format(school=site.name or t.unnamed, month=f"{on:%Y-%m}")
    return Sheet(title, lines, tables, t.month_sign, language())


def _around(rows: list[ForSchool], since: Since) -> Table:
    measured = measured_of(rows)
    headings = [t.number, t.venue_name, t.activity, *measured.values(), t.licence_number, t.status,
                t.month_change, t.month_check]  # fmt: skip
    said = [
        [
            str(number), row.name or t.unnamed, t.activity_name(row.activity),
            *(t.metres_m.format(metres=metres(row.metres[one])) for one in measured),
            row.licence_no or t.none, _status(row), _change(row, since), "",
        ]
        for number, row in enumerate(rows, 1)
    ]  # fmt: skip
    return Table(t.surroundings, headings, said, t.surroundings_empty.format(metres=f"{SHOWN_M:g}"))


def _status(row: ForSchool) -> str:
    return t.named("school_status", row.status) if row.status else t.verdict_none


def _change(row: ForSchool, since: Since) -> str:
    key, changes = (row.venue_id, row.activity), since.changes
    said = [
        word
        for word, keys in (
            (t.month_new, changes.new), (t.month_licensed, changes.licensed),
            (t.month_restated, changes.restated),
        )
        if key in keys
    ]  # fmt: skip
    return t.listed(said) or t.month_same


def _gone(since: Since) -> Table:
    said = [
        [one.name or t.unnamed, t.activity_name(one.activity), one.licence_no or t.none]
        for one in since.changes.gone
    ]
    return Table(t.month_gone, [t.venue_name, t.activity, t.licence_number], said, t.month_gone_none)


def _tips() -> Table:
    """What this account reported; no word of what was written."""
    own, _ = tips.list_reported(get_session(), current_user(), limit=_MOST_TIPS)
    headings = [t.tip_number, t.tip_kind, t.tip_received, t.tip_state]
    said = [
        [
            one.receipt_no,
            kind_name(one.kind),
            f"{one.received_at.astimezone(SHANGHAI):%Y-%m-%d}",
            state_of(one)[0],
        ]
        for one in own
    ]
    return Table(t.own_tips, headings, said, t.own_tips_none)
