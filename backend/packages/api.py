"""HTTP doors of packages: a tablet takes one, and anybody may know the key by which it is known."""

from base64 import b64encode
from datetime import UTC, datetime
from typing import Any

from flask import Response
from flask_smorest import Blueprint
from marshmallow import Schema, fields, validate

from backend.accounts.rules import Role
from backend.accounts.tablets import current_tablet, requires_tablet
from backend.core.fields import FreeText
from backend.core.web import deployment
from backend.packages import actions

blp = Blueprint("packages", __name__, url_prefix="/api/v1", description="What a tablet takes along")
CONTENT_TYPE = "application/vnd.humiao.package"


class PackageAsked(Schema):
    since = fields.String(
        load_default="",
        validate=validate.Length(max=80),
        metadata={"description": "the version that the tablet has: only what it lacks is sent"},
    )
    app_version = FreeText(load_default="", max_length=32)


class KeyOut(Schema):
    algorithm = fields.String()
    public_key = fields.String(metadata={"description": "SPKI in base64"})


@blp.route("/package")
@requires_tablet(Role.INSPECTOR)
@blp.arguments(PackageAsked, location="query")
@blp.response(200, content_type=CONTENT_TYPE)
def package(asked: dict[str, Any]) -> Response:
    """Take a package: the register of one's areas, forms and the law in brief, signed and good for a day"""
    taken = actions.take(deployment(), current_tablet(), **asked, now=datetime.now(UTC))
    return Response(taken.content, content_type=CONTENT_TYPE)


@blp.route("/package/key")
@blp.response(200, KeyOut)
def package_key() -> Any:
    """Give the public key of packages: ECDSA P-256 with SHA-256, signatures of 64 bytes"""
    public = b64encode(deployment().keys.package_public).decode()
    return {"algorithm": "ECDSA P-256 SHA-256", "public_key": public}
