"""A lead from the street with the app as it is shipped: five taps offline, and once on the server."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from backend.accounts.auth import Role
from backend.core.deployment import Deployment
from backend.intake.leads import kept
from backend.tips.models import Tip
from tests.people import desk_of
from tests.tablet.day import prepare_bureau
from tests.tablet.officer import AT_THE_DOOR, Officer

LEAD_TAPS = 5


@pytest.fixture
def officer(at_work, city, app, deployment) -> Officer:
    """On the street, without a network."""
    code, _ = prepare_bureau(deployment, app, 1)
    at_work.begin(code)
    city[0].share = 1
    at_work.kill(offline=True)
    return at_work


def test_a_lead_takes_five_taps_and_is_on_the_server_once(officer, city, app, deployment):
    officer.go("今日")
    officer.taps = 0

    officer.tap(officer.page.get_by_role("link", name="新线索"))
    officer.tap(officer.page.get_by_text("向未成年人卖烟、电子烟"))
    officer.tap(officer.button("拍照"))
    officer.tap(officer.button("拍下"))
    officer.tap(officer.button("存下线索"))
    expect(officer.page.get_by_text("线索已存本机")).to_be_visible()

    assert officer.taps <= LEAD_TAPS
    sent = officer.outbox()
    assert sorted(name for _, name in sent) == ["", "1.jpg"]

    officer.kill(offline=True)
    city[0].share = 0.3
    officer.context.set_offline(False)
    officer.send()

    assert _held(deployment) == sent
    with deployment.reading() as session:
        tip = session.scalars(select(Tip)).one()
        assert (tip.kind, tip.is_signed, tip.source_crs) == ("tobacco", True, "wgs84")
        assert abs(tip.lon - AT_THE_DOOR["longitude"]) < 1e-5
    shown = desk_of(app, Role.SUPERVISOR, areas=(tip.area_code,)).get("/api/v1/tips/1/pictures/1")
    assert shown.content_type == "image/jpeg"


def test_a_picture_is_in_blocks_until_somebody_says_that_no_minor_is_in_it(officer):
    officer.go("今日")
    officer.tap(officer.page.get_by_role("link", name="新线索"))
    officer.tap(officer.button("拍照"))
    officer.tap(officer.button("拍下"))
    canvas = officer.page.locator("canvas")
    expect(canvas).to_have_attribute("data-shown", "pixelated, clear: 0")

    officer.tap(officer.button("标清楚的地方"))
    officer.tap(officer.button("标一块清楚"))
    expect(canvas).to_have_attribute("data-shown", "pixelated, clear: 1")
    officer.tap(officer.page.get_by_text("没有未成年人，不打码"))

    expect(canvas).to_have_attribute("data-shown", "whole")


def test_a_number_of_a_person_stays_off_the_tablet(officer):
    officer.go("今日")
    officer.tap(officer.page.get_by_role("link", name="新线索"))
    officer.tap(officer.page.get_by_text("其他", exact=True))
    officer.type(officer.page.get_by_label("补充一句"), "打电话 138 1234 5678")

    officer.tap(officer.button("存下线索"))

    expect(officer.page.get_by_role("alert")).to_contain_text("身份证号或手机号")
    assert officer.outbox() == {}


def _held(deployment: Deployment) -> dict[tuple[str, str], str]:
    """The hash of each record (its name is blank) and picture that the server keeps."""
    with deployment.reading() as session:
        all_of = [kept(session, tip) for tip in session.scalars(select(Tip))]
    return {
        (one.instance_id, name): sha256
        for one in all_of
        for name, sha256 in [("", one.xml_sha256), *((file.name, file.sha256) for file in one.files)]
    }
