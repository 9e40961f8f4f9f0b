"""All pages of the desk; each module adds its own to the blueprint `pages`."""

from backend.web import audit, desk, people, problems, sign_in, sites, venues, visits
from backend.web.shell import install

__all__ = ["audit", "desk", "install", "people", "problems", "sign_in", "sites", "venues", "visits"]
