"""How a position came to be known: part of every row that has one, so that an error can be traced."""

from datetime import date

from sqlalchemy import Date, String
from sqlalchemy.orm import Mapped, mapped_column


class Provenance:
    """Columns beside a geometry: where it came from, in which reference, how exact."""

    source: Mapped[str | None] = mapped_column(String(255))
    source_crs: Mapped[str | None] = mapped_column(
        String(32)
    )  # as the importer stated it: gcj02, EPSG:4549 ...
    capture: Mapped[str | None] = mapped_column(String(32))  # import, survey, device ...
    accuracy_m: Mapped[float | None]  # nothing = nobody stated one
    surveyed_on: Mapped[date | None] = mapped_column(Date)
