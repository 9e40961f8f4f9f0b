"""From the register to the facts of a report on distances, with every version that they rest on."""

import hashlib
from datetime import date

import shapely
from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.accounts.models import Agency
from backend.accounts.scope import Scope
from backend.core.errors import NotFound
from backend.core.settings import Settings
from backend.documents.facts import (
    ActivityMeasured,
    DistanceFacts,
    Drawn,
    LineMeasured,
    Party,
    PlaceUsed,
    RuleApplied,
)
from backend.protected_sites.models import Site
from backend.rulebook import queries as rulebook
from backend.rulebook.rules import Method, RulebookOnDay
from backend.screening.holding import Held, gates_of, tape_end
from backend.screening.papers import licence_no
from backend.screening.queries import SHOWN_M, Checked, RuleAnswer, SiteNear, distances_of_venue
from backend.screening.register import states_of
from backend.screening.rules import CameFirst, Measured, Verdict
from backend.screening.sketch import Dot, Tape, Words, draw
from backend.venues.models import Venue

VERDICTS = {
    Verdict.INSIDE: "距离不足", Verdict.SURVEY: "须现场测量",
    Verdict.NOT_CONFIGURED: "主管部门尚未确定距离", Verdict.CLEAR: "符合",
}  # fmt: skip
_FROM = {
    Measured.BOUNDARY: "校园边界上最近的一点",
    Measured.GATE: "最近的校门",
    Measured.POINT: "校园内已知的一点",
}
_METHODS = {
    Method.BOUNDARY_STRAIGHT_LINE: "自校园边界任何一点起的直线距离",
    Method.GATE_STRAIGHT_LINE: "自校门起的直线距离",
    Method.GATE_TO_DOOR_WALKING: "校门至场所门口的步行距离",
    Method.ANY_DOOR_TO_ANY_DOOR_WALKING: "任一门至任一门的步行距离",
    Method.GATE_CENTRE_TO_DOOR_CENTRE_WALKING: "校门中点至场所门中点的步行距离",
    Method.UNSPECIFIED: "没有规定；自边界的直线距离只用于排除",
}
_FIRST = {
    CameFirst.VENUE: "场所在先", CameFirst.SITE: "学校在先", CameFirst.SAME_DAY: "同一天",
    CameFirst.UNKNOWN: "日期不全",
}  # fmt: skip
_CAPTURES = {"import": "导入", "survey": "测绘", "device": "设备定位", "map": "图上标绘"}


def distance_facts(
    session: Session, settings: Settings, scope: Scope, venue: Venue, agency: Agency, *, on: date
) -> DistanceFacts:
    """What a report on a venue's distances says, for the activities that the reader's agency supervises.

    Raises NotFound for a venue without a position: nothing was measured.
    """
    if venue.place is None:
        raise NotFound(venue_id=venue.id, position="unknown")
    every = distances_of_venue(session, settings, venue, on=on)
    checked = [one for one in every if scope.concerns(one.activity)]
    law = rulebook.current(session).on(on)
    near = sorted({row.held.distance.site.id for one in checked for row in one.sites})
    state, states = states_of(session, settings, on, venue.id, near)
    sites = {one.id: one for one in session.scalars(select(Site).where(Site.id.in_(near)))}
    return DistanceFacts(
        agency=agency.name_zh, on=on,
        party=Party(
            name=venue.name or venue.ref, credit_code=venue.credit_code, address=venue.address,
            licence_no=licence_no(venue, checked[0].activity) if checked else None,
        ),
        venue=_used(settings, venue, state),
        sites=tuple(_used(settings, sites[one], states[one]) for one in near),
        activities=tuple(_activity(law, venue, one) for one in checked),
        within_m=SHOWN_M, unstated_accuracy_m=settings.unstated_accuracy_m,
        extent_without_outline_m=settings.extent_without_outline_m,
        rulebook_version=law.rulebook.version, rulebook_hash=law.rulebook.content_hash,
        data_version=hashlib.sha256("".join([state, *(states[one] for one in near)]).encode()).hexdigest(),
    )  # fmt: skip


