"""The short forms of documents: what each asks for, what is filled in already, what was typed as values."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from backend.cases import papers
from backend.cases.deadlines import midnight
from backend.cases.models import Case
from backend.cases.notices import told_closure
from backend.cases.penalty_queries import opened
from backend.cases.queries import procedure_of
from backend.cases.rules import may_ask_for_hearing
from backend.core.days import SHANGHAI, day_of
from backend.core.errors import InvalidInput
from backend.core.personal_numbers import find
from backend.documents.shown import day_shown
from backend.inspections.models import Violation
from backend.rulebook import queries as rulebook
from backend.rulebook.clocks import Reading, deadline
from backend.tasks.rules import DocumentKind

LONGEST = 4000  # characters of one field
How = StrEnum("How", ["TEXT", "LONG", "LINES", "DAY", "INSTANT", "TICK", "SERVED"])


@dataclass(frozen=True, slots=True)
class Ask:
    """One field of a short form; the words of its label are `paper_` and its name."""

    name: str
    how: How = How.TEXT
    required: bool = True


def _texts(*names: str) -> tuple[Ask, ...]:
    return tuple(Ask(name, required=False) for name in names)


_CAUSE = Ask("cause")
_REASONED = (
    _CAUSE, Ask("facts", How.LONG), Ask("evidence", How.LINES, required=False), Ask("reasons", How.LONG),
)  # fmt: skip
_KEPT = (
    _CAUSE, Ask("reason"), Ask("kept_at"), Ask("settle_by", How.DAY), Ask("items", How.LINES),
    Ask("is_urgent", How.TICK, required=False),
)  # fmt: skip
_CLOSED = Ask("closed_for", required=False)  # how long a business is closed, where that was chosen
# 行政处罚法 arts 44, 52, 55: what the officers have done before the decision says so
_ON_THE_SPOT = tuple(Ask(name, How.TICK) for name in ("showed", "told", "handed"))
_REMEDIES = _texts("reconsider_at", "sue_at", "sue_period")
_PAYMENT = _texts("bank", "account_name", "account", "online")
FORMS: dict[DocumentKind, tuple[Ask, ...]] = {
    DocumentKind.FILING_APPROVAL: (
        _CAUSE, Ask("source"), Ask("facts", How.LONG), Ask("evidence", How.LINES, required=False),
    ),
    DocumentKind.PRESERVATION_DECISION: _KEPT,
    DocumentKind.PRESERVATION_LIST: _KEPT,
    DocumentKind.EXTRACTION_RECORD: (
        _CAUSE, Ask("place"), Ask("made_by"), Ask("made_at", How.INSTANT), Ask("extracted", How.LINES),
        Ask("is_original", How.TICK, required=False), Ask("why_no_original", required=False),
    ),
    DocumentKind.SUMMARY_DECISION: (
        *_REASONED, Ask("place"), Ask("decided_at", How.INSTANT), Ask("heard", How.LONG),
        *_ON_THE_SPOT, Ask("person_signing", required=False), *_PAYMENT, *_REMEDIES,
    ),
    DocumentKind.PENALTY_NOTICE: (*_REASONED, _CLOSED, Ask("may_be_heard", How.TICK, required=False)),
    DocumentKind.HEARING_NOTICE: (
        _CAUSE, Ask("at", How.INSTANT), Ask("place"), Ask("chair"), *_texts("clerk", "secret_because"),
    ),
    DocumentKind.PENALTY_DECISION: (
        *_REASONED, _CLOSED, Ask("procedure", How.LONG), Ask("heard", How.LONG),
        *_texts("told_number"), *_PAYMENT, *_REMEDIES,
        Ask("is_published", How.TICK, required=False),
    ),
    DocumentKind.NO_PENALTY_DECISION: (
        *_REASONED, Ask("procedure", How.LONG), Ask("heard", How.LONG), Ask("education", How.LONG),
        *_REMEDIES,
    ),
    DocumentKind.SERVICE_RECEIPT: (
        _CAUSE, Ask("served", How.SERVED), Ask("way"), Ask("place"), *_texts("refused_because", "note"),
    ),
    DocumentKind.TRANSFER_LETTER: (
        _CAUSE, Ask("to"), Ask("facts", How.LONG), Ask("why", How.LONG),
        Ask("attached", How.LINES, required=False), Ask("is_crime", How.TICK, required=False),
        Ask("approved_by", required=False),
    ),
    DocumentKind.CLOSING_REPORT: (
        _CAUSE, Ask("decided"), Ask("decided_on", How.DAY, required=False), Ask("performed", How.LONG),
        Ask("why", How.LONG), Ask("volumes"),
    ),
    DocumentKind.DISTANCE_REPORT: (),
}  # fmt: skip


def prefilled(session: Session, found: Case, kind: DocumentKind, on: date) -> dict[str, str]:
    """What the short form of a kind says before anybody typed: from violations, papers and the ruling."""
    rows = [one.violation for one in found.violations]
    what = breaches_in_words(session, rows)
    names = "、".join(one.user.display_name for one in found.officers_now)
    known = {
        "cause": f"涉嫌{what}" if what else "", "source": "监督检查发现", "made_by": names,
        "facts": f"{day_shown(found.found_on)}，执法人员检查发现当事人{what}" if what else "",
        "evidence": "\n".join(dict.fromkeys(f"现场检查笔录（{day_shown(one.fact_on)}）" for one in rows)),
        "place": found.venue.address or "", "kept_at": found.venue.address or "",
        "volumes": "一案一卷", "settle_by": _settle_by(session, found, on),
        "procedure": f"本机关于{day_shown(found.found_on)}发现上述情况，"
        f"{day_shown(day_of(found.opened_at))}登记案件并开展调查",
    }  # fmt: skip
    if kind is DocumentKind.SUMMARY_DECISION:
        known["decided_at"] = datetime.now(SHANGHAI).strftime("%Y-%m-%dT%H:%M")
        known["reasons"] = found.proposal.reason if found.proposal else ""
    if found.proposal and found.proposal.ruling:
        known["reasons"] = found.proposal.ruling.reason
        known["may_be_heard"] = "true" if "may_be_heard" in fixed(found) else ""
    for told in papers.issued_of(session, found, DocumentKind.PENALTY_NOTICE, only_counting=True)[:1]:
        known["told_number"] = told.number.text
    if kind is DocumentKind.PENALTY_DECISION:
        known["closed_for"] = told_closure(session, found) or ""
    decisions = (
        DocumentKind.PENALTY_DECISION, DocumentKind.NO_PENALTY_DECISION, DocumentKind.SUMMARY_DECISION,
    )  # fmt: skip
    for decided in papers.issued_of(session, found, *decisions, only_counting=True)[:1]:
        known |= {"decided": f"{decided.title}（{decided.number.text}）"}
        known |= {"decided_on": decided.made_on.isoformat()}
    if kind is DocumentKind.HEARING_NOTICE:
        known["place"] = found.agency.address or ""
    return {ask.name: known.get(ask.name, "") for ask in FORMS[kind]}


def breaches_in_words(session: Session, rows: Iterable[Violation]) -> str:
    """What was broken, each breach once, as the law of its day calls it."""
    law = rulebook.current(session)
    days = [(law.on(one.fact_on).duties, one.duty_id) for one in rows]
    return "；".join(dict.fromkeys(duties[duty].breach.zh for duties, duty in days if duty in duties))


def fixed(found: Case) -> set[str]:
    """The ticks that stay, for the law leaves no choice: a hearing by the kind of the penalty."""
    is_due = found.proposal and may_ask_for_hearing(opened(found.proposal).counts)
    return {"may_be_heard"} if is_due else set()


def _settle_by(session: Session, found: Case, on: date) -> str:
    """By when preserved evidence is dealt with, if it is preserved on this day (行政处罚法 arts 56, 85)."""
    procedure = procedure_of(session, found, on)
    reading = Reading(procedure.profile.rolls, procedure.profile.rolls_setting)
    days = rulebook.current(session).day
    last = deadline(procedure.clocks["preservation"], midnight(on), days, reading=reading)
    return last.warn_on.isoformat() if last else ""


def read(asked: Iterable[Ask], given: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a short form as values. Raises InvalidInput by their names."""
    said, wrong = {}, {}
    for ask in asked:
        text = given.get(ask.name) or ""
        if ask.required and not text:
            wrong[f"paper_{ask.name}"] = "required"
            continue
        if isinstance(text, str) and _names_somebody(ask, text):
            wrong[f"paper_{ask.name}"] = "personal_number"
            continue
        try:
            if len(text) > LONGEST:
                raise ValueError
            said[ask.name] = _value(ask, text)
        except ValueError:
            wrong[f"paper_{ask.name}"] = "wrong"
    if wrong:
        raise InvalidInput(**wrong)
    return said


def _names_somebody(ask: Ask, text: str) -> bool:
    """A number of a person; an account of a bank may look like one of a telephone."""
    return any(ask.name != "account" or one.kind == "resident_id" for one in find(text))


def _value(ask: Ask, text: Any) -> Any:
    match ask.how:
        case How.LINES:
            return tuple(line.strip() for line in text.splitlines() if line.strip())
        case How.DAY:
            return date.fromisoformat(text) if text else None
        case How.INSTANT:
            return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI) if text else None
        case How.TICK:
            return bool(text)
        case How.SERVED:
            return tuple(int(one) for one in text)
        case _:
            return text.strip()
