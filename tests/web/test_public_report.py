"""Anybody reports on a page without an account and without a script, and keeps a receipt."""

import io
import re
from uuid import uuid4

import pytest
from sqlalchemy import select, text

from backend.tips.models import Tip, TipInformant
from tests.tips.leads import photo
from tests.web.test_tips import follow

pytestmark = pytest.mark.usefixtures("district")
WHO = {"name": "过路人", "contact": "13812345678"}


def said(**more):
    given = {"uuid": str(uuid4()), "kind": "smoking", "seen_at": "2026-11-20T10:00", "place": "第一小学北门"}
    return given | more


@pytest.fixture
def reports(app):
    """Somebody without an account, who opens the form and sends it."""
    client = app.test_client()

    def send(**given):
        token = re.search(r'name="csrf_token" value="(\w+)"', client.get("/report").text)[1]
        return client.post("/report", data={"csrf_token": token} | given)

    return send


def tips(deployment):
    with deployment.reading() as session:
        return list(session.scalars(select(Tip).order_by(Tip.id)))


@pytest.mark.parametrize(
    ("more", "words"),
    [
        pytest.param({"kind": ""}, "是什么情况：不能为空", id="no kind"),
        pytest.param({"place": ""}, "在哪里：不能为空", id="nowhere"),
        pytest.param({"place": "打 13812345678"}, "手机号", id="a mobile number for a place"),
        pytest.param({"text": "学生11010519491231002X"}, "身份证号", id="a resident ID"),
        pytest.param({"area_code": "999999"}, "哪个区：没有这一项", id="a district that is none"),
        pytest.param({"seen_at": "2199-01-01T00:00"}, "还没有到这个时间", id="not yet"),
        pytest.param({"lon": "999", "lat": "31"}, "经度：不正确", id="no longitude"),
        pytest.param({"picture": (io.BytesIO(b"x"), "1.jpg")}, "照片打不开", id="no picture"),
    ],
)
def test_what_cannot_be_so_is_refused_and_stays_typed(deployment, reports, more, words):
    given = said(**more)

    answer = reports(**given)

    assert answer.status_code == 422
    assert words in answer.text
    assert f'value="{given["uuid"]}"' in answer.text
    assert tips(deployment) == []


def test_another_site_cannot_report(app, deployment):
    assert app.test_client().post("/report", data=said()).status_code == 401
    assert tips(deployment) == []


def test_whoever_sends_many_waits(deployment, reports):
    for _ in range(10):
        assert reports(**said()).status_code == 201

    answer = reports(**said())

    assert answer.status_code == 429
    assert len(tips(deployment)) == 10


def test_the_form_begins_with_whom_to_call_and_needs_nothing_from_elsewhere(app):
    page = app.test_client().get("/report")

    assert re.findall(r'href="tel:(\d+)"', page.text) == ["110", "12345", "12355"]
    assert page.text.index("tel:110") < page.text.index('name="kind"')
    assert "校门附近吸烟、饮酒" in page.text
    assert not re.search(r'(?:src|href)="(?:https?:)?//', page.text)
    assert '<input class="unseen" type="file" accept="image/*">' in page.text


def test_a_report_is_received_by_the_district_and_followed_to_its_answer(
    app, deployment, supervisor, reports
):
    receipt = reports(**said(area_code="310101", text="放学时有人吸烟"))
    number, secret = re.findall(r'<code class="secret">([^<]+)</code>', receipt.text)
    supervisor.post("/tips/1", data={"deed": "take"})
    supervisor.post("/tips/1", data={"deed": "answer", "text": "已劝阻，今后放学时段有人巡查"})

    page = supervisor.get("/tips/1").text
    followed = follow(app, receipt_no=number, secret=secret)

    (tip,) = tips(deployment)
    assert receipt.status_code == 201
    assert (tip.source, tip.area_code, tip.user_id) == ("public", "310101", None)
    assert "放学时有人吸烟" in page
    assert "第一小学北门" in page
    assert "今后放学时段有人巡查" in followed.text


def test_sent_twice_it_is_kept_once_and_its_secret_is_shown_once(deployment, reports):
    given = said(**WHO)

    answers = [reports(**given) for _ in range(2)]

    assert [one.status_code for one in answers] == [201, 200]
    assert ["只显示这一次" in one.text for one in answers] == [True, False]
    assert len(tips(deployment)) == 1


def test_the_same_number_with_another_story_is_refused(deployment, reports):
    given = said()
    reports(**given)

    assert reports(**given | {"place": "另一个门"}).status_code == 409


def test_a_picture_is_encoded_anew_and_shown_in_blocks(supervisor, reports):
    camera = b"a camera that tells where it was"
    exif = (
        b"Exif\0\0II*\0\x08\0\0\0\x01\0\x0e\x01\x02\0"
        + len(camera).to_bytes(4, "little")
        + b"\x1a\0\0\0\0\0\0\0"
        + camera
    )
    sent = photo(size=(640, 480), exif=exif)

    reports(**said(area_code="310101", picture=(io.BytesIO(sent), "1.jpg")))
    shown = supervisor.get("/tips/1/pictures/1").data

    assert camera in sent
    assert shown[:2] == b"\xff\xd8"
    assert camera not in shown


def test_who_reported_is_kept_apart_and_under_another_key(deployment, supervisor, reports):
    reports(**said(area_code="310101", **WHO))

    page = supervisor.get("/tips/1").text

    with deployment.reading() as session:
        tip, informant = session.scalars(select(Tip)).one(), session.scalars(select(TipInformant)).one()
        kept = str(session.execute(text("SELECT * FROM tips, tip_informants")).all())
    assert tip.key_id != informant.key_id
    for word in WHO.values():
        assert word not in page
        assert word not in kept


def test_nothing_is_kept_of_who_said_nothing(deployment, reports):
    reports(**said())

    with deployment.reading() as session:
        assert session.scalars(select(TipInformant)).all() == []


def test_a_complaint_in_a_report_becomes_a_tip_of_its_own_and_one_receipt_opens_both(
    app, deployment, supervisor, reports
):
    receipt = reports(**said(area_code="310101", has_complaint="true"))
    number, secret = re.findall(r'<code class="secret">([^<]+)</code>', receipt.text)
    for tip, text_ in ((1, "已责令改正"), (2, "商家已退款")):
        supervisor.post(f"/tips/{tip}", data={"deed": "take"})
        supervisor.post(f"/tips/{tip}", data={"deed": "answer", "text": text_})

    followed = follow(app, receipt_no=number, secret=secret).text

    assert [one.nature for one in tips(deployment)] == ["report", "complaint"]
    assert "已责令改正" in followed
    assert "商家已退款" in followed
