"""Answers that are files to keep, and their names."""

from unicodedata import normalize
from urllib.parse import quote

from flask import Response


def to_keep(answer: Response, name: str) -> Response:
    """A file of this name, never shown in our pages: what came from outside is not trusted to be a picture.

    A header holds no Chinese: it says the name in percent signs (RFC 6266), and for old browsers what of it
    is ASCII.
    """
    plain = normalize("NFKD", name).encode("ascii", "ignore").decode()
    said = {"filename": plain} | ({} if plain == name else {"filename*": f"UTF-8''{quote(name, safe='')}"})
    answer.headers.set("Content-Disposition", "attachment", **said)
    return answer
