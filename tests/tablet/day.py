"""A day of tasks for two officers of a bureau for three kinds of business, and the tablet that they share."""

from dataclasses import dataclass
from datetime import date, timedelta

import shapely
from sqlalchemy.orm import Session

from backend.accounts import actions
from backend.accounts.auth import Role
from backend.accounts.models import Area
from backend.core.deployment import Deployment
from backend.tasks.models import CheckCode, CheckCodeAgency, Task, TaskActivity, TaskOfficer
from forms.examples import ID_CHECK, clean_answers
from tests.forms.samples import form_of
from tests.people import add_person, desk_of
from tests.screening.places import NOW, add_site, add_venue, at, square
from tests.tablet.officer import NAMES
from tests.tasks.conftest import today

KINDS = ("internet_cafe", "hotel", "tobacco")
PLACES = (("internet_cafe",), ("hotel",), ("internet_cafe",), ("hotel", "tobacco"))

UNDECIDED = {
    "staff_query/close_contact": "undecided",
    "staff_query/hiring_query": "not_applicable",
    "staff_query/yearly_query": "not_applicable",
}


@dataclass(frozen=True)
class Stop:
    """One task of the day."""

    venue: str
    activities: tuple[str, ...]


def prepare_bureau(deployment: Deployment, app, stops: int) -> tuple[str, list[Stop]]:  # type: ignore[no-untyped-def]
    """The bureau with its tasks. Gives the code of a shared tablet, and the stops in order."""
    with deployment.unit_of_work() as session:
        names = {"name_zh": "示例执法局", "name_en": "Example bureau"}
        bureau = actions.put_agency(
            session, code="bureau", activities=list(KINDS), by="tester", now=NOW, **names
        ).id
    certificates = {"zhang": "SH-0001", "li": "SH-0002"}
    people = [
        add_person(
            deployment, login=login, display_name=NAMES[login], areas=("310101",), agency_id=bureau,
            certificate_no=number, certificate_valid_to=date(2030, 12, 31),
        )
        for login, number in certificates.items()
    ]  # fmt: skip
    with deployment.unit_of_work() as session:
        session.add(Area(code="310101", name="示例区", place=square(-1000, -1000, 2000)))
        add_site(session, square(400, 400, 100), name="第一小学", area_code="310101")
        day = [_stop(session, number, bureau, people) for number in range(stops)]
    return code_for_a_tablet(app, bureau), day


def code_for_a_tablet(app, bureau: int) -> str:  # type: ignore[no-untyped-def]
    """A code for one more tablet that officers of the bureau share."""
    keeper = desk_of(app, Role.SUPERVISOR, areas=("310101",), agency_id=bureau)
    said = {"name": "平板7", "areas": ["310101"], "agency_id": bureau}
    return str(keeper.post("/api/v1/device-enrolments", json=said).json["code"])


def _stop(session: Session, number: int, bureau: int, people: list[int]) -> Stop:
    activities = PLACES[number % len(PLACES)]
    name = f"第{number + 1:02}站"
    place = shapely.Point(at(150, 50 - 20 * number))
    venue = add_venue(session, place, *activities, name=name, area_code="310101", address="示例路8弄")
    code = CheckCode(
        code=f"JC-310101-{number:04}", route="planned", state="issued", venue_id=venue.id,
        created_by="tester", created_at=NOW, agencies=[CheckCodeAgency(agency_id=bureau)],
    )  # fmt: skip
    session.add(code)
    session.flush()
    task = Task(
        kind="planned", state="assigned", agency_id=bureau, area_code="310101", venue_id=venue.id,
        reason="季度检查", source_no="JH-2026-0042", check_code_id=code.id, due_on=today(), visit_on=today(),
        route_order=number, officer_id=people[0], created_by="tester", created_at=NOW, changed_at=NOW,
    )  # fmt: skip
    task.activities = [TaskActivity(activity=one) for one in activities]
    task.officers = [TaskOfficer(user_id=one, since=NOW) for one in people]
    session.add(task)
    return Stop(name, activities)


def clean(activity: str) -> dict[str, str]:
    """What an officer says of a place where nothing is wrong, by path: of a hotel some stays are sampled,
    and nobody has decided yet whether it is in close contact with minors.
    """
    turn = {f"id_checks[1]/{name}": value for name, value in ID_CHECK.items()}
    return clean_answers(form_of(activity)) | turn | UNDECIDED | {"signatures/person_position": ""}


def with_minors(activity: str) -> dict[str, str]:
    """A minor was let in and no sign forbids it: an order to correct."""
    return clean(activity) | {
        "duties/minors_refused": "breach",
        "duties/minors_refused_note": "一名顾客经核实未满18周岁",
        "duties/ban_sign": "breach",
        "duties/ban_sign_note": "入口处没有标志",
        "id_checks[1]/minors_seen": "yes",
        "id_checks[1]/confirmed_14_15": "1",
        "measures/measures_taken": "order",
        "measures/order_text": "立即停止接纳未成年人，补设标志",
        "measures/order_due_on": (today() + timedelta(days=3)).isoformat(),
    }
