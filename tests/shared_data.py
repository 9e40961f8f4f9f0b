"""Real data for tests, kept beside the repository and never in it."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


def shared(name: str) -> Path:
    """The file `name` of the shared data; the test is skipped where that folder is absent."""
    if not SHARED.is_dir():
        pytest.skip("the shared data are not here")
    return SHARED / name
