"""A rescue file that is kept whole goes on its day like everything else, and its bytes with it."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from backend.accounts.queries import SHANGHAI
from backend.intake.models import RescueFile
from tests.forms.samples import cafe_submission
from tests.intake.rescue_files import bring, rescue_maker
from tests.retention.keeping import certificates, confirm, destroyed, on_disk, run


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
