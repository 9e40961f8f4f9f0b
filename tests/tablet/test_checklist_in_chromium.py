"""The checklist screen filled by taps in a real browser: killed, reopened, with pictures and signatures."""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, expect

from forms.submission import parse
from forms.visits import to_visit
from tests.forms.samples import cafe_form
from tests.tablet import bench
from tests.tablet.officer import stroke

LAW = {
    "OPE-NET-1": {
        "clauses": [
            {"citation": ["条例第十九条", "Regulations, art. 19"], "summary": ["自己的话", "Our words"]}
        ],
        "howToCheck": [["看收银端", "See the counter"]],
    }
}


AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
TOO_SMALL = """() => [...document.querySelectorAll('button, summary, select, textarea, a, .choice, .take')]
    .map(one => [one.textContent, one.getBoundingClientRect().height])
    .filter(([, height]) => height > 0 && height < 48)"""
BYTES = """async name => {
    const kept = await mounted.desk.attachment(mounted.instanceID, name)
    return [...new Uint8Array(await kept.arrayBuffer())]
}"""


class Tablet:
    """A checklist on a screen, and what is on the disk below it."""

    def __init__(self, context: BrowserContext, **more: Any) -> None:
        self.context, self.more = context, more
        self.errors: list[str] = []
        self.open()

    def open(self) -> None:
        self.page = self.context.new_page()
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on(
            "console", lambda said: self.errors.append(said.text) if "Security Policy" in said.text else None
        )
        bench.opened(self.page)
        given = {
            "formXml": cafe_form().path.read_text("utf-8"),
            "activity": "internet_cafe",
            "title": "网吧",
            "law": LAW,
        }
        self.page.evaluate(
            "given => bench.mount(given).then(mounted => { window.mounted = mounted })", given | self.more
        )
        self.page.locator(".question").first.wait_for()

    def kill(self) -> None:
        self.page.close(run_before_unload=False)

    def section(self, title: str) -> None:
        self.page.get_by_role("navigation").get_by_role("button", name=title).click()

    def question(self, path: str) -> Locator:
        return self.page.locator(f'[data-path="/data/{path}"]')

    def choose(self, path: str, option: str) -> None:
        self.question(path).get_by_role("radio", name=option, exact=True).click()

    def type(self, path: str, text: str) -> None:
        self.question(path).get_by_role("textbox").fill(text)

    def draft(self) -> Any:
        """What is on the disk once the screen says that it is saved."""
        expect(
            self.page.get_by_role("status").filter(has_text=re.compile("^(已保存|Saved)$"))
        ).to_be_visible()
        return self.page.evaluate("mounted.desk.draft(mounted.instanceID)")

    def answers(self) -> dict[str, str]:
        leaves = parse(self.draft()["xml"].encode()).root.leaves()
        return {leaf.nodeset.removeprefix("/data/"): leaf.text for leaf in leaves if leaf.text}

    def attachments(self) -> list[Any]:
        found: list[Any] = self.page.evaluate("mounted.desk.attachments(mounted.instanceID)")
        return found

    def photograph(self, button: Locator) -> None:
        button.click()
        self.page.get_by_role("button", name="拍下").click()

    def write(self, path: str, unlock: str = "") -> None:
        """A signature by hand: two strokes, and an officer's own unlock."""
        for top in (40, 90):
            stroke(self.page, self.question(path).locator("canvas"), top)
        if unlock:
            self.question(path).locator("input[type=password]").fill(unlock)
        self.question(path).get_by_role("button", name="确认签名").click()


@pytest.fixture
def context(browser: Browser, bench_url: str) -> Iterator[BrowserContext]:
    made = browser.new_context(
        base_url=bench_url, timezone_id="Asia/Shanghai", viewport={"width": 1280, "height": 800}
    )
    made.set_default_timeout(6000)
    yield made
    made.close()


@pytest.fixture
def tablet(context: BrowserContext) -> Iterator[Tablet]:
    opened = Tablet(context)
    yield opened
    assert opened.errors == []


def test_what_is_known_is_answered_and_an_answer_is_saved_at_once(tablet) -> None:
    tablet.choose("arrival/visit_reason", "触发式检查")
    tablet.type("arrival/trigger_reason", "群众举报")

    said = tablet.answers()

    assert said["arrival/officer_2_certificate"] == "SH-0002"
    assert (said["place/venue_id"], said["place/listed_name"]) == ("1", "蓝星网吧")
    assert (said["arrival/visit_reason"], said["arrival/trigger_reason"]) == ("triggered", "群众举报")


