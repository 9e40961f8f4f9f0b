"""Packages of evidence that go with a lead (线索材料包): without anybody's name, sealed, each look noted."""

import io
import os
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

import orjson
from cryptography.exceptions import InvalidTag
from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.accounts.models import Agency
from backend.accounts.rules import Role
from backend.accounts.scope import Person
from backend.cases.errors import StepRefused
from backend.cases.rules import Because
from backend.core import audit
from backend.core.days import day_of
from backend.core.deployment import Deployment
from backend.core.errors import NotFound
from backend.core.sealed import ContentDestroyed, known_visit_key, open_stream, visit_key
from backend.documents.blocks import Document
from backend.documents.distance_report import distance_report
from backend.documents.html import as_page
from backend.documents.measured import distance_facts
from backend.documents.pdf import as_pdf
from backend.inspections.models import Evidence, Visit
from backend.intake import document_queries
from backend.intake.document_contents import opened
from backend.intake.queries import content_of as evidence_content
from backend.rulebook import queries as rulebook
from backend.tips.errors import PictureUnreadable
from backend.tips.pictures import clean
from backend.transfers import evidence
from backend.transfers.models import Transfer, TransferPackage
from backend.transfers.redacting import RECORDS, Masking, operator_of, people_of, redacted
from backend.transfers.rules import Kind
from backend.transfers.zipped import SealedZip

FORMAT = "humiao-lead/1"
_PHOTO = re.compile(r"photos/visit-(\d+)-(\d+)\.jpg")
_PAGE = '<!doctype html>\n<html lang="zh-CN"><meta charset="utf-8"><title>{}</title>\n{}</html>\n'


@dataclass(frozen=True, slots=True)
class _Record:
    """A handed-over record before it is redacted, and the hash of its original."""

    kind: str
    document: Document
    sha256: str


@dataclass(frozen=True, slots=True)
class Built:
    """A package before a row names it: sealed under a secret that becomes its key."""

    uuid: str
    secret: bytes
    sealed: bytes
    sha256: str
    size: int
    files: list[dict[str, Any]]
    left_out: list[dict[str, Any]]


def build(
    session: Session, served: Deployment, transfer: Transfer, names: Sequence[str],
    *, by: Person, now: datetime,
) -> Built:  # fmt: skip
    """Put the evidence of a lead together; `names` are masked too wherever they stand, and not kept.

    Nothing is written: drawing takes a while, and nobody should wait for it. Raises StepRefused for a lead
    that is not approved, or handed over already, and for others than its team and the head; PackageTooLarge.
    """
    _refuse(transfer, by)
    uuid, secret = str(uuid4()), os.urandom(32)
    zipped = SealedZip(secret, _context(uuid), now)
    left_out = _fill(session, served, transfer, names, zipped, by=by, now=now)
    manifest = {
        "format": FORMAT, "package": uuid, "made_on": day_of(now).isoformat(),
        "lead_kind": transfer.lead_kind, "rulebook_version": rulebook.current(session).version,
        "fields": evidence.FIELDS, "files": zipped.files, "left_out": left_out,
    }  # fmt: skip
    finished = zipped.finish(orjson.dumps(manifest, option=orjson.OPT_INDENT_2))
    return Built(uuid, secret, *finished, zipped.files, left_out)


def keep(session: Session, transfer: Transfer, built: Built, *, by: Person, now: datetime) -> TransferPackage:
    """Keep a package with its hash and the list of its fields. Raises StepRefused."""
    _refuse(transfer, by)
    key = visit_key(session, _context(built.uuid), new_secret=built.secret)
    package = TransferPackage(
        transfer_id=transfer.id, uuid=built.uuid, sha256=built.sha256, size=built.size, files=built.files,
        fields=list(evidence.FIELDS), left_out=built.left_out, sealed=built.sealed, key_id=key.row_id,
        made_by=by.id, made_at=now,
    )  # fmt: skip
    session.add(package)
    session.flush()
    session.expire(transfer, ["packages"])
    detail = {"package": package.id, "sha256": built.sha256, "files": len(built.files)}
    audit.record(session, "transfer.package", by=by.actor, subject=f"transfer:{transfer.id}", detail=detail)
    return package


def _refuse(transfer: Transfer, by: Person) -> None:
    if transfer.kind != Kind.PROCURATORATE or transfer.state != "approved":
        raise StepRefused(because=Because.NOT_FROM_HERE, names=[])
    if by.role is not Role.SUPERVISOR and by.id not in transfer.team:
        raise StepRefused(because=Because.NOT_YOURS, names=[])


