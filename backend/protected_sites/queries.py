"""Looking up protected sites."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Float, Row, Select, and_, bindparam, func, or_, select, true
from sqlalchemy.orm import Session

from backend.accounts.rules import Role
from backend.accounts.scope import Scope, area_condition, begins_with
from backend.core import spatial
from backend.core.errors import NotFound
from backend.protected_sites.models import Site

NEAR = (
    Site.id, Site.ref, Site.name, Site.kind, Site.address, Site.area_code, Site.place, Site.gates,
    Site.accuracy_m, Site.opened_on, Site.closed_on, Site.version,
)  # fmt: skip
_SIDES = ("west", "south", "east", "north")
_statements: dict[str, Select[Any]] = {}


def visible(scope: Scope) -> ColumnElement[bool]:
    """Sites of the caller's areas; of these a school's reporter sees that school."""
    mine = Site.id == scope.site_id if scope.role is Role.REPORTER else true()
    return and_(area_condition(scope, Site.area_code), mine)


def site(session: Session, scope: Scope, site_id: int, *, to_change: bool = False) -> Site:
    """A site in scope; NotFound for all others. Whoever wants to change it waits for whoever does."""
    chosen = select(Site).where(Site.id == site_id, visible(scope))
    found = session.scalar(chosen.with_for_update() if to_change else chosen)
    if found is None:
        raise NotFound(site_id=site_id)
    return found


def list_sites(
    session: Session,
    scope: Scope,
    *,
    kind: str | None = None,
    area: str = "",
    text: str = "",
    offset: int = 0,
    limit: int = 20,
) -> tuple[list[Site], int]:
    """Sites in scope and how many there are; `text` is part of a name or an address."""
    chosen = select(Site).where(visible(scope))
    if kind:
        chosen = chosen.where(Site.kind == kind)
    if area:
        chosen = chosen.where(begins_with(Site.area_code, area))
    if text:
        chosen = chosen.where(
            or_(*(column.contains(text, autoescape=True) for column in (Site.name, Site.address)))
        )
    total = session.scalar(select(func.count()).select_from(chosen.order_by(None).subquery())) or 0
    return list(session.scalars(chosen.order_by(Site.id).offset(offset).limit(limit))), total


def sites_near(session: Session, lon: float, lat: float, metres: float) -> Sequence[Row[Any]]:
    """Every site whose place or gates may lie within `metres` of a point: the columns NEAR, in order of ids.

    Some farther ones may be among them, none nearer is left out. Costs the same among 8,000 and 80,000 sites.
    """
    box = dict(zip(_SIDES, spatial.around(lon, lat, metres), strict=True))
    return session.connection().execute(_near(session), box).all()


def _near(session: Session) -> Select[Any]:
    """The statement is built once: building it costs three times as much as running it."""
    dialect = session.get_bind().dialect.name
    if dialect not in _statements:
        box = tuple(bindparam(side, type_=Float) for side in _SIDES)
        touching = (spatial.inside(session, column, box) for column in (Site.place, Site.gates))
        _statements[dialect] = select(*NEAR).where(or_(*touching)).order_by(Site.id)
    return _statements[dialect]


def names_of(session: Session, site_ids: Iterable[int]) -> dict[int, str | None]:
    """The names of sites by id, for lists of things that were measured to them."""
    found = session.execute(select(Site.id, Site.name).where(Site.id.in_(list(site_ids))))
    return {row.id: row.name for row in found}
