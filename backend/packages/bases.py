"""Full registers that were packed before, one for each reach, on the disk: packed once, sent to many tablets.

What changed since is added as changes, so a base serves until too much has changed. Losing them loses time.
"""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import orjson

from backend.packages.packing import Section, divide
from backend.packages.versions import FORMAT

Base = tuple[int, list[Section]]


class Bases:
    """The bases of one reach."""

    def __init__(self, folder: Path, scope: str) -> None:
        self._folder, self._name = folder, f"{FORMAT}-{scope}"

    def get(self, serves: Callable[[int], bool], build: Callable[[], Base]) -> Base:
        """A base whose mark still serves, else a new one; of many who ask at once, one builds it."""
        if found := self._find(serves):
            return found
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with self._alone():
            if found := self._find(serves):
                return found
            mark, sections = build()
            self._keep(mark, sections)
        return mark, sections

    def _find(self, serves: Callable[[int], bool]) -> Base | None:
        for path in sorted(self._folder.glob(f"{self._name}-*.base"), reverse=True):
            mark = int(path.stem.rpartition("-")[2])
            try:
                if serves(mark):
                    head, _, content = path.read_bytes().partition(b"\n")
                    return mark, divide(orjson.loads(head), content)
            except (OSError, ValueError):  # another worker has just replaced it, or a power cut damaged it
                continue
        return None

    def _keep(self, mark: int, sections: list[Section]) -> None:
        old = list(self._folder.glob(f"{self._name}-*.base"))
        new = self._folder / f"{self._name}-{mark:019}.base"
        unfinished = self._folder / f"{uuid4().hex}.part"
        fd = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(fd, "wb") as file:
            described = [section.described() for section in sections]
            file.write(orjson.dumps(described) + b"\n" + b"".join(one.packed for one in sections))
        unfinished.replace(new)
        for path in old:
            if path != new:
                path.unlink(missing_ok=True)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with open(self._folder / f"{self._name}.lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
