"""Cases (案件): which there are, and one of them: what is due, what may be done, what was done."""

from datetime import UTC, datetime
from typing import Any, cast

from flask import redirect, render_template, request, url_for
from marshmallow import ValidationError
from werkzeug.datastructures import MultiDict

from backend.accounts.auth import Role, current_user, requires
from backend.cases import actions, order_queries, papers, queries
from backend.cases.api import OPENERS, PARTIES, as_query
from backend.cases.errors import StepRefused
from backend.cases.models import Case
from backend.cases.penalty_queries import added_to_fine, opened
from backend.cases.rules import OPENED
from backend.cases.schemas import CaseFilter, CaseIn, CaseSeriesIn, CaseStepIn
from backend.core.days import SHANGHAI, today
from backend.core.errors import InvalidInput, NotAllowed, Refusal
from backend.core.web import get_session
from backend.inspections import queries as inspections
from backend.rulebook import queries as rulebook
from backend.transfers import queries as transfers
from backend.venues import queries as venues
from backend.web.case_words import due_shown, hindrance_in_words, offered
from backend.web.forms import by_words, loaded
from backend.web.found import violation_shown
from backend.web.law import cited
from backend.web.penalty_words import chosen_in_words
from backend.web.shell import pages, with_refusal
from backend.web.tables import Page, filters_asked, page_asked
from backend.web.task_new import OFFICERS, officer_choices, officers_given
from backend.web.words import t


@pages.get("/cases")
@requires(*PARTIES)
def cases() -> Any:
    """The cases of one's agency, the next due first."""
    return _list()


@pages.post("/cases")
@requires(Role.SUPERVISOR)
def add_case_series() -> Any:
    """Lay down how one's agency numbers its cases this year."""
    person = current_user()
    try:
        said = loaded(CaseSeriesIn(), request.form, "case_series_")
        if person.agency_id is None:
            raise NotAllowed(agency_id=None)
        actions.add_series(get_session(), agency_id=person.agency_id, **said, by=person.actor)
    except InvalidInput as refusal:
        return _list(by_words(refusal, "case_series_")), refusal.code
    except Refusal as refusal:
        return _list(refusal), refusal.code
    return redirect(url_for("pages.cases"), 303)


def _list(refusal: Refusal | None = None) -> Any:
    number, place = page_asked()
    given, chosen = filters_asked(CaseFilter())
    session, person = get_session(), current_user()
    rows, total = queries.list_cases(session, person.scope, **as_query(chosen), **place)
    nearest = queries.next_due(session, rows, datetime.now(UTC))
    known = rulebook.current(session).on(today())
    states = {
        name: t.text(state.name)
        for profile in known.profiles
        for name, state in known.procedure(profile).states.items()
    }
    years = {one.year for one in queries.series_of(session, person.scope)}
    return render_template(
        "cases.html",
        page=Page(list(rows), total, number), given=given, refusal=refusal, states=states,
        due={one: due_shown(known, due) for one, due in nearest.items()}, this_year=today().year,
        may_lay_down=person.role is Role.SUPERVISOR and today().year not in years, said=request.form,
    )  # fmt: skip


@pages.get("/cases/new")
@requires(*OPENERS)
def new_case() -> Any:
    """The violations of a venue, to open a case from."""
    return render_template("case_new.html", refusal=None, **_form(request.args))


@pages.post("/cases/new")
@requires(*OPENERS)
def add_case() -> Any:
    """Open a case, and show it."""
    given = request.form
    try:
        said = loaded(CaseIn(only=("acted_on", "is_long")), given, "case_")
        said |= {
            "violation_ids": given.getlist("violation_ids", type=int), "officer_ids": officers_given(given),
        }  # fmt: skip
        if not said["violation_ids"]:
            raise InvalidInput(violation_ids="required")
        opened = actions.open_case(get_session(), said, by=current_user(), now=datetime.now(UTC))
    except InvalidInput as refusal:
        return with_refusal("case_new.html", by_words(refusal, "case_"), **_form(given))
    except Refusal as refusal:
        return with_refusal("case_new.html", refusal, **_form(given))
    return redirect(url_for("pages.case", case_id=opened.id), 303)


def _form(given: MultiDict[str, str]) -> dict[str, Any]:
    session, scope = get_session(), current_user().scope
    venue = venues.venue(session, scope, given.get("venue_id", 0, type=int))
    found = inspections.violations_of_venue(session, scope, venue.id)
    mine = [one for one in found if one.visit.agency_id == scope.agency_id]
    return {
        "venue": venue, "given": given, "chosen": given.getlist("violation_ids"),
        "violations": [violation_shown(session, one) for one in mine],
        "taken": queries.open_cases_of(session, [one.id for one in mine]),
        "officers": officer_choices(), "numbers": range(1, OFFICERS + 1),
    }  # fmt: skip


