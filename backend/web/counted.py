"""What a visit registered and counted: kind of day, signs, samples, rooms, queries, in words of its form."""

from collections.abc import Iterable, Iterator
from typing import Any

from backend.core.web import deployment
from backend.inspections.models import Visit
from backend.intake.built_forms import FormsNotBuilt, catalogue
from backend.web.words import language, t
from forms.catalogue import Question
from forms.errors import FormUnknown

Section = tuple[str, list[tuple[str, str]]]
_GROUPS = {  # of a record: the node that each field was read from
    "day": {"kind": "day_kind", "school_vacation": "school_vacation", "vacation_source": "vacation_source"},
    "devices": {"total": "game_devices", "used_by_minors": "devices_used_by_minors"},
    "stays": {
        "sampled": "stays_sampled",
        "contact_missing": "contact_missing",
        "relationship_missing": "relationship_missing",
        "not_registered": "not_registered",
    },
    "esports": {"kind": "esports_kind", "rooms_total": "rooms_total"},
    "consents": {
        "sampled": "files_sampled",
        "consent_missing": "consent_missing",
        "surgeries": "surgeries_sampled",
        "written_missing": "written_missing",
    },
    "scripts": {
        "sampled": "scripts_sampled",
        "not_filed": "scripts_not_filed",
        "without_ages": "scripts_without_ages",
    },
    "staff_query": {
        "close_contact": "close_contact",
        "hiring_seen": "hiring_query_seen",
        "hiring_on": "hiring_query_on",
        "yearly_seen": "yearly_query_seen",
        "yearly_on": "yearly_query_on",
    },
}
_SIGN = {"kind": "sign", "place": "sign_place", "state": "sign_state", "note": "sign_note"}
_ROOM = {"room": "room", "beds": "beds", "computers": "computers", "guests": "guests"}


def counted(visit: Visit, record: dict[str, Any]) -> list[Section]:
    """A section for each group that was answered; a record of an older form lacks those that came later."""
    questions = _questions(visit)
    sections = [
        (_label(questions, group), list(_lines(questions, group, fields, record.get(group) or {})))
        for group, fields in _GROUPS.items()
    ]
    rooms = (record.get("esports") or {}).get("rooms", ())
    for repeat, fields, turns in (("rooms", _ROOM, rooms), ("signs", _SIGN, record.get("signs") or ())):
        sections.append((_label(questions, repeat), list(_turns(questions, repeat, fields, turns))))
    return [(word, lines) for word, lines in sections if lines]


def _lines(
    questions: dict[str, Question], group: str, fields: dict[str, str], said: dict[str, Any]
) -> Iterator[tuple[str, str]]:
    for field, node in fields.items():
        if (value := said.get(field)) not in (None, ""):
            yield _label(questions, f"{group}/{node}"), _chosen(questions, f"{group}/{node}", value)


def _turns(
    questions: dict[str, Question], repeat: str, fields: dict[str, str], turns: Iterable[dict[str, Any]]
) -> Iterator[tuple[str, str]]:
    for number, turn in enumerate(turns, 1):
        lines = _lines(questions, repeat, fields, turn)
        yield (
            str(number),
            t.one_after_another(t.labelled.format(label=label, text=text) for label, text in lines),
        )


def _label(questions: dict[str, Question], path: str) -> str:
    question = questions.get(f"/data/{path}")
    return question.labels.get(language(), path) if question else path


def _chosen(questions: dict[str, Question], path: str, value: Any) -> str:
    question = questions.get(f"/data/{path}")
    labels = question.choices.get(str(value), {}) if question else {}
    return labels.get(language(), str(value))


def _questions(visit: Visit) -> dict[str, Question]:
    """Of the form as it was filled in; none where that version was never built here."""
    try:
        return catalogue(deployment()).form(visit.form_id, visit.form_version).questions
    except (FormsNotBuilt, FormUnknown):
        return {}
