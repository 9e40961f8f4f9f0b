"""A venue for games and songs, its agency's head and reviewer, and entries proposed for it."""

from datetime import timedelta

import pytest

from backend.accounts.auth import Role
from backend.core.days import today
from tests.cases.conftest import (  # noqa: F401
    HERE,
    agency,
    authority,
    case,
    fined,
    forms,
    head,
    made,
    officer,
    officers,
    on,
    proposes,
    reviewer,
    series,
    step,
    violations,
)
from tests.documents.conftest import law  # noqa: F401
from tests.people import desk_of
from tests.screening.places import add_venue, at

_BOTH = ("internet_cafe", "song_and_dance")  # the agency looks after the first
URL = "/api/v1/credit-entries"
PUBLIC = "/api/v1/public/credit-entries"
ELSEWHERE = {"decision_no": "示公决〔2026〕7号", "decision_on": "2026-03-02", "decision_sha256": "0" * 64}
DECIDED = {"decision_no": f"示summary_decision〔{today().year}〕1号", "decision_sha256": None}  # in the case
TERMS = {"document": "示例信用管理办法第十条", "statement_days": 5, "months": 12, "repair_after_months": 0}


@pytest.fixture
def venue(deployment):
    with deployment.unit_of_work() as session:
        return add_venue(session, at(0), *_BOTH, name="海风歌厅", area_code="310101").id


@pytest.fixture
def colleague(app, agency):  # noqa: F811
    """Another head of the same agency."""
    return desk_of(app, Role.SUPERVISOR, agency_id=agency, **HERE)


@pytest.fixture
def proposed(head, venue):  # noqa: F811
    """Propose an entry; returns its address."""

    def propose(criterion="CRD-WARN", **said):
        made = head.post(URL, json=said_of_entry(venue, criterion_id=criterion, **said))
        assert made.status_code == 201, made.json
        return f"{URL}/{made.json['id']}"

    return propose


@pytest.fixture
def confirmed(reviewer):  # noqa: F811
    """Confirm a ground for the agency."""

    def confirm(criterion="CRD-SH-1", **said):
        made = reviewer.post("/api/v1/credit-confirmations", json=TERMS | {"criterion_id": criterion} | said)
        assert made.status_code == 201, made.json

    return confirm


@pytest.fixture
def told(head, proposed, confirmed):  # noqa: F811
    """An entry of the serious list whose party was told ten days ago."""
    confirmed()
    entry = proposed("CRD-SH-1")
    assert takes(head, entry, "notify", dated_on=days_ago(10)).status_code == 201
    return entry


@pytest.fixture
def listed(reviewer, told):  # noqa: F811
    assert takes(reviewer, told, "list").status_code == 201
    return told


def said_of_entry(venue, **said):
    known = {
        "criterion_id": "CRD-WARN", "venue_id": venue, "party": "海风娱乐有限公司", "is_person": False,
        "act": "接纳未成年人",
        "responsible": [{"position": "principal", "name": "王伟"}], **ELSEWHERE,
    }  # fmt: skip
    return known | said


def takes(client, entry, deed, **said):
    """Make a step in the entry as it stands now."""
    known = {"deed": deed, "version": client.get(entry).json["version"], "paper": "示例信告〔2026〕1号"}
    return client.post(f"{entry}/steps", json=known | said)


def refused(answer):
    return answer.status_code, answer.json["errors"].get("because", answer.json["status"])


def days_ago(days):
    return (today() - timedelta(days)).isoformat()


def number_of(address):
    return int(address.rpartition("/")[2])


def decided_and_served(desk, address, **facts):
    fine = fined(desk.get(address).json["violation_ids"][0], 200)
    made(
        proposes(desk, address, fine, **facts),
        step(desk, address, "decide_on_the_spot", "decision", made_at=on("2026-11-20")),
        step(desk, address, "report_summary", "summary_papers", made_at=on("2026-11-23")),
    )
