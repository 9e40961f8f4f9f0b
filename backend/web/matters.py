"""What waits for a supervisor today (今日要事): how many of each, and since when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask import url_for
from sqlalchemy.orm import Session

from backend.accounts import devices
from backend.accounts.scope import Person
from backend.cases import order_queries as orders
from backend.cases import queries as cases
from backend.core.days import SHANGHAI, day_of
from backend.indicators import urgings
from backend.indicators.rules import State as UrgingState
from backend.intake import queries as intake
from backend.intake.models import State
from backend.proposals import queries as proposals
from backend.proposals.models import State as ProposalState
from backend.screening.listing import first_licensed, list_register
from backend.sharing import queries as sharing
from backend.staff_queries import queries as staff_queries
from backend.tasks import queries as tasks
from backend.tips import mandatory, trainings
from backend.tips import queries as tips
from backend.tips.rules import State as TipState
from backend.transfers import queries as transfers
from backend.transfers import recommendation_queries as recommendations
from backend.web.words import shell as words
from backend.web.words.indicators import matter_urgings
from backend.web.words.sharing import matter_sharing_given_up, matter_sharing_to_decide
from backend.web.words.word import Word

SOON = timedelta(days=3)
SILENT = timedelta(hours=24)
NEW = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Matter:
    """One kind of thing that waits: its word, how many there are, the oldest one's day, where they stand."""

    word: Word
    count: int
    oldest: date | None
    address: str
    is_late: bool = False


def matters(session: Session, person: Person, now: datetime) -> Iterator[Matter]:
    """Everything that a supervisor has to look at, the most pressing first."""
    today = now.astimezone(SHANGHAI).date()
    yield from _tasks(session, person, today)
    yield from _cases(session, person, today)
    yield from _orders(session, person, today)
    yield _urgings(session, person, today)
    yield from _sharing(session, person)
    yield from _transfers(session, person, now)
    yield from _recommendations(session, person, today)
    yield _unhanded(session, person)
    yield _new_tips(session, person)
    yield _late_tips(session, person, today)
    waiting, conflicts = proposals.list_proposals(session, person, state=ProposalState.WAITING, limit=1)
    yield _since(words.matter_proposals, conflicts, [one.received_at for one in waiting], "pages.proposals")
    stuck, count = intake.list_envelopes(session, person.scope, state=State.UNFILABLE, limit=1)
    yield _since(words.matter_unfilable, count, [one.received_at for one in stuck], "pages.problems")
    yield _licensed_near_schools(session, person, today)
    due = trainings.due(session, person, today)
    oldest_due = due[0].next_due_on if due else None
    yield Matter(words.matter_training, len(due), oldest_due, url_for("pages.training_list"))
    yield _staff_queries(session, person, today)
    yield _silent_tablets(session, person, now)


def _tasks(session: Session, person: Person, today: date) -> Iterator[Matter]:
    late, overdue = tasks.list_tasks(session, person.scope, overdue_on=today, limit=1)
    until = today + SOON
    soon, due = tasks.list_tasks(session, person.scope, overdue_on=until, offset=overdue, limit=1)
    address = url_for("pages.tasks", overdue="true")
    yield Matter(words.matter_late, overdue, late[0].due_on if late else None, address, is_late=overdue > 0)
    yield Matter(words.matter_due, due - overdue, soon[0].due_on if soon else None, url_for("pages.tasks"))


def _cases(session: Session, person: Person, today: date) -> Iterator[Matter]:
    late, soon, first_late, first_soon = cases.pressing(session, person.scope, today)
    address = url_for("pages.cases", overdue="true")
    yield Matter(words.matter_cases_late, late, first_late, address, is_late=late > 0)
    due_by = url_for("pages.cases", due_by=(today + SOON).isoformat())
    yield Matter(words.matter_cases_due, soon, first_soon, due_by)


def _orders(session: Session, person: Person, today: date) -> Iterator[Matter]:
    first, late = orders.list_orders(session, person.scope, overdue_on=today, limit=1)
    soon, due = orders.list_orders(session, person.scope, due_by=today + SOON, offset=late, limit=1)
    address = url_for("pages.orders", overdue="true")
    yield Matter(
        words.matter_orders_late, late, first[0].due_on if first else None, address, is_late=late > 0
    )
    yield Matter(
        words.matter_orders_due, due - late, soon[0].due_on if soon else None, url_for("pages.orders")
    )


