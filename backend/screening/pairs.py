"""pairs.csv: which venue stands how far from which site (距离核查清单)."""

import csv
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy.orm import Session

from backend.core.settings import Settings
from backend.protected_sites.models import SITE_KINDS
from backend.rulebook import queries as rulebook
from backend.screening.law import MEASURED, NO_RULE, VERDICTS, Law
from backend.screening.register import Flags, sites_on, venues_in_chunks
from backend.screening.sweep import Judged, judge_chunk

COLUMNS = (
    "venue_ref", "site_ref", "activity", "site_kind", "distance_m", "method", "rule_id", "verdict",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class PairsFile(AbstractContextManager["PairsFile"]):
    """The file, written chunk by chunk: pairs that are inside or need a survey, or all up to a distance.

    UTF-8 with a byte order mark, so that a spreadsheet reads it; what a spreadsheet would take for a formula
    gets an apostrophe in front.
    """

    def __init__(self, path: Path, *, within_m: float | None = None) -> None:
        self.within_m = within_m
        self.rows = 0
        self.not_configured: Counter[str] = Counter()  # rule id: how many activities of venues ask it in vain
        self._file = open(path, "w", encoding="utf-8-sig", newline="")  # noqa: SIM115
        self._csv = csv.writer(self._file)
        self._csv.writerow(COLUMNS)

    def __exit__(self, *_: Any) -> None:
        self._file.close()

    def write(self, judged: Judged) -> None:
        """Add the pairs of a chunk."""
        venues, sites = judged.venues, judged.sites
        rows = judged.rows.where(self._wanted(judged))
        rule_id = [*(rule.id for rule in judged.law.rules), ""]
        verdict = np.where(rows.rule == NO_RULE, len(VERDICTS), rows.verdict)
        self._csv.writerows(
            zip(
                (_cell(venues.ref[place]) for place in rows.venue),
                (_cell(sites.ref[place]) for place in rows.site),
                venues.activity[rows.doing],
                (SITE_KINDS[kind] for kind in sites.kind[rows.site]),
                (f"{metres:.3f}" for metres in rows.distance_m),
                (MEASURED[code] for code in rows.measured),
                (rule_id[number] for number in rows.rule),
                ([*VERDICTS, ""][code] for code in verdict),
                strict=True,
            )
        )
        self.rows += len(rows)
        self.not_configured += judged.verdicts.not_configured()

    def _wanted(self, judged: Judged) -> Flags:
        if self.within_m is None:
            return judged.not_clear
        return np.asarray(np.rint(judged.rows.boundary_m * 1000) <= self.within_m * 1000)


def write_pairs(
    session: Session,
    settings: Settings,
    on: date,
    path: Path,
    *,
    within_m: float | None = None,
    progress: Callable[[int], None] = lambda _: None,
) -> PairsFile:
    """Judge the whole register and write the pairs, keeping no run; `actions.screen` does both at once."""
    law, sites = Law(rulebook.current(session).on(on)), sites_on(session, settings, on)
    with PairsFile(path, within_m=within_m) as file:
        for venues in venues_in_chunks(session, settings):
            file.write(judge_chunk(venues, sites, law, within_m))
            progress(len(venues))
    return file


def _cell(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
