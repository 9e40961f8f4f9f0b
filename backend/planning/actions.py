"""What can be done to sweeps. The caller owns the transaction and holds the row; nothing here commits."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from backend.accounts.models import Agency
from backend.accounts.scope import Person, Scope
from backend.core import audit
from backend.core.days import SHANGHAI
from backend.core.errors import InvalidInput, NotAllowed
from backend.core.settings import Settings
from backend.planning import queries
from backend.planning.errors import SweepClosed, SweepFixed, SweepNotApproved
from backend.planning.models import Sweep, SweepTask
from backend.planning.outcome import outcome_of
from backend.planning.rules import State, reason_of
from backend.planning.zone import Place, Zone, zone_of
from backend.protected_sites import queries as sites
from backend.protected_sites.rules import is_open, is_protected
from backend.tasks import actions as tasks
from backend.tasks.rules import Kind, Trigger

_PLAN = frozenset({"name", "radius_m", "from_on", "until_on"})
_APPROVAL = frozenset({"approved_by", "approved_on", "document_no"})
_SAID = _PLAN | _APPROVAL | {"published_on"}
Pair = tuple[int, int]  # venue, agency


def open_sweep(session: Session, said: dict[str, Any], *, by: Person, now: datetime) -> Sweep:
    """Open a sweep at a site of one's own areas, as a draft. Raises NotFound, InvalidInput."""
    today = now.astimezone(SHANGHAI).date()
    values = dict(said)
    site = sites.site(session, by.scope, values["site_id"])
    if not (is_protected(site.kind) and is_open(site.opened_on, site.closed_on, today)):
        raise InvalidInput(site_id="not_protected")
    values.setdefault("radius_m", queries.ring_m(session, site, today))
    _refuse_faults(values, today)
    sweep = Sweep(
        **values, area_code=site.area_code or "", areas=list(by.scope.areas), agency_id=by.scope.agency_id,
        created_by=by.actor, created_at=now,
    )  # fmt: skip
    session.add(sweep)
    session.flush()
    _record(session, sweep, "open", by, {"site": site.id})
    return sweep


def change_sweep(session: Session, sweep: Sweep, said: dict[str, Any], *, by: Person, now: datetime) -> Sweep:
    """Change a draft; note who approved it and when; note its publication.

    What was approved stays, and so does the approval once tasks rest on it. Raises SweepFixed, SweepClosed,
    NotAllowed, InvalidInput.
    """
    _refuse_strangers(sweep, by)
    changed = {name for name, value in said.items() if getattr(sweep, name) != value}
    fixed = {State.DRAFT: frozenset[str](), State.APPROVED: _PLAN}.get(sweep.state, _PLAN | _APPROVAL)
    if changed & fixed:
        raise SweepFixed(fields=sorted(changed & fixed))
    if changed:
        _refuse_faults({name: getattr(sweep, name) for name in _SAID} | said, now.astimezone(SHANGHAI).date())
        for name in changed:
            setattr(sweep, name, said[name])
        _touch(session, sweep)
        _record(session, sweep, "change", by, {"fields": sorted(changed)})
    return sweep


def make_tasks(
    session: Session,
    settings: Settings,
    sweep: Sweep,
    chosen: Collection[Pair],
    *,
    together_on: date | None = None,
    by: Person,
    now: datetime,
) -> list[SweepTask]:
    """Send agencies to venues of the zone, each pair once however often it is asked; returns the new ones.

    Agencies that are sent to one venue go together, on one day. The zone is kept as it stands before the
    first. A supervisor sends nobody but the own agency. Raises SweepNotApproved, SweepClosed, NotAllowed,
    InvalidInput.
    """
    _refuse_strangers(sweep, by)
    if sweep.approved_on is None:
        raise SweepNotApproved(sweep_id=sweep.id)
    day, today = together_on or sweep.from_on, now.astimezone(SHANGHAI).date()
    _refuse_days(sweep, day, today)
    zone = zone_of(session, settings, sweep, today)
    places = _sent_to(zone, chosen, by.scope)
    if sweep.before is None:
        sweep.before, sweep.tasks_made_at = [asdict(one) for one in zone.before], now
    known = {(one.venue_id, one.agency_id) for one in queries.made_for(session, sweep)}
    agencies_at = defaultdict(set)
    for venue_id, agency_id in known | set(chosen):
        agencies_at[venue_id].add(agency_id)
    made = [
        _send(session, sweep, places[venue_id], agency_id, agencies_at[venue_id], day, by=by, now=now)
        for venue_id, agency_id in sorted(set(chosen) - known)
    ]
    session.add_all(made)
    _touch(session, sweep)
    _record(session, sweep, "make_tasks", by, {"tasks": [one.task_id for one in made]})
    return made


