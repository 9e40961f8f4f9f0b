"""The two kinds of rows that a proposal can be about, behind one face."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from backend.proposals import values
from backend.protected_sites.actions import change_site
from backend.protected_sites.queries import site
from backend.venues.actions import change_venue
from backend.venues.queries import venue

Row = Any  # a Venue or a Site


@dataclass(frozen=True, slots=True)
class Target:
    """How rows of one kind are found, changed, and read field by field."""

    column: str
    find: Callable[..., Row]
    change: Callable[..., Row]
    fields_of: Callable[[Row], dict[str, Any]]


TARGETS = {
    "venue": Target("venue_id", venue, change_venue, values.of_venue),
    "site": Target("site_id", site, change_site, values.of_site),
}
