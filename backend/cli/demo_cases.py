"""Invented orders to correct and cases of the demo's culture squad, at different steps."""

import hashlib
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import orjson
from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.accounts.scope import Person
from backend.cases import actions, order_queries, orders, penalties
from backend.cases.candidates import Amounts
from backend.cases.models import Case
from backend.cases.paper_facts import draft
from backend.cases.paper_forms import FORMS, prefilled, read
from backend.cases.proposing import Chosen, Item, Said
from backend.cli.common import BY, now
from backend.cli.demo_people import certificate_of
from backend.cli.demo_tasks import person_of
from backend.core.days import SHANGHAI, today
from backend.core.deployment import Deployment
from backend.core.settings import Settings
from backend.documents import actions as issuing
from backend.inspections.models import Violation, Visit
from backend.intake import documents
from backend.intake.document_format import Handed
from backend.intake.models import Signed
from backend.intake.orders import MEASURE
from backend.rulebook.procedure import Ruling
from backend.rulebook.rows import Penalty
from backend.tasks.rules import NUMBER_PLACE, DocumentKind

_TITLE = "责令限期改正通知书"
_STEPS = (  # of one case: who, which step, with which papers
    ("supervisor", "file_case", ("filing_form",)),
    ("inspector", "finish_investigation", ("report",)),
    ("legal", "pass_review", ("opinion",)),
    ("inspector", "serve_notice_of_hearing", ("notice", "receipt")),
)
_ISSUED = {"filing_form": DocumentKind.FILING_APPROVAL, "notice": DocumentKind.PENALTY_NOTICE}
_TELLS = "serve_notice_of_hearing"
_CASES = {"minors_refused": 4, "ids_registered": 1, "register_kept": 0}  # what was broken, how many steps


def follow_up(deployment: Deployment) -> None:
    """Hand the orders over, bring proof for one of them, and open three cases at different steps."""
    with deployment.reading() as session:
        inspector = person_of(session, "inspector")
        ordering = [
            one for one in session.scalars(select(Visit).order_by(Visit.id)) if MEASURE in one.measures
        ]
        handed = [(visit.visit_no, visit.ended_at or visit.received_at) for visit in ordering]
    for number, (visit_no, at) in enumerate(handed, 1):
        _hand_over(deployment, inspector, visit_no, at, number)
    with deployment.unit_of_work() as session:
        found, _ = order_queries.list_orders(session, inspector.scope)
        orders.add_proof(session, found[0], note="当事人交来已悬挂标志的照片", by=inspector, now=now())
    with deployment.unit_of_work() as session:
        year, agency_id = today().year, inspector.agency_id or 0
        pattern = f"示例文化执法队案〔{year}〕{NUMBER_PLACE}号"
        actions.add_series(session, agency_id=agency_id, year=year, pattern=pattern, by=BY)
        for item, steps in _CASES.items():
            _take_up(session, deployment.settings, inspector, item, steps)


def _hand_over(deployment: Deployment, by: Person, visit_no: str, at: datetime, number: int) -> None:
    said = orjson.dumps({"document": _document(at, number), "images": {}})
    uuid = str(uuid5(NAMESPACE_URL, f"humiao-demo-order-{number}"))
    sha256 = hashlib.sha256(said).hexdigest()
    handed = Handed(uuid, visit_no, None, "paper", at.isoformat(), sha256)
    documents.receive(deployment, said, handed, by=by, signed=Signed.ABSENT, now=at + timedelta(minutes=1))


def _document(at: datetime, number: int) -> dict[str, Any]:
    on = at.astimezone(SHANGHAI).date().isoformat()
    blocks = [
        {"no": 1, "kind": "heading", "level": 1, "text": _TITLE},
        {"no": 2, "kind": "paragraph", "text": "示例文书（虚构）：请按期改正，改正后告知本机关。"},
    ]
    return {
        "kind": DocumentKind.ORDER_TO_CORRECT, "number": f"示例责改〔{on[:4]}〕{number}号", "title": _TITLE,
        "on": on, "officers": [certificate_of("inspector"), certificate_of("inspector2")], "blocks": blocks,
    }  # fmt: skip


def _take_up(session: Session, settings: Settings, by: Person, item: str, steps: int) -> None:
    """Open a case from the violation that a broken item led to, and make its first steps."""
    second = person_of(session, "inspector2")
    mine = (
        select(Violation)
        .join(Visit)
        .where(Visit.agency_id == by.agency_id, Visit.activity == "internet_cafe")
    )
    broken = [one for one in session.scalars(mine.order_by(Violation.id)) if f"item:{item}" in one.reasons]
    said = {"violation_ids": [one.id for one in broken], "officer_ids": [by.id, second.id]}
    case: Case = actions.open_case(session, said, by=by, now=now())
    for login, step, papers in _STEPS[:steps]:
        if step == _TELLS:
            _propose(session, case)
        made = {
            "step": step, "version": case.version,
            "papers": [_paper(session, settings, case, paper, by) for paper in papers],
        }  # fmt: skip
        actions.take_step(session, case, made, by=person_of(session, login), now=now())


def _paper(session: Session, settings: Settings, case: Case, paper: str, by: Person) -> dict[str, Any]:
    """A paper of a step: a document that the officer issues from the case, or the name of a file."""
    if (kind := _ISSUED.get(paper)) is None:
        return {"id": paper, "name": f"示例-{paper}.pdf"}
    filled = read(FORMS[kind], prefilled(session, case, kind, today()))
    made = draft(session, settings, case, kind, filled, by=by, on=today())
    row = issuing.issue(session, settings, made, case_id=case.id, by=by, now=now())
    return {"id": paper, "document_id": row.id}


def _propose(session: Session, case: Case) -> None:
    """The officer suggests a fine by the rule that leads, and the legal reviewer decides on a lower one."""
    officer, reviewer = (person_of(session, login) for login in ("inspector", "legal"))
    said = Said(amounts=Amounts(gains=Decimal(0)))
    leading = penalties.lay(session, case, said, ()).concurrences[0].leading[0]

    def fined(yuan: int) -> Chosen:
        return Chosen(Ruling.PENALTY, (Item(leading, Decimal(yuan), (Penalty.WARNING,)),))

    penalties.propose(
        session, case, said, fined(8000), reason="接纳多名未成年人（虚构）", version=case.version, by=officer,
        now=now(),
    )  # fmt: skip
    penalties.decide(
        session, case, 1, fined(5000), reason="当场改正，调低幅度（虚构）", version=case.version, by=reviewer,
        now=now(),
    )  # fmt: skip
