"""What the map says of a place in words: one row of its table, one panel beside it, one colour on it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from backend.maps.queries import Compared, Hotspot, Place
from backend.maps.rules import Change, Shown
from backend.web.words import maps as words
from backend.web.words.word import Word
from geodata.hotspots import name_of

STEPS = (0.0, 0.1, 0.25, 0.5)  # a rate above one of them is the next level
_GATHERS = {"more": words.map_gathers_more, "less": words.map_gathers_less, "no": words.map_gathers_no}


@dataclass(frozen=True, slots=True)
class MapRow:
    """A cell or a street-town. `where` leads to its visits; None where the reader may not open them."""

    name: str
    shape: dict[str, Any] | None
    level: str
    stands_out: str | None
    lines: list[tuple[Word, str]]
    where: dict[str, str] | None


def row_of(one: Hotspot | Compared) -> MapRow:
    """What was found at a place, or how it did in two periods."""
    return _place_row(one) if isinstance(one, Hotspot) else _change_row(one)


def _place_row(one: Hotspot) -> MapRow:
    shown, gathers = one.shown, one.stands_out.how if one.stands_out else None
    return MapRow(
        _name(one.place), one.place.shape, _level_of(one), gathers if gathers != "no" else None,
        [
            (words.map_visits, str(shown.visits)),
            (words.map_with_violation, told_in_words(shown.with_violation)),
            (words.map_rate, rate_in_words(shown)),
            (words.map_gathers, str(_GATHERS[gathers] if gathers else words.map_too_few)),
        ],
        _where(one.place),
    )  # fmt: skip


def _change_row(one: Compared) -> MapRow:
    return MapRow(
        _name(one.place), one.place.shape, _level_of(one), None,
        [
            (words.map_now, rate_in_words(one.now)),
            (words.map_before, rate_in_words(one.before)),
            (words.map_difference, difference_in_words(one.change)),
        ],
        _where(one.place),
    )  # fmt: skip


def legend_of(found: Iterable[Hotspot | Compared]) -> dict[str, int]:
    """How many places there are of each level."""
    return dict(Counter(_level_of(one) for one in found))


def level_in_words(level: str) -> str:
    """A level as the legend names it."""
    named = {
        "few": words.map_too_few, "hidden": words.map_not_told,
        "falls": words.map_falls, "unclear": words.map_unclear, "rises": words.map_rises,
    }  # fmt: skip
    if level in named:
        return str(named[level])
    number = int(level)
    if number == 0:
        return "0 %"
    above, to = STEPS[number - 1], (*STEPS[1:], 1.0)[number - 1]
    return f"{above:.0%}–{to:.0%}".replace("%", " %")


def _level_of(one: Hotspot | Compared) -> str:
    return _level(one.shown) if isinstance(one, Hotspot) else _direction(one.change)


def _level(shown: Shown) -> str:
    if shown.is_small_sample:
        return "few"
    return "hidden" if shown.rate is None else str(sum(shown.rate > step for step in STEPS))


def _direction(change: Change | None) -> str:
    if change is None:
        return "few"
    if not change.is_clear:
        return "unclear"
    return "rises" if change.difference > 0 else "falls"


def rate_in_words(shown: Shown | None) -> str:
    """A rate with its interval, or why there is none."""
    if shown is None or shown.is_small_sample:
        return str(words.map_too_few)
    if shown.rate is None or shown.rate_low is None or shown.rate_high is None:
        return str(words.map_not_told)
    return f"{shown.rate:.0%}（{shown.rate_low:.0%}–{shown.rate_high:.0%}）"


def difference_in_words(change: Change | None) -> str:
    """By how much a rate changed, with its interval."""
    if change is None:
        return str(words.map_too_few)
    by, low, high = (f"{round(one, 2) + 0.0:+.0%}" for one in (change.difference, change.low, change.high))
    return f"{level_in_words(_direction(change))} {by}（{low}\u00a0…\u00a0{high}）"  # + 0.0: never -0 %


def told_in_words(number: int | None) -> str:
    """A number, or that it is not told."""
    return str(words.map_not_told) if number is None else str(number)


def _name(place: Place) -> str:
    if isinstance(place.key, str):
        return place.name or place.key
    name = words.map_cell.format(name=name_of(place.key)[2:].rstrip("f"))
    return name if place.in_area else f"{name} · {words.map_cell_outside}"


def _where(place: Place) -> dict[str, str] | None:
    if not place.in_area:
        return None
    return {"area": place.key} if isinstance(place.key, str) else {"cell": name_of(place.key)}
