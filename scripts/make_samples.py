"""Write geodata/samples: an invented district, in order and in disorder. The same bytes each time.

python scripts/make_samples.py [--to FOLDER]
"""

import argparse
from pathlib import Path
from typing import Any

import shapely
from sample_disorder import write_disorder
from sample_district import (
    DISTRICT,
    DISTRICT_CODE,
    KINDS,
    TOWNS,
    Site,
    Venue,
    sites,
    to_lonlat,
    towns,
    venues,
)
from sample_files import in_reference, write_csv, write_geojson, write_geopackage, write_workbook

SAMPLES = Path(__file__).resolve().parents[1] / "geodata" / "samples"
Record = dict[str, Any]


def make(folder: Path) -> None:
    """Write every sample."""
    (folder / "messy").mkdir(parents=True, exist_ok=True)
    schools = sites()
    register = [site_record(site) for site in schools]
    premises = [record for venue in venues(schools) for record in venue_records(venue)]
    write_geojson(folder / "areas.geojson", areas())
    write_geojson(folder / "sites.geojson", register)
    write_geopackage(folder / "sites.gpkg", register)
    write_csv(folder / "sites.csv", register)
    write_csv(folder / "venues.csv", premises, mark=True)
    write_workbook(folder / "venues.xlsx", premises)
    bars = [record for record in premises if record["activity"] == "bar"]
    write_csv(folder / "bars_gcj02.csv", in_reference(bars, "gcj02"), delimiter=";")
    write_disorder(folder / "messy", register, premises)


def areas() -> list[Record]:
    """The district and its four towns."""
    shapes = {(DISTRICT_CODE, DISTRICT): shapely.union_all(towns())}
    shapes |= {(f"{DISTRICT_CODE}{n:03}", TOWNS[n - 1]): town for n, town in enumerate(towns(), 1)}
    return [{"code": code, "name": name, "geometry": to_lonlat(s)} for (code, name), s in shapes.items()]


def town_of(shape: shapely.Geometry | None) -> Record:
    """Code and name of the town that a place lies in; the district's for a venue without a position."""
    number = next((n for n, town in enumerate(towns(), 1) if shape and town.contains(shape.centroid)), None)
    if number is None:
        return {"area_code": DISTRICT_CODE, "town": None}
    return {"area_code": f"{DISTRICT_CODE}{number:03}", "town": TOWNS[number - 1]}


def site_record(site: Site) -> Record:
    return {
        "site_ref": site.ref,
        "name": site.name,
        "kind": KINDS[site.kind][1],
        "district": DISTRICT,
        **town_of(site.shape),
        "address": site.address,
        "opened_on": site.opened_on.isoformat(),
        "gates": to_lonlat(site.gates).wkt if site.gates else None,
        "geometry": to_lonlat(site.shape),
    }


def venue_records(venue: Venue) -> list[Record]:
    """A row an activity: each has its own licence."""
    shape = to_lonlat(venue.shape) if venue.shape else None
    point = shape if shape and shape.geom_type == "Point" else None
    return [
        {
            "venue_ref": venue.ref,
            "name": venue.name,
            "activity": activity,
            "district": DISTRICT,
            **town_of(venue.shape),
            "address": venue.address,
            "lon": point.x if point else None,
            "lat": point.y if point else None,
            "wkt": shape.wkt if shape and not point else None,
            "accuracy_m": venue.accuracy_m if shape else None,
            "operator_name": f"{venue.name}经营者（虚构）",
            "credit_code": venue.credit_code,
            "established_on": venue.established_on.isoformat(),
            **dict(zip(("licence_number", "issued_on", "expires_on"), map(str, licence), strict=True)),
        }
        for activity in venue.activities
        for licence in [venue.licences.get(activity, ("", "", ""))]
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--to", type=Path, default=SAMPLES, help="folder to write into")
    folder = parser.parse_args().to
    make(folder)
    print(f"samples written to {folder}")


if __name__ == "__main__":
    main()
