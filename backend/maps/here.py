"""From a place on the map to what happened there: the visits, and from each to its signed record."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from backend.accounts.scope import begins_with
from backend.inspections.models import Visit
from backend.maps.chosen import Chosen, own_visits
from backend.maps.queries import Looking
from geodata.hotspots import finest_within


def visits_here(
    session: Session,
    looking: Looking,
    chosen: Chosen,
    *,
    cell: int | None = None,
    area: str = "",
    offset: int = 0,
    limit: int = 20,
) -> tuple[list[Visit], int]:
    """The visits that a cell or an area counts and that the reader may open, those that found most first."""
    where = own_visits(session, looking.settings, looking.scope, chosen, looking.today)
    here = begins_with(Visit.area_code, area) if cell is None else Visit.cell.between(*finest_within(cell))
    wanted = select(Visit).where(where, here)
    total = session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    page = wanted.order_by(Visit.found.desc(), Visit.id.desc()).offset(offset).limit(limit)
    return list(session.scalars(page.options(selectinload(Visit.flags)))), total
