"""What a supervisor should see about a visit (提示): filed all the same, and listed. No database, no HTTP."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import chain

from backend.inspections.quality import Bounds, Earlier, doubts
from forms.records import Officer, Visit

OF_FILES = frozenset(  # what files that arrive later can raise or settle
    {"missing_file", "unnamed_file", "hash_mismatch", "signature_invalid"}
)


@dataclass(frozen=True, slots=True)
class Limits:
    """From where on something is flagged."""

    clock_skew_s: float
    late_s: float
    far_m: float
    bounds: Bounds


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is known about a visit beside what the form says."""

    fact_on: date
    received_at: datetime
    sent_at: datetime | None  # by the tablet's clock
    venue_known: bool = False
    activity_registered: bool = True  # the venue is known to do what was inspected
    in_area: bool = True  # of the sender
    in_charge: bool = True  # the sender's agency supervises the activity
    away_m: float | None = None  # from the venue, at the least: errors taken off
    certificates: Mapping[str, date | None] = field(default_factory=dict)  # of accounts, with their last day
    own_certificate: str | None = None  # of the sender's account
    files: Mapping[str, str] = field(default_factory=dict)  # what arrived, with its SHA-256
    signed: str | None = None  # how the tablet's signature stands; None from one that holds no key
    masked: int = 0  # answers in which a personal number was masked
    corrects_colleague: bool = False  # what it corrects was another officer's: a supervisor says yes or no
    earlier: Sequence[Earlier] = ()  # other visits of the sender, newest first
    same_day: bool = False  # another visit to this venue for this activity on this day


def flags(visit: Visit, known: Circumstances, limits: Limits) -> dict[str, int]:
    """Everything to be flagged, with how many of it there are."""
    counted: dict[str, int] = {}
    single = (_officers(visit, known), _place(visit, known, limits), _times(visit, known, limits))
    for code in (*chain.from_iterable(single), *_signature(known)):
        counted[code] = 1
    counted |= dict.fromkeys(doubts(visit, known.earlier, limits.bounds), 1)
    counts = {
        "missing_file": len([name for name in visit.file_names if name not in known.files]),
        "unnamed_file": len([name for name in known.files if name not in visit.file_names]),
        "hash_mismatch": len([photo for photo in visit.photos if _differs(photo.sha256, photo.file, known)]),
        "personal_number_masked": known.masked,
        "unreadable_answer": len(visit.problems),
    }
    return counted | {code: count for code, count in counts.items() if count}


def _differs(captured: str, name: str, known: Circumstances) -> bool:
    return bool(captured) and name in known.files and captured.casefold() != known.files[name]


def _officers(visit: Visit, known: Circumstances) -> Iterator[str]:
    """行政处罚法 art. 42: two officers or more, with certificates (执法证) in force on the day."""
    numbers = [officer.certificate.strip().upper() for officer in visit.officers]
    if visit.second_officer is False or len(numbers) < 2:
        yield "no_second_officer"
    if len(set(numbers)) < len(numbers):
        yield "same_officer_twice"
    if not numbers or not all(numbers):
        yield "certificate_missing"
    ends = [(officer.valid_to, _known_end(officer, known)) for officer in visit.officers]
    if any(end and end < known.fact_on for both in ends for end in both):
        yield "certificate_expired"
    if any(both == (None, None) for both in ends):
        yield "certificate_undated"
    if known.own_certificate and known.own_certificate.strip().upper() not in numbers:
        yield "sender_not_among_officers"
    if visit.credentials_shown is not True:
        yield "credentials_not_shown"
    if not visit.reason.check_code:
        yield "no_check_code"
    if any(check.method == "covert" and not check.covert_approval for check in visit.id_checks):
        yield "covert_without_approval"


def _known_end(officer: Officer, known: Circumstances) -> date | None:
    return known.certificates.get(officer.certificate.strip().upper())


def _place(visit: Visit, known: Circumstances, limits: Limits) -> Iterator[str]:
    if not known.venue_known:
        yield "venue_unknown"
    if not known.activity_registered:
        yield "activity_not_registered"
    if not known.in_area:
        yield "outside_area"
    if not known.in_charge:
        yield "outside_agency"
    if visit.position is None:
        yield "no_position"
    if known.away_m is not None and known.away_m > limits.far_m:
        yield "far_from_venue"
    if known.same_day:
        yield "same_day"
    if known.corrects_colleague:
        yield "correction_to_confirm"


def _signature(known: Circumstances) -> Iterator[str]:
    if known.signed == "invalid":
        yield "signature_invalid"
    if known.signed == "absent":
        yield "signature_absent"


def of_grounds(*, code_missing: bool, code_refused: bool, ambiguous: bool) -> Iterator[str]:
    """What is odd about why the visit took place: its check code (检查码), its task."""
    if code_missing:
        yield "check_code_unknown"
    if code_refused:
        yield "check_code_not_valid"
    if ambiguous:
        yield "task_ambiguous"


def _times(visit: Visit, known: Circumstances, limits: Limits) -> Iterator[str]:
    """Both clocks are kept, the server's counts. A form may be sent days after it was filled in offline."""
    skew, ended_at = timedelta(seconds=limits.clock_skew_s), visit.device_ended_at
    tablet = known.sent_at or ended_at
    ahead = [at for at in (visit.device_started_at, ended_at) if at and at > known.received_at + skew]
    if ahead or (tablet and abs(tablet - known.received_at) > skew):
        yield "clock_skew"
    if ended_at and known.received_at - ended_at > timedelta(seconds=limits.late_s):
        yield "sent_late"
    if ended_at is None:
        yield "no_device_time"