def is_stale(session: Session, package: TransferPackage) -> bool:
    """Whether a photo in it may show a minor after all, or its visit was corrected since: make another."""
    shown = [tuple(map(int, found.groups())) for one in package.files if (found := _PHOTO.match(one["name"]))]
    for visit_id, number in shown:
        visit = session.get_one(Visit, visit_id)
        photo = session.scalars(select(Evidence).filter_by(visit_id=visit_id, number=number)).one()
        if visit.corrections or photo.sealed:
            return True
    return False


def content_of(session: Session, package: TransferPackage, *, by: Person) -> Iterator[bytes]:
    """The ZIP, piece by piece; the look is in the audit trail. Raises ContentDestroyed."""
    key = known_visit_key(session, package.key_id)
    detail = {"package": package.id, "sha256": package.sha256}
    audit.record(
        session, "transfer.take_out", by=by.actor, subject=f"transfer:{package.transfer_id}", detail=detail
    )
    return open_stream(key.secret, io.BytesIO(package.sealed), _context(package.uuid))


def _context(uuid: str) -> str:
    """The place for which a package is sealed; its key bears the same name."""
    return f"package:{uuid}"


def _fill(
    session: Session, served: Deployment, transfer: Transfer, names: Sequence[str], zipped: SealedZip,
    *, by: Person, now: datetime,
) -> list[dict[str, Any]]:  # fmt: skip
    """Put everything in that may go; returns what was left out, why, and how many."""
    on, left = day_of(now), Counter[tuple[str, str]]()
    agency = session.get_one(Agency, transfer.agency_id)
    there = evidence.venues_of(session, served.settings, transfer, by, on)
    found = evidence.violations_at(session, by, there)
    visits = list({one.visit_id: one.visit for one in found}.values())
    records = list(_records(session, visits, left))
    known = [name for one in records for name in people_of(one.document)]
    known += [name for venue in there for name in operator_of(venue)]
    masking = Masking([*names, *known])
    said = masking.document(evidence.summary(session, transfer, agency, there, found, on))
    zipped.add("summary.html", _PAGE.format(said["title"], as_page(said, {})).encode())
    zipped.add("summary.pdf", as_pdf(said, {}, None, now).content)
    for venue in there:
        try:
            report = distance_facts(session, served.settings, by.scope, venue, agency, on=on)
        except NotFound:
            left["distance_report", "no_position"] += 1
            continue
        made = masking.document(distance_report(rulebook.current(session), report))
        zipped.add(f"distances/venue-{venue.id}.pdf", as_pdf(made, {}, None, now).content)
    for number, record in enumerate(records, 1):
        copy = masking.document(redacted(record.document))
        zipped.add(
            f"records/{number}-{record.kind}.pdf", as_pdf(copy, {}, None, now).content,
            original_sha256=record.sha256,
        )  # fmt: skip
    _add_photos(session, served, visits, zipped, left)
    left["typed_text", "may_name_people"] += len(visits)
    return [
        {"what": what, "why": why, "count": count} for (what, why), count in sorted(left.items()) if count
    ]


def _records(session: Session, visits: Sequence[Visit], left: Counter[tuple[str, str]]) -> Iterator[_Record]:
    """What was handed over at these visits, without what a person was asked or answered."""
    seen = set()
    for visit in visits:
        for handed in document_queries.of_visit(session, visit):
            if handed.id in seen:
                continue
            seen.add(handed.id)
            if handed.kind not in RECORDS:
                left["record", "may_name_people"] += 1
                continue
            try:
                yield _Record(handed.kind, opened(session, handed)["document"], handed.sha256)
            except ContentDestroyed:
                left["record", "destroyed"] += 1


def _add_photos(
    session: Session, served: Deployment, visits: Sequence[Visit], zipped: SealedZip,
    left: Counter[tuple[str, str]],
) -> None:  # fmt: skip
    """Photos of which the officer said that no minor is in them, without what the camera noted."""
    for visit in visits:
        chosen = select(Evidence).filter_by(visit_id=visit.id, kind="photo").order_by(Evidence.number)
        for photo in session.scalars(chosen):
            if photo.sealed:
                left["photo", "minor_possible"] += 1
                continue
            try:
                picture = clean(b"".join(evidence_content(session, served, visit, photo)))
            except (NotFound, ContentDestroyed, PictureUnreadable, InvalidTag, OSError):
                left["photo", "not_readable"] += 1
                continue
            zipped.add(
                f"photos/visit-{visit.id}-{photo.number}.jpg", picture, original_sha256=photo.arrived_sha256
            )
