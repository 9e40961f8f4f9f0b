"""The shipped app when its package is past its day, or its clock was set back: said, and nothing is lost."""

import re
from datetime import UTC, datetime, timedelta

from playwright.sync_api import expect
from sqlalchemy import select

from backend.core.days import SHANGHAI
from backend.intake import rescue_job
from backend.intake.models import Outcome, RescueItem
from tests.intake.tablet import file_all
from tests.tablet.arrived import held
from tests.tablet.day import clean, prepare_bureau
from tests.tablet.officer import Officer


def _work(officer: Officer, network, code: str, day) -> dict[tuple[str, str], str]:  # type: ignore[no-untyped-def]
    """One visit that is finished and one that is begun, without a network; gives what is to be sent."""
    officer.begin(code)
    network.share = 1
    officer.go("今日")
    officer.arrive(day[0].venue)
    officer.fill_in(clean("internet_cafe"))
    officer.go("今日")
    officer.arrive(day[1].venue)
    officer.answer("arrival/body_camera", "CAM-7")
    expect(officer.page.get_by_role("status").get_by_text("已保存")).to_be_visible()
    return officer.outbox()


def _why(officer: Officer):  # type: ignore[no-untyped-def]
    expect(officer.page.get_by_role("heading", name="执法人员登录")).to_be_visible()
    return officer.page.get_by_role("alert").filter(has_text="离线解锁已失效")


def test_past_its_day_the_tablet_says_why_and_what_to_do_and_all_of_it_arrives(
    at_work, city, app, deployment
):
    code, day = prepare_bureau(deployment, app, 2)
    officer = at_work
    sent = _work(officer, city[0], code, day)
    officer.end()
    officer.open(offline=True, hours=25)

    expect(_why(officer)).to_contain_text("过期")
    expect(_why(officer)).to_contain_text("没有丢失")
    officer.tap(officer.page.get_by_role("link", name="打开同步中心", exact=True))
    expect(officer.page.get_by_text("没有网络，联网后自动发送").first).to_be_visible()
    city[0].share = 0
    officer.context.set_offline(False)
    officer.tap(officer.button("联网送交救援文件"))
    expect(officer.page.get_by_text("救援文件已送交")).to_be_visible()
    while rescue_job.take_waiting(deployment):
        pass
    file_all(deployment)

    assert held(deployment) == sorted((*place, sha256) for place, sha256 in sent.items())
    with deployment.reading() as session:
        drafts = session.scalars(select(RescueItem).where(RescueItem.outcome == Outcome.DRAFT)).all()
    assert len(drafts) == 1
    officer.page.get_by_role("link", name="返回").click()
    officer.sign_in("zhang")
    officer.prepare("时钟", "第二名执法人员")
    officer.go("今日")
    expect(officer.page.locator(".task")).to_contain_text(day[1].venue)


def test_an_open_tablet_whose_day_ends_leads_to_a_new_package_and_keeps_its_work(
    at_work, city, app, deployment
):
    code, day = prepare_bureau(deployment, app, 2)
    officer = at_work
    sent = _work(officer, city[0], code, day)
    officer.kill(offline=True, hours=23)
    expect(officer.question("arrival/body_camera").get_by_role("textbox")).to_have_value("CAM-7")

    officer.context.clock.set_system_time(datetime.now(UTC) + timedelta(hours=25))
    officer.go("今日")
    expect(officer.page.locator("li.wrong", has_text="已过期，请联网")).to_be_visible()
    officer.go("同步")
    city[0].share = 0
    officer.context.set_offline(False)
    officer.send()
    file_all(deployment)
    assert held(deployment) == sorted((*place, sha256) for place, sha256 in sent.items())

    officer.go("设置")
    officer.tap(officer.page.get_by_role("link", name="出发检查"))
    officer.prepare("时钟")
    officer.go("今日")
    officer.tap(officer.page.get_by_role("link", name=re.compile("继续")))
    officer.tap(officer.page.get_by_role("link", name="继续填写"))
    expect(officer.question("arrival/body_camera").get_by_role("textbox")).to_have_value("CAM-7")


def test_a_clock_that_is_set_back_is_said_and_the_latest_time_seen_counts(at_work, city, app, deployment):
    code, day = prepare_bureau(deployment, app, 2)
    officer = at_work
    sent = _work(officer, city[0], code, day)
    officer.kill(offline=True, hours=23)
    officer.kill(offline=True)

    officer.go("今日")
    expect(officer.page.get_by_text("离线包未就绪")).to_be_visible()
    officer.tap(officer.page.get_by_role("link", name="出发检查"))
    seen = officer.page.locator("li.wrong", has_text="时钟被调回过")
    tomorrow = (datetime.now(SHANGHAI) + timedelta(hours=23)).date()
    expect(seen).to_contain_text(f"{tomorrow.day:02}")
    officer.end()
    officer.open(offline=True, hours=25)
    expect(_why(officer)).not_to_contain_text("调回")
    officer.end()
    officer.open(offline=True)

    expect(_why(officer)).to_contain_text("时钟被调回过")
    assert officer.outbox() == sent
