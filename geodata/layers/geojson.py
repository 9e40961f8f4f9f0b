"""GeoJSON: feature collections, single features and bare geometries."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from geodata.layers.encoding import encoding_of
from geodata.layers.layer import LayerUnreadable, Row, Source, Values, text
from geodata.layers.unpack import damaged, hold_in_memory


def read_geojson(path: Path) -> Source:
    """The features of a file; a feature's own ``id`` is the column ``@id``."""
    hold_in_memory(path.stat().st_size)
    try:
        content = json.loads(path.read_text(encoding=encoding_of(path)[0]))
    except (json.JSONDecodeError, RecursionError) as error:
        raise damaged(f"the JSON cannot be read ({error})") from error
    features = _features(content)
    columns = list(dict.fromkeys(column for feature in features for column in _values(feature)))
    return Source(columns, lambda: _rows(features), True, _stated_crs(content), len(features))


def _features(content: Any) -> list[Any]:
    match content:
        case {"type": "FeatureCollection", "features": list(features)}:
            return features
        case {"type": "Feature"}:
            return [content]
        case {"coordinates": list()} | {"geometries": list()}:
            return [{"geometry": content}]
    raise LayerUnreadable(
        "not_a_layer", "JSON, but not GeoJSON: it has no FeatureCollection; export it as GeoJSON"
    )


def _stated_crs(content: dict[str, Any]) -> str | None:
    match content.get("crs"):
        case {"properties": {"name": str(name)}}:
            return name
    return None


def _values(feature: Any) -> Values:
    if not isinstance(feature, dict):
        return Values()
    cells = feature.get("properties")
    own = {"@id": feature["id"]} if feature.get("id") is not None else {}
    return Values(
        (key, text(cell)) for key, cell in (own | (cells if isinstance(cells, dict) else {})).items()
    )


def _rows(features: list[Any]) -> Iterator[Row]:
    for number, feature in enumerate(features):
        shape = feature.get("geometry") if isinstance(feature, dict) else None
        geometry, problem = _geometry(shape) if shape is not None else (None, None)
        yield Row(number, _values(feature), geometry, problem)


def _geometry(shape: Any) -> tuple[BaseGeometry | None, str | None]:
    try:
        return shapely.geometry.shape(shape), None
    except (TypeError, ValueError, KeyError, IndexError, AttributeError, shapely.errors.ShapelyError):
        return None, "geometry_unreadable"