def test_a_killed_checklist_opens_where_it_was_with_every_answer(tablet) -> None:
    tablet.section("检查事项")
    tablet.choose("duties/patrol", "不符合")
    tablet.type("duties/patrol_note", "无记录")
    before = tablet.answers()

    tablet.kill()
    tablet.open()

    expect(tablet.question("duties/patrol_note")).to_be_focused()
    expect(tablet.question("duties/patrol").get_by_role("radio", name="不符合")).to_be_checked()
    assert tablet.answers() == before


def test_a_hidden_answer_survives_a_kill(tablet) -> None:
    tablet.section("检查事项")
    tablet.choose("duties/patrol", "不符合")
    tablet.type("duties/patrol_note", "无记录")
    tablet.choose("duties/patrol", "符合")
    expect(tablet.question("duties/patrol_note")).to_have_count(0)
    assert "duties/patrol_note" not in tablet.answers()
    tablet.kill()

    tablet.open()
    tablet.choose("duties/patrol", "未查")

    expect(tablet.question("duties/patrol_note").get_by_role("textbox")).to_have_value("无记录")


def test_another_language_loses_nothing(tablet) -> None:
    tablet.section("检查事项")
    tablet.choose("duties/software_runs", "符合")

    tablet.page.get_by_role("button", name="English").click()

    expect(tablet.question("duties/software_runs")).to_contain_text("The management software is running")
    expect(tablet.question("duties/software_runs").get_by_role("radio", name="Compliant")).to_be_checked()
    assert tablet.answers()["duties/software_runs"] == "compliant"


def test_an_item_unfolds_its_law_and_how_to_check_it(tablet) -> None:
    tablet.section("检查事项")
    item = tablet.question("duties/software_runs")
    expect(item).not_to_contain_text("第十九条")

    item.get_by_text("依据和查法").click()

    expect(item).to_contain_text("条例第十九条")
    expect(item).to_contain_text("看收银端")


def test_all_comply_answers_no_core_item_and_no_distance_and_can_be_taken_back(tablet) -> None:
    tablet.section("检查事项")
    tablet.choose("duties/patrol", "不符合")

    tablet.page.get_by_role("button", name="全部符合").click()
    together = {name for name, value in tablet.answers().items() if value == "compliant"}
    tablet.page.get_by_role("button", name="撤销").click()

    assert together == {
        "duties/register_kept", "duties/opening_hours", "duties/software_runs", "duties/no_offline_games",
        "duties/licence_held", "duties/licence_displayed",
    }  # fmt: skip
    assert "compliant" not in tablet.answers().values()
    assert tablet.answers()["duties/patrol"] == "breach"


def test_a_found_minor_brings_the_red_card_and_counts_without_names(tablet) -> None:
    tablet.section("身份核验抽查")
    tablet.choose("id_checks_made", "是")
    for _ in range(3):
        tablet.question("id_checks[1]/people_checked").get_by_role("button", name="多一").click()
    expect(tablet.page.get_by_role("alert")).to_have_count(0)

    tablet.choose("id_checks[1]/minors_seen", "是")
    tablet.question("id_checks[1]/confirmed_14_15").get_by_role("button", name="多一").click()

    expect(tablet.page.get_by_role("alert")).to_contain_text("保护优先")
    called = (
        tablet.page.get_by_role("alert")
        .get_by_role("link")
        .evaluate_all("all => all.map(a => a.getAttribute('href'))")
    )
    assert called == ["tel:110", "tel:02100000003", "tel:02100000004", "tel:02100000002", "tel:12345"]
    said = tablet.answers()
    assert (said["id_checks/people_checked"], said["id_checks/confirmed_14_15"]) == ("3", "1")
    labels = tablet.page.locator(".question .label").all_inner_texts()
    assert [label for label in labels if "姓名" in label] == []


def test_bad_input_is_said_stays_in_the_field_and_is_not_kept(tablet) -> None:
    tablet.section("身份核验抽查")
    tablet.choose("id_checks_made", "是")

    tablet.type("id_checks[1]/people_checked", "abc")

    people = tablet.question("id_checks[1]/people_checked")
    expect(people).to_contain_text("看不懂")
    expect(people.get_by_role("textbox")).to_have_value("abc")
    assert "id_checks/people_checked" not in tablet.answers()
    tablet.type("id_checks[1]/people_checked", "４")
    expect(people).not_to_contain_text("看不懂")
    assert tablet.answers()["id_checks/people_checked"] == "4"


