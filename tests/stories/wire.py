"""Requests of test clients, sent over HTTP to a server that runs."""

from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

from werkzeug.datastructures import EnvironHeaders

LIMIT_S = 60


class Wire:
    """A WSGI application that asks another one, at an address."""

    def __init__(self, address: str) -> None:
        self._address = urlsplit(address).netloc

    def __call__(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        line = HTTPConnection(self._address, timeout=LIMIT_S)
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        line.request(environ["REQUEST_METHOD"], environ["REQUEST_URI"], body, dict(EnvironHeaders(environ)))
        came = line.getresponse()
        start_response(f"{came.status} {came.reason}", came.getheaders())
        said = came.read()
        line.close()
        return [said]
