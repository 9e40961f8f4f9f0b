"""What a PMTiles archive (version 3) says of itself: a whole map in one file, read in pieces over HTTP."""

import gzip
import html
import json
import re
import struct
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

_HEADER = struct.Struct("<7sB11Q6B4i5x4x")  # 127 bytes, of which the middle of the map is not read
_NONE, _GZIP, _VECTOR = 1, 2, 1
_MOST_WORDS = 1 << 20


class NoArchive(ValueError):
    """A file is no PMTiles archive that a browser could draw; the message says why."""


@dataclass(frozen=True, slots=True)
class Archive:
    """A map in one file.

    Attributes
    ----------
    path : Path
    zooms : tuple of int
        The smallest and the largest.
    box : tuple of float
        West, south, east, north, degrees.
    attribution : str
        Whose map it is, as plain text; empty where the file does not say.
    """

    path: Path
    zooms: tuple[int, int]
    box: tuple[float, float, float, float]
    attribution: str


def read_archive(path: Path) -> Archive:
    """Read what an archive of vector tiles says of itself; its tiles stay where they are.

    Parameters
    ----------
    path : Path

    Returns
    -------
    Archive

    Raises
    ------
    NoArchive
        If the file is not there, is no PMTiles of version 3, or holds what browsers do not read.
    """
    try:
        with open(path, "rb") as file:
            return _read(path, file)
    except OSError as problem:
        raise NoArchive(problem.strerror or "cannot be read") from None
    except (struct.error, ValueError, AttributeError, EOFError, zlib.error) as problem:
        raise NoArchive(str(problem) if isinstance(problem, NoArchive) else "is cut off or broken") from None


def _read(path: Path, file: BinaryIO) -> Archive:
    head = file.read(_HEADER.size)
    if head[:7] != b"PMTiles":
        raise NoArchive("is no PMTiles file")
    _, version, _, _, at, length, *rest = _HEADER.unpack(head)
    _, inner, outer, kind, least, most, *degrees = rest[-10:]
    if version != 3:
        raise NoArchive(f"is PMTiles of version {version}; 3 is read")
    if kind != _VECTOR:
        raise NoArchive("holds no vector tiles (MVT)")
    if not {inner, outer} <= {_NONE, _GZIP}:
        raise NoArchive("is compressed otherwise than with gzip, which browsers do not read")
    file.seek(at)
    words = file.read(min(length, _MOST_WORDS))
    told = json.loads(gzip.decompress(words) if inner == _GZIP else words)
    west, south, east, north = (one / 1e7 for one in degrees)
    return Archive(path, (least, most), (west, south, east, north), _plain(told.get("attribution")))


def _plain(words: object) -> str:
    """Words without the markup that they may come in."""
    return html.unescape(re.sub("<[^>]*>", "", words)).strip() if isinstance(words, str) else ""
