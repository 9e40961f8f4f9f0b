"""How tips come in. The caller owns the transaction; nothing here commits. `triage` goes on with them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import orjson
import shapely
from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.accounts.areas import area_at
from backend.accounts.queries import area_names
from backend.accounts.scope import DevicePerson, Person
from backend.core import audit
from backend.core.days import SHANGHAI
from backend.core.db import insert_if_new
from backend.core.errors import InvalidInput, NotAllowed
from backend.core.positions import to_register
from backend.core.sealed import locked_visit_key, visit_key
from backend.core.settings import Settings
from backend.core.spoken import by_chance, in_groups
from backend.protected_sites import queries as sites
from backend.rulebook import queries as rulebook
from backend.screening.surroundings import surroundings
from backend.tips import clocks, informants
from backend.tips.contents import picture_place, record_of, record_place, secret_hash
from backend.tips.errors import PictureUnannounced, TipChanged
from backend.tips.models import Tip, TipPicture
from backend.tips.pictures import Ready
from backend.tips.reading import read
from backend.tips.rules import (
    NOBODY,
    NUMBER_LENGTH,
    SECRET_LENGTH,
    Announced,
    Contact,
    Nature,
    Noted,
    Source,
    State,
    other_nature,
    receipt_no,
)

Sender = Person | DevicePerson
INFORMANT = "informant"  # who did it, in the audit trail: somebody without an account
_A_CLOCK_AHEAD = timedelta(minutes=10)


def receive_lead(
    session: Session, record: bytes, *, is_signed: bool, by: Sender, now: datetime
) -> tuple[Tip, bool]:
    """Keep what an inspector noticed in the street, once, however often the tablet sends it.

    Returns it, and whether it is new. Raises TipUnreadable, TipChanged, InvalidInput.
    """
    device_id = by.device_id if isinstance(by, DevicePerson) else None
    return _keep(
        session, Source.STREET, read(record), record, by, now, is_signed=is_signed, device_id=device_id
    )


def report_by_school(
    session: Session, settings: Settings, noted: Noted, pictures: Sequence[Ready] = (),
    *, by: Person, now: datetime,
) -> tuple[Tip, str | None, bool]:  # fmt: skip
    """Keep what a school reports of its own surroundings, or of a venue there, once.

    Its `pictures` were pixelated in the browser; they are shown so again, but for what it marked as clear.
    Returns it, the secret by which the school asks after it (shown this once), and whether it is new.
    Raises NotAllowed for whoever speaks for no school, TipChanged, InvalidInput.
    """
    if by.scope.site_id is None:
        raise NotAllowed(site_id=None)
    site = sites.site(session, by.scope, by.scope.site_id)
    if noted.venue_id is not None:
        near = surroundings(session, settings, by.scope, site, on=now.astimezone(SHANGHAI).date())
        if noted.venue_id not in {one.venue.id for one in near}:
            raise InvalidInput(venue_id="not_around_here")
    own = replace(_with_pictures(noted, pictures, now), site_id=site.id)
    secret = by_chance(SECRET_LENGTH)
    tip, is_new = _keep(session, Source.SCHOOL, own, _written(own), by, now, secret=secret)
    for named, picture in zip(own.pictures, pictures, strict=True):
        add_picture(session, tip, named.name, picture, by=by.actor, now=now)
    return tip, in_groups(secret) if is_new else None, is_new


def report_by_anybody(
    session: Session, noted: Noted, pictures: Sequence[Ready] = (), contact: Contact = NOBODY,
    *, has_complaint: bool = False, now: datetime,
) -> tuple[Tip, str | None, bool]:  # fmt: skip
    """Keep what somebody without an account reports, once, and apart from it who they are if they said so.

    Its `pictures` were pixelated in the browser. A complaint in it becomes a tip of its own. Returns it,
    the secret by which they ask after it (shown this once), and whether it is new. Raises TipChanged,
    InvalidInput.
    """
    if noted.area_code and noted.area_code not in area_names(session, [noted.area_code]):
        raise InvalidInput(area_code="unknown")
    own, secret = _with_pictures(noted, pictures, now), by_chance(SECRET_LENGTH)
    tip, is_new = _keep(session, Source.PUBLIC, own, _written(own), None, now, secret=secret)
    for named, picture in zip(own.pictures, pictures, strict=True):
        add_picture(session, tip, named.name, picture, by=INFORMANT, now=now)
    if is_new:
        informants.keep(session, tip, contact)
    if is_new and has_complaint:
        other_half(session, tip, by=INFORMANT, now=now)
    return tip, in_groups(secret) if is_new else None, is_new


def receive_order(
    session: Session, source: Source, number: str, noted: Noted, contact: Contact = NOBODY,
    *, has_complaint: bool = False, received_at: datetime, now: datetime,
) -> tuple[Tip, bool]:  # fmt: skip
    """Keep a work order of another channel, once, whatever it says when it comes again.

    Returns it, and whether it is new. Raises InvalidInput.
    """
    known = session.scalar(select(Tip).where(Tip.source == source, Tip.channel_no == number).limit(1))
    if known is not None:
        return known, False
    tip, _ = _keep(session, source, noted, _written(noted), None, received_at, channel_no=number)
    informants.keep(session, tip, contact)
    if has_complaint:
        other_half(session, tip, by=INFORMANT, now=now)
    return tip, True


def add_picture(
    session: Session, tip: Tip, name: str, ready: Ready, *, by: str, now: datetime
) -> tuple[TipPicture, bool]:
    """Seal a picture that the tip names. Returns it, and whether it is new.

    Raises PictureUnannounced, ContentDestroyed.
    """
    picture = next((one for one in tip.pictures if one.name == name), None)
    if picture is None or (picture.size, picture.sha256) != (ready.size, ready.sha256):
        raise PictureUnannounced(name=name)
    if picture.came_at is not None:
        return picture, False
    key = locked_visit_key(session, tip.key_id)
    picture.sealed, picture.came_at = key.seal(ready.jpeg, picture_place(picture)), now
    session.flush()
    audit.record(session, "tip.add_picture", by=by, subject=_subject(tip), detail={"number": picture.number})
    return picture, True


def other_half(session: Session, tip: Tip, *, by: str, now: datetime) -> Tip:
    """The second tip of one submission, with the same words under a key of its own; pictures stay behind."""
    uuid = str(uuid4())
    key = visit_key(session, f"tip:{uuid}")
    half = Tip(
        uuid=uuid, digest=tip.digest, receipt_no=new_receipt_no(now), source=tip.source, kind=tip.kind,
        channel_no=tip.channel_no, nature=other_nature(Nature(tip.nature)), seen_at=tip.seen_at,
        received_at=tip.received_at, area_code=tip.area_code, site_id=tip.site_id, venue_id=tip.venue_id,
        lon=tip.lon, lat=tip.lat, source_crs=tip.source_crs, accuracy_m=tip.accuracy_m, user_id=tip.user_id,
        device_id=tip.device_id, is_signed=tip.is_signed, key_id=key.row_id, state=State.RECEIVED,
        split_id=tip.id, sealed=key.seal(record_of(session, tip), record_place(uuid)),
    )  # fmt: skip
    session.add(half)
    session.flush()
    clocks.start(session, half)
    audit.record(session, "tip.split_off", by=by, subject=f"tip:{half.id}", detail={"from": tip.id})
    return half


def _with_pictures(noted: Noted, pictures: Sequence[Ready], now: datetime) -> Noted:
    """What a browser sent, with its pictures named. Raises InvalidInput."""
    if noted.seen_at > now + _A_CLOCK_AHEAD:
        raise InvalidInput(seen_at="in_the_future")
    announced = tuple(
        Announced(f"{number}.jpg", one.size, one.sha256, minor_possible=True, clear=noted.clear_in(number))
        for number, one in enumerate(pictures, 1)
    )
    return replace(noted, pictures=announced)


def _keep(
    session: Session, source: Source, noted: Noted, record: bytes, by: Sender | None, now: datetime,
    *, secret: str | None = None, **columns: Any,
) -> tuple[Tip, bool]:  # fmt: skip
    known = {kind.id for kind in rulebook.current(session).tip_kinds}
    if noted.kind not in known:
        raise InvalidInput(kind="unknown")
    digest: bytes = session.info["keys"].keyed_hash("tip", record)
    user_id = by.user_id if isinstance(by, DevicePerson) else by and by.id
    key = visit_key(session, f"tip:{noted.uuid}")
    number = new_receipt_no(now)
    hashed = secret and secret_hash(session, number, secret)
    new_id = insert_if_new(
        session, Tip, uuid=noted.uuid, digest=digest, receipt_no=number, source=source, kind=noted.kind,
        nature=noted.nature,
        seen_at=noted.seen_at, received_at=now, user_id=user_id, key_id=key.row_id, state=State.RECEIVED,
        secret_hash=hashed, sealed=key.seal(record, record_place(noted.uuid)),
        **_place(session, noted, by), **columns,
    )  # fmt: skip
    tip = session.scalars(select(Tip).where(Tip.uuid == noted.uuid)).one()
    if new_id is None:
        same_tablet = tip.device_id is not None and tip.device_id == columns.get("device_id")
        if (tip.digest, tip.source) != (digest, source) or not (same_tablet or tip.user_id == user_id):
            raise TipChanged(uuid=noted.uuid)
        return tip, False
    session.add_all(_announce(tip, number, one) for number, one in enumerate(noted.pictures, 1))
    session.flush()
    session.refresh(tip, ["pictures"])
    clocks.start(session, tip)
    actor = by.actor if by else INFORMANT
    audit.record(session, "tip.receive", by=actor, subject=_subject(tip), detail={"source": source})
    return tip, True


def _place(session: Session, noted: Noted, by: Sender | None) -> dict[str, Any]:
    """Where it is, and to which area it belongs: its own, else the one named, else the sender's first."""
    place: dict[str, Any] = {"site_id": noted.site_id, "venue_id": noted.venue_id}
    area_code = None
    if noted.site_id is not None and by is not None:
        area_code = sites.site(session, by.scope, noted.site_id).area_code
    if (where := noted.where) is not None:
        point, known = to_register(shapely.Point(where.lon, where.lat), where.crs)
        place |= {"lon": point.x, "lat": point.y, "source_crs": known, "accuracy_m": where.accuracy_m}
        area_code = area_code or area_at(session, point.x, point.y)
    own = min(by.scope.areas, default="") if by else ""
    return place | {"area_code": area_code or noted.area_code or own}


def _announce(tip: Tip, number: int, one: Announced) -> TipPicture:
    return TipPicture(
        tip_id=tip.id, number=number, name=one.name, size=one.size, sha256=one.sha256,
        minor_possible=one.minor_possible, clear_areas=[list(area) for area in one.clear],
    )  # fmt: skip


def _written(noted: Noted) -> bytes:
    """A school's report as it is kept and compared."""
    return orjson.dumps(noted, option=orjson.OPT_SORT_KEYS)


def new_receipt_no(now: datetime, kind: str = "XS") -> str:
    """A receipt number that nobody has."""
    return receipt_no(now.astimezone(SHANGHAI).date(), by_chance(NUMBER_LENGTH), kind)


def _subject(tip: Tip) -> str:
    return f"tip:{tip.id}"
