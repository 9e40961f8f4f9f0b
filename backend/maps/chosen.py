"""What somebody looks at on the map: the filters beside it, as conditions on visits and venues."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_
from sqlalchemy.orm import Session

from backend.accounts.scope import Scope, activity_condition
from backend.core.settings import Settings
from backend.inspections.models import Visit
from backend.inspections.queries import uncorrected, visible
from backend.protected_sites import queries as sites
from backend.screening.listing import venues_of_verdict
from backend.screening.queries import SHOWN_M
from backend.screening.surroundings import surroundings


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The filters. Both days are counted; `site_id` chooses the ring of `within_m` around a school."""

    activity: str | None = None
    since: date | None = None
    until: date | None = None
    verdict: str | None = None
    agency_id: int | None = None
    site_id: int | None = None
    within_m: float = SHOWN_M

    @property
    def can_be_told_outside(self) -> bool:
        """Whether only such things are chosen as make blocks; see `rules`."""
        return self.verdict is None and self.agency_id is None and self.site_id is None


def own_visits(
    session: Session, settings: Settings, scope: Scope, chosen: Chosen, today: date
) -> ColumnElement[bool]:
    """Visits in scope that fit and that no later one corrects."""
    wanted = [visible(scope), uncorrected(), *of_period(scope, chosen.activity, chosen.since, chosen.until)]
    if chosen.agency_id is not None:
        wanted.append(Visit.agency_id == chosen.agency_id)
    if chosen.verdict:
        wanted.append(Visit.venue_id.in_(venues_of_verdict(session, scope, chosen.verdict)))
    if chosen.site_id is not None:
        wanted.append(Visit.venue_id.in_(in_ring(session, settings, scope, chosen, today)))
    return and_(*wanted)


def of_period(
    scope: Scope, activity: str | None, since: date | None, until: date | None
) -> list[ColumnElement[bool]]:
    """Visits of the activities that the agency supervises, in a period."""
    wanted = [activity_condition(scope, Visit.activity)]
    wanted += [Visit.activity == activity] if activity else []
    wanted += [Visit.fact_on >= since] if since else []
    wanted += [Visit.fact_on <= until] if until else []
    return wanted


def in_ring(session: Session, settings: Settings, scope: Scope, chosen: Chosen, today: date) -> list[int]:
    """The venues in the ring around the chosen school, by exact distances from its outline."""
    site = sites.site(session, scope, chosen.site_id or 0)
    near = surroundings(session, settings, scope, site, on=today, within_m=chosen.within_m)
    return sorted({row.venue.id for row in near})
