"""What a visit leaves behind (检查记录), in the words of the trade. Blank is "" or None, never a guess."""

from dataclasses import dataclass
from datetime import date, datetime

from forms.answers import FreeText, Position, Problem


@dataclass(frozen=True, slots=True)
class Officer:
    """One enforcement officer (执法人员)."""

    name: str
    certificate: str
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why the visit was made, and its 检查码 or the reason for having none."""

    kind: str  # planned, triggered
    plan_number: str
    trigger: str
    lead_number: str
    joint: bool | None
    has_check_code: bool | None
    check_code: str
    no_check_code_reason: str


@dataclass(frozen=True, slots=True)
class VenueAnswer:
    """The venue chosen from the list (`id`, with the name and address that the list showed), or as typed."""

    listed: bool | None
    id: str
    name: str
    address: str
    licence_number: str


@dataclass(frozen=True, slots=True)
class Measurement:
    """A distance measured on site; `distance_m` in metres, `way` as in the distance rules."""

    site_id: str
    site_name: str
    way: str
    instrument: str
    start: str
    end: str
    distance_m: float | None
    sketch: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One item of the checklist that serves law, as answered."""

    item: str
    duty_ids: tuple[str, ...]
    clause_ids: tuple[str, ...]
    value: str  # compliant, breach, not_applicable, not_checked
    note: str


@dataclass(frozen=True, slots=True)
class AgeBands:
    """Counts of people by age; None is not stated."""

    under_14: int | None
    from_14_to_15: int | None
    from_16_to_17: int | None

    @property
    def total(self) -> int:
        return (self.under_14 or 0) + (self.from_14_to_15 or 0) + (self.from_16_to_17 or 0)


@dataclass(frozen=True, slots=True)
class IdCheck:
    """One look into how identities are verified (身份核验抽查): counts, never names."""

    method: str  # on_site, register, cctv, covert
    covert_approval: str
    people_checked: int | None
    not_verified: int | None
    mismatched: int | None
    minors_seen: bool | None
    apparent: AgeBands
    confirmed: AgeBands
    eighteen_today: int | None  # their birthday: a human decides (DEF-1)
    note: str


@dataclass(frozen=True, slots=True)
class Photo:
    """One photo with what was noted when it was taken, pictures of signs included.

    A blank `minor_possible` counts as yes.
    """

    file: str
    about: tuple[str, ...]
    caption: str
    minor_possible: bool | None
    sha256: str
    taken_at: datetime | None
    lon: float | None
    lat: float | None
    accuracy_m: float | None
    officer: str


@dataclass(frozen=True, slots=True)
class Sign:
    """One turn of the sign register (标志登记). Its picture is also among the photos of the visit."""

    kind: str  # no_minors, restricted, not_sold_to_minors, no_smoking, slogan, age_marks ...
    place: str  # door, hall, room, counter, area_entrance, other
    state: str  # present, missing, damaged_or_hidden, not_city_template, not_checkable
    photo: str
    note: str


@dataclass(frozen=True, slots=True)
class DayAsSeen:
    """The kind of day as the officers see it; the calendar decides, school vacations only they know."""

    kind: str  # statutory_day, makeup_day, adjusted_day_off, weekend, workday, unknown
    school_vacation: str  # yes, no, unknown; blank where it makes no difference
    vacation_source: str


@dataclass(frozen=True, slots=True)
class GameDevices:
    """Electronic game devices of an arcade (电子游戏设备), and how many of them minors were using."""

    total: int | None
    used_by_minors: int | None


@dataclass(frozen=True, slots=True)
class StaySample:
    """Stays with minors that were sampled (抽查入住), and what was missing in how many of them."""

    sampled: int | None
    contact_missing: int | None
    relationship_missing: int | None
    not_registered: int | None


@dataclass(frozen=True, slots=True)
class EsportsRoom:
    """One room counted in an e-sports area. The law holds computers and guests against beds."""

    room: str
    beds: int | None
    computers: int | None
    guests: int | None


@dataclass(frozen=True, slots=True)
class EsportsArea:
    """What is e-sports in a hotel (电竞区): all of it (professional) or some rooms (mixed)."""

    kind: str  # professional, mixed
    rooms_total: int | None
    rooms: tuple[EsportsRoom, ...]  # those that were counted


@dataclass(frozen=True, slots=True)
class ConsentSample:
    """Files of minors in a clinic that were sampled (抽查同意书), and in how many no consent was seen."""

    sampled: int | None
    consent_missing: int | None
    surgeries: int | None
    written_missing: int | None


@dataclass(frozen=True, slots=True)
class ScriptSample:
    """Scripts of a script-play venue that were sampled (抽查剧本)."""

    sampled: int | None
    not_filed: int | None
    without_ages: int | None


@dataclass(frozen=True, slots=True)
class StaffQuery:
    """Whether evidence of queries about staff was seen, and their days: never what they said."""

    close_contact: str  # yes, no, undecided
    hiring_seen: str  # seen, not_seen
    hiring_on: date | None
    yearly_seen: str
    yearly_on: date | None


@dataclass(frozen=True, slots=True)
class Measures:
    """What was done on the spot (处理措施)."""

    taken: tuple[str, ...]  # none, oral_reminder, order, preservation, transfer, propose_case
    order_text: str
    order_due_on: date | None
    preserved_things: str
    transfer_to: str
    remarks: str


@dataclass(frozen=True, slots=True)
class HarmReport:
    """Harm to a minor that the officers met, and to whom they reported it (强制报告, REP-2)."""

    seen: bool | None
    reported_to: tuple[str, ...]
    reported_at: datetime | None


@dataclass(frozen=True, slots=True)
class PersonInCharge:
    """Who answered for the venue on site. `signing`: signed, refused, or blank when nobody was there."""

    present: bool | None
    name: str
    position: str
    record_read: bool | None
    statement: str
    signing: str
    refusal_reason: str
    witness_name: str


@dataclass(frozen=True, slots=True)
class Other:
    """An answer that no field of a visit takes; `known` if the form has such a node."""

    nodeset: str
    value: str
    known: bool


@dataclass(frozen=True, slots=True)
class Visit:
    """One filled checklist. A visit with several checklists is several of these with one `visit_id`."""

    visit_id: str
    instance_id: str
    form_id: str
    form_version: str
    deprecated_id: str  # instance_id of the submission that this one corrects
    device_id: str
    device_started_at: datetime | None
    device_ended_at: datetime | None
    reason: Reason
    officers: tuple[Officer, ...]
    second_officer: bool | None
    no_second_officer_reason: str
    credentials_shown: bool | None
    body_camera: str
    venue: VenueAnswer
    position: Position | None
    no_position_reason: str
    measurement: Measurement | None
    id_checks_made: bool | None
    id_checks: tuple[IdCheck, ...]
    no_id_check_reason: str
    photos: tuple[Photo, ...]
    measures: Measures
    harm: HarmReport
    person: PersonInCharge
    signs: tuple[Sign, ...]
    day: DayAsSeen | None  # this and what follows: None where the form does not ask or nobody answered
    devices: GameDevices | None
    stays: StaySample | None
    esports: EsportsArea | None
    consents: ConsentSample | None
    scripts: ScriptSample | None
    staff_query: StaffQuery | None
    signatures: dict[str, str]  # signer ("person", "witness", "officer_1", "officer_2") -> file
    answers: tuple[Answer, ...] = ()
    file_names: tuple[str, ...] = ()  # every attachment that the form's questions name
    free_texts: tuple[FreeText, ...] = ()
    others: tuple[Other, ...] = ()
    problems: tuple[Problem, ...] = ()
