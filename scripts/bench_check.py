"""One check in process: the sites within 200 m of a point, among 8,000 and among 80,000 of them.

    python scripts/bench_check.py [--checks 3000]

A check converts one GCJ-02 position and asks `geodata.nearby.SiteIndex`, as a request does.
"""

import argparse
import time

import invented_places
import numpy as np

from geodata.crs import from_lonlat, to_lonlat
from geodata.nearby import SiteIndex

RADIUS_M = 200.0
MIDDLE, SIDE, SITES = np.array([[113.0, 32.0]]), 0.6, 8_000


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--checks", type=int, default=3_000)
    checks = options.parse_args().checks
    print(f"{checks:,} checks at {RADIUS_M:g} m, from a GCJ-02 position to ids and distances, in turns")
    print(f"  {'sites':>8}{'found':>8}{'p50 ms':>9}{'p99 ms':>9}{'ratio of p50':>14}{'index s':>9}")
    indexes, built_s = zip(*(index_of(SITES * times, SIDE * times**0.5) for times in (1, 10)), strict=True)
    places = from_lonlat(invented_places.venues(checks, MIDDLE, SIDE, seed=3), "gcj02")
    seconds, found = np.zeros((2, checks)), np.zeros(2)
    for number, place in enumerate(places):
        for which, index in enumerate(indexes):
            began = time.perf_counter()
            lon, lat = to_lonlat([place], "gcj02")[0]
            near = index.within(lon, lat, RADIUS_M)
            seconds[which, number] = time.perf_counter() - began
            found[which] += len(near)
    p50, p99 = np.percentile(seconds * 1000, [50, 99], axis=1)
    for which, count in enumerate((SITES, 10 * SITES)):
        print(
            f"  {count:8,}{found[which] / checks:8.2f}{p50[which]:9.3f}{p99[which]:9.3f}"
            f"{p50[which] / p50[0]:14.2f}{built_s[which]:9.2f}"
        )
    print("  limits: p50 under 2 ms, and the same for both")


def index_of(count: int, side: float) -> tuple[SiteIndex[int], float]:
    """An index of schools, ten times the number on ten times the ground, and the seconds it took."""
    sites = invented_places.schools(count, MIDDLE, side, seed=2)
    began = time.perf_counter()
    return SiteIndex(range(count), sites), time.perf_counter() - began


if __name__ == "__main__":
    main()
