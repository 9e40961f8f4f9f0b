"""Schools and kindergartens (保护对象), and the sites that are none but stand in the register."""

from datetime import date, datetime

import shapely
from sqlalchemy import CheckConstraint, Date, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from backend.core.db import Base, UtcDateTime
from backend.core.places import Provenance
from backend.core.spatial import Geometry

SITE_KINDS = ("primary", "middle", "vocational", "special", "specialised", "kindergarten", "other")


class Site(Provenance, Base):
    """One campus. `place` is its outline (a polygon) where known, else its gates (points), else one point."""

    __tablename__ = "sites"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(255), unique=True)
    name: Mapped[str | None] = mapped_column(String(255))  # nothing = unnamed, known by its ref
    kind: Mapped[str] = mapped_column(String(16))
    address: Mapped[str | None] = mapped_column(String(512))
    district_text: Mapped[str | None] = mapped_column(String(128))  # the district that its own text names
    area_code: Mapped[str | None] = mapped_column(String(16), index=True)  # the smallest area that holds it
    place: Mapped[shapely.Geometry] = mapped_column(Geometry)
    gates: Mapped[shapely.MultiPoint | None] = mapped_column(Geometry)  # beside an outline or a point
    opened_on: Mapped[date | None] = mapped_column(Date)
    closed_on: Mapped[date | None] = mapped_column(Date)
    version: Mapped[int] = mapped_column(default=1)  # counts the changes of this row
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        CheckConstraint(f"kind IN {SITE_KINDS!r}", name="kind"),
        CheckConstraint("accuracy_m >= 0", name="accuracy_not_negative"),
        Index("ix_sites_name", "name"),
        Index("ix_sites_accuracy_m", "accuracy_m"),  # the worst one says how far a search must reach
    )

    @property
    def has_outline(self) -> bool:
        return self.place.geom_type in ("Polygon", "MultiPolygon")

    @property
    def known_gates(self) -> shapely.MultiPoint | None:
        """The gates, also where nothing else is known of the site."""
        return self.place if self.place.geom_type == "MultiPoint" else self.gates
