"""What a visit shows that may speak for a breach (迹象): one word a sign. No database, no HTTP.

The words are those of the rulebook's judgements: ``item:ban_sign`` is an item answered with breach,
``hung:no_minors:door:missing`` an entry of the sign register; the others stand for counts above zero.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from forms.records import EsportsRoom, IdCheck, Visit

BREACH = "breach"
MOST_BEDS = 6  # of an e-sports room: esports-hotel-notice:rooms
_ABOUT_STAFF = frozenset({"hiring_query", "yearly_query", "staff_report_harm"})
_WORD = re.compile(r"[a-z][a-z0-9_]{0,63}")


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign. An item brings the duties and clauses that it serves; `doubts` say what it leaves open."""

    word: str
    item: str = ""
    duty_ids: tuple[str, ...] = ()
    clause_ids: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


def signs_of(visit: Visit) -> tuple[Sign, ...]:
    """Every sign that a visit shows, each once, in the order of the checklist.

    Parameters
    ----------
    visit : Visit
        As `forms.visits.to_visit` reads it.

    Returns
    -------
    tuple of Sign
        Counts that were not stated are no sign, and neither is what somebody put into a form that knows no
        such choice.
    """
    counted = (*_devices(visit), *_stays(visit), *_rooms(visit), *_consents(visit), *_scripts(visit))
    checked = (sign for check in visit.id_checks for sign in _id_check(check))
    every = (*_items(visit), *map(Sign, counted), *checked, *map(Sign, _hung(visit)))
    return tuple(dict.fromkeys(every))


def _items(visit: Visit) -> Iterator[Sign]:
    settled = visit.staff_query is None or visit.staff_query.close_contact == "yes"
    for answer in visit.answers:
        if answer.value == BREACH:
            undecided = answer.item in _ABOUT_STAFF and not settled
            word = f"item:{answer.item}" + (":close_contact_open" if undecided else "")
            yield Sign(word, answer.item, answer.duty_ids, answer.clause_ids)


def _devices(visit: Visit) -> Iterator[str]:
    if visit.devices and visit.devices.used_by_minors:
        yield "devices:used_by_minors"


def _stays(visit: Visit) -> Iterator[str]:
    for name in ("contact_missing", "relationship_missing", "not_registered"):
        if visit.stays and getattr(visit.stays, name):
            yield f"stays:{name}"


def _rooms(visit: Visit) -> Iterator[str]:
    for room in visit.esports.rooms if visit.esports else ():
        yield from _room(room)


def _room(room: EsportsRoom) -> Iterator[str]:
    if room.beds is None:
        return
    if room.beds > MOST_BEDS:
        yield "rooms:beds_over_six"
    if (room.computers or 0) > room.beds:
        yield "rooms:more_computers_than_beds"
    if (room.guests or 0) > room.beds:
        yield "rooms:more_guests_than_beds"


def _consents(visit: Visit) -> Iterator[str]:
    for name in ("consent_missing", "written_missing"):
        if visit.consents and getattr(visit.consents, name):
            yield f"consents:{name}"


def _scripts(visit: Visit) -> Iterator[str]:
    for name in ("not_filed", "without_ages"):
        if visit.scripts and getattr(visit.scripts, name):
            yield f"scripts:{name}"


def _id_check(check: IdCheck) -> Iterator[Sign]:
    doubts = ("covert_without_approval",) if check.method == "covert" and not check.covert_approval else ()
    yield from (Sign(f"id_check:{word}", doubts=doubts) for word in _seen(check))


def _seen(check: IdCheck) -> Iterator[str]:
    apparent, confirmed = check.apparent.total, check.confirmed.total
    if confirmed:
        yield "confirmed_minors"
    if apparent or (check.minors_seen and not confirmed):
        yield "apparent_minors"
    if check.eighteen_today:
        yield "eighteen_today"
    if check.not_verified:
        yield "not_verified"
        yield from _minors_not_verified(check, apparent, confirmed)
    if check.mismatched:
        yield "mismatched"


def _minors_not_verified(check: IdCheck, apparent: int, confirmed: int) -> Iterator[str]:
    """Counts name nobody: it is certain only when not verified and minors together exceed those checked."""
    certain = (check.people_checked or 0) - (check.not_verified or 0)
    if check.people_checked is not None and apparent > certain:
        yield "apparent_minor_not_verified"
    elif check.people_checked is not None and confirmed > certain:
        yield "minor_not_verified"
    elif apparent or confirmed or check.minors_seen:
        yield "minor_perhaps_not_verified"


def _hung(visit: Visit) -> Iterator[str]:
    for sign in visit.signs:
        parts = (sign.kind, sign.place, sign.state)
        if all(map(_WORD.fullmatch, parts)):
            yield ":".join(("hung", *parts))
