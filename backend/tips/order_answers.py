"""What came of the work orders of a file, for the hotline that sent them (工单办理情况)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.accounts.scope import Scope
from backend.tips import queries
from backend.tips.contents import kept_answer
from backend.tips.models import Tip
from backend.tips.order_importing import file_of
from backend.tips.order_models import OrderRow


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a tip of a work order stands; `answer` is None before there is one, or once it is destroyed."""

    channel_no: str | None
    receipt_no: str
    nature: str
    state: str
    to_name: str | None
    received_at: datetime
    answered_at: datetime | None
    answer: str | None


def outcomes(session: Session, scope: Scope, file_id: int) -> list[Outcome]:
    """The tips in scope of a file's orders, by the channel's numbers. Whoever shows them writes it down.

    An order that is handled as a report and as a complaint is two of them, each with its own answer.
    """
    file = file_of(session, scope, file_id)
    taken = select(OrderRow.tip_id).where(OrderRow.order_file_id == file.id, OrderRow.tip_id.is_not(None))
    numbers = select(Tip.channel_no).where(Tip.id.in_(taken))
    wanted = select(Tip).where(
        Tip.source == file.channel, Tip.channel_no.in_(numbers), queries.visible(scope)
    )
    tips = session.scalars(wanted.order_by(Tip.channel_no, Tip.id)).all()
    return [
        Outcome(one.channel_no, one.receipt_no, one.nature, one.state, one.to_name, one.received_at,
                one.answered_at, kept_answer(session, one) if one.sealed_answer else None)
        for one in tips
    ]  # fmt: skip
