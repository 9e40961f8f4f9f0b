"""What the register knows about a visit beside what its form says: the venue, the sender, the officers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import shapely
from sqlalchemy import Row, bindparam, exists, select
from sqlalchemy.orm import Session

from backend.accounts.models import Agency, Device, User
from backend.core.settings import Settings
from backend.inspections.flags import Circumstances, Limits
from backend.inspections.models import Visit as VisitRow
from backend.inspections.quality import LOOKED_BACK, Bounds, Earlier, digest
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


@dataclass(frozen=True, slots=True)
class _Sender:
    """Where somebody may inspect what, and with which certificate."""

    areas: tuple[str, ...]
    activities: frozenset[str] | None
    certificate: str | None


_DOES_IT = exists().where(VenueActivity.venue_id == Venue.id, VenueActivity.activity == bindparam("activity"))
_VENUE = select(
    Venue.id, Venue.area_code, Venue.place, Venue.accuracy_m, Venue.extent_m, _DOES_IT.label("does_it")
).where(Venue.id == bindparam("venue_id"))


def venue_of(session: Session, visit: Visit, unstated_accuracy_m: float) -> KnownVenue | None:
    """The venue of the list; nothing when it was typed, or is not in the register."""
    if not (visit.venue.id.isascii() and visit.venue.id.isdigit() and len(visit.venue.id) < 10):
        return None
    asked = {"venue_id": int(visit.venue.id), "activity": visit.form_id}
    row = session.execute(_VENUE, asked).one_or_none()
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
    signed: str | None,
    unstated_accuracy_m: float,
) -> Circumstances:
    """Look everything up that flags depend on."""
    sender = _sender(session, envelope.user_id, envelope.device_id, envelope.agency_id)
    area_code = venue.area_code if venue else None
    return Circumstances(
        fact_on=fact_on,
        received_at=envelope.received_at,
        # when a rescue file was brought tells nothing of the tablet's clock
        sent_at=envelope.received_at if envelope.is_rescued else envelope.sent_at,
        venue_known=venue is not None,
        activity_registered=venue is None or venue.does_it,
        in_area=area_code is None or area_code.startswith(sender.areas),
        in_charge=sender.activities is None or visit.form_id in sender.activities,
        away_m=_away_m(visit, venue, unstated_accuracy_m),
        certificates=_certificates(session, visit),
        own_certificate=sender.certificate,
        files=files,
        masked=masked,
        signed=signed,
        earlier=_earlier(session, visit, envelope.user_id),
        corrects_colleague=_corrects_colleague(session, visit, envelope),
        same_day=venue is not None and _same_day(session, visit, venue.id, fact_on),
    )


def _sender(session: Session, user_id: int | None, device_id: int | None, agency_id: int | None) -> _Sender:
    """Looked up once a session: one tablet sends many."""
    known: dict[Any, _Sender] = session.info.setdefault("senders", {})
    if (key := (user_id, device_id, agency_id)) not in known:
        user = session.get(User, user_id) if user_id else None
        device = session.get(Device, device_id) if device_id else None
        agency = session.get(Agency, agency_id) if agency_id else None
        areas = device.areas if device else [area.code for area in user.areas] if user else []
        activities = agency.activities if agency else None
        known[key] = _Sender(
            tuple(areas),
            None if activities is None else frozenset(activities),
            user.certificate_no if user else None,
        )
    return known[key]


def limits(settings: Settings) -> Limits:
    """From where on this deployment flags something."""
    bounds = Bounds(
        answer_s=settings.plausible_answer_s,
        same_answers=settings.same_answers,
        same_visits=settings.same_visits,
        apart_m=settings.far_from_venue_m,
        fastest_kmh=settings.fastest_kmh,
    )
    return Limits(settings.clock_skew_s, settings.late_hours * 3600, settings.far_from_venue_m, bounds)


_EARLIER = (
    select(
        VisitRow.visit_no, VisitRow.instance_id, VisitRow.form_id, VisitRow.started_at, VisitRow.ended_at,
        VisitRow.lon, VisitRow.lat, VisitRow.accuracy_m, VisitRow.answers_digest,
    )
    .where(VisitRow.user_id == bindparam("user_id"))
    .order_by(VisitRow.id.desc())
    .limit(LOOKED_BACK)
)  # fmt: skip


def _earlier(session: Session, visit: Visit, user_id: int | None) -> list[Earlier]:
    """Other visits of the sender, newest first: those of this batch, then those that are filed."""
    if user_id is None:
        return []
    batch: dict[int, list[Earlier]] = session.info.setdefault("visits_of_batch", {})
    together = batch.setdefault(user_id, [])
    rows: Iterable[Any] = session.execute(_EARLIER, {"user_id": user_id})
    found = [*together, *(Earlier(*row) for row in rows)]
    together.insert(0, _as_earlier(visit))
    return found


def _as_earlier(visit: Visit) -> Earlier:
    where = visit.position
    lon, lat, accuracy_m = (where.lon, where.lat, where.accuracy_m) if where else (None, None, None)
    return Earlier(
        visit.visit_id, visit.instance_id, visit.form_id, visit.device_started_at, visit.device_ended_at,
        lon, lat, accuracy_m, digest(visit),
    )  # fmt: skip


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
    """Whether another visit inspected the same there on that day; its own correction or original is none."""
    others = exists().where(
        VisitRow.venue_id == venue_id,
        VisitRow.fact_on == fact_on,
        VisitRow.activity == visit.form_id,
        VisitRow.visit_no != visit.visit_id,
        VisitRow.instance_id.not_in([visit.instance_id, visit.deprecated_id]),
        VisitRow.corrects.is_distinct_from(visit.instance_id),
    )
    return bool(session.scalar(select(others)))


def _corrects_colleague(session: Session, visit: Visit, envelope: Row[Any]) -> bool:
    """Whether it says that it corrects a visit of another officer of the same agency."""
    if not visit.deprecated_id:
        return False
    others = exists().where(
        VisitRow.instance_id == visit.deprecated_id,
        VisitRow.agency_id.is_not_distinct_from(envelope.agency_id),
        VisitRow.user_id.is_distinct_from(envelope.user_id),
    )
    return bool(session.scalar(select(others)))
