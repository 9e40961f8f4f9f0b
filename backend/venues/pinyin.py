"""Names and addresses as one types them: in pinyin (蓝星网吧: lan xing wang ba) and initials (lxwb).

For jobs and commands only: the dictionary costs a process 55 MB. A trigger empties what was spelled when a
venue is renamed or its address changes, whoever does so; the next run finds it empty.
"""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from sqlalchemy import Connection, and_, bindparam, or_, select, update
from sqlalchemy.orm import Session

from backend.core import audit
from backend.venues.models import Venue

_BATCH = 5000
_COLUMNS = ("name_pinyin", "name_initials", "address_pinyin", "address_initials")
_EMPTY = ", ".join(f"{name} = NULL" for name in _COLUMNS)
_PUT = update(Venue.__table__).where(Venue.__table__.c.id == bindparam("row"))  # type: ignore[arg-type]


def spell(text: str | None) -> tuple[str | None, str | None]:
    """The syllables of a text with spaces between them, and their first letters; nothing for no text."""
    if text is None:
        return None, None
    syllables = _syllables(text)
    return " ".join(syllables), "".join(one[0] for one in syllables)


def _syllables(text: str) -> list[str]:
    from pypinyin import lazy_pinyin

    marks: Any = lambda other: list(_plain(other))  # noqa: E731
    return [one for one in lazy_pinyin(text, errors=marks) if one]


def _plain(other: str) -> Iterator[str]:
    """Words and numbers between Chinese characters stay as they are; marks go."""
    yield from "".join(letter if letter.isalnum() else " " for letter in other.lower()).split()


def write(session: Session, *, by: str) -> int:
    """Spell whatever is new or was renamed; returns how many venues that were."""
    lacking = or_(
        and_(Venue.name.is_not(None), Venue.name_pinyin.is_(None)),
        and_(Venue.address.is_not(None), Venue.address_pinyin.is_(None)),
    )
    rows = session.execute(
        select(Venue.id, Venue.name, Venue.address).where(lacking).order_by(Venue.id)
    ).all()
    spelled = (
        {"row": row.id} | dict(zip(_COLUMNS, (*spell(row.name), *spell(row.address)), strict=True))
        for row in rows
    )
    for _ in range(0, len(rows), _BATCH):
        session.execute(_PUT, list(islice(spelled, _BATCH)))
    if rows:
        audit.record(session, "venue.spell", by=by, subject="venues", detail={"venues": len(rows)})
    return len(rows)


def watch(connection: Connection) -> None:
    """Empty what was spelled as soon as it is no longer true."""
    if connection.dialect.name == "postgresql":
        fresh = "; ".join(f"NEW.{name} := NULL" for name in _COLUMNS)
        connection.exec_driver_sql(
            "CREATE FUNCTION forget_pinyin() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN {fresh}; RETURN NEW; END $$"
        )
        connection.exec_driver_sql(
            "CREATE TRIGGER venues_renamed BEFORE UPDATE OF name, address ON venues FOR EACH ROW "
            "WHEN (OLD.name IS DISTINCT FROM NEW.name OR OLD.address IS DISTINCT FROM NEW.address) "
            "EXECUTE FUNCTION forget_pinyin()"
        )
        return
    connection.exec_driver_sql(
        "CREATE TRIGGER venues_renamed AFTER UPDATE OF name, address ON venues "  # noqa: S608
        "WHEN old.name IS NOT new.name OR old.address IS NOT new.address "
        f"BEGIN UPDATE venues SET {_EMPTY} WHERE id = new.id; END"
    )
