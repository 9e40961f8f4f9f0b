"""Fields of the API that every domain shares."""

from base64 import b64decode
from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError, fields, validate

from backend.core.errors import PersonalNumberFound
from backend.core.personal_numbers import find


class FreeText(fields.String):
    """Words of a person. A resident ID or a mobile number in them is refused, not stored."""

    def __init__(self, *, min_length: int = 0, max_length: int = 2000, **options: Any) -> None:
        super().__init__(validate=validate.Length(min=min_length, max=max_length), **options)

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> str:
        text: str = super()._deserialize(value, attr, data, **kwargs)
        if spans := find(text):
            raise PersonalNumberFound(field=attr, kinds=sorted({span.kind for span in spans}))
        return text


class Base64(fields.Field[bytes]):
    """A file as base64, `largest` bytes at most."""

    def __init__(self, *, largest: int, **options: Any) -> None:
        super().__init__(**options)
        self.largest = largest
        self.metadata = {**self.metadata, "type": "string", "format": "byte"}

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **_: Any) -> bytes:
        try:
            content = b64decode(value, validate=True)
        except (ValueError, TypeError):
            raise ValidationError("give a file as base64") from None
        if not 0 < len(content) <= self.largest:
            raise ValidationError(f"a file has at most {self.largest} bytes")
        return content
