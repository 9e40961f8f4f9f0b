"""A new version of the app and three of the checklists come while drafts are open: none is touched."""

from playwright.sync_api import Locator, expect
from sqlalchemy import select

from backend.inspections.models import Visit
from tests.forms.samples import form_of
from tests.intake.tablet import file_all
from tests.tablet.arrived import held
from tests.tablet.day import Stop, clean, prepare_bureau
from tests.tablet.officer import Officer
from tests.tablet.releases import ASKED, asked, build_app, publish_forms, released

CAMERA = "arrival/body_camera"
DRAFTS = ("internet_cafe", "hotel")
VERSIONS = (2, 3, 4)


def test_drafts_are_finished_in_the_version_they_began_with_three_versions_later(
    at_work, city, app, deployment, forms, tmp_path
):
    code, day = prepare_bureau(deployment, app, 3)
    officer, line = at_work, city[0]
    began_with = {activity: form_of(activity).version for activity in DRAFTS}
    officer.begin(code)
    line.share = 1
    known = {stop: _begin(officer, stop, f"CAM-{stop.venue}", ASKED) for stop in day[:2]}

    line.share = 0
    with released(app, line, build_app(tmp_path / "release", "9.9.9")):
        _update(officer, "9.9.9")
        for number in VERSIONS:
            publish_forms(forms, tmp_path / f"forms{number}", number, *DRAFTS)
            officer.go("设置")
            officer.tap(officer.page.get_by_role("link", name="出发检查"))
            officer.prepare()
        line.share = 1
        for stop, answered in known.items():
            officer.go("今日")
            officer.tap(officer.page.get_by_role("link", name=stop.venue).filter(has_text="继续"))
            officer.tap(officer.page.get_by_role("link", name="继续填写"))
            officer.tap(officer.page.get_by_role("navigation").get_by_role("button", name="到场"))
            expect(officer.question(CAMERA)).to_contain_text(ASKED)
            expect(officer.question(CAMERA)).not_to_contain_text("版")
            expect(_camera(officer)).to_have_value(f"CAM-{stop.venue}")
            assert officer.known() == answered
            officer.fill_in(clean(stop.activities[0]))
        _begin(officer, day[2], "CAM-9", asked(VERSIONS[-1]))
        sent = officer.outbox()
        line.share = 0
        officer.send()

    file_all(deployment)
    assert held(deployment) == sorted((*place, sha256) for place, sha256 in sent.items())
    with deployment.reading() as session:
        filed = {one.activity: one.form_version for one in session.scalars(select(Visit))}
    assert filed == began_with


def _camera(officer: Officer) -> Locator:
    return officer.question(CAMERA).get_by_role("textbox")


def _begin(officer: Officer, stop: Stop, camera: str, label: str) -> list[str]:
    """Begin a visit; gives what is answered."""
    officer.go("今日")
    officer.arrive(stop.venue)
    expect(officer.question(CAMERA)).to_contain_text(label)
    officer.answer(CAMERA, camera)
    expect(officer.page.get_by_role("status").get_by_text("已保存")).to_be_visible()
    return officer.known()


def _update(officer: Officer, version: str) -> None:
    """By the app's own way: it finds the version when it starts, and waits for the officer."""
    officer.kill(offline=False)
    expect(officer.page.get_by_text("新版本已下载")).to_be_visible()
    officer.go("设置")
    expect(officer.page.get_by_text(version)).to_have_count(0)
    officer.tap(officer.button("现在更新"))
    officer.unlock()
    officer.go("设置")
    expect(officer.page.get_by_text(version)).to_be_visible()
