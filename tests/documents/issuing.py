"""An agency that issues: its supervisor, and series of numbers for what is issued here."""

from datetime import UTC, datetime

from backend.accounts.models import User
from backend.accounts.queries import person_of
from backend.core.days import today
from backend.documents import actions
from backend.tasks import ledger
from backend.tasks.rules import DocumentKind


def lay_down(deployment, agency_id, *kinds, word="示文"):
    with deployment.unit_of_work() as session:
        for kind in kinds or DocumentKind:
            pattern = f"{word}{kind[:6]}{kind[-6:]}〔{today().year}〕{{number}}号"
            ledger.add_series(
                session, agency_id=agency_id, kind=kind, year=today().year, pattern=pattern, by="tester"
            )


def issue(deployment, user_id, made, **more):
    """Issue as this user; returns the id."""
    now = datetime.now(UTC)
    with deployment.unit_of_work() as session:
        person = person_of(session.get_one(User, user_id), now)
        return actions.issue(session, deployment.settings, made, by=person, now=now, **more).id
