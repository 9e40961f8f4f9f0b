"""What the sections of some activities leave behind, read from their groups.

The names of nodes are those of `checklists/sections/*.md` and of the activity's own checklist: change both
together. A group that a form does not have, or in which nothing was answered, is None.
"""

from dataclasses import astuple
from typing import TypeVar

from forms.answers import Group
from forms.records import (
    ConsentSample,
    DayAsSeen,
    EsportsArea,
    EsportsRoom,
    GameDevices,
    ScriptSample,
    Sign,
    StaffQuery,
    StaySample,
)

Record = TypeVar(
    "Record", ConsentSample, DayAsSeen, EsportsArea, GameDevices, ScriptSample, StaffQuery, StaySample
)
_BLANK = (None, "", ())


def sign(turn: Group) -> Sign:
    """One turn of the sign register."""
    return Sign(
        kind=turn.choice("sign"),
        place=turn.choice("sign_place"),
        state=turn.choice("sign_state"),
        photo=turn.file("sign_photo"),
        note=turn.prose("sign_note"),
    )


def day(group: Group) -> DayAsSeen | None:
    """The kind of day as the officers see it."""
    return _answered(
        DayAsSeen(
            kind=group.choice("day_kind"),
            school_vacation=group.choice("school_vacation"),
            vacation_source=group.prose("vacation_source"),
        )
    )


def devices(group: Group) -> GameDevices | None:
    """The game devices of an arcade."""
    return _answered(GameDevices(group.whole("game_devices"), group.whole("devices_used_by_minors")))


def stays(group: Group) -> StaySample | None:
    """The stays of minors that were sampled in a hotel."""
    return _answered(
        StaySample(
            sampled=group.whole("stays_sampled"),
            contact_missing=group.whole("contact_missing"),
            relationship_missing=group.whole("relationship_missing"),
            not_registered=group.whole("not_registered"),
        )
    )


def esports(root: Group) -> EsportsArea | None:
    """The e-sports area of a hotel with the rooms that were counted."""
    group = root.group("esports")
    return _answered(
        EsportsArea(
            kind=group.choice("esports_kind"),
            rooms_total=group.whole("rooms_total"),
            rooms=tuple(_room(turn) for turn in root.repeats("rooms")),
        )
    )


def _room(turn: Group) -> EsportsRoom:
    return EsportsRoom(
        room=turn.text("room"),
        beds=turn.whole("beds"),
        computers=turn.whole("computers"),
        guests=turn.whole("guests"),
    )


def consents(group: Group) -> ConsentSample | None:
    """The files of minors that were sampled in a clinic."""
    return _answered(
        ConsentSample(
            sampled=group.whole("files_sampled"),
            consent_missing=group.whole("consent_missing"),
            surgeries=group.whole("surgeries_sampled"),
            written_missing=group.whole("written_missing"),
        )
    )


def scripts(group: Group) -> ScriptSample | None:
    """The scripts that were sampled in a script-play venue."""
    return _answered(
        ScriptSample(
            sampled=group.whole("scripts_sampled"),
            not_filed=group.whole("scripts_not_filed"),
            without_ages=group.whole("scripts_without_ages"),
        )
    )


def staff_query(group: Group) -> StaffQuery | None:
    """What was seen of the queries about staff."""
    return _answered(
        StaffQuery(
            close_contact=group.choice("close_contact"),
            hiring_seen=group.choice("hiring_query_seen"),
            hiring_on=group.day("hiring_query_on"),
            yearly_seen=group.choice("yearly_query_seen"),
            yearly_on=group.day("yearly_query_on"),
        )
    )


def _answered(record: Record) -> Record | None:
    return None if all(value in _BLANK for value in astuple(record)) else record
