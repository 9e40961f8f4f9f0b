"""What a step of a transfer means for the case that it comes from: the case makes a step of its own with it.

How a case goes is its own procedure's matter: there the report of a suspected crime bars every penalty.
"""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from backend.accounts.scope import Person
from backend.cases import actions, queries
from backend.cases.errors import StepRefused
from backend.cases.models import Case
from backend.cases.rules import TRANSFERRED, Because
from backend.core.days import day_of
from backend.transfers.models import Transfer
from backend.transfers.rules import Kind

_TO_OTHERS = {
    "approve": ("transfer_other", "pass_on"), "hand_over": ("hand_case_over", "hand_lead_over"),
    "note_designated_us": ("take_back_transferred",),
}  # fmt: skip
_STEPS = {
    Kind.DEPARTMENT: _TO_OTHERS,
    Kind.POLICE_LEAD: _TO_OTHERS,
    Kind.POLICE_CRIME: {
        "report": ("report_crime",), "refuse": ("refuse_crime",),
        "approve": ("transfer_crime", "pass_crime_on"),
        "hand_over": ("hand_crime_over", "hand_crime_lead_over"), "take_back": ("take_back_transferred",),
    },
    Kind.PROCURATORATE: {},
}  # fmt: skip


def follow_in_case(
    session: Session, transfer: Transfer, step: str, papers: list[dict[str, Any]], reason: str | None,
    *, by: Person, made_at: datetime, now: datetime,
) -> None:  # fmt: skip
    """Make the step that belongs to it in the case. Raises StepRefused where the case stands elsewhere.

    A case that somebody transferred already, or that was closed since, is left as it is.
    """
    ways = _STEPS[Kind(transfer.kind)].get(step, ())
    if transfer.case_id is None or not ways:
        return
    case = queries.case(session, by.scope, transfer.case_id, to_change=True)
    way = _open_way(session, case, ways, now)
    if way is None:
        if step == "report" or (step == "approve" and case.state not in TRANSFERRED):
            raise StepRefused(because=Because.NOT_FROM_HERE, names=[], case_id=case.id)
        return
    said = {
        "step": way, "version": case.version, "papers": papers, "reason": reason or transfer.reason,
        "made_at": made_at,
    }  # fmt: skip
    actions.take_step(session, case, said, by=by, now=now, helpers=transfer.team)


def _open_way(session: Session, case: Case, ways: tuple[str, ...], now: datetime) -> str | None:
    """The first of these steps that leads on from where the case stands."""
    procedure = queries.procedure_of(session, case, day_of(now))
    running = {one.clock for one in case.running}
    for way in ways:
        step = procedure.steps[way]
        is_idle = step.stays and step.stops and running.isdisjoint(step.stops)
        if case.state in step.out_of and not is_idle:
            return way
    return None
