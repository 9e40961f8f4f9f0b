"""Leads in a rescue file: taken as if they had come by the door."""

import json

import pytest

from tests.intake.rescue_files import RescueMaker, bring, outcomes
from tests.tips.leads import photo, record


@pytest.fixture
def maker(deployment, tablet):
    return RescueMaker(deployment.keys.newest_rescue.public, tablet.device_id, tablet.key)


def pack(maker, said, *photos, instance=None):
    named = instance or f"lead:{json.loads(said)['id']}"
    for number, content in enumerate(photos, 1):
        maker.add("attachment", content, named, f"{number}.jpg")
    maker.add("lead", said.encode(), named)
    return maker.pack()


def test_a_lead_from_a_rescue_file_is_kept_with_its_picture(deployment, maker, tablet, supervisor):
    mine = photo()
    said = record(photos=(mine,))

    bring(deployment, pack(maker, said, mine))

    assert outcomes(deployment) == [("taken", None), ("taken", None)]
    assert supervisor.get("/api/v1/tips/1").json["is_signed"] is True
    assert [one["name"] for one in tablet.asks(said).json["files"]] == ["1.jpg"]


def test_one_that_came_by_the_door_before_is_there(deployment, maker, tablet):
    said = record()
    tablet.sends(said)

    bring(deployment, pack(maker, said))

    assert outcomes(deployment) == [("there", None)]


@pytest.mark.parametrize(
    ("said", "instance", "reason"),
    [
        pytest.param(record(), "lead:another", "not_found", id="under another name"),
        pytest.param("{}", "lead:1", "tip_unreadable", id="no record"),
    ],
)
def test_a_lead_that_is_none_costs_only_itself(deployment, maker, said, instance, reason):
    good = record()
    maker.add("lead", good.encode(), f"lead:{json.loads(good)['id']}")

    bring(deployment, pack(maker, said, instance=instance))

    assert outcomes(deployment) == [("taken", None), ("refused", reason)]


def test_a_picture_of_somebody_elses_lead_is_not_taken(deployment, maker, tablet):
    mine = photo()
    maker.add("attachment", mine, "lead:00000000-0000-4000-8000-000000000001", "1.jpg")

    bring(deployment, maker.pack())

    assert outcomes(deployment) == [("refused", "not_found")]
