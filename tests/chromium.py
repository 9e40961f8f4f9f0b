"""A real browser for tests: the system's Chromium, asking nobody but us."""

import atexit
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from wsgiref.types import WSGIApplication

import pytest
from playwright.sync_api import Browser, BrowserType, sync_playwright
from werkzeug.serving import make_server

QUIET = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
         "--disable-sync", "--no-first-run")  # fmt: skip


@cache
def driver() -> BrowserType:
    """What starts browsers: one for a whole process, since Playwright bears no second one beside it."""
    playwright = sync_playwright().start()
    atexit.register(playwright.stop)
    return playwright.chromium


def path_or_skip() -> str | None:
    """Where the system's Chromium is; the test is skipped where there is none, except in CI."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None and not os.environ.get("CI"):
        pytest.skip("Chromium is not here (Debian: apt-get install chromium)")
    return path


@contextmanager
def chromium(*more: str) -> Iterator[Browser]:
    """Start it, with more flags if asked."""
    browser = driver().launch(executable_path=path_or_skip(), args=[*QUIET, *more])
    yield browser
    browser.close()


@contextmanager
def served(app: WSGIApplication) -> Iterator[str]:
    """The application on a free port of this machine; gives its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()
