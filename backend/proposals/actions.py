"""What can be done to proposals. The caller owns the transaction; rows change through their own actions."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import orjson
from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.accounts.scope import DevicePerson, Person, Scope
from backend.core import audit
from backend.core.days import SHANGHAI
from backend.core.db import insert_if_new
from backend.core.errors import InvalidInput, NotAllowed
from backend.proposals import values
from backend.proposals.errors import NotYetSo, OwnProposal, ProposalChanged, ProposalSettled, RowChanged
from backend.proposals.models import Proposal, State
from backend.proposals.rules import MINE, REVIEWED, THEIRS, WAITING, Outcome, merge
from backend.proposals.targets import TARGETS, Row

Proposer = Person | DevicePerson
_PLAIN = ("seen_version", "reason", "effective_on", "evidence_instance_id", "evidence_number", "noted_at")


def propose(
    session: Session, kind: str, row_id: int, said: Mapping[str, Any], *, by: Proposer, now: datetime
) -> tuple[Proposal, bool]:
    """Take a proposal in once, however often it is sent. Returns it, and whether it is new.

    Fields that nobody else changed go in at once, unless a person always looks at them; the others wait.
    Raises ProposalChanged, InvalidInput, and NotFound for rows out of scope.
    """
    target = TARGETS[kind]
    row = target.find(session, by.scope, row_id, to_change=True)
    mine, theirs = values.kept(values.by_field(said["values"])), target.fields_of(row)
    values.check(values.by_field(said["values"]))
    digest = _digest(session, kind, row_id, said)
    fields = _fields(kind, row, said, mine, theirs)
    is_waiting = any(field["outcome"] in WAITING for field in fields.values())
    new_id = insert_if_new(
        session, Proposal, uuid=said["uuid"], digest=digest, met_version=row.version, fields=fields,
        received_at=now, state=State.WAITING if is_waiting else State.MERGED, **_proposer(by),
        **{target.column: row_id}, **{name: said.get(name) for name in _PLAIN},
    )  # fmt: skip
    proposal = session.scalars(select(Proposal).where(Proposal.uuid == said["uuid"])).one()
    if new_id is None:
        if proposal.digest != digest or proposal.user_id != _proposer(by)["user_id"]:
            raise ProposalChanged(uuid=said["uuid"])
        return proposal, False
    outcomes = {name: field["outcome"] for name, field in fields.items()}
    _note(session, "file", proposal, by, outcomes=outcomes)
    _change(session, by.scope, proposal, row, Outcome.MERGED, by=by.actor, now=now)
    return proposal, True


def decide(
    session: Session,
    proposal: Proposal,
    picks: Mapping[str, str],
    *,
    row_version: int,
    reason: str | None,
    by: Person,
    now: datetime,
) -> Proposal:
    """Pick a value for each field that waits; what is picked from the proposal goes into the register.

    `row_version` is the row that the decision was made on. Raises ProposalSettled, RowChanged, OwnProposal,
    NotYetSo, InvalidInput.
    """
    row = _open_row(session, proposal, by)
    if row.version != row_version:
        raise RowChanged(version=row.version)
    if set(picks) != set(proposal.waiting_fields):
        raise InvalidInput(picks=sorted(set(picks) ^ set(proposal.waiting_fields)))
    if by.id == proposal.user_id and any(REVIEWED[proposal.kind][name] for name in picks):
        raise OwnProposal(uuid=proposal.uuid)
    if MINE in picks.values() and proposal.effective_on and proposal.effective_on > _day(now):
        raise NotYetSo(effective_on=proposal.effective_on.isoformat())
    if MINE not in picks.values() and not reason:
        raise InvalidInput(reason="missing")
    _pick(proposal, picks)
    _settle(proposal, State.ACCEPTED if MINE in picks.values() else State.REFUSED, reason, by, now)
    _note(session, "decide", proposal, by, picks=dict(picks))
    _change(session, by.scope, proposal, row, MINE, by=by.actor, now=now)
    return proposal


def refuse(session: Session, proposal: Proposal, *, reason: str, by: Person, now: datetime) -> Proposal:
    """Leave the register as it is in every field that waits, and say why. Raises ProposalSettled."""
    row = _open_row(session, proposal, by)
    picks = dict.fromkeys(proposal.waiting_fields, THEIRS)
    _pick(proposal, picks)
    _settle(proposal, State.REFUSED, reason, by, now)
    _note(session, "refuse", proposal, by, version=row.version)
    return proposal


def withdraw(session: Session, proposal: Proposal, *, by: Person, now: datetime) -> Proposal:
    """Take back one's own proposal as far as it waits. Raises NotAllowed, ProposalSettled."""
    if by.id != proposal.user_id:
        raise NotAllowed(uuid=proposal.uuid)
    if proposal.state != State.WAITING:
        raise ProposalSettled(state=proposal.state)
    _settle(proposal, State.WITHDRAWN, None, by, now)
    _note(session, "withdraw", proposal, by)
    return proposal


