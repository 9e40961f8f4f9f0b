"""Transfers (移送): which there are, one of them with what is due and may be done, a form to propose one."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from flask import Response, redirect, render_template, request, url_for

from backend.accounts import queries as accounts
from backend.accounts.auth import Role, current_user, requires
from backend.cases import queries as cases
from backend.cases.api import OPENERS, PARTIES
from backend.cases.errors import StepRefused
from backend.cases.rules import OPENED, Because
from backend.core.days import SHANGHAI, today
from backend.core.errors import InvalidInput, NotFound, PersonalNumberFound, Refusal
from backend.core.web import get_session
from backend.protected_sites import queries as sites
from backend.rulebook import queries as rulebook
from backend.transfers import actions, letters, queries
from backend.transfers.api import as_query, make_package, package_answer
from backend.transfers.models import Transfer
from backend.transfers.rules import Kind
from backend.transfers.schemas import PackageIn, TransferFilter, TransferIn
from backend.venues import queries as venues
from backend.web.case_words import CHIPS, Offered, hindrance_in_words, offered
from backend.web.cases import step_said
from backend.web.forms import by_words, loaded
from backend.web.law import cited
from backend.web.shell import pages, with_refusal
from backend.web.tables import Page, filters_asked, page_asked
from backend.web.task_new import OFFICERS, officer_choices, officers_given
from backend.web.words import t

SUBJECTS = ("case_id", "visit_id", "tip_id", "site_id")
_FIELDS = ("kind", "lead_kind", *SUBJECTS, "received_id", "to_agency_id", "to_name", "body", "reason")


@pages.get("/transfers")
@requires(*PARTIES)
def transfers() -> Any:
    """The transfers of one's agency and those that came to it, the next due first."""
    number, place = page_asked()
    given, chosen = filters_asked(TransferFilter())
    session, person = get_session(), current_user()
    rows, total = queries.list_transfers(session, person.scope, **as_query(chosen), **place)
    known, now = rulebook.current(session).on(today()), datetime.now(UTC)
    due = {one.id: queries.due(session, one, now)[:1] for one in rows}
    return render_template(
        "transfers.html",
        page=Page(list(rows), total, number), given=given, kinds=t.options("transfer_kind"),
        states={one.id: _state(known, one) for one in rows},
        due={name: _due(known, found[0]) for name, found in due.items() if found}, mine=person.agency_id,
    )  # fmt: skip


@pages.get("/transfers/new")
@requires(*OPENERS)
def new_transfer() -> Any:
    """A form to transfer what another page named."""
    return render_template("transfer_new.html", refusal=None, **_form(request.args))


@pages.post("/transfers/new")
@requires(*OPENERS)
def add_transfer() -> Any:
    """Propose it, and show it."""
    given = request.form
    try:
        said = loaded(TransferIn(only=_FIELDS), given, "transfer_")
        said |= {"officer_ids": officers_given(given), "venue_ids": _venue_ids(given)}
        made = actions.propose(get_session(), said, by=current_user(), now=datetime.now(UTC))
    except (InvalidInput, PersonalNumberFound) as refusal:
        return with_refusal("transfer_new.html", by_words(refusal, "transfer_"), **_form(given))
    except NotFound:
        raise
    except Refusal as refusal:
        return with_refusal("transfer_new.html", refusal, **_form(given))
    return redirect(url_for("pages.transfer", transfer_id=made.id, done=1), 303)


@pages.get("/transfers/<int:transfer_id>")
@requires(*PARTIES)
def transfer(transfer_id: int) -> Any:
    """One transfer."""
    return _page(queries.transfer(get_session(), current_user().scope, transfer_id))


@pages.post("/transfers/<int:transfer_id>")
@requires(*OPENERS)
def step_of_transfer(transfer_id: int) -> Any:
    """Make a step in it, as it was looked at."""
    session, person = get_session(), current_user()
    found = queries.transfer(session, person.scope, transfer_id, to_change=True)
    try:
        said = step_said()
        actions.take_step(session, found, said, by=person, now=datetime.now(UTC))
    except StepRefused as refused:
        return _page(found, _in_words(found, refused)), refused.code
    except (InvalidInput, PersonalNumberFound) as refusal:
        return _page(found, by_words(refusal, "case_")), refusal.code
    except Refusal as refusal:
        return _page(found, refusal), refusal.code
    return redirect(url_for("pages.transfer", transfer_id=transfer_id, done=1), 303)


@pages.post("/transfers/<int:transfer_id>/packages")
@requires(*OPENERS)
def add_package(transfer_id: int) -> Any:
    """Make a package of a lead; names to mask stand one a line."""
    names = [one.strip() for one in request.form.get("names", "").splitlines() if one.strip()]
    try:
        if PackageIn().validate({"names": names}):
            raise InvalidInput(lead_names="wrong")
        make_package(transfer_id, names)
    except (InvalidInput, StepRefused) as refusal:
        found = queries.transfer(get_session(), current_user().scope, transfer_id)
        said = _in_words(found, refusal) if isinstance(refusal, StepRefused) else refusal
        return _page(found, said), refusal.code
    return redirect(url_for("pages.transfer", transfer_id=transfer_id, done=1), 303)


@pages.get("/transfers/<int:transfer_id>/packages/<int:package_id>.zip")
@requires(Role.SUPERVISOR, Role.INSPECTOR)
def take_package(transfer_id: int, package_id: int) -> Response:
    """Take a package out; each time is in the audit trail."""
    return package_answer(transfer_id, package_id)