def test_finishing_goes_to_the_first_thing_that_is_missing(tablet) -> None:
    tablet.section("签名")

    tablet.page.get_by_role("button", name="核对并完成").click()

    expect(tablet.question("arrival/visit_reason")).to_be_focused()
    expect(tablet.question("arrival/visit_reason")).to_contain_text("这里要回答")


def test_a_position_is_taken_with_its_accuracy(tablet) -> None:
    tablet.section("场所与位置")

    tablet.page.get_by_role("button", name="现在定位").click()

    expect(tablet.question("place/position")).to_contain_text("精度约 9 米")
    assert tablet.answers()["place/position"].split()[:2] == ["31.2301", "121.4701"]


def test_a_picture_is_hashed_kept_sealed_and_only_then_shown_clear(tablet) -> None:
    tablet.section("检查事项")
    item = tablet.question("duties/ban_sign")
    tablet.photograph(item.get_by_role("button", name="拍照"))
    expect(item.get_by_role("button", name="拍照（已有 1 张）")).to_be_visible()

    said, (kept,) = tablet.answers(), tablet.attachments()
    assert said["photos/photo"] == kept["name"]
    assert (said["photos/about"], said["photos/officer"]) == ("ban_sign", "SH-0001")
    assert (said["photos/lon"], said["photos/lat"], said["photos/accuracy_m"]) == (
        "121.4701000",
        "31.2301000",
        "8.5",
    )
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+08:00", said["photos/taken_at"])
    content = tablet.page.evaluate(BYTES, kept["name"])
    assert hashlib.sha256(bytes(content)).hexdigest() == said["photos/sha256"] == kept["sha256"]
    assert kept["minorPossible"] is True

    tablet.section("照片")
    shown(tablet, "pixelated, clear: 0")
    assert colours(tablet) <= 12 * 12
    tablet.choose("photos[1]/minor_possible", "否")
    shown(tablet, "whole")
    assert colours(tablet) > 12 * 12
    assert tablet.answers()["photos/minor_possible"] == "no"
    assert [one["minorPossible"] for one in tablet.attachments()] == [False]


def test_a_picture_with_a_minor_stays_pixelated_but_for_what_is_marked_clear(tablet) -> None:
    tablet.section("照片")
    tablet.photograph(tablet.page.locator(".questions > .stack > .camera").get_by_role("button", name="拍照"))
    tablet.choose("photos[1]/minor_possible", "是")
    shown(tablet, "pixelated, clear: 0")
    before = colours(tablet)

    tablet.page.get_by_role("button", name="打码范围").click()
    tablet.page.get_by_role("button", name="标一块清楚").click()
    tablet.page.get_by_role("button", name="加宽").click()

    shown(tablet, "pixelated, clear: 1")
    assert before <= 12 * 12 < colours(tablet)
    (areas,) = tablet.draft()["clearAreas"].values()
    assert areas == [{"x": 0.3, "y": 0.3, "width": 0.5, "height": 0.4}]
    tablet.kill()
    tablet.open()
    shown(tablet, "pixelated, clear: 1")
    assert colours(tablet) > 12 * 12


def test_a_removed_picture_can_be_put_back_and_is_gone_after_a_restart(tablet) -> None:
    tablet.section("照片")
    tablet.photograph(tablet.page.locator(".questions > .stack > .camera").get_by_role("button", name="拍照"))
    tablet.choose("photos[1]/minor_possible", "否")
    before = tablet.answers()

    tablet.page.get_by_role("button", name="删除").click()
    expect(tablet.page.get_by_text("还没有照片")).to_be_visible()
    assert {name for name in tablet.answers() if name.startswith("photos/")} == set()
    tablet.page.get_by_role("button", name="撤销").click()
    expect(tablet.page.locator("canvas")).to_be_visible()
    assert tablet.answers() == before

    tablet.page.get_by_role("button", name="删除").click()
    tablet.draft()
    tablet.kill()
    tablet.open()
    assert tablet.attachments() == []


def test_a_picture_that_is_too_large_is_refused_when_it_is_taken(context) -> None:
    tablet = Tablet(context, maxPictureBytes=1000)
    tablet.section("照片")

    tablet.photograph(tablet.page.locator(".questions > .stack > .camera").get_by_role("button", name="拍照"))

    expect(tablet.page.get_by_role("alert")).to_contain_text("超过上限")
    assert tablet.attachments() == []
    assert "photos/photo" not in tablet.answers()


