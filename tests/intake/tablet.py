"""What a tablet sends: filled forms with attachments, as multipart."""

import base64
from datetime import UTC, datetime, timedelta
from typing import Any
from xml.etree import ElementTree as Xml

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from backend.core.days import SHANGHAI
from backend.core.deployment import Deployment
from backend.intake import filer
from tests.forms.samples import cafe_submission
from tests.people import PASSWORD

SIGNATURES = {name: name.encode() for name in ("person.png", "officer1.png", "officer2.png")}
FORM_DATA = "multipart/form-data; boundary=limit"
NOW = datetime(2026, 11, 20, 2, 30, tzinfo=UTC)


def basic(login: str, password: str = PASSWORD) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"{login}:{password}".encode()).decode()}


class Tablet:
    """Sends to one door, by Basic or by an address of its own."""

    def __init__(self, client: FlaskClient, *, login: str | None = None, token: str | None = None) -> None:
        self.client, self.headers = client, basic(login) if login else {}
        self.base = f"/openrosa/key/{token}" if token else "/openrosa"

    def get(self, path: str, **headers: str) -> TestResponse:
        return self.client.get(
            path if path.startswith("/openrosa") else self.base + path, headers=self.headers | headers
        )

    def send(self, xml: bytes, files: dict[str, bytes] | None = None, **headers: str) -> TestResponse:
        return self.send_raw(xml, list((files or {}).items()), **headers)

    def send_raw(
        self,
        xml: bytes,
        files: list[tuple[str, bytes]],
        *,
        fields: dict[str, str] | None = None,
        cut: int = 0,
        **headers: str,
    ) -> TestResponse:
        """Any names, in any order, without the last `cut` bytes."""
        return self.client.post(
            f"{self.base}/submission",
            data=(body := form_data(xml, files, fields or {}))[: len(body) - cut],
            content_type=FORM_DATA,
            headers=self.headers | headers,
        )


def form_data(xml: bytes, files: list[tuple[str, bytes]], fields: dict[str, str] | None = None) -> bytes:
    parts = [_part("xml_submission_file", xml, "filled.xml")]
    parts += [_part(name, content, name) for name, content in files]
    parts += [_part(name, text.encode()) for name, text in (fields or {}).items()]
    return b"".join(parts) + b"--limit--\r\n"


def _part(name: str, content: bytes, filename: str = "") -> bytes:
    told = f'; filename="{filename}"' if filename else ""
    head = f'--limit\r\nContent-Disposition: form-data; name="{name}"{told}\r\n\r\n'
    return head.encode() + content + b"\r\n"


def just_now(**said: Any) -> bytes:
    """A checklist of today that was filled in a moment ago.

    Just after midnight it was begun now and ends in four minutes, which is within what clocks may differ.
    """
    begun, ended = datetime.now(SHANGHAI) - timedelta(minutes=12), datetime.now(SHANGHAI)
    if begun.date() != ended.date():
        begun, ended = ended, ended + timedelta(minutes=4)
    times = {"start": begun.isoformat("T", "seconds"), "end": ended.isoformat()}
    return cafe_submission(**said | {"answers": times | said.get("answers", {})})


def file_all(deployment: Deployment) -> None:
    while filer.file_waiting(deployment):
        pass


def message(response: TestResponse) -> str:
    return Xml.fromstring(response.data).findtext("{http://openrosa.org/http/response}message") or ""