def _send(
    session: Session, sweep: Sweep, place: Place, agency_id: int, together: set[int], day: date,
    *, by: Person, now: datetime,
) -> SweepTask:  # fmt: skip
    """Set the task as a supervisor of the agency would, in the areas of whoever asks."""
    names = [session.get_one(Agency, one).name_zh for one in sorted(together)]
    said = {
        "kind": Kind.TRIGGERED, "trigger": Trigger.CAMPAIGN, "venue_id": place.venue.id,
        "activities": place.activities_of(agency_id), "reason": reason_of(sweep.name, names),
        "source_no": sweep.document_no, "visit_on": day if len(together) > 1 else None,
        "due_on": sweep.until_on,
    }  # fmt: skip
    agency = session.get_one(Agency, agency_id)
    activities = None if agency.activities is None else frozenset(agency.activities)
    scope = Scope(by.scope.areas, activities, agency.id, by.role)
    task = tasks.add_task(session, scope, said, by=by.actor, now=now)
    return SweepTask(sweep_id=sweep.id, venue_id=place.venue.id, agency_id=agency_id, task_id=task.id)


def close(session: Session, sweep: Sweep, words: str, *, by: Person, now: datetime) -> Sweep:
    """Close a sweep with a sentence; what came of it by now is kept. Raises SweepClosed, NotAllowed."""
    _refuse_strangers(sweep, by)
    if sweep.before is not None:
        sweep.result = [asdict(one) for one in outcome_of(session, sweep).after]
    sweep.closed_at, sweep.closed_by, sweep.closing_words = now, by.actor, words
    _touch(session, sweep)
    _record(session, sweep, "close", by)
    return sweep


def _sent_to(zone: Zone, chosen: Collection[Pair], scope: Scope) -> dict[int, Place]:
    """The places of the zone, if everybody who was chosen answers for something there."""
    if not chosen:
        raise InvalidInput(places="required")
    places = {place.venue.id: place for place in zone.seen_by(scope)}
    if any(venue not in places or agency not in places[venue].agency_ids for venue, agency in chosen):
        raise InvalidInput(places="not_in_the_zone")
    if others := {agency for _, agency in chosen if not queries.may_send(scope, agency)}:
        raise NotAllowed(agency_ids=sorted(others))
    return places


def _refuse_strangers(sweep: Sweep, by: Person) -> None:
    if not queries.may_lead(by.scope, sweep):
        raise NotAllowed(sweep_id=sweep.id)
    if sweep.closed_at is not None:
        raise SweepClosed(sweep_id=sweep.id)


def _refuse_days(sweep: Sweep, day: date, today: date) -> None:
    if today > sweep.until_on:
        raise InvalidInput(until_on="over")
    if not sweep.from_on <= day <= sweep.until_on:
        raise InvalidInput(together_on="outside_its_days")


def _refuse_faults(values: Mapping[str, Any], today: date) -> None:
    approved_on, published_on = values.get("approved_on"), values.get("published_on")
    approval = [values.get(name) for name in _APPROVAL]
    faults = {}
    if values["from_on"] > values["until_on"]:
        faults["until_on"] = "before_the_first_day"
    if any(approval) and not all(approval):
        faults["approved_by"] = "approval_whole"
    if published_on and (approved_on is None or published_on < approved_on):
        faults["published_on"] = "before_the_approval"
    for name, day in (("approved_on", approved_on), ("published_on", published_on)):
        if day and day > today:
            faults[name] = "in_the_future"
    if faults:
        raise InvalidInput(**faults)


def _touch(session: Session, sweep: Sweep) -> None:
    sweep.version += 1
    session.flush()


def _record(
    session: Session, sweep: Sweep, deed: str, by: Person, detail: dict[str, Any] | None = None
) -> None:
    audit.record(session, f"sweep.{deed}", by=by.actor, subject=f"sweep:{sweep.id}", detail=detail or {})
