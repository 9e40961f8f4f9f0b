"""Early warning for venues and school zones (预警): what to look at, by which rule, made by which rows.

Nothing is scored and nobody is accused: a warning says what was counted, and names every row of it.
"""

from dataclasses import replace

from sqlalchemy.orm import Session

from backend.maps.alert_rules import Alert, AlertRule, alert_rules
from backend.maps.kept import Kept
from backend.maps.queries import Looking
from backend.maps.watches import WATCHES, rows_of

found: Kept[list[Alert]] = Kept(seconds=300, room=100_000)


def alerts(
    session: Session,
    looking: Looking,
    *,
    rule: str | None = None,
    venue_id: int | None = None,
    site_id: int | None = None,
    offset: int = 0,
    limit: int = 20,
) -> tuple[list[Alert], int]:
    """The warnings in scope, in the order of the rules, those that counted most first; and how many.

    What is found is kept for some minutes; the rows of those that are shown are looked up afresh.
    """
    wanted = [
        alert
        for alert in warned(session, looking, rule=rule)
        if venue_id in (alert.venue_id, None) and site_id in (alert.site_id, None)
    ]
    page = wanted[offset : offset + limit]
    return [replace(alert, rows=rows_of(session, looking, alert)) for alert in page], len(wanted)


def warned(session: Session, looking: Looking, *, rule: str | None = None) -> list[Alert]:
    """All warnings in scope, in the same order, without the rows that are looked up for each."""
    return [
        alert for one in alert_rules() if rule in (one.id, None) for alert in _found(session, looking, one)
    ]


def _found(session: Session, looking: Looking, rule: AlertRule) -> list[Alert]:
    def find() -> list[Alert]:
        return sorted(WATCHES[rule.watch](session, looking, rule), key=lambda alert: -alert.weight)

    return found.get((looking.view, rule.id), find)
