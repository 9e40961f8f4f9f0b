"""One place held against the sites around it (单点核查): worked out when asked, never stored."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import shapely
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backend.accounts.models import Area
from backend.core import spatial
from backend.core.errors import InvalidInput
from backend.core.settings import Settings
from backend.protected_sites.models import SITE_KINDS, Site
from backend.protected_sites.queries import sites_near
from backend.protected_sites.rules import is_open
from backend.rulebook import queries as rulebook
from backend.rulebook.rules import DistanceRule, RulebookOnDay
from backend.screening import papers
from backend.screening.holding import Held, Sites, hold
from backend.screening.rules import (
    CameFirst,
    Verdict,
    device_error_m,
    position_error_m,
    which_came_first,
    worst,
)
from backend.venues.models import Venue
from geodata.distance import DOUBT_M
from geodata.outlines import MAX_LATITUDE

SHOWN_M = 500.0  # how far around a place sites are listed, if nobody says otherwise
FARTHEST_ERROR_M = 100_000.0
_WORST_ACCURACY = select(func.max(Site.accuracy_m))


@dataclass(frozen=True, slots=True)
class SiteNear:
    """A site near a place, and what the rule says."""

    held: Held
    came_first: CameFirst
    walking: Any = None  # on foot, where somebody asks for it; see `walking`


@dataclass(frozen=True, slots=True)
class RuleAnswer:
    """The worst verdict under a rule. Without a radius `rule.set_by` says who must set one."""

    rule: DistanceRule
    verdict: Verdict
    on_day: RulebookOnDay

    @property
    def citations(self) -> list[str]:
        return self.on_day.citations(self.rule)


@dataclass(frozen=True, slots=True)
class Checked:
    """What the law of a day says of an activity in one place, nearest site first."""

    activity: str
    on: date
    rulebook_version: int
    area: str
    error_m: float
    sites: list[SiteNear]
    answers: list[RuleAnswer]

    @property
    def verdict(self) -> Verdict | None:
        """The worst of all rules; None where no rule speaks of the activity."""
        return worst(answer.verdict for answer in self.answers) if self.answers else None


def check(
    session: Session,
    settings: Settings,
    activity: str,
    lon: float,
    lat: float,
    *,
    on: date,
    accuracy_m: float | None = None,
    area: str | None = None,
    begun_on: date | None = None,
    within_m: float = SHOWN_M,
) -> Checked:
    """Hold an activity in one place (degrees, EPSG:4490) against every site that is open on a day.

    `accuracy_m` is the error of the place, None if nobody stated one. `area` is the code of the area where it
    stands; it is looked up if it matters and is not given. `begun_on`: since when somebody does this here.
    Sites up to `within_m` are listed, farther ones only if they are not clear.
    """
    error_m = position_error_m(accuracy_m, unstated_m=settings.unstated_accuracy_m)
    on_day = rulebook.current(session).on(on)
    _refuse_nonsense(on_day, activity, lon, lat, error_m)
    if area is None:
        area = _area_at(session, lon, lat) if _districts_differ(on_day) else ""
    ruled = {kind: on_day.distance_rule(activity, kind, area) for kind in SITE_KINDS}
    radii_m = [rule.radius_m for rule in ruled.values() if rule and rule.radius_m is not None]
    reach_m = max(radii_m) + error_m if radii_m else None
    near = Sites(_sites_around(session, settings, lon, lat, on, reach_m, within_m))
    held = [
        hold(lon, lat, distance, ruled[distance.site.kind], error_m, settings)
        for distance in near.distances(lon, lat)
    ]
    return Checked(
        activity, on, on_day.rulebook.version, area, error_m,
        sites=[
            SiteNear(one, which_came_first(begun_on, one.distance.site.opened_on))
            for one in sorted(held, key=lambda one: one.distance.boundary_m)
            if one.distance.boundary_m <= within_m or one.verdict in (Verdict.INSIDE, Verdict.SURVEY)
        ],
        answers=list(_answers(on_day, [rule for rule in ruled.values() if rule], held)),
    )  # fmt: skip


def check_position(
    session: Session,
    settings: Settings,
    activity: str,
    lon: float,
    lat: float,
    *,
    on: date,
    accuracy_m: float | None,
) -> Checked:
    """Check where a device says that it was. For what its accuracy counts, see `rules.device_error_m`."""
    error_m = device_error_m(accuracy_m, unstated_m=settings.unstated_accuracy_m)
    return check(session, settings, activity, lon, lat, on=on, accuracy_m=error_m)


def distances_of_venue(
    session: Session, settings: Settings, venue: Venue, *, on: date, within_m: float = SHOWN_M
) -> list[Checked]:
    """Every activity of a venue held against the sites around it; nothing without a position."""
    if (place := venue.place) is None:
        return []
    error_m = papers.error_of(venue, settings)
    return [
        check(
            session, settings, does.activity, place.x, place.y, on=on, accuracy_m=error_m,
            area=venue.area_code or "", begun_on=papers.begun_on(venue, does.activity), within_m=within_m,
        )
        for does in sorted(venue.activities, key=lambda does: does.activity)
    ]  # fmt: skip


def _answers(on_day: RulebookOnDay, ruled: list[DistanceRule], held: list[Held]) -> Iterable[RuleAnswer]:
    for rule_id in dict.fromkeys(rule.id for rule in ruled):
        same = sorted((rule for rule in ruled if rule.id == rule_id), key=lambda rule: rule.configured)
        verdicts = [one.verdict for one in held if one.rule and one.rule.id == rule_id and one.verdict]
        if not same[0].configured:
            verdicts.append(Verdict.NOT_CONFIGURED)
        yield RuleAnswer(same[0], worst(verdicts), on_day)


def _refuse_nonsense(on_day: RulebookOnDay, activity: str, lon: float, lat: float, error_m: float) -> None:
    if activity not in on_day.activities:
        raise InvalidInput(activity=activity, known=sorted(on_day.activities))
    if not (-180 <= lon <= 180 and -MAX_LATITUDE <= lat <= MAX_LATITUDE):
        raise InvalidInput(lon=lon, lat=lat)
    if not 0 <= error_m <= FARTHEST_ERROR_M:
        raise InvalidInput(accuracy_m=error_m)


def _sites_around(
    session: Session,
    settings: Settings,
    lon: float,
    lat: float,
    on: date,
    reach_m: float | None,
    within_m: float,
) -> list[Any]:
    """Every open site that is to be listed, or whose campus and error may reach into `reach_m`."""
    if reach_m is None:
        rows = sites_near(session, lon, lat, within_m)
    else:
        reach_m += settings.extent_without_outline_m + DOUBT_M
        usual_m = settings.unstated_accuracy_m
        rows = sites_near(session, lon, lat, max(within_m, reach_m + usual_m))
        worst_m = session.connection().scalar(_WORST_ACCURACY) or 0.0
        if worst_m > usual_m:  # a few sites that nobody placed well: they must not widen the search for all
            known = {row.id for row in rows}
            farther = sites_near(session, lon, lat, reach_m + worst_m)
            rows = [
                *rows,
                *(row for row in farther if row.id not in known and (row.accuracy_m or 0) > usual_m),
            ]
    return [row for row in rows if is_open(row.opened_on, row.closed_on, on)]


def _districts_differ(on_day: RulebookOnDay) -> bool:
    return any(setting.active and setting.district for setting in on_day.distance_settings.values())


def _area_at(session: Session, lon: float, lat: float) -> str:
    """The code of the smallest area that holds a place."""
    boxes = select(Area.code, Area.place).where(spatial.inside(session, Area.place, (lon, lat, lon, lat)))
    holding = [row for row in session.execute(boxes) if shapely.intersects_xy(row.place, lon, lat)]
    return str(min(holding, key=lambda row: row.place.area).code) if holding else ""
