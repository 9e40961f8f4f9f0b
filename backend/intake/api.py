"""HTTP doors of intake."""

from backend.intake.openrosa import install

__all__ = ["install"]