def _venue_ids(given: Any) -> list[int]:
    """The venues of a lead: those that a page named, and others by their numbers."""
    more = given.get("more_venues", "").replace("，", " ").replace(",", " ").split()
    if any(not one.isdecimal() for one in more):
        raise InvalidInput(transfer_more_venues="wrong")
    return [*given.getlist("venue_id", type=int), *map(int, more)]


def _form(given: Any) -> dict[str, Any]:
    session, person = get_session(), current_user()
    chosen = [venues.venue(session, person.scope, one) for one in given.getlist("venue_id", type=int)]
    subject = {name: given.get(name, type=int) for name in SUBJECTS if given.get(name, type=int)}
    case = cases.case(session, person.scope, subject["case_id"]) if "case_id" in subject else None
    site = sites.site(session, person.scope, subject["site_id"]) if "site_id" in subject else None
    is_lead = not subject.keys() - {"site_id"}
    kinds = t.options("transfer_kind")
    return {
        "given": given, "subject": subject,
        "named": case.text if case else site.name if site else None,
        "venues": {one.id: one.name or t.unnamed for one in chosen},
        "is_lead": is_lead,
        "kinds": [one for one in kinds if (one[0] == Kind.PROCURATORATE) == is_lead],
        "agencies": [
            (one.id, t.agency_name(one.names))
            for one in accounts.list_agencies(session) if one.id != person.agency_id
        ],
        "received": [] if is_lead else _received(),
        "officers": officer_choices(), "numbers": range(1, OFFICERS + 1),
    }  # fmt: skip


def _received() -> list[tuple[int, str]]:
    """Transfers to one's agency that are under way, the newest hundred, each with who handed it over."""
    scope = current_user().scope
    rows, _ = queries.list_transfers(get_session(), scope, incoming=True, is_over=False, limit=100)
    return [
        (
            one.id,
            t.transfer_of.format(kind=t.named("transfer_kind", one.kind), number=one.id)
            + f" {t.agency_name(one.agency.names)}",
        )
        for one in rows
    ]


def _page(found: Transfer, refusal: Refusal | None = None) -> Any:
    session, person, now = get_session(), current_user(), datetime.now(UTC)
    known, procedure = rulebook.current(session).on(today()), queries.procedure_of(session, found, today())
    choices = [
        _without_package(offered(known, procedure, one))
        for one in queries.choices(session, found, person, today())
    ]
    people = accounts.names_of(session, [f"user:{one}" for one in (*found.team, found.proposed_by)])
    is_mine = found.agency_id == person.agency_id
    return render_template(
        "transfer.html",
        transfer=found, refusal=refusal, is_done="done" in request.args, given=request.form,
        state=_state(known, found), procedure=procedure, is_mine=is_mine,
        due=[_due(known, one) for one in queries.due(session, found, now)],
        choices=sorted(choices, key=lambda one: not one.may),
        made=[(one, _step_name(procedure, one.step), cited(known, one.clauses)) for one in found.steps],
        paper_name=lambda step, paper: _paper_name(procedure, step, paper),
        officers=officer_choices() if person.role is Role.SUPERVISOR else [], numbers=range(1, OFFICERS + 1),
        team=[people.get(f"user:{one}", str(one)) for one in found.team],
        venues=venues.names_of(session, found.venue_ids),
        site=sites.names_of(session, filter(None, [found.site_id])),
        may_pack=is_mine and found.kind == Kind.PROCURATORATE and found.state == "approved"
        and (person.role is Role.SUPERVISOR or person.id in found.team),
        may_take=queries.may_take(found, person), letters=letters.issued_of(session, found),
        may_write=letters.may_write(session, found, person, today()),
    )  # fmt: skip


def _without_package(one: Offered) -> Offered:
    papers = [paper for paper in one.papers if paper[0] != "package"]
    return one if len(papers) == len(one.papers) else replace(one, papers=papers)


def _state(law: Any, one: Transfer) -> tuple[str, str]:
    states = law.transfer(one.kind.upper()).states
    name = t.text(states[one.state].name) if one.state in states else one.state
    return name, "clear" if one.is_over else "plain"


def _due(law: Any, one: queries.Due) -> dict[str, Any]:
    standing = t.named("case_standing", one.standing), CHIPS.get(one.standing, "plain")
    is_theirs = one.row.whose != "agency"
    return {
        "what": t.text(one.clock.name), "row": one.row, "standing": standing, "is_theirs": is_theirs,
        "clauses": cited(law, one.clock.clauses), "lapse": t.text(one.clock.lapse),
        "note": t.text(one.clock.note) if one.clock.note else "",
        "since": one.row.begun_at.astimezone(SHANGHAI),
    }  # fmt: skip


def _in_words(found: Transfer, refused: StepRefused) -> StepRefused:
    """The reason of the transfer itself, or of the case that it comes from."""
    procedure = queries.procedure_of(get_session(), found, today())
    said = hindrance_in_words(
        procedure, Because(refused.data["because"]), refused.data["names"], refused.data.get("until")
    )
    return StepRefused(case_because=said)


def _paper_name(procedure: Any, step: str, paper: str) -> str:
    """A paper by the name that this step gives it: several steps bring a notice."""
    needs = procedure.steps[step].needs if step in procedure.steps else ()
    return next((t.text(one.name) for one in needs if one.id == paper), paper)


def _step_name(procedure: Any, step: str) -> str:
    if step == OPENED:
        return t.transfer_proposed
    return t.text(procedure.steps[step].name) if step in procedure.steps else step
