"""Taking a package: what a tablet has, what it lacks, and the entry that says it was taken."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from backend.accounts.models import Device
from backend.accounts.scope import DevicePerson
from backend.core import audit
from backend.core.days import SHANGHAI
from backend.core.deployment import Deployment
from backend.packages import changes, contacts, earlier, law, own, packing, register
from backend.packages.areas import areas
from backend.packages.bases import Base, Bases
from backend.packages.packing import Section
from backend.packages.register import Reach
from backend.packages.versions import FORMAT, Version, short_hash, witness
from backend.rulebook import queries as rulebook

LONGEST_H = 72
MOST_CHANGES = 2000  # rows of the register; with more it is quicker to send all of it
READ = register.READ | {"visits": earlier.visits}


@dataclass(frozen=True, slots=True)
class Taken:
    """A package that is ready to be sent."""

    content: bytes
    version: Version
    expires_at: datetime


def take(
    deployment: Deployment, tablet: DevicePerson, *, since: str = "", app_version: str = "", now: datetime
) -> Taken:
    """Make a package for a tablet, and note that it was taken. It owns its transactions.

    `since` names the version that the tablet has; what it lacks is then added to that, unless the version is
    too old or of another reach.
    """
    hours = min(deployment.settings.package_hours, LONGEST_H)
    with deployment.reading() as session:
        device = session.get_one(Device, tablet.device_id)
        expires_at = min(now + timedelta(hours=hours), device.expires_at)
        version, sections, completes = _content(session, deployment, tablet, since, now, expires_at)
    manifest = {
        "format": FORMAT, "version": str(version), "completes": completes, "device_id": tablet.device_id,
        "areas": tablet.scope.areas, "made_at": now.astimezone(UTC), "expires_at": expires_at,
        "rescue_key_id": deployment.keys.newest_rescue.id,
    }  # fmt: skip
    content = packing.sign(deployment.keys, manifest, sections)
    with deployment.unit_of_work() as session:
        _note(session, tablet, version, since, len(content), app_version, now, expires_at)
    return Taken(content, version, expires_at)


def _content(
    session: Session, deployment: Deployment, tablet: DevicePerson, since: str, now: datetime,
    expires_at: datetime,
) -> tuple[Version, list[Section], str | None]:  # fmt: skip
    on, until = (at.astimezone(SHANGHAI).date() for at in (now, expires_at))
    mark = changes.mark(session)  # before anything is read: see `changes`
    reach = Reach.of(session, tablet.scope, on.year)
    days = tuple(dict.fromkeys((on, until)))
    book = rulebook.current(session)
    law_hash, law_section = law.law_section(book, tablet.scope, days, deployment.settings)
    said_forms = law.forms(deployment, tablet.scope)
    said_tasks, said_numbers = own.tasks(session, tablet, now), own.numbers(session, tablet, on)
    said_areas, said_contacts = (
        areas(session, tablet.scope),
        contacts.contacts(session, tablet.scope, book.on(on)),
    )
    scope = short_hash([session.info["database_id"], reach.key(), said_areas], 10)
    own_hash = short_hash([tablet.device_id, said_tasks, said_numbers, said_contacts])
    version = Version(scope, mark, law_hash, short_hash(said_forms), own_hash, *witness(session))
    known = Version.read(since)
    if known and not known.can_be_completed_to(session, version, now):
        known = None
    if known and _too_much(session, known.mark):
        known = None
    if known:
        sections = _changes(session, reach, known.mark)
    else:
        sections = _whole(session, deployment, reach, version)
        sections.append(Section.of("areas", "full", len(said_areas), said_areas))
    if known is None or known.law != version.law:
        sections.append(law_section)
    if known is None or known.forms != version.forms:
        sections.append(Section.of("forms", "full", len(said_forms), said_forms))
    if known is None or known.own != version.own:
        sections.append(Section.of("tasks", "full", len(said_tasks["rows"]), said_tasks))
        sections.append(Section.of("numbers", "full", len(said_numbers), said_numbers))
        sections.append(Section.of("contacts", "full", 1, said_contacts))
    return version, sections, since if known else None


def _too_much(session: Session, since: int) -> bool:
    return changes.count_since(session, since) > MOST_CHANGES


def _whole(session: Session, deployment: Deployment, reach: Reach, version: Version) -> list[Section]:
    """The whole register of a reach, as it was packed some time ago, and what changed since."""

    def serves(mark: int) -> bool:
        return mark <= version.mark and not _too_much(session, mark)

    def build() -> Base:
        return version.mark, [_full(session, kind, reach) for kind in READ]

    bases = Bases(deployment.settings.var_dir / "packages", version.scope)
    mark, sections = bases.get(serves, build)
    return sections + (_changes(session, reach, mark) if mark < version.mark else [])


def _full(session: Session, kind: str, reach: Reach) -> Section:
    columns = READ[kind](session, reach)
    return Section.of(kind, "full", len(columns["id"]), {"rows": columns})


def _changes(session: Session, reach: Reach, since: int) -> list[Section]:
    """What changed since a mark: the rows as they are now, and the numbers of those that are gone."""
    sections = []
    for kind, read in register.READ.items():
        if ids := changes.changed_since(session, kind, since):
            columns = read(session, reach, ids)
            gone = sorted(set(ids) - set(columns["id"]))
            sections.append(Section.of(kind, "changes", len(ids), {"rows": columns, "gone": gone}))
    return sections + _changed_visits(session, reach, since)


def _changed_visits(session: Session, reach: Reach, since: int) -> list[Section]:
    """Visits of venues that were visited or came in. What left the register takes its visits along."""
    ids, visited = earlier.touched(session, since)
    columns = earlier.visits(session, reach, ids) if ids else {"id": []}
    gone = sorted(set(visited) - set(columns["id"]))
    if not (columns["id"] or gone):
        return []
    content = {"rows": columns, "gone": gone}
    return [Section.of("visits", "changes", len(columns["id"]) + len(gone), content)]


def _note(
    session: Session, tablet: DevicePerson, version: Version, since: str, size: int, app_version: str,
    now: datetime, expires_at: datetime,
) -> None:  # fmt: skip
    device = session.get_one(Device, tablet.device_id)
    device.package_taken_at, device.package_expires_at = now, expires_at
    device.package_version = str(version)
    device.app_version = app_version or device.app_version
    detail: dict[str, Any] = {"version": str(version), "since": since or None, "bytes": size}
    detail["expires_at"] = expires_at.isoformat()
    audit.record(
        session, "package.take", by=tablet.actor, subject=f"device:{tablet.device_id}", detail=detail
    )
