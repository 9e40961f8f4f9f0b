"""Which documents a case needs where it stands, who makes them, and which were issued (文书)."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.accounts.rules import Role
from backend.accounts.scope import Person
from backend.cases import queries
from backend.cases.errors import StepRefused
from backend.cases.models import Case
from backend.cases.rules import ACTORS, Because, Who, hindrances
from backend.core.errors import InvalidInput, NotFound
from backend.documents.models import DocumentWithdrawal, IssuedDocument
from backend.rulebook.procedure import Actor, Step
from backend.tasks.rules import DocumentKind

_OF_THE_PERSON = {Because.NOT_YOURS, Because.OFFICER_OF_THE_CASE}


def kinds_now(session: Session, found: Case, by: Person, on: date) -> list[DocumentKind]:
    """The documents that the next steps of a case need and that this person may make, in their order.

    Whoever makes a step prepares its papers, and the officers of the case prepare those of its head. What
    keeps a step itself from being made (a ruling that is missing, a time that is not over) keeps its papers.
    """
    if not found.is_open:
        return []
    needed = [
        kind for step in _ahead(session, found, on) if _prepares(found, step.actor, by) for kind in _of(step)
    ]
    if by.id in _officers(found):
        needed.append(DocumentKind.EXTRACTION_RECORD)
        if found.venue.place is not None:
            needed.append(DocumentKind.DISTANCE_REPORT)
    return list(dict.fromkeys(needed))


def _ahead(session: Session, found: Case, on: date) -> Iterator[Step]:
    procedure, known = queries.procedure_of(session, found, on), queries.facts(found)
    nobody = Who(0, Role.INSPECTOR)
    for step in procedure.out_of(found.state):
        why = {one.because for one in hindrances(step, procedure, known, nobody, on)}
        if why <= _OF_THE_PERSON:
            yield step


def _of(step: Step) -> list[DocumentKind]:
    return [DocumentKind(kind) for paper in step.needs for kind in paper.documents]


def _prepares(found: Case, actor: Actor, by: Person) -> bool:
    if actor is Actor.REVIEWER:
        return by.role is Role.LEGAL_REVIEWER and by.id not in {one.user_id for one in found.officers}
    return by.id in _officers(found) or (actor is Actor.HEAD and ACTORS.get(by.role) is Actor.HEAD)


def _officers(found: Case) -> set[int]:
    return {one.user_id for one in found.officers_now}


def issued_of(
    session: Session, found: Case, *kinds: str, only_counting: bool = False
) -> Sequence[IssuedDocument]:
    """What was issued in a case, newest first; of some kinds, or only what was not withdrawn."""
    wanted = select(IssuedDocument).where(
        IssuedDocument.case_id == found.id, IssuedDocument.agency_id == found.agency_id
    )
    if kinds:
        wanted = wanted.where(IssuedDocument.kind.in_(kinds))
    if only_counting:
        gone = select(DocumentWithdrawal.document_id)
        wanted = wanted.where(IssuedDocument.id.not_in(gone))
    return session.scalars(wanted.order_by(IssuedDocument.id.desc())).all()


def paper_kept(
    step: Step, said: dict[str, Any], issued: Iterable[IssuedDocument], *, since: datetime | None = None
) -> dict[str, Any]:
    """A paper as a step keeps it: by its name, or of one of these documents its title, number and hash.

    Raises InvalidInput, StepRefused for what was issued before `since`.
    """
    if (document_id := said.get("document_id")) is None and said.get("name"):
        return {"id": said["id"], "name": said["name"], "sha256": said.get("sha256")}
    kinds = [kind for paper in step.needs if paper.id == said["id"] for kind in paper.documents]
    for one in issued:
        if one.id == document_id and one.kind in kinds:
            if since and one.issued_at < since:
                raise StepRefused(because=Because.PAPER_OUTDATED, names=[said["id"]])
            return {"id": said["id"], "name": f"{one.title} {one.number.text}", "sha256": one.sha256}
    raise InvalidInput(papers="unknown")


def issued_one(session: Session, found: Case, document_id: int) -> IssuedDocument:
    """A document of the case; NotFound for all others."""
    known = {one.id: one for one in issued_of(session, found)}
    if document_id not in known:
        raise NotFound(document_id=document_id)
    return known[document_id]
