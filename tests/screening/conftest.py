from collections.abc import Iterator

import pytest
from hypothesis import settings
from sqlalchemy.orm import Session

from backend.core.deployment import Deployment

settings.register_profile("screening", deadline=None)  # two cores are often busy with something else
settings.load_profile("screening")


@pytest.fixture
def session(deployment: Deployment) -> Iterator[Session]:
    """The unit of work of a test: what is added in it is kept when the test ends."""
    with deployment.unit_of_work() as session:
        yield session
