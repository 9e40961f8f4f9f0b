"""A clean visit and a violation of every activity, sent over HTTP and read back by a supervisor.

The violations are of a school day, so that no kind of day frees anybody; they were sent late, and without a
check code. The clean visits are of a moment ago, whatever day that is.
"""

from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

import pytest
from werkzeug.http import http_date

from backend.accounts import actions as accounts
from backend.accounts.auth import Role
from forms.examples import filled_submission
from tests.forms.samples import ACTIVITIES, form_of
from tests.intake.tablet import NOW, SIGNATURES, Tablet, file_all
from tests.people import add_person, desk_of
from tests.screening.places import add_venue, at

CLEAN_VENUE, OTHER_VENUE = 1, 2
OTHER_LON, OTHER_LAT = at(5000)
MINOR = {"id_checks": [{"minors_seen": "yes", "confirmed_16_17": "1"}]}
LATE = {
    "start": "2026-03-06T10:00:00+08:00",
    "end": "2026-03-06T10:40:00+08:00",
    "arrival/has_check_code": "no",
    "arrival/check_code": "",
    "place/position": f"{OTHER_LAT} {OTHER_LON} 4.0 8.5",
}


class Seen(NamedTuple):
    """What was seen, and what it is: duty, clauses, candidate bases, and what a human has to decide."""

    said: dict[str, Any]
    duty: str
    clauses: str
    bases: str
    doubts: str = ""


def breach(item: str) -> dict[str, Any]:
    return {"answers": {item: "breach", f"{item}_note": "见现场记录"}}


SEEN = {
    "internet_cafe": Seen(
        MINOR, "ACC-NET-1",
        "sh-minors-regs:44.2 minors-law:58 internet-cafe-regs:21.1 cafe-admit-reply:part-2",
        "PEN-01 PEN-10",
    ),
    "song_and_dance": Seen(
        MINOR, "ACC-KTV-1", "sh-minors-regs:44.2 minors-law:58 entertainment-regs:23", "PEN-01 PEN-20"
    ),
    "arcade": Seen(
        {"answers": {"devices/devices_used_by_minors": "2"}}, "ACC-ARC-1",
        "sh-minors-regs:44.2 minors-law:58 entertainment-regs:23 entertainment-measures:21(3)"
        " holiday-measures:2",
        "PEN-01 PEN-20",
    ),
    "bar": Seen(MINOR, "ACC-BAR-1", "sh-minors-regs:44.2 minors-law:58", "PEN-01"),
    "tobacco": Seen(
        breach("duties/licence_held"), "REG-TOB-1",
        "tobacco-law:16 tobacco-regs:6.1 tobacco-regs:9(3) tobacco-licence-rules:48 tobacco-licence-rules:49",
        "PEN-50",
    ),
    "e_cigarette": Seen(
        MINOR, "ACC-TOB-1", "sh-minors-regs:45.2 minors-law:59.1 e-cigarette-measures:22", "PEN-01 PEN-51"
    ),
    "alcohol": Seen(
        breach("duties/not_sold_sign"), "SGN-4", "sh-minors-regs:45.2 minors-law:59.1", "PEN-01"
    ),
    "welfare_lottery": Seen(
        breach("duties/no_prize_to_minors"), "OPE-LOT-1",
        "sh-minors-regs:45.2 minors-law:59.1 lottery-regs:26.3", "PEN-01",
    ),
    "sports_lottery": Seen(
        breach("duties/not_sold_to_minors"), "ACC-LOT-1",
        "sh-minors-regs:45.2 minors-law:59.1 lottery-regs:18(3)", "PEN-01 PEN-40 PEN-41",
    ),
    "hotel": Seen(
        breach("stays/crime_reported"), "REP-1",
        "sh-minors-regs:43.1 minors-law:57 hotel-measures:9 hotel-five-musts:must-5", "PEN-02 PEN-32",
    ),
    "esports_hotel": Seen(
        breach("duties/minors_refused"), "ACC-ESP-1", "esports-hotel-notice:admission minors-law:58",
        "PEN-01", "duty_to_confirm",
    ),
    "tattoo": Seen(
        breach("duties/consent_not_relied_on"), "ACC-TAT-1", "sh-minors-regs:46.1 tattoo-measures:4", "PEN-60"
    ),
    "medical_aesthetics": Seen(
        breach("duties/guardian_consents"), "ACC-MED-1",
        "sh-minors-regs:46.1 aesthetic-measures:20 physicians-law:25 medical-disputes-regs:13.1", "PEN-61",
    ),
    "script_play": Seen(MINOR, "ACC-SCR-1", "script-play-notice:minors", "PEN-70 PEN-01", "duty_to_confirm"),
    "on_demand_cinema": Seen(
        breach("duties/film_notice"), "ACC-ODC-1", "film-law:20.1", "", "duty_to_confirm"
    ),
}  # fmt: skip


