"""What inspections found at a venue, in words: visits, breaches, ID checks, violations with all bases."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import g
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from backend.accounts.queries import list_agencies
from backend.accounts.scope import Scope
from backend.core.web import deployment
from backend.inspections import queries
from backend.inspections.models import Finding, IdCheck, Violation, Visit
from backend.intake.built_forms import FormsNotBuilt, catalogue
from backend.rulebook import queries as rulebook
from backend.rulebook.rules import RulebookOnDay
from backend.web.law import BasisShown, Cited, basis_shown, cited
from backend.web.words import language, t
from forms.errors import FormUnknown

AT_MOST = 20  # visits on the page of a venue


@dataclass(frozen=True, slots=True)
class ViolationShown:
    """A violation: what was broken, by which clauses, what it rests on, what a human must decide."""

    row: Violation
    what: str
    clauses: list[Cited]
    bases: list[BasisShown]
    reasons: list[str]


@dataclass(frozen=True, slots=True)
class Found:
    """All of it for one venue, newest first."""

    visits: list[Visit]
    total: int
    violations: list[ViolationShown]
    agencies: dict[int | None, str]

    @property
    def breaches(self) -> list[tuple[Visit, Finding]]:
        return [(one, item) for one in self.visits for item in one.findings if item.answer == "breach"]

    @property
    def id_checks(self) -> list[tuple[Visit, IdCheck]]:
        return [(one, check) for one in self.visits for check in one.id_checks]


def found_at(session: Session, scope: Scope, venue_id: int) -> Found:
    """The newest visits to a venue that the reader may see, and the violations that stand."""
    visits, total = queries.list_visits(session, scope, venue_id=venue_id, limit=AT_MOST)
    children = (Visit.findings, Visit.id_checks, Visit.evidence, Visit.corrections)
    session.scalars(
        select(Visit).where(Visit.id.in_([one.id for one in visits])).options(*map(selectinload, children))
    ).all()
    violations = queries.violations_of_venue(session, scope, venue_id)
    shown = [violation_shown(session, one) for one in violations]
    return Found(visits, total, shown, agency_names(session, visits))


def violation_shown(session: Session, row: Violation) -> ViolationShown:
    """A violation by the rulebook and the day under which it was found."""
    on_day = law_of(session, row)
    duty = on_day.duties.get(row.duty_id or "")
    return ViolationShown(
        row, t.text(duty.breach) if duty else t.violation_of_item, cited(on_day, row.clauses),
        [basis_shown(on_day, basis) for basis in row.bases],
        [_reason(row, reason) for reason in row.reasons],
    )  # fmt: skip


def law_of(session: Session, row: Violation | Visit) -> RulebookOnDay:
    """The law of the day of the fact, in the version by which it was judged."""
    return rulebook.version(session, row.rulebook_version).on(row.fact_on)


def item_name(visit: Visit, item: str) -> str:
    """An item as its checklist puts it; its code where that version was never built here."""
    return _items(visit).get(item, item)


def agency_names(session: Session, visits: Iterable[Visit]) -> dict[int | None, str]:
    """The names of the agencies that made these visits."""
    wanted = {one.agency_id for one in visits}
    return {one.id: t.agency_name(one.names) for one in list_agencies(session) if one.id in wanted}


def _reason(row: Violation, reason: str) -> str:
    kind, _, item = reason.partition(":")
    if kind != "item":
        return t.named("reason", reason)
    return t.reason_item.format(item=item_name(row.visit, item))


def _items(visit: Visit) -> dict[str, str]:
    """Kept for the request: every violation asks."""
    known: dict[tuple[str, str], dict[str, str]] = g.setdefault("checklist_items", {})
    form = (visit.form_id, visit.form_version)
    if form not in known:
        known[form] = _read_items(*form)
    return known[form]


def _read_items(form_id: str, version: str) -> dict[str, str]:
    try:
        questions = catalogue(deployment()).form(form_id, version).questions.values()
    except (FormsNotBuilt, FormUnknown):
        return {}
    return {one.name: one.labels.get(language(), one.name) for one in questions if one.labels}
