"""Mandatory reports (强制报告) at the desk: whom to call first, a form of one minute, hand-overs, results."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from flask import redirect, render_template, request, url_for

from backend.accounts import contacts
from backend.accounts import queries as accounts
from backend.accounts.auth import current_user, requires
from backend.core.days import SHANGHAI
from backend.core.errors import InvalidInput, PersonalNumberFound, Refusal
from backend.core.sealed import ContentDestroyed
from backend.core.web import get_session
from backend.protected_sites.queries import names_of as site_names
from backend.tips import mandatory
from backend.tips.errors import TipChanged
from backend.tips.mandatory import OVERSEERS, REPORTERS
from backend.tips.mandatory_api import shown
from backend.tips.mandatory_schemas import (
    HandoverIn,
    HandoverResultIn,
    MandatoryReportFilter,
    MandatoryReportIn,
)
from backend.web.forms import by_words, loaded
from backend.web.shell import pages
from backend.web.tables import Page, filters_asked, page_asked

_REFUSED = (InvalidInput, PersonalNumberFound, TipChanged)
_TIMES = ("met_at", "called_at", "handed_at")


@pages.get("/mandatory-reports")
@requires(*REPORTERS)
def mandatory_reports() -> Any:
    """Those of one's areas, or one's own, newest first; without what was written."""
    number, place = page_asked()
    given, chosen = filters_asked(MandatoryReportFilter())
    session, person = get_session(), current_user()
    rows, total = mandatory.list_reports(session, person, **chosen, **place)
    return render_template(
        "mandatory_reports.html",
        page=Page(list(rows), total, number), given=given,
        sites=site_names(session, {one.site_id for one in rows if one.site_id}),
    )  # fmt: skip


@pages.get("/mandatory-reports/new")
@requires(*REPORTERS)
def new_mandatory_report() -> Any:
    """The form: whom to call before anything, a fresh number of its own, and now as the time."""
    return _form({"uuid": str(uuid4()), "met_at": _now()}, None)


@pages.post("/mandatory-reports/new")
@requires(*REPORTERS)
def report_mandatory() -> Any:
    """Keep it and show its receipt; sent twice it is kept once."""
    try:
        said = loaded(MandatoryReportIn(), _given(), "mandatory_")
        found, _ = mandatory.report(get_session(), said, by=current_user(), now=datetime.now(UTC))
    except _REFUSED as refusal:
        return _form(request.form, by_words(refusal, "mandatory_")), refusal.code
    return redirect(url_for("pages.mandatory_report", report_id=found.id, kept="true"), 303)


@pages.get("/mandatory-reports/<int:report_id>")
@requires(*REPORTERS)
def mandatory_report(report_id: int) -> Any:
    """One report with what was written, its hand-overs and what became of it."""
    return _page(report_id, None)


@pages.post("/mandatory-reports/<int:report_id>")
@requires(*REPORTERS)
def follow_mandatory_report(report_id: int) -> Any:
    """Note a hand-over, or what became of one."""
    person, now, deed = current_user(), datetime.now(UTC), request.form.get("deed")
    if deed != "hand_over" and (deed != "result" or person.role not in OVERSEERS):
        raise InvalidInput(deed="choose_one")
    takes = HandoverIn() if deed == "hand_over" else HandoverResultIn()
    try:
        said = loaded(takes, _given(), "mandatory_")
    except (InvalidInput, PersonalNumberFound) as refusal:
        return _page(report_id, refusal), refusal.code
    session = get_session()
    found = mandatory.one(session, person, report_id, to_change=True)
    if deed == "hand_over":
        mandatory.hand_over(session, found, said, by=person, now=now)
    else:
        number = request.form.get("handover_id", 0, type=int)
        mandatory.note_result(session, found, number, **said, by=person, now=now)
    return redirect(url_for("pages.mandatory_report", report_id=report_id), 303)


def _form(given: Any, refusal: Refusal | None) -> Any:
    return render_template(
        "mandatory_report_new.html",
        given=given, refusal=refusal, offices=contacts.minor_contacts(get_session(), current_user().scope),
    )  # fmt: skip


def _page(report_id: int, refusal: Refusal | None) -> Any:
    person = current_user()
    try:
        content = shown(report_id)
    except ContentDestroyed:
        content = None
    session = get_session()
    found = mandatory.one(session, person, report_id)
    people = {f"user:{one}" for one in (found.user_id, *(handed.noted_by for handed in found.handovers))}
    return render_template(
        "mandatory_report.html",
        report=found, content=content, refusal=refusal, people=accounts.names_of(session, people),
        is_new=request.args.get("kept") == "true", may_note=person.role in OVERSEERS, now=_now(),
        sites=site_names(session, {found.site_id} if found.site_id else set()),
    )  # fmt: skip


def _given() -> dict[str, str]:
    """What the form says; its times are Shanghai's."""
    given = request.form.to_dict()
    return given | {name: f"{given[name]}+08:00" for name in _TIMES if given.get(name)}


def _now() -> str:
    return datetime.now(SHANGHAI).strftime("%Y-%m-%dT%H:%M")
