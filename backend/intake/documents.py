"""Taking in what was handed over on the spot: once, sealed, and its number then counts as used."""

import zlib
from base64 import b64decode
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.accounts.device_keys import is_signed
from backend.accounts.scope import DevicePerson, Person
from backend.core import audit
from backend.core.db import insert_if_new
from backend.core.deployment import Deployment
from backend.core.errors import NotFound
from backend.core.sealed import visit_key
from backend.intake.document_contents import place
from backend.intake.document_format import DOMAIN, Handed, read_content
from backend.intake.document_models import HandedDocument
from backend.intake.errors import DocumentChanged, DocumentTooLarge
from backend.intake.models import Signed
from backend.intake.orders import take_up
from backend.intake.signing import canonical
from backend.tasks import ledger
from backend.tasks.errors import NumberTaken
from backend.tasks.rules import DocumentKind

Sender = Person | DevicePerson


def receive(
    deployment: Deployment, content: bytes, handed: Handed, *, by: Sender, signed: Signed, now: datetime,
    is_rescued: bool = False,
) -> bool:  # fmt: skip
    """Keep a document, durable when this returns; whether it is new. It owns its transaction.

    The same again is a success. Raises DocumentUnacceptable, DocumentTooLarge, DocumentChanged.
    """
    if len(content) > (limit := deployment.settings.max_xml_bytes):
        raise DocumentTooLarge(limit=limit)
    said, packed = read_content(content, handed.sha256), zlib.compress(content, 6)
    with deployment.unit_of_work() as session:
        key = visit_key(session, handed.visit)
        tablet = by if isinstance(by, DevicePerson) else None
        new_id = insert_if_new(
            session, HandedDocument, document=handed.document, visit_no=handed.visit,
            kind=said["document"]["kind"], number_id=_number(session, handed, tablet), sha256=handed.sha256,
            how=handed.how, handed_at=handed.at, sealed=key.seal(packed, place(handed.document)),
            key_id=key.row_id, user_id=by.user_id if isinstance(by, DevicePerson) else by.id,
            device_id=tablet and tablet.device_id, agency_id=by.agency_id, received_at=now, signed=signed,
            is_rescued=is_rescued,
        )  # fmt: skip
        if new_id is None:
            _hold_against(session, handed)
            return False
        detail = {"kind": said["document"]["kind"], "number": handed.number, "sha256": handed.sha256}
        subject = f"document:{handed.document}"
        audit.record(session, "document.receive", by=by.actor, subject=subject, detail=detail)
        if said["document"]["kind"] == DocumentKind.ORDER_TO_CORRECT:
            take_up(session, handed.visit, by.agency_id, now=now)
        return True


def _number(session: Session, handed: Handed, tablet: DevicePerson | None) -> int | None:
    """The number that it bears counts as used from now on; where the ledger says otherwise, both stay."""
    if handed.number is None or tablet is None:
        return None
    try:
        ledger.use(session, handed.number, document=handed.document, used_at=handed.at, by=tablet)
    except NotFound:
        return None
    except NumberTaken:
        pass  # the page shows that the ledger names another document, or none
    return handed.number


def _hold_against(session: Session, handed: Handed) -> None:
    known = session.scalars(select(HandedDocument).filter_by(document=handed.document)).one()
    if (known.sha256, known.visit_no) != (handed.sha256, handed.visit):
        raise DocumentChanged(document=handed.document)


def verdict(by: DevicePerson, handed: Handed, signature: str) -> Signed:
    """How the signature beside a document stands; it never blocks."""
    if not signature or by.public_key is None:
        return Signed.ABSENT
    try:
        shown = b64decode(signature, validate=True)
    except ValueError:
        return Signed.INVALID
    holds = is_signed(by.public_key, shown, DOMAIN + canonical(handed.said()))
    return Signed.VALID if holds else Signed.INVALID
