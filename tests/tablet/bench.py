"""The page on which tests open forms and screens of the tablet app: built by Vite, with a strict policy."""

import functools
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Page

ROOT = Path(__file__).parents[2]
POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; "
    "img-src 'self'; connect-src 'self'"
)


def built(to: Path) -> Path:
    """Build it into a folder."""
    vite = ROOT / "node_modules" / ".bin" / "vite"
    config = ROOT / "forms" / "tablet" / "tests" / "bench" / "vite.config.ts"
    node = shutil.which("node", path=str(ROOT / ".venv" / "bin")) or "node"
    command = [node, vite, "build", "--config", config, "--outDir", to, "--logLevel", "error"]
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT, timeout=300)
    return to


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on a free port of this machine; gives its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Handler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def opened(page: Page) -> Page:
    """The page once its scripts have run: its policy lets no test evaluate a condition in it."""
    page.goto("/")
    page.locator("html[data-ready]").wait_for(state="attached")
    return page


class _Handler(SimpleHTTPRequestHandler):
    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""
