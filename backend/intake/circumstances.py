"""What the register knows about a visit beside what its form says: the venue, the sender, the officers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import shapely
from sqlalchemy import Row, exists, select
from sqlalchemy.orm import Session

from backend.accounts.models import Agency, Device, User
from backend.core.settings import Settings
from backend.inspections.flags import Circumstances, Limits
from backend.inspections.models import Visit as VisitRow
from backend.venues.models import Venue, VenueActivity
from forms.records import Visit
from geodata.distance import point_to_point_m


@dataclass(frozen=True, slots=True)
class KnownVenue:
    """The venue that a visit names, as far as flags and rows need it."""

    id: int
    area_code: str | None
    place: shapely.Point | None
    error_m: float
    does_it: bool


def venue_of(session: Session, visit: Visit, unstated_accuracy_m: float) -> KnownVenue | None:
    """The venue of the list; nothing when it was typed, or is not in the register."""
    if not (visit.venue.id.isascii() and visit.venue.id.isdigit() and len(visit.venue.id) < 10):
        return None
    does_it = exists().where(VenueActivity.venue_id == Venue.id, VenueActivity.activity == visit.form_id)
    columns = (
        Venue.id,
        Venue.area_code,
        Venue.place,
        Venue.accuracy_m,
        Venue.extent_m,
        does_it.label("does_it"),
    )
    row = session.execute(select(*columns).where(Venue.id == int(visit.venue.id))).one_or_none()
    if row is None:
        return None
    accuracy_m = unstated_accuracy_m if row.accuracy_m is None else row.accuracy_m
    return KnownVenue(row.id, row.area_code, row.place, accuracy_m + row.extent_m, row.does_it)


def circumstances(
    session: Session,
    visit: Visit,
    envelope: Row[Any],
    venue: KnownVenue | None,
    *,
    fact_on: date,
    files: Mapping[str, str],
    masked: int,
    unstated_accuracy_m: float,
) -> Circumstances:
    """Look everything up that flags depend on."""
    user = session.get(User, envelope.user_id) if envelope.user_id else None
    device = session.get(Device, envelope.device_id) if envelope.device_id else None
    areas = tuple(device.areas if device else [area.code for area in user.areas] if user else [])
    area_code = venue.area_code if venue else None
    return Circumstances(
        fact_on=fact_on,
        received_at=envelope.received_at,
        sent_at=envelope.sent_at,
        venue_known=venue is not None,
        activity_registered=venue is None or venue.does_it,
        in_area=area_code is None or area_code.startswith(areas),
        in_charge=_in_charge(session, envelope.agency_id, visit.form_id),
        away_m=_away_m(visit, venue, unstated_accuracy_m),
        certificates=_certificates(session, visit),
        own_certificate=user.certificate_no if user else None,
        files=files,
        masked=masked,
        same_day=venue is not None and _same_day(session, visit, venue.id, fact_on),
    )


def limits(settings: Settings) -> Limits:
    """From where on this deployment flags something."""
    return Limits(settings.clock_skew_s, settings.late_hours * 3600, settings.far_from_venue_m)


def _in_charge(session: Session, agency_id: int | None, activity: str) -> bool:
    agency = session.get(Agency, agency_id) if agency_id else None
    return agency is None or agency.activities is None or activity in agency.activities


def _away_m(visit: Visit, venue: KnownVenue | None, unstated_accuracy_m: float) -> float | None:
    """How far from the venue the tablet certainly was."""
    where = visit.position
    if where is None or venue is None or venue.place is None:
        return None
    apart_m = float(point_to_point_m(where.lon, where.lat, venue.place.x, venue.place.y))
    device_m = unstated_accuracy_m if where.accuracy_m is None else where.accuracy_m
    return max(0.0, apart_m - venue.error_m - device_m)


def _certificates(session: Session, visit: Visit) -> dict[str, date | None]:
    numbers = {officer.certificate.strip() for officer in visit.officers} - {""}
    if not numbers:
        return {}
    known = select(User.certificate_no, User.certificate_valid_to).where(User.certificate_no.in_(numbers))
    return {str(number).strip().upper(): end for number, end in session.execute(known)}


def _same_day(session: Session, visit: Visit, venue_id: int, fact_on: date) -> bool:
    """Whether another visit inspected the same there on that day; what this one corrects does not count."""
    others = exists().where(
        VisitRow.venue_id == venue_id,
        VisitRow.fact_on == fact_on,
        VisitRow.activity == visit.form_id,
        VisitRow.visit_no != visit.visit_id,
        VisitRow.instance_id.not_in([visit.instance_id, visit.deprecated_id]),
    )
    return bool(session.scalar(select(others)))
