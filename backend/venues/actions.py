"""What can be done to venues. The caller owns the transaction; files come in by `imports`."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy.orm import Session

from backend.accounts.areas import area_at
from backend.accounts.scope import Scope
from backend.core import audit
from backend.core.errors import InvalidInput, NotAllowed
from backend.core.positions import provenance, to_register
from backend.rulebook import queries as rulebook
from backend.venues.models import Licence, Venue, VenueActivity
from geodata.distance import farthest_corner_m

_LICENCE = ("activity", "number", "issued_on", "expires_on")


def add_venue(session: Session, scope: Scope, said: dict[str, Any], *, by: str, now: datetime) -> Venue:
    """Enter a venue by hand. Raises NotAllowed if it is not the caller's to supervise, InvalidInput."""
    venue = Venue(ref=f"by.hand:{uuid4()}", extent_m=0.0, version=1, changed_at=now)
    _set(session, scope, venue, said)
    if not scope.covers(venue.area_code):
        raise NotAllowed(area_code=venue.area_code)
    session.add(venue)
    session.flush()
    audit.record(session, "venue.add", by=by, subject=f"venue:{venue.id}")
    return venue


def change_venue(
    session: Session, scope: Scope, venue: Venue, said: dict[str, Any], *, by: str, now: datetime
) -> Venue:
    """Correct a venue: its position, what it does, its licences. Raises NotAllowed, InvalidInput."""
    changed = _set(session, scope, venue, said)
    if changed:
        venue.version, venue.changed_at = venue.version + 1, now
        session.flush()
        audit.record(
            session, "venue.change", by=by, subject=f"venue:{venue.id}", detail={"fields": sorted(changed)}
        )
    return venue


def _set(session: Session, scope: Scope, venue: Venue, said: dict[str, Any]) -> set[str]:
    """Make the venue what somebody said; the names of what changed."""
    if "area_code" in said and venue.place is not None:
        raise InvalidInput(area_code="follows_from_position")
    values = _placed(session, scope, dict(said))
    activities, licences = values.pop("activities", None), values.pop("licences", None)
    changed = {name for name, value in values.items() if getattr(venue, name) != value}
    for name in changed:
        setattr(venue, name, values[name])
    if activities is not None and _set_activities(session, scope, venue, set(activities)):
        changed.add("activities")
    if licences is not None and _set_licences(scope, venue, licences):
        changed.add("licences")
    return changed


def _placed(session: Session, scope: Scope, values: dict[str, Any]) -> dict[str, Any]:
    """The position as columns of a venue: a point, and the footprint if there is one."""
    crs, shape = values.pop("crs", None), values.pop("place", None)
    if shape is not None:
        values |= provenance(values)
        shape, values["source_crs"] = to_register(shape, crs)
        point = shape.representative_point()
        is_point = shape.geom_type == "Point"
        values |= {"place": point, "footprint": None if is_point else shape}
        values["extent_m"] = 0.0 if is_point else farthest_corner_m(point.x, point.y, shape)
        values["area_code"] = area_at(session, point.x, point.y) or values.get("area_code")
    if "area_code" in values and not scope.covers(values["area_code"]):
        raise NotAllowed(area_code=values["area_code"])
    return values


def _set_activities(session: Session, scope: Scope, venue: Venue, wanted: set[str]) -> bool:
    known = {activity.id for activity in rulebook.current(session).activities}
    if unknown := wanted - known:
        raise InvalidInput(activities=sorted(unknown))
    changed = wanted ^ {activity.activity for activity in venue.activities}
    if others := {activity for activity in changed if not scope.concerns(activity)}:
        raise NotAllowed(activities=sorted(others))
    kept = [activity for activity in venue.activities if activity.activity in wanted]
    new = wanted - {activity.activity for activity in kept}
    venue.activities = kept + [VenueActivity(activity=activity) for activity in sorted(new)]
    return bool(changed)


def _set_licences(scope: Scope, venue: Venue, wanted: list[dict[str, Any]]) -> bool:
    there = {tuple(getattr(licence, name) for name in _LICENCE): licence for licence in venue.licences}
    asked = list(dict.fromkeys(tuple(licence[name] for name in _LICENCE) for licence in wanted))
    changed = set(asked) ^ there.keys()
    if others := {activity for activity, *_ in changed if activity and not scope.concerns(activity)}:
        raise NotAllowed(licences=sorted(others))
    venue.licences = [there.get(said) or Licence(**dict(zip(_LICENCE, said, strict=True))) for said in asked]
    return bool(changed)
