"""What a venue's papers say that a screening needs: since when it does something, under which number."""

from datetime import date

from backend.core.settings import Settings
from backend.screening.rules import position_error_m
from backend.venues.models import Venue


def error_of(venue: Venue, settings: Settings) -> float:
    """The error of a venue's position: its own, and how far its footprint reaches."""
    return position_error_m(venue.accuracy_m, unstated_m=settings.unstated_accuracy_m) + venue.extent_m


def begun_on(venue: Venue, activity: str) -> date | None:
    """The day of the first licence for an activity, else the day on which the venue was established."""
    issued = [lic.issued_on for lic in venue.licences if lic.activity == activity and lic.issued_on]
    return min(issued, default=venue.established_on)


def licence_no(venue: Venue, activity: str) -> str | None:
    """The number of the newest licence that may be for an activity: some files do not say for which it is."""
    fitting = [licence for licence in venue.licences if licence.activity in (activity, None)]
    return max(fitting, key=lambda lic: lic.issued_on or date.min).number if fitting else None
