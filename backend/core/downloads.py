"""Answers that are files to keep, and their names."""

from typing import TypeVar
from unicodedata import normalize
from urllib.parse import quote

from flask import Response

Answer = TypeVar("Answer", bound=Response)


def to_keep(answer: Answer, name: str) -> Answer:
    """A file of this name, never shown in our pages.

    A header holds no Chinese: it says the name in percent signs (RFC 6266), and for old browsers what of it
    is ASCII.
    """
    plain = normalize("NFKD", name).encode("ascii", "ignore").decode()
    said = {"filename": plain} | ({} if plain == name else {"filename*": f"UTF-8''{quote(name, safe='')}"})
    answer.headers.set("Content-Disposition", "attachment", **said)
    return answer
