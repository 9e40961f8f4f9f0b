"""How many submissions a second are received, received and filed, and received with photos, over HTTP.

A real server on SQLite (FULL durability), eight connections, one filled cafe checklist each; the load runs
on the same machine. `--stored N` fills the database first, to see what 300,000 change.
"""

import argparse
import os
import random
import socket
import statistics
import tempfile
import threading
import time
from base64 import b64encode
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

from sqlalchemy import func, select

from backend.accounts import actions as accounts
from backend.accounts import passwords, queries
from backend.accounts.rules import Role
from backend.core.deployment import Deployment
from backend.core.settings import Settings
from backend.init import initialise
from backend.intake import actions as intake
from backend.intake.arrivals import prepare
from backend.intake.built_forms import folder
from backend.intake.models import Envelope, State
from backend.intake.parts import Parts
from forms.build import build
from forms.catalogue import Catalogue
from forms.examples import filled_submission
from tests.server import Server

CHECKLISTS = Path(__file__).parents[1] / "forms" / "checklists"
CONNECTIONS, PHOTO_KB = 8, 300
_MARK = "uuid:00000000-0000-0000-0000-000000000000"


@dataclass
class Result:
    """One run: submissions a second, latencies in ms, CPU milliseconds of the server for each."""

    rate: float
    p50: float
    p99: float
    cpu_ms: float
    answers: Counter[int]


def ready(folder_: Path) -> tuple[Deployment, str]:
    """A new deployment with forms and one inspector; returns it and the header that signs in."""
    deployment = initialise(Settings(database_url=f"sqlite:///{folder_}/humiao.db", var_dir=folder_))
    build(CHECKLISTS, folder(deployment), validate=False)
    password, hashed = passwords.random_password()
    now = datetime.now(UTC)
    with deployment.unit_of_work() as session:
        accounts.add_user(
            session, login="load", display_name="load", role=Role.INSPECTOR, password_hash=hashed, areas=[""],
            certificate_no="B-1", certificate_valid_to=date(2035, 1, 1), by="bench", now=now,
        )  # fmt: skip
    return deployment, b64encode(f"load:{password}".encode()).decode()


def body(deployment: Deployment, photos: int) -> bytes:
    """A submission request with a mark where its instanceID goes."""
    form = Catalogue.load(folder(deployment)).form("internet_cafe")
    named = [{"photo": f"{n}.jpg"} for n in range(photos)]
    parts = {"xml_submission_file": filled_submission(form, instance_id=_MARK, photos=named)}
    parts |= {f"{n}.jpg": random.Random(n).randbytes(PHOTO_KB * 1000) for n in range(photos)}
    head = '--B\r\nContent-Disposition: form-data; name="{0}"; filename="{0}"\r\n\r\n'
    said = (head.format(name).encode() + content + b"\r\n" for name, content in parts.items())
    return b"".join(said) + b"--B--\r\n"


def send(port: int, basic: str, template: bytes, count: int) -> tuple[list[float], Counter[int]]:
    """One connection, one submission after the other; returns milliseconds and answers."""
    took, answers = [], Counter[int]()
    head = (
        f"POST /openrosa/submission HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Basic {basic}\r\n"
        f"X-OpenRosa-Version: 1.0\r\nContent-Type: multipart/form-data; boundary=B\r\n"
        f"Content-Length: {len(template)}\r\n\r\n"
    ).encode()
    with socket.create_connection(("127.0.0.1", port)) as line:
        for _ in range(count):
            request = head + template.replace(_MARK.encode(), f"uuid:{uuid4()}".encode())
            begun = time.perf_counter()
            line.sendall(request)
            answers[_answer(line)] += 1
            took.append((time.perf_counter() - begun) * 1000)
    return took, answers


def _answer(line: socket.socket) -> int:
    got = b""
    while b"\r\n\r\n" not in got:
        got += line.recv(65536)
    headers, _, rest = got.partition(b"\r\n\r\n")
    length = next(int(h[15:]) for h in headers.split(b"\r\n") if h.lower().startswith(b"content-length:"))
    while len(rest) < length:
        rest += line.recv(65536)
    return int(headers[9:12])


