"""What came of an import: counts while it runs, a report at its end."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from backend.imports.readings import Shares
from backend.imports.reasons import NOTES

_SHOWN = 5  # row numbers beside a note


@dataclass
class Tally:
    """Counts of a file that is being read."""

    read: int = 0
    created: int = 0
    changed: int = 0
    same: int = 0
    joined: int = 0  # rows that add to a venue of an earlier row
    without_position: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    notes: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[int]] = field(default_factory=dict)

    def note(self, reason: str, row_number: int) -> None:
        """Something of a row was left out or changed; `reason` is a key of `reasons.NOTES`."""
        self.notes[reason] += 1
        examples = self.examples.setdefault(reason, [])
        if len(examples) < _SHOWN:
            examples.append(row_number)

    def counts(self) -> dict[str, object]:
        numbers = ("read", "created", "changed", "same", "joined", "without_position")
        return {name: getattr(self, name) for name in numbers} | {
            "refused": dict(self.refused), "notes": dict(self.notes),
        }  # fmt: skip


@dataclass(frozen=True)
class ImportReport:
    """Counts of rows. `run_id` is what `humiao import undo` takes; nothing after a dry run.

    `refused` and `notes` count by reason. `shares` says for each reading of the coordinates how many rows lie
    in the district that their own text names; `assigned` how many rows of each table changed their area.
    """

    run_id: int | None
    kind: str
    read: int
    created: int
    changed: int
    same: int
    joined: int
    without_position: int
    refused: Mapping[str, int]
    notes: Mapping[str, int]
    shares: Shares | None
    assigned: Mapping[str, int]
    rejects: Path | None
    warnings: tuple[str, ...]


def warnings_of(tally: Tally, shares: Shares | None, missing: int) -> tuple[str, ...]:
    """Sentences for whoever ran the import."""
    found = [shares.warning] if shares and shares.warning else []
    if missing:
        found.append(
            f"{missing} rows known from an earlier reading are not in this file; they stay as they are"
        )
    for reason, count in tally.notes.items():
        rows = ", ".join(map(str, tally.examples[reason])) + (", …" if count > _SHOWN else "")
        found.append(f"{count} × {NOTES[reason]} (rows {rows})")
    return tuple(found)
