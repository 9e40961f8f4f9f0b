"""Tiny PMTiles archives, written after the specification: one tile, of the whole world."""

import gzip
import json
import struct
from pathlib import Path

import shapely

from geodata.tiles import Layer, Tile, encode

WORLD = Tile(0, 0, 0)


def water_everywhere() -> bytes:
    """The tile of a world that is all sea."""
    layer = Layer("water", WORLD)
    layer.add_shape(shapely.box(-180, -85, 180, 85), 1, {"kind": "ocean"})
    return encode([layer])


def write_archive(path: Path, tile: bytes = b"", **said: object) -> Path:
    """An archive of one tile of zoom 0. `said` changes fields of its header, or its attribution."""
    words = gzip.compress(json.dumps({"attribution": said.get("attribution", "")}).encode())
    tile = gzip.compress(tile)
    directory = gzip.compress(bytes([1, 0, 1]) + _varint(len(tile)) + bytes([1]))
    places, at = [], 127
    for part in (directory, words, b"", tile):
        places += [at, len(part)]
        at += len(part)
    head = struct.pack(
        "<7sB11Q6B4iBii", b"PMTiles", said.get("version", 3), *places, 1, 1, 1,
        1, said.get("compression", 2), 2, said.get("kind", 1), 0, 0,
        -1_800_000_000, -850_000_000, 1_800_000_000, 850_000_000, 0, 0, 0,
    )  # fmt: skip
    path.write_bytes(head + directory + words + tile)
    return path


def _varint(number: int) -> bytes:
    out = b""
    while number > 127:
        out, number = out + bytes([number & 127 | 128]), number >> 7
    return out + bytes([number])
