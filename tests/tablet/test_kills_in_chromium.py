"""The browser is killed at any moment of filling in a checklist: what was answered a second before stays."""

import random
import time

import pytest
from playwright.sync_api import expect

from tests.tablet.day import prepare_bureau

CAMERA = "arrival/body_camera"


@pytest.mark.parametrize("kills", [20, pytest.param(200, marks=pytest.mark.long)])
def test_no_answer_older_than_a_second_is_lost(at_work, city, app, deployment, kills):
    code, day = prepare_bureau(deployment, app, 1)
    officer, dice = at_work, random.Random(7)
    officer.begin(code)
    city[0].share = 1
    officer.go("今日")
    officer.arrive(day[0].venue)
    field = officer.question(CAMERA).get_by_role("textbox")
    expect(field).to_be_visible()

    number = kept = 0
    for _ in range(kills):
        typed = [(time.monotonic(), kept)]
        for _ in range(dice.randint(1, 4)):
            number += 1
            field.fill(str(number))
            typed.append((time.monotonic(), number))
            officer.page.wait_for_timeout(dice.uniform(0, 700))
        killed = time.monotonic()
        officer.kill(offline=True)
        field = officer.question(CAMERA).get_by_role("textbox")
        expect(field).to_be_visible()

        kept = int(field.input_value() or 0)
        assert kept >= max((one for at, one in typed if at < killed - 1), default=0)
