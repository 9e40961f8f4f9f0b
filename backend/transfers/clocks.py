"""The clocks of a transfer: begun and ended by its steps, and counted once. Nothing here commits."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from backend.core.days import SHANGHAI
from backend.rulebook import queries as rulebook
from backend.rulebook.clocks import deadline
from backend.rulebook.procedure import Clock
from backend.transfers.models import Transfer, TransferClock, TransferStep


def begin(session: Session, transfer: Transfer, step: TransferStep, clocks: Iterable[Clock]) -> None:
    """Begin clocks at the moment of a step. Its days are natural days or hours: no calendar moves them."""
    calendar = rulebook.current(session).day
    for clock in clocks:
        last = deadline(clock, step.made_at.astimezone(SHANGHAI), calendar)
        session.add(
            TransferClock(
                transfer_id=transfer.id, clock=clock.id, whose=clock.whose, begun_at=step.made_at,
                due_on=last.due_on if last else None, due_at=last.at if last else None,
                rulebook_version=step.rulebook_version,
            )
        )  # fmt: skip


def end(transfer: Transfer, step: TransferStep, names: Iterable[str] | None = None) -> None:
    """End what runs of these clocks with a step; all where none is named."""
    wanted = None if names is None else set(names)
    for one in transfer.running:
        if wanted is None or one.clock in wanted:
            one.ended_at = step.made_at


def clock_of(session: Session, transfer: Transfer, row: TransferClock) -> Clock:
    """A clock as it was in the rulebook when it began."""
    law = rulebook.version(session, row.rulebook_version).on(row.begun_at.astimezone(SHANGHAI).date())
    return law.transfer(transfer.kind.upper()).clocks[row.clock]
