"""Photos that look like earlier ones: found however they were saved again, within the agency only."""

import io

import pytest
from PIL import Image, ImageDraw
from sqlalchemy import func, select

from backend.inspections import pictures
from backend.inspections.models import PictureMark, PictureWaiting, VisitFlag
from backend.intake.looking import look_at_pictures
from tests.forms.samples import PHOTO
from tests.intake.tablet import SIGNATURES, Tablet, file_all, just_now
from tests.people import add_person
from tests.screening.places import add_venue, at


def scene(seed=0, *, quality=90, size=(640, 480), kind="JPEG"):
    """An invented room; the same seed is the same room."""
    picture = Image.new("RGB", (640, 480), (200, 190, 170))
    draw = ImageDraw.Draw(picture)
    for n in range(24):
        x, y = (n * 97 + seed * 211) % 600, (n * n * 53 + seed * 131) % 440
        draw.rectangle(
            (x, y, x + 90, y + 60),
            fill=((n * 37 + seed * 17) % 256, (n * 91) % 256, (seed * 71 + n * 5) % 256),
        )
    file = io.BytesIO()
    picture.resize(size).save(file, kind, quality=quality)
    return file.getvalue()


@pytest.fixture(autouse=True)
def register(deployment):
    with deployment.unit_of_work() as session:
        add_venue(session, at(0), area_code="310101001")


def sent(deployment, tablet, content, **said):
    tablet.send(just_now(photos=[PHOTO], **said), {**SIGNATURES, "front.jpg": content})
    file_all(deployment)
    while look_at_pictures(deployment):
        pass


def reused(deployment):
    """The visits flagged for it."""
    with deployment.reading() as session:
        flagged = select(VisitFlag.visit_id).where(VisitFlag.code == "reused_picture")
        return sorted(session.scalars(flagged))


def counted(deployment, table):
    with deployment.reading() as session:
        return session.scalar(select(func.count()).select_from(table))


@pytest.mark.parametrize(
    "again",
    [{}, {"quality": 40}, {"size": (320, 240)}, {"kind": "PNG"}],
    ids=["same", "worse", "smaller", "png"],
)
def test_a_photo_of_an_earlier_visit_is_flagged_however_it_was_saved(deployment, tablet, again):
    sent(deployment, tablet, scene(1), instance_id="uuid:1")
    sent(deployment, tablet, scene(1, **again), instance_id="uuid:2")

    assert reused(deployment) == [2]
    assert counted(deployment, PictureWaiting) == 0


def test_other_photos_are_not(deployment, tablet):
    for number in range(1, 8):
        sent(deployment, tablet, scene(number), instance_id=f"uuid:{number}")

    assert counted(deployment, PictureMark) == 28
    assert reused(deployment) == []


def test_a_correction_may_show_the_same_photo(deployment, tablet):
    sent(deployment, tablet, scene(1), instance_id="uuid:1")
    sent(deployment, tablet, scene(1), instance_id="uuid:2", deprecated_id="uuid:1")

    assert reused(deployment) == []


def test_another_agency_is_not_compared(app, deployment, tablet):
    add_person(deployment, login="elsewhere", areas=("310101",))
    sent(deployment, tablet, scene(1), instance_id="uuid:1")
    sent(deployment, Tablet(app.test_client(), login="elsewhere"), scene(1), instance_id="uuid:2")

    assert reused(deployment) == []


@pytest.mark.parametrize("content", [b"no picture", scene(1)[:900], b""])
def test_what_is_no_picture_holds_nothing_up(deployment, tablet, content):
    sent(deployment, tablet, content, instance_id="uuid:1")
    sent(deployment, tablet, content, instance_id="uuid:2")

    assert counted(deployment, PictureWaiting) == counted(deployment, PictureMark) == 0
    assert reused(deployment) == []


def test_one_wall_looks_like_any_other_and_is_not_marked(deployment):
    file = io.BytesIO()
    Image.new("RGB", (64, 64), "white").save(file, "PNG")

    assert pictures.marks(deployment.keys, 1, [file.getvalue()]) == []


def test_marks_tell_nothing_without_the_key_and_nothing_across_agencies(deployment):
    here, there = (pictures.marks(deployment.keys, agency, [scene(1)]) for agency in (1, 2))

    assert len(here) == pictures.BANDS
    assert not set(here) & set(there)


def test_an_old_photo_is_forgotten_after_two_years(deployment, tablet):
    sent(deployment, tablet, scene(1), instance_id="uuid:1")
    with deployment.unit_of_work() as session:
        for mark in session.scalars(select(PictureMark)):
            mark.fact_on = mark.fact_on.replace(year=mark.fact_on.year - 3)
    sent(deployment, tablet, scene(1), instance_id="uuid:2")

    assert reused(deployment) == []
