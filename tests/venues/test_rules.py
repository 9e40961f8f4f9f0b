"""Papers of a venue."""

import pytest

from backend.venues.rules import credit_code


@pytest.mark.parametrize(
    ("written", "code"),
    [
        pytest.param("91350100M000100Y43", "91350100M000100Y43", id="as it should be"),
        pytest.param(" 91350100-M000100Y43 ", "91350100M000100Y43", id="with gaps"),
        pytest.param("９1350100m000100y43", "91350100M000100Y43", id="full-width and small"),
        pytest.param("91350100M000100Y4Z", None, id="a letter that is none of them"),
        pytest.param("91350100M000100Y44", None, id="wrong check digit"),
        pytest.param("310101199001011234", None, id="a resident ID"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_a_credit_code_counts_when_its_check_digit_fits(written, code):
    assert credit_code(written) == code
