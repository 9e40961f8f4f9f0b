"""How a proposal meets the register: by field, and nothing is overwritten unseen. No database, no HTTP."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any


class Outcome(StrEnum):
    """What becomes of one field of a proposal."""

    UNTOUCHED = "untouched"  # the officer left it as it was seen: whatever the register says now stands
    SETTLED = "settled"  # the register says the same by now
    MERGED = "merged"  # nobody else changed it: it goes in by itself, beside changes of other fields 并行更新
    REVIEW = "review"  # nobody else changed it, but a person looks at it first
    CONFLICT = "conflict"  # the register says something else by now: a person picks 冲突


WAITING = frozenset({Outcome.REVIEW, Outcome.CONFLICT})
MINE, THEIRS = "mine", "theirs"
UNKNOWN = object()  # nobody knows what the officer saw

# Whether a person always looks at a field: where something is, and whatever decides which law binds.
REVIEWED = {
    "venue": {
        "name": False, "address": False, "operator_name": False, "credit_code": False,
        "place": True, "activities": True, "licences": True, "established_on": True,
    },
    "site": {
        "name": False, "address": False,
        "place": True, "gates": True, "kind": True, "opened_on": True, "closed_on": True,
    },
}  # fmt: skip


def outcome(base: Any, theirs: Any, mine: Any, *, reviewed: bool) -> Outcome:
    """What becomes of one field, by three values of it.

    Parameters
    ----------
    base : Any
        As the officer saw it; `UNKNOWN` where nobody knows.
    theirs : Any
        As the register has it now.
    mine : Any
        As the officer proposes it.
    reviewed : bool
        Whether a person always looks at this field.

    Returns
    -------
    Outcome
        Only MERGED goes in by itself, and only where the register still says what the officer saw.
    """
    if mine == base:
        return Outcome.UNTOUCHED
    if mine == theirs:
        return Outcome.SETTLED
    if theirs != base:
        return Outcome.CONFLICT
    return Outcome.REVIEW if reviewed else Outcome.MERGED


def merge(
    kind: str, base: Mapping[str, Any], theirs: Mapping[str, Any], mine: Mapping[str, Any]
) -> dict[str, Outcome]:
    """What becomes of each proposed field.

    Parameters
    ----------
    kind : str
        ``venue`` or ``site``.
    base, theirs, mine : mapping
        Values by field, comparable with ``==``; a field that `base` lacks was not seen.

    Returns
    -------
    dict
        The fields of `mine`, each with its outcome.
    """
    return {
        name: outcome(base.get(name, UNKNOWN), theirs[name], value, reviewed=REVIEWED[kind][name])
        for name, value in mine.items()
    }
