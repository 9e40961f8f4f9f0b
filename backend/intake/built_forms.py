"""The forms that `humiao forms build` made for this deployment; read again when it has made new ones."""

from pathlib import Path

from backend.core.deployment import Deployment
from backend.core.errors import Refusal
from forms.catalogue import CURRENT, Catalogue

_read: dict[Path, tuple[int, Catalogue]] = {}


class FormsNotBuilt(Refusal):
    """There are no forms to fill in or to read submissions with: run `humiao forms build`."""

    code, status = 503, "forms_not_built"


def folder(deployment: Deployment) -> Path:
    """Where the built forms of this deployment lie."""
    return deployment.settings.var_dir / "forms"


def catalogue(deployment: Deployment) -> Catalogue:
    """The catalogue of these forms. Raises FormsNotBuilt."""
    place = folder(deployment)
    try:
        built_at = (place / CURRENT).stat().st_mtime_ns
        known = _read.get(place)
        if known is None or known[0] != built_at:
            known = _read[place] = (built_at, Catalogue.load(place))
    except FileNotFoundError:
        raise FormsNotBuilt() from None
    return known[1]
