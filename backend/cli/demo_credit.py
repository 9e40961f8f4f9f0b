"""Invented entries of the credit registers: a warning that is public, a list entry whose party was told."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.accounts.scope import Person
from backend.cli.common import now
from backend.cli.demo_tasks import person_of
from backend.core.days import today
from backend.core.deployment import Deployment
from backend.credit import actions
from backend.credit.models import CreditEntry
from backend.credit.rules import Deed
from backend.venues.models import Venue, VenueActivity


def enter_credit(deployment: Deployment) -> None:
    """The supervisor proposes from decisions made elsewhere; the legal reviewer decides one of them."""
    with deployment.unit_of_work() as session:
        head, legal = person_of(session, "supervisor"), person_of(session, "legal")
        warned = _propose(session, head, "song_and_dance", "CRD-WARN", "示例文决〔2026〕11号（虚构）")
        _take(session, warned, Deed.LIST, legal, "示例警示决定〔2026〕1号（虚构）")
        _take(session, warned, Deed.PUBLISH, legal)
        terms = {"criterion_id": "CRD-SH-1", "document": "示例区失信名单办法第三条（虚构）",
                 "statement_days": 10, "months": 12, "repair_after_months": 6}  # fmt: skip
        actions.confirm(session, terms, by=legal, now=now())
        listed = _propose(session, head, "internet_cafe", "CRD-SH-1", "示例文决〔2026〕12号（虚构）")
        _take(session, listed, Deed.NOTIFY, head, "示例拟列入告知书〔2026〕1号（虚构）")


def _propose(session: Session, head: Person, activity: str, criterion: str, number: str) -> CreditEntry:
    here = select(Venue).join(VenueActivity).where(VenueActivity.activity == activity).order_by(Venue.id)
    venue = session.scalars(here.limit(1)).one()
    said = {
        "criterion_id": criterion, "venue_id": venue.id, "party": venue.operator_name or venue.name or "示例",
        "is_person": False, "responsible": [{"position": "principal", "name": "示例负责人"}],
        "act": "接纳未成年人（虚构）", "decision_no": number, "decision_on": today() - timedelta(60),
        "case_id": None, "decision_sha256": "0" * 64,
    }  # fmt: skip
    return actions.propose(session, said, by=head, now=now())


def _take(session: Session, entry: CreditEntry, deed: Deed, by: Person, paper: str | None = None) -> None:
    said: dict[str, Any] = {"deed": deed, "version": entry.version, "paper": paper}
    actions.take(session, entry, said, by=by, now=now())
