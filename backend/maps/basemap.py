"""What lies beneath the map: our own layers, a PMTiles file of the owner, or Tianditu (底图)."""

from functools import cache
from pathlib import Path

from backend.core.settings import SettingInvalid, Settings
from geodata.pmtiles import Archive, NoArchive, read_archive

# The public map service of the Ministry of Natural Resources; its eight hosts answer alike.
TIANDITU_HOSTS = tuple(f"https://t{number}.tianditu.gov.cn" for number in range(8))
_WMTS = (
    "{host}/{layer}_w/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER={layer}&STYLE=default"
    "&TILEMATRIXSET=w&FORMAT=tiles&TILEMATRIX={{z}}&TILEROW={{y}}&TILECOL={{x}}&tk={key}"
)


def archive_of(settings: Settings) -> Archive | None:
    """The owner's PMTiles file, None where none is set. Raises SettingInvalid for a file that is none."""
    return _read(settings.basemap) if settings.basemap else None


@cache
def _read(path: Path) -> Archive:
    try:
        return read_archive(path.absolute())
    except NoArchive as problem:
        raise SettingInvalid(f"HUMIAO_BASEMAP={str(path)!r}: {problem}") from None


def tianditu_tiles(key: str) -> list[list[str]]:
    """The addresses of Tianditu's tiles: those of its map (vec), and those of its names (cva)."""
    return [
        [_WMTS.format(host=host, layer=layer, key=key) for host in TIANDITU_HOSTS] for layer in ("vec", "cva")
    ]
