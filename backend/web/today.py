"""Today's inspections (今日检查): all kinds, by agency, and which of them are complete."""

from typing import Any

from flask import render_template
from marshmallow import Schema, fields, validate

from backend.accounts.auth import current_user, requires
from backend.core.days import today
from backend.core.web import get_session
from backend.inspections.api import READERS
from backend.inspections.models import Visit
from backend.intake.today import DayState, visits_of_day
from backend.venues.queries import names_of
from backend.web.found import agency_names
from backend.web.shell import pages
from backend.web.tables import PAGE_SIZE, Page, filters_asked, page_asked
from backend.web.words import t


class DayFilter(Schema):
    """Which visits of which day."""

    day = fields.Date()
    activity = fields.String(validate=validate.Length(max=32))
    state = fields.Enum(DayState, by_value=True)


@pages.get("/today")
@requires(*READERS)
def visits_today() -> Any:
    """The inspections of a day, today unless another one is asked for."""
    number, place = page_asked()
    given, chosen = filters_asked(DayFilter())
    session, on = get_session(), chosen.pop("day", None) or today()
    day = visits_of_day(session, current_user().scope, on, **chosen)
    rows = day.visits[place["offset"] : place["offset"] + PAGE_SIZE]
    return render_template(
        "today.html",
        page=Page(rows, len(day.visits), number), given=given, on=on, day=day, states=list(DayState),
        activities=[(one, t.activity_name(one)) for one in day.by_activity],
        agencies=agency_names(session, [Visit(agency_id=one) for one in day.by_agency]),
        venues=names_of(session, {one.venue_id for one in rows if one.venue_id}),
    )  # fmt: skip
