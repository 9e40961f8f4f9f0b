"""A form sent after its session had ended: carried through signing in, and sent when somebody says so."""

import json
import re
from dataclasses import dataclass
from typing import Self

from flask import Request, current_app
from werkzeug.exceptions import HTTPException

from backend.accounts.auth import roles_of

_NAME_OF_CHOICE = re.compile("[a-z_]+")
_NOT_CARRIED = ("csrf_token", "password")  # passwords are typed anew, whatever they are called


@dataclass(frozen=True, slots=True)
class KeptForm:
    """Where it was to go and what was typed; a field may stand several times."""

    address: str
    fields: list[tuple[str, str]]
    had_files: bool = False

    @classmethod
    def of(cls, request: Request) -> Self | None:
        """What a request brought to a form of our pages; None where nothing was typed."""
        typed = [(name, text) for name, text in request.form.items(multi=True) if _is_carried(name)]
        address = request.full_path if request.query_string else request.path
        return cls(address, typed, bool(request.files)) if typed and _is_a_form(request.path) else None

    @classmethod
    def read(cls, text: str | None) -> Self | None:
        """What the sign-in page carried; None where it carries none, or not to a form of our pages."""
        try:
            address, fields, had_files = json.loads(text or "null")
            kept = cls(str(address), [(str(name), str(value)) for name, value in fields], bool(had_files))
        except (ValueError, TypeError):
            return None
        return kept if _is_a_form(kept.address) else None

    def as_text(self) -> str:
        return json.dumps([self.address, self.fields, self.had_files], ensure_ascii=False)

    def shown(self) -> list[str]:
        """What was typed, for reading; the names of choices are for the program."""
        return [text for _, text in self.fields if text.strip() and not _NAME_OF_CHOICE.fullmatch(text)]


def _is_carried(name: str) -> bool:
    return not any(word in name for word in _NOT_CARRIED)


def _is_a_form(address: str) -> bool:
    path = address.partition("?")[0]
    try:
        endpoint, _ = current_app.url_map.bind("").match(path, method="POST")
    except HTTPException:
        return False
    return endpoint.startswith("pages.") and bool(roles_of(current_app.view_functions[endpoint], "POST"))
