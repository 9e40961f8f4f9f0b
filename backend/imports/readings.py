"""Whether a file is in the reference that was claimed: how many rows lie in the district that they name.

GCJ-02 read as WGS84 moves a point of Shanghai by 484 m and BD-09 by 1137 m: enough to cross the border of a
district now and then, too little to be seen on a list. Nothing is converted by itself; somebody decides.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from backend.accounts.areas import Areas
from geodata.crs import to_lonlat

Floats = NDArray[np.float64]
_RIVALS = ("wgs84", "gcj02", "bd09")
_BETTER_BY = 0.02
_TOO_FEW, _FEW = 10, 50  # rows that say nothing; rows that say little


@dataclass(frozen=True)
class Shares:
    """Of `rows` rows whose text names a loaded area, the share inside it, for each reading."""

    rows: int
    claimed: str
    by_reading: dict[str, float]

    @property
    def probably(self) -> str | None:
        """Another reading that is better by two points or more; the best of them."""
        best = max(self.by_reading, key=lambda reading: self.by_reading[reading])
        gain = self.by_reading[best] - self.by_reading[self.claimed]
        return best if gain >= _BETTER_BY - 1e-9 and self.rows >= _TOO_FEW else None

    @property
    def warning(self) -> str | None:
        """A sentence for whoever ran the import; nothing when the claim looks right."""
        if self.probably is None:
            return None
        shares = ", ".join(f"{share:.1%} as {reading}" for reading, share in self.by_reading.items())
        few = " Few rows: look at some on a map first." if self.rows < _FEW else ""
        return (
            f"the coordinates are probably {self.probably}, not {self.claimed}: of {self.rows} rows that "
            f"name their district, {shares} lie in it. Nothing was converted: undo this run and state the "
            f"right --crs.{few}"
        )


class Readings:
    """Counts, a chunk of rows at a time."""

    def __init__(self, areas: Areas, claimed: str) -> None:
        self._areas, self._claimed = areas, claimed
        known = {claimed, "wgs84"} if claimed == "cgcs2000" else {claimed}
        self._readings = [claimed, *(rival for rival in _RIVALS if rival not in known)]
        self._inside: Counter[str] = Counter()
        self._rows = 0

    def add(self, xy: Floats, named: Sequence[str | None]) -> None:
        """Points (n, 2) in the file's own coordinates, and the area that each row's text names."""
        is_degrees = np.logical_and.reduce(np.abs(xy) <= (180, 90), axis=1)  # in metres nothing else fits
        chosen = [i for i, name in enumerate(named) if name and is_degrees[i]]
        if not chosen:
            return
        self._rows += len(chosen)
        names = np.array([named[i] for i in chosen], dtype=object)
        for reading in self._readings:
            lonlat = to_lonlat(xy[chosen], reading)
            for name in set(names):
                self._inside[reading] += int(self._areas.hold(name, lonlat[names == name]).sum())

    @property
    def shares(self) -> Shares | None:
        """Nothing while no row names a loaded area."""
        if not self._rows:
            return None
        return Shares(self._rows, self._claimed, {r: self._inside[r] / self._rows for r in self._readings})
