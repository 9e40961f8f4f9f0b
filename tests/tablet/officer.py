"""An officer with the app as it is shipped: everything is done by taps, and each tap is counted."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright.sync_api import BrowserType, Locator, Page, expect

from tests.people import PASSWORD
from tests.tablet.browser import OnDisk

UNLOCKS = {"zhang": "Lantern77", "li": "Harbour88"}
NAMES = {"zhang": "张一", "li": "李二"}
CAMERA = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")
AT_THE_DOOR = {"latitude": 31.23045, "longitude": 121.471575, "accuracy": 8}
QUESTIONS = """[...document.querySelectorAll('.questions .question[data-path]')].map(one => [
    one.dataset.path.replace('/data/', ''),
    !!one.querySelector('input:checked, figure, .done, p.number')
        || [...one.querySelectorAll('[type=text], [type=date], textarea, select')].some(e => e.value),
])"""
OUTBOX = """new Promise((done, failed) => {
    const opening = indexedDB.open('humiao')
    opening.onerror = failed
    opening.onsuccess = () => {
        const asked = opening.result.transaction('items').objectStore('items').getAll()
        asked.onsuccess = () => { opening.result.close(); done(asked.result) }
    }
})"""
LIMIT_S, SENDING_S = 15, 120
MOST_TRIES = 60


class Officer(OnDisk):
    """The first officer of a tablet; `taps` are clicks, strokes and fields that were typed in."""

    def __init__(self, kind: BrowserType, executable: str, disk: Path, address: str) -> None:
        super().__init__(
            kind, executable, disk, *CAMERA, viewport={"width": 1280, "height": 800},
            geolocation=AT_THE_DOOR, permissions=["geolocation", "camera"], timezone_id="Asia/Shanghai",
            locale="zh-CN",
        )  # fmt: skip
        self.address, self.taps, self.wrong = f"{address}/app/", 0, list[str]()
        self.open()

    def open(self, *, offline: bool = False, hours: int = 0) -> None:
        """Open the app, on a tablet whose clock is so far ahead of ours."""
        self.page = self.start()
        if hours:
            self.context.clock.set_system_time(datetime.now(UTC) + timedelta(hours=hours))
        self.context.set_default_timeout(LIMIT_S * 1000)
        expect.set_options(timeout=LIMIT_S * 1000)
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on(
            "request", lambda asked: self.wrong.append(asked.url) if self._leaves(asked.url) else None
        )
        self.context.set_offline(offline)
        self.page.goto(self.address)

    def _leaves(self, url: str) -> bool:
        return not url.startswith((self.address.removesuffix("/app/"), "blob:", "data:"))

    def kill(self, *, offline: bool, hours: int = 0) -> None:
        """The browser is killed, starts again, and the officer unlocks."""
        self.end()
        self.open(offline=offline, hours=hours)
        self.unlock()

    def tap(self, what: Locator) -> None:
        what.click()
        self.taps += 1

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def type(self, where: Locator, text: str) -> None:
        where.fill(text)
        self.taps += 1

    def enrol(self, code: str) -> None:
        self.type(self.page.get_by_label("登记码"), code)
        self.type(self.page.get_by_label("平板名称"), "执法一队 7 号")
        self.tap(self.button("登记"))

    def sign_in(self, login: str) -> None:
        """Once for each officer, with a network."""
        expect(self.page.get_by_role("heading", name="执法人员登录")).to_be_visible()
        fields = {"账号": login, "账号密码": PASSWORD, "再输入一次": UNLOCKS[login]}
        for label, text in fields.items():
            self.type(self.page.get_by_label(label, exact=True), text)
        self.type(self.page.get_by_label("设置解锁密码"), UNLOCKS[login])
        self.tap(self.button("登录并添加"))
        expect(self.page.get_by_role("heading", name="出发检查")).to_be_visible()

    def begin(self, code: str) -> None:
        """The morning in the office."""
        self.enrol(code)
        self.sign_in("zhang")
        self.add_second()
        self.prepare()
        self.is_kept()

    def add_second(self) -> None:
        self.go("设置")
        self.tap(self.page.get_by_text("添加执法人员"))
        self.sign_in("li")

    def prepare(self, *known: str) -> None:
        """The package of the day. The system cannot promise here to keep it; `known` is wrong as well."""
        self.tap(self.page.get_by_role("button", name="离线包"))
        expect(self.page.locator(".actions .busy, [role=alert]")).to_have_count(0)
        fine = "|".join(("长期保存", "文书号", "机关联系方式", *known))
        expect(self.page.locator("li.wrong", has_not_text=re.compile(fine))).to_have_count(0)

    def is_kept(self) -> None:
        """From now on the app itself opens without a network."""
        self.page.evaluate("navigator.serviceWorker.ready.then(() => true)")

    def outbox(self) -> dict[tuple[str, str], str]:
        """The hash of each record (its name is blank) and file that is to be sent, as the disk has it."""
        return {(one["instanceID"], one["name"]): one["sha256"] for one in self.page.evaluate(OUTBOX)}

    def send(self) -> None:
        """Press the button until all has arrived. It may turn grey first: the app sends by itself, too."""
        self.go("同步")
        for _ in range(MOST_TRIES):
            self.button("立即发送").click(force=True)
            expect(self.button("立即发送")).to_be_visible(timeout=SENDING_S * 1000)
            if self.page.get_by_text("已全部发送").count():
                break
        expect(self.page.get_by_text("已全部发送")).to_be_visible()

    def go(self, where: str) -> None:
        self.tap(self.page.get_by_role("navigation").get_by_role("link", name=where))

    def unlock(self) -> None:
        self.tap(self.page.locator(".officers").get_by_text(NAMES["zhang"]))
        self.type(self.page.locator("#main input[type=password]"), UNLOCKS["zhang"])
        self.tap(self.button("解锁"))
        expect(self.page.get_by_role("navigation", name="主菜单")).to_be_visible()

    def arrive(self, venue: str, camera: str = "") -> None:
        """From Today to the first question, the second officer confirming in person."""
        self.tap(self.page.locator(".task", has_text=venue))
        self.tap(self.page.get_by_role("link", name="开始检查"))
        self.type(self.page.locator("#main input[type=password]"), UNLOCKS["li"])
        self.tap(self.button("本人确认"))
        expect(self.page.get_by_text("已确认")).to_be_visible()
        worn = self.page.get_by_label("执法记录仪编号")
        if camera and worn.input_value() != camera:
            self.type(worn, camera)
        self.tap(self.page.locator("fieldset", has_text="出示证件").locator("label"))
        self.tap(self.button("开始检查"))
        expect(self.page).to_have_url(re.compile("/visit/"))

    def correct(self, venue: str, **fields: str) -> None:
        """Say what is true of a venue instead of what the register says; labels with what is written."""
        self.go("查找")
        self.page.get_by_role("searchbox").fill(venue)
        self.page.locator(".results a", has_text=venue).first.click()
        self.page.get_by_role("link", name="登记信息不对").click()
        for label, text in (fields | {"说明": "现场核对"}).items():
            self.page.get_by_label(label, exact=True).fill(text)
        self.button("提出更正").click()
        expect(self.page.get_by_text("已记下")).to_be_visible()

    def known(self) -> list[str]:
        """The questions on this page that are answered."""
        return [path for path, is_known in self.page.evaluate(QUESTIONS) if is_known]

    def question(self, path: str) -> Locator:
        return self.page.locator(f'[data-path="/data/{path}"]')

    def fill_in(self, said: Mapping[str, str], *, photo: bool = True) -> None:
        """Answer what is asked and not yet known, page by page; one photo; both officers sign; finish."""
        expect(self.page.locator(".questions")).to_be_visible()
        further = self.button("下一节")
        while True:
            self.answer_section(said)
            camera = self.page.locator(".questions > .stack > .camera")
            if photo and camera.count():
                self.photograph(camera.get_by_role("button", name="拍照"))
            if not further.count():
                break
            self.tap(further)
        self.tap(self.button("完成检查表"))
        expect(self.page.locator(".checklist")).to_have_count(0)

    def answer_section(self, said: Mapping[str, str]) -> None:
        """What does not comply first, then what may be answered together, then the rest one by one."""
        self._answer({path: value for path, value in said.items() if _stands_out(said, path)})
        together = self.page.get_by_role("button", name="全部符合")
        while together.count():
            self.tap(together.first)
        self._answer(said)

    def _answer(self, said: Mapping[str, str]) -> None:
        while left := [
            path for path, is_known in self.page.evaluate(QUESTIONS) if not is_known and said.get(path)
        ]:
            self.answer(left[0], said[left[0]])

    def answer(self, path: str, value: str) -> None:
        question = self.question(path)
        if question.locator("canvas").count():
            self.sign(path)
        elif path == "place/position":
            self.tap(question.get_by_role("button"))
            expect(question.locator("p.number")).to_be_visible()
        elif question.locator("input[type=radio], input[type=checkbox]").count():
            self.tap(question.locator(f'input[value="{value}"]'))
        else:
            self.type(question.locator("input, textarea"), value)

    def photograph(self, button: Locator) -> None:
        """One picture in which no minor can be."""
        self.tap(button)
        self.tap(self.button("拍下"))
        asked = self.page.locator('[data-path$="/minor_possible"]').last
        self.tap(asked.locator('input[value="no"]'))

    def sign(self, path: str) -> None:
        """By hand, and an officer with the own unlock."""
        question = self.question(path)
        stroke(self.page, question.locator("canvas"), 40)
        self.taps += 1
        own = {"signatures/officer_1_signature": "zhang", "signatures/officer_2_signature": "li"}.get(path)
        if own:
            self.type(question.locator("input[type=password]"), UNLOCKS[own])
        self.tap(question.get_by_role("button", name="确认签名"))
        expect(question.locator(".done")).to_be_visible()


def stroke(page: Page, pad: Locator, top: int) -> None:
    """One stroke on a pad, wherever it has come to stand: hovering waits until it moves no more."""
    pad.hover(position={"x": 60, "y": top})
    page.mouse.down()
    for x, y in ((90, top + 20), (140, top + 35), (200, top + 50)):
        pad.hover(position={"x": x, "y": y})
    page.mouse.up()


def _stands_out(said: Mapping[str, str], path: str) -> bool:
    other = {"breach", "not_applicable", "not_checked"}
    return said[path] in other or said.get(path.removesuffix("_note")) == "breach"
