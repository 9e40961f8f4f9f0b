"""The encoding of a text file: UTF-8, GB18030 (and so GBK), or UTF-16 with a byte order mark."""

import codecs
from pathlib import Path

from geodata.layers.layer import LayerUnreadable

MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_BLOCK = 1 << 20


def encoding_of(path: Path) -> tuple[str, int]:
    """The codec that reads the whole file, and how many lines it has.

    Raises
    ------
    LayerUnreadable
        ``wrong_encoding``: neither UTF-8 nor GB18030, or UTF-8 with a damaged character in it.
    """
    with path.open("rb") as file:
        head = file.read(4)
    for mark, codec in MARKS.items():
        if head.startswith(mark):
            return codec, _lines(path, codec)
    try:
        return "utf-8", _lines(path, "utf-8")
    except _Undecodable as error:
        if mostly_utf8(error.text):  # read as GB18030 it would come out as plausible nonsense
            raise
    return "gb18030", _lines(path, "gb18030")


def mostly_utf8(data: bytes) -> bool:
    """True when more of the characters beyond ASCII read well as UTF-8 than not; True for plain ASCII."""
    decoded = data.decode("utf-8", "replace")
    bad = decoded.count("\ufffd")
    return bad <= sum(character > "\x7f" for character in decoded) - bad


class _Undecodable(LayerUnreadable):
    def __init__(self, codec: str, line: int, text: bytes):
        super().__init__(
            "wrong_encoding",
            f"no {codec} near line {line}; save the file again as UTF-8 (in Excel: CSV UTF-8)",
        )
        self.text = text  # what stands around the bad byte


def _lines(path: Path, codec: str) -> int:
    decoder = codecs.getincrementaldecoder(codec)()
    lines, block, last = 1, b"", "\n"
    with path.open("rb") as file:
        try:
            while more := file.read(_BLOCK):
                block = more
                decoded = decoder.decode(block)
                lines, last = lines + decoded.count("\n"), decoded[-1:] or last
            decoder.decode(b"", final=True)
        except UnicodeDecodeError as error:
            raise _Undecodable(codec, lines, block or error.object) from None
    return lines - (last == "\n")
