"""The areas of a tablet, drawn simply: for the eye, and to say in which of them a place lies."""

import shapely
from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.accounts.models import Area
from backend.accounts.scope import Scope, area_condition
from backend.packages.law import Said
from backend.packages.register import shape_of

SIMPLER = 0.0002  # degrees, about 20 m: a line on a map is no finer


def areas(session: Session, scope: Scope) -> list[Said]:
    """Code, name and simplified outline of each area in scope; no outline where nobody drew one."""
    chosen = select(Area.code, Area.name, Area.place).where(area_condition(scope, Area.code))
    return [
        {"code": row.code, "name": row.name, "outline": shape_of(_simpler(row.place))}
        for row in session.execute(chosen.order_by(Area.code))
    ]


def _simpler(place: shapely.Geometry | None) -> shapely.Geometry | None:
    return None if place is None else shapely.simplify(place, SIMPLER)
