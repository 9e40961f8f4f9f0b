"""Pictures that look like earlier ones (照片重复使用): marks that tell alike from other, and nothing else.

A picture becomes 64 bits (whether each of 8 x 8 places is darker than its neighbour), cut into four bands;
of each band only a keyed hash is kept, made with the agency, so that nobody can rebuild a picture, or compare
across agencies. Two pictures that share two bands look alike. An index finds a band, however many there are.
"""

import io
from collections.abc import Iterable
from datetime import date
from itertools import pairwise

from backend.core.keys import Keys

SIDE, BANDS, BAND_BITS = 8, 4, 16
ALIKE = 2  # bands of four
_PLAIN = 8  # fewer differences than these, and a wall looks like any other wall


def marks(keys: Keys, agency_id: int | None, content: Iterable[bytes]) -> list[int]:
    """One mark for each band of a picture; none for what is no picture or too plain to tell.

    Parameters
    ----------
    keys : Keys
        Those of the deployment.
    agency_id : int or None
        Pictures are compared within an agency.
    content : iterable of bytes
        The file in the clear.

    Returns
    -------
    list of int
        Four signed 64-bit numbers, or nothing.
    """
    bits = _bits(b"".join(content))
    if bits is None or not _PLAIN <= bits.bit_count() <= SIDE * SIDE - _PLAIN:
        return []
    cut = ((bits >> (BAND_BITS * number)) & (2**BAND_BITS - 1) for number in range(BANDS))
    hashes = (
        keys.keyed_hash("picture", str(agency_id), f"{number}:{band}") for number, band in enumerate(cut)
    )
    return [int.from_bytes(mark[:8], "big", signed=True) for mark in hashes]


def _bits(content: bytes) -> int | None:
    """The difference hash; None for what cannot be read as a picture."""
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(content)) as picture:
            picture.draft("L", (SIDE * 8, SIDE * 8))
            small = picture.convert("L").resize((SIDE + 1, SIDE), Image.Resampling.BOX)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    rows = [small.tobytes()[at : at + SIDE + 1] for at in range(0, (SIDE + 1) * SIDE, SIDE + 1)]
    darker = (left > right for row in rows for left, right in pairwise(row))
    return sum(is_darker << at for at, is_darker in enumerate(darker))


def begin_of_memory(on: date, years: int) -> date:
    """From which day on pictures are compared.

    Parameters
    ----------
    on : date
        The day of the visit.
    years : int
        The setting `picture_years`.

    Returns
    -------
    date
    """
    return date(on.year - years, on.month, min(on.day, 28))
