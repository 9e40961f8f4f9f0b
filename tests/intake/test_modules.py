"""Several checklists of one visit over HTTP: each is filed for its activity, together they are one visit."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from backend.accounts import actions as accounts
from backend.accounts.auth import Role
from backend.inspections.models import Visit, VisitFlag
from forms.examples import filled_submission
from forms.modules import next_module
from forms.submission import Submission, parse
from tests.forms.samples import form_of
from tests.intake.tablet import NOW, SIGNATURES, Tablet, file_all
from tests.people import add_person
from tests.screening.places import add_venue, at


@pytest.fixture
def tablet(app, deployment, forms) -> Tablet:
    """Of an officer whose agency looks after bars and what they sell; the venue does both."""
    with deployment.unit_of_work() as session:
        names = {"name_zh": "示例市场监管局", "name_en": "Example market bureau"}
        agency = accounts.put_agency(
            session, code="market", activities=["bar", "alcohol"], by="tester", now=NOW, **names
        )
        add_venue(session, at(0), "bar", "alcohol", name="夜莺酒吧", area_code="310101")
        agency_id = agency.id
    add_person(deployment, Role.INSPECTOR, login="inspector", areas=("310101",), agency_id=agency_id)
    return Tablet(app.test_client(), login="inspector")


def go_on(filled: bytes, activity: str) -> bytes:
    """The next module, begun from one that is filled in, and filled in itself."""
    form = form_of(activity)
    start: Submission = parse(next_module(parse(filled), form, started_at=datetime.now(UTC)))
    copied = {path.removeprefix("/data/"): texts[0] for path, texts in start.answers.items()}
    copied.pop("meta/instanceID")
    visit_id = copied.pop("arrival/visit_id")
    return filled_submission(form, instance_id=start.instance_id, visit_id=visit_id, answers=copied)


def test_two_modules_are_filed_as_one_visit_of_two_activities(tablet, deployment) -> None:
    now = datetime.now(UTC).isoformat()
    first = filled_submission(form_of("bar"), answers={"start": now, "end": now})
    second = go_on(first, "alcohol")

    sent = [tablet.send(xml, SIGNATURES).status_code for xml in (first, second)]
    file_all(deployment)

    with deployment.reading() as session:
        visits = session.scalars(select(Visit).order_by(Visit.id)).all()
        flags = set(session.scalars(select(VisitFlag.code)))
    assert sent == [201, 201]
    assert [(visit.activity, visit.venue_id) for visit in visits] == [("bar", 1), ("alcohol", 1)]
    assert len({visit.visit_no for visit in visits}) == 1
    assert len({visit.instance_id for visit in visits}) == 2
    assert "same_day" not in flags
