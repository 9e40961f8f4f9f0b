from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from backend.core.deployment import Deployment


@pytest.fixture
def session(deployment: Deployment) -> Iterator[Session]:
    """The unit of work of a test: what is added in it is kept when the test ends."""
    with deployment.unit_of_work() as session:
        yield session
