"""The filer (归档): one process that files what was received, oldest first, while tablets go on sending.

Reading and judging happen before the line of writers; what is written there at once is little, so that nobody
who sends waits long for it.
"""

import fcntl
import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime

from sqlalchemy import exists, or_, select

from backend.core.deployment import Deployment
from backend.intake import rescue_job, upload_sweep
from backend.intake.actions import file_prepared
from backend.intake.filing import Prepared, prepare_filing, why_not
from backend.intake.looking import look_at_pictures
from backend.intake.models import Envelope, EnvelopeFile, RescueFile, State, Upload

log = logging.getLogger("humiao.filer")
Chore = Callable[[Deployment, datetime], None]
BATCH, HOLD_S, IDLE_S, TROUBLE_S, TEND_S = 20, 0.02, 0.08, 2.0, 60.0


def run(deployment: Deployment, stop: threading.Event, chores: Sequence[Chore] = ()) -> None:
    """File until `stop` is set. A second filer waits until the first is gone.

    `chores` of higher rooms are done about once a minute; one that fails holds up nothing.
    """
    with _only_one(deployment, stop):
        is_swept, tended_at = False, -TEND_S
        while not stop.is_set():
            try:
                if not is_swept:
                    deployment.files.sweep(lambda name: _is_named(deployment, name))
                    is_swept = True
                if time.monotonic() >= tended_at + TEND_S:
                    upload_sweep.tend(deployment, datetime.now(UTC))
                    _do(chores, deployment)
                    tended_at = time.monotonic()
                if not any(work(deployment) for work in _WORK):
                    stop.wait(IDLE_S)
            except Exception as problem:  # the database or the disk, not the envelopes: try again
                log.error("filing waits: %s, %s", *why_not(problem))
                stop.wait(TROUBLE_S)


def _do(chores: Sequence[Chore], deployment: Deployment) -> None:
    for chore in chores:
        try:
            chore(deployment, datetime.now(UTC))
        except Exception as problem:
            log.error("a chore waits: %s, %s", *why_not(problem))


def file_waiting(deployment: Deployment) -> int:
    """File the oldest envelopes that wait; returns how many were looked at."""
    with deployment.reading() as session:
        waiting = select(Envelope.id).where(Envelope.state == State.RECEIVED).order_by(Envelope.id)
        ids = list(session.scalars(waiting.limit(BATCH)))
        prepared = iter([prepare_filing(session, deployment, envelope_id) for envelope_id in ids])
    while first := next(prepared, None):
        _write(deployment, first, prepared)
    return len(ids)


_WORK = (file_waiting, rescue_job.take_waiting, look_at_pictures)  # what comes later waits for what is first


def _write(deployment: Deployment, first: Prepared, others: Iterator[Prepared]) -> None:
    """Write envelopes in one transaction until others in the line have waited long enough."""
    now = datetime.now(UTC)
    with deployment.unit_of_work() as session:
        file_prepared(session, first, now)
        let_go_at = time.monotonic() + HOLD_S
        while time.monotonic() < let_go_at and (prepared := next(others, None)):
            file_prepared(session, prepared, now)


def _is_named(deployment: Deployment, stored: str) -> bool:
    with deployment.reading() as session:
        named = (exists().where(kept.stored == stored) for kept in (EnvelopeFile, Upload, RescueFile))
        return bool(session.scalar(select(or_(*named))))


@contextmanager
def _only_one(deployment: Deployment, stop: threading.Event) -> Iterator[None]:
    with open(deployment.settings.var_dir / "filer.lock", "w") as lock:
        while not stop.is_set():
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                stop.wait(1.0)
        yield
