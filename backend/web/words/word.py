"""One saying in two languages, and which of them this request speaks."""

from typing import Literal, NamedTuple, get_args

from flask import has_request_context, request

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
COOKIE = "__Host-humiao-language"


class Word(NamedTuple):
    """Chinese first; `str(word)` is what this request is answered with."""

    zh: str
    en: str

    def __str__(self) -> str:
        return self.en if language() == "en" else self.zh

    def format(self, **values: object) -> str:
        return str(self).format(**values)


def language() -> Language:
    """The language that the browser chose; Chinese until it chose one."""
    chosen = request.cookies.get(COOKIE) if has_request_context() else None
    return chosen if chosen in LANGUAGES else "zh"
