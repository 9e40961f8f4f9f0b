"""What an invented inspector found different from the register, for the demo."""

from uuid import NAMESPACE_URL, uuid5

import shapely
from sqlalchemy import select

from backend.accounts.queries import person_of, user_by_login
from backend.cli.common import now
from backend.core.deployment import Deployment
from backend.proposals import actions
from backend.venues.models import Venue, VenueActivity

_EAST = 0.0004  # degrees, about 40 m


def propose(deployment: Deployment) -> None:
    """Propose another entrance for one internet cafe, and another name for the next."""
    with deployment.unit_of_work() as session:
        person = person_of(user_by_login(session, "inspector"), now())
        cafes = (
            select(Venue)
            .join(VenueActivity)
            .where(VenueActivity.activity == "internet_cafe", Venue.place.is_not(None))
        )
        moved, renamed = session.scalars(cafes.order_by(Venue.id).limit(2)).unique()
        if person is None or moved.place is None:
            raise RuntimeError("the demo's inspector or venues are missing")
        entrance = shapely.affinity.translate(moved.place, xoff=_EAST)
        for venue, values, reason in (
            (
                moved,
                {"place": entrance, "crs": "cgcs2000", "capture": "device", "accuracy_m": 6.0},
                "入口在东侧",
            ),
            (renamed, {"name": f"{renamed.name}（新店招）"}, "店招已更换"),
        ):
            said = {
                "uuid": str(uuid5(NAMESPACE_URL, f"humiao-demo-proposal-{venue.id}")),
                "seen_version": venue.version,
                "values": values,
                "reason": reason,
            }
            actions.propose(session, "venue", venue.id, said, by=person, now=now())
