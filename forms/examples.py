"""A filled cafe checklist as the XML that a tablet sends: for the demo, the tests and the benches."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4
from xml.sax.saxutils import escape, quoteattr

from forms.catalogue import CatalogueForm

Answers = Mapping[str, str]

CAFE_ANSWERS: dict[str, str] = {
    "start": "2026-11-20T10:00:00.000+08:00",
    "end": "2026-11-20T10:25:00.000+08:00",
    "deviceid": "tablet-1",
    "arrival/visit_id": "",
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
    "place/venue_listed": "yes",
    "place/venue_id": "1",
    "place/position": "31.2300000 121.4700000 4.0 8.5",
    "measurement/measured": "no",
    "duties/minors_refused": "compliant",
    "duties/no_minor_staff": "compliant",
    "duties/ban_sign": "compliant",
    "duties/city_sign": "not_checked",
    "duties/ids_registered": "compliant",
    "duties/ids_asked_in_doubt": "compliant",
    "duties/register_kept": "compliant",
    "duties/opening_hours": "compliant",
    "duties/patrol": "compliant",
    "duties/software_runs": "compliant",
    "duties/no_offline_games": "compliant",
    "duties/licence_held": "compliant",
    "duties/licence_displayed": "compliant",
    "duties/school_distance": "not_checked",
    "duties/kindergarten_distance": "not_checked",
    "duties/not_in_residence": "compliant",
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
ID_CHECK: dict[str, str] = {
    "method": "on_site",
    "people_checked": "5",
    "not_verified": "0",
    "mismatched": "0",
    "minors_seen": "no",
}
PHOTO: dict[str, str] = {
    "photo": "front.jpg",
    "taken_at": "2026-11-20T10:05:00.000+08:00",
    "sha256": "0" * 64,
    "lon": "121.4700000",
    "lat": "31.2300000",
    "accuracy_m": "8.5",
    "officer": "SH-0001",
    "minor_possible": "no",
    "about": "ban_sign",
    "caption": "入口处",
}


def cafe_submission(
    form: CatalogueForm,
    *,
    instance_id: str | None = None,
    deprecated_id: str = "",
    version: str | None = None,
    **said: Any,
) -> bytes:
    """A filled internet-cafe checklist of this form; `said` is what `fill_in` takes."""
    meta = {"instanceID": instance_id or f"uuid:{uuid4()}", "deprecatedID": deprecated_id}
    nodes = {**fill_in(form, **said), "meta": [meta]}
    inside = "".join(_xml(name, value) for name, value in nodes.items())
    return f'<data id="internet_cafe" version={quoteattr(version or form.version)}>{inside}</data>'.encode()


def fill_in(
    form: CatalogueForm,
    *,
    visit_id: str = "",
    venue_id: str | None = "1",
    answers: Answers | None = None,
    id_checks: Sequence[Answers] = ({},),
    photos: Sequence[Answers] = (),
) -> dict[str, str | list[dict[str, str]]]:
    """The nodes below /data in the order of the form: a text, or a list of the turns of a group or repeat.

    `answers` are laid over CAFE_ANSWERS, by path ("duties/ban_sign": "breach"); a blank one is left out.
    A venue of None is in no list. `id_checks` and `photos` are laid over ID_CHECK and PHOTO, one a turn.
    """
    listed = "no" if venue_id is None else "yes"
    chosen = {"arrival/visit_id": visit_id, "place/venue_id": venue_id or "", "place/venue_listed": listed}
    order = {nodeset: n for n, nodeset in enumerate(form.questions)}

    def place(path: str) -> int:
        return order.get(f"/data/{path}", len(order))

    nodes: dict[str, Any] = {"id_checks": [{**ID_CHECK, **turn} for turn in id_checks]}
    nodes["photos"] = [{**PHOTO, **turn} for turn in photos]
    for path, value in sorted(
        (CAFE_ANSWERS | chosen | dict(answers or {})).items(), key=lambda said: place(said[0])
    ):
        group, _, name = path.rpartition("/")
        if group:
            nodes.setdefault(group, [{}])[0][name] = value
        else:
            nodes[name] = value
    return {name: nodes[name] for name in sorted(nodes, key=place)}


def _xml(name: str, value: str | list[dict[str, str]]) -> str:
    if isinstance(value, str):
        return f"<{name}>{escape(value)}</{name}>" if value else ""
    turns = ("".join(_xml(leaf, text) for leaf, text in turn.items()) for turn in value)
    return "".join(f"<{name}>{turn}</{name}>" for turn in turns)
