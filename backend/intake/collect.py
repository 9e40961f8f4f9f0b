"""ODK Collect configured by a square on the screen: which server, sent by itself, nothing kept.

Collect reads the settings as JSON, packed by zlib and written in base64; what they leave out is its default.
"""

import json
import zlib
from base64 import b64encode
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from backend.accounts import actions
from backend.accounts.models import Device
from backend.core.errors import PersonalNumberFound
from backend.core.personal_numbers import find
from backend.core.settings import Settings
from backend.core.spoken import by_chance
from backend.intake.errors import CollectDoorClosed

_KEPT_FROM_OFFICERS = (  # what the admin password guards
    "change_server", "change_autosend", "delete_after_send", "form_update_mode",
    "periodic_form_updates_check", "automatic_update", "delete_saved", "get_blank",
)  # fmt: skip


def admit(
    session: Session, settings: Settings, *, name: str, days: int, by: str, now: datetime, **whose: Any
) -> tuple[Device, dict[str, Any]]:
    """Admit a tablet with ODK Collect. Returns it and Collect's settings, which hold its token and password.

    Raises CollectDoorClosed where this deployment lets no Collect in.
    """
    if not settings.collect_door:
        raise CollectDoorClosed()
    if find(name):
        raise PersonalNumberFound(device_name="personal_number")
    expires_at = now + timedelta(days=days)
    device, token = actions.add_device(session, name=name, expires_at=expires_at, **whose, by=by, now=now)
    password = by_chance(12)
    address = f"{settings.public_url}/openrosa/key/{token}"
    return device, collect_settings(address, name=name, admin_password=password)


def collect_settings(address: str, *, name: str, admin_password: str) -> dict[str, Any]:
    """The settings of one tablet, by the names that Collect gives them."""
    return {
        "general": {
            "server_url": address,
            "form_update_mode": "match_exactly",
            "periodic_form_updates_check": "every_fifteen_minutes",
            "autosend": "wifi_and_cellular",
            "delete_send": True,
        },
        "admin": {"admin_pw": admin_password} | dict.fromkeys(_KEPT_FROM_OFFICERS, False),
        "project": {"name": f"护苗 {name}", "icon": "护", "color": "#1d4e89"},
    }


def packed(settings: dict[str, Any]) -> str:
    """The settings as the square holds them."""
    return b64encode(zlib.compress(json.dumps(settings, ensure_ascii=False).encode(), 9)).decode()
