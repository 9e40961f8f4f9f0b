"""Every setting once: its name, its default, and why. Set one through the environment as HUMIAO_<NAME>."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any


def _setting(default: Any, why: str) -> Any:
    return field(default=default, metadata={"why": why})


class SettingInvalid(ValueError):
    """A setting cannot be read; the message names it and says what it takes."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a deployment decides. Durations are seconds unless the name says otherwise."""

    database_url: str = _setting(
        "sqlite:///var/humiao.db", "SQLite, or postgresql+psycopg://… (with PostGIS)"
    )
    var_dir: Path = _setting(Path("var"), "sealed files, logs and the audit head")
    keys_dir: Path | None = _setting(None, "the keys; default var/keys, better on another disk")
    rulebook_dir: Path | None = _setting(
        None, "further rulebook rows of the owner (YAML), e.g. a delegated radius"
    )
    public_url: str = _setting("http://127.0.0.1:8000", "the address that browsers and tablets use")
    trusted_proxies: int = _setting(0, "how many TLS proxies stand before the server and set X-Forwarded-*")

    unstated_accuracy_m: float = _setting(50.0, "position error where nobody stated one; 0 only when stated")
    extent_without_outline_m: float = _setting(150.0, "how far a campus known by a point or gates may reach")
    children_day_counts: bool = _setting(
        False, "whether 1 June is a statutory day for arcades: unsettled in law"
    )

    session_idle_s: int = _setting(30 * 60, "a desk left alone signs out")
    session_absolute_s: int = _setting(12 * 3600, "a working day at most")
    password_attempts: int = _setting(5, "failures before an account is locked for unknown browsers")
    password_lock_s: int = _setting(30 * 60, "how long such a lock lasts")
    basic_memory_s: int = _setting(
        300, "how long a verified password of a tablet is remembered (as a keyed hash)"
    )

    clock_skew_s: int = _setting(300, "device and server time may differ by this much before it is flagged")
    max_xml_bytes: int = _setting(4 * 2**20, "the largest filled form")
    max_file_bytes: int = _setting(64 * 2**20, "the largest single attachment")
    max_request_bytes: int = _setting(256 * 2**20, "the largest submission request")
    max_parts: int = _setting(128, "parts of one submission request")
    unseal_minutes: int = _setting(30, "how long sealed content stays open after the second person agreed")

    @classmethod
    def from_env(cls, environ: Mapping[str, str] = os.environ) -> "Settings":
        """Read HUMIAO_* variables; what is absent keeps its default."""
        given = {
            f.name: environ[f"HUMIAO_{f.name.upper()}"]
            for f in fields(cls)
            if f"HUMIAO_{f.name.upper()}" in environ
        }
        return cls(**{name: _read(name, text, cls) for name, text in given.items()})

    @property
    def keys(self) -> Path:
        return self.keys_dir or self.var_dir / "keys"


_TRUE, _FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}


def _read(name: str, text: str, cls: type) -> Any:
    kind = str(next(f.type for f in fields(cls) if f.name == name))
    try:
        if "bool" in kind:
            if text.lower() not in _TRUE | _FALSE:
                raise ValueError
            return text.lower() in _TRUE
        if "Path" in kind:
            return Path(text)
        return int(text) if "int" in kind else float(text) if "float" in kind else text
    except ValueError:
        raise SettingInvalid(f"HUMIAO_{name.upper()}={text!r}: expected {kind.strip('<>')}") from None
