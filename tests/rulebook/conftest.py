"""The rulebook as it is shipped, built once."""

from copy import deepcopy
from datetime import date

import pytest

from backend.rulebook.reading import Document, build, read
from backend.rulebook.rules import Rulebook, RulebookOnDay

_SHIPPED = read()


@pytest.fixture
def document() -> Document:
    """The shipped rows, to be spoiled at will."""
    return deepcopy(_SHIPPED)


@pytest.fixture(scope="session")
def rulebook() -> Rulebook:
    return build(_SHIPPED, 1)


@pytest.fixture(scope="session")
def today(rulebook: Rulebook) -> RulebookOnDay:
    return rulebook.on(date(2026, 11, 21))
