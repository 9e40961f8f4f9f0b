"""What can be done to orders to correct (责令改正). The caller owns the transaction; nothing here commits."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from backend.accounts.models import Agency
from backend.accounts.rules import Role
from backend.accounts.scope import Person, Scope
from backend.cases.deadlines import midnight
from backend.cases.errors import OrderSettled
from backend.cases.order_models import Order, OrderEntry, OrderViolation
from backend.cases.rules import Entry, OrderState
from backend.core import audit
from backend.core.days import day_of
from backend.core.db import insert_if_new
from backend.core.errors import InvalidInput
from backend.core.sealed import VisitKey, known_visit_key, locked_visit_key
from backend.inspections import queries as inspections
from backend.rulebook import queries as rulebook
from backend.rulebook.clocks import deadline
from backend.rulebook.procedure import Clock
from backend.tasks import actions as tasks
from backend.tasks import queries as task_queries
from backend.tasks.models import Task
from backend.tasks.rules import LIVE, Kind

LARGEST_FILE = 2 * 2**20
_KINDS = {b"%PDF-": "pdf", b"\xff\xd8\xff": "jpg", b"\x89PNG\r\n\x1a\n": "png"}
_BY = "system:orders"


@dataclass(frozen=True, slots=True)
class Handed:
    """An order as it was handed over, with the violations of the visit that it is about."""

    document: str  # its UUID
    number: str | None  # as it is printed
    visit_no: str
    agency_id: int
    area_code: str
    venue_id: int | None
    handed_at: datetime
    due_on: date
    demand: str  # what is to be done, as somebody typed it
    violation_ids: Sequence[int]
    officer_id: int | None


def record_order(session: Session, handed: Handed, *, key: VisitKey, now: datetime) -> Order | None:
    """Record an order that was handed over, and plan its re-inspection; nothing where it is here already."""
    order_id = insert_if_new(
        session, Order, document=handed.document, number=handed.number, visit_no=handed.visit_no,
        agency_id=handed.agency_id, area_code=handed.area_code, venue_id=handed.venue_id,
        handed_on=day_of(handed.handed_at), due_on=handed.due_on, state=OrderState.OPEN, key_id=key.row_id,
        sealed=key.seal(handed.demand.encode(), _place(handed.document)), recorded_at=now, version=1,
    )  # fmt: skip
    if order_id is None:
        return None
    order = session.get_one(Order, order_id)
    session.add_all(OrderViolation(order_id=order.id, violation_id=one) for one in handed.violation_ids)
    _note(session, order, Entry.HANDED, user_id=handed.officer_id, now=now)
    order.task_id = _plan(session, order, handed.officer_id, now)
    session.flush()
    detail = {"document": handed.document, "task": order.task_id}
    audit.record(session, "order.record", by=_BY, subject=f"order:{order.id}", detail=detail)
    return order


def add_proof(
    session: Session, order: Order, *, note: str, file: bytes = b"", by: Person, now: datetime
) -> OrderEntry:
    """Keep, sealed, what the party brought to show that it corrected.

    Raises InvalidInput, ContentDestroyed.
    """
    if file and file_kind(file) is None:
        raise InvalidInput(file="no_document")
    if len(file) > LARGEST_FILE:
        raise InvalidInput(file="too_large")
    entry = _note(session, order, Entry.PROOF, user_id=by.id, now=now, note=note, file=file)
    detail = {"entry": entry.seq, "sha256": entry.file_sha256}
    audit.record(session, "order.proof", by=by.actor, subject=f"order:{order.id}", detail=detail)
    return entry


def extend(
    session: Session, order: Order, *, due_on: date, note: str, by: Person, now: datetime
) -> OrderEntry:
    """Give more time, with the reason; the re-inspection moves along. Raises OrderSettled, InvalidInput."""
    _refuse_settled(order)
    if due_on <= order.due_on:
        raise InvalidInput(due_on="not_later")
    entry = _note(session, order, Entry.EXTENDED, user_id=by.id, now=now, note=note, due_on=due_on)
    order.due_on, order.version = due_on, order.version + 1
    if (task := _live_task(session, order)) is not None:
        said = dict(zip(("visit_on", "due_on"), _days(session, order, now), strict=True))
        tasks.change_task(session, _scope(order), task, said, by=by.actor, now=now)
    detail = {"due_on": due_on.isoformat()}
    audit.record(session, "order.extend", by=by.actor, subject=f"order:{order.id}", detail=detail)
    return entry


def settle(session: Session, order: Order, said: dict[str, Any], *, by: Person, now: datetime) -> OrderEntry:
    """Say what became of an order: passed by a visit or by proof, or failed by a visit after its last day.

    What was not corrected is flagged for the proposal of a penalty: whether it is a refusal, and the serious
    tier applies, somebody decides there. Raises OrderSettled, InvalidInput, NotFound.
    """
    _refuse_settled(order)
    outcome, visit_id = Entry(said["outcome"]), said.get("visit_id")
    visited_on = _visited_on(session, order, visit_id, by) if visit_id else None
    if outcome is Entry.FAILED:
        _flag_refused(order, said.get("violation_ids"), visited_on)
    elif visited_on is None and not any(one.kind == Entry.PROOF for one in order.entries):
        raise InvalidInput(visit_id="proof_or_visit_needed")
    note = said.get("note", "")
    entry = _note(session, order, outcome, user_id=by.id, now=now, note=note, visit_id=visit_id)
    order.state, order.version = OrderState(outcome.value), order.version + 1
    if (task := _live_task(session, order)) is not None:
        tasks.withdraw(session, task, reason="责令改正已复查", by=by.actor, now=now)
    detail = {"outcome": outcome, "visit": visit_id}
    audit.record(session, "order.settle", by=by.actor, subject=f"order:{order.id}", detail=detail)
    return entry


def demand_of(session: Session, order: Order) -> str:
    """What an order demands. Whoever shows it writes the look down. Raises ContentDestroyed."""
    return known_visit_key(session, order.key_id).open(order.sealed, _place(order.document)).decode()


def note_of(session: Session, order: Order, entry: OrderEntry) -> str:
    """What was typed with an entry. Whoever shows it writes the look down. Raises ContentDestroyed."""
    if entry.sealed_note is None:
        return ""
    key = known_visit_key(session, order.key_id)
    return key.open(entry.sealed_note, _place(order.document, entry.seq, "note")).decode()


def file_of(session: Session, order: Order, entry: OrderEntry) -> bytes:
    """A file as it was brought. Whoever shows it writes the look down. Raises ContentDestroyed."""
    key = known_visit_key(session, order.key_id)
    return key.open(entry.sealed_file or b"", _place(order.document, entry.seq, "file"))


def file_kind(content: bytes) -> str | None:
    """What a file is by its first bytes; None for what is not taken."""
    return next((kind for begin, kind in _KINDS.items() if content.startswith(begin)), None)


def _place(document: str, seq: int = 0, what: str = "demand") -> str:
    return f"order:{document}:{seq}:{what}"


def _note(
    session: Session, order: Order, kind: Entry, *, user_id: int | None, now: datetime, note: str = "",
    file: bytes = b"", **columns: Any,
) -> OrderEntry:  # fmt: skip
    seq = len(order.entries) + 1
    if note or file:
        key = locked_visit_key(session, order.key_id)
        columns["sealed_note"] = key.seal(note.encode(), _place(order.document, seq, "note"))
        if file:
            columns["sealed_file"] = key.seal(file, _place(order.document, seq, "file"))
            columns["file_sha256"] = hashlib.sha256(file).hexdigest()
    entry = OrderEntry(order_id=order.id, seq=seq, kind=kind, user_id=user_id, recorded_at=now, **columns)
    session.add(entry)
    session.flush()
    session.expire(order, ["entries"])
    return entry


def _refuse_settled(order: Order) -> None:
    if order.state != OrderState.OPEN:
        raise OrderSettled(state=order.state)


def _visited_on(session: Session, order: Order, visit_id: int, by: Person) -> date:
    """The day of the visit by which the outcome was found: at that venue, after the order was handed over."""
    visit = inspections.visit(session, by.scope, visit_id)
    is_there = order.venue_id is not None and visit.venue_id == order.venue_id
    if not is_there or visit.visit_no == order.visit_no or visit.fact_on < order.handed_on:
        raise InvalidInput(visit_id="no_re_inspection")
    return visit.fact_on


def _flag_refused(order: Order, wanted: Sequence[int] | None, visited_on: date | None) -> None:
    if visited_on is None:
        raise InvalidInput(visit_id="required")
    if visited_on <= order.due_on:
        raise InvalidInput(visit_id="before_the_last_day_is_over")
    known = {one.violation_id: one for one in order.violations}
    chosen = known.keys() if wanted is None else set(wanted)
    if lost := chosen - known.keys():
        raise InvalidInput(violation_ids=sorted(lost))
    for violation_id in chosen:
        known[violation_id].refused_on = visited_on


def _plan(session: Session, order: Order, officer_id: int | None, now: datetime) -> int | None:
    """The task of the re-inspection (复查), for the officer who handed the order over if it may be.

    None where nobody knows the area: an order is recorded all the same.
    """
    scope = _scope(order)
    visit_on, due_on = _days(session, order, now)
    number = order.number or order.document
    place = {"venue_id": order.venue_id} if order.venue_id else {"place_text": f"文书 {number} 所指场所"}
    mine = officer_id in {one.id for one in task_queries.officers_for(session, scope)}
    said = place | {
        "kind": Kind.RE_INSPECTION, "reason": f"复查责令改正：{number}", "source_no": number,
        "visit_on": visit_on, "due_on": due_on, "area_code": order.area_code,
        "officer_ids": [officer_id] if mine else [],
    }  # fmt: skip
    try:
        with session.begin_nested():
            return tasks.add_task(session, scope, said, by=_BY, now=now).id
    except InvalidInput:
        return None


def _days(session: Session, order: Order, now: datetime) -> tuple[date, date]:
    """The working day after the last day of an order, and the last day of its re-inspection."""
    agency, current = session.get_one(Agency, order.agency_id), rulebook.current(session)
    clock = current.on(day_of(now)).procedure(agency.authority).clocks["re_inspection"]
    following = Clock(id=clock.id, name=clock.name, lapse=clock.lapse, count=1)
    ends = [deadline(one, midnight(order.due_on), current.day) for one in (following, clock)]
    first, last = (end.due_on if end else order.due_on for end in ends)
    return first, max(first, last)


def _live_task(session: Session, order: Order) -> Task | None:
    task = session.get(Task, order.task_id, with_for_update=True) if order.task_id else None
    return task if task is not None and task.state in LIVE else None


def _scope(order: Order) -> Scope:
    """As wide as the order's own agency: its task is planned by nobody."""
    return Scope(("",), None, order.agency_id, Role.SUPERVISOR)
