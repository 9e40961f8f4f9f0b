"""A receiver that listens, a register of venues, people who propose and confirm, and what they agree on."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from backend.accounts.auth import Role
from backend.accounts.models import Area
from backend.core.days import today
from backend.sharing.collecting import collect
from backend.sharing.sending import send
from tests.intake.conftest import agency  # noqa: F401
from tests.people import desk_of
from tests.screening.places import add_venue, at
from tests.sharing.receiver import Receiver

URL = "/api/v1/sharing"
HERE = {"areas": ("310101",)}
FIELDS = ["venue_id", "venue_name", "area_code", "verdict"]


@pytest.fixture(scope="session")
def listening(tmp_path_factory):
    receiver = Receiver(tmp_path_factory.mktemp("receiver"))
    yield receiver
    receiver.close()


@pytest.fixture
def receiver(listening):
    """The same server, having heard nothing yet."""
    listening.how, listening.late_s, listening.passed_s, listening.heard = "well", 0, 0, 0
    listening.taken, listening.refused, listening.nonces = {}, [], set()
    return listening


@pytest.fixture
def settings(settings, receiver):
    """This machine may be reached, and its certificate is trusted; three tries."""
    return replace(
        settings, sharing_hosts=f"elsewhere.example, {receiver.authority}", sharing_ca=receiver.ca,
        sharing_networks="127.0.0.0/8,::1/128", sharing_timeout_s=1.0, sharing_tries=3,
    )  # fmt: skip


@pytest.fixture
def venues(deployment):
    """A company's cafe and a sole trader's, and one of the next district."""
    company, trader = "91310101MA1FPX1234", "92310101MA1FPX1234"
    with deployment.unit_of_work() as session:
        session.add_all([Area(code="310101", name="示例区"), Area(code="310104", name="邻区")])
        here = {"area_code": "310101"}
        add_venue(
            session, at(0), name="蓝星网吧", credit_code=company, operator_name="蓝星文化有限公司", **here
        )
        add_venue(session, at(50), name="张三网吧", credit_code=trader, operator_name="张三", **here)
        add_venue(session, at(5000), name="邻区网吧", credit_code=company, area_code="310104")


@pytest.fixture
def supervisor(app, agency, venues):  # noqa: F811
    return desk_of(app, Role.SUPERVISOR, agency_id=agency, **HERE)


@pytest.fixture
def reviewer(app, agency):  # noqa: F811
    return desk_of(app, Role.LEGAL_REVIEWER, agency_id=agency, **HERE)


@pytest.fixture
def trusting(app, receiver):
    """The receiver knows our keys."""
    receiver.trust(app.test_client().get("/api/v1/public/sharing-keys").json)
    return receiver


def said(receiver: Receiver, /, **more: Any) -> dict[str, Any]:
    """What an agreement says: where venues stand, to the city's information system."""
    return {
        "receiver": "市未成年人保护信息管理系统", "receiver_kind": "city_minors_system",
        "purpose": "未成年人保护工作协同", "legal_basis": "上海市数据条例第三十八条",
        "dataset": "screening", "fields": FIELDS, "area_code": "310101", "from_on": today().isoformat(),
        "until_on": (today() + timedelta(days=90)).isoformat(), "channel": "https",
        "address": receiver.address, "assessment_no": "评估〔2026〕1号", "assessed_on": today().isoformat(),
    } | more  # fmt: skip


def table(receiver: Receiver, /, **more: Any) -> dict[str, Any]:
    """The same for a receiver who only has e-mail."""
    return said(receiver, channel="spreadsheet", address=None, receiver="社区云", **more)


def proposed(client: Any, words: dict[str, Any]) -> str:
    """The address of an agreement that was proposed."""
    answer = client.post(f"{URL}/agreements", json=words)
    assert answer.status_code == 201, answer.json
    return f"{URL}/agreements/{answer.json['id']}"


def decides(client: Any, agreement: str, deed: str, **more: Any) -> Any:
    """A decision on an agreement as it is now."""
    etag = {"If-Match": client.get(agreement).headers.get("ETag", "none")}
    return client.patch(agreement, json={"deed": deed} | more, headers=etag)


@pytest.fixture
def agreed(supervisor, reviewer, receiver):
    """The address of an agreement that counts."""
    agreement = proposed(supervisor, said(receiver))
    assert decides(reviewer, agreement, "confirm").status_code == 200
    return agreement


@pytest.fixture
def sends(deployment, trusting):
    """Collect and send, now or so much later; how many ended how."""

    def go(**later: float) -> dict[str, int]:
        passed = timedelta(**later)
        moment, trusting.passed_s = datetime.now(UTC) + passed, passed.total_seconds()
        collect(deployment, now=moment, by="tester")
        return send(deployment, clock=lambda: moment, by="tester")

    return go


def message(client: Any, number: int = 1) -> dict[str, Any]:
    return client.get(f"{URL}/messages/{number}").json


def outcomes(client: Any, number: int = 1) -> list[tuple[str, str | None]]:
    rows = client.get(f"{URL}/messages/{number}/attempts").json
    return [(one["outcome"], one["reason"]) for one in rows]
