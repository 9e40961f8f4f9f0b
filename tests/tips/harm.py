"""What somebody says in a mandatory report, and of a training."""

from typing import Any
from uuid import uuid4


def reported_harm(**said: Any) -> dict[str, Any]:
    known = {
        "uuid": str(uuid4()), "situation": "suspected_harm", "age_band": "from_6", "whereabouts": "with_us",
        "met_at": "2026-11-20T10:00:00+08:00", "text": "手臂有多处淤青",
    }  # fmt: skip
    return known | said


def trained(**said: Any) -> dict[str, Any]:
    known = {"held_on": "2026-01-15", "topic": "识别和报告", "trained_by": "未保中心", "people": 30,
             "next_due_on": "2027-01-15"}  # fmt: skip
    return known | said
