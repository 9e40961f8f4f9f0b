"""One inspection: items, ID checks, files, flags; and what was typed, for whoever asks on the record."""

from datetime import UTC, datetime
from typing import Any

from flask import render_template, request
from sqlalchemy.orm import Session

from backend.accounts.auth import Role, current_user, requires
from backend.cases.api import OPENERS
from backend.core import audit
from backend.core.errors import InvalidInput, NotFound
from backend.core.web import get_session
from backend.inspections import actions, grounds, queries
from backend.inspections.api import PROTECTED, READERS
from backend.inspections.models import Visit
from backend.protected_sites.queries import names_of as site_names
from backend.tasks import queries as tasks
from backend.tasks.models import CheckCode, Task
from backend.venues import queries as venues
from backend.web.corrections import corrections_of
from backend.web.counted import Section
from backend.web.distances import metres
from backend.web.documents import documents_of
from backend.web.found import agency_names, item_name, judged_shown, law_of, violation_shown
from backend.web.kept import kept_of
from backend.web.law import cited
from backend.web.shell import pages
from backend.web.typed import typed


@pages.get("/visits/<int:visit_id>")
@requires(*READERS)
def visit(visit_id: int) -> Any:
    """One inspection without anything that was typed."""
    return visit_page(queries.visit(get_session(), current_user().scope, visit_id))


@pages.post("/visits/<int:visit_id>")
@requires(*PROTECTED)
def open_visit(visit_id: int) -> Any:
    """The same with what was typed; the look is in the audit trail when the page is shown."""
    session, person = get_session(), current_user()
    found = queries.visit(session, person.scope, visit_id)
    record = typed(found, queries.record_of(session, found))
    audit.record(session, "visit.read_record", by=person.actor, subject=f"visit:{visit_id}")
    return visit_page(found, record)


@pages.post("/visits/<int:visit_id>/task")
@requires(Role.SUPERVISOR)
def match_task(visit_id: int) -> Any:
    """Say which task this inspection answers, where that was not clear."""
    session, person, task_id = get_session(), current_user(), request.form.get("task_id", type=int)
    if task_id is None:
        raise InvalidInput(task="choose_one")
    grounds.match_by_hand(session, person.scope, visit_id, task_id, by=person.actor, now=datetime.now(UTC))
    session.expire_all()
    return visit_page(queries.visit(session, person.scope, visit_id))


@pages.post("/visits/<int:visit_id>/confirmation")
@requires(Role.SUPERVISOR)
def confirm_correction(visit_id: int) -> Any:
    """Let this correction of a colleague's visit count."""
    session, person = get_session(), current_user()
    found = queries.visit(session, person.scope, visit_id)
    actions.confirm_correction(session, found, by=person, now=datetime.now(UTC))
    session.flush()
    session.expire_all()
    return visit_page(queries.visit(session, person.scope, visit_id))


def visit_page(visit: Visit, record: list[Section] | None = None) -> Any:
    """The page of an inspection; with what was typed where that look is in the audit trail."""
    session, person = get_session(), current_user()
    on_day = law_of(session, visit)
    findings = [(item_name(visit, one.item), one, cited(on_day, one.clauses)) for one in visit.findings]
    return render_template(
        "visit.html",
        visit=visit, record=record, venue=_venue(session, visit), may_open=person.role in PROTECTED,
        may_transfer=person.role in OPENERS and visit.agency_id == person.agency_id,
        agencies=agency_names(session, [visit]), findings=findings, item_name=item_name,
        id_checks=[(visit, check) for check in visit.id_checks],
        violations=[violation_shown(session, one) for one in visit.violations],
        judged=judged_shown(session, visit),
        modules=[
            (module, [violation_shown(session, one) for one in module.violations])
            for module in queries.modules_of(session, person.scope, visit)
        ],
        documents=documents_of(session, visit),
        tasks=_tasks_to_choose(session, visit), code=_code(session, visit),
        sites=site_names(session, {one.site_id for one in visit.distances}), metres=metres,
        kept=kept_of(session, person, visit, is_open=record is not None),
        corrections=corrections_of(session, person, visit), is_supervisor=person.role is Role.SUPERVISOR,
        corrected_by=max((later.id for later in visit.corrections), default=None),
    )  # fmt: skip


def _tasks_to_choose(session: Session, visit: Visit) -> list[Task]:
    """The tasks among which a supervisor chooses, where nobody knows yet which one it was."""
    person = current_user()
    is_known = visit.grounds is not None and visit.grounds.task_id is not None
    if is_known or person.role is not Role.SUPERVISOR:
        return []
    return grounds.tasks_that_fit(session, person.scope, visit)


def _code(session: Session, visit: Visit) -> CheckCode | None:
    """The check code that the officers showed, if the reader may see it."""
    number = visit.grounds and visit.grounds.check_code_id
    try:
        return tasks.code(session, current_user().scope, number) if number else None
    except NotFound:
        return None


def _venue(session: Session, visit: Visit) -> Any:
    """The venue, if the reader may see it."""
    try:
        return visit.venue_id and venues.venue(session, current_user().scope, visit.venue_id)
    except NotFound:
        return None
