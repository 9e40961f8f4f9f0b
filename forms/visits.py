"""A submission read as a visit (检查).

The names of nodes here are those of `checklists/sections/*.md`: change both together. An older version of a
form simply lacks what came later. Everything that was sent arrives in the `Visit`: what no field takes is an
answer, or in `others`; what cannot be read is in `problems`.
"""

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

from forms import sections
from forms.answers import Group, Mask, Reading
from forms.catalogue import CatalogueForm
from forms.records import (
    AgeBands,
    Answer,
    HarmReport,
    IdCheck,
    Measurement,
    Measures,
    Officer,
    Other,
    PersonInCharge,
    Photo,
    Reason,
    VenueAnswer,
    Visit,
)
from forms.submission import Submission

SIGNERS = ("person", "witness", "officer_1", "officer_2")
META = "/data/meta"
ANSWER = "answer"  # the list of answers to an item


def to_visit(submission: Submission, form: CatalogueForm, *, mask: Mask | None = None) -> Visit:
    """Read a submission as the visit that it reports.

    Parameters
    ----------
    submission : Submission
    form : CatalogueForm
        The form of the submission's own id and version.
    mask : callable, optional
        Applied to everything that a person typed, before it is put anywhere: str -> str.

    Returns
    -------
    Visit
        Always: what is odd is listed in `problems`, and nothing is guessed. A blank `visit_id` is the
        submission's own instance id; ids that are UUIDs are written in lower case without `uuid:`.
    """
    reading = Reading(form, mask or (lambda text: text))
    root = Group(submission.root, reading)
    arrival, place = root.group("arrival"), root.group("place")
    visit = Visit(
        visit_id=_visit_id(arrival, submission),
        instance_id=submission.instance_id,
        form_id=submission.form_id,
        form_version=submission.version,
        deprecated_id=submission.deprecated_id,
        device_id=root.text("deviceid"),
        device_started_at=root.instant("start"),
        device_ended_at=root.instant("end"),
        reason=_reason(arrival),
        officers=_officers(arrival),
        second_officer=arrival.yes_no("second_officer"),
        no_second_officer_reason=arrival.prose("no_second_officer_reason"),
        credentials_shown=arrival.yes_no("credentials_shown"),
        body_camera=arrival.text("body_camera"),
        venue=_venue(place),
        position=place.position("position"),
        no_position_reason=place.prose("no_position_reason"),
        measurement=_measurement(root.group("measurement")),
        id_checks_made=root.yes_no("id_checks_made"),
        id_checks=tuple(_id_check(turn) for turn in root.repeats("id_checks")),
        no_id_check_reason=root.prose("no_id_check_reason"),
        photos=tuple(_photos(root)),
        measures=_measures(root.group("measures")),
        harm=_harm(root.group("measures")),
        person=_person(root.group("signatures")),
        signs=tuple(sections.sign(turn) for turn in root.repeats("signs")),
        day=sections.day(root.group("day")),
        devices=sections.devices(root.group("devices")),
        stays=sections.stays(root.group("stays")),
        esports=sections.esports(root),
        consents=sections.consents(root.group("consents")),
        scripts=sections.scripts(root.group("scripts")),
        staff_query=sections.staff_query(root.group("staff_query")),
        signatures=_signatures(root.group("signatures")),
    )
    rest = list(_rest(root, reading))
    return replace(
        visit,
        answers=tuple(one for one in rest if isinstance(one, Answer)),
        others=tuple(one for one in rest if isinstance(one, Other)),
        file_names=form.file_names(submission),
        free_texts=tuple(reading.free_texts),
        problems=tuple(reading.problems),
    )


def visit_id_of(submission: Submission) -> str:
    """The visit that a submission belongs to, told without its form.

    Parameters
    ----------
    submission : Submission

    Returns
    -------
    str
        The UUID that it names, else its own instance id; see `to_visit`.
    """
    groups = (child for child in submission.root.children if child.name == "arrival")
    named = (leaf.text.strip() for group in groups for leaf in group.children if leaf.name == "visit_id")
    return _plain_uuid(next(named, "")) or _plain_uuid(submission.instance_id) or submission.instance_id


def _visit_id(arrival: Group, submission: Submission) -> str:
    if (shared := arrival.text("visit_id")) and not _plain_uuid(shared):
        arrival.odd("visit_id", "not_a_uuid")
    return visit_id_of(submission)


def _plain_uuid(text: str) -> str:
    try:
        return str(UUID(text.removeprefix("uuid:")))
    except ValueError:
        return ""


def _reason(arrival: Group) -> Reason:
    return Reason(
        kind=arrival.choice("visit_reason"),
        plan_number=arrival.text("plan_number"),
        trigger=arrival.prose("trigger_reason"),
        lead_number=arrival.text("lead_number"),
        joint=arrival.yes_no("joint_visit"),
        has_check_code=arrival.yes_no("has_check_code"),
        check_code=arrival.text("check_code"),
        no_check_code_reason=arrival.prose("no_check_code_reason"),
    )


