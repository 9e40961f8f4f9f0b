"""What keeps an inspection and what of it is gone; on which basis pictures of children are kept with it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from backend.accounts.queries import names_of
from backend.accounts.scope import Person
from backend.core.days import SHANGHAI, today
from backend.inspections.models import Visit
from backend.retention import actions, queries
from backend.retention.api import HOLDERS, READERS, SEERS
from backend.retention.models import Certificate, LegalHold, ProcessingBasis
from backend.retention.rules import STATUTORY_CLAUSES
from backend.rulebook import queries as rulebook
from backend.web.law import Cited, cited
from backend.web.shell import minute
from backend.web.words import t

CHILD_CLAUSES = ("pipl:28.1", "pipl:31.1", "sh-minors-regs:41.2")


@dataclass(frozen=True, slots=True)
class HoldShown:
    """A hold: why, by whom, until when; its note only where the record is open."""

    row: LegalHold
    set_by: str
    lifted_by: str
    note: str


@dataclass(frozen=True, slots=True)
class BasisNoted:
    """A noted basis in words; where its paper lies only where the record is open."""

    row: ProcessingBasis
    seen_by: str
    said: str
    reference: str


@dataclass(frozen=True, slots=True)
class Kept:
    """All of it for one inspection and one reader."""

    is_destroyed: bool
    certificates: list[Certificate]
    holds: list[HoldShown]
    may_hold: bool
    may_read: bool  # the certificates
    has_child_data: bool
    bases: list[BasisNoted]
    may_note: bool
    clauses: list[Cited]
    duties: list[tuple[str, str]]

    @property
    def is_held(self) -> bool:
        return any(one.row.lifted_at is None for one in self.holds)


def kept_of(session: Session, reader: Person, visit: Visit, *, is_open: bool) -> Kept:
    """What a reader is shown; `is_open` when the record is, and that look is in the audit trail."""
    holds, bases = queries.holds_of(session, visit), queries.bases_of(session, visit)
    is_destroyed = queries.is_destroyed(session, visit)
    people = {one for hold in holds for one in (hold.set_by, hold.lifted_by) if one}
    names = names_of(session, {f"user:{one}" for one in people | {basis.seen_by for basis in bases}})
    law, is_open = rulebook.current(session).on(today()), is_open and not is_destroyed
    return Kept(
        is_destroyed=is_destroyed,
        certificates=queries.certificates_of(session, visit),
        holds=[
            HoldShown(
                one, _by(names, one.set_by, one.set_at), _by(names, one.lifted_by, one.lifted_at),
                actions.note_of(session, one) if is_open else "",
            )
            for one in holds
        ],
        may_read=reader.role in READERS,
        may_hold=reader.role in HOLDERS and not is_destroyed,
        has_child_data=queries.has_child_data(session, visit),
        bases=[
            BasisNoted(
                one, names.get(f"user:{one.seen_by}", t.not_stated), _said(session, one),
                actions.reference_of(session, visit, one) if is_open else "",
            )
            for one in bases
        ],
        may_note=reader.role in SEERS,
        clauses=cited(law, CHILD_CLAUSES),
        duties=list(zip(STATUTORY_CLAUSES, _titles(cited(law, STATUTORY_CLAUSES)), strict=True)),
    )  # fmt: skip


def _titles(clauses: Iterable[Cited]) -> list[str]:
    return [f"{one.citation} {t.text(one.summary)}" for one in clauses]


def _by(names: dict[str, str], user_id: int | None, at: datetime | None) -> str:
    if user_id is None or at is None:
        return ""
    return t.hold_by_at.format(name=names.get(f"user:{user_id}", t.not_stated), at=minute(at))


def _said(session: Session, basis: ProcessingBasis) -> str:
    if basis.clause:
        law = rulebook.version(session, basis.rulebook_version).on(
            basis.entered_at.astimezone(SHANGHAI).date()
        )
        return t.one_after_another(one.citation for one in cited(law, [basis.clause]))
    return t.basis_consent.format(
        form=t.named("consent_form", basis.form or ""), who=t.named("given_by", basis.given_by or ""),
        day=basis.given_on,
    )  # fmt: skip
