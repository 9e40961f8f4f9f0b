"""The credit registers at the desk (警示记录、严重失信名单): entries, steps, grounds, confirmations."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from flask import Response, redirect, render_template, request, url_for

from backend.accounts.auth import Role, current_user, requires
from backend.cases import queries as cases
from backend.core import audit
from backend.core.days import today
from backend.core.errors import InvalidInput, NotAllowed, PersonalNumberFound, Refusal
from backend.core.spreadsheets import csv_answer
from backend.core.web import deployment, get_session
from backend.credit import actions, queries
from backend.credit.api import READERS
from backend.credit.errors import DeedRefused, EntryChanged, EntryTaken, NoDecision
from backend.credit.models import CreditEntry
from backend.credit.rules import WAYS, Because, State, has_expired
from backend.credit.schemas import (
    CreditConfirmationIn,
    CreditEntryIn,
    CreditFilter,
    CreditStepIn,
    ResponsibleIn,
)
from backend.rulebook import queries as rulebook
from backend.rulebook.rows import CreditRegister
from backend.venues import queries as venues
from backend.web.forms import by_words, loaded
from backend.web.law import cited
from backend.web.shell import pages, with_refusal
from backend.web.tables import Page, every_row, filters_asked, page_asked
from backend.web.words import t

CHIPS = {
    "proposed": "survey",
    "noticed": "survey",
    "listed": "inside",
    "rejected": "plain",
    "removed": "clear",
}
NO_CASE = "elsewhere"
_MOST_CASES = 100
_REFUSED = (
    InvalidInput, NotAllowed, PersonalNumberFound, DeedRefused, EntryChanged, EntryTaken, NoDecision,
)  # fmt: skip


@pages.get("/credit")
@requires(*READERS)
def credit_entries() -> Any:
    """The entries of one's agency, newest first."""
    number, place = page_asked()
    given, chosen = filters_asked(CreditFilter())
    rows, total = queries.list_entries(get_session(), current_user().scope, on=today(), **chosen, **place)
    return render_template(
        "credit_entries.html",
        page=Page(list(rows), total, number), given=given, chips=CHIPS, expired=_expired, grounds=_grounds(),
    )  # fmt: skip


@pages.get("/credit.csv")
@requires(*READERS)
def credit_csv() -> Response:
    """The same list for a spreadsheet, without persons responsible; the export is in the audit trail."""
    _, chosen = filters_asked(CreditFilter())
    headings = (
        t.number, t.credit_register, t.credit_criterion_id, t.credit_venue, t.credit_party,
        t.credit_decision_no, t.credit_decision_on, t.credit_state, t.credit_listed_on, t.credit_until_on,
        t.credit_publication,
    )  # fmt: skip
    with deployment().unit_of_work() as session:
        audit.record(session, "credit.export", by=current_user().actor, subject="credit_entries")
    return csv_answer("credit", headings, _lines(chosen, _grounds()))


@pages.get("/credit/new")
@requires(Role.SUPERVISOR)
def new_credit_entry() -> Any:
    """The form; the venue is in the address."""
    return render_template("credit_new.html", refusal=None, **_form(request.args))


@pages.post("/credit/new")
@requires(Role.SUPERVISOR)
def propose_credit_entry() -> Any:
    """Propose an entry, and show it."""
    given = request.form.to_dict()
    try:
        said = loaded(CreditEntryIn(exclude=("responsible", "case_id")), given, "credit_")
        said |= {"responsible": _responsible(given), "case_id": request.form.get("case_id", type=int)}
        entry = actions.propose(get_session(), said, by=current_user(), now=datetime.now(UTC))
    except _REFUSED as refusal:
        return with_refusal("credit_new.html", _in_words(refusal), **_form(given))
    return redirect(url_for("pages.credit_entry", entry_id=entry.id), 303)


@pages.get("/credit/<int:entry_id>")
@requires(*READERS)
def credit_entry(entry_id: int) -> Any:
    """One entry: its facts, what can be done next, what was done."""
    return _page(queries.entry(get_session(), current_user().scope, entry_id))


@pages.post("/credit/<int:entry_id>")
@requires(Role.SUPERVISOR, Role.LEGAL_REVIEWER)
def follow_credit_entry(entry_id: int) -> Any:
    """Make a step in it, as it was looked at."""
    session, person = get_session(), current_user()
    found = queries.entry(session, person.scope, entry_id, to_change=True)
    try:
        said = loaded(CreditStepIn(), request.form, "credit_")
        actions.take(session, found, said, by=person, now=datetime.now(UTC))
    except _REFUSED as refusal:
        return _page(found, _in_words(refusal)), refusal.code
    return redirect(url_for("pages.credit_entry", entry_id=entry_id, done=1), 303)