@pages.get("/cases/<int:case_id>")
@requires(*PARTIES)
def case(case_id: int) -> Any:
    """One case."""
    return _page(queries.case(get_session(), current_user().scope, case_id))


@pages.post("/cases/<int:case_id>")
@requires(*PARTIES)
def take_step(case_id: int) -> Any:
    """Make a step in it, as it was looked at."""
    session, person = get_session(), current_user()
    found = queries.case(session, person.scope, case_id, to_change=True)
    try:
        actions.take_step(session, found, step_said(), by=person, now=datetime.now(UTC))
    except StepRefused as refused:
        procedure = queries.procedure_of(session, found, today())
        said = hindrance_in_words(
            procedure, refused.data["because"], refused.data["names"], refused.data.get("until")
        )
        return _page(found, type(refused)(case_because=said)), refused.code
    except InvalidInput as refusal:
        return _page(found, by_words(refusal, "case_")), refusal.code
    except Refusal as refusal:
        return _page(found, refusal), refusal.code
    return redirect(url_for("pages.case", case_id=case_id, done=1), 303)


def step_said() -> dict[str, Any]:
    """The step of a form as the API takes it. Raises InvalidInput."""
    given = request.form
    brought: list[dict[str, Any]] = [
        {"id": name.removeprefix("paper_"), "name": text.strip()}
        for name, text in given.items() if name.startswith("paper_") and text.strip()
    ]  # fmt: skip
    brought += [
        {"id": name.removeprefix("issued_"), "document_id": number}
        for name, number in given.items() if name.startswith("issued_") and number
    ]  # fmt: skip
    said: dict[str, Any] = {"step": given.get("deed", ""), "version": given.get("version"), "papers": brought}
    said |= {name: given[name].strip() for name in ("reason", "days") if given.get(name, "").strip()}
    if at := given.get("made_at", "").strip():
        try:
            said["made_at"] = datetime.fromisoformat(at).replace(tzinfo=SHANGHAI).isoformat()
        except ValueError:
            raise InvalidInput(made_at="wrong") from None
    if officers := officers_given(given):
        said["officer_ids"] = officers
    try:
        return cast(dict[str, Any], CaseStepIn().load(said))
    except ValidationError as problem:
        raise InvalidInput(**dict.fromkeys(problem.messages, "wrong")) from None


def _page(found: Case, refusal: Refusal | None = None) -> Any:
    session, person = get_session(), current_user()
    known, procedure = rulebook.current(session).on(today()), queries.procedure_of(session, found, today())
    choices = queries.choices(session, found, person, today())
    steps = sorted((offered(known, procedure, one) for one in choices), key=lambda one: not one.may)
    violations = [one.violation for one in found.violations]
    ids = [one.id for one in violations]
    return render_template(
        "case.html",
        case=found, refusal=refusal, is_done="done" in request.args, given=request.form,
        state=t.text(procedure.states[found.state].name), procedure=procedure,
        due=[
            due_shown(known, one, added_to_fine(found, one, today()))
            for one in queries.due(session, found, datetime.now(UTC))
        ],
        onward=[one for one in steps if not one.step.stays], beside=[one for one in steps if one.step.stays],
        limitation=queries.limitation_of(session, found),
        violations=[violation_shown(session, one) for one in violations],
        issued=papers.issued_of(session, found),
        paper_kinds=papers.kinds_now(session, found, person, today()),
        penalty=opened(found.proposal) if found.proposal else None, penalty_in_words=chosen_in_words,
        transferred=transfers.list_transfers(session, person.scope, case_id=found.id)[0],
        refused=order_queries.refused(session, ids),
        orders=order_queries.orders_of(session, person.scope, ids),
        made=[(one, _step_name(procedure, one.step), cited(known, one.clauses)) for one in found.steps],
        paper_name=lambda paper: t.text(procedure.papers[paper].name) if paper in procedure.papers else paper,
        officers=officer_choices() if person.role is Role.SUPERVISOR else [], numbers=range(1, OFFICERS + 1),
    )  # fmt: skip


def _step_name(procedure: Any, step: str) -> str:
    if step == OPENED:
        return t.case_step_opened
    return t.text(procedure.steps[step].name) if step in procedure.steps else step
