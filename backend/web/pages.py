"""All pages of the desk; each module adds its own to the blueprint `pages`."""

from backend.web import (
    audit,
    classification,
    desk,
    devices,
    people,
    problems,
    proposals,
    retention,
    sign_in,
    sites,
    today,
    venues,
    visits,
)
from backend.web.shell import install

__all__ = [
    "audit",
    "classification",
    "desk",
    "devices",
    "install",
    "people",
    "problems",
    "proposals",
    "retention",
    "sign_in",
    "sites",
    "today",
    "venues",
    "visits",
]
