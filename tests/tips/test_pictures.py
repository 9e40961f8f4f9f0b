"""Pictures of tips: encoded anew, and drawn with blocks where a minor may be in them."""

import io

import pytest
from PIL import Image

from backend.tips.errors import PictureUnreadable
from backend.tips.pictures import BLOCKS, LONGEST_SIDE, clean, pixelated
from tests.tips.leads import photo

PLACE = 0x8825  # the directory of GPS in EXIF
MARK = b"Nikon of somebody"


def opened(content):
    return Image.open(io.BytesIO(content))


def exif(**more):
    made = Image.Exif()
    made[0x010F] = MARK.decode()
    made.get_ifd(PLACE)[1] = "N"
    made.update(more.get("tags", {}))
    return made


@pytest.mark.parametrize(
    "content", [b"", b"no picture", b"\xff\xd8\xff", photo()[:200], b"GIF89a" + b"\0" * 99]
)
def test_what_cannot_be_read_as_a_picture_is_refused(content):
    with pytest.raises(PictureUnreadable):
        clean(content)


def test_a_picture_that_would_fill_the_memory_is_refused():
    out = io.BytesIO()
    Image.new("1", (9000, 9000)).save(out, "PNG")

    with pytest.raises(PictureUnreadable) as refused:
        clean(out.getvalue())

    assert refused.value.data == {"reason": "too_many_pixels"}


def test_what_the_camera_noted_goes():
    taken = photo(exif=exif(), comment=MARK)

    kept = clean(taken)

    assert MARK in taken
    assert MARK not in kept
    assert (len(opened(kept).getexif()), "comment" in opened(kept).info) == (0, False)


def test_a_picture_that_lay_on_its_side_stands():
    assert opened(clean(photo(size=(60, 40), exif=exif(tags={0x0112: 6})))).size == (40, 60)


def test_a_large_picture_is_made_smaller():
    assert opened(clean(photo(size=(4096, 1024)))).size == (LONGEST_SIDE, LONGEST_SIDE // 4)


def test_blocks_leave_nothing_that_is_smaller_than_they_are():
    lines = Image.new("L", (1200, 900))
    lines.putdata([255 * (x % 4 < 2) for _ in range(900) for x in range(1200)])
    out = io.BytesIO()
    lines.save(out, "JPEG", quality=95)

    shown = opened(pixelated(out.getvalue(), [])).convert("L")

    darkest, lightest = shown.getextrema()
    assert lightest - darkest < 20
    assert shown.size == (1200, 900)
    assert 1200 // BLOCKS == 100


def test_a_clear_area_is_shown_as_it_is():
    striped = photo(size=(120, 90), left="white", right="black")

    shown = opened(pixelated(striped, [(0.5, 0.0, 0.5, 1.0)])).convert("L")

    assert shown.getpixel((110, 45)) < 30


@pytest.mark.parametrize("area", [(0.5, 0.5, 0.0, 0.2), (1.0, 1.0, 0.5, 0.5)])
def test_an_area_without_extent_or_outside_changes_nothing(area):
    content = photo()

    assert pixelated(content, [area]) == pixelated(content, [])
