"""Making messages: what agreements in force have by now, once each, as the very bytes that will leave."""

import logging
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import orjson
from sqlalchemy.orm import Session

from backend.core import audit
from backend.core.batches import batches
from backend.core.days import day_of
from backend.core.db import insert_if_new
from backend.core.deployment import Deployment
from backend.core.personal_numbers import mask
from backend.sharing import queries
from backend.sharing.catalogue import CATALOGUE
from backend.sharing.datasets import Portion, Reading, portions
from backend.sharing.errors import FieldUnknown
from backend.sharing.models import SharingAgreement, SharingMessage
from backend.sharing.signing import sha256_of

FORMAT = "humiao-sharing/1"
_AT_ONCE = 50  # messages: each holds its bytes
log = logging.getLogger("humiao.sharing")


def collect(deployment: Deployment, *, now: datetime, by: str) -> dict[str, int]:
    """Make the messages that are not there yet; how many, and how many agreements could not be read.

    `refused` names a field that is not in the catalogue, `failed` went wrong and holds up no other.
    """
    with deployment.reading() as session:
        numbers = queries.in_force(session, day_of(now))
    counts = {"made": 0, "refused": 0, "failed": 0}
    for number in numbers:
        try:
            counts["made"] += _collect_one(deployment, number, now=now, by=by)
        except FieldUnknown:
            counts["refused"] += 1
        except Exception as problem:  # its text may hold what leaves
            log.error("agreement %s waits: %s", number, type(problem).__name__)
            counts["failed"] += 1
    return counts


def _collect_one(deployment: Deployment, number: int, *, now: datetime, by: str) -> int:
    """Rows are read before anything is written, some messages at a time: a city's take seconds."""
    made = 0
    with deployment.reading() as session:
        agreement = session.get_one(SharingAgreement, number)
        if unknown := set(agreement.fields) - {*CATALOGUE[agreement.dataset].names}:
            raise FieldUnknown(*unknown)
        reading = Reading(session, deployment.settings, agreement, day_of(now))
        known = queries.known_abouts(session, agreement.id)
        new = (one for one in portions(reading) if one.about not in known)
        for some in batches(new, _AT_ONCE):
            drafts = [_draft(session, agreement, one, now) for one in some]
            with deployment.unit_of_work() as writing:
                made += sum(_queue(writing, one, by) for one in drafts)
    return made


def message_id_of(session: Session, agreement: SharingAgreement, about: str) -> str:
    """The number that a message has everywhere, and always had."""
    said = f"{session.info['database_id']}/{agreement.id}/{agreement.dataset}/{about}"
    return str(uuid5(NAMESPACE_URL, said))


def _draft(session: Session, agreement: SharingAgreement, portion: Portion, now: datetime) -> dict[str, Any]:
    """The columns of a message, its very bytes among them."""
    message_id = message_id_of(session, agreement, portion.about)
    rows = [{"row_id": str(n)} | _minimal(agreement, row) for n, row in enumerate(portion.rows(), 1)]
    said = {
        "format": FORMAT, "message_id": message_id, "agreement": agreement.id,
        "receiver": agreement.receiver, "purpose": agreement.purpose, "legal_basis": agreement.legal_basis,
        "dataset": agreement.dataset, "about": portion.about, "area_code": agreement.area_code,
        "made_at": now, "rows": rows,
    }  # fmt: skip
    body = orjson.dumps(said, option=orjson.OPT_SORT_KEYS)
    return {
        "message_id": message_id, "agreement_id": agreement.id, "about": portion.about, "body": body,
        "sha256": sha256_of(body), "fields": list(agreement.fields), "row_count": len(rows), "made_at": now,
        "next_at": now,
    }  # fmt: skip


def _queue(session: Session, draft: dict[str, Any], by: str) -> bool:
    """Keep a message once, however many make it at the same time."""
    if (new_id := insert_if_new(session, SharingMessage, **draft)) is None:
        return False
    audit.record(session, "sharing.collect", by=by, subject=f"sharing_message:{new_id}")
    return True


def _minimal(agreement: SharingAgreement, row: dict[str, Any]) -> dict[str, Any]:
    """The fields of the agreement and no other; a number of a person in a text is gone."""
    chosen = {name: row[name] for name in agreement.fields}
    return {name: mask(value) if isinstance(value, str) else value for name, value in chosen.items()}
