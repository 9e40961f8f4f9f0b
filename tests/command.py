"""The `humiao` command as a person runs it: a process of its own, on the database of a test."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests

from backend.core.settings import Settings
from tests.server import environment, held_port, port_of

HUMIAO = Path(sys.executable).with_name("humiao")


def humiao(settings: Settings, *words: object, check: bool = True) -> subprocess.CompletedProcess[str]:
    """Run `humiao` with these words; a failure shows what it said."""
    done = subprocess.run(
        [HUMIAO, *map(str, words)],
        env=os.environ | environment(settings), capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert not check or done.returncode == 0, f"{words}: {done.stdout}{done.stderr}"
    return done


@contextmanager
def serving(settings: Settings) -> Iterator[str]:
    """The address of `humiao serve`, as long as the block lasts."""
    held = held_port()
    port = port_of(held)
    address = f"http://127.0.0.1:{port}"
    process = subprocess.Popen(
        [HUMIAO, "serve", "--port", str(port), "--workers", "1"], env=os.environ | environment(settings)
    )
    try:
        for _ in range(1200):
            try:
                requests.get(f"{address}/sign-in", timeout=5)
                break
            except requests.ConnectionError:
                assert process.poll() is None, "humiao serve ended"
                time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait(30)
        held.close()
