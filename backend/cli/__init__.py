"""The `humiao` command: one sub-command a deed; arguments in, one call, one line out."""

from backend.cli.main import main

__all__ = ["main"]