@pages.get("/credit/criteria")
@requires(*READERS)
def credit_criteria() -> Any:
    """Every ground, whether it may be used, and by which document."""
    return _criteria()


@pages.post("/credit/criteria")
@requires(Role.LEGAL_REVIEWER)
def confirm_credit_criterion() -> Any:
    """Confirm a ground for one's agency."""
    try:
        said = loaded(CreditConfirmationIn(), request.form, "credit_")
        actions.confirm(get_session(), said, by=current_user(), now=datetime.now(UTC))
    except _REFUSED as refusal:
        return _criteria(_in_words(refusal)), refusal.code
    return redirect(url_for("pages.credit_criteria"), 303)


def _criteria(refusal: Refusal | None = None) -> Any:
    person, law = current_user(), rulebook.current(get_session()).on(today())
    grounds = list(law.credit_criteria.values())
    return render_template(
        "credit_criteria.html",
        grounds=[(one, cited(law, one.clauses)) for one in grounds], refusal=refusal, given=request.form,
        confirmed=queries.confirmed(get_session(), person.agency_id),
        to_confirm=[
            (one.id, t.text(one.name)) for one in grounds
            if one.active and one.citable and one.register is not CreditRegister.WARNING
        ],
        warning=CreditRegister.WARNING, may_confirm=person.role is Role.LEGAL_REVIEWER,
    )  # fmt: skip


def _page(found: CreditEntry, refusal: Refusal | None = None) -> Any:
    session, person, law = get_session(), current_user(), rulebook.current(get_session()).on(today())
    ground = law.credit_criteria.get(found.criterion_id)
    return render_template(
        "credit_entry.html",
        entry=found, refusal=refusal, done="done" in request.args, given=request.form, chips=CHIPS,
        ground=ground, clauses=cited(law, ground.clauses if ground else ()), expired=_expired(found),
        choices=queries.choices(session, found, person, today()), ways=WAYS, on=today(),
        steps=[(one, cited(law, one.clauses)) for one in found.steps],
        acts=person.role in (Role.SUPERVISOR, Role.LEGAL_REVIEWER),
    )  # fmt: skip


def _form(given: Any) -> dict[str, Any]:
    session, scope = get_session(), current_user().scope
    venue_id = given.get("venue_id", "")
    venue = venues.venue(session, scope, int(venue_id) if str(venue_id).isdecimal() else 0)
    here = {one.activity for one in venue.activities}
    known = rulebook.current(session).on(today()).credit_criteria.values()
    rows, _ = cases.list_cases(session, scope, venue_id=venue.id, limit=_MOST_CASES)
    return {
        "venue": venue, "given": given, "no_case": NO_CASE,
        "grounds": [
            (one.id, f"{t.named('credit_register', one.register)} · {t.text(one.name)}")
            for one in known if one.active and (not one.activities or here & {*one.activities})
        ],
        "cases": [(one.id, one.text) for one in rows],
    }  # fmt: skip


def _responsible(given: dict[str, str]) -> list[dict[str, str]]:
    """The one person that the form has room for; others are told by the API."""
    if not given.get("name", "").strip():
        return []
    said = loaded(ResponsibleIn(), given, "credit_")
    return [said | {"position": said["position"].value}]


def _in_words(refusal: Refusal) -> Refusal:
    if isinstance(refusal, DeedRefused):
        return type(refusal)(credit_because=t.named("credit_because", Because(refusal.data["because"])))
    return by_words(refusal, "credit_") if isinstance(refusal, InvalidInput) else refusal


def _grounds() -> dict[str, str]:
    known = rulebook.current(get_session()).on(today()).credit_criteria
    return {one.id: t.text(one.name) for one in known.values()}


def _expired(found: CreditEntry) -> bool:
    return found.state == State.LISTED and has_expired(found.until_on, today())


def _lines(chosen: dict[str, Any], grounds: dict[str, str]) -> Iterator[tuple[Any, ...]]:
    for number, one in every_row(queries.list_entries, on=today(), **chosen):
        state = t.credit_expired if _expired(one) else t.named("credit_state", one.state)
        yield (
            number, t.named("credit_register", one.register), grounds.get(one.criterion_id, ""),
            one.venue.name, one.party, one.decision_no, one.decision_on, state, one.listed_on, one.until_on,
            t.credit_published if one.is_published else t.credit_unpublished,
        )  # fmt: skip
