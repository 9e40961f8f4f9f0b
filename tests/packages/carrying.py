"""A tablet that takes packages: it verifies what comes and keeps it, as docs/package.md says."""

import gzip
import hashlib
from base64 import b64decode
from typing import Any

import orjson
from flask import Flask

from backend.accounts.device_keys import is_signed

Rows = dict[int, dict[str, Any]]


def read(package: bytes, key: bytes) -> tuple[dict[str, Any], list[tuple[dict[str, Any], Any]]]:
    """The manifest, and each section with its description. Raises AssertionError if it is not as signed."""
    head, _, rest = package.partition(b"\n")
    said = orjson.loads(head)
    manifest, signature = b64decode(said["manifest"]), b64decode(said["signature"])
    assert is_signed(key, signature, manifest), "not signed with this key"
    described, sections = orjson.loads(manifest), []
    for one in described["sections"]:
        packed, rest = rest[: one["bytes"]], rest[one["bytes"] :]
        assert hashlib.sha256(packed).hexdigest() == one["sha256"], one["name"]
        sections.append((one, orjson.loads(gzip.decompress(packed))))
    assert not rest
    return described, sections


class Carrier:
    """What a tablet holds, and how it asks for the rest."""

    def __init__(self, app: Flask, token: str) -> None:
        self.client, self.shown = app.test_client(), {"Authorization": f"Bearer {token}"}
        self.version, self.held, self.size = "", {}, 0
        self.manifest: dict[str, Any] = {}

    def ask(self, **asked: Any) -> Any:
        return self.client.get("/api/v1/package", query_string=asked, headers=self.shown)

    def take(self, since: str | None = None, **asked: Any) -> list[tuple[str, str]]:
        """Take a package and put it to what is held; returns names and kinds of its sections."""
        answer = self.ask(since=self.version if since is None else since, **asked)
        assert answer.status_code == 200, answer.text
        key = b64decode(self.client.get("/api/v1/package/key").json["public_key"])
        self.size, (self.manifest, sections) = len(answer.data), read(answer.data, key)
        self.version = self.manifest["version"]
        for described, content in sections:
            self._put(described, content)
        return [(one["name"], one["kind"]) for one, _ in sections]

    def _put(self, described: dict[str, Any], content: Any) -> None:
        name = described["name"]
        if name not in ("venues", "sites", "visits"):
            self.held[name] = content
            return
        columns = content["rows"]
        rows = [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]
        fresh: Rows = {row["id"]: row for row in rows}
        known = {} if described["kind"] == "full" else self.held[name]
        gone = set(content.get("gone", ()))
        self.held[name] = {id_: row for id_, row in (known | fresh).items() if id_ not in gone}
        if name == "venues" and "visits" in self.held:  # who goes takes their visits along
            self.held["visits"] = {
                id_: row for id_, row in self.held["visits"].items() if id_ in self.held["venues"]
            }
