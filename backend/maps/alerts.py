"""Early warning for venues and school zones (预警): what to look at, by which rule, made by which rows.

Nothing is scored and nobody is accused: a warning says what was counted, and names every row of it.
"""

from sqlalchemy.orm import Session

from backend.maps.alert_rules import Alert, alert_rules
from backend.maps.queries import Looking
from backend.maps.watches import WATCHES


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
    """The warnings in scope in the order of the rules, those of most rows first; and how many there are."""
    found = [
        alert
        for one in alert_rules()
        if rule in (one.id, None)
        for alert in sorted(WATCHES[one.watch](session, looking, one), key=lambda alert: -len(alert.rows))
        if venue_id in (alert.venue_id, None) and site_id in (alert.site_id, None)
    ]
    return found[offset : offset + limit], len(found)
