"""Which sites are protected, and on which days they are there."""

from datetime import date

import pytest

from backend.protected_sites.models import SITE_KINDS
from backend.protected_sites.rules import is_open, is_protected

DAY = date(2026, 3, 2)


def test_all_kinds_but_other_are_protected():
    assert {kind for kind in SITE_KINDS if not is_protected(kind)} == {"other"}


@pytest.mark.parametrize(
    ("opened_on", "closed_on", "there"),
    [
        pytest.param(None, None, True, id="nobody knows"),
        pytest.param(DAY, None, True, id="the first day counts"),
        pytest.param(date(2026, 3, 3), None, False, id="opens tomorrow"),
        pytest.param(None, DAY, True, id="the last day counts"),
        pytest.param(None, date(2026, 3, 1), False, id="closed yesterday"),
    ],
)
def test_a_site_is_there_from_its_first_to_its_last_day(opened_on, closed_on, there):
    assert is_open(opened_on, closed_on, DAY) is there
