"""The rulebook as it is shipped, and filled checklists read as visits."""

from collections.abc import Callable
from datetime import date

import pytest

from backend.rulebook.reading import build, read
from backend.rulebook.rules import RulebookOnDay
from forms.records import Visit
from forms.submission import parse
from forms.visits import to_visit
from tests.forms.samples import cafe_form, cafe_submission

DAY = date(2026, 11, 20)


@pytest.fixture(scope="session")
def today() -> RulebookOnDay:
    return build(read(), 1).on(DAY)


@pytest.fixture
def visit() -> Callable[..., Visit]:
    return lambda **said: to_visit(parse(cafe_submission(**said)), cafe_form())
