"""Real cities against a brute force over every pair with `pyproj.Geod`, and against the counts written down
when the data were collected. Another method may put a pair within 0.2 m of the limit on either side; ours is
the ellipsoid's, so the sets are compared whole, and few pairs may lie in that band.
"""

import csv
import gzip
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
import osmium
import pytest
import shapely
from shapely.geometry import shape

from geodata.crs import from_lonlat, to_lonlat, transform_geometry
from geodata.screening import pairs_within
from tests.geodata.brute import geodesic_m, to_site_m
from tests.shared_data import shared

_NOT_COUNTED_HERE = {"徐汇区", "杨浦区", "普陀区", "松江区"}
_KINDS = ("幼儿园", "小学", "中学", "职业技术学校")  # universities and training centres are no schools here
_DEAD_BAND_M = 0.2


def rows_of(path: Path, delimiter: str = ",") -> list[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def lonlat_of(rows: list[dict[str, str]], lon: str = "lon", lat: str = "lat") -> np.ndarray:
    return np.array([(row[lon], row[lat]) for row in rows], np.float64)


def schools() -> tuple[np.ndarray, list[str]]:
    """Kindergartens, primary, middle and vocational schools, with the district each one names."""
    rows = rows_of(shared("geodata/shanghai/schools_amap_wgs84.csv.gz"))
    rows = [row for row in rows if any(kind in row["type"] for kind in _KINDS)]
    assert len(rows) == 4247
    return lonlat_of(rows), [row["adname"] for row in rows]


def ktv() -> np.ndarray:
    """Every row that is not at 0,0; the file is GCJ-02."""
    rows = rows_of(shared("geodata/shanghai/ktv_dianping_gcj02.csv.gz"), ";")
    shifted = lonlat_of([row for row in rows if float(row["longitude"])], "longitude", "latitude")
    assert len(shifted) == 1944
    return to_lonlat(shifted, "gcj02")


def shops() -> np.ndarray:
    """Convenience stores and supermarkets inside the 16 districts, whose outlines are GCJ-02."""
    features = json.loads(shared("geodata/shanghai/osm_shops_food_2018_wgs84.geojson").read_text("utf-8"))[
        "features"
    ]
    wanted = [f for f in features if f["properties"].get("shop") in ("convenience", "supermarket")]
    lonlat = np.array([f["geometry"]["coordinates"] for f in wanted])
    districts = json.loads(shared("geodata/shanghai/districts_16_cnmaps_gcj02.geojson").read_text("utf-8"))
    city = shapely.union_all([shape(feature["geometry"]) for feature in districts["features"]])
    inside = lonlat[shapely.contains_xy(city, *from_lonlat(lonlat, "gcj02").T)]
    assert len(inside) == 489
    return inside


def bars() -> np.ndarray:
    """Rows of the food file of the type bar, or called one."""
    rows = rows_of(shared("geodata/shanghai/food_amap_wgs84.csv.gz"))
    rows = [row for row in rows if "娱乐场所;酒吧" in row["type"] or "酒吧" in row["name"]]
    assert len(rows) == 30
    return lonlat_of(rows)


@cache
def truth(venues: Callable[[], np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """The venues, and metres from each to each school."""
    lonlat, (school_lonlat, _) = venues(), schools()
    return lonlat, np.array([geodesic_m(*here, *school_lonlat.T) for here in lonlat])


@pytest.mark.parametrize(
    ("venues", "all_districts", "radius_m", "counts"),
    [
        (ktv, False, 50, (46, 40, 32)),
        (ktv, False, 100, (197, 158, 129)),
        (ktv, False, 200, (814, 563, 496)),
        (ktv, False, 300, (1976, 968, 988)),
        (shops, False, 50, (9, 8, 9)),
        (shops, False, 100, (53, 44, 45)),
        (shops, False, 200, (219, 143, 163)),
        (shops, False, 300, (496, 247, 323)),
        (bars, False, 50, (1, 1, 1)),
        (bars, False, 100, (8, 6, 8)),
        (bars, False, 200, (21, 13, 21)),
        (bars, False, 300, (45, 18, 45)),
        (ktv, True, 200, (1087, 757, 685)),
        (shops, True, 200, (307, 196, 221)),
        (bars, True, 200, (21, 13, 21)),
    ],
)
def test_shanghai_is_screened_as_the_ellipsoid_says(venues, all_districts, radius_m, counts):
    (venue_lonlat, true), (school_lonlat, districts) = truth(venues), schools()
    counted = np.array([all_districts or name not in _NOT_COUNTED_HERE for name in districts])
    true = true[:, counted]

    venue, site, metres = pairs_within(venue_lonlat, shapely.points(school_lonlat[counted]), radius_m)

    assert (np.argwhere(true <= radius_m) == np.column_stack([venue, site])).all()
    assert metres == pytest.approx(true[venue, site], abs=1e-5)
    assert (len(metres), len(set(venue)), len(set(site))) == counts
    assert (np.abs(true - radius_m) < _DEAD_BAND_M).sum() < 6


def test_coordinates_of_a_map_taken_as_they_are_find_only_wrong_pairs():
    venues, sites = ktv(), shapely.points(schools()[0])

    right, wrong = (
        set(zip(*pairs_within(v, sites, 200)[:2], strict=True))
        for v in (venues, from_lonlat(venues, "gcj02"))
    )

    assert (len(right), len(wrong), len(right & wrong)) == (1087, 1177, 0)


def campuses_and_venues(file: str, amenities: set[str]) -> tuple[list[shapely.Geometry], np.ndarray]:
    """Areas tagged amenity=school or kindergarten; nodes of the given amenities."""
    to_wkb, campuses, venues = osmium.geom.WKBFactory(), [], []
    for thing in (
        osmium.FileProcessor(str(shared(f"geodata/other_cities/{file}"))).with_locations().with_areas()
    ):
        amenity = thing.tags.get("amenity")
        if thing.is_area() and amenity in ("school", "kindergarten"):
            campuses.append(shapely.from_wkb(to_wkb.create_multipolygon(thing)))
        elif thing.is_node() and amenity in amenities:
            venues.append((thing.location.lon, thing.location.lat))
    return campuses, np.array(venues)


@pytest.mark.parametrize(
    ("file", "amenities", "sizes", "by_edge", "by_centroid"),
    [
        ("beijing_bjtu.osm.gz", {"restaurant", "cafe", "fast_food"}, (6, 27), 12, 6),
        ("helsinki_centre.osm.pbf", {"bar", "pub", "nightclub"}, (3, 79), 32, 28),
        ("liechtenstein.osm.pbf", {"bar", "pub"}, (34, 10), 13, 9),
    ],
)
def test_a_campus_is_measured_from_its_edge(file, amenities, sizes, by_edge, by_centroid):
    """The selection: OSM areas with amenity=school or kindergarten, no universities, and OSM nodes with
    amenity=restaurant, cafe, fast_food (Beijing), bar, pub, nightclub (Helsinki), bar, pub (Liechtenstein).
    """
    campuses, venues = campuses_and_venues(file, amenities)
    assert (len(campuses), len(venues)) == sizes

    venue, site, metres = pairs_within(venues, campuses, 200)

    near = {(v, s): to_site_m(*venues[v], campuses[s]) for v, s in np.ndindex(len(venues), len(campuses))}
    true = {pair: distance for pair, distance in near.items() if distance <= 200}
    assert dict(zip(zip(venue, site, strict=True), metres, strict=True)) == pytest.approx(true, abs=1e-5)
    assert min(abs(distance - 200) for distance in near.values()) > _DEAD_BAND_M
    assert len(metres) == by_edge
    assert len(pairs_within(venues, shapely.centroid(campuses), 200)[0]) == by_centroid


def test_district_outlines_of_a_map_fit_the_schools_once_converted():
    features = json.loads(shared("geodata/shanghai/districts_16_cnmaps_gcj02.geojson").read_text("utf-8"))[
        "features"
    ]
    outlines = transform_geometry(np.array([shape(feature["geometry"]) for feature in features]), "gcj02")
    lonlat, named = schools()

    school, district = shapely.STRtree(outlines).query(shapely.points(lonlat), predicate="within")

    right = [named[s] == features[d]["properties"]["name"] for s, d in zip(school, district, strict=True)]
    assert sum(right) / len(named) == pytest.approx(0.9998, abs=0.00005)
