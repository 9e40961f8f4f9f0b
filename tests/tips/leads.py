"""What a tablet sends of a street lead, as docs/tips.md says and without the code that reads it."""

import io
import json
from typing import Any
from uuid import uuid4

from flask import Flask
from PIL import Image

from tests.accounts.enrolling import TabletKey, add_tablet
from tests.intake.rescue_files import sha256, text

TEXT = "门口没有人查验证件"
AT_THE_GATE = {"lon": 121.4716, "lat": 31.2304, "accuracy_m": 8.0, "crs": "wgs84"}


def photo(
    *, size: tuple[int, int] = (64, 48), left: str = "red", right: str = "blue", **options: Any
) -> bytes:
    """A picture of two halves; `exif` in the options is what a camera noted."""
    picture, out = Image.new("RGB", size, left), io.BytesIO()
    picture.paste(Image.new("RGB", (size[0] // 2, size[1]), right), (size[0] - size[0] // 2, 0))
    picture.save(out, "JPEG", quality=95, **options)
    return out.getvalue()


def record(uuid: str = "", photos: tuple[bytes, ...] = (), **said: Any) -> str:
    listed = [
        {"name": f"{number}.jpg", "size": len(one), "sha256": sha256(one), "minor_possible": True,
         "clear_areas": []}
        for number, one in enumerate(photos, 1)
    ]  # fmt: skip
    known = {
        "id": uuid or str(uuid4()), "kind": "internet_cafe", "seen_at": "2026-11-20T10:00:00.000+08:00",
        "text": TEXT, "position": AT_THE_GATE, "pictures": listed,
    }  # fmt: skip
    return json.dumps(known | said, ensure_ascii=False)


class Sender:
    """A tablet of an officer with a key of its own."""

    def __init__(self, app: Flask, user_id: int | None, **columns: Any) -> None:
        self.client, self.key = app.test_client(), TabletKey()
        columns = {"user_id": user_id, "public_key": self.key.public} | columns
        self.device_id, token = add_tablet(app.extensions["humiao"], **columns)
        self.shown = {"Authorization": f"Bearer {token}"}

    def signs(self, said: str, **instead: Any) -> str:
        told = json.loads(said)
        listed = [{name: one[name] for name in ("name", "size", "sha256")} for one in told["pictures"]]
        envelope = {"instance_id": f"lead:{told['id']}", "xml_sha256": sha256(said.encode()), "files": listed}
        envelope |= instead
        message = json.dumps(envelope, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
        return json.dumps(envelope | {"signature": text(self.key.sign(b"humiao-envelope-v1\n" + message))})

    def sends(self, said: str, signature: str | None = None) -> Any:
        body = {"record": said, "signature": self.signs(said) if signature is None else signature}
        return self.client.post("/tablet/leads", json=body, headers=self.shown)

    def sends_picture(self, said: str, content: bytes, name: str = "1.jpg") -> Any:
        address = f"/tablet/leads/{json.loads(said)['id']}/pictures/{name}"
        return self.client.post(address, data=content, headers=self.shown)

    def asks(self, said: str) -> Any:
        return self.client.get(f"/tablet/leads/{json.loads(said)['id']}", headers=self.shown)
