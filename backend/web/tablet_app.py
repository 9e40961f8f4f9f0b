"""The tablet app as files: what a browser keeps so that it works without us. Nothing here is data.

It is built from `forms/tablet` into `forms/tablet/dist`. Its pages may run WebAssembly, which the form engine
needs, use the camera and ask where they are; in all else they are bound as every page of ours.
"""

from pathlib import Path

from flask import Blueprint, Response, current_app, redirect, send_from_directory
from werkzeug.exceptions import NotFound

import forms

DIST = Path(forms.__file__).parent / "tablet" / "dist"
POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob: data:; "
    "font-src 'self'; media-src 'self' blob:; connect-src 'self'; worker-src 'self'; manifest-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
tablet_app = Blueprint("tablet_app", __name__)


@tablet_app.get("/app")
def door() -> Response:
    """The address that people type."""
    return current_app.make_response(redirect("/app/", 308))


@tablet_app.get("/app/")
@tablet_app.get("/app/<path:name>")
def file(name: str = "index.html") -> Response:
    """A file of the app; any other address is a screen of it. Those named by their content are kept."""
    if not (DIST / "index.html").is_file():
        raise NotFound("the tablet app is not built: run `make setup`")
    if "." not in name.rpartition("/")[2]:
        name = "index.html"
    response = send_from_directory(DIST, name, conditional=True)
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Permissions-Policy"] = "camera=(self), geolocation=(self), microphone=()"
    if name.startswith("assets/"):
        response.cache_control.public, response.cache_control.immutable = True, True
        response.cache_control.max_age, response.cache_control.no_cache = 365 * 86400, None
    else:
        response.headers["Cache-Control"] = "no-cache"
    return response
