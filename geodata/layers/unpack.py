"""Unpacking of gzip and zip with a limit, so that a small file cannot fill a disk or the memory."""

import gzip
import shutil
import tempfile
import weakref
import zipfile
import zlib
from pathlib import Path
from typing import Protocol

from geodata.layers.layer import LayerUnreadable

UNPACKED_LIMIT = 1 << 30  # bytes on disk: a city's register is a tenth of that
MEMORY_LIMIT = 256 << 20  # bytes of formats that are read as a whole: GeoJSON, the inside of a workbook
MEMBERS_LIMIT = 10_000
_BLOCK = 1 << 20


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


class Scratch:
    """A folder for unpacked files that goes away with the last reference to it."""

    def __init__(self) -> None:
        self._folder = tempfile.mkdtemp(prefix="layer-")
        weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)

    def new_folder(self) -> Path:
        """An empty folder inside, so that no unpacked name meets another."""
        return Path(tempfile.mkdtemp(dir=self._folder))


def gunzip(path: Path, scratch: Scratch) -> Path:
    """Unpack a gzip file under its own name without ``.gz``."""
    target = scratch.new_folder() / (path.stem if path.suffix.lower() == ".gz" else path.name)
    try:
        with gzip.open(path) as packed:
            _copy(packed, target, UNPACKED_LIMIT)
    except (EOFError, OSError, zlib.error) as error:
        raise damaged("the gzip file is cut off or damaged") from error
    return target


def unzip(path: Path, scratch: Scratch, limit: int) -> dict[str, Path]:
    """Unpack a zip file: name of each member to its file, which has a number for a name."""
    files, folder = {}, scratch.new_folder()
    try:
        with zipfile.ZipFile(path) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            if any(member.flag_bits & 1 for member in members):
                raise LayerUnreadable("password", "the zip file has a password; give it without one")
            if len(members) > MEMBERS_LIMIT or sum(member.file_size for member in members) > limit:
                raise too_big(f"{limit >> 20} MiB or {MEMBERS_LIMIT} members")
            for number, member in enumerate(members):
                files[member.filename] = target = folder / str(number)
                with archive.open(member) as packed:  # never gives more than `file_size`
                    _copy(packed, target, limit)
    except (EOFError, OSError, zlib.error, zipfile.BadZipFile, NotImplementedError) as error:
        raise damaged("the zip file (or workbook) is cut off or damaged") from error
    return files


def hold_in_memory(size: int) -> None:
    """Refuse what is too large for formats that are read as a whole."""
    if size > MEMORY_LIMIT:
        raise too_big(f"{MEMORY_LIMIT >> 20} MiB", "save it as CSV or GeoPackage, which are read row by row")


def _copy(packed: _Readable, target: Path, limit: int) -> int:
    size = 0
    with target.open("wb") as file:
        while block := packed.read(_BLOCK):
            size += len(block)
            if size > limit:
                raise too_big(f"{limit >> 20} MiB")
            file.write(block)
    return size


def damaged(what: str) -> LayerUnreadable:
    """The refusal of a file that broke on its way."""
    return LayerUnreadable("damaged", f"{what}; copy or download it again")


def too_big(limit: str, advice: str = "split it into smaller files") -> LayerUnreadable:
    """The refusal of a file over a limit."""
    return LayerUnreadable("too_big", f"unpacked it is larger than {limit}; {advice}")
