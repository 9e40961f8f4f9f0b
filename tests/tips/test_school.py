"""A school reports what happens around it: for itself only, without numbers of persons, and asks after it."""

import base64
import io
from uuid import uuid4

import pytest
from PIL import Image
from sqlalchemy import select

from backend.accounts.auth import Role
from backend.tips.models import Tip
from tests.people import desk_of
from tests.tips.conftest import CAFE, FAR_CAFE, FAR_SCHOOL, HERE, SCHOOL
from tests.tips.leads import photo

ID_NUMBER = "11010519491231002X"
LONG_AGO = "2026-11-20T02:00:00+00:00"


def said(**more):
    return {"uuid": str(uuid4()), "kind": "smoking", "seen_at": LONG_AGO, "text": "放学时北门有人吸烟"} | more


def tips(deployment):
    with deployment.reading() as session:
        return session.scalars(select(Tip)).all()


@pytest.mark.parametrize(
    ("more", "faults"),
    [
        pytest.param({"kind": "unheard_of"}, {"kind": "unknown"}, id="a kind that nobody knows"),
        pytest.param({"seen_at": "2199-01-01T00:00:00Z"}, {"seen_at": "in_the_future"}, id="not yet"),
        pytest.param({"venue_id": FAR_CAFE}, {"venue_id": "not_around_here"}, id="a venue somewhere else"),
    ],
)
def test_what_cannot_be_so_is_refused(deployment, school, more, faults):
    answer = school.post("/api/v1/tips", json=said(**more))

    assert (answer.status_code, answer.json["errors"]) == (422, faults)
    assert tips(deployment) == []


def test_a_school_cannot_tell_on_behalf_of_another(deployment, school):
    answer = school.post("/api/v1/tips", json=said(site_id=FAR_SCHOOL))

    assert answer.status_code == 422
    assert tips(deployment) == []


def test_an_account_without_a_school_tells_nothing(app, deployment, district):
    nobody = desk_of(app, Role.REPORTER, areas=(HERE,))

    assert nobody.post("/api/v1/tips", json=said()).status_code == 403
    assert tips(deployment) == []


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.INSPECTOR, Role.COORDINATOR, Role.AUDITOR])
def test_only_schools_use_this_door(app, district, role):
    assert desk_of(app, role, areas=(HERE,)).post("/api/v1/tips", json=said()).status_code == 403


@pytest.mark.parametrize("text", [f"学生{ID_NUMBER}", "打电话 13812345678"])
def test_numbers_of_persons_are_refused(deployment, school, text):
    answer = school.post("/api/v1/tips", json=said(text=text))

    assert (answer.status_code, answer.json["status"]) == (422, "personal_number_found")
    assert tips(deployment) == []


@pytest.mark.parametrize(
    "pictures", [["%%%"], [""], [base64.b64encode(b"no picture").decode()], [7], ["AA=="] * 4]
)
def test_what_is_no_picture_is_refused_with_all_of_it(deployment, school, pictures):
    assert school.post("/api/v1/tips", json=said(pictures=pictures)).status_code == 422
    assert tips(deployment) == []


def test_a_tip_of_a_school_belongs_to_its_area_and_names_it(school, supervisor, elsewhere):
    answer = school.post("/api/v1/tips", json=said(venue_id=CAFE))

    assert answer.status_code == 201
    shown = supervisor.get("/api/v1/tips/1").json
    assert (shown["source"], shown["site_id"], shown["venue_id"]) == ("school", SCHOOL, CAFE)
    assert elsewhere.get("/api/v1/tips").json == []


def test_the_secret_is_shown_once(school):
    tip = said(pictures=[base64.b64encode(photo()).decode()])

    first, again = (school.post("/api/v1/tips", json=tip) for _ in range(2))

    assert (first.status_code, again.status_code) == (201, 200)
    assert len(first.json["secret"].replace("-", "")) == 16
    assert again.json == first.json | {"secret": None}


def test_a_whole_picture_is_shown_in_blocks_but_for_what_the_school_marked(school, supervisor):
    stripes = Image.new("RGB", (96, 96), "white")
    stripes.paste("black", (0, 0, 48, 96))
    stripes.paste("black", (50, 0, 52, 96))
    content = io.BytesIO()
    stripes.save(content, "JPEG", quality=95)
    picture = base64.b64encode(content.getvalue()).decode()
    school.post("/api/v1/tips", json=said(pictures=[picture]))
    school.post("/api/v1/tips", json=said(pictures=[picture], clear=[[[0, 0, 1, 1]]]))

    blocks, clear = (
        Image.open(io.BytesIO(supervisor.get(f"/api/v1/tips/{tip}/pictures/1").data)).convert("L")
        for tip in (1, 2)
    )

    assert blocks.getpixel((51, 40)) > 128 > clear.getpixel((51, 40))


@pytest.mark.parametrize("clear", [[[[0, 0, 2, 1]]], [[[0, 0, 1]]], "everything", [[]] * 4])
def test_a_clear_area_that_is_none_is_refused(deployment, school, clear):
    assert school.post("/api/v1/tips", json=said(clear=clear)).status_code == 422
    assert tips(deployment) == []


def test_the_same_uuid_with_another_story_is_refused(school):
    tip = said()
    school.post("/api/v1/tips", json=tip)

    assert school.post("/api/v1/tips", json=tip | {"text": "另一个说法"}).json["status"] == "tip_changed"
