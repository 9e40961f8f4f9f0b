"""An agency with two certified officers, a head and a reviewer; a cafe with violations."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from backend.accounts.auth import Role
from backend.accounts.models import Agency, User
from backend.accounts.queries import person_of
from backend.cases.models import Case, CaseDeadline
from backend.cases.order_models import Order
from backend.core.days import SHANGHAI, today
from backend.documents.actions import issue
from backend.documents.blocks import document, paragraph
from backend.inspections.models import Violation, ViolationBasis
from backend.tasks import ledger
from backend.tasks.ledger_models import NumberSeries
from backend.tasks.rules import DocumentKind
from tests.inspections.visited import add_visit
from tests.intake.conftest import agency, forms  # noqa: F401
from tests.people import add_person, desk, desk_of
from tests.screening.places import add_venue, at

URL = "/api/v1/cases"
HERE = {"areas": ("310101",)}
FOUND_ON = date(2026, 11, 20)  # of the visits of tests.inspections.visited


@pytest.fixture
def venue(deployment):
    with deployment.unit_of_work() as session:
        return add_venue(session, at(0), name="蓝星网吧", area_code="310101").id


@pytest.fixture
def violations(deployment, agency, venue):  # noqa: F811
    """Two violations of one visit to the cafe."""
    with deployment.unit_of_work() as session:
        visit = add_visit(session, found=2, agency_id=agency, venue_id=venue)
        found = list(session.scalars(select(Violation.id).filter_by(visit_id=visit.id)))
        punishable(session, found)
        return found


@pytest.fixture
def officers(deployment, agency):  # noqa: F811
    """Two inspectors with certificates."""
    return [
        add_person(
            deployment, Role.INSPECTOR, login=login, display_name=name, agency_id=agency,
            certificate_no=f"SH-{login}", certificate_valid_to=date(2199, 12, 31), **HERE,
        )
        for login, name in (("zhang", "张执法"), ("wang", "王执法"))
    ]  # fmt: skip


@pytest.fixture
def officer(app, officers):
    return desk(app, officers[0])


@pytest.fixture
def head(app, agency):  # noqa: F811
    return desk_of(app, Role.SUPERVISOR, login="head", agency_id=agency, **HERE)


@pytest.fixture
def reviewer(app, agency):  # noqa: F811
    return desk_of(app, Role.LEGAL_REVIEWER, login="legal", agency_id=agency, **HERE)


@pytest.fixture
def series(head):
    this_year = datetime.now(SHANGHAI).year
    said = {"year": this_year, "pattern": f"示文案〔{this_year}〕{{number}}号"}
    assert head.post("/api/v1/case-series", json=said).status_code == 201
    return said["pattern"]


@pytest.fixture
def authority(deployment, agency):  # noqa: F811
    """Say by whose rules the agency's cases go."""

    def become(name: str) -> None:
        with deployment.unit_of_work() as session:
            session.execute(update(Agency).where(Agency.id == agency).values(authority=name))

    return become


@pytest.fixture
def case(officer, violations, officers, series):
    """The address of an open case of both violations."""
    return opened(officer, violations, officers)


def opened(client: Any, violations: list[int], officers: list[int], **more: Any) -> str:
    said = {"violation_ids": violations, "officer_ids": officers} | more
    made = client.post(URL, json=said)
    assert made.status_code == 201, made.json
    return f"{URL}/{made.json['id']}"


def papers(*kinds: str) -> list[dict[str, str]]:
    return [{"id": kind, "name": f"{kind}.pdf"} for kind in kinds]


def punishable(session: Any, violations: list[int], **bases: list[str]) -> None:
    """Let violations of the cafe be punishable as the shipped rulebook says, or as said."""
    known = bases or {"PEN-01": ["minors-law:123"], "PEN-10": ["internet-cafe-regs:31(2)"]}
    session.add_all(
        ViolationBasis(violation_id=one, basis_id=basis, clauses=clauses)
        for one in violations for basis, clauses in known.items()
    )  # fmt: skip
    session.flush()


def fined(act: int, yuan: int | str | None = 2000, basis: str = "PEN-01", **more: Any) -> dict[str, Any]:
    """A fine, or nothing but a warning, by the ordinary tier of a basis."""
    item = {"candidate": f"{act}/{basis}/ordinary/0", "yuan": yuan and str(yuan), "kinds": ["warning"]}
    return {"outcome": "penalty", "items": [item]} | more


