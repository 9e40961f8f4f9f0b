"""A visit made ready to be recorded: every row of it worked out and sealed before anything is written."""

import re
import zlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import orjson

from backend.core import personal_numbers
from backend.core.days import SHANGHAI
from backend.core.keys import Keys
from backend.core.sealed import VisitKey
from backend.inspections import rules
from backend.inspections.evidence import name_hash
from backend.inspections.models import Standing
from backend.inspections.quality import digest
from backend.inspections.rules import Breach, Judged
from backend.rulebook.rules import Rulebook
from forms.records import Answer, IdCheck, Photo, Visit

ANSWERS = frozenset({"compliant", "breach", "not_applicable", "not_checked"})
_PLAIN = re.compile(
    r"[a-z][a-z0-9_]{0,31}"
)  # a choice as checklists write them; nothing else goes into a column
_ID = re.compile(r"[A-Za-z0-9:._-]{1,64}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Draft:
    """The rows of one visit. `breaches` come with the bases of each."""

    visit: Row
    findings: list[Row]
    id_checks: list[Row]
    evidence: list[Row]
    distances: list[Row]
    judged: list[Row]
    breaches: list[tuple[Row, list[Row]]]
    flags: dict[str, int]


def day_of(visit: Visit, received_at: datetime) -> date:
    """The day of the fact in Shanghai: when the form was begun, but never after it was received."""
    begun = visit.device_started_at or visit.device_ended_at or received_at
    return min(begun, received_at).astimezone(SHANGHAI).date()


def draft(
    visit: Visit,
    *,
    rulebook: Rulebook,
    key: VisitKey,
    keys: Keys,
    fact_on: date,
    district: str,
    files: dict[str, str],
    flags: dict[str, int],
    distances: list[Row],
    **columns: Any,
) -> Draft:
    """Work out every row. `files` arrived, with their SHA-256; `columns` are what the form cannot say."""
    of_the_day = {"rulebook_version": rulebook.version, "fact_on": fact_on}
    law = rulebook.on(fact_on)
    judged = rules.judge(visit, law, district=district)
    photos = _photo_numbers(visit)
    return Draft(
        visit=columns | of_the_day | _visit(visit) | {"key_id": key.row_id, "record": seal(key, visit)},
        findings=[_finding(answer, photos) for answer in visit.answers],
        id_checks=[_id_check(check) for check in visit.id_checks],
        evidence=_evidence(visit, keys, files),
        distances=distances,
        judged=[_judged(one) for one in judged],
        breaches=[
            (_violation(breach) | of_the_day, _bases(breach))
            for breach in rules.breaches(judged, visit.form_id, law)
        ],
        flags=flags,
    )


def seal(key: VisitKey, visit: Visit) -> bytes:
    """The whole visit as filed; names of files and of nodes can hold a personal number as well."""
    said = _masked(orjson.loads(orjson.dumps(visit)))
    return key.seal(zlib.compress(orjson.dumps(said)), _context(visit.instance_id))


def _masked(said: Any) -> Any:
    if isinstance(said, str):
        return personal_numbers.mask(said)
    if isinstance(said, list):
        return [_masked(one) for one in said]
    return {name: _masked(value) for name, value in said.items()} if isinstance(said, dict) else said


def open_record(key: VisitKey, instance_id: str, record: bytes) -> dict[str, Any]:
    """The visit as filed: masked, but with everything that was typed."""
    opened: dict[str, Any] = orjson.loads(zlib.decompress(key.open(record, _context(instance_id))))
    return opened


def _context(instance_id: str) -> str:
    return f"visit:{instance_id}"


def _visit(visit: Visit) -> Row:
    where = visit.position
    return {
        "instance_id": visit.instance_id,
        "visit_no": visit.visit_id,
        "corrects": _corrected(visit),
        "form_id": visit.form_id,
        "form_version": visit.form_version,
        "activity": visit.form_id,
        "started_at": visit.device_started_at,
        "ended_at": visit.device_ended_at,
        "lon": where and where.lon,
        "lat": where and where.lat,
        "accuracy_m": where and where.accuracy_m,
        "answers_digest": digest(visit),
        "measures": [_plain(measure) for measure in visit.measures.taken],
    }


def _corrected(visit: Visit) -> str | None:
    """The instanceID of the visit that this one corrects; no visit corrects itself out of sight."""
    named = visit.deprecated_id
    is_one = _ID.fullmatch(named) and named != visit.instance_id and not personal_numbers.find(named)
    return named if is_one else None


def _finding(answer: Answer, photos: dict[str, list[int]]) -> Row:
    return {
        "item": answer.item,
        "answer": answer.value if answer.value in ANSWERS else "other",
        "duties": list(answer.duty_ids),
        "clauses": list(answer.clause_ids),
        "photos": photos.get(answer.item, []),
    }


def _photo_numbers(visit: Visit) -> dict[str, list[int]]:
    about: dict[str, list[int]] = {}
    for number, photo in enumerate(visit.photos, 1):
        for item in photo.about:
            about.setdefault(item, []).append(number)
    return about


def _id_check(check: IdCheck) -> Row:
    counts = {name: getattr(check, name) for name in ("people_checked", "not_verified", "mismatched")}
    ages = {
        f"{which}_{band}": count
        for which, bands in (("apparent", check.apparent), ("confirmed", check.confirmed))
        for band, count in zip(
            ("under_14", "14_15", "16_17"),
            (bands.under_14, bands.from_14_to_15, bands.from_16_to_17),
            strict=True,
        )
    }
    return {"method": _plain(check.method), "eighteen_today": check.eighteen_today} | counts | ages


def _evidence(visit: Visit, keys: Keys, files: dict[str, str]) -> list[Row]:
    """Photos first, so that their numbers are those of the form; then whatever else the form names."""
    doubtful = {photo.file for photo in visit.photos if photo.minor_possible is not False}
    rows = [_photo(photo) | {"sealed": photo.file in doubtful} for photo in visit.photos]
    kinds = dict.fromkeys(visit.signatures.values(), "signature")
    if visit.measurement and visit.measurement.sketch:
        kinds[visit.measurement.sketch] = "sketch"
    shown = {photo.file for photo in visit.photos}
    rows += [_other(name, kinds.get(name, "other")) for name in visit.file_names if name not in shown]
    for number, row in enumerate(rows, 1):
        name = row.pop("name")
        row |= {"number": number, "name_hash": name_hash(keys, visit.instance_id, name)}
        row["arrived_sha256"] = files.get(name)
    return rows


def _photo(photo: Photo) -> Row:
    captured = photo.sha256.casefold()
    return {
        "name": photo.file,
        "kind": "photo",
        "about": [_plain(item) for item in photo.about],
        "captured_sha256": captured if _SHA256.fullmatch(captured) else None,
        "taken_at": photo.taken_at,
        "lon": photo.lon,
        "lat": photo.lat,
        "accuracy_m": photo.accuracy_m,
    }


def _other(name: str, kind: str) -> Row:
    """A picture of which nobody said whether a minor is in it is sealed."""
    unknown = dict.fromkeys(("captured_sha256", "taken_at", "lon", "lat", "accuracy_m"))
    return {"name": name, "kind": kind, "about": [], "sealed": kind == "other", **unknown}


def _judged(one: Judged) -> Row:
    return {
        "sign": one.sign,
        "duty_id": one.duty_id,
        "outcome": one.outcome,
        "reason": one.reason,
        "because": one.because and {"zh": one.because.zh, "en": one.because.en},
        "clauses": list(one.clauses),
        "doubts": list(one.doubts),
    }


def _violation(breach: Breach) -> Row:
    return {
        "duty_id": breach.duty_id,
        "clauses": list(breach.clauses),
        "standing": Standing.REVIEW if breach.doubts else Standing.FOUND,
        "reasons": list(breach.reasons),
        "doubts": list(breach.doubts),
    }


def _bases(breach: Breach) -> list[Row]:
    return [{"basis_id": basis.id, "clauses": list(basis.clauses)} for basis in breach.bases]


def _plain(choice: str) -> str:
    return choice if _PLAIN.fullmatch(choice) else "other"
