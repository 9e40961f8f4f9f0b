"""Values of fields: as they are kept with a proposal, as actions take them, and as they are compared."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import shapely

from backend.core.positions import provenance, to_register
from backend.protected_sites.models import Site
from backend.venues.models import Venue

REGISTER = "EPSG:4490"
_WITH_PLACE = ("crs", "source", "capture", "accuracy_m", "surveyed_on")
_DATES = frozenset({"established_on", "opened_on", "closed_on", "issued_on", "expires_on", "surveyed_on"})
_LICENCE = ("activity", "number", "issued_on", "expires_on")
_DECIMALS = 6  # of a degree: about a decimetre


def by_field(said: Mapping[str, Any]) -> dict[str, Any]:
    """What somebody said, one value a field: a position is one together with where it comes from."""
    fields = {name: value for name, value in said.items() if name not in _WITH_PLACE}
    if "place" in fields:
        fields["place"] = {name: said[name] for name in ("place", *_WITH_PLACE) if name in said}
    if "gates" in fields:
        fields["gates"] = {name: said[name] for name in ("gates", "crs") if name in said}
    return fields


def as_said(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Kept values of some fields as an action takes them: the other way round."""
    said: dict[str, Any] = {}
    for name, value in fields.items():
        read = _read(name, value)
        said |= read if name in ("place", "gates") else {name: read}
    return said


def kept(value: Any) -> Any:
    """A value as JSON keeps it."""
    if isinstance(value, shapely.Geometry):
        return kept(shapely.geometry.mapping(value))
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {name: kept(one) for name, one in value.items()}
    return [kept(one) for one in value] if isinstance(value, list | tuple) else value


def _read(name: str, value: Any) -> Any:
    if isinstance(value, Mapping):
        if "type" in value:
            return shapely.geometry.shape(value)
        return {name: _read(name, one) for name, one in value.items()}
    if isinstance(value, list):
        return [_read(name, one) for one in value]
    return date.fromisoformat(value) if name in _DATES and value else value


def of_venue(venue: Venue) -> dict[str, Any]:
    """Every field of a venue as it would be kept."""
    licences = [{name: getattr(licence, name) for name in _LICENCE} for licence in venue.licences]
    plain = ("name", "address", "operator_name", "credit_code", "established_on")
    return kept(  # type: ignore[no-any-return]
        {name: getattr(venue, name) for name in plain}
        | {"activities": sorted(one.activity for one in venue.activities), "licences": licences}
        | {"place": _place(venue, venue.place if venue.footprint is None else venue.footprint)}
    )


def of_site(site: Site) -> dict[str, Any]:
    """Every field of a site as it would be kept."""
    plain = ("name", "address", "kind", "opened_on", "closed_on")
    gates = {"gates": site.gates, "crs": REGISTER}
    return kept(  # type: ignore[no-any-return]
        {name: getattr(site, name) for name in plain} | {"place": _place(site, site.place), "gates": gates}
    )


def _place(row: Any, shape: shapely.Geometry | None) -> dict[str, Any]:
    known = {name: getattr(row, name) for name in _WITH_PLACE[1:]}
    return {"place": shape, "crs": REGISTER} | known


def geometry(value: Mapping[str, Any] | None) -> shapely.Geometry | None:
    """The geometry of a kept place or gates, in the register's reference. Raises InvalidInput."""
    shape = value and (value.get("place") or value.get("gates"))
    if not value or not shape:
        return None
    return to_register(shapely.geometry.shape(shape), value.get("crs"))[0]


def comparable(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Kept values so that equal ones are equal, however they were written. Raises InvalidInput."""
    return {name: _comparable(name, value) for name, value in fields.items()}


def _comparable(name: str, value: Any) -> Any:
    if name in ("place", "gates"):
        shape = geometry(value)
        corners = None if shape is None else np.round(shapely.get_coordinates(shape), _DECIMALS).tolist()
        return shape and shape.geom_type, corners, value and value.get("accuracy_m")
    if name == "activities":
        return frozenset(value)
    if name == "licences":
        return frozenset(tuple(licence.get(part) for part in _LICENCE) for licence in value)
    return value


def check(fields: Mapping[str, Any]) -> None:
    """Refuse a position that nobody could enter. Raises InvalidInput."""
    if "place" in fields:
        provenance(fields["place"])
    comparable(fields)
