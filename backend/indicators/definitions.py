"""Which indicators there are (指标定义): rows of data, each with what it counts of what."""

from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from backend.rulebook.rows import Text

DATA = Path(__file__).with_name("data") / "indicators.yaml"
CLAUSES = ("sh-minors-regs:7.1(1)", "sh-minors-regs:10")


@dataclass(frozen=True, slots=True)
class Indicator:
    """One share: so many of so many. `has_interval`: the whole is a sample."""

    id: str
    counts: str
    name: Text
    part: Text
    whole: Text
    has_interval: bool = False

    @classmethod
    def of(cls, said: dict[str, Any]) -> "Indicator":
        """As the file, or a frozen report, says it."""
        return cls(**said | {one: Text(**said[one]) for one in ("name", "part", "whole")})

    def said(self) -> dict[str, Any]:
        """As a frozen report keeps it."""
        return asdict(self)


@cache
def indicators() -> tuple[Indicator, ...]:
    """Those that are counted today."""
    rows = yaml.safe_load(DATA.read_text(encoding="utf-8"))["rows"]
    return tuple(Indicator.of(row) for row in rows)