def _used(settings: Settings, place: Venue | Site, sha256: str) -> PlaceUsed:
    accuracy = (
        f"{place.accuracy_m:g}米"
        if place.accuracy_m is not None
        else f"未说明，按{settings.unstated_accuracy_m:g}米计"
    )
    source = "，".join(filter(None, [place.source, _CAPTURES.get(place.capture or "", place.capture)]))
    return PlaceUsed(
        name=place.name or place.ref, where=_where(place), accuracy=accuracy, source=source or "未说明",
        version=place.version, sha256=sha256,
    )  # fmt: skip


def _where(place: Venue | Site) -> str:
    """A point or gates by their degrees; of an outline how many corners it has."""
    shape = place.place
    if shape is None or shape.geom_type in ("Polygon", "MultiPolygon"):
        return f"校园边界，{shapely.get_num_coordinates(shape)}个角点"
    return "；".join(f"{x:.7f}，{y:.7f}" for x, y in shapely.get_coordinates(shape))


def _activity(law: RulebookOnDay, venue: Venue, checked: Checked) -> ActivityMeasured:
    matter = [row for row in checked.sites if row.held.verdict in (Verdict.INSIDE, Verdict.SURVEY)]
    return ActivityMeasured(
        name=law.activities[checked.activity].name.zh,
        rules=tuple(_rule(law, checked.activity, one) for one in checked.answers),
        lines=tuple(_line(law, venue, row) for row in checked.sites),
        drawings=tuple(_drawn(venue, row.held) for row in matter or checked.sites[:1]),
    )


def _rule(law: RulebookOnDay, activity: str, answer: RuleAnswer) -> RuleApplied:
    rule = answer.rule
    apart = "、".join(law.site_kinds[kind].name.zh for kind in rule.site_kinds)
    return RuleApplied(
        what=f"{law.activities[activity].name.zh}与{apart}",
        demand=f"{rule.radius_m:g}米" if rule.radius_m is not None else f"尚未确定，由{rule.set_by.zh}确定",
        method=_METHODS[rule.method],
        citations=tuple(law.citations(rule, activity=activity)),
        verdict=VERDICTS[answer.verdict],
    )


def _line(law: RulebookOnDay, venue: Venue, row: SiteNear) -> LineMeasured:
    held, site = row.held, row.held.distance.site
    lon, lat = _end(venue, held)
    return LineMeasured(
        site=site.name or site.ref, kind=law.site_kinds[site.kind].name.zh,
        measured_from=_FROM[held.line.way.measured], end_lon=lon, end_lat=lat,
        distance_m=held.line.distance_m, low_m=held.line.low_m, high_m=held.line.high_m,
        verdict=VERDICTS[held.verdict] if held.verdict else "没有规定", came_first=_FIRST[row.came_first],
    )  # fmt: skip


def _drawn(venue: Venue, held: Held) -> Drawn:
    """The site with its ring, the venue, and the line between them with its length."""
    site, name = held.distance.site, venue.name or venue.ref
    lon, lat = _point(venue)
    radius_m = held.rule.radius_m if held.rule else None
    title = f"{name}与{site.name or site.ref}的位置示意"
    ring = f"；虚线为{radius_m:g}米的范围" if radius_m is not None else ""
    svg = draw(
        site.place, gates_of(site), [Dot(lon, lat, name, name, held.verdict)], radius_m=radius_m,
        words=Words(title=title),
        tapes=[Tape(lon, lat, *_end(venue, held), f"{held.line.distance_m:.1f} 米")], text_size=22,
    )  # fmt: skip
    return Drawn(svg=svg, text=f"{title}（上为北{ring}；示意图不作测量之用）")


def _end(venue: Venue, held: Held) -> tuple[float, float]:
    return tape_end(*_point(venue), held)


def _point(venue: Venue) -> tuple[float, float]:
    return shapely.get_x(venue.place), shapely.get_y(venue.place)
