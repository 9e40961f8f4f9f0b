"""Resumable uploads by the tus protocol 1.0.0: core, creation, expiration, checksum.

The doors of OpenRosa lead here too, so senders sign in as they do there. `Upload-Metadata` names the
submission (`instanceID`) and the attachment (`filename`), or the id of a rescue file (`rescue`).
"""

import binascii
from base64 import b64decode
from datetime import UTC, datetime
from typing import Any, cast

from flask import Response, g, request, url_for
from werkzeug.http import http_date

from backend.core.web import deployment
from backend.intake import uploads
from backend.intake.errors import LengthNeeded, UploadKind, UploadUnacceptable, UploadVersion
from backend.intake.models import Upload, UploadState
from backend.intake.waiting import metadata_of

VERSION, KIND = "1.0.0", "application/offset+octet-stream"


def collection() -> Response:
    """Say what is understood here, or begin an upload."""
    if request.method == "OPTIONS":
        return _able()
    _hold_version()
    if "Upload-Defer-Length" in request.headers:
        raise UploadUnacceptable(reason="length_must_be_known")
    upload = uploads.begin(
        deployment(), length=_number("Upload-Length"), metadata=request.headers.get("Upload-Metadata", ""),
        by=g.sender, now=datetime.now(UTC),
    )  # fmt: skip
    token = {} if g.token is None else {"token": g.token}
    where = url_for(".tus_upload", upload_id=upload.public_id, _external=True, **token)
    return _told(Response(status=201, headers={"Location": where}), upload)


def one(upload_id: str) -> Response:
    """Say where to go on, or take the next piece."""
    method = request.headers.get("X-HTTP-Method-Override", request.method).upper()
    if method == "OPTIONS":
        return _able()
    _hold_version()
    served, now = deployment(), datetime.now(UTC)
    with served.reading() as session:
        upload = uploads.find(session, upload_id, g.sender)
        is_open = upload.state == UploadState.OPEN
        metadata = metadata_of(session, upload) if is_open else None
        session.expunge(upload)
    if method == "PATCH":
        offset, code = uploads.take(served, upload, _piece(), now), 204
    elif method == "HEAD":
        offset, code = uploads.offset(served, upload, now), 200
    else:
        raise UploadUnacceptable(reason="method_unknown")
    response = Response(status=code, headers={"Upload-Offset": str(offset), "Cache-Control": "no-store"})
    if method == "HEAD":
        response.headers["Upload-Length"] = str(upload.length)
        if metadata:
            response.headers["Upload-Metadata"] = metadata
    return _told(response, upload) if offset < upload.length else response


def speak(response: Response) -> None:
    """What every answer here says."""
    response.headers["Tus-Resumable"] = VERSION
    if response.status_code == 412:
        response.headers["Tus-Version"] = VERSION


def _able() -> Response:
    settings = deployment().settings
    told = {
        "Tus-Version": VERSION,
        "Tus-Extension": "creation,expiration,checksum",
        "Tus-Checksum-Algorithm": ",".join(uploads.ALGORITHMS),
        "Tus-Max-Size": str(max(settings.max_upload_bytes, settings.max_rescue_bytes)),
    }
    return Response(status=204, headers=told)


def _told(response: Response, upload: Upload) -> Response:
    response.headers["Upload-Expires"] = http_date(upload.expires_at)
    return response


def _hold_version() -> None:
    if request.headers.get("Tus-Resumable") != VERSION:
        raise UploadVersion(version=VERSION)


def _piece() -> uploads.Piece:
    if request.mimetype != KIND:
        raise UploadKind(kind=KIND)
    if request.content_length is None:
        raise LengthNeeded()
    told = request.headers.get("Upload-Checksum")
    algorithm, checksum = _checksum(told) if told else (None, b"")
    length, stream = request.content_length, cast(Any, request.stream)
    return uploads.Piece(_number("Upload-Offset"), length, stream, algorithm, checksum)


def _checksum(told: str) -> tuple[str, bytes]:
    algorithm, _, text = told.partition(" ")
    if algorithm not in uploads.ALGORITHMS:
        raise UploadUnacceptable(reason="checksum_unknown")
    try:
        return algorithm, b64decode(text, validate=True)
    except binascii.Error:
        raise UploadUnacceptable(reason="checksum_unreadable") from None


def _number(header: str) -> int:
    text = request.headers.get(header, "")
    if not (text.isascii() and text.isdigit() and len(text) <= 15):
        raise UploadUnacceptable(reason="number_needed", part=header)
    return int(text)
