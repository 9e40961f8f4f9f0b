"""What can be done to transfers. The caller owns the transaction and holds the row; nothing here commits."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from backend.accounts.models import Agency
from backend.accounts.rules import Role
from backend.accounts.scope import Person
from backend.cases.actions import certified_officers, refuse
from backend.cases.papers import paper_kept
from backend.cases.rules import ACTORS, OPENED, Because, Hindrance, Who, hindrances, missing_papers
from backend.core import audit
from backend.core.days import day_of
from backend.core.errors import InvalidInput, NotAllowed
from backend.rulebook import queries as rulebook
from backend.rulebook.procedure import Step
from backend.tasks import queries as tasks
from backend.tips import queries as tips
from backend.tips import triage
from backend.transfers import clocks, letters, packages, queries
from backend.transfers.errors import Bounced, TransferOpen
from backend.transfers.in_cases import follow_in_case
from backend.transfers.models import Transfer, TransferStep
from backend.transfers.rules import Body, Kind, body_of, may_receive
from backend.transfers.subjects import subject_of


def propose(session: Session, said: dict[str, Any], *, by: Person, now: datetime) -> Transfer:
    """Propose to transfer a case, a visit or a tip, or a lead for a procuratorate, with its team.

    Raises NotAllowed, InvalidInput, NotFound, InACase, Bounced, TransferOpen.
    """
    if by.agency_id is None:
        raise NotAllowed(agency_id=None)
    kind = Kind(said["kind"])
    subject = subject_of(session, kind, said, by=by)
    to = _receiver(session, kind, said, by)
    if received_id := said.get("received_id"):
        _refuse_bouncing(session, received_id, to["to_agency_id"], by)
    team = _team(session, kind, said.get("officer_ids") or [], subject.officers, by=by, now=now)
    law = rulebook.current(session).on(day_of(now))
    procedure = law.transfer(kind.name)
    transfer = Transfer(
        kind=kind, lead_kind=said.get("lead_kind"), agency_id=by.agency_id, team=team, reason=said["reason"],
        state=procedure.start, proposed_by=by.id, proposed_at=now, **subject.columns, **to,
    )  # fmt: skip
    try:
        with session.begin_nested():
            session.add(transfer)
    except IntegrityError:
        raise TransferOpen(kind=kind) from None
    step = _write(
        session, transfer, step=OPENED, from_state=None, to_state=transfer.state, actor=ACTORS[by.role],
        user_id=by.id, made_at=now, recorded_at=now, rulebook_version=law.rulebook.version, clauses=[],
        papers=[], reason=said["reason"],
    )  # fmt: skip
    clocks.begin(session, transfer, step, [procedure.clocks[one] for one in procedure.starts])
    audit.record(
        session, "transfer.propose", by=by.actor, subject=f"transfer:{transfer.id}", detail={"kind": kind}
    )
    session.flush()
    session.expire(transfer)
    return transfer


def take_step(
    session: Session, transfer: Transfer, said: dict[str, Any], *, by: Person, now: datetime
) -> TransferStep:
    """Make a step: note it, begin and end its clocks, move the transfer on, and its case or tip with it.

    Raises StepRefused with the first reason, InvalidInput, TipSettled.
    """
    law = rulebook.current(session).on(day_of(now))
    procedure = law.transfer(transfer.kind.upper())
    if (step := procedure.steps.get(said["step"])) is None:
        raise InvalidInput(step="unknown")
    made_at = said.get("made_at") or now
    papers = [*_brought(session, transfer, step, said), *_package_paper(session, transfer, step)]
    brought = [paper["id"] for paper in papers]
    on = day_of(made_at)
    found = list(hindrances(step, procedure, queries.facts(transfer), Who(by.id, by.role), on))
    found += _of_what_is_said(transfer, step, made_at, said, brought, now)
    refuse(found)
    follow_in_case(session, transfer, step.id, papers, said.get("reason"), by=by, made_at=made_at, now=now)
    row = _write(
        session, transfer, step=step.id, from_state=transfer.state, to_state=step.to or transfer.state,
        actor=step.actor, user_id=by.id, made_at=made_at, recorded_at=now,
        rulebook_version=law.rulebook.version, clauses=list(step.clauses), papers=papers,
        reason=said.get("reason"),
    )  # fmt: skip
    if step.names_officers:
        wanted = said.get("officer_ids") or []
        transfer.team = _team(session, Kind(transfer.kind), wanted, (), by=by, now=now)
    transfer.state, transfer.version = row.to_state, transfer.version + 1
    transfer.is_over = procedure.states[row.to_state].over
    clocks.end(transfer, row, None if transfer.is_over else step.stops)
    clocks.begin(session, transfer, row, [procedure.clocks[one] for one in step.starts])
    if row.step == "hand_over":
        transfer.handed_at = made_at
        _hand_tip_on(session, transfer, by=by, now=now)
    detail = {"step": step.id, "seq": row.seq}
    audit.record(session, "transfer.step", by=by.actor, subject=f"transfer:{transfer.id}", detail=detail)
    session.flush()
    session.expire(transfer)
    return row


def _receiver(session: Session, kind: Kind, said: dict[str, Any], by: Person) -> dict[str, Any]:
    """An agency of the register, or a body by its name and kind."""
    if agency_id := said.get("to_agency_id"):
        agency = session.get(Agency, agency_id)
        if agency is None or agency.id == by.agency_id:
            raise InvalidInput(to_agency_id="not_another")
        name, body = agency.name_zh, body_of(agency.authority)
    elif said.get("to_name") and said.get("body"):
        name, body = said["to_name"], Body(said["body"])
    else:
        raise InvalidInput(to_name="required")
    if not may_receive(kind, body):
        raise InvalidInput(body="not_for_this_kind")
    return {"to_agency_id": agency_id or None, "to_name": name, "body": body}


def _refuse_bouncing(session: Session, received_id: int, to_agency_id: int | None, by: Person) -> None:
    """What came with a transfer does not go back with another: in a dispute the common superior decides.

    (行政处罚法 art. 25 ¶2.) Other matters of the same venue may go there.
    """
    came = select(Transfer.agency_id).where(
        queries.visible(by.scope), Transfer.id == received_id, Transfer.to_agency_id == by.agency_id
    )
    sender = session.scalar(came)
    if sender is None:
        raise InvalidInput(received_id="unknown")
    if sender == to_agency_id:
        raise Bounced(transfer_id=received_id)


def _team(
    session: Session, kind: Kind, wanted: Sequence[int], in_hand: Sequence[int], *, by: Person, now: datetime
) -> list[int]:
    """Who carries it: those named, else the officers of the case, else the inspector who proposes it.

    A suspected crime takes two certified officers (行政执法机关移送涉嫌犯罪案件的规定 art. 5 ¶1).
    """
    team = list(dict.fromkeys(wanted)) or list(in_hand)
    if not team and by.role is Role.INSPECTOR:
        team = [by.id]
    if kind is Kind.POLICE_CRIME:
        return [one.id for one in certified_officers(session, by, team, day_of(now))]
    known = {one.id for one in tasks.officers_for(session, by.scope)}
    if not team:
        raise InvalidInput(officer_ids="required")
    if strangers := set(team) - known - {by.id}:
        raise NotAllowed(officer_ids=sorted(strangers))
    return team


def _brought(session: Session, transfer: Transfer, step: Step, said: dict[str, Any]) -> list[dict[str, Any]]:
    """Papers by their names, as somebody typed them, or as they were issued. A package is never typed.

    Raises InvalidInput.
    """
    typed = [one for one in said.get("papers", []) if one["id"] != "package"]
    issued = letters.issued_of(session, transfer, only_counting=True)
    return [paper_kept(step, one, issued) for one in typed]


def _package_paper(session: Session, transfer: Transfer, step: Step) -> list[dict[str, Any]]:
    """A lead goes with its newest package, by its hash, as long as all in it may still go."""
    if "package" not in {paper.id for paper in step.needs} or not transfer.packages:
        return []
    newest = transfer.packages[-1]
    if packages.is_stale(session, newest):
        return []
    return [{"id": "package", "name": f"{newest.uuid}.zip", "sha256": newest.sha256}]


def _of_what_is_said(
    transfer: Transfer, step: Step, made_at: datetime, said: dict[str, Any], brought: Sequence[str],
    now: datetime,
) -> list[Hindrance]:  # fmt: skip
    found = []
    if said.get("version", transfer.version) != transfer.version:
        found.append(Hindrance(Because.CHANGED_MEANWHILE))
    if made_at > now:
        found.append(Hindrance(Because.IN_THE_FUTURE))
    if made_at < transfer.steps[-1].made_at:
        found.append(Hindrance(Because.BEFORE_THE_LAST))
    if missing := missing_papers(step, brought):
        found.append(Hindrance(Because.PAPERS_MISSING, missing))
    if step.needs_reason and not said.get("reason"):
        found.append(Hindrance(Because.REASON_MISSING))
    return found


def _write(session: Session, transfer: Transfer, **values: Any) -> TransferStep:
    step = TransferStep(transfer_id=transfer.id, seq=len(transfer.steps) + 1, **values)
    session.add(step)
    session.flush()
    return step


def _hand_tip_on(session: Session, transfer: Transfer, *, by: Person, now: datetime) -> None:
    """The tip is with its receiver now; its own clocks stay as they were."""
    if transfer.tip_id is not None:
        tip = tips.tip(session, by.scope, transfer.tip_id, to_change=True)
        triage.transfer(session, tip, transfer.to_name, "", by=by, now=now)
