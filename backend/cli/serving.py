"""The `serve` command: granian for the doors, one filer beside it, and the conditions for being reached."""

import ipaddress
import multiprocessing
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from sqlalchemy import exists, select

from backend.accounts.models import Agency, User
from backend.cli.common import opened
from backend.cli.demo import AGENCY_PREFIX
from backend.core.deployment import Deployment
from backend.core.settings import Settings
from backend.maps.basemap import archive_of


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--workers", default=2 * (os.cpu_count() or 1), show_default="two a core")
@click.option("--tls-cert", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--tls-key", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def serve(host: str, port: int, workers: int, tls_cert: Path | None, tls_key: Path | None) -> None:
    """Run the service and the filer until stopped.

    On another address than loopback it needs TLS, or a trusted proxy in front (HUMIAO_TRUSTED_PROXIES), and
    no demo accounts.

    \b
    humiao serve
    humiao serve --host 0.0.0.0 --port 443 --tls-cert cert.pem --tls-key key.pem
    """
    deployment = opened()
    archive_of(deployment.settings)
    if (tls_cert is None) != (tls_key is None):
        raise click.UsageError("--tls-cert and --tls-key go together")
    if not _is_loopback(host):
        _may_be_reached(deployment, encrypted=tls_cert is not None)
    deployment.engine.dispose()
    with _filing():
        _run_granian(host, port, workers, tls_cert, tls_key)


@contextmanager
def _filing() -> Iterator[None]:
    """A filer beside the doors; one that died is started again."""
    ended = threading.Event()

    def keep_filing() -> None:
        while not ended.is_set():
            filer = multiprocessing.get_context("spawn").Process(target=_file, args=(os.getpid(),))
            filer.start()
            while filer.is_alive() and not ended.wait(1):
                pass
            filer.terminate()
            filer.join()

    keeper = threading.Thread(target=keep_filing)
    keeper.start()
    try:
        yield
    finally:
        ended.set()
        keeper.join()


def _run_granian(host: str, port: int, workers: int, cert: Path | None, key: Path | None) -> None:
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    Granian(
        "wsgi:app", address=host, port=port, interface=Interfaces.WSGI, workers=workers, blocking_threads=32,
        ssl_cert=cert, ssl_key=key, log_level=LogLevels.error, respawn_failed_workers=True,
        workers_kill_timeout=10,
        working_dir=Path(__file__).parents[2], websockets=False,
    ).serve()  # fmt: skip


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _may_be_reached(deployment: Deployment, *, encrypted: bool) -> None:
    if not (encrypted or deployment.settings.trusted_proxies):
        raise click.ClickException(
            "another address than 127.0.0.1 needs --tls-cert and --tls-key, or a TLS proxy in front "
            "(HUMIAO_TRUSTED_PROXIES=1)"
        )
    is_demo = (
        select(User.id)
        .join(Agency, Agency.id == User.agency_id)
        .where(Agency.code.startswith(AGENCY_PREFIX), User.active)
    )
    with deployment.reading() as session:
        if session.scalar(select(exists(is_demo))):
            raise click.ClickException(
                "this database has demo accounts: use another one (HUMIAO_DATABASE_URL)"
            )


def _file(parent: int) -> None:
    """The filer's process: files until its parent is gone."""
    from backend.cases.job import recount_days
    from backend.core.daily import Daily, learn_sizes
    from backend.intake import filer
    from backend.maps.freezing import freeze
    from backend.retention.job import destroy_due

    stop = threading.Event()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        stop.set()

    threading.Thread(target=watch, daemon=True).start()
    daily = [Daily(deed) for deed in (destroy_due, recount_days, learn_sizes)]
    filer.run(Deployment.open(Settings.from_env()), stop, [*daily, freeze])
