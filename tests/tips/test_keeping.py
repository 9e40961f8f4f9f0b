"""Tips go on their day: one that nobody answered is kept, and so is all where no period is confirmed."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from backend.tips.models import Tip, TipPicture
from tests.retention.keeping import chain_is_whole, confirm, destroyed, run
from tests.tips.leads import photo, record

LATER = f"{datetime.now(UTC).year + 2}-12-31"


@pytest.fixture
def answered(tablet, supervisor):
    """The first of two leads."""
    for _ in range(2):
        mine = photo()
        said = record(photos=(mine,))
        tablet.sends(said)
        tablet.sends_picture(said, mine)
    supervisor.post("/api/v1/tips/1/hand")
    supervisor.post("/api/v1/tips/1/answer", json={"text": "已核查"})


def test_without_a_confirmed_period_everything_is_kept(deployment, answered):
    assert run(deployment, "2100-01-01") == 0


def test_an_answered_tip_goes_with_its_picture_and_answer_on_its_day(deployment, answered, supervisor):
    confirm(deployment, {"tip": 1}, counted_from="RECEIVED")
    early = run(deployment, datetime.now(UTC).date().isoformat())

    run(deployment, LATER)

    assert (early, destroyed(deployment)) == (0, {("tip", 1)})
    with deployment.reading() as session:
        left = session.execute(select(Tip.sealed, Tip.sealed_answer).order_by(Tip.id)).all()
        pictures = session.scalars(select(TipPicture.sealed).order_by(TipPicture.id)).all()
    assert (left[0], pictures[0]) == ((b"", b""), b"")
    assert left[1].sealed
    assert pictures[1]
    assert supervisor.get("/api/v1/tips/1/content").status_code == 410
    assert supervisor.get("/api/v1/tips/1").json["state"] == "answered"
    assert chain_is_whole(deployment)
