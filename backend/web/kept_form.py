"""A form sent after its session had ended: carried through signing in, and sent when somebody says so.

It is shown to nobody but the account that sent it: the browser's ended session says whose it was.
"""

import json
import re
import secrets
from dataclasses import dataclass
from typing import Self

from flask import Request, current_app
from werkzeug.exceptions import HTTPException

from backend.accounts.auth import Person, roles_of, who_was_here
from backend.core.web import deployment

_NAME_OF_CHOICE = re.compile("[a-z_]+")
_NOT_CARRIED = ("csrf_token", "password")  # passwords are typed anew, whatever they are called


@dataclass(frozen=True, slots=True)
class KeptForm:
    """Whose it is, where it was to go and what was typed; a field may stand several times."""

    user_id: int
    address: str
    fields: list[tuple[str, str]]
    had_files: bool = False

    @classmethod
    def of(cls, request: Request) -> Self | None:
        """What a request brought to a form of our pages; None where nothing was typed, or by nobody known."""
        typed = [(name, text) for name, text in request.form.items(multi=True) if _is_carried(name)]
        user_id = who_was_here()
        if user_id is None or not typed or not _roles(request.path):
            return None
        address = request.full_path if request.query_string else request.path
        return cls(user_id, address, typed, bool(request.files))

    @classmethod
    def read(cls, text: str | None) -> Self | None:
        """What the sign-in page carried; None where it carries none that we wrote."""
        seal, _, said = (text or "").partition(" ")
        if not secrets.compare_digest(seal.encode(), _seal(said).encode()):
            return None
        user_id, address, fields, had_files = json.loads(said)
        return cls(user_id, address, [(name, value) for name, value in fields], had_files)

    def as_text(self) -> str:
        """How the sign-in page carries it."""
        said = json.dumps([self.user_id, self.address, self.fields, self.had_files], ensure_ascii=False)
        return f"{_seal(said)} {said}"

    def is_of(self, person: Person) -> bool:
        """Whether this person sent it, and may still send it."""
        return person.id == self.user_id and person.role in _roles(self.address.partition("?")[0])

    def shown(self) -> list[str]:
        """What was typed, for reading; the names of choices are for the program."""
        return [text for _, text in self.fields if text.strip() and not _NAME_OF_CHOICE.fullmatch(text)]


def _is_carried(name: str) -> bool:
    return not any(word in name for word in _NOT_CARRIED)


def _roles(path: str) -> frozenset[str]:
    """Who may send a form of our pages to an address; nobody where there is none."""
    try:
        endpoint, _ = current_app.url_map.bind("").match(path, method="POST")
    except HTTPException:
        return frozenset()
    if not endpoint.startswith("pages."):
        return frozenset()
    return frozenset(roles_of(current_app.view_functions[endpoint], "POST"))


def _seal(said: str) -> str:
    return deployment().keys.keyed_hash("kept form", said).hex()
