"""A small invented district for the pages: a school, a kindergarten, venues around them, an inspection."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import shapely
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from backend.accounts.auth import Role
from backend.accounts.models import Area
from backend.cases.models import CaseOfficer
from backend.cases.order_models import OrderViolation
from backend.core.days import today
from backend.core.deployment import Deployment
from backend.screening.models import ScreeningRun, VenueVerdict
from backend.sharing.collecting import collect
from tests.accounts.enrolling import TabletKey, add_tablet
from tests.cases.ordering import hands_over, visits
from tests.credit.conftest import TERMS, said_of_entry, takes
from tests.forms.samples import PHOTO
from tests.intake.conftest import agency, forms, inspector, tablet  # noqa: F401
from tests.intake.rescue_files import bring, rescue_maker
from tests.intake.tablet import SIGNATURES, Tablet, file_all, just_now
from tests.intake.test_documents import sender
from tests.people import add_person, desk_of
from tests.retention import keeping
from tests.screening.places import DAY, NOW, add_site, add_venue, at, square
from tests.staff_queries.conftest import said_of_query, said_of_unit
from tests.tips.channels import send
from tests.tips.harm import reported_harm, trained
from tests.tips.leads import AT_THE_GATE, Sender, photo, record

SCHOOL, KINDERGARTEN, FAR_SCHOOL = 1, 2, 3
CAFE, BAR, ELSEWHERE, UNPLACED = 1, 2, 3, 4
NOTE = "收银台旁没有挂禁入标志"


@pytest.fixture
def district(deployment: Deployment) -> None:
    """A cafe 50 m from a school, a bar at 150 m, a cafe of another district, one without a position."""
    here = {"area_code": "310101"}
    with deployment.unit_of_work() as session:
        session.add_all([Area(code="310101", name="示例区"), Area(code="310104", name="邻区")])
        add_site(session, square(0, 0, 100), name="第一小学", opened_on=DAY.replace(year=2010), **here)
        add_site(session, shapely.Point(at(300)), "kindergarten", name="阳光幼儿园", **here)
        add_site(session, square(5000, 0, 100), name="邻区小学", area_code="310104")
        licence = {"issued_on": DAY.replace(year=2019), "expires_on": DAY.replace(year=2025)}
        known = {"address": "示例路8弄", "operator_name": "蓝星公司", **here}
        add_venue(session, at(150, 50), name="蓝星网吧", licence=licence, accuracy_m=1.0, **known)
        session.flush()
        add_venue(session, at(-150, 50), "bar", name="夜莺酒吧", **here)
        add_venue(session, at(5150, 50), name="邻区网吧", area_code="310104")
        add_venue(session, None, name="无址网吧", **here)
        _screened(session)


def _screened(session: Any) -> None:
    run = ScreeningRun(
        on=DAY, rulebook_version=1, data_version="0" * 64, basis={}, counts={}, by="tester",
        started_at=NOW, finished_at=NOW,
    )  # fmt: skip
    session.add(run)
    session.flush()
    cafe = "internet_cafe"
    found = (
        (CAFE, cafe, "BUF-NET-1", "inside"), (CAFE, cafe, "BUF-NET-2", "not_configured"),
        (BAR, "bar", "BUF-BAR-1", "survey"), (ELSEWHERE, cafe, "BUF-NET-1", "inside"),
    )  # fmt: skip
    session.add_all(
        VenueVerdict(
            run_id=run.id, venue_id=venue, venue_version=1, activity=does, rule_id=rule, verdict=verdict
        )
        for venue, does, rule, verdict in found
    )


@pytest.fixture
def visited(deployment: Deployment, district: None, tablet: Tablet) -> int:  # noqa: F811
    """An inspection of the cafe: no sign at the entrance, and something typed about it."""
    answers = {"duties/ban_sign": "breach", "duties/ban_sign_note": NOTE, "place/venue_id": str(CAFE)}
    tablet.send(
        just_now(photos=[PHOTO], answers=answers, instance_id="uuid:1"), {**SIGNATURES, "front.jpg": b"x"}
    )
    file_all(deployment)
    return 1


@pytest.fixture
def people(app: Flask, agency: int) -> Callable[..., FlaskClient]:  # noqa: F811
    """Signed-in desks of the culture bureau in the sample district, by role."""
    return lambda role, **more: desk_of(app, role, **({"areas": ("310101",), "agency_id": agency} | more))


@pytest.fixture
def supervisor(people: Callable[..., FlaskClient]) -> FlaskClient:
    return people(Role.SUPERVISOR)


@pytest.fixture
def kept(deployment: Deployment, supervisor: FlaskClient, tablet: Tablet, visited: int) -> int:  # noqa: F811
    """The inspection with its form as it came destroyed, the rest held; returns the certificate's number.

    Then comes a second inspection with a photo in which a child may be.
    """
    keeping.confirm(deployment, {"envelope_unmasked": 1, "photo_minor": 1})
    keeping.run(deployment, "2100-01-01")
    supervisor.post(f"/api/v1/visits/{visited}/holds", json={"reason": "lawsuit", "note": "行初字第 12 号"})
    keeping.visit(deployment, tablet, 2)
    return 1


@pytest.fixture
def school(people: Callable[..., FlaskClient]) -> FlaskClient:
    """The safety officer of the school."""
    return people(Role.REPORTER, agency_id=None, site_id=SCHOOL)


@pytest.fixture
def rescued(deployment: Deployment, agency: int) -> int:  # noqa: F811
    """A rescue file in quarantine."""
    expired = datetime.now(UTC) - timedelta(days=1)
    maker = rescue_maker(deployment, agency_id=agency, expires_at=expired)
    maker.add("draft", b"half a form")
    return bring(deployment, maker.pack())


@pytest.fixture
def noticed(app: Flask, people: Callable[..., FlaskClient], inspector: int) -> None:  # noqa: F811
    """A street lead with its picture, in hand; and one that nobody took."""
    sender, mine = Sender(app, inspector), photo()
    for told in (record(photos=(mine,), position=AT_THE_GATE), record(position=None, text="")):
        sender.sends(told)
        sender.sends_picture(told, mine)
    people(Role.SUPERVISOR).post("/tips/1", data={"deed": "take"})


@pytest.fixture
def sent_by_a_hotline(people: Callable[..., FlaskClient], district: None) -> None:
    """A file of work orders whose words nobody has mapped."""
    send(people(Role.SUPERVISOR), {"诉求编号": "SH-1", "诉求类别": "涉烟", "诉求内容": "向学生卖烟"})


@pytest.fixture
def handed_on(people: Callable[..., FlaskClient], deployment: Deployment, case: str) -> None:
    """A suspected crime of the case, a lead that was approved, and a recommendation."""
    supervisor = people(Role.SUPERVISOR)
    with deployment.reading() as session:
        officers = [one.user_id for one in session.scalars(select(CaseOfficer))]
    to = {"to_name": "示例区公安分局", "body": "police", "reason": "疑似赌博", "case_id": "1"}
    supervisor.post("/transfers/new", data=to | {"kind": "police_crime"})
    to = {"to_name": "示例区检察院", "body": "procuratorate", "reason": "网吧接纳未成年人", "venue_id": CAFE}
    lead = {"kind": "procuratorate", "lead_kind": "public_interest", "officer_1": officers[0]}
    supervisor.post("/transfers/new", data=to | lead)
    approved = {"deed": "approve", "version": "1"}
    supervisor.post("/transfers/2", data=approved)
    said = {
        "sender": "procuratorate", "sender_name": "示例区检察院", "number": "示检建1号",
        "area_code": "310101", "received_on": "2026-11-01", "officer_id": officers[0], "about": "加强监管",
    }  # fmt: skip
    supervisor.post("/recommendations/new", data=said)


@pytest.fixture
def harmed(people: Callable[..., FlaskClient], district: None) -> None:
    """A mandatory report that was handed on, and a training that is due again."""
    supervisor = people(Role.SUPERVISOR)
    supervisor.post("/api/v1/mandatory-reports", json=reported_harm(called_at="2026-11-20T10:05:00+08:00"))
    supervisor.post("/api/v1/trainings", json=trained(next_due_on="2026-06-01"))


@pytest.fixture
def staff_queried(people: Callable[..., FlaskClient], district: None) -> None:
    """The school as a unit in close contact with minors: once queried, long ago, and an answer is awaited."""
    supervisor = people(Role.SUPERVISOR)
    supervisor.post("/api/v1/contact-units", json=said_of_unit(kind="school", site_id=SCHOOL))
    for version, result in enumerate(("none_found", "awaited"), 1):
        said = said_of_query(queried_on="2024-03-01", result=result, version=version)
        supervisor.post("/api/v1/contact-units/1/queries", json=said)


@pytest.fixture
def proposal(people: Callable[..., FlaskClient], district: None) -> str:
    """The page of a change of the school that waits."""
    uuid = "00000000-0000-4000-8000-000000000001"
    gates = {"gates": shapely.geometry.mapping(shapely.MultiPoint([at(0, 50)])), "crs": "EPSG:4490"}
    values = gates | {"opened_on": "2011-09-01"}
    said = {"uuid": uuid, "seen_version": 1, "values": values, "reason": "现场核对"}
    people(Role.INSPECTOR).post(f"/api/v1/sites/{SCHOOL}/proposals", json=said)
    return f"/proposals/{uuid}"


@pytest.fixture
def ordered(
    deployment: Deployment, district: None, agency: int, inspector: int, tablet: Tablet  # noqa: F811
) -> str:  # fmt: skip
    """The page of an order to correct that the inspector's tablet handed over for the cafe."""
    key = TabletKey()
    _, token = add_tablet(deployment, user_id=inspector, agency_id=agency, public_key=key.public)
    visits(deployment, tablet, CAFE, today())
    hands_over(sender(tablet.client.application, token), key)
    return "/orders/1"