@pytest.fixture
def agency(deployment) -> int:
    """It looks after everything, and both venues do everything."""
    with deployment.unit_of_work() as session:
        for place in (at(0), (OTHER_LON, OTHER_LAT)):
            add_venue(session, place, *ACTIVITIES, area_code="310101")
        names = {"name_zh": "示例综合执法局", "name_en": "Example bureau"}
        return accounts.put_agency(session, code="all", activities=None, by="tester", now=NOW, **names).id


@pytest.fixture
def tablet(app, deployment, forms, agency) -> Tablet:
    add_person(deployment, Role.INSPECTOR, login="inspector", areas=("310101",), agency_id=agency)
    return Tablet(app.test_client(), login="inspector")


@pytest.fixture
def supervisor(app, agency):
    return desk_of(app, Role.SUPERVISOR, areas=("310101",), agency_id=agency)


def in_order(activity: str, ended: datetime) -> dict[str, str]:
    """A clean visit that took its time, where the last item does not apply."""
    items = [one.nodeset for one in form_of(activity).questions.values() if one.list_name == "answer"]
    times = {"start": (ended - timedelta(minutes=25)).isoformat(), "end": ended.isoformat()}
    return times | {items[-1].removeprefix("/data/"): "not_applicable"}


@pytest.mark.parametrize("activity", ACTIVITIES)
def test_a_clean_visit_and_a_violation_land_as_what_they_are(tablet, supervisor, deployment, activity):
    form, seen, now = form_of(activity), SEEN[activity], datetime.now(UTC)
    said = seen.said | {"answers": LATE | seen.said.get("answers", {})}
    clean = filled_submission(form, venue_id=str(CLEAN_VENUE), answers=in_order(activity, now))
    broken = filled_submission(form, venue_id=str(OTHER_VENUE), **said)

    sent = [tablet.send(xml, SIGNATURES, Date=http_date(now)).status_code for xml in (clean, broken)]
    file_all(deployment)

    visits = {one["venue_id"]: one for one in supervisor.get("/api/v1/visits").json}
    (found,) = supervisor.get("/api/v1/violations").json
    flags = {venue: sorted(flag["code"] for flag in one["flags"]) for venue, one in visits.items()}
    assert sent == [201, 201]
    assert flags == {CLEAN_VENUE: [], OTHER_VENUE: ["no_check_code", "sent_late"]}
    assert {one["activity"] for one in visits.values()} == {activity}
    assert found["visit_id"] == visits[OTHER_VENUE]["id"]
    assert (found["duty_id"], found["clauses"]) == (seen.duty, seen.clauses.split())
    assert [basis["basis_id"] for basis in found["bases"]] == seen.bases.split()
    assert (found["standing"], found["doubts"]) == (
        "review" if seen.doubts else "found",
        seen.doubts.split(),
    )


def test_no_activity_is_left_out() -> None:
    assert sorted(SEEN) == ACTIVITIES
