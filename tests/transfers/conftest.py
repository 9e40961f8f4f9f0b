"""A case of two violations with its officers and head, another agency, and ways to move a transfer on."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select, text

from backend.accounts.auth import Role
from backend.accounts.models import Agency, Area
from backend.tips.models import Tip
from tests.cases.conftest import (  # noqa: F401
    HERE,
    agency,
    authority,
    case,
    forms,
    head,
    officer,
    officers,
    on,
    opened,
    papers,
    reviewer,
    series,
    venue,
    violations,
)
from tests.documents.conftest import law  # noqa: F401
from tests.people import add_person, desk, desk_of
from tests.tips.leads import Sender, record

URL = "/api/v1/transfers"
WHY = "发现店内有赌博功能的游戏机，疑似犯罪"
POLICE = {"to_name": "示例区公安分局", "body": "police"}
MARKET = {"to_name": "示例区市场监管局", "body": "market"}


@pytest.fixture
def area(deployment):
    with deployment.unit_of_work() as session:
        session.add(Area(code="310101", name="示例区"))


@pytest.fixture
def other_agency(deployment):
    with deployment.unit_of_work() as session:
        session.add(
            found := Agency(
                code="fire", name_zh="示例区消防救援支队", name_en="Fire brigade", activities=None
            )
        )
        session.flush()
        return found.id


@pytest.fixture
def other_head(app, other_agency):
    return desk_of(app, Role.SUPERVISOR, login="other", agency_id=other_agency, **HERE)


@pytest.fixture
def third(app, deployment, agency):  # noqa: F811
    """An inspector of the same agency who has nothing to do with it."""
    user = add_person(
        deployment, Role.INSPECTOR, login="li", display_name="李执法", agency_id=agency,
        certificate_no="SH-li", certificate_valid_to=date(2199, 12, 31), **HERE,
    )  # fmt: skip
    return desk(app, user)


@pytest.fixture
def noticed(app, deployment, officers):  # noqa: F811
    """A tip of the area that nobody took in hand."""
    Sender(app, officers[0]).sends(record(position=None))
    with deployment.unit_of_work() as session:
        tip = session.scalars(select(Tip)).one()
        tip.area_code = "310101"
        return tip.id


def number(address: str) -> int:
    return int(address.rsplit("/", 1)[1])


def proposed(client: Any, kind: str, **said: Any) -> str:
    """The address of a transfer that was proposed."""
    made = client.post(URL, json={"kind": kind, "reason": WHY} | said)
    assert made.status_code == 201, made.json
    return f"{URL}/{made.json['id']}"


def step(client: Any, transfer: str, name: str, *kinds: str, **said: Any) -> Any:
    """Make a step in a transfer as it is now."""
    etag = {"If-Match": client.get(transfer).headers.get("ETag", "none")}
    return client.put(f"{transfer}/step", json={"step": name, "papers": papers(*kinds)} | said, headers=etag)


def made(*answers: Any) -> None:
    """Each of these steps was made."""
    for answer in answers:
        assert answer.status_code == 200, answer.json


def due(client: Any, transfer: str) -> dict[str, dict[str, Any]]:
    """By clock, what runs."""
    return {one["clock"]["id"]: one for one in client.get(f"{transfer}/due").json}


def state(client: Any, transfer: str) -> str:
    return client.get(transfer).json["state"]


def run_out(deployment):
    """Let the clock of the approval have run out: it ends, and an older one runs in its place."""
    columns = "transfer_id, clock, whose, begun_at, rulebook_version"
    with deployment.unit_of_work() as session:
        session.execute(text("UPDATE transfer_clocks SET ended_at = begun_at WHERE clock = 'approval'"))
        session.execute(
            text(
                f"INSERT INTO transfer_clocks ({columns}, due_on) "
                f"SELECT {columns}, '2026-11-01' FROM transfer_clocks WHERE clock = 'approval'"
            )
        )
