"""Early warning (预警): what to look at, by which rule, and every row that made it."""

from typing import Any

from flask import render_template, url_for

from backend.accounts.auth import requires
from backend.core.web import get_session
from backend.inspections.api import READERS
from backend.maps.alert_rules import Row, alert_rules
from backend.maps.alerts import alerts
from backend.maps.alerts_api import AlertFilter
from backend.maps.api import looking_at
from backend.protected_sites.queries import names_of as site_names
from backend.venues.queries import names_of as venue_names
from backend.web.shell import pages
from backend.web.tables import Page, filters_asked, page_asked
from backend.web.words import t


@pages.get("/warnings")
@requires(*READERS)
def early_warnings() -> Any:
    """Venues and schools that a rule points at; nothing is scored, nobody is accused."""
    number, place = page_asked()
    given, chosen = filters_asked(AlertFilter())
    session = get_session()
    rows, total = alerts(session, looking_at({}), **chosen, **place)
    return render_template(
        "early_warnings.html",
        page=Page(rows, total, number), given=given, row_link=_row_link,
        rules=[(one.id, t.text(one.name)) for one in alert_rules()],
        venues=venue_names(session, {one.venue_id for one in rows if one.venue_id is not None}),
        sites=site_names(session, {one.site_id for one in rows if one.site_id is not None}),
    )  # fmt: skip


def _row_link(row: Row) -> tuple[str, str | None]:
    """What a row is called, and where it can be looked at."""
    said = f"{t.named('alert_row', row.kind)} {row.on or ''}".rstrip()
    return said, url_for("pages.visit", visit_id=row.visit_id) if row.visit_id else None
