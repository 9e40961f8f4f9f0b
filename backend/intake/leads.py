"""Street leads from tablets (街面线索): a signed record first, its pictures after, then what is here of them.

Everything a tablet sends goes one way: an instanceID, a signature over record and files, a question by hash.
"""

import hashlib
from datetime import datetime

from sqlalchemy.orm import Session

from backend.accounts.scope import DevicePerson
from backend.core.errors import NotFound
from backend.intake import signing
from backend.intake.actions import Sender
from backend.intake.held import Held, HeldFile
from backend.intake.models import Signed
from backend.intake.parts import Parts
from backend.tips import actions, queries
from backend.tips.contents import record_of
from backend.tips.models import Tip
from backend.tips.pictures import ready
from backend.tips.reading import read

PREFIX = "lead:"


def receive(
    session: Session, record: bytes, signature: bytes, *, by: DevicePerson, now: datetime
) -> tuple[Tip, bool]:
    """Keep a lead; how its signature stands is shown beside it. Returns it, and whether it is new."""
    signed = signing.verdict(by, PREFIX + read(record).uuid, Parts(record, signature))
    return actions.receive_lead(session, record, is_signed=signed is Signed.VALID, by=by, now=now)


def rescue(
    session: Session, instance_id: str, name: str, content: bytes, *, by: Sender, now: datetime
) -> bool:
    """Keep a lead, or the picture of that name, from a rescue file, whose signature counts for all of it.

    Whether it is new. Raises NotFound for another's, TipChanged, PictureUnannounced.
    """
    if name:
        tip = queries.own(session, by, instance_id.removeprefix(PREFIX))
        return actions.add_picture(session, tip, name, ready(content), by=by.actor, now=now)[1]
    if PREFIX + read(content).uuid != instance_id:
        raise NotFound(instance_id=instance_id)
    is_signed = isinstance(by, DevicePerson)
    return actions.receive_lead(session, content, is_signed=is_signed, by=by, now=now)[1]


def held(session: Session, tablet: DevicePerson, uuid: str) -> Held:
    """What is kept of one that came from this tablet or its officer. Raises NotFound, ContentDestroyed."""
    return kept(session, queries.own(session, tablet, uuid))


def kept(session: Session, tip: Tip) -> Held:
    """What is kept of a lead, by hashes and sizes of what the tablet has. Raises ContentDestroyed."""
    files = [HeldFile(one.name, one.size, one.sha256) for one in tip.pictures if one.came_at]
    return Held(PREFIX + tip.uuid, hashlib.sha256(record_of(session, tip)).hexdigest(), files)
