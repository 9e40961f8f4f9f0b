"""Handing over on the spot: made, printed and handed over without a network, numbers told once."""

import re
from datetime import datetime

import pytest
from sqlalchemy import select

from backend.core.audit import AuditEntry
from backend.core.days import SHANGHAI
from backend.intake.document_contents import opened
from backend.intake.document_models import HandedDocument
from backend.tasks import ledger
from backend.tasks.ledger_models import DocumentNumber
from backend.tasks.rules import DocumentKind
from tests.forms.samples import PHOTO, cafe_submission
from tests.tablet.test_sync_in_chromium import UNLOCK, let_in

BREACH = {
    "duties/ban_sign": "breach",
    "duties/ban_sign_note": "入口处没有标志",
    "measures/measures_taken": "order",
    "measures/order_text": "补挂禁入标志",
    "measures/order_due_on": "2099-12-31",
}
DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
BEGIN = """{
    const desk = await tablet.begin({venueId: 1, taskId: null, activities: ['internet_cafe']})
    const {visitId} = desk.visit, [{instanceID}] = desk.visit.modules
    return [visitId, instanceID]
}"""
FILL = """{
    const [visitId, instanceID, xml, pictures, dot] = it
    const desk = await tablet.desk(visitId), [{formId, formVersion}] = desk.visit.modules
    const content = new Blob([Uint8Array.from(atob(dot), one => one.charCodeAt(0))], {type: 'image/png'})
    for (const name of pictures) {
        const kind = name.endsWith('png') ? 'signature' : 'photo'
        const facts = {kind, type: 'image/png', takenAt: new Date().toISOString(), minorPossible: false}
        await desk.keepAttachment({name, instanceID, visitId, ...facts}, content)
    }
    await desk.saveDraft({instanceID, visitId, formId, formVersion, xml, hidden: {}, savedAt: ''})
}"""
PICTURES = ["front.jpg", "person.png", "officer1.png", "officer2.png"]


@pytest.fixture
def numbered(deployment, agency):
    """The agency numbers all documents."""
    year = datetime.now(SHANGHAI).year
    with deployment.unit_of_work() as session:
        for kind in DocumentKind:
            ledger.add_series(
                session, agency_id=agency, kind=kind, year=year, pattern=f"示{kind}〔{year}〕{{number}}号",
                by="tester",
            )  # fmt: skip


@pytest.fixture
def visit(tablet, code, numbered):
    """A visit with one breach, filled in and signed by everybody."""
    let_in(tablet, code)
    visit_id, instance_id = tablet.does(BEGIN)
    xml = cafe_submission(instance_id=instance_id, answers=BREACH, photos=[PHOTO]).decode()
    tablet.does(FILL, [visit_id, instance_id, xml, PICTURES, DOT])
    return visit_id


@pytest.fixture
def app(tablet, line, visit):
    """The app itself, without a network, unlocked at the documents of the visit."""
    page = tablet.page.context.new_page()
    page.goto(f"{line[1]}/app/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    line[0].share = 1
    page.reload()
    page.fill("input[type=password]", UNLOCK["password"])
    page.keyboard.press("Enter")
    page.click(f"a[href$='/visit/{visit}']")
    page.click("a[href$='/papers']")
    return page


def card(page, title):
    return page.locator("section.card", has=page.get_by_role("heading", name=title))


def hand_over(page):
    page.get_by_label("已向当事人宣读或者交其阅读").check()
    page.get_by_label("打印后当场交付").check()
    page.get_by_role("button", name="交付", exact=True).click()
    page.get_by_text("已交付").wait_for()
    page.go_back()


def test_record_and_order_are_handed_over_offline_sent_whole_and_their_numbers_told_once(
    app, tablet, line, deployment, visit, tmp_path
):
    slow = app.context.new_cdp_session(app)
    slow.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    card(app, "现场检查笔录").get_by_role("button").click()
    app.locator("article.document").wait_for(timeout=3_000)
    slow.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    record = app.locator("article.document").inner_text()
    number = re.search(r"示inspection_record〔\d+〕1号", record)
    assert number
    assert all(said in record for said in ("蓝星网吧", "入口处没有标志", "核验码"))
    assert app.locator("article.document img").count() == 3
    assert "第 1 页" in app.locator(".paper").inner_text()
    assert _printed(app, tmp_path / "record.pdf") >= 2
    hand_over(app)

    card(app, "责令（限期）改正通知书").get_by_role("button").click()
    order = app.locator("article.document").inner_text()
    assert number[0] in order
    assert all(said in order for said in ("补挂禁入标志", "示例文旅局"))
    assert "2099年12月31日" in order
    app.get_by_role("button", name="有误，作废").click()
    app.get_by_label("内容填错").check()
    app.get_by_role("button", name="确认作废").click()
    app.get_by_text("已作废").wait_for()
    app.go_back()
    card(app, "责令（限期）改正通知书").get_by_role("button").click()
    hand_over(app)

    line[0].share = 0
    for _ in range(2):
        assert tablet.does("tablet.send()")["left"] == 0
    with deployment.reading() as session:
        told = session.scalars(select(DocumentNumber).where(DocumentNumber.state != "reserved"))
        known = [(one.series.kind, one.number, one.state, one.voided_because) for one in told]
        deeds = session.scalars(
            select(AuditEntry.deed).where(AuditEntry.deed.in_(("number.use", "number.void")))
        )
        counted = sorted(deeds)
        came = list(session.scalars(select(HandedDocument).order_by(HandedDocument.id)))
        titles = [opened(session, one)["document"]["title"] for one in came]
    assert sorted(known) == [
        ("inspection_record", 1, "used", None),
        ("order_to_correct", 1, "voided", "wrong"),
        ("order_to_correct", 2, "used", None),
    ]
    assert counted == ["number.use", "number.use", "number.void"]
    assert titles == ["现场检查笔录", "责令限期改正通知书"]
    assert {(one.visit_no, one.how, one.signed) for one in came} == {(visit, "paper", "valid")}


def _printed(page, path) -> int:
    """On how many sheets a document is printed."""
    page.pdf(path=path, prefer_css_page_size=True)
    return len(re.findall(rb"/Type /Page\b", path.read_bytes()))
