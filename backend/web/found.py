"""What inspections found at a venue, in words: visits, breaches, ID checks, violations with all bases."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from flask import g
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from backend.accounts.queries import list_agencies
from backend.accounts.scope import Scope
from backend.core.web import deployment
from backend.inspections import queries
from backend.inspections.models import Finding, IdCheck, JudgedSign, Violation, Visit
from backend.intake.built_forms import FormsNotBuilt, catalogue
from backend.rulebook import queries as rulebook
from backend.rulebook.rules import RulebookOnDay, Text
from backend.tips.mandatory_models import Training
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
    doubts: list[str]


@dataclass(frozen=True, slots=True)
class JudgedShown:
    """One sign and one duty: the outcome, why, and by which clauses."""

    row: JudgedSign
    sign: str
    duty: str
    because: list[str]
    clauses: list[Cited]


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
        [sign_name(row.visit, reason) for reason in row.reasons],
        [_doubt(on_day, doubt) for doubt in row.doubts],
    )  # fmt: skip


def judged_shown(session: Session, visit: Visit) -> list[JudgedShown]:
    """Every sign of a visit as it was judged, acquittals too."""
    on_day = law_of(session, visit)
    return [_judged(on_day, visit, row) for row in visit.judged]


def _judged(on_day: RulebookOnDay, visit: Visit, row: JudgedSign) -> JudgedShown:
    duty = on_day.duties.get(row.duty_id or "")
    said = [t.text(Text(**row.because))] if row.because else []
    doubts = [_doubt(on_day, doubt) for doubt in row.doubts if not (row.because and doubt == row.reason)]
    stated = t.text(duty.statement) if duty else row.duty_id or t.none
    return JudgedShown(row, sign_name(visit, row.sign), stated, said + doubts, cited(on_day, row.clauses))


def _doubt(on_day: RulebookOnDay, doubt: str) -> str:
    """A doubt of ours, or a row of judgement for which a human decides."""
    row = on_day.judgements.rows.get(doubt)
    return t.text(row.because) if row else t.named("doubt", doubt)


def law_of(session: Session, row: Violation | Visit) -> RulebookOnDay:
    """The law of the day of the fact, in the version by which it was judged."""
    return rulebook.version(session, row.rulebook_version).on(row.fact_on)


def agency_names(session: Session, rows: Iterable[Visit | Training]) -> dict[int | None, str]:
    """The names of the agencies that made these visits, or held these trainings."""
    wanted = {one.agency_id for one in rows}
    return {one.id: t.agency_name(one.names) for one in list_agencies(session) if one.id in wanted}


def sign_name(visit: Visit, sign: str) -> str:
    """What a violation rests on, in words."""
    kind, _, said = sign.partition(":")
    if kind == "item":
        return t.reason_item.format(item=item_name(visit, said.partition(":")[0]))
    if kind == "hung":
        named = zip(("sign", "sign_place", "sign_state"), said.split(":"), strict=True)
        return t.reason_hung.format(**{name: _choice(visit, name, choice) for name, choice in named})
    return t.named("reason", sign)


def _choice(visit: Visit, question: str, choice: str) -> str:
    """A choice as its checklist puts it."""
    return _labels(visit).get((question, choice), choice)


def item_name(visit: Visit, item: str) -> str:
    """An item as its checklist puts it; its code where that version was never built here."""
    return _labels(visit).get((item, ""), item)


def _labels(visit: Visit) -> dict[tuple[str, str], str]:
    """Questions and choices by name. Kept for the request: every violation asks."""
    known: dict[tuple[str, str], dict[tuple[str, str], str]] = g.setdefault("checklist_labels", {})
    form = (visit.form_id, visit.form_version)
    if form not in known:
        known[form] = dict(_read_labels(*form))
    return known[form]


def _read_labels(form_id: str, version: str) -> Iterator[tuple[tuple[str, str], str]]:
    try:
        questions = catalogue(deployment()).form(form_id, version).questions.values()
    except (FormsNotBuilt, FormUnknown):
        return
    for one in questions:
        if one.labels:
            yield (one.name, ""), one.labels.get(language(), one.name)
        yield from (((one.name, code), said.get(language(), code)) for code, said in one.choices.items())
