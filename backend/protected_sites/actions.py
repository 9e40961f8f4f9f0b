"""What can be done to protected sites. The caller owns the transaction; files come in by `imports`."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy.orm import Session

from backend.accounts.areas import area_at
from backend.accounts.scope import Scope
from backend.core import audit
from backend.core.errors import NotAllowed
from backend.core.positions import provenance, to_register
from backend.protected_sites.models import Site


def add_site(session: Session, scope: Scope, said: dict[str, Any], *, by: str, now: datetime) -> Site:
    """Enter a site by hand. Raises NotAllowed if it lies outside the caller's areas, InvalidInput."""
    site = Site(ref=f"by.hand:{uuid4()}", version=1, changed_at=now, **_placed(session, scope, said))
    session.add(site)
    session.flush()
    audit.record(session, "site.add", by=by, subject=f"site:{site.id}")
    return site


def change_site(
    session: Session, scope: Scope, site: Site, said: dict[str, Any], *, by: str, now: datetime
) -> Site:
    """Correct a site: its gates, its outline, its days. Raises NotAllowed, InvalidInput."""
    values = _placed(session, scope, said)
    changed = {name: value for name, value in values.items() if getattr(site, name) != value}
    if changed:
        for name, value in changed.items():
            setattr(site, name, value)
        site.version, site.changed_at = site.version + 1, now
        session.flush()
        audit.record(
            session, "site.change", by=by, subject=f"site:{site.id}", detail={"fields": sorted(changed)}
        )
    return site


def _placed(session: Session, scope: Scope, said: dict[str, Any]) -> dict[str, Any]:
    """What somebody said as columns of a site, its geometry in the register's reference."""
    values = dict(said)
    crs = values.pop("crs", None)
    if values.get("gates"):
        values["gates"], _ = to_register(values["gates"], crs)
    if "place" in values:
        values |= provenance(said)
        values["place"], values["source_crs"] = to_register(values["place"], crs)
        point = values["place"].representative_point()
        values["area_code"] = area_at(session, point.x, point.y)
        if not scope.covers(values["area_code"]):
            raise NotAllowed(area_code=values["area_code"])
    return values
