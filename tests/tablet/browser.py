"""A tablet for tests: Chromium with a disk of its own, which can be killed and started again."""

import contextlib
import os
import signal
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserType, Page

from tests.chromium import QUIET


class Tablet:
    """The app's own tablet in a browser, without screens: what is said to it is JavaScript over `tablet`."""

    def __init__(self, kind: BrowserType, executable: str, disk: Path, address: str) -> None:
        self._kind, self._executable, self._disk = kind, executable, disk
        self._address = f"{address}/page/index.html"
        self.page = self._start()

    def _start(self, hours: int = 0) -> Page:
        self._context = self._kind.launch_persistent_context(
            self._disk, executable_path=self._executable, args=list(QUIET)
        )
        page = self._context.new_page()
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
        """End the browser in the middle of whatever it does, and start it again on the same disk.

        Its clock is then `hours` ahead of ours.
        """
        killed = _processes_of(self._disk)
        for pid in killed:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        while _processes_of(self._disk):
            time.sleep(0.05)
        with contextlib.suppress(Exception):
            self._context.close()
        self.page = self._start(hours)

    def close(self) -> None:
        self._context.close()


def _processes_of(disk: Path) -> list[int]:
    """The processes of the browser that was started on this disk."""
    found, mark = [], f"--user-data-dir={disk}".encode()
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            if mark in path.read_bytes():
                found.append(int(path.parent.name))
    return found
