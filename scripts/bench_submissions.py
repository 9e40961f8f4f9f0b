"""How many submissions a second are received, received and filed, and received with photos, over HTTP.

A real server on SQLite (FULL durability), eight connections, one filled cafe checklist each; the load runs
on the same machine. `received and filed` comes at a steady rate, the others as fast as they are answered.
`--stored N` fills another database, and rounds over it take turns with rounds over a small one: what else
the machine does meanwhile meets both.
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

from sqlalchemy import Connection, func, select, update

from backend.accounts import actions as accounts
from backend.accounts import passwords, queries
from backend.accounts.rules import Role
from backend.core.audit import AuditEntry
from backend.core.db import Base
from backend.core.deployment import Deployment
from backend.core.sealed import VisitKeyRow
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
CONNECTIONS, PHOTO_KB, STEADY, FEW, ROUNDS = 8, 300, 100, 1000, 5
WORKERS, THREADS = 2 * (os.cpu_count() or 1), 4  # as `humiao serve`
_MARK = "uuid:00000000-0000-0000-0000-000000000000"


@dataclass
class Result:
    """One run: submissions a second, latencies in ms, CPU milliseconds of the server for each."""

    rate: float
    p50: float
    p99: float
    cpu_ms: float
    answers: Counter[int]


@dataclass(frozen=True)
class Place:
    """A new deployment with forms and one inspector, the header that signs in, and a request."""

    deployment: Deployment
    basic: str
    plain: bytes

    @classmethod
    def ready(cls, folder_: Path) -> "Place":
        deployment, basic = ready(folder_)
        return cls(deployment, basic, body(deployment, 0))


def ready(folder_: Path) -> tuple[Deployment, str]:
    """A new deployment with forms and one inspector; returns it and the header that signs in."""
    folder_.mkdir()
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


def send(
    port: int, basic: str, template: bytes, count: int, every_s: float = 0.0
) -> tuple[list[float], Counter[int]]:
    """One connection, one submission after the other, or one `every_s`; returns milliseconds and answers."""
    took, answers = [], Counter[int]()
    head = (
        f"POST /openrosa/submission HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Basic {basic}\r\n"
        f"X-OpenRosa-Version: 1.0\r\nContent-Type: multipart/form-data; boundary=B\r\n"
        f"Content-Length: {len(template)}\r\n\r\n"
    ).encode()
    with socket.create_connection(("127.0.0.1", port)) as line:
        started = time.perf_counter()
        for nth in range(count):
            time.sleep(max(0.0, started + nth * every_s - time.perf_counter()))
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


def load(server: Server, basic: str, template: bytes, count: int, *, per_second: float = 0.0) -> Result:
    """`count` submissions over all connections, as fast as they are answered or at a steady rate."""
    send(server.port, basic, template, 20)  # the password is verified once
    results: list[tuple[list[float], Counter[int]]] = []
    each, every_s = count // CONNECTIONS, CONNECTIONS / per_second if per_second else 0.0
    threads = [
        threading.Thread(target=lambda: results.append(send(server.port, basic, template, each, every_s)))
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
    """Put `stored` submissions in: one as the door would, and copies of its rows."""
    with deployment.reading() as session:
        by = queries.person_of(queries.user_by_login(session, "load"), datetime.now(UTC))
    assert by is not None
    form = Catalogue.load(folder(deployment)).form("internet_cafe")
    arrival = prepare(deployment, Parts(xml=filled_submission(form, instance_id=_MARK)))
    with deployment.unit_of_work() as session:
        intake.keep(session, arrival, Parts(), by=by, sent_at=None, now=datetime.now(UTC))
        session.execute(update(Envelope).values(state=State.FILED))
    with deployment.engine.begin() as connection:
        copy(connection, VisitKeyRow, stored, id="id + n", visit_id="'uuid:copy-' || n")
        numbers = {"instance_id": "'uuid:copy-' || n", "visit_no": "'uuid:copy-' || n"}
        copy(
            connection,
            Envelope,
            stored,
            id="id + n",
            key_id="key_id + n",
            xml_hash="randomblob(32)",
            **numbers,
        )
        copy(connection, AuditEntry, stored, seq="seq + n", hash="randomblob(32)")


def copy(connection: Connection, model: type[Base], count: int, **changed: str) -> None:
    """Copy the newest row of a table so many times, with columns changed by the number `n` of the copy."""
    table = model.__table__
    (newest,) = (column.name for column in table.primary_key)
    names = [column.name for column in table.columns]
    said = ", ".join(changed.get(name, name) for name in names)
    connection.exec_driver_sql(
        "WITH RECURSIVE copies(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM copies WHERE n < ?) "
        f"INSERT INTO {table.name} ({', '.join(names)}) SELECT {said} FROM "
        f"(SELECT * FROM {table.name} ORDER BY {newest} DESC LIMIT 1), copies",
        (count,),
    )


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


def beside_each_other(few: Place, many: Place, count: int) -> None:
    """Rounds over a small and a full database in turn; prints both, and the medians of their ratios."""
    servers = [Server(place.deployment.settings, workers=WORKERS, threads=THREADS) for place in (few, many)]
    rounds = [
        [
            load(server, place.basic, place.plain, count)
            for server, place in zip(servers, (few, many), strict=True)
        ]
        for _ in range(ROUNDS)
    ]
    for server in servers:
        server.stop()
    for small, full in rounds:
        line("received, few stored", small)
        line("received, many stored", full)
    p99 = statistics.median(full.p99 / small.p99 for small, full in rounds)
    cpu = statistics.median(full.cpu_ms / small.cpu_ms for small, full in rounds)
    print(f"  many beside few: p99 × {p99:.2f}, CPU × {cpu:.2f}")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--count", type=int, default=4000, help="submissions in each run")
    asked.add_argument("--stored", type=int, default=0, help="so many in the database of another run")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        few = Place.ready(Path(folder) / "few")
        server = Server(few.deployment.settings, workers=WORKERS, threads=THREADS)
        send(server.port, few.basic, few.plain, 100)
        print(f"{'worker after 100 requests':<34}{largest_mebibytes(server):8.0f} MiB", flush=True)
        line("received", load(server, few.basic, few.plain, given.count))
        heavy = body(few.deployment, 3)
        line("received with 3 photos of 300 KB", load(server, few.basic, heavy, max(given.count // 5, 80)))
        server.stop()
        filed = Place.ready(Path(folder) / "filed")
        server = Server(filed.deployment.settings, workers=WORKERS, threads=THREADS, filer=True)
        both = load(server, filed.basic, filed.plain, given.count, per_second=STEADY)
        line("received and filed", both, f"backlog empty after {backlog_gone_after(filed.deployment):.1f} s")
        server.stop()
        if given.stored:
            few, many = Place.ready(Path(folder) / "new"), Place.ready(Path(folder) / "many")
            fill(few.deployment, FEW)
            fill(many.deployment, given.stored)
            beside_each_other(few, many, given.count // ROUNDS)


if __name__ == "__main__":
    main()
