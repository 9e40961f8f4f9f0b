"""Every setting once: its name, type, default and why. Set one through the environment as HUMIAO_<NAME>."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, get_args, get_type_hints

_LONGEST_SHARING_S = 120.0  # well below the ten minutes for which a message is on its way
_TRUE, _FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}


class SettingInvalid(ValueError):
    """A setting cannot be read; the message names it and says what it takes."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a deployment decides. Times are seconds unless the name says otherwise."""

    database_url: Annotated[str, "SQLite in var unless set, or postgresql+psycopg://… with PostGIS"] = ""
    var_dir: Annotated[Path, "sealed files and the audit head"] = Path("var")
    keys_dir: Annotated[Path | None, "the keys: var/keys unless set, better on another disk"] = None
    public_url: Annotated[str, "the address that browsers and tablets use"] = "http://127.0.0.1:8000"
    trusted_proxies: Annotated[int, "how many TLS proxies stand in front and set X-Forwarded-*"] = 0

    unstated_accuracy_m: Annotated[float, "position error where nobody stated one"] = 50.0
    extent_without_outline_m: Annotated[float, "how far a campus known by a point or gates may reach"] = 150.0
    children_day_counts: Annotated[bool, "whether 1 June counts for arcades: unsettled in law"] = False

    session_idle_s: Annotated[int, "a desk left alone signs out"] = 30 * 60
    session_absolute_s: Annotated[int, "a working day at most"] = 12 * 3600
    password_attempts: Annotated[int, "failures before an account is locked for unknown browsers"] = 5
    password_lock_s: Annotated[int, "how long such a lock lasts"] = 30 * 60
    basic_memory_s: Annotated[int, "how long a verified password is remembered, as a keyed hash"] = 300

    clock_skew_s: Annotated[int, "device and server time may differ by this much unflagged"] = 300
    late_hours: Annotated[int, "a form sent later than this after it was filled in is flagged"] = 72
    far_from_venue_m: Annotated[float, "a visit filled in farther from its venue is flagged"] = 300.0
    plausible_answer_s: Annotated[float, "a form filled in faster than this for each answer is flagged"] = 3.0
    same_answers: Annotated[int, "a form with so many answers, all alike, is flagged"] = 10
    same_visits: Annotated[int, "so many visits in a row with the same answers and counts are flagged"] = 5
    fastest_kmh: Annotated[float, "an officer who got from one visit to the next faster is flagged"] = 130.0
    picture_years: Annotated[int, "how far back photos are compared with those of the same agency"] = 2
    alike_days: Annotated[int, "tips of one kind and place so close together may be about the same"] = 30
    visits_apart_days: Annotated[int, "planning warns of two visits to one business closer than this"] = 30
    freeze_after_days: Annotated[
        int, "a quarter is told to other areas, for good, when it is over for so long: late visits arrive"
    ] = 30
    max_xml_bytes: Annotated[int, "the largest filled form"] = 4 * 2**20
    max_file_bytes: Annotated[int, "the largest single attachment"] = 64 * 2**20
    max_request_bytes: Annotated[int, "the largest request"] = 256 * 2**20
    max_parts: Annotated[int, "parts of one submission request"] = 128
    package_hours: Annotated[int, "how long a tablet may work with a package; 72 at most"] = 24
    max_upload_bytes: Annotated[int, "the largest attachment that arrives by resumable upload"] = 256 * 2**20
    max_open_uploads: Annotated[int, "resumable uploads that one sender may have under way"] = 128
    upload_days: Annotated[int, "how long a resumable upload waits for its rest, or for its form"] = 7
    max_rescue_bytes: Annotated[int, "the largest rescue file"] = 2 * 2**30
    max_rescue_sections: Annotated[int, "forms, attachments and drafts in one rescue file"] = 2000
    max_rescue_manifest_bytes: Annotated[int, "the longest list of what a rescue file holds"] = 2 * 2**20
    collect_door: Annotated[bool, "whether ODK Collect may come in; our own tablets come by /tablet"] = True
    unseal_minutes: Annotated[int, "how long sealed content stays open after the second person agreed"] = 30

    sharing_hosts: Annotated[str, "hosts that messages may go to, by commas; nowhere unless set"] = ""
    sharing_networks: Annotated[str, "networks that are not public and may be reached: 10.1.0.0/16, …"] = ""
    sharing_ca: Annotated[Path | None, "certificates (PEM) trusted for receivers beside the usual"] = None
    sharing_timeout_s: Annotated[float, "how long a receiver may take for everything, 120 at most"] = 20.0
    sharing_tries: Annotated[
        int, "how often a message is tried, ever further apart, before it is given up"
    ] = 10

    basemap: Annotated[Path | None, "a PMTiles file beneath the map; unset: our own areas and roads"] = None
    tianditu_key: Annotated[str, "Tianditu beneath the map of desks: the one host besides us"] = ""

    def __post_init__(self) -> None:
        if self.basemap and self.tianditu_key:
            raise SettingInvalid(
                "HUMIAO_BASEMAP and HUMIAO_TIANDITU_KEY: one map lies beneath, set one of them"
            )
        if not 0 < self.sharing_timeout_s <= _LONGEST_SHARING_S:
            raise SettingInvalid(f"HUMIAO_SHARING_TIMEOUT_S: above 0, at most {_LONGEST_SHARING_S:g}")
        if self.sharing_tries < 1:
            raise SettingInvalid("HUMIAO_SHARING_TRIES: 1 at least")

    @classmethod
    def from_env(cls, environ: Mapping[str, str] = os.environ) -> "Settings":
        """Read HUMIAO_* variables; what is absent keeps its default."""
        kinds = {name: get_args(hint)[0] for name, hint in get_type_hints(cls, include_extras=True).items()}
        named = {name: f"HUMIAO_{name.upper()}" for name in kinds}
        return cls(**{n: _read(v, environ[v], kinds[n]) for n, v in named.items() if v in environ})

    @property
    def database(self) -> str:
        """The address of the database."""
        return self.database_url or f"sqlite:///{self.var_dir}/humiao.db"

    @property
    def keys(self) -> Path:
        """Where the keys are."""
        return self.keys_dir or self.var_dir / "keys"


def _read(variable: str, text: str, kind: Any) -> Any:
    try:
        if kind is bool:
            if text.lower() not in _TRUE | _FALSE:
                raise ValueError
            return text.lower() in _TRUE
        return kind(text) if kind in (int, float, str) else Path(text)
    except ValueError:
        raise SettingInvalid(f"{variable}={text!r}: expected {kind.__name__}") from None