def _officers(arrival: Group) -> tuple[Officer, ...]:
    named = (
        Officer(
            name=arrival.text(f"officer_{n}_name"),
            certificate=arrival.text(f"officer_{n}_certificate"),
            valid_to=arrival.day(f"officer_{n}_valid_to"),
        )
        for n in (1, 2)
    )
    return tuple(officer for officer in named if officer != Officer("", "", None))


def _venue(place: Group) -> VenueAnswer:
    return VenueAnswer(
        listed=place.yes_no("venue_listed"),
        id=place.text("venue_id"),
        name=place.text("listed_name") or place.text("venue_name"),
        address=place.text("listed_address") or place.text("venue_address"),
        licence_number=place.text("listed_licence") or place.text("venue_licence"),
    )


def _measurement(group: Group) -> Measurement | None:
    if group.yes_no("measured") is not True:
        return None
    return Measurement(
        site_id=group.text("site_id"),
        site_name=group.text("site_name"),
        way=group.choice("measured_way"),
        instrument=group.choice("instrument"),
        start=group.prose("measured_from"),
        end=group.prose("measured_to"),
        distance_m=group.number("measured_m"),
        sketch=group.file("sketch"),
    )


def _id_check(turn: Group) -> IdCheck:
    return IdCheck(
        method=turn.choice("method"),
        covert_approval=turn.text("covert_approval"),
        people_checked=turn.whole("people_checked"),
        not_verified=turn.whole("not_verified"),
        mismatched=turn.whole("mismatched"),
        minors_seen=turn.yes_no("minors_seen"),
        apparent=_ages(turn, "apparent"),
        confirmed=_ages(turn, "confirmed"),
        eighteen_today=turn.whole("eighteen_today"),
        note=turn.prose("id_check_note"),
    )


def _ages(turn: Group, which: str) -> AgeBands:
    return AgeBands(*(turn.whole(f"{which}_{band}") for band in ("under_14", "14_15", "16_17")))


def _photos(root: Group) -> Iterator[Photo]:
    """The pictures of the visit, then those of the sign register: evidence of one kind."""
    yield from (_photo(turn) for turn in root.repeats("photos"))
    of_signs = (_photo(turn, "sign_") for turn in root.repeats("signs"))
    yield from (photo for photo in of_signs if photo.file)


def _photo(turn: Group, prefix: str = "") -> Photo:
    return Photo(
        file=turn.file(f"{prefix}photo"),
        about=turn.choices("about"),
        caption=turn.prose("caption"),
        minor_possible=turn.yes_no(f"{prefix}minor_possible"),
        sha256=turn.text(f"{prefix}sha256"),
        taken_at=turn.instant(f"{prefix}taken_at"),
        lon=turn.number(f"{prefix}lon"),
        lat=turn.number(f"{prefix}lat"),
        accuracy_m=turn.number(f"{prefix}accuracy_m"),
        officer=turn.text(f"{prefix}officer"),
    )


def _measures(group: Group) -> Measures:
    return Measures(
        taken=group.choices("measures_taken"),
        order_text=group.prose("order_text"),
        order_due_on=group.day("order_due_on"),
        preserved_things=group.prose("preserved_things"),
        transfer_to=group.text("transfer_to"),
        remarks=group.prose("remarks"),
    )


def _harm(group: Group) -> HarmReport:
    return HarmReport(
        seen=group.yes_no("harm_seen"),
        reported_to=group.choices("harm_reported_to"),
        reported_at=group.instant("harm_reported_at"),
    )


def _person(group: Group) -> PersonInCharge:
    return PersonInCharge(
        present=group.yes_no("person_present"),
        name=group.prose("person_name"),
        position=group.text("person_position"),
        record_read=group.yes_no("record_read"),
        statement=group.prose("person_statement"),
        signing=group.choice("person_signing"),
        refusal_reason=group.prose("refusal_reason"),
        witness_name=group.prose("witness_name"),
    )


def _signatures(group: Group) -> dict[str, str]:
    files = {signer: group.file(f"{signer}_signature") for signer in SIGNERS}
    return {signer: file for signer, file in files.items() if file}


def _rest(group: Group, reading: Reading) -> Iterator[Answer | Other]:
    """What no field took: the items, and whatever else was sent."""
    seen: set[str] = set()
    for node in group.node.children:
        question = group.question(node.name)
        again = node.name in seen and not (question and question.kind == "repeat")
        seen.add(node.name)
        if again:
            reading.odd(node, "answered_twice")
        if node.children and node.nodeset != META:
            yield from _rest(Group(node, reading), reading)
        if not node.text.strip() or id(node) in reading.read:
            continue
        if question is None:
            reading.odd(node, "not_in_form")
            yield Other(node.nodeset, reading.prose(node), known=False)
            continue
        reading.check_choices(node, question)
        value = reading.prose(node) if question.kind == "text" else reading.mask(node.text.strip())
        if again or not (question.bound or question.list_name == ANSWER):
            yield Other(node.nodeset, value, known=True)
        else:
            note = group.prose(f"{node.name}_note")
            yield Answer(node.name, question.duties, question.clauses, value, note)
