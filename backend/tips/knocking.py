"""How often an address may report without an account; each time is counted before it is looked at."""

from datetime import datetime, timedelta

from sqlalchemy import update

from backend.accounts.models import SignInPlace
from backend.accounts.tries import count_try
from backend.core.deployment import Deployment

FORGOTTEN_AFTER = timedelta(hours=1)  # somebody else has the address by then


def knock(deployment: Deployment, address: str, now: datetime) -> None:
    """Count a report from an address, in a transaction of its own. Raises TooManyTries."""
    place = deployment.keys.keyed_hash("place", "report", address)
    old = (SignInPlace.key == place, SignInPlace.tried_at < now - FORGOTTEN_AFTER)
    with deployment.unit_of_work() as session:
        session.execute(update(SignInPlace).where(*old).values(failures=0))
        count_try(session, place, now)
