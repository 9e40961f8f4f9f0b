"""What the early warning watches: one query for each kind of rule, a warning for each venue or school."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from sqlalchemy import case, distinct, func, select
from sqlalchemy.orm import Session, aliased

from backend.accounts.scope import activity_condition
from backend.inspections.models import IdCheck, Standing, Violation, Visit
from backend.maps.alert_rules import Alert, AlertRule, Row
from backend.maps.chosen import Chosen, own_visits
from backend.maps.queries import Looking
from backend.maps.rules import Counts, change, within_area
from backend.protected_sites.models import Site
from backend.protected_sites.queries import visible as visible_sites
from backend.screening.models import Measurement, ScreeningRun, VenueVerdict
from backend.screening.rules import Verdict
from backend.venues.models import Licence, Venue
from backend.venues.queries import visible as visible_venues

_FOUND = (Violation.visit_id == Visit.id) & (Violation.standing == Standing.FOUND)
_WORSE_FIRST = [verdict.value for verdict in Verdict]


def repeated_violations(session: Session, looking: Looking, rule: AlertRule) -> Iterator[Alert]:
    """Venues at which several visits found violations."""
    visits = func.count(distinct(Visit.visit_no))
    often = (
        select(Visit.venue_id, visits)
        .where(
            _own(session, looking, rule.since(looking.today)), Visit.found > 0, Visit.venue_id.is_not(None)
        )
        .group_by(Visit.venue_id)
        .having(visits >= rule.least)
    )
    for venue_id, count in session.execute(often):
        yield Alert(rule, {"count": count}, weight=count, venue_id=venue_id)


def same_duty_again(session: Session, looking: Looking, rule: AlertRule) -> Iterator[Alert]:
    """Venues at which several visits found the same duty broken."""
    visits = func.count(distinct(Visit.visit_no))
    often = (
        select(Visit.venue_id, Violation.duty_id, visits)
        .join(Violation, _FOUND)
        .where(_own(session, looking, rule.since(looking.today)), Visit.found > 0)
        .where(Visit.venue_id.is_not(None), Violation.duty_id.is_not(None))
        .group_by(Visit.venue_id, Violation.duty_id)
        .having(visits >= rule.least)
    )
    for venue_id, duty, count in session.execute(often):
        yield Alert(rule, {"count": count, "duty": duty}, weight=count, venue_id=venue_id, duty=duty)


def id_checks_getting_worse(session: Session, looking: Looking, rule: AlertRule) -> Iterator[Alert]:
    """Venues where clearly more of those looked at were not verified than in the same time before."""
    late = Visit.fact_on >= rule.since(looking.today)
    failed = case(
        (IdCheck.not_verified < IdCheck.people_checked, IdCheck.not_verified), else_=IdCheck.people_checked
    )
    people = [
        func.sum(case((when, number), else_=0))
        for when in (late, ~late) for number in (IdCheck.people_checked, failed)
    ]  # fmt: skip
    looked_at = (
        select(Visit.venue_id, func.count(), *people)
        .join(IdCheck, IdCheck.visit_id == Visit.id)
        .where(*_id_checks(session, looking, rule), Visit.venue_id.is_not(None))
        .group_by(Visit.venue_id)
        .having(people[0] >= rule.least, people[2] >= rule.least)
    )
    for venue_id, rows, *counts in session.execute(looked_at):
        now, before = (Counts(*map(int, pair)) for pair in (counts[:2], counts[2:]))
        rise = change(within_area(now), within_area(before))
        if rise and rise.low > 0:
            counted = {
                "checked": now.visits, "failed": now.with_violation,
                "checked_before": before.visits, "failed_before": before.with_violation,
            }  # fmt: skip
            yield Alert(rule, counted, rows, venue_id=venue_id)


def _id_checks(session: Session, looking: Looking, rule: AlertRule) -> list[Any]:
    """Of both periods, as far as they say how many were not verified."""
    own = _own(session, looking, rule.since(looking.today, 2))
    return [own, IdCheck.people_checked > 0, IdCheck.not_verified.is_not(None)]


def rows_of(session: Session, looking: Looking, alert: Alert) -> tuple[Row, ...]:
    """The rows that made a warning: those it brought, else those of its venue that it counts."""
    if alert.rows:
        return alert.rows
    made_by: type[Violation | IdCheck] = Violation
    kind, where = "violation", [_own(session, looking, alert.rule.since(looking.today)), _FOUND]
    if alert.rule.watch == id_checks_getting_worse.__name__:
        kind, made_by, where = "id_check", IdCheck, _id_checks(session, looking, alert.rule)
    if alert.duty:
        where.append(Violation.duty_id == alert.duty)
    found = select(made_by.id, Visit.fact_on, made_by.visit_id).join(Visit, Visit.id == made_by.visit_id)
    rows = session.execute(
        found.where(Visit.venue_id == alert.venue_id, *where).order_by(Visit.fact_on, made_by.id)
    )
    return tuple(Row(kind, *row) for row in rows)


def licence_ends_near_school(session: Session, looking: Looking, rule: AlertRule) -> Iterator[Alert]:
    """Licences that end soon, of venues that the newest screening found not clear of a school."""
    near, scope = _newest_lines(session), looking.scope
    ends = (
        select(
            Licence.id, Licence.number, Licence.expires_on,
            near.c.venue_id, near.c.metres, Site.name, Site.ref,
        )
        .join(near, near.c.venue_id == Licence.venue_id)
        .join(Site, Site.id == near.c.site_id)
        .join(Venue, Venue.id == Licence.venue_id)
        .where(visible_venues(scope), near.c.place == 1)
        .where(Licence.expires_on.between(looking.today, looking.today + timedelta(days=rule.days)))
        .order_by(Licence.expires_on, Licence.id)
    )  # fmt: skip
    for row in session.execute(ends):
        counted = {"number": row.number, "on": row.expires_on, "site": row.name or row.ref}
        made_by = (Row("licence", row.id, row.expires_on),)
        yield Alert(rule, counted | {"metres": round(row.metres)}, 1, made_by, venue_id=row.venue_id)


def verdict_got_worse(session: Session, looking: Looking, rule: AlertRule) -> Iterator[Alert]:
    """Venues whose verdict under a rule is worse by the newest screening than by the one before."""
    runs = list(session.scalars(select(ScreeningRun.id).order_by(ScreeningRun.id.desc()).limit(2)))
    if len(runs) < 2:
        return
    now, before = VenueVerdict, aliased(VenueVerdict)
    same = [getattr(now, name) == getattr(before, name) for name in ("venue_id", "activity", "rule_id")]
    changed = (
        select(
            now.id, now.venue_id, now.rule_id, now.verdict,
            before.id.label("id_before"), before.verdict.label("was"),
        )
        .join(before, same[0])
        .join(Venue, Venue.id == now.venue_id)
        .where(*same[1:], now.run_id == runs[0], before.run_id == runs[1], now.verdict != before.verdict)
        .where(visible_venues(looking.scope), activity_condition(looking.scope, now.activity))
        .order_by(now.id)
    )  # fmt: skip
    for row in session.execute(changed):
        if _WORSE_FIRST.index(row.verdict) < _WORSE_FIRST.index(row.was):
            counted = {"distance_rule": row.rule_id, "before": row.was, "after": row.verdict}
            rows = (Row("verdict", row.id_before), Row("verdict", row.id))
            yield Alert(rule, counted, 1, rows, venue_id=row.venue_id)


def violations_around_school(session: Session, looking: Looking, rule: AlertRule) -> Iterator[Alert]:
    """Schools around which violations were found at several venues that are not clear of it."""
    near = _newest_lines(session)
    found = (
        select(near.c.site_id, Visit.id, Visit.venue_id, Visit.fact_on)
        .join(near, near.c.venue_id == Visit.venue_id)
        .join(Site, Site.id == near.c.site_id)
        .where(_own(session, looking, rule.since(looking.today)), Visit.found > 0)
        .where(visible_sites(looking.scope))
        .order_by(Visit.fact_on, Visit.id)
    )
    by_site: dict[int, list[Any]] = defaultdict(list)
    for row in session.execute(found):
        by_site[row.site_id].append(row)
    for site_id, visits in by_site.items():
        count = len({visit.venue_id for visit in visits})
        if count >= rule.least:
            rows = tuple(Row("visit", visit.id, visit.fact_on, visit.id) for visit in visits)
            yield Alert(rule, {"count": count}, count, rows, site_id=site_id)


def _own(session: Session, looking: Looking, since: date) -> Any:
    chosen = Chosen(since=since, until=looking.today)
    return own_visits(session, looking.settings, looking.scope, chosen, looking.today)


def _newest_lines(session: Session) -> Any:
    """Pairs that the newest screening found not clear; of each venue the nearest is first."""
    newest = select(func.max(ScreeningRun.id)).scalar_subquery()
    pairs = (
        select(
            Measurement.venue_id, Measurement.site_id, func.min(Measurement.boundary_m).label("metres"),
            func.row_number().over(
                partition_by=Measurement.venue_id,
                order_by=(func.min(Measurement.boundary_m), Measurement.site_id),
            ).label("place"),
        )
        .where(Measurement.run_id == newest)
        .group_by(Measurement.venue_id, Measurement.site_id)
    )  # fmt: skip
    return pairs.subquery()


WATCHES: dict[str, Callable[[Session, Looking, AlertRule], Iterator[Alert]]] = {
    watch.__name__: watch
    for watch in (
        repeated_violations, same_duty_again, id_checks_getting_worse, licence_ends_near_school,
        verdict_got_worse, violations_around_school,
    )
}  # fmt: skip
