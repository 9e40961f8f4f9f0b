"""What the last screening found, and how each verdict of any screening came about."""

from collections.abc import Sequence
from typing import Any

import orjson
import shapely
from shapely.geometry import mapping
from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session, aliased

from backend.accounts.scope import Scope, activity_condition
from backend.core.errors import NotFound
from backend.roads.models import RoadNetwork
from backend.screening.models import (
    MeasuredPlace,
    Measurement,
    ScreeningRun,
    VenueVerdict,
    WalkingMeasurement,
)
from backend.venues.models import Venue
from backend.venues.queries import visible

ON_FOOT = ("state", "metres", "venue_from_road_m", "gate_from_road_m", "network_id")


def newest_run(session: Session) -> ScreeningRun | None:
    """The run that is shown; None while nobody has screened."""
    return session.scalar(select(ScreeningRun).order_by(ScreeningRun.id.desc()).limit(1))


def list_verdicts(
    session: Session,
    scope: Scope,
    *,
    verdict: str | None = None,
    activity: str | None = None,
    rule: str | None = None,
    area: str = "",
    offset: int = 0,
    limit: int = 20,
) -> tuple[Sequence[Row[Any]], int]:
    """Verdicts of the newest run on venues in scope, and how many there are."""
    chosen = _of_newest_run(scope)
    if verdict:
        chosen = chosen.where(VenueVerdict.verdict == verdict)
    if activity:
        chosen = chosen.where(VenueVerdict.activity == activity)
    if rule:
        chosen = chosen.where(VenueVerdict.rule_id == rule)
    if area:
        chosen = chosen.where(Venue.area_code.startswith(area, autoescape=True))
    total = session.scalar(select(func.count()).select_from(chosen.subquery())) or 0
    return session.execute(chosen.order_by(VenueVerdict.id).offset(offset).limit(limit)).all(), total


def _of_newest_run(scope: Scope) -> Select[*tuple[Any, ...]]:
    newest = select(func.max(ScreeningRun.id)).scalar_subquery()
    return (
        select(
            VenueVerdict.run_id, VenueVerdict.venue_id, VenueVerdict.activity, VenueVerdict.rule_id,
            VenueVerdict.verdict, Venue.ref, Venue.name, Venue.address, Venue.area_code,
        )
        .join(Venue, Venue.id == VenueVerdict.venue_id)
        .where(VenueVerdict.run_id == newest)
        .where(visible(scope), activity_condition(scope, VenueVerdict.activity))
    )  # fmt: skip


def explain(session: Session, scope: Scope, run_id: int, venue_id: int) -> dict[str, Any]:
    """Every number behind the verdicts of one run on one venue (听证说明): law, data, positions, distances.

    The places are shown as they were measured, whatever the register says of them today. Raises NotFound when
    the run did not judge the venue; one without a position is not judged.
    """
    run = session.get(ScreeningRun, run_id)
    mine = {"run_id": run_id, "venue_id": venue_id}
    seen = activity_condition(scope, VenueVerdict.activity)
    verdicts = session.scalars(select(VenueVerdict).filter_by(**mine).where(seen)).all()
    if run is None or not verdicts:
        raise NotFound(**mine)
    venue, site = aliased(MeasuredPlace), aliased(MeasuredPlace)
    lines = session.execute(
        select(Measurement, venue, site)
        .join(venue, venue.id == Measurement.venue_as_measured)
        .join(site, site.id == Measurement.site_as_measured)
        .filter(Measurement.run_id == run_id, Measurement.venue_id == venue_id)
        .where(activity_condition(scope, Measurement.activity))
        .order_by(Measurement.distance_m, Measurement.id)
    )
    on_foot = _walking(session, run_id, venue_id)
    return {
        "run": run,
        "venue_id": venue_id,
        "verdicts": verdicts,
        "lines": [
            {
                "measurement": measured,
                "rule": run.basis["rules"][measured.rule_no],
                "walking": on_foot.get(measured.site_id),
                "venue": _as_measured(venue_then),
                "site": _as_measured(site_then),
            }
            for measured, venue_then, site_then in lines
        ],
    }


def _walking(session: Session, run_id: int, venue_id: int) -> dict[int, dict[str, Any]]:
    """The ways on foot that were measured beside a run, by site."""
    rows = session.execute(
        select(WalkingMeasurement, RoadNetwork)
        .join(RoadNetwork, RoadNetwork.id == WalkingMeasurement.network_id)
        .where(WalkingMeasurement.run_id == run_id, WalkingMeasurement.venue_id == venue_id)
    )
    return {
        walk.site_id: {name: getattr(walk, name) for name in ON_FOOT}
        | {"drawn_on": network.drawn_on, "source": network.source}
        for walk, network in rows
    }


def _as_measured(state: MeasuredPlace) -> dict[str, Any]:
    facts: dict[str, Any] = orjson.loads(state.facts)
    return facts | {
        "sha256": state.sha256,
        "place": mapping(shapely.from_wkb(state.place)),
        "gates": state.gates and mapping(shapely.from_wkb(state.gates)),
    }
