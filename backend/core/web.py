"""What every door shares: the request's session, answers to refusals, headers, a log that names nobody."""

import contextlib
import logging
import re
import time
import traceback
from collections.abc import Iterator
from typing import Any, cast
from urllib.parse import quote
from uuid import uuid4

import orjson
from flask import Flask, Response, current_app, g, has_request_context, jsonify, render_template, request
from flask.json.provider import JSONProvider
from sqlalchemy.exc import DataError
from sqlalchemy.orm import Session
from werkzeug.exceptions import HTTPException

from backend.core.deployment import Deployment
from backend.core.errors import Refusal

log = logging.getLogger("humiao.web")
_TOKEN_IN_PATH = re.compile(r"(?i)(/key/+)[^/]+")
_SAFE = {"GET", "HEAD", "OPTIONS"}


class OrjsonProvider(JSONProvider):
    """Flask's JSON by orjson: faster, and dates as ISO 8601."""

    def dumps(self, obj: Any, **_: Any) -> str:
        return orjson.dumps(obj, option=orjson.OPT_NON_STR_KEYS).decode()

    def loads(self, s: str | bytes, **_: Any) -> Any:
        return orjson.loads(s)


def deployment() -> Deployment:
    """The deployment that this application serves."""
    return cast(Deployment, current_app.extensions["humiao"])


def get_session() -> Session:
    """The request's session: reading for GET, else one unit of work, committed if the answer is a success."""
    if "session" not in g:
        work = deployment().reading() if request.method in _SAFE else deployment().unit_of_work()
        g.work, g.session = work, work.__enter__()
    return cast(Session, g.session)


class _Unsuccessful(Exception):
    """Leaves a unit of work without committing it."""


def _end_work(failed: bool) -> None:
    if (work := g.pop("work", None)) is None:
        return
    g.pop("session")
    if not failed:
        work.__exit__(None, None, None)
        return
    with contextlib.suppress(_Unsuccessful):
        work.__exit__(_Unsuccessful, _Unsuccessful(), None)


def install(app: Flask, served: Deployment) -> None:
    """Wire a Flask application to a deployment."""
    app.extensions["humiao"] = served
    app.json = OrjsonProvider(app)
    app.config["MAX_CONTENT_LENGTH"] = served.settings.max_request_bytes
    app.before_request(_begin)
    app.after_request(_finish)
    app.teardown_request(lambda _problem: _end_work(failed=True))
    app.register_error_handler(Refusal, lambda r: problem_answer(r.code, r.status, r.data))
    app.register_error_handler(HTTPException, http_problem)
    for unfit in (DataError, OverflowError):  # what no column holds: a NUL in a text, a number out of range
        app.register_error_handler(unfit, lambda _: problem_answer(422, "invalid_input"))
    app.register_error_handler(Exception, surprise)


def _begin() -> None:
    g.started, g.request_id, g.csp_nonce = time.perf_counter(), uuid4().hex[:12], ""


def _finish(response: Response) -> Response:
    try:
        _end_work(failed=response.status_code >= 400)
    except Refusal as refusal:  # raised by the database at the very end
        response = app_response(problem_answer(refusal.code, refusal.status, refusal.data))
    _harden(response)
    log.info(
        "%s %s %s %.1fms %s", request.method, masked(request.path), response.status_code,
        (time.perf_counter() - g.get("started", time.perf_counter())) * 1000, g.get("request_id", "-"),
    )  # fmt: skip
    return response


def app_response(answer: Any) -> Response:
    return current_app.make_response(answer)


def masked(path: str) -> str:
    """A path that can be logged: on one line, without the token of a tablet's address."""
    return quote(_TOKEN_IN_PATH.sub(r"\1***", path), safe="/*:@")


def policy(*hosts: str) -> str:
    """What a page may load: from us, and its scripts also from hosts that a setting names."""
    ours_and_theirs = " ".join(("'self'", *hosts))
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        f"connect-src {ours_and_theirs}; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


def _harden(response: Response) -> None:
    headers = response.headers
    headers.setdefault("Content-Security-Policy", policy())
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")  # without any, our own forms would say Origin: null
    headers.setdefault("X-Frame-Options", "DENY")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
    if request.is_secure:
        headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
    if not request.path.startswith("/static/"):
        headers.setdefault("Cache-Control", "no-store")


def problem_answer(code: int, status: str, errors: Any = None) -> Any:
    """A refusal in one shape: JSON for programs, a page for people."""
    _end_work(failed=True)
    log.info("refused %s %s %s", code, status, g.get("request_id", "-"))
    if not has_request_context() or request.path.startswith(("/api/", "/openrosa/", "/tablet/")):
        return jsonify({"code": code, "status": status, "errors": errors or {}}), code
    return render_template("error.html", code=code, status=status, errors=errors or {}), code


def http_problem(problem: HTTPException) -> Any:
    if problem.code and problem.code < 400:
        return problem
    detail = getattr(problem, "data", None) or {}
    errors = detail.get("messages") or getattr(problem, "exc", None) or {}
    name = "invalid_input" if problem.code == 422 else re.sub(r"\W+", "_", problem.name.lower())
    answer = app_response(
        problem_answer(problem.code or 500, name, errors if isinstance(errors, dict) else {})
    )
    for header, value in problem.get_headers():
        if header.lower() not in ("content-type", "content-length"):
            answer.headers[header] = value
    return answer


def _trace(problem: BaseException) -> Iterator[str]:
    if before := problem.__cause__ or problem.__context__:
        yield from _trace(before)
    yield from traceback.format_tb(problem.__traceback__)
    yield f"{type(problem).__name__}\n"


def surprise(problem: Exception) -> Any:
    """An error of ours: the log has the trace, the caller has a number to name.

    The trace goes without messages: those of a database hold whole rows, others what somebody typed.
    """
    log.error("surprise %s\n%s", g.get("request_id", "-"), "".join(_trace(problem)))
    return problem_answer(500, "internal_error", {"request_id": g.get("request_id", "-")})
