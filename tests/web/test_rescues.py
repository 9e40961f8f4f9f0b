"""The page of rescue files: brought in sealed, listed without content, decided with a reason."""

import io

import pytest

from backend.accounts.auth import Role
from backend.accounts.models import Device
from backend.intake import rescue_job
from tests.chromium import chromium, served
from tests.forms.samples import PHOTO, cafe_submission
from tests.intake.rescue_files import bring, outcomes, rescue_maker, states
from tests.people import PASSWORD, add_person
from tests.screening.places import NOW

pytestmark = pytest.mark.usefixtures("district")
REASON = "平板已找回，由本人交来"


@pytest.fixture
def maker(deployment, forms, inspector, agency):
    made = rescue_maker(deployment, user_id=inspector, agency_id=agency)
    made.add("submission", cafe_submission(instance_id="uuid:1", photos=[PHOTO]))
    made.add("attachment", b"a photo", name="front.jpg")
    return made


@pytest.fixture
def quarantined(deployment, maker):
    with deployment.unit_of_work() as session:
        session.get_one(Device, maker.manifest["device_id"]).revoked_at = NOW
    return bring(deployment, maker.pack())


def upload(desk, packed, **fields):
    data = fields | {"rescue_file": (io.BytesIO(packed), "tablet.rescue")}
    return desk.post("/rescue-files", data=data, content_type="multipart/form-data", follow_redirects=True)


def test_without_the_pages_token_nothing_is_read(supervisor, deployment, maker):
    token = supervisor.environ_base.pop("HTTP_X_CSRF_TOKEN")

    for fields in ({}, {"csrf_token": "wrong"}):
        assert upload(supervisor, maker.pack(), **fields).status_code == 403
    assert states(deployment) == []
    assert upload(supervisor, maker.pack(), csrf_token=token).status_code == 200
    assert states(deployment) == ["received"]


def test_a_browser_sends_the_pages_token_before_the_file(app, deployment, maker, agency):
    add_person(deployment, Role.SUPERVISOR, login="zhang", areas=("310101",), agency_id=agency)
    file = {"name": "t.rescue", "mimeType": "application/octet-stream", "buffer": maker.pack()}

    with chromium() as browser, served(app) as address:
        page = browser.new_page(base_url=address)
        page.goto("/sign-in?next=/rescue-files")
        page.fill("#login", "zhang")
        page.fill("#password", PASSWORD)
        page.keyboard.press("Enter")
        page.set_input_files("#rescue_file", files=[file])
        page.get_by_role("button", name="上传").click()
        page.get_by_role("link", name="救援文件 1").wait_for()

    assert states(deployment) == ["received"]


def test_what_is_no_rescue_file_is_refused_in_words(supervisor, deployment):
    page = upload(supervisor, b"something else")

    assert page.status_code == 422
    assert "不是救援文件" in page.text
    assert states(deployment) == []


@pytest.mark.parametrize(
    "body", [b"", b"--x\r\n", b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n']
)
def test_a_body_that_is_no_form_is_refused(supervisor, deployment, body):
    refused = supervisor.post("/rescue-files", data=body, content_type="multipart/form-data; boundary=x")

    assert refused.status_code == 422
    assert states(deployment) == []


def test_it_is_brought_in_and_taken(supervisor, deployment, maker):
    listed = upload(supervisor, maker.pack()).text
    assert "检查表 1、附件 1、文书 0、未完成 0" in listed
    rescue_job.take_waiting(deployment)

    page = supervisor.get("/rescue-files/1").text

    assert outcomes(deployment) == [("taken", None), ("taken", None)]
    assert page.count("已取出") == 2
    assert "front.jpg" not in page


def test_what_could_not_be_taken_says_why(supervisor, deployment, maker):
    bring(deployment, maker.pack()[:-1])

    page = supervisor.get("/rescue-files/1").text

    assert "部分未取出" in page
    assert "文件不完整" in page


def test_quarantine_is_released_with_a_reason(supervisor, deployment, quarantined):
    assert "平板已注销" in supervisor.get("/rescue-files").text
    for reason in ("", "身份证 31010119900307006X"):
        refused = supervisor.post("/rescue-files/1", data={"deed": "release", "reason": reason})
        assert refused.status_code == 422

    page = supervisor.post("/rescue-files/1", data={"deed": "release", "reason": REASON}).text

    assert REASON in page
    assert "系统正在取出" in page
    assert states(deployment) == ["received"]


def test_quarantine_is_refused_with_a_reason(supervisor, deployment, quarantined):
    supervisor.post("/rescue-files/1", data={"deed": "refuse", "reason": REASON})

    assert states(deployment) == ["refused"]
    again = supervisor.post("/rescue-files/1", data={"deed": "release", "reason": REASON})
    assert again.status_code == 409


def test_others_do_not_see_it(people, quarantined):
    for more in ({"areas": ("310104",)}, {"agency_id": None}):
        stranger = people(Role.SUPERVISOR, **more)
        assert "没有救援文件" in stranger.get("/rescue-files").text
        assert stranger.get("/rescue-files/1").status_code == 404
        said = {"deed": "release", "reason": REASON}
        assert stranger.post("/rescue-files/1", data=said).status_code == 404


@pytest.mark.parametrize("role", [Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.COORDINATOR, Role.REPORTER])
def test_nobody_else_gets_there(people, role):
    assert people(role).get("/rescue-files").status_code == 403
