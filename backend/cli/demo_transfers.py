"""Invented transfers of the demo's culture squad: to the police, a lead; and a recommendation that is due."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.accounts.scope import Person
from backend.cases.models import Case
from backend.cases.paper_forms import read
from backend.cli.common import now
from backend.cli.demo_tasks import person_of
from backend.core.days import today
from backend.core.deployment import Deployment
from backend.documents import actions as issuing
from backend.transfers import actions, letters, packages, queries, recommendations
from backend.transfers.models import Transfer
from backend.transfers.rules import Body, Kind, LeadKind, Sender

_PROSECUTOR = "示例区人民检察院（虚构）"


def hand_on(deployment: Deployment) -> None:
    """Report a suspected crime from a case, make a lead with its package, and enter a recommendation."""
    with deployment.unit_of_work() as session:
        head, inspector = person_of(session, "supervisor"), person_of(session, "inspector")
        filed = select(Case).filter_by(state="investigating").order_by(Case.id)
        case = session.scalars(filed).first()
        if case is not None:
            said = {
                "kind": Kind.POLICE_CRIME, "case_id": case.id, "to_name": "示例区公安分局（虚构）",
                "body": Body.POLICE, "reason": "示例：核查中发现涉嫌犯罪的线索",
            }  # fmt: skip
            crime = actions.propose(session, said, by=inspector, now=now())
            report = {"step": "report", "papers": [{"id": "crime_report", "name": "示例-报告.pdf"}]}
            actions.take_step(session, crime, report, by=inspector, now=now())
        venue_id = case.venue_id if case else 1
        said = {
            "kind": Kind.PROCURATORATE, "lead_kind": LeadKind.PUBLIC_INTEREST, "venue_ids": [venue_id],
            "to_name": _PROSECUTOR, "body": Body.PROCURATORATE, "reason": "示例：学校周边网吧接纳未成年人",
        }  # fmt: skip
        lead = actions.propose(session, said, by=inspector, now=now())
        actions.take_step(session, lead, {"step": "approve"}, by=head, now=now())
        _write_letter(session, deployment, lead, inspector)
        said = {
            "sender": Sender.PROCURATORATE, "sender_name": _PROSECUTOR, "number": "示例检建〔2026〕1号",
            "received_on": today() - timedelta(days=29), "area_code": lead.area_code,
            "officer_id": inspector.id, "about": "示例：加强校园周边上网服务场所的监管",
        }  # fmt: skip
        found = recommendations.receive(session, said, by=head, now=now())
        recommendations.add_proof(session, found, "示例：已对周边网吧全面检查", by=inspector, now=now())
        lead_id = lead.id
    _pack(deployment, lead_id, inspector)


def _write_letter(session: Session, deployment: Deployment, lead: Transfer, by: Person) -> None:
    """The letter of the lead, as the inspector issues it from its page."""
    typed = {"cause": "接纳未成年人", "facts": "示例：检查发现网吧接纳未成年人"}
    said = read(letters.ASKED, letters.prefilled(session, lead, today()) | typed)
    made = letters.draft(session, lead, said, on=today())
    subject = letters.subject(lead)
    issuing.issue(session, deployment.settings, made, subject=subject, by=by, now=now())


def _pack(deployment: Deployment, lead_id: int, by: Person) -> None:
    with deployment.reading() as session:
        lead: Transfer = queries.transfer(session, by.scope, lead_id)
        built = packages.build(session, deployment, lead, [], by=by, now=now())
    with deployment.unit_of_work() as session:
        lead = queries.transfer(session, by.scope, lead_id, to_change=True)
        packages.keep(session, lead, built, by=by, now=now())
