"""Who was taught to recognise and report harm (强制报告培训): each unit's record, and who is due again."""

from datetime import UTC, datetime
from typing import Any

from flask import redirect, render_template, request, url_for

from backend.accounts.auth import current_user, requires
from backend.core.days import today
from backend.core.errors import InvalidInput, NotAllowed, PersonalNumberFound, Refusal
from backend.core.web import get_session
from backend.protected_sites.queries import names_of as site_names
from backend.tips import trainings
from backend.tips.mandatory_api import TRAINERS
from backend.tips.mandatory_models import Training
from backend.tips.mandatory_schemas import TrainingIn
from backend.web.forms import by_words, loaded
from backend.web.found import agency_names
from backend.web.shell import pages
from backend.web.tables import Page, page_asked
from backend.web.words import t


@pages.get("/trainings")
@requires(*TRAINERS)
def training_list() -> Any:
    """The trainings of one's areas or school, and the units that are due again."""
    return _page(None)


@pages.post("/trainings")
@requires(*TRAINERS)
def enter_training() -> Any:
    """Enter a training of one's own unit."""
    try:
        said = loaded(TrainingIn(), request.form, "training_")
        trainings.enter(get_session(), said, by=current_user(), now=datetime.now(UTC), today=today())
    except (InvalidInput, NotAllowed, PersonalNumberFound) as refusal:
        return _page(by_words(refusal, "training_")), refusal.code
    return redirect(url_for("pages.training_list"), 303)


def _page(refusal: Refusal | None) -> Any:
    number, place = page_asked()
    session, person = get_session(), current_user()
    rows, total = trainings.list_trainings(session, person, **place)
    due = trainings.due(session, person, today())
    every = [*rows, *due]
    sites = site_names(session, {one.site_id for one in every if one.site_id})
    agencies = agency_names(session, [one for one in every if one.agency_id])

    def unit(one: Training) -> str:
        return (
            sites.get(one.site_id) or t.unnamed if one.site_id else agencies.get(one.agency_id, t.not_stated)
        )

    return render_template(
        "trainings.html", page=Page(rows, total, number), due=due, unit=unit, refusal=refusal, today=today()
    )