def _fields(
    kind: str, row: Row, said: Mapping[str, Any], mine: dict[str, Any], theirs: dict[str, Any]
) -> dict[str, dict[str, Any]]:
    """Each proposed field with what was seen, what is there, and what becomes of it."""
    if said["seen_version"] > row.version:
        raise InvalidInput(seen_version="not_there_yet")
    is_newest = said["seen_version"] == row.version
    base = theirs if is_newest else values.kept(values.by_field(said.get("seen") or {}))
    seen = {name: value for name, value in base.items() if name in mine}
    outcomes = merge(kind, *(values.comparable(fields) for fields in (seen, theirs, mine)))
    return {
        name: {"mine": mine[name], "theirs": theirs[name], "outcome": str(outcomes[name])}
        | ({"base": seen[name]} if name in seen else {})
        for name in mine
    }


def _change(
    session: Session, scope: Scope, proposal: Proposal, row: Row, which: str, *, by: str, now: datetime
) -> None:
    """Bring the fields that merge, or that were picked, into the register."""
    chosen = {
        name: field["mine"]
        for name, field in proposal.fields.items()
        if which in (field["outcome"], field.get("pick"))
    }
    if chosen:
        TARGETS[proposal.kind].change(session, scope, row, values.as_said(chosen), by=by, now=now)


def _open_row(session: Session, proposal: Proposal, by: Person) -> Row:
    row = TARGETS[proposal.kind].find(session, by.scope, proposal.row_id, to_change=True)
    session.refresh(proposal, with_for_update=True)
    if proposal.state != State.WAITING:
        raise ProposalSettled(state=proposal.state)
    return row


def _day(now: datetime) -> date:
    return now.astimezone(SHANGHAI).date()


def _pick(proposal: Proposal, picks: Mapping[str, str]) -> None:
    proposal.fields = {
        name: field | ({"pick": picks[name]} if name in picks else {})
        for name, field in proposal.fields.items()
    }


def _settle(proposal: Proposal, state: State, reason: str | None, by: Person, now: datetime) -> None:
    proposal.state, proposal.decision_reason = state, reason
    proposal.decided_by, proposal.decided_at = by.id, now


def _proposer(by: Proposer) -> dict[str, int | None]:
    if isinstance(by, DevicePerson):
        return {"user_id": by.user_id, "device_id": by.device_id, "agency_id": by.agency_id}
    return {"user_id": by.id, "device_id": None, "agency_id": by.agency_id}


def _digest(session: Session, kind: str, row_id: int, said: Mapping[str, Any]) -> bytes:
    told = orjson.dumps([kind, row_id, values.kept(dict(said))], option=orjson.OPT_SORT_KEYS, default=str)
    digest: bytes = session.info["keys"].keyed_hash("proposal", told)
    return digest


def _note(session: Session, deed: str, proposal: Proposal, by: Proposer, **detail: Any) -> None:
    subject = f"proposal:{proposal.id}"
    row = {proposal.kind: proposal.row_id}
    audit.record(session, f"proposal.{deed}", by=by.actor, subject=subject, detail=row | detail)