@pytest.fixture
def case(deployment: Deployment, agency: int, supervisor: FlaskClient, ordered: str) -> str:  # noqa: F811
    """The page of a case that was opened from the cafe's violations, and filed."""
    officers = [
        add_person(
            deployment, Role.INSPECTOR, areas=("310101",), agency_id=agency, display_name=name,
            certificate_no=f"SH-{name}",
        )
        for name in ("张执法", "王执法")
    ]  # fmt: skip
    year = today().year
    supervisor.post("/cases", data={"year": str(year), "pattern": f"示文案〔{year}〕{{number}}号"})
    with deployment.reading() as session:
        violations = list(session.scalars(select(OrderViolation.violation_id)))
    said = {"venue_id": str(CAFE), "violation_ids": violations}
    opened = supervisor.post(
        "/cases/new", data=said | {f"officer_{n}": str(one) for n, one in enumerate(officers, 1)}
    )
    assert (opened.status_code, opened.location) == (303, "/cases/1"), opened.text
    return "/cases/1"


@pytest.fixture
def in_a_register(people: Callable[..., FlaskClient], case: str) -> None:
    """The cafe on the serious list, published, and the same proposed by another decision."""
    head, legal = people(Role.SUPERVISOR), people(Role.LEGAL_REVIEWER)
    legal.post("/api/v1/credit-confirmations", json=TERMS | {"criterion_id": "CRD-SH-1"})
    for number in ("1", "2"):
        said = said_of_entry(CAFE, criterion_id="CRD-SH-1", decision_no=f"示例决〔2026〕{number}号")
        assert head.post("/api/v1/credit-entries", json=said).status_code == 201
    for desk, deed in ((head, "notify"), (head, "hear"), (legal, "list"), (legal, "publish")):
        assert takes(desk, "/api/v1/credit-entries/1", deed).status_code == 201


