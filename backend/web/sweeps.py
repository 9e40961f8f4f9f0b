"""Sweeps around schools (校园周边整治): a plan, the zone with ticks, progress, and the report."""

from datetime import UTC, date, datetime
from typing import Any

from flask import Response, redirect, render_template, request, url_for

from backend.accounts.auth import current_user, requires
from backend.core.days import today
from backend.core.errors import InvalidInput, PersonalNumberFound, Refusal
from backend.core.spreadsheets import file_answer
from backend.core.web import deployment, get_session
from backend.planning import actions, queries
from backend.planning.api import PLANNERS
from backend.planning.models import Sweep
from backend.planning.outcome import outcome_of
from backend.planning.rules import State, a_month_after
from backend.planning.schemas import SweepChange, SweepClosingIn, SweepFilter, SweepIn, SweepTasksIn
from backend.planning.zone import zone_of
from backend.protected_sites import queries as sites
from backend.web.distances import metres
from backend.web.forms import by_words, loaded
from backend.web.sheets import Sheet, as_xlsx, pdf_answer
from backend.web.shell import pages, with_refusal
from backend.web.sites import RANGES_M
from backend.web.sketches import sketch_of
from backend.web.sweep_sheet import agency_names, before_and_after, law_of_sweeps, progress, sheet_of
from backend.web.sweep_zone import dots_of_places, shown_places
from backend.web.tables import Page, filters_asked, page_asked
from backend.web.words import t

CHIPS = {"draft": "survey", "approved": "plain", "under_way": "plain", "closed": "clear"}
_FIELDS = {
    "change": ("name", "radius_m", "from_on", "until_on"),
    "approve": ("approved_by", "approved_on", "document_no"),
    "publish": ("published_on",),
}
_REFUSED = (InvalidInput, PersonalNumberFound)


@pages.get("/sweeps")
@requires(*PLANNERS)
def sweeps() -> Any:
    """The sweeps of one's areas, newest first."""
    number, place = page_asked()
    given, chosen = filters_asked(SweepFilter())
    rows, total = queries.list_sweeps(get_session(), current_user().scope, **chosen, **place)
    return render_template(
        "sweeps.html",
        page=Page(list(rows), total, number), given=given, state=_state, agencies=agency_names(),
        states=[(one, t.named("sweep_state", one)) for one in State],
    )  # fmt: skip


@pages.get("/sweeps/new")
@requires(*PLANNERS)
def new_sweep() -> Any:
    """The form; the school is in the address."""
    return render_template("sweep_new.html", refusal=None, given={}, **_form(request.args))


@pages.post("/sweeps/new")
@requires(*PLANNERS)
def add_sweep() -> Any:
    """Open a sweep, and show it."""
    try:
        said = loaded(SweepIn(exclude=("published_on",)), request.form, "sweep_")
        added = actions.open_sweep(get_session(), said, by=current_user(), now=datetime.now(UTC))
    except _REFUSED as refusal:
        shown = {"given": request.form, **_form(request.form)}
        return with_refusal("sweep_new.html", by_words(refusal, "sweep_"), **shown)
    return redirect(url_for("pages.sweep", sweep_id=added.id), 303)


@pages.get("/sweeps/<int:sweep_id>")
@requires(*PLANNERS)
def sweep(sweep_id: int) -> Any:
    """One sweep: its plan, its zone, how far each agency is, and what can be done next."""
    return _page(queries.sweep(get_session(), current_user().scope, sweep_id))


@pages.post("/sweeps/<int:sweep_id>")
@requires(*PLANNERS)
def change_sweep(sweep_id: int) -> Any:
    """Change it, note approval or publication, make tasks, close; as it stood when it was looked at."""
    session, given = get_session(), request.form
    found = queries.sweep(session, current_user().scope, sweep_id, to_change=True)
    if given.get("version", type=int) != found.version:
        raise InvalidInput(sweep="changed_meanwhile")
    try:
        done = _do(found, given)
    except _REFUSED as refusal:
        return _page(found, refusal=by_words(refusal, "sweep_")), refusal.code
    session.expire_all()
    return _page(queries.sweep(session, current_user().scope, sweep_id), done=done)


@pages.get("/sweeps/<int:sweep_id>/report")
@requires(*PLANNERS)
def sweep_report(sweep_id: int) -> Any:
    """The report as a page, and the way to it as files."""
    found = queries.sweep(get_session(), current_user().scope, sweep_id)
    return render_template("sweep_report.html", sweep=found, sheet=_sheet(found), copy=_copy())


