"""What was typed on a visit, section by section: protected content, shown after a deliberate look only."""

from collections.abc import Iterable, Iterator
from typing import Any

from backend.inspections.models import Visit
from backend.web.counted import Section, counted
from backend.web.found import item_name
from backend.web.words import t

_FIELDS = {
    "reason": ("plan_number", "trigger", "lead_number", "check_code", "no_check_code_reason"),
    "measures": ("order_text", "order_due_on", "preserved_things", "transfer_to", "remarks"),
    "person": ("name", "position", "statement", "refusal_reason", "witness_name"),
}


def typed(visit: Visit, record: dict[str, Any]) -> list[Section]:
    """The sections of a record that hold anything. `record` is the visit as filed, masked."""
    sections = (
        (t.typed_reason, _fields(record, "reason")),
        (t.typed_officers, _officers(record)),
        (t.typed_venue, _venue(record)),
        (t.typed_notes, _notes(visit, record)),
        *counted(visit, record),
        (t.typed_id_checks, _numbered(check["note"] for check in record["id_checks"])),
        (t.typed_captions, _numbered(photo["caption"] for photo in record["photos"])),
        (t.typed_measures, _fields(record, "measures")),
        (t.typed_person, _fields(record, "person")),
    )
    shown = ((word, [(label, text) for label, text in lines if text]) for word, lines in sections)
    return [(word, lines) for word, lines in shown if lines]


def _fields(record: dict[str, Any], group: str) -> Iterator[tuple[str, str]]:
    for name in _FIELDS[group]:
        yield getattr(t, f"typed_{name}"), str(record[group][name] or "")


def _officers(record: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for number, officer in enumerate(record["officers"], 1):
        yield str(number), t.typed_officer.format(name=officer["name"], certificate=officer["certificate"])
    yield t.typed_no_second_officer_reason, record["no_second_officer_reason"]
    yield t.typed_body_camera, record["body_camera"]


def _venue(record: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield t.venue_name, record["venue"]["name"]
    yield t.address, record["venue"]["address"]
    yield t.licence_number, record["venue"]["licence_number"]
    yield t.typed_no_position_reason, record["no_position_reason"]
    if (measured := record["measurement"]) and measured["distance_m"] is not None:
        said = {"start": measured["start"], "end": measured["end"], "metres": measured["distance_m"]}
        yield t.typed_measurement, t.typed_measured.format(**said)


def _notes(visit: Visit, record: dict[str, Any]) -> Iterator[tuple[str, str]]:
    return ((item_name(visit, answer["item"]), answer["note"]) for answer in record["answers"])


def _numbered(texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    return ((str(number), text) for number, text in enumerate(texts, 1))
