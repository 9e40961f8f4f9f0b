"""Every room's tables in one place, for migrations and for whoever needs all of them."""

import importlib
import importlib.util

from backend.core import audit, deployment, sealed  # noqa: F401

for room in (
    "accounts",
    "imports",
    "rulebook",
    "protected_sites",
    "venues",
    "screening",
    "inspections",
    "intake",
):
    if importlib.util.find_spec(f"backend.{room}") and importlib.util.find_spec(f"backend.{room}.models"):
        importlib.import_module(f"backend.{room}.models")
