"""Write tests/vectors: what the server measures and judges, for the tablet to come to the same.

Every place is invented.

python scripts/make_vectors.py [--to FOLDER]
"""

import argparse
import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import vectors_answers
import vectors_assessments
import vectors_distances
import vectors_verdicts

from backend.rulebook.reading import build, read

VECTORS = Path(__file__).resolve().parents[1] / "tests" / "vectors"
FIRST, LAST = date(2024, 1, 1), date(2027, 12, 31)


def days() -> Any:
    """Every day of four years: its flags, or null where nobody knows them."""
    rulebook = build(read(), 1)
    every = (FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1))
    return {
        str(day): sorted(flags.types) if flags.loaded else None
        for day in every
        for flags in [rulebook.day(day)]
        if not flags.loaded or flags.types
    }


FILES: dict[str, Callable[[], Any]] = {
    "days.json": days,
    "distances.json": vectors_distances.outlines,
    "pairs.json": vectors_distances.pairs,
    "verdicts.json": vectors_verdicts.verdicts,
    "law.json": vectors_assessments.law_section,
    "assessments.json": vectors_assessments.assessments,
    "answers.json": vectors_answers.answers,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--to", type=Path, default=VECTORS, help="folder to write into")
    folder = parser.parse_args().to
    for name, make in FILES.items():
        rows = make()
        (folder / name).write_text(written(rows), encoding="utf-8")
    print(f"vectors written to {folder}")


def written(rows: Any) -> str:
    """One line for each row, so that a change can be read."""
    if isinstance(rows, dict):
        named = (
            f"{_line(name)}: {_rows(value) if _is_table(value) else _line(value)}"
            for name, value in rows.items()
        )
        return "{\n" + ",\n".join(named) + "\n}\n"
    return _rows(rows) + "\n"


def _is_table(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def _rows(rows: list[Any]) -> str:
    return "[\n" + ",\n".join(map(_line, rows)) + "\n]"


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)


if __name__ == "__main__":
    main()