def load(server: Server, basic: str, template: bytes, count: int) -> Result:
    """`count` submissions over all connections."""
    send(server.port, basic, template, 20)  # the password is verified once
    results: list[tuple[list[float], Counter[int]]] = []
    each = count // CONNECTIONS
    threads = [
        threading.Thread(target=lambda: results.append(send(server.port, basic, template, each)))
        for _ in range(CONNECTIONS)
    ]
    cpu, begun = cpu_seconds(server), time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    elapsed = time.perf_counter() - begun
    took = sorted(ms for times, _ in results for ms in times)
    answers = sum((counted for _, counted in results), Counter[int]())
    cpu_ms = (cpu_seconds(server) - cpu) / len(took) * 1000
    p99 = took[int(len(took) * 0.99)]
    return Result(len(took) / elapsed, statistics.median(took), p99, cpu_ms, answers)


def processes(server: Server) -> Iterator[list[str]]:
    """What the system says of each process of the server: see proc(5), from the state on."""
    for entry in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = entry.read_text().rpartition(")")[2].split()
            if int(fields[3]) in server.sessions:
                yield fields


def cpu_seconds(server: Server) -> float:
    """Processor time of all processes of the server so far."""
    return sum(int(f[11]) + int(f[12]) for f in processes(server)) / os.sysconf("SC_CLK_TCK")


def largest_mebibytes(server: Server) -> float:
    """Resident memory of the largest process, a worker."""
    return max(int(fields[21]) for fields in processes(server)) * os.sysconf("SC_PAGE_SIZE") / 2**20


def fill(deployment: Deployment, stored: int) -> None:
    """Put `stored` submissions in, as the door would, many in one transaction, filed already."""
    with deployment.reading() as session:
        by = queries.person_of(queries.user_by_login(session, "load"), datetime.now(UTC))
    assert by is not None
    form = Catalogue.load(folder(deployment)).form("internet_cafe")
    xml = filled_submission(form, instance_id=_MARK)
    for first in range(0, stored, 2000):
        arrivals = [
            prepare(deployment, Parts(xml=xml.replace(_MARK.encode(), f"uuid:{uuid4()}".encode())))
            for _ in range(min(2000, stored - first))
        ]
        with deployment.unit_of_work() as session:
            for arrival in arrivals:
                intake.keep(session, arrival, Parts(), by=by, sent_at=None, now=datetime.now(UTC))
            session.execute(Envelope.__table__.update().values(state=State.FILED))


def waiting(deployment: Deployment) -> int:
    with deployment.reading() as session:
        return session.scalar(select(func.count()).where(Envelope.state == State.RECEIVED)) or 0


def backlog_gone_after(deployment: Deployment) -> float:
    """Seconds until nothing waits to be filed (at most two minutes)."""
    begun = time.perf_counter()
    while waiting(deployment) and time.perf_counter() - begun < 120:
        time.sleep(0.1)
    return time.perf_counter() - begun


def line(name: str, result: Result, note: str = "") -> None:
    answers = ", ".join(f"{count} × {code}" for code, count in result.answers.items())
    print(
        f"{name:<34}{result.rate:8.0f}/s   p50 {result.p50:6.1f} ms   p99 {result.p99:6.1f} ms   "
        f"CPU {result.cpu_ms:5.2f} ms each   {answers}  {note}",
        flush=True,
    )


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--count", type=int, default=4000, help="submissions in each run")
    asked.add_argument("--stored", type=int, default=0, help="so many in the database before another run")
    asked.add_argument("--workers", type=int, default=2 * (os.cpu_count() or 1), help="as `humiao serve`")
    asked.add_argument("--threads", type=int, default=4)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as place:
        deployment, basic = ready(Path(place))
        plain, heavy = body(deployment, 0), body(deployment, 3)
        server = Server(deployment.settings, workers=given.workers, threads=given.threads)
        send(server.port, basic, plain, 100)
        print(f"{'worker after 100 requests':<34}{largest_mebibytes(server):8.0f} MiB", flush=True)
        first = load(server, basic, plain, given.count)
        line("received", first)
        line("received with 3 photos of 300 KB", load(server, basic, heavy, max(given.count // 5, 80)))
        server.stop()
        server = Server(deployment.settings, workers=given.workers, threads=given.threads, filer=True)
        backlog_gone_after(deployment)
        both = load(server, basic, plain, given.count)
        line("received and filed", both, f"backlog empty after {backlog_gone_after(deployment):.1f} s")
        server.stop()
        if given.stored:
            fill(deployment, given.stored)
            server = Server(deployment.settings, workers=given.workers, threads=given.threads)
            again = load(server, basic, plain, given.count)
            line(f"received, {given.stored:,} stored", again)
            p99, cpu = again.p99 / first.p99, again.cpu_ms / first.cpu_ms
            print(f"  beside the first: p99 × {p99:.2f}, CPU × {cpu:.2f}")
            server.stop()


if __name__ == "__main__":
    main()
