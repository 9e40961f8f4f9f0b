"""A rescue file that is kept whole goes on its day like everything else, and its bytes with it."""

import threading
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from backend.core.days import SHANGHAI
from backend.core.sealed import locked_visit_key
from backend.intake.models import RescueFile
from backend.intake.rescue_job import take_waiting
from tests.forms.samples import cafe_submission
from tests.intake.rescue_files import bring, rescue_maker, states
from tests.intake.tablet import file_all
from tests.retention.keeping import TIMES, certificates, confirm, destroyed, on_disk, run


@pytest.fixture
def quarantined(deployment, forms, inspector, agency):
    """One of a tablet whose time was over; returns the day on which it came, in a later year."""
    maker = rescue_maker(deployment, user_id=inspector, agency_id=agency, expires_at=datetime.now(UTC))
    maker.add("submission", cafe_submission(instance_id="uuid:1"))
    bring(deployment, maker.pack())
    return lambda years: _day(deployment, years)


def _day(deployment, years):
    with deployment.reading() as session:
        came = session.scalars(select(RescueFile.received_at)).one().astimezone(SHANGHAI).date()
    return came.replace(year=came.year + years, day=min(came.day, 28)).isoformat()


def test_a_rescue_file_without_a_confirmed_period_is_kept(deployment, quarantined):
    assert run(deployment, quarantined(100)) == 0
    assert on_disk(deployment) == 1


def test_a_rescue_file_goes_on_its_day_with_a_certificate(deployment, quarantined):
    confirm(deployment, {"rescue_file": 1})
    before = run(deployment, quarantined(0))

    run(deployment, quarantined(2))

    assert before == 0
    assert destroyed(deployment) == {("rescue", 1)}
    assert [(name, count) for name, _, count in certificates(deployment)] == [("rescue_file", 1)]
    assert on_disk(deployment) == 0


def test_one_that_went_while_it_waited_can_be_released_no_more(deployment, quarantined, supervisor):
    confirm(deployment, {"rescue_file": 1})
    run(deployment, quarantined(2))

    answer = supervisor.post("/api/v1/intake/rescue-files/1/release", json={"reason": "平板已找回"})

    assert (answer.status_code, answer.json["status"]) == (409, "rescue_decided")
    assert states(deployment) == ["refused"]
    assert take_waiting(deployment) == 0


def test_one_that_is_being_released_makes_the_job_wait(deployment, quarantined):
    confirm(deployment, {"rescue_file": 1})
    destroying = threading.Thread(target=run, args=(deployment, quarantined(2)))
    with deployment.unit_of_work() as session:
        found = session.get_one(RescueFile, 1)
        locked_visit_key(session, found.key_id)
        found.state = "received"
        session.flush()
        destroying.start()
        destroying.join(0.3)
        assert destroying.is_alive()
    destroying.join()

    assert (destroyed(deployment), on_disk(deployment)) == (set(), 1)


def test_one_that_holds_more_of_a_held_visit_stays_with_it(deployment, forms, inspector, agency, supervisor):
    maker = rescue_maker(deployment, user_id=inspector, agency_id=agency)
    maker.add("submission", cafe_submission(instance_id="uuid:1", answers=TIMES))
    maker.add("attachment", b"a face", name="front.jpg", sha256="0" * 64)
    bring(deployment, maker.pack())
    file_all(deployment)
    assert states(deployment) == ["partly"]
    confirm(deployment, {"rescue_file": 1})
    held = supervisor.post("/api/v1/visits/1/holds", json={"reason": "lawsuit"})

    run(deployment, "2031-11-21")
    assert destroyed(deployment) == set()

    supervisor.post(f"/api/v1/holds/{held.json['id']}/lifting", json={"because": "ended"})
    run(deployment, "2031-11-21")
    assert destroyed(deployment) == {("rescue", 1)}
