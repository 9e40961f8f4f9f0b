"""A task goes to somebody else while work is under way: the work is kept, and its officer is told."""

from playwright.sync_api import expect
from sqlalchemy import select

from backend.accounts.auth import Role
from backend.accounts.models import Agency
from backend.inspections.models import VisitGrounds
from backend.tasks.models import Task
from tests.intake.tablet import file_all
from tests.people import add_person, desk_of
from tests.tablet.arrived import held
from tests.tablet.day import clean, prepare_bureau
from tests.tasks.conftest import changed

SENTENCE = "任务已转给王五，你已完成的记录保留为协查"


def test_work_for_a_task_that_went_to_others_is_kept_and_the_officer_reads_so(at_work, city, app, deployment):
    code, day = prepare_bureau(deployment, app, 3)
    officer, line = at_work, city[0]
    officer.begin(code)
    line.share = 1
    for stop in day[:2]:
        officer.go("今日")
        officer.arrive(stop.venue)
        if stop is day[0]:
            officer.fill_in(clean("internet_cafe"))
    officer.answer("arrival/body_camera", "CAM-7")
    _give_to_others(deployment, app, day[:2])

    line.share = 0
    officer.send()
    expect(officer.page.get_by_text(SENTENCE)).to_be_visible()
    officer.go("今日")
    officer.tap(officer.page.get_by_role("link", name=day[1].venue).filter(has_text="继续"))
    expect(officer.page.get_by_text(SENTENCE)).to_be_visible()
    officer.tap(officer.page.get_by_role("link", name="继续填写"))
    officer.fill_in(clean("hotel"))
    sent = officer.outbox()
    officer.send()

    file_all(deployment)
    assert held(deployment) == sorted((*place, sha256) for place, sha256 in sent.items())
    with deployment.reading() as session:
        assert list(session.scalars(select(VisitGrounds.assisting))) == [True, True]
        assert set(session.scalars(select(Task.state))) == {"assigned"}


def _give_to_others(deployment, app, stops) -> None:  # type: ignore[no-untyped-def]
    with deployment.reading() as session:
        bureau = session.scalars(select(Agency.id)).one()
    here = {"areas": ("310101",), "agency_id": bureau}
    wang = add_person(deployment, display_name="王五", **here)
    supervisor = desk_of(app, Role.SUPERVISOR, **here)
    for number, _ in enumerate(stops, start=1):
        changed(supervisor, f"/api/v1/tasks/{number}/assignment", {"officer_ids": [wang]})
