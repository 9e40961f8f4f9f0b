"""Vectors of assessments: venues of the invented district held against its sites, by law and by decision."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from typing import Any

import sample_district as district
import shapely
from make_samples import town_of
from sqlalchemy.orm import Session
from vectors_distances import place_of

from backend.core.settings import Settings
from backend.init import initialise
from backend.packages.law import law
from backend.protected_sites.models import Site
from backend.rulebook.models import RulebookVersion
from backend.rulebook.reading import build, content_hash, read
from backend.screening.queries import Checked, SiteNear, distances_of_venue
from backend.venues.models import Licence, Venue, VenueActivity
from backend.web.distances import _reason
from geodata.distance import farthest_corner_m

DAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 2, tzinfo=UTC)
_LICENCE = ("activity", "number", "issued", "expires")
EVERY = 5  # one of so many venues is taken; all of the internet cafes are
BESIDE = 60  # venues near sites beside those of the district
DECISIONS = [  # what authorities might decide: ways of measuring, limits, districts of their own
    {"rule": "BUF-BAR-1", "method": "GATE_STRAIGHT_LINE", "at_limit": "INSIDE"},
    {"rule": "BUF-KTV-1", "method": "ANY_DOOR_TO_ANY_DOOR_WALKING", "district": "319901001"},
    {"rule": "BUF-TOB-1", "method": "BOUNDARY_STRAIGHT_LINE", "radius_m": 120, "site_kinds": ["primary"]},
    {"rule": "BUF-TOB-1", "radius_m": 400, "district": "319901003"},
    {"rule": "BUF-NET-2", "method": "GATE_STRAIGHT_LINE", "radius_m": 190.5, "district": "319901002"},
]


def law_section() -> dict[str, Any]:
    """The section `law` of a package for every activity, as shipped."""
    return _section(read())


def assessments() -> dict[str, Any]:
    """The same venues twice: under the law as it is, and with decisions of authorities that we invented."""
    decided = _with_decisions(read())
    with _register(read()) as (session, settings):
        sites, venues = session.query(Site).all(), session.query(Venue).all()
        told = {
            "on": str(DAY),
            "sites": [_site(one) for one in sites],
            "venues": [_venue(one) for one in venues],
            "decisions": _section(decided)["distance_settings"],
            "as_shipped": _all_checked(session, settings, venues),
        }
        session.add(_version(2, decided))
        session.flush()
        return told | {"with_decisions": _all_checked(session, settings, venues)}


def _section(document: Any) -> dict[str, Any]:
    rulebook = build(document, 1)
    settings = Settings()
    assumed = {
        "unstated_accuracy_m": settings.unstated_accuracy_m,
        "extent_without_outline_m": settings.extent_without_outline_m,
    }
    return law(rulebook, frozenset(one.id for one in rulebook.activities), (DAY,), assumed)


def _with_decisions(document: Any) -> Any:
    row = {
        "district": "", "active": True, "document": {"zh": "示例决定（虚构）", "en": "an invented decision"},
        "in_force_from": str(DAY), "confidence": ["S8"], "source": "S8", "last_verified_on": str(DAY),
    }  # fmt: skip
    rows = [row | {"id": f"SET-{number}"} | said for number, said in enumerate(DECISIONS)]
    return document | {"distance_settings": rows}


@contextmanager
def _register(document: Any) -> Iterator[tuple[Session, Settings]]:
    with tempfile.TemporaryDirectory() as folder:
        deployment = initialise(Settings(database_url=f"sqlite:///{folder}/v.db", var_dir=Path(folder)))
        with deployment.unit_of_work() as session:
            _fill(session)
            yield session, deployment.settings
        deployment.engine.dispose()


def _version(number: int, document: Any) -> RulebookVersion:
    said = {"document": document, "content_hash": content_hash(document)}
    return RulebookVersion(number=number, loaded_at=NOW, loaded_by="vectors", **said)


def _fill(session: Session) -> None:
    dice, around = Random(district.SEED), district.sites()
    for one in around:
        session.add(
            Site(
                ref=one.ref, name=one.name, kind=one.kind, place=district.to_lonlat(one.shape),
                gates=one.gates and district.to_lonlat(one.gates), opened_on=one.opened_on,
                accuracy_m=dice.choice([None, 0.0, 0.0, 5.0, 30.0, 700.0]), changed_at=NOW,
            )
        )  # fmt: skip
    taken: dict[str, int] = {}
    for two in district.venues(around):
        count = taken[two.activities[0]] = taken.get(two.activities[0], -1) + 1
        if two.activities[0] == "internet_cafe" or count % EVERY == EVERY - 1:
            session.add(_row(two))
    session.add_all(_beside(dice, number, dice.choice(around)) for number in range(BESIDE))
    session.flush()


def _beside(dice: Random, number: int, site: district.Site) -> Venue:
    """A venue within some hundred metres of a site, doing one thing or two."""
    middle = site.shape.centroid
    place = shapely.Point(middle.x + dice.uniform(-450, 450), middle.y + dice.uniform(-450, 450))
    activities = dice.sample(
        ["song_and_dance", "arcade", "bar", "tobacco", "internet_cafe"], dice.randint(1, 2)
    )
    return Venue(
        ref=f"B{number}", name=f"示例店{number}", place=district.to_lonlat(place), changed_at=NOW,
        accuracy_m=dice.choice([None, 0.0, 0.0, 5.0, 20.0]), extent_m=dice.choice([0.0, 0.0, 12.5]),
        area_code=dice.choice([None, town_of(place)["area_code"]]),
        activities=[VenueActivity(activity=one) for one in activities],
    )  # fmt: skip


def _row(venue: district.Venue) -> Venue:
    shape = venue.shape and district.to_lonlat(venue.shape)
    place = shape and (shape if shape.geom_type == "Point" else _inside(shape))
    extent_m = farthest_corner_m(place.x, place.y, shape) if place is not None and shape != place else 0.0
    return Venue(
        ref=venue.ref, name=venue.name, place=place, accuracy_m=venue.accuracy_m, extent_m=extent_m,
        area_code=town_of(venue.shape)["area_code"], established_on=venue.established_on, changed_at=NOW,
        activities=[VenueActivity(activity=one) for one in venue.activities],
        licences=[
            Licence(activity=activity, number=number, issued_on=issued, expires_on=expires)
            for activity, (number, issued, expires) in venue.licences.items()
        ],
    )  # fmt: skip


def _inside(shape: shapely.Geometry) -> shapely.Point:
    return shapely.transform(shape.representative_point(), lambda xy: xy.round(7))


def _all_checked(session: Session, settings: Settings, venues: list[Venue]) -> list[dict[str, Any]]:
    return [
        {"venueId": venue.id, **_checked(one)}
        for venue in venues
        for one in distances_of_venue(session, settings, venue, on=DAY)
    ]


def _checked(one: Checked) -> dict[str, Any]:
    rules = [
        {
            "ruleId": answer.rule.id,
            "verdict": answer.verdict,
            "citations": answer.on_day.citations(answer.rule, "zh", one.activity),
        }
        for answer in one.answers
    ]
    sites = [_near(near) for near in one.sites if near.held.rule]
    return {"activity": one.activity, "verdict": one.verdict, "rules": rules, "sites": sites}


def _near(near: SiteNear) -> dict[str, Any]:
    held = near.held
    line, rule, verdict = held.line, held.rule, held.verdict
    if rule is None or verdict is None:
        raise ValueError("no rule speaks of this site")
    return {
        "ruleId": rule.id, "siteId": held.distance.site.id, "verdict": verdict,
        "distanceM": round(line.distance_m, 5), "boundaryM": round(held.distance.boundary_m, 5),
        "gateM": held.distance.gate_m and round(held.distance.gate_m, 5), "errorM": line.error_m,
        "extentM": round(line.extent_m, 5), "method": line.way.measured, "cameFirst": near.came_first,
        "reason": _reason(rule, verdict, [near]),
    }  # fmt: skip


def _site(row: Site) -> dict[str, Any]:
    gates = row.known_gates
    return {
        "id": row.id, "version": 1, "name": row.name, "kind": row.kind, "address": None, "areaCode": None,
        "place": place_of(row.place), "gates": [] if gates is None else place_of(gates)["points"],
        "accuracyM": row.accuracy_m, "openedOn": row.opened_on, "closedOn": row.closed_on,
    }  # fmt: skip


def _venue(row: Venue) -> dict[str, Any]:
    return {
        "id": row.id, "version": 1, "name": row.name, "namePinyin": None, "nameInitials": None,
        "address": None, "addressPinyin": None, "addressInitials": None, "areaCode": row.area_code,
        "creditCode": None, "establishedOn": row.established_on,
        "position": None if row.place is None else [row.place.x, row.place.y],
        "accuracyM": row.accuracy_m, "extentM": row.extent_m,
        "activities": sorted(one.activity for one in row.activities),
        "licences": [
            dict(zip(_LICENCE, (one.activity, one.number, one.issued_on, one.expires_on), strict=True))
            for one in row.licences
        ],
    }  # fmt: skip
