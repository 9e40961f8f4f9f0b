"""Every venue against every school: `pairs_within` beside geopandas, and on a whole country.

    python scripts/bench_pairs.py [--venues 150000] [--sites 8000] [--rounds 7] [--skip-country]

Ours starts from degrees and shapely objects; geopandas from geometry that is already projected (transverse
Mercator on the city's meridian) and is asked for the same: pairs and distances. Only ratios mean something.
"""

import argparse
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from statistics import median

import geopandas
import invented_places
import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.screening import pairs_within

Places = NDArray[np.int64]

RADIUS_M = 200.0
CITY, CITY_SIDE = np.array([[121.47, 31.2]]), 0.652  # degrees: 150,000 x 8,000 give about 65,000 pairs
COUNTRY_CITIES, COUNTRY_SIDE = 300, 0.031  # 1,000,000 x 100,000 give about 7,600,000


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--venues", type=int, default=150_000)
    options.add_argument("--sites", type=int, default=8_000)
    options.add_argument("--rounds", type=int, default=7)
    options.add_argument("--skip-country", action="store_true", help="leave out 1,000,000 x 100,000")
    options.add_argument("--country", action="store_true", help="only 1,000,000 x 100,000, in this process")
    chosen = options.parse_args()
    if chosen.country:
        country(1_000_000, 100_000)
        return
    city(chosen.venues, chosen.sites, chosen.rounds)
    if not chosen.skip_country:  # in a process of its own, so that the memory is its own too
        subprocess.run([sys.executable, __file__, "--country"], check=True)


def city(venue_count: int, site_count: int, rounds: int) -> None:
    venues = invented_places.venues(venue_count, CITY, CITY_SIDE, seed=1)
    sites = invented_places.schools(site_count, CITY, CITY_SIDE, seed=2)
    flat = "+proj=tmerc +lon_0=121.47 +ellps=GRS80 +type=crs"
    flat_venues = geopandas.GeoDataFrame(geometry=shapely.points(venues), crs=4490).to_crs(flat)
    flat_sites = geopandas.GeoDataFrame(geometry=sites, crs=4490).to_crs(flat)

    def ours() -> tuple[Places, Places]:
        return pairs_within(venues, sites, RADIUS_M)[:2]

    def theirs() -> tuple[Places, Places]:
        found = geopandas.sjoin(flat_venues, flat_sites, predicate="dwithin", distance=RADIUS_M)
        venue, site = found.index.to_numpy(), found["index_right"].to_numpy()
        flat_venues.geometry.values[venue].distance(flat_sites.geometry.values[site])
        return venue, site

    (our_s, our_pairs), (their_s, their_pairs) = race(rounds, ours, theirs)
    print(f"{venue_count:,} venues x {site_count:,} outlines of 12 corners, {RADIUS_M:g} m, one thread,")
    print(f"median of {rounds} interleaved runs: {len(our_pairs):,} pairs")
    print(f"  {'':38}{'seconds':>9}{'ratio':>8}")
    print(f"  {'pairs_within, sorted, exact':38}{our_s:9.4f}{1:8.1f}")
    print(f"  {'geopandas sjoin dwithin + distance':38}{their_s:9.4f}{their_s / our_s:8.1f}")
    print(f"  pairs of only one of them (its plane is off by 1 cm): {len(our_pairs ^ their_pairs)}")


def race(
    rounds: int, *runners: Callable[[], tuple[Places, Places]]
) -> list[tuple[float, set[tuple[int, int]]]]:
    """Median seconds of each, run in turns after one run to warm up, and the pairs that it found."""
    pairs = [set(zip(*(column.tolist() for column in run()), strict=True)) for run in runners]
    seconds: list[list[float]] = [[] for _ in runners]
    for _ in range(rounds):
        for run, times in zip(runners, seconds, strict=True):
            began = time.perf_counter()
            run()
            times.append(time.perf_counter() - began)
    return list(zip(map(median, seconds), pairs, strict=True))


def country(venue_count: int, site_count: int) -> None:
    centres = np.random.default_rng(0).uniform([98, 21], [125, 45], (COUNTRY_CITIES, 2))
    venues = invented_places.venues(venue_count, centres, COUNTRY_SIDE, seed=1)
    sites = invented_places.schools(site_count, centres, COUNTRY_SIDE, seed=2)
    began = time.perf_counter()
    venue, _, _ = pairs_within(venues, sites, RADIUS_M)
    seconds = time.perf_counter() - began
    peak_gib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(
        f"{venue_count:,} venues x {site_count:,} outlines in {COUNTRY_CITIES} cities: {len(venue):,} pairs"
    )
    print(f"  {seconds:.1f} s, peak memory {peak_gib:.2f} GiB (limits: 10 s, 3 GiB)")


if __name__ == "__main__":
    main()
