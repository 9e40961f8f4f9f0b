"""A real server for tests: granian in processes of its own, on a free port of this machine."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path

from backend.core.settings import Settings

ROOT = Path(__file__).resolve().parents[1]


class Server:
    """A running service. `kill` ends it as a power cut would."""

    def __init__(
        self, settings: Settings, *, workers: int = 2, threads: int = 4, filer: bool = False
    ) -> None:
        self._held, self.log = held_port(), settings.var_dir / "server.log"
        self.port = port_of(self._held)
        self.base_url = f"http://127.0.0.1:{self.port}"
        environ = os.environ | environment(settings)
        serve = ["-m", "granian", "wsgi:app", "--interface", "wsgi", "--port", str(self.port), "--no-ws"]
        size = ["--workers", str(workers), "--blocking-threads", str(threads), "--workers-kill-timeout", "2"]
        commands = [[*serve, *size]] + ([["-c", _FILER]] if filer else [])
        with open(self.log, "ab") as log:
            self._processes = [
                subprocess.Popen(
                    [sys.executable, *command],
                    cwd=ROOT, env=environ, stdout=log, stderr=log, start_new_session=True,
                )
                for command in commands
            ]  # fmt: skip
        self.sessions = {process.pid for process in self._processes}  # of all processes that belong to it
        self._wait()

    def _wait(self) -> None:
        for _ in range(1200):
            try:
                urllib.request.urlopen(f"{self.base_url}/openrosa/formList", timeout=5)
            except urllib.error.HTTPError:
                return
            except OSError:
                if self._processes[0].poll() is not None:
                    break
                time.sleep(0.05)
        self.kill()
        raise RuntimeError(f"the server did not start:\n{self.log.read_text()}")

    def kill(self) -> None:
        """Kill every process at once, in the middle of whatever it does."""
        for process in self._processes:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        self._held.close()

    def stop(self) -> None:
        """Let it end in order."""
        for process in self._processes:
            process.terminate()
        for process in self._processes:
            process.wait(30)
        self._held.close()


_FILER = """
import signal, threading
from backend.core.deployment import Deployment
from backend.core.settings import Settings
from backend.intake import filer
stop = threading.Event()
signal.signal(signal.SIGTERM, lambda *_: stop.set())
filer.run(Deployment.open(Settings.from_env()), stop)
"""


@contextmanager
def running(settings: Settings, *, workers: int = 2, threads: int = 4, filer: bool = False) -> Iterator[str]:
    """The address of a service with these settings, as long as the block lasts."""
    server = Server(settings, workers=workers, threads=threads, filer=filer)
    try:
        yield server.base_url
    finally:
        server.stop()


def environment(settings: Settings) -> dict[str, str]:
    """These settings as variables."""
    values = {field.name: getattr(settings, field.name) for field in fields(settings)}
    return {f"HUMIAO_{name.upper()}": str(value) for name, value in values.items() if value is not None}


def held_port() -> socket.socket:
    """A port that nobody else gets until it is closed.

    The server shares ports on purpose, for its workers: two of them on one port by chance would take each
    other's requests. The system gives a port that is held so to nobody who asks for any.
    """
    held = socket.socket()
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    held.bind(("127.0.0.1", 0))
    return held


def port_of(held: socket.socket) -> int:
    return int(held.getsockname()[1])
