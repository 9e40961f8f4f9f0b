"""Answers read by their type (逐项读取). What cannot be read is kept as a problem and never guessed."""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TypeVar

from forms.catalogue import CatalogueForm, Question
from forms.submission import Node

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")
T = TypeVar("T")
Mask = Callable[[str], str]  # takes out what must not be filed, such as the number of an ID card


@dataclass(frozen=True, slots=True)
class Problem:
    """Something odd in a submission: where, a stable word for what, and what was written there, masked."""

    nodeset: str
    reason: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class FreeText:
    """Prose that an officer typed, masked. It may speak of persons."""

    nodeset: str
    value: str


@dataclass(frozen=True, slots=True)
class Position:
    """Where a device stood, in degrees of WGS 84, taken as CGCS2000 (EPSG:4490); error radius in metres."""

    lon: float
    lat: float
    accuracy_m: float | None  # None: the device did not say


class Reading:
    """One reading of one submission: the form, what was read already, and what was odd."""

    def __init__(self, form: CatalogueForm, mask: Mask) -> None:
        self.form, self.mask = form, mask
        self.problems: list[Problem] = []
        self.free_texts: list[FreeText] = []
        self.read: set[int] = set()  # ids of nodes; the tree lives as long as its reading

    def odd(self, node: Node, reason: str) -> None:
        """Note that something is not as the form has it."""
        self.problems.append(Problem(node.nodeset, reason, self.mask(node.text.strip())))

    def prose(self, node: Node) -> str:
        """Free text: masked, and listed as such."""
        if text := self.mask(node.text.strip()):
            self.free_texts.append(FreeText(node.nodeset, text))
        return text

    def check_choices(self, node: Node, question: Question) -> None:
        """Note an answer that the form does not offer."""
        chosen = [node.text.strip()] if question.kind == "select_one" else node.text.split()
        if question.choices and not question.choices.keys() >= set(chosen):
            self.odd(node, "not_a_choice")


class Group:
    """The answers of one group, or of one turn of a repeat, by name. A blank answer reads as "" or None."""

    def __init__(self, node: Node, reading: Reading) -> None:
        self.node, self.reading = node, reading
        self._nodes: dict[str, Node] = {}
        for child in node.children:
            self._nodes.setdefault(child.name, child)

    def question(self, name: str) -> Question | None:
        return self.reading.form.questions.get(f"{self.node.nodeset}/{name}")

    def group(self, name: str) -> "Group":
        """A group inside this one; an empty one when it was not sent."""
        return Group(self._nodes.get(name) or Node(name, f"{self.node.nodeset}/{name}"), self.reading)

    def repeats(self, name: str) -> list["Group"]:
        """The turns of a repeat in which something was answered."""
        turns = (child for child in self.node.children if child.name == name)
        return [
            Group(turn, self.reading) for turn in turns if any(leaf.text.strip() for leaf in turn.leaves())
        ]

    def text(self, name: str) -> str:
        """A name, a number or another short text: masked, but no prose."""
        return self.reading.mask(self._raw(name))

    def prose(self, name: str) -> str:
        return self.reading.prose(self._nodes[name]) if self._raw(name) else ""

    def file(self, name: str) -> str:
        """The name of an attachment, as it was sent."""
        return self._raw(name)

    def choice(self, name: str) -> str:
        """The value chosen."""
        return " ".join(self.choices(name))

    def choices(self, name: str) -> tuple[str, ...]:
        """The values chosen; one that the form does not offer is kept, and noted."""
        chosen, question = tuple(self.text(name).split()), self.question(name)
        if chosen and question:
            self.reading.check_choices(self._nodes[name], question)
        return chosen

    def yes_no(self, name: str) -> bool | None:
        return {"yes": True, "no": False}.get(self.choice(name))

    def whole(self, name: str) -> int | None:
        return self._as(name, _count, "not_a_count")

    def number(self, name: str) -> float | None:
        return self._as(name, _number, "not_a_number")

    def day(self, name: str) -> date | None:
        return self._as(name, _day, "not_a_date")

    def instant(self, name: str) -> datetime | None:
        """A moment with its offset from UTC; one without an offset is not read, and noted."""
        return self._as(name, _instant, "not_a_time_with_offset")

    def position(self, name: str) -> Position | None:
        return self._as(name, _position, "not_a_position")

    def odd(self, name: str, reason: str) -> None:
        self.reading.odd(self._nodes[name], reason)

    def _raw(self, name: str) -> str:
        if (node := self._nodes.get(name)) is None:
            return ""
        self.reading.read.add(id(node))
        return node.text.strip()

    def _as(self, name: str, read: Callable[[str], T], reason: str) -> T | None:
        if not (text := self._raw(name)):
            return None
        try:
            return read(text)
        except (ValueError, OverflowError):
            self.odd(name, reason)
            return None


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise ValueError
    return int(text)


def _number(text: str) -> float:
    if not _NUMBER.fullmatch(text) or not math.isfinite(value := float(text)):
        raise ValueError
    return value


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _instant(text: str) -> datetime:
    if (moment := datetime.fromisoformat(text)).tzinfo is None:
        raise ValueError
    moment.astimezone(UTC)  # overflows in the years 1 and 9999
    return moment


def _position(text: str) -> Position:
    lat, lon, *rest = (_number(part) for part in text.split())
    if abs(lat) > 90 or abs(lon) > 180 or len(rest) > 2:
        raise ValueError
    return Position(lon, lat, rest[1] if len(rest) == 2 else None)
