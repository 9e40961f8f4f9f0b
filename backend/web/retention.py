"""Pages of keeping and destroying: periods, what falls due, certificates, holds, missing bases."""

from datetime import UTC, datetime
from typing import Any

from flask import render_template, request
from marshmallow import Schema, ValidationError

from backend.accounts.auth import current_user, requires
from backend.accounts.queries import list_agencies, names_of
from backend.core.days import today
from backend.core.errors import InvalidInput
from backend.core.web import get_session
from backend.inspections import queries as inspections
from backend.retention import actions, queries
from backend.retention.api import HOLDERS, READERS, SEERS
from backend.retention.rules import BasisKind
from backend.retention.schemas import ConsentIn, DutyIn, HoldIn, LiftIn
from backend.rulebook import queries as rulebook
from backend.venues.queries import names_of as venue_names
from backend.web.kept import CHILD_CLAUSES
from backend.web.law import cited
from backend.web.shell import pages
from backend.web.tables import Page, page_asked
from backend.web.visits import visit_page
from backend.web.words import t


@pages.get("/retention")
@requires(*READERS)
def retention() -> Any:
    """Each class with its period, what falls due soon, and what is held."""
    number, place = page_asked()
    session, scope = get_session(), current_user().scope
    law = rulebook.current(session).on(today())
    classes = law.retention_classes.values()
    held, total = queries.open_holds(session, scope, **place)
    return render_template(
        "retention.html",
        classes=[(one, law.confirmed(one.id), cited(law, one.clauses)) for one in classes],
        names=_class_names(),
        upcoming=queries.upcoming(session, scope, today()), held=Page(held, total, number),
        may_open=current_user().role in HOLDERS,
    )  # fmt: skip


@pages.get("/retention/certificates")
@requires(*READERS)
def certificates() -> Any:
    """Certificates of destruction, newest first."""
    number, place = page_asked()
    session = get_session()
    rows, total = queries.list_certificates(session, current_user().scope, **place)
    return render_template("certificates.html", page=Page(rows, total, number), names=_class_names())


@pages.get("/retention/certificates/<int:certificate_id>")
@requires(*READERS)
def certificate(certificate_id: int) -> Any:
    """One of them, to be printed."""
    session = get_session()
    found = queries.certificate(session, current_user().scope, certificate_id)
    agencies = {one.id: t.agency_name(one.names) for one in list_agencies(session)}
    return render_template(
        "certificate.html",
        one=found, names=_class_names(), is_whole=queries.is_whole(found),
        agency=agencies.get(found.agency_id or 0, t.no_agency),
        by=names_of(session, {found.by}).get(found.by, found.by),
    )  # fmt: skip


@pages.get("/child-data")
@requires(*HOLDERS)
def child_data() -> Any:
    """Inspections with pictures of children for which nobody noted a basis."""
    number, place = page_asked()
    session = get_session()
    rows, total = queries.without_basis(session, current_user().scope, **place)
    return render_template(
        "child_data.html",
        page=Page(rows, total, number), clauses=cited(rulebook.current(session).on(today()), CHILD_CLAUSES),
        venues=venue_names(session, {visit.venue_id for visit in rows if visit.venue_id}),
    )  # fmt: skip


@pages.post("/visits/<int:visit_id>/hold")
@requires(*HOLDERS)
def set_hold(visit_id: int) -> Any:
    """Hold an inspection."""
    session, person = get_session(), current_user()
    visit = inspections.visit(session, person.scope, visit_id)
    actions.set_hold(session, visit, **_typed(HoldIn()), by=person, now=datetime.now(UTC))
    return visit_page(visit)


@pages.post("/visits/<int:visit_id>/hold/<int:hold_id>")
@requires(*HOLDERS)
def lift_hold(visit_id: int, hold_id: int) -> Any:
    """Lift a hold."""
    session, person = get_session(), current_user()
    visit = inspections.visit(session, person.scope, visit_id)
    actions.lift_hold(session, hold_id, **_typed(LiftIn()), by=person, now=datetime.now(UTC))
    return visit_page(visit)


@pages.post("/visits/<int:visit_id>/basis")
@requires(*SEERS)
def note_basis(visit_id: int) -> Any:
    """Note on which basis pictures of children are kept."""
    session, person = get_session(), current_user()
    visit = inspections.visit(session, person.scope, visit_id)
    is_consent = request.form.get("kind") == BasisKind.GUARDIAN_CONSENT
    said = _typed(ConsentIn() if is_consent else DutyIn())
    actions.note_basis(session, visit, said, by=person, now=datetime.now(UTC))
    return visit_page(visit)


def _class_names() -> dict[str, str]:
    law = rulebook.current(get_session()).on(today())
    return {one.id: t.text(one.name) for one in law.retention_classes.values()}


def _typed(schema: Schema) -> Any:
    """The form as the deed takes it. Raises InvalidInput."""
    given = {name: request.form[name].strip() for name in schema.fields if request.form.get(name, "").strip()}
    try:
        return schema.load(given)
    except ValidationError as problem:
        raise InvalidInput(**dict.fromkeys(problem.messages, "choose_one")) from None
