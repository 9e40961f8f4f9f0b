"""Looking up the rulebook. A version is built once in a process and then shared: it never changes."""

from collections import OrderedDict

from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from backend.rulebook.errors import RulebookNotLoaded, VersionUnknown
from backend.rulebook.models import RulebookVersion
from backend.rulebook.reading import build
from backend.rulebook.rules import Rulebook, RulebookInvalid

_KEPT = 4  # versions in memory
_built: OrderedDict[tuple[int, str], Rulebook] = OrderedDict()  # by number and hash: databases may differ
_NAMES = select(RulebookVersion.number, RulebookVersion.content_hash)
_NEWEST = _NAMES.order_by(RulebookVersion.number.desc()).limit(1)


def current(session: Session) -> Rulebook:
    """The version that was loaded last."""
    found = session.connection().execute(_NEWEST).one_or_none()  # asked by every check: no detour
    if found is None:
        raise RulebookNotLoaded
    return _rulebook(session, *found)


def version(session: Session, number: int) -> Rulebook:
    """A version by its number, as it was when something was judged by it."""
    found = session.execute(_NAMES.filter_by(number=number)).one_or_none()
    if found is None:
        raise VersionUnknown(version=number)
    return _rulebook(session, *found)


def versions(session: Session) -> list[RulebookVersion]:
    """All versions, newest first, without their documents."""
    newest_first = select(RulebookVersion).order_by(RulebookVersion.number.desc())
    return list(session.scalars(newest_first.options(defer(RulebookVersion.document))))


def _rulebook(session: Session, number: int, said: str) -> Rulebook:
    if (rulebook := _built.get((number, said))) is None:
        document = session.scalars(select(RulebookVersion.document).filter_by(number=number)).one()
        rulebook = build(document, number)
        if rulebook.content_hash != said:
            raise RulebookInvalid([f"version {number} was changed in the database: its hash is another"])
        _built[number, said] = rulebook
        if len(_built) > _KEPT:
            _built.popitem(last=False)
    return rulebook
