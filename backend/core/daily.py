"""What the filer does once a day beside its work."""

from collections.abc import Callable
from datetime import date, datetime

from backend.core.days import SHANGHAI
from backend.core.deployment import Deployment


class Daily:
    """A deed that runs once on each day of Shanghai's calendar, and again after a restart."""

    def __init__(self, deed: Callable[[Deployment, datetime], None]) -> None:
        self._deed = deed
        self._done_on: date | None = None

    def __call__(self, deployment: Deployment, now: datetime) -> None:
        today = now.astimezone(SHANGHAI).date()
        if today != self._done_on:
            self._deed(deployment, now)
            self._done_on = today


def learn_sizes(deployment: Deployment, _now: datetime) -> None:
    """Let the database look how its tables are filled."""
    deployment.learn_sizes()
