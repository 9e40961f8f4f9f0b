"""Holding the whole register against the law of a day (全域核查). The caller owns the transaction."""

import hashlib
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import asdict
from datetime import date, datetime, timedelta
from itertools import islice
from math import isnan
from typing import Any, cast

import numpy as np
from sqlalchemy import Table, func, insert, select
from sqlalchemy.orm import Session

from backend.core import audit
from backend.core.db import Base, insert_all_new
from backend.core.settings import Settings
from backend.rulebook import queries as rulebook
from backend.rulebook.rules import DistanceRule, RulebookOnDay
from backend.screening.law import MEASURED, VERDICTS, Law
from backend.screening.models import MeasuredPlace, Measurement, ScreeningRun, VenueVerdict
from backend.screening.register import Ints, Places, Venues, sites_on, venues_in_chunks
from backend.screening.sweep import Judged, Verdicts, judge_chunk
from backend.venues.models import Venue

Progress = Callable[[int, int | None], None]  # venues done, and how many there are
_BATCH = 5_000


def screen(
    session: Session,
    settings: Settings,
    on: date,
    *,
    by: str,
    now: datetime,
    within_m: float | None = None,
    each: Callable[[Judged], None] = lambda _: None,
    progress: Progress | None = None,
) -> ScreeningRun:
    """Judge every venue and keep what is no clearance. The new run takes the place of the one before.

    `each` sees every chunk as it is judged, for instance to write it to a file; with `within_m` its rows hold
    all pairs up to that distance.
    """
    begun = time.perf_counter()
    law = Law(rulebook.current(session).on(on))
    run = ScreeningRun(
        on=on, rulebook_version=law.on_day.rulebook.version, data_version="", basis={}, counts={},
        by=by, started_at=now, finished_at=now,
    )  # fmt: skip
    session.add(run)
    session.flush()
    sites, keeper = sites_on(session, settings, on), _Keeper(session, run.id)
    keeper.note(sites)
    total = session.scalar(select(func.count()).select_from(Venue))
    for venues in venues_in_chunks(session, settings):
        judged = judge_chunk(venues, sites, law, within_m)
        keeper.keep(judged)
        each(judged)
        if progress:
            progress(keeper.counts["venues"], total)
    run.data_version = keeper.data.hexdigest()
    run.basis = _basis(settings, law)
    run.counts = {
        **keeper.counts, "sites": len(sites),
        "verdicts": keeper.verdicts, "not_configured": keeper.not_configured,
    }  # fmt: skip
    run.finished_at = now + timedelta(seconds=time.perf_counter() - begun)
    audit.record(session, "screening.screen", by=by, subject=f"screening_run:{run.id}", detail=run.counts)
    return run


class _Keeper:
    """Writes what was judged, chunk by chunk, and counts."""

    def __init__(self, session: Session, run_id: int) -> None:
        self.session, self.run_id = session, run_id
        self.data = hashlib.sha256()
        self.counts: Counter[str] = Counter(venues=0, without_position=0, measurements=0)
        self.verdicts: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self.not_configured: Counter[str] = Counter()
        self._kept: dict[str, int] = {}  # the ids of measured places by their hash

    def note(self, places: Places) -> None:
        """Let the data version depend on these rows."""
        self.data.update("".join(places.sha256).encode())

    def keep(self, judged: Judged) -> None:
        self.note(judged.venues)
        self.counts["venues"] += len(judged.venues)
        self.counts["without_position"] += int((~judged.venues.has_place).sum())
        self._keep_verdicts(judged.venues, judged.verdicts)
        self._keep_measurements(judged)

    def _keep_verdicts(self, venues: Venues, found: Verdicts) -> None:
        verdict = [VERDICTS[code].value for code in found.verdict.tolist()]
        for (rule_id, said), times in Counter(zip(found.rule_id, verdict, strict=True)).items():
            self.verdicts[rule_id][said] += times
        self.not_configured += found.not_configured()
        self._insert(
            VenueVerdict,
            venue_id=venues.id[found.venue].tolist(),
            venue_version=venues.version[found.venue].tolist(),
            activity=venues.activity[found.doing].tolist(),
            rule_id=found.rule_id,
            verdict=verdict,
        )

    def _keep_measurements(self, judged: Judged) -> None:
        rows, venues, sites = judged.rows.where(judged.not_clear), judged.venues, judged.sites
        self.counts["measurements"] += len(rows)
        self._insert(
            Measurement,
            venue_id=venues.id[rows.venue].tolist(),
            site_id=sites.id[rows.site].tolist(),
            activity=venues.activity[rows.doing].tolist(),
            rule_id=[judged.law.rules[number].id for number in rows.rule],
            rule_no=rows.rule.tolist(),
            method=[MEASURED[code].value for code in rows.measured],
            distance_m=rows.distance_m.tolist(),
            boundary_m=rows.boundary_m.tolist(),
            gate_m=[None if isnan(metres) else metres for metres in rows.gate_m.tolist()],
            error_m=rows.error_m.tolist(),
            extent_m=rows.extent_m.tolist(),
            verdict=[VERDICTS[code].value for code in rows.verdict],
            venue_as_measured=self._places(venues, rows.venue),
            site_as_measured=self._places(sites, rows.site),
        )

    def _insert(self, model: type[Base], **columns: list[Any]) -> None:
        names = ("run_id", *columns)
        rows = zip(*columns.values(), strict=True)
        while some := [dict(zip(names, (self.run_id, *row), strict=True)) for row in islice(rows, _BATCH)]:
            self.session.execute(insert(cast(Table, model.__table__)), some)

    def _places(self, places: Places, chosen: Ints) -> list[int]:
        """The ids under which these states are kept; a state that is new is kept now."""
        which, again = np.unique(chosen, return_inverse=True)
        hashes = [places.sha256[place] for place in which]
        self._look_up(hashes)
        new = [place for place, sha256 in zip(which, hashes, strict=True) if sha256 not in self._kept]
        insert_all_new(self.session, MeasuredPlace, [_state(places, place) for place in new])
        self._look_up([places.sha256[place] for place in new])
        ids = [self._kept[sha256] for sha256 in hashes]
        return [ids[place] for place in again]

    def _look_up(self, hashes: list[str]) -> None:
        missing = iter([sha256 for sha256 in hashes if sha256 not in self._kept])
        while some := list(islice(missing, _BATCH)):
            known = select(MeasuredPlace.sha256, MeasuredPlace.id).where(MeasuredPlace.sha256.in_(some))
            self._kept.update((sha256, place_id) for sha256, place_id in self.session.execute(known))


def _state(places: Places, place: int) -> dict[str, Any]:
    return {
        "sha256": places.sha256[place],
        "facts": places.facts[place].decode(),
        "place": places.place_wkb[place],
        "gates": places.gates_wkb[place],
    }


def _basis(settings: Settings, law: Law) -> dict[str, Any]:
    """What the verdicts stand on beside the data, so that they can be worked out again by hand."""
    return {
        "rules": [_as_applied(law.on_day, rule) for rule in law.rules],
        "unstated_accuracy_m": settings.unstated_accuracy_m,
        "extent_without_outline_m": settings.extent_without_outline_m,
        "reference": "CGCS2000, EPSG:4490; GRS80",
    }


def _as_applied(on_day: RulebookOnDay, rule: DistanceRule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "setting": rule.setting,
        "radius_m": rule.radius_m,
        "method": rule.method.value,
        "at_limit": rule.at_limit.value,
        "set_by": asdict(rule.set_by),
        "citations": on_day.citations(rule),
    }
