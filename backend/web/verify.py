"""Whether a printed page is real (文书核验): for anybody, by the code on it; nobody signs in for it."""

import math
from datetime import UTC, datetime
from typing import Any

from flask import render_template, request

from backend.accounts.errors import TooManyTries
from backend.core.web import deployment
from backend.documents.verifying import verify as look_up
from backend.web.shell import pages
from backend.web.words import t

_LONGEST = 64


@pages.get("/verify")
def verify() -> Any:
    """Where somebody types the code; with one, what it leads to."""
    typed = request.args.get("code", "").strip()[:_LONGEST]
    return _page(typed) if typed else render_template("verify.html", found=None, typed="", problem="")


@pages.get("/verify/<string:code>")
def verify_code(code: str) -> Any:
    """The same from the square on the page."""
    return _page(code[:_LONGEST])


def _page(typed: str) -> Any:
    try:
        found = look_up(deployment(), typed, address=request.remote_addr or "", now=datetime.now(UTC))
    except TooManyTries as refusal:
        wait = t.verify_wait.format(minutes=math.ceil(refusal.data["wait_s"] / 60))
        return render_template("verify.html", found=None, typed=typed, problem=wait), refusal.code
    if found is None:
        return render_template("verify.html", found=None, typed=typed, problem=t.verify_unknown), 404
    return render_template("verify.html", found=found, typed=typed, problem="")
