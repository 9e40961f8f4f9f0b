import pytest

from backend.rulebook.reading import build, read


@pytest.fixture(scope="session")
def law():
    """The shipped rulebook, of no database."""
    return build(read(), 1)