def test_an_officer_signs_with_the_own_unlock_only(tablet) -> None:
    tablet.section("签名")
    officer = tablet.question("signatures/officer_1_signature")
    tablet.write("signatures/officer_1_signature", "secret-2")
    expect(officer.get_by_role("alert")).to_contain_text("没有确认", timeout=20_000)
    assert tablet.attachments() == []
    tablet.write("signatures/officer_1_signature", "secret-1")

    expect(officer).to_contain_text("已签名", timeout=20_000)
    (kept,) = tablet.attachments()
    assert (kept["kind"], kept["type"]) == ("signature", "image/png")
    assert tablet.answers()["signatures/officer_1_signature"] == kept["name"]


def test_no_section_bars_anybody_and_every_target_is_large(tablet) -> None:
    tablet.section("身份核验抽查")
    tablet.choose("id_checks_made", "是")
    tablet.choose("id_checks[1]/minors_seen", "是")
    tablet.section("检查事项")
    tablet.choose("duties/patrol", "不符合")
    tablet.page.evaluate(AXE.read_text("utf-8"))

    for title in tablet.page.get_by_role("navigation").get_by_role("button").all_inner_texts():
        tablet.section(title.splitlines()[0])
        found = tablet.page.evaluate("axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']})")
        assert [one["id"] for one in found["violations"]] == [], title
        assert tablet.page.evaluate(TOO_SMALL) == [], title


def test_a_clean_visit_is_filled_by_taps_and_read_by_the_server(tablet) -> None:
    fill_clean(tablet)

    tablet.section("签名")
    tablet.page.get_by_role("button", name="完成检查表").click()

    tablet.page.locator("body[data-signed]").wait_for(state="attached")
    visit = to_visit(parse(tablet.page.evaluate("document.body.dataset.signed").encode()), cafe_form())
    assert visit.problems == ()
    assert {answer.value for answer in visit.answers} == {"compliant"}
    assert set(visit.signatures) == {"person", "officer_1", "officer_2"}
    assert visit.device_ended_at is not None


def fill_clean(tablet: Tablet) -> None:
    """A clean visit by taps, in the order of the form."""
    tablet.choose("arrival/visit_reason", "有计划检查")
    tablet.type("arrival/plan_number", "JH-1")
    tablet.choose("arrival/joint_visit", "否")
    tablet.choose("arrival/has_check_code", "是")
    tablet.type("arrival/check_code", "JC-1")
    tablet.choose("arrival/credentials_shown", "是")
    tablet.section("场所与位置")
    tablet.page.get_by_role("button", name="现在定位").click()
    tablet.section("现场测量")
    tablet.choose("measurement/measured", "否")
    tablet.section("检查事项")
    tablet.page.get_by_role("button", name="全部符合").click()
    for item in tablet.page.get_by_role("radio", name="符合", exact=True).all():
        if not item.is_checked():
            item.click()
    tablet.section("身份核验抽查")
    tablet.choose("id_checks_made", "是")
    tablet.choose("id_checks[1]/method", "现场核对")
    for name, people in {"people_checked": "5", "not_verified": "0", "mismatched": "0"}.items():
        tablet.type(f"id_checks[1]/{name}", people)
    tablet.choose("id_checks[1]/minors_seen", "否")
    tablet.section("处理措施")
    tablet.question("measures/measures_taken").get_by_role("checkbox", name="无").click()
    tablet.choose("measures/harm_seen", "否")
    tablet.section("签名")
    for name, option in {"person_present": "是", "record_read": "是", "person_signing": "签名"}.items():
        tablet.choose(f"signatures/{name}", option)
    tablet.type("signatures/person_name", "丙")
    tablet.write("signatures/person_signature")
    for number in (1, 2):
        tablet.write(f"signatures/officer_{number}_signature", f"secret-{number}")
        officer = tablet.question(f"signatures/officer_{number}_signature")
        expect(officer).to_contain_text("已签名")


def shown(tablet: Tablet, how: str) -> None:
    expect(tablet.page.locator(".picture canvas")).to_have_attribute("data-shown", how)


def colours(tablet: Tablet) -> int:
    """How many colours the shown picture has: as many as blocks, if it is pixelated."""
    found: int = tablet.page.evaluate(
        """() => {
            const canvas = document.querySelector('.picture canvas')
            const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
            const seen = new Set()
            for (let at = 0; at < data.length; at += 4)
                seen.add(data[at] << 16 | data[at + 1] << 8 | data[at + 2])
            return seen.size
        }"""
    )
    return found
