"""What a visit registered and counted is shown in the words of its form; older records lack it."""

from datetime import UTC, datetime

import pytest

from backend.accounts import actions as accounts
from backend.accounts.auth import Role
from backend.inspections.models import Visit
from backend.web.counted import counted
from forms.examples import filled_submission
from tests.forms.samples import form_of
from tests.intake.tablet import NOW, SIGNATURES, Tablet, file_all
from tests.people import add_person, desk_of
from tests.screening.places import add_venue, at

SIGNS = [
    {"sign_photo": "", "sign_note": "缺了一角"},
    {"sign": "no_smoking", "sign_state": "missing", "sign_photo": ""},
]
ROOMS = [{}, {"room": "802", "beds": "6", "computers": "7", "guests": "6"}]


@pytest.fixture
def desk(app, deployment, forms):
    """A supervisor of a bureau that looks after e-sports hotels, after one visit to such a hotel."""
    with deployment.unit_of_work() as session:
        add_venue(session, at(0), "esports_hotel", name="方块电竞酒店", area_code="310101")
        names = {"name_zh": "示例文旅局", "name_en": "Example culture bureau"}
        agency_id = accounts.put_agency(
            session, code="culture", activities=["esports_hotel"], by="tester", now=NOW, **names
        ).id
    add_person(deployment, Role.INSPECTOR, login="inspector", areas=("310101",), agency_id=agency_id)
    times = dict.fromkeys(("start", "end"), datetime.now(UTC).isoformat())
    xml = filled_submission(form_of("esports_hotel"), answers=times, signs=SIGNS, rooms=ROOMS)
    assert Tablet(app.test_client(), login="inspector").send(xml, SIGNATURES).status_code == 201
    file_all(deployment)
    return desk_of(app, Role.SUPERVISOR, areas=("310101",), agency_id=agency_id)


def test_it_is_shown_when_the_record_is_opened(desk):
    closed, opened = desk.get("/visits/1").text, desk.post("/visits/1").text

    assert "缺了一角" not in closed
    for said in (
        "房号：802；床位数：6；电脑台数：7；登记入住人数：6",
        "标志种类：未成年人禁入；位置：门口；状态：有，醒目；说明：缺了一角",
        "标志种类：禁止吸烟；位置：门口；状态：没有",
        "混合酒店，设电竞区",
        "抽查有未成年人的入住笔数",
        "最近一次年度查询的日期",
    ):
        assert said in opened


def test_a_record_of_before_has_nothing_of_it(app, deployment, desk):
    with app.test_request_context(), deployment.reading() as session:
        assert counted(session.get(Visit, 1), {"answers": []}) == []
