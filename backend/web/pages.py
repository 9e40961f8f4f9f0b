"""All pages of the desk; each module adds its own to the blueprint `pages`."""

from backend.web import (
    audit,
    check_codes,
    classification,
    desk,
    devices,
    people,
    problems,
    proposals,
    rescues,
    sign_in,
    sites,
    task_new,
    task_tables,
    tasks,
    today,
    venues,
    visits,
)
from backend.web.shell import install

__all__ = [
    "audit",
    "check_codes",
    "classification",
    "desk",
    "devices",
    "install",
    "people",
    "problems",
    "proposals",
    "rescues",
    "sign_in",
    "sites",
    "task_new",
    "task_tables",
    "tasks",
    "today",
    "venues",
    "visits",
]
