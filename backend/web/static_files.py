"""Our own style sheets, scripts and pictures, under an address that changes with their content."""

import hashlib
from pathlib import Path

from flask import Blueprint, Response, send_from_directory, url_for
from werkzeug.exceptions import NotFound

FOLDER = Path(__file__).parent / "static"
static = Blueprint("static", __name__)


def _version() -> str:
    """One hash of the whole folder, so that files may name each other by relative addresses."""
    digest = hashlib.sha256()
    for path in sorted(FOLDER.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(FOLDER).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:12]


VERSION = _version()


def asset(name: str) -> str:
    """The address of a file of ours."""
    return url_for("static.file", version=VERSION, name=name)


@static.get("/static/<version>/<path:name>")
def file(version: str, name: str) -> Response:
    """A file; browsers keep it for a year, because another content has another address."""
    if version != VERSION:
        raise NotFound()
    response = send_from_directory(FOLDER, name, conditional=True)
    response.cache_control.public, response.cache_control.immutable = True, True
    response.cache_control.max_age, response.cache_control.no_cache = 365 * 86400, None
    return response