@pytest.fixture
def planned(supervisor: FlaskClient, inspector: int, district: None) -> str:  # noqa: F811
    """The page of a task of the inspector, under a check code."""
    supervisor.post("/check-codes", data={"deed": "add", "route": "planned", "source_no": "P-1"})
    said = {"kind": "planned", "venue_id": str(CAFE), "reason": "季度检查", "due_on": "2199-12-31"}
    more = {"priority": "2", "officer_1": str(inspector), "check_code_id": "1"}
    return str(supervisor.post("/tasks/new", data=said | more).location)


@pytest.fixture
def urged(people: Callable[..., FlaskClient], agency: int, district: None) -> None:  # noqa: F811
    """A quarter that was kept, and a letter to the culture bureau."""
    coordinator, quarter = people(Role.COORDINATOR), {"first_on": "2026-07-01", "last_on": "2026-09-30"}
    coordinator.post("/indicators", data=quarter | {"area_code": "310101"})
    said = {"to_agency_id": agency, "area_code": "310101", "due_on": "2199-12-31"}
    coordinator.post("/urgings/new", data=said | {"subject": "超期线索", "words": "请答复超期线索。"})


@pytest.fixture
def shared(app: Flask, people: Callable[..., FlaskClient], deployment: Deployment, district: None) -> None:
    """An agreement by table whose message was taken out, and one that waits for another person."""
    supervisor, until = people(Role.SUPERVISOR), today().isoformat()
    for fields in (["venue_id", "venue_name", "verdict"], ["venue_id"]):
        said = {
            "receiver": "示例区社区云", "receiver_kind": "community_cloud", "purpose": "基层协同",
            "legal_basis": "上海市数据条例第三十八条", "dataset": "screening", "fields": fields,
            "area_code": "310101", "from_on": until, "until_on": until, "channel": "spreadsheet",
            "assessment_no": "评估1号", "assessed_on": until,
        }  # fmt: skip
        assert supervisor.post("/sharing/new", data=said).status_code == 303
    confirmed = people(Role.LEGAL_REVIEWER).post("/sharing/1", data={"deed": "confirm", "version": "1"})
    assert confirmed.status_code == 303
    collect(deployment, now=datetime.now(UTC), by="tester")
    assert supervisor.post("/sharing/messages/1", data={"deed": "take"}).status_code == 200


@pytest.fixture
def swept(people: Callable[..., FlaskClient], inspector: int, district: None) -> None:  # noqa: F811
    """Two sweeps around the school that sent the culture bureau to the cafe; the second is closed."""
    coordinator, day = people(Role.COORDINATOR), today().isoformat()
    said = {
        "site_id": SCHOOL, "name": "校园周边整治", "from_on": day, "until_on": day, "approved_by": "街道办",
        "approved_on": day, "document_no": "示例〔2026〕1号",
    }  # fmt: skip
    for number in (1, 2):
        coordinator.post("/sweeps/new", data=said)
        sent = {"deed": "tasks", "places": f"{CAFE}-1", "together_on": day, "version": "1"}
        coordinator.post(f"/sweeps/{number}", data=sent)
    coordinator.post("/sweeps/2", data={"deed": "close", "words": "完成", "version": "2"})
