"""The app as it is shipped on a bad day: nobody can unlock it any more, its disk is full."""

import re

from playwright.sync_api import expect

from tests.command import humiao
from tests.intake.tablet import file_all
from tests.tablet.arrived import held
from tests.tablet.day import clean, prepare_bureau

ESTIMATE = """StorageManager.prototype.estimate = async () =>
    ({usage: 1e9 * Number(localStorage.share ?? 0), quota: 1e9})"""


def test_after_five_wrong_unlocks_a_rescue_file_brings_every_byte(at_work, city, app, deployment, tmp_path):
    code, day = prepare_bureau(deployment, app, 1)
    officer = at_work
    officer.begin(code)
    city[0].share = 1
    officer.go("今日")
    officer.arrive(day[0].venue)
    officer.fill_in(clean("internet_cafe"))
    sent = officer.outbox()
    officer.end()
    officer.open(offline=True)

    officer.tap(officer.page.locator(".officers .row").first)
    for left in (4, 3, 2, 1, None):
        officer.type(officer.page.locator("#main input[type=password]"), "not this one")
        officer.tap(officer.button("解锁"))
        said = "离线解锁失效" if left is None else f"还可以试 {left} 次"
        expect(officer.page.get_by_role("alert").filter(has_text=said)).to_be_visible()
    officer.tap(officer.page.get_by_role("link", name=re.compile("待发")))
    with officer.page.expect_download() as saved:
        officer.tap(officer.button("导出救援文件"))
    saved.value.save_as(tmp_path / "tablet.rescue")
    humiao(deployment.settings, "intake", "rescue", tmp_path / "tablet.rescue")
    file_all(deployment)

    assert held(deployment) == sorted((*place, sha256) for place, sha256 in sent.items())


def test_a_full_tablet_warns_and_takes_no_picture_but_every_answer(at_work, city, app, deployment):
    code, day = prepare_bureau(deployment, app, 1)
    officer = at_work
    officer.begin(code)
    officer.context.add_init_script(ESTIMATE)
    officer.page.evaluate("localStorage.share = 0.85")
    officer.page.reload()
    officer.unlock()
    officer.page.get_by_role("link", name="出发检查").click()
    expect(officer.page.locator("li.wrong", has_text="快满了")).to_be_visible()

    officer.page.evaluate("localStorage.share = 0.96")
    officer.go("今日")
    officer.arrive(day[0].venue)
    officer.answer("arrival/body_camera", "CAM-7")
    officer.page.get_by_role("navigation").get_by_role("button", name="照片").click()
    officer.page.locator(".camera").last.get_by_role("button", name="拍照").click()
    officer.button("拍下").click()

    expect(officer.page.get_by_role("alert").filter(has_text="导出救援文件")).to_be_visible()
    expect(officer.page.get_by_role("status").get_by_text("已保存")).to_be_visible()
    officer.kill(offline=True)
    expect(officer.page.locator(".questions")).to_be_visible()
    officer.page.get_by_role("navigation").get_by_role("button", name="到场").click()
    expect(officer.question("arrival/body_camera").get_by_role("textbox")).to_have_value("CAM-7")


def test_a_checklist_that_was_only_read_opens_again_after_a_kill(at_work, city, app, deployment):
    code, day = prepare_bureau(deployment, app, 1)
    officer = at_work
    officer.begin(code)
    officer.go("今日")
    officer.arrive(day[0].venue)
    expect(officer.page.locator(".questions")).to_be_visible()
    expect(officer.page.get_by_role("status").get_by_text("已保存")).to_be_visible()

    officer.kill(offline=True)

    expect(officer.page.locator(".questions")).to_be_visible()
