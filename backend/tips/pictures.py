"""Pictures of tips: encoded anew when they come, drawn with blocks when a minor may be in them.

Whatever the camera noted beside the picture (place, time, serial number) goes with the old encoding.
"""

import hashlib
import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from backend.tips.errors import PictureUnreadable
from backend.tips.rules import Area

if TYPE_CHECKING:
    from PIL.Image import Image

BLOCKS = 12  # across, as on the tablet
LONGEST_SIDE = 2048
MOST_PIXELS = {"JPEG": 64_000_000, "PNG": 16_000_000, "WEBP": 16_000_000}  # a JPEG is read smaller


@dataclass(frozen=True, slots=True)
class Ready:
    """A picture encoded anew, with size and hash of what came."""

    size: int
    sha256: str
    jpeg: bytes


def ready(content: bytes) -> Ready:
    """Make a picture ready to be kept: before the database is asked, for it takes a while.

    Raises PictureUnreadable.
    """
    return Ready(len(content), hashlib.sha256(content).hexdigest(), clean(content))


def clean(content: bytes) -> bytes:
    """The same picture as a JPEG of our own. Raises PictureUnreadable."""
    from PIL import Image, ImageOps

    try:
        with Image.open(io.BytesIO(content), formats=tuple(MOST_PIXELS)) as picture:
            if picture.width * picture.height > MOST_PIXELS[picture.format or "JPEG"]:
                raise PictureUnreadable(reason="too_many_pixels")
            picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise PictureUnreadable(reason="no_picture") from None
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return _jpeg(upright)


def pixelated(content: bytes, clear: Iterable[Area]) -> bytes:
    """A picture of ours in blocks, but for the clear areas."""
    from PIL import Image

    with Image.open(io.BytesIO(content)) as picture:
        whole = picture.convert("RGB")
    width, height = whole.size
    rows = max(1, round(BLOCKS * height / width))
    blocks = whole.resize((BLOCKS, rows), Image.Resampling.BOX).resize(whole.size, Image.Resampling.NEAREST)
    for x, y, across, down in clear:
        box = (round(x * width), round(y * height), round((x + across) * width), round((y + down) * height))
        if box[0] < box[2] and box[1] < box[3]:
            blocks.paste(whole.crop(box), box[:2])
    return _jpeg(blocks)


def _jpeg(picture: "Image") -> bytes:
    plain, out = picture.copy(), io.BytesIO()
    plain.info.clear()
    plain.save(out, "JPEG", quality=85)
    return out.getvalue()