def _urgings(session: Session, person: Person, today: date) -> Matter:
    """Letters to the agency without an answer; the list gives the earliest day first."""
    late, overdue = urgings.list_urgings(session, person.scope, today=today, state=UrgingState.LATE, limit=1)
    soon, due = urgings.list_urgings(session, person.scope, today=today, state=UrgingState.WAITING, limit=1)
    first = [one.due_on for one in (*late, *soon)]
    address = url_for("pages.urgings")
    return Matter(matter_urgings, overdue + due, min(first, default=None), address, is_late=overdue > 0)


def _sharing(session: Session, person: Person) -> Iterator[Matter]:
    """What another person proposed, and what did not reach its receiver."""
    count, since = sharing.to_decide(session, person)
    address = url_for("pages.sharing", standing="proposed")
    yield Matter(matter_sharing_to_decide, count, since and day_of(since), address)
    count, since = sharing.given_up(session, person.scope)
    address = url_for("pages.sharing_messages", state="given_up")
    yield Matter(matter_sharing_given_up, count, since and day_of(since), address, is_late=count > 0)


def _transfers(session: Session, person: Person, now: datetime) -> Iterator[Matter]:
    """What is to be handed on to other bodies."""
    late, soon, first_late, first_soon = transfers.pressing(session, person.scope, now)
    address = url_for("pages.transfers", overdue="true")
    yield Matter(words.matter_transfers_late, late, first_late, address, is_late=late > 0)
    yield Matter(words.matter_transfers_due, soon, first_soon, url_for("pages.transfers", is_over="false"))


def _recommendations(session: Session, person: Person, today: date) -> Iterator[Matter]:
    """What procuratorates and courts wait for."""
    late, soon, first_late, first_soon = recommendations.pressing(session, person.scope, today)
    address = url_for("pages.recommendations", overdue="true")
    yield Matter(words.matter_replies_late, late, first_late, address, is_late=late > 0)
    yield Matter(words.matter_replies_due, soon, first_soon, url_for("pages.recommendations", stage="open"))


def _new_tips(session: Session, person: Person) -> Matter:
    """Tips that nobody took in hand; the list gives the newest first."""
    _, count = tips.list_tips(session, person.scope, state=TipState.RECEIVED, limit=1)
    last = max(count - 1, 0)
    oldest, _ = tips.list_tips(session, person.scope, state=TipState.RECEIVED, offset=last, limit=1)
    return _since(words.matter_tips, count, [one.received_at for one in oldest], "pages.tips")


def _licensed_near_schools(session: Session, person: Person, today: date) -> Matter:
    """Venues in a school's ring that got a licence lately, as far as they were screened since."""
    since = today - NEW
    _, count = list_register(session, person.scope, licensed_since=since, limit=1)
    address = url_for("pages.venues", licensed_since=since)
    return Matter(words.matter_licensed, count, first_licensed(session, person.scope, since), address)


def _unhanded(session: Session, person: Person) -> Matter:
    """Mandatory reports that nobody handed on: late from the first moment."""
    _, count = mandatory.list_reports(session, person, waiting=True, limit=1)
    oldest = mandatory.oldest_waiting(session, person)
    day = oldest.astimezone(SHANGHAI).date() if oldest else None
    address = url_for("pages.mandatory_reports", waiting="true")
    return Matter(words.matter_mandatory, count, day, address, is_late=count > 0)


def _late_tips(session: Session, person: Person, today: date) -> Matter:
    _, count = tips.list_tips(session, person.scope, overdue_on=today, limit=1)
    oldest = tips.oldest_late(session, person.scope, today)
    address = url_for("pages.tips", overdue="true")
    return Matter(words.matter_tips_late, count, oldest, address, is_late=count > 0)


def _staff_queries(session: Session, person: Person, today: date) -> Matter:
    count, oldest = staff_queries.late(session, person, today)
    address = url_for("pages.contact_units", late="true")
    return Matter(words.matter_staff_queries, count, oldest, address, is_late=count > 0)


def _silent_tablets(session: Session, person: Person, now: datetime) -> Matter:
    silent = devices.silent_tablets(session, person.scope, now=now, since=now - SILENT)
    heard = [one.last_used_at or one.created_at for one in silent[:1]]
    return _since(words.matter_silent, len(silent), heard, "pages.device_list")


def _since(word: Word, count: int, times: list[datetime], endpoint: str) -> Matter:
    oldest = times[0].astimezone(SHANGHAI).date() if times else None
    return Matter(word, count, oldest, url_for(endpoint))
