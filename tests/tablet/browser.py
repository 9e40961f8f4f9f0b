"""A tablet for tests: Chromium with a disk of its own, which can be killed and started again."""

import contextlib
import os
import signal
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserType, Page

from tests.chromium import QUIET


class OnDisk:
    """A browser on a disk; `options` are Playwright's for its context."""

    def __init__(self, kind: BrowserType, executable: str, disk: Path, *flags: str, **options: Any) -> None:
        self._kind, self._executable, self.disk = kind, executable, disk
        self._flags, self._options = (*QUIET, *flags), options

    def start(self) -> Page:
        """Start it, and give an empty page."""
        self.context = self._kind.launch_persistent_context(
            self.disk, executable_path=self._executable, args=list(self._flags), **self._options
        )
        return self.context.new_page()

    def end(self) -> None:
        """End the browser in the middle of whatever it does."""
        for pid in _processes_of(self.disk):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        while _processes_of(self.disk):
            time.sleep(0.05)
        self.close()

    def close(self) -> None:
        with contextlib.suppress(Exception):
            self.context.close()


class Tablet(OnDisk):
    """The app's own tablet in a browser, without screens: what is said to it is JavaScript over `tablet`."""

    def __init__(self, kind: BrowserType, executable: str, disk: Path, address: str) -> None:
        super().__init__(kind, executable, disk)
        self._address = f"{address}/page/index.html"
        self.page = self._open()

    def _open(self, hours: int = 0) -> Page:
        page = self.start()
        page.goto(f"{self._address}?hours={hours}")
        page.wait_for_function("() => 'tablet' in window")
        return page

    def does(self, script: str, argument: Any = None) -> Any:
        """The result of an expression; `argument` is what it calls `it`."""
        return self.page.evaluate(f"async it => {script}", argument)

    def refusal(self, script: str, argument: Any = None) -> str:
        """The word by which something is refused."""
        return str(
            self.page.evaluate(
                f"async it => {{ try {{ {script}; return '' }} catch (e) {{ return e.word }} }}", argument
            )
        )

    def kill(self, *, hours: int = 0) -> None:
        """End the browser, and start it again on the same disk with its clock `hours` ahead of ours."""
        self.end()
        self.page = self._open(hours)


def _processes_of(disk: Path) -> list[int]:
    """The processes of the browser that was started on this disk."""
    found, mark = [], f"--user-data-dir={disk}".encode()
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            if mark in path.read_bytes():
                found.append(int(path.parent.name))
    return found
