"""Two officers on two tablets, without a network, at one venue; and who decides where they differ."""

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from backend.accounts.auth import Role
from backend.accounts.models import Agency
from backend.venues.models import Venue
from tests.people import PASSWORD, add_person
from tests.tablet.day import code_for_a_tablet, prepare_bureau
from tests.tablet.officer import Officer

MOST_TAPS = 4


@pytest.fixture
def other_at_work(chromium_kind, city, tmp_path):
    """A second officer with a tablet of the own."""
    started = Officer(*chromium_kind, tmp_path / "other", city[1])
    yield started
    started.close()
    assert started.wrong == []


@pytest.fixture
def desk(browser, city):
    """An empty page of a desk in the office."""
    context = browser.new_context(base_url=city[1], viewport={"width": 1280, "height": 900}, locale="zh-CN")
    yield context.new_page()
    context.close()


def test_different_fields_merge_and_the_same_one_is_decided_side_by_side(
    at_work, other_at_work, desk, city, app, deployment
):
    code, day = prepare_bureau(deployment, app, 1)
    with deployment.reading() as session:
        bureau = session.scalars(select(Agency.id)).one()
    supervisor = {"login": "wang", "areas": ("310101",), "agency_id": bureau}
    add_person(deployment, Role.SUPERVISOR, **supervisor)
    zhang, li, venue = at_work, other_at_work, day[0].venue
    zhang.begin(code)
    li.enrol(code_for_a_tablet(app, bureau))
    li.sign_in("li")
    li.prepare("第二名执法人员")

    for officer in (zhang, li):
        officer.context.set_offline(True)
    zhang.correct(venue, 名称="蓝星网咖")
    li.correct(venue, 地址="示例路9弄2号")
    li.correct(venue, 名称="蓝星电竞馆")
    expect(li.page.get_by_role("link", name="待发 2")).to_be_visible()
    zhang.context.set_offline(False)
    zhang.send()
    _became(zhang, "蓝星网咖", "已并入名录")
    li.context.set_offline(False)
    li.send()
    _became(li, "示例路9弄2号", "已并入名录")
    _became(li, "蓝星电竞馆", "待审核")
    assert _register(deployment) == ("蓝星网咖", "示例路9弄2号")

    _sign_in(desk, "wang")
    taps = _decide(desk)
    assert taps <= MOST_TAPS
    assert _register(deployment) == ("蓝星电竞馆", "示例路9弄2号")
    li.go("同步")
    li.tap(li.button("立即发送"))
    _became(li, "蓝星电竞馆", "已采纳")


def _became(officer: Officer, said: str, became: str) -> None:
    expect(officer.page.get_by_role("listitem").filter(has_text=f"→ {said}")).to_contain_text(became)


def _register(deployment) -> tuple[str | None, str | None]:  # type: ignore[no-untyped-def]
    with deployment.reading() as session:
        venue = session.scalars(select(Venue)).one()
        return venue.name, venue.address


def _sign_in(page: Page, login: str) -> None:
    page.goto("/")
    page.fill("#login", login)
    page.fill("#password", PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="您好").wait_for()


def _decide(page: Page) -> int:
    """From the landing page to the decision; gives its taps."""
    taps = (
        page.get_by_role("navigation").get_by_role("link", name="变更建议"),
        page.locator("table a").first,
        page.get_by_text("蓝星电竞馆"),
        page.get_by_role("button", name="按所选更新名录"),
    )
    for what in taps:
        what.click()
    expect(page.get_by_text("已采纳").first).to_be_visible()
    return len(taps)
