"""The retention job (到期销毁): by hand or daily beside the filer, harmless when run again."""

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime

from sqlalchemy import select, update

from backend.core.days import SHANGHAI
from backend.core.deployment import Deployment
from backend.retention.destroying import destroy
from backend.retention.models import Destroyed
from backend.retention.planning import BATCH, Periods, plans

BY = "system:retention"
_AT_ONCE = 500  # files


def preview(deployment: Deployment, on: date) -> dict[str, int]:
    """How much of each class is due on a day, and nothing else happens."""
    with deployment.reading() as session:
        planned = plans(session, Periods(session, on))
        return dict(Counter(due.part.retention_class or "" for _, one in planned for due in one.dues))


def run(
    deployment: Deployment,
    on: date,
    *,
    by: str,
    now: Callable[[], datetime],
    progress: Callable[[int, int | None], None] = lambda done, total: None,
) -> int:
    """Destroy what is due on a day; returns how much that was. Each batch is whole with its certificates."""
    with deployment.reading() as session:
        key_ids = [key_id for key_id, _ in plans(session, Periods(session, on))]
    destroyed = 0
    for first in range(0, len(key_ids), BATCH):
        with deployment.unit_of_work() as session:
            some = key_ids[first : first + BATCH]
            destroyed += destroy(session, some, Periods(session, on), by=by, now=now())
        progress(min(first + BATCH, len(key_ids)), len(key_ids))
    _remove_files(deployment)
    if destroyed:
        deployment.forget()
    return destroyed


def _remove_files(deployment: Deployment) -> None:
    """Take the sealed files of what was destroyed from the disk, of earlier runs that were killed too."""
    while True:
        with deployment.reading() as session:
            named = select(Destroyed.id, Destroyed.stored).where(Destroyed.stored.is_not(None))
            some = session.execute(named.limit(_AT_ONCE)).all()
        if not some:
            return
        for _, stored in some:
            deployment.files.remove(stored or "")
        with deployment.unit_of_work() as session:
            ids = [item_id for item_id, _ in some]
            session.execute(update(Destroyed).where(Destroyed.id.in_(ids)).values(stored=None))


def destroy_due(deployment: Deployment, now: datetime) -> None:
    """What the filer does once a day: destroy what is due."""
    run(deployment, now.astimezone(SHANGHAI).date(), by=BY, now=lambda: now)
