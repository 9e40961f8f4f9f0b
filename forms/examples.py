"""A filled checklist of any activity as the XML that a tablet sends: for the demo, the tests and the benches.

A clean visit: every item is compliant, or not checked where only a measurement or a template could tell.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4
from xml.sax.saxutils import escape, quoteattr

from forms.catalogue import CatalogueForm

Answers = Mapping[str, str]

ASKED: dict[str, str] = {  # what a clean visit says where the form asks for it
    "start": "2026-11-20T10:00:00.000+08:00",
    "end": "2026-11-20T10:25:00.000+08:00",
    "deviceid": "tablet-1",
    "arrival/visit_reason": "planned",
    "arrival/plan_number": "JH-2026-0042",
    "arrival/joint_visit": "no",
    "arrival/has_check_code": "yes",
    "arrival/check_code": "JC-310101-0001",
    "arrival/officer_1_name": "甲",
    "arrival/officer_1_certificate": "SH-0001",
    "arrival/officer_1_valid_to": "2029-12-31",
    "arrival/second_officer": "yes",
    "arrival/officer_2_name": "乙",
    "arrival/officer_2_certificate": "SH-0002",
    "arrival/officer_2_valid_to": "2029-12-31",
    "arrival/credentials_shown": "yes",
    "arrival/body_camera": "CAM-7",
    "place/position": "31.2300000 121.4700000 4.0 8.5",
    "measurement/measured": "no",
    "day/day_kind": "workday",
    "day/school_vacation": "no",
    "day/vacation_source": "校历",
    "devices/game_devices": "40",
    "devices/devices_used_by_minors": "0",
    "stays/stays_sampled": "4",
    "stays/contact_missing": "0",
    "stays/relationship_missing": "0",
    "stays/not_registered": "0",
    "esports/esports_kind": "mixed",
    "esports/rooms_total": "6",
    "consents/files_sampled": "3",
    "consents/consent_missing": "0",
    "consents/surgeries_sampled": "1",
    "consents/written_missing": "0",
    "scripts/scripts_sampled": "5",
    "scripts/scripts_not_filed": "0",
    "scripts/scripts_without_ages": "0",
    "staff_query/close_contact": "yes",
    "staff_query/hiring_query_seen": "seen",
    "staff_query/hiring_query_on": "2026-10-09",
    "staff_query/yearly_query_seen": "seen",
    "staff_query/yearly_query_on": "2026-03-02",
    "id_checks_made": "yes",
    "measures/measures_taken": "none",
    "measures/harm_seen": "no",
    "signatures/person_present": "yes",
    "signatures/person_name": "丙",
    "signatures/person_position": "店长",
    "signatures/record_read": "yes",
    "signatures/person_signing": "signed",
    "signatures/person_signature": "person.png",
    "signatures/officer_1_signature": "officer1.png",
    "signatures/officer_2_signature": "officer2.png",
}
NOT_CHECKED = frozenset({"city_sign", "school_distance", "kindergarten_distance", "site_distance"})
ID_CHECK: dict[str, str] = {
    "method": "on_site",
    "people_checked": "5",
    "not_verified": "0",
    "mismatched": "0",
    "minors_seen": "no",
}
ROOM: dict[str, str] = {"room": "801", "beds": "2", "computers": "2", "guests": "1"}
_CAPTURED: dict[str, str] = {
    "taken_at": "2026-11-20T10:05:00.000+08:00",
    "sha256": "0" * 64,
    "lon": "121.4700000",
    "lat": "31.2300000",
    "accuracy_m": "8.5",
    "officer": "SH-0001",
    "minor_possible": "no",
}
PHOTO: dict[str, str] = {"photo": "front.jpg", **_CAPTURED, "caption": "入口处"}
SIGN: dict[str, str] = {
    "sign": "no_minors",
    "sign_place": "door",
    "sign_state": "present",
    "sign_photo": "sign.jpg",
    **{f"sign_{name}": value for name, value in _CAPTURED.items()},
}


def clean_answers(form: CatalogueForm) -> dict[str, str]:
    """What a clean visit answers outside repeats, by path below /data ("duties/ban_sign")."""
    asked = {path: value for path, value in ASKED.items() if f"/data/{path}" in form.questions}
    items = (question for question in form.questions.values() if question.list_name == "answer")
    return asked | {
        item.nodeset.removeprefix("/data/"): "not_checked" if item.name in NOT_CHECKED else "compliant"
        for item in items
    }


def filled_submission(
    form: CatalogueForm,
    *,
    instance_id: str | None = None,
    deprecated_id: str = "",
    version: str | None = None,
    **said: Any,
) -> bytes:
    """A filled checklist of this form; `said` is what `fill_in` takes."""
    meta = {"instanceID": instance_id or f"uuid:{uuid4()}", "deprecatedID": deprecated_id}
    nodes = {**fill_in(form, **said), "meta": [meta]}
    inside = "".join(_xml(name, value) for name, value in nodes.items())
    named = f"id={quoteattr(form.form_id)} version={quoteattr(version or form.version)}"
    return f"<data {named}>{inside}</data>".encode()


def fill_in(
    form: CatalogueForm,
    *,
    visit_id: str = "",
    venue_id: str | None = "1",
    answers: Answers | None = None,
    id_checks: Sequence[Answers] = ({},),
    photos: Sequence[Answers] = (),
    signs: Sequence[Answers] = (),
    rooms: Sequence[Answers] = ({},),
) -> dict[str, str | list[dict[str, str]]]:
    """The nodes below /data in the order of the form: a text, or a list of the turns of a group or repeat.

    `answers` are laid over `clean_answers`; a blank one is left out. A venue of None is in no list. The
    others are the turns of repeats, laid over ID_CHECK, PHOTO, SIGN and ROOM where the form has the repeat.
    """
    listed = "no" if venue_id is None else "yes"
    chosen = {"arrival/visit_id": visit_id, "place/venue_id": venue_id or "", "place/venue_listed": listed}
    order = {nodeset: n for n, nodeset in enumerate(form.questions)}

    def place(path: str) -> int:
        return order.get(f"/data/{path}", len(order))

    photo = {**PHOTO, "about": _shown_in(form)}
    turns = {
        "id_checks": (ID_CHECK, id_checks),
        "photos": (photo, photos),
        "signs": (SIGN, signs),
        "rooms": (ROOM, rooms),
    }
    nodes: dict[str, Any] = {
        name: [{**first, **turn} for turn in laid_over]
        for name, (first, laid_over) in turns.items()
        if f"/data/{name}" in order
    }
    said = clean_answers(form) | chosen | dict(answers or {})
    for path, value in sorted(said.items(), key=lambda one: place(one[0])):
        group, _, name = path.rpartition("/")
        if group:
            nodes.setdefault(group, [{}])[0][name] = value
        else:
            nodes[name] = value
    return {name: nodes[name] for name in sorted(nodes, key=place)}


def _shown_in(form: CatalogueForm) -> str:
    """The item that a photo of the entrance is about: the sign there, or else the first item."""
    items = [question.name for question in form.questions.values() if question.list_name == "answer"]
    return "ban_sign" if "ban_sign" in items else items[0]


def _xml(name: str, value: str | list[dict[str, str]]) -> str:
    if isinstance(value, str):
        return f"<{name}>{escape(value)}</{name}>" if value else ""
    turns = ("".join(_xml(leaf, text) for leaf, text in turn.items()) for turn in value)
    return "".join(f"<{name}>{turn}</{name}>" for turn in turns)