SPARED = {"outcome": "no_penalty", "ground": "minor"}
SLIGHT = ["minor", "corrected", "no_harm"]


def proposes(client: Any, case: str, suggested: dict[str, Any], **facts: Any) -> Any:
    said = {"suggested": suggested, "reason": "按裁量基准", "version": client.get(case).json["version"]}
    return client.post(f"{case}/proposals", json=said | facts)


def rules(client: Any, case: str, chosen: dict[str, Any], seq: int | None = None, **said: Any) -> Any:
    seq = seq or len(client.get(f"{case}/proposals").json)
    known = {"chosen": chosen, "reason": "事实清楚", "version": client.get(case).json["version"]}
    return client.post(f"{case}/proposals/{seq}/ruling", json=known | said)


def ruled(officer: Any, reviewer: Any, case: str, chosen: dict[str, Any] | None = None, **facts: Any) -> None:
    """The officer suggests, and the reviewer decides the same."""
    chosen = chosen or fined(officer.get(case).json["violation_ids"][0])
    made(proposes(officer, case, chosen, **facts), rules(reviewer, case, chosen))


def on(day: str, hour: int = 10) -> str:
    """An instant of a day in Shanghai."""
    return f"{day}T{hour:02}:00:00+08:00"


def step(client: Any, case: str, name: str, *kinds: str, **said: Any) -> Any:
    """Make a step with these papers, in the state that the case is in."""
    brought = [
        {"id": kind, "document_id": issued(client, case, _NUMBERED[name, kind])}
        if (name, kind) in _NUMBERED
        else {"id": kind, "name": f"{kind}.pdf"}
        for kind in kinds
    ]
    version = (client.get(case).json or {}).get("version", 0)
    return client.post(f"{case}/steps", json={"step": name, "papers": brought, "version": version} | said)


_NUMBERED = {
    ("serve_notice", "notice"): DocumentKind.PENALTY_NOTICE,
    ("serve_notice_of_hearing", "notice"): DocumentKind.PENALTY_NOTICE,
    ("decide_on_the_spot", "decision"): DocumentKind.SUMMARY_DECISION,
    ("decide_penalty", "decision"): DocumentKind.PENALTY_DECISION,
    ("decide_together", "decision"): DocumentKind.PENALTY_DECISION,
}


def issued(client: Any, case: str, kind: DocumentKind) -> int:
    """A document of the case that its officer issued; its words do not matter here."""
    deployment, now = client.application.extensions["humiao"], datetime.now(UTC)
    with deployment.unit_of_work() as session:
        row = session.get_one(Case, int(case.rpartition("/")[2]))
        officer = person_of(session.get_one(User, row.opened_by), now)
        if not session.scalar(select(NumberSeries.id).filter_by(agency_id=row.agency_id, kind=kind)):
            pattern = f"示{kind}〔{now.year}〕{{number}}号"
            ledger.add_series(
                session, agency_id=row.agency_id, kind=kind, year=today().year, pattern=pattern, by="tester"
            )
        made = document(kind, "示例文书", today(), [paragraph("示例")])
        return issue(session, deployment.settings, made, case_id=row.id, by=officer, now=now).id


def made(*answers: Any) -> None:
    """Each of these steps was made."""
    for answer in answers:
        assert answer.status_code == 201, answer.json


def refused(answer: Any) -> tuple[int, str]:
    """With which code, and why, a step was refused."""
    return answer.status_code, answer.json["errors"].get("because", answer.json["status"])


def due(client: Any, case: str) -> dict[str, dict[str, Any]]:
    """By clock, what is due."""
    return {one["clock"]["id"]: one for one in client.get(f"{case}/due").json}


def backdated(deployment: Any, *, days: int) -> None:
    """Let the last days of all cases and orders have been so many days earlier."""
    with deployment.unit_of_work() as session:
        for row in session.scalars(select(CaseDeadline).where(CaseDeadline.due_on.is_not(None))):
            row.due_on, row.warn_on = row.due_on - timedelta(days), row.warn_on - timedelta(days)
        for case in session.scalars(select(Case).where(Case.next_due_on.is_not(None))):
            case.next_due_on -= timedelta(days)
            case.overdue_after -= timedelta(days)
        for order in session.scalars(select(Order)):
            order.due_on -= timedelta(days)
            order.handed_on -= timedelta(days)