@pages.get("/sweeps/<int:sweep_id>/report.pdf")
@requires(*PLANNERS)
def sweep_report_pdf(sweep_id: int) -> Response:
    """The same as a PDF."""
    found = queries.sweep(get_session(), current_user().scope, sweep_id)
    return pdf_answer(_file_name(found), _sheet(found))


@pages.get("/sweeps/<int:sweep_id>/report.xlsx")
@requires(*PLANNERS)
def sweep_report_xlsx(sweep_id: int) -> Response:
    """The same as a workbook."""
    found = queries.sweep(get_session(), current_user().scope, sweep_id)
    return file_answer(_file_name(found), as_xlsx(_sheet(found)))


def _copy() -> str:
    """For whom the report is: officials unless the address says the school."""
    return "school" if request.args.get("copy") == "school" else ""


def _sheet(found: Sweep) -> Sheet:
    return sheet_of(found, for_school=bool(_copy()))


def _file_name(found: Sweep) -> str:
    return f"sweep-{found.id}-{_copy() or 'report'}"


def _do(found: Sweep, given: Any) -> str:
    """The deed of one of the forms; what to say when it is done."""
    session, person, now, deed = get_session(), current_user(), datetime.now(UTC), given.get("deed")
    if deed in _FIELDS:
        said = loaded(SweepChange(only=_FIELDS[deed]), given, "sweep_")
        actions.change_sweep(session, found, said, by=person, now=now)
    elif deed == "tasks":
        day = loaded(SweepTasksIn(only=("together_on",)), given, "sweep_")["together_on"]
        made = actions.make_tasks(
            session, deployment().settings, found, _pairs(given), together_on=day, by=person, now=now
        )
        return t.sweep_tasks_made.format(count=len(made))
    elif deed == "close":
        actions.close(session, found, **loaded(SweepClosingIn(), given, "sweep_"), by=person, now=now)
    else:
        raise InvalidInput(deed="choose_one")
    return t.sweep_saved


def _pairs(given: Any) -> set[tuple[int, int]]:
    """The ticks of a form: venue and agency."""
    ticks = (one.split("-") for one in given.getlist("places"))
    try:
        return {(int(venue), int(agency)) for venue, agency in ticks}
    except ValueError:
        raise InvalidInput(places="wrong") from None


def _state(one: Sweep) -> tuple[str, str]:
    return t.named("sweep_state", one.state), CHIPS[one.state]


def _form(given: Any) -> dict[str, Any]:
    """What the form of a new sweep shows: the school and the rings to choose from, the usual one first."""
    session, site_id = get_session(), given.get("site_id", type=int)
    site = sites.site(session, current_user().scope, site_id) if site_id else None
    usual = queries.ring_m(session, site, today()) if site else RANGES_M[0]
    return {"site": site, "rings": _rings(usual), "usual": f"{usual:g}"}


def _rings(usual: float) -> list[tuple[str, str]]:
    known = sorted({usual, *map(float, RANGES_M)})
    return [(f"{one:g}", t.metres_m.format(metres=f"{one:g}")) for one in known]


def _page(found: Sweep, *, refusal: Refusal | None = None, done: str = "") -> Any:
    session, scope, names = get_session(), current_user().scope, agency_names()
    zone = zone_of(session, deployment().settings, found, today())
    places, is_closed = zone.seen_by(scope), found.state is State.CLOSED
    may_lead = queries.may_lead(scope, found) and not is_closed
    may_send = may_lead and found.approved_on is not None and today() <= found.until_on
    sent = {(one.venue_id, one.agency_id): one.task for one in queries.made_for(session, found)}
    ticked = request.form.getlist("places") if refusal else None
    shown = shown_places(places, scope, names=names, sent=sent, may_send=may_send, ticked=ticked)
    dots, ring = dots_of_places(places), {t.sweep_ring: found.radius_m}
    outcome = outcome_of(session, found)
    return render_template(
        "sweep.html",
        sweep=found, state=_state(found), refusal=refusal, done=done, given=request.form, metres=metres,
        rows=shown, beyond=zone.beyond, sketch=sketch_of(found.site, dots, ring), may_lead=may_lead,
        may_send=may_send, agency=names.get(found.agency_id or 0, t.no_agency),
        apart=deployment().settings.visits_apart_days, is_part=scope.activities is not None,
        law=law_of_sweeps(), publish_by=None if is_closed else _publish_by(found),
        rings=_rings(found.radius_m), radius=f"{found.radius_m:g}",
        total=before_and_after(outcome.total), progress=progress(outcome),
    )  # fmt: skip


def _publish_by(found: Sweep) -> date | None:
    """By when an approved plan is to be published that was not yet."""
    return a_month_after(found.approved_on) if found.approved_on and not found.published_on else None
