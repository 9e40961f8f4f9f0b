"""The file of refused rows: what is wrong with each, and what it said, for whoever has to correct it."""

import csv
import os
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

from backend.imports.errors import FileRefused
from backend.imports.opening import OpenFile
from backend.imports.reasons import ADVICE
from geodata.layers import Row

_HEADER = ("row", "reason", "怎么办", "what to do")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Rejects:
    """CSV, UTF-8 with BOM; it stands under its name only when the whole file was read."""

    def __init__(self, path: Path | None, file: OpenFile) -> None:
        self._path, self._columns, self._open = path, file.layer.columns, ExitStack()
        if path is not None:
            self._unfinished = path.with_name(f".{path.name}.unfinished")
            try:
                opened = self._open.enter_context(
                    self._unfinished.open("w", encoding="utf-8-sig", newline="")
                )
            except OSError as problem:
                raise FileRefused("rejects_unwritable", f"--rejects {path}: {problem.strerror}") from problem
            self._csv = csv.writer(opened)
            self._csv.writerow([*_HEADER, *map(harmless, self._columns)])

    def add(self, row: Row, reason: str) -> None:
        if self._path is not None:
            cells = (harmless(row.values[column] or "") for column in self._columns)
            self._csv.writerow([row.number, reason, *ADVICE[reason], *cells])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None
    ) -> None:
        self._open.close()
        if self._path is not None:
            if kind is None:
                os.replace(self._unfinished, self._path)
            else:
                self._unfinished.unlink(missing_ok=True)


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula; numbers stay numbers."""
    if not cell.startswith(_FORMULA):
        return cell
    try:
        float(cell)
    except ValueError:
        return "'" + cell
    return cell
