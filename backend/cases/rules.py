"""Whether a step may be made in a case, and whether an act may still be punished. No database, no HTTP."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from enum import StrEnum

from backend.accounts.rules import Role
from backend.cases.candidates import FEN
from backend.cases.proposing import Chosen, covers, within
from backend.rulebook.clocks import months_later
from backend.rulebook.procedure import Actor, Clock, Most, Pause, Procedure, Ruling, Step
from backend.rulebook.rows import Penalty
from backend.tasks.rules import DocumentKind

SERVED = "served"  # the state of a case in which its decision takes effect
TRANSFERRED = ("transferred", "passing_on", "passed_on")  # states of a case whose transfer was approved
OVERTURNED = "note_change"  # the step by which it was changed or annulled later
OPENED = "open"  # the first row of every case; the others are steps of its procedure
OrderState = StrEnum("OrderState", ["OPEN", "PASSED", "FAILED"])  # 待改正 / 已改正 / 逾期未改正
Entry = StrEnum("Entry", ["HANDED", "PROOF", "EXTENDED", "PASSED", "FAILED"])
Standing = StrEnum(  # 超期 / 按较早的读法已到期 / 三日内到期 / 计算中 / 暂停 / 当事人期限届满 / 没有天数
    "Standing", ["OVERDUE", "WARNED", "SOON", "RUNNING", "PAUSED", "OVER", "UNNUMBERED"]
)
NOTICES = ("serve_notice", "serve_notice_of_hearing")  # steps that tell the party what is proposed
NUMBERED = {DocumentKind.PENALTY_NOTICE, DocumentKind.SUMMARY_DECISION, DocumentKind.PENALTY_DECISION}
HEARD = {Penalty.CLOSURE, Penalty.REVOCATION, Penalty.BAR}  # 停业整顿、吊销、限制从业
ACTORS = {
    Role.INSPECTOR: Actor.OFFICER,
    Role.SUPERVISOR: Actor.HEAD,
    Role.LEGAL_REVIEWER: Actor.REVIEWER,
}


class Because(StrEnum):
    """Why a step may not be made."""

    CHANGED_MEANWHILE = "changed_meanwhile"
    NOT_FROM_HERE = "not_from_here"
    NOTHING_RUNS = "nothing_runs"  # there is nothing to release, to end or to extend
    RUNS_ALREADY = "runs_already"
    NOT_YOURS = "not_yours"  # another role, or no officer of the case
    OFFICER_OF_THE_CASE = "officer_of_the_case"  # who investigates does not review
    PROPOSAL_MISSING = "proposal_missing"
    BEYOND_LIMITS = "beyond_limits"  # more than may be decided on the spot
    RULING_MISSING = "ruling_missing"  # the legal reviewer has not chosen yet
    RULED_OTHERWISE = "ruled_otherwise"
    HEARING_RIGHT = "hearing_right"  # of what the reviewer chose the party may ask for a hearing
    TOLD_OTHERWISE = "told_otherwise"  # the party was told of less than what is to be imposed
    COMES_AFTER = "comes_after"
    WAITS_FOR = "waits_for"
    BARRED_BY = "barred_by"  # something runs that must be settled first
    TIME_IS_OVER = "time_is_over"
    USED_UP = "used_up"
    PAPERS_MISSING = "papers_missing"
    PAPER_OUTDATED = "paper_outdated"  # made before what it should say was proposed or chosen
    REASON_MISSING = "reason_missing"
    DAYS_MISSING = "days_missing"
    BEFORE_THE_LAST = "before_the_last"  # it is said to have happened before the step before it
    IN_THE_FUTURE = "in_the_future"


@dataclass(frozen=True, slots=True)
class Hindrance:
    """One reason, and what it names: steps, clocks, papers; `until` is the last day that is waited for."""

    because: Because
    names: tuple[str, ...] = ()
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """A step that was made."""

    step: str
    to: str


@dataclass(frozen=True, slots=True)
class Facts:
    """How a case stands. `running` are clocks with their last day, if a number says one."""

    state: str
    made: Sequence[Made]
    running: Mapping[str, date | None]
    pauses: frozenset[Pause]
    officers: frozenset[int]  # now
    ever_officers: frozenset[int]
    suggested: Chosen | None = None  # of the proposal that counts
    is_person: bool = False
    ruling: Ruling | None = None  # on that proposal
    must_be_heard: bool = False  # see `may_ask_for_hearing`
    chosen: Chosen | None = None  # by that ruling
    told: Chosen | None = None  # what was chosen when the party was last told


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody who would make a step."""

    user_id: int
    role: Role


def hindrances(step: Step, procedure: Procedure, facts: Facts, who: Who, on: date) -> Iterator[Hindrance]:
    """Everything that keeps somebody from making a step on a day; nothing if it may be made.

    Parameters
    ----------
    step : Step
    procedure : Procedure
        Of the case.
    facts : Facts
    who : Who
    on : date
        The day on which the step is made, in Shanghai.

    Yields
    ------
    Hindrance
        First those of the case, then those of the person, then what bars the step whatever is proposed,
        then those of the penalty and of time.
    """
    if step not in procedure.out_of(facts.state):
        yield Hindrance(Because.NOT_FROM_HERE)
        return
    yield from _of_what_runs(step, facts)
    yield from _of_person(step, facts, who)
    if barring := tuple(clock for clock in step.barred_by if clock in facts.running):
        yield Hindrance(Because.BARRED_BY, barring)
    yield from _of_penalty(step, facts)
    earlier = {one.step for one in _since_anew(facts.made, procedure.anew)}
    if step.after and earlier.isdisjoint(step.after):
        yield Hindrance(Because.COMES_AFTER, step.after)
    if step.times is not None and [one.step for one in facts.made].count(step.id) >= step.times:
        yield Hindrance(Because.USED_UP)
    for clock in step.waits_for:
        last = facts.running.get(clock)
        if last is not None and on <= last:
            yield Hindrance(Because.WAITS_FOR, (clock,), last)
    over = tuple(clock for clock in step.within if (last := facts.running.get(clock)) and last < on)
    if over:
        yield Hindrance(Because.TIME_IS_OVER, over)


def _of_what_runs(step: Step, facts: Facts) -> Iterator[Hindrance]:
    """A step that leaves the case where it is begins what does not run yet, or ends what does."""
    running = facts.running.keys()
    is_open = step.begins in facts.pauses
    missing = [clock for clock in (*step.within, *step.during) if clock not in running]
    if step.stays and step.stops and running.isdisjoint(step.stops):
        missing += step.stops
    if missing or (step.stays and step.ends and step.ends not in facts.pauses):
        yield Hindrance(Because.NOTHING_RUNS, tuple(missing))
    if is_open or (step.stays and not running.isdisjoint(step.starts)):
        yield Hindrance(Because.RUNS_ALREADY)


def _of_person(step: Step, facts: Facts, who: Who) -> Iterator[Hindrance]:
    is_officer = step.actor is not Actor.OFFICER or who.user_id in facts.officers
    if ACTORS.get(who.role) is not step.actor or not is_officer:
        yield Hindrance(Because.NOT_YOURS)
    if step.apart_from_officers and who.user_id in facts.ever_officers:
        yield Hindrance(Because.OFFICER_OF_THE_CASE)


def _of_penalty(step: Step, facts: Facts) -> Iterator[Hindrance]:
    """A penalty on the spot keeps its limits; any other was chosen by the legal reviewer."""
    if step.proposes:
        yield from _of_what_is_proposed(step.proposes, facts)
    if step.ruling and facts.ruling is not step.ruling:
        yield Hindrance(Because.RULED_OTHERWISE if facts.ruling else Because.RULING_MISSING)
    elif step.without_hearing and facts.must_be_heard:
        yield Hindrance(Because.HEARING_RIGHT)
    elif not _was_told(step, facts):
        yield Hindrance(Because.TOLD_OTHERWISE)


def _was_told(step: Step, facts: Facts) -> bool:
    """Whether the party knows of the penalty that is decided (行政处罚法 arts 44, 62)."""
    if facts.told is None or facts.chosen is None or set(NOTICES).isdisjoint(step.after):
        return True
    return step.ruling is not Ruling.PENALTY or covers(facts.told, facts.chosen)


def _of_what_is_proposed(most: Most, facts: Facts) -> Iterator[Hindrance]:
    """The limit is held against what the document will say: the reviewer's choice, where there is one."""
    if facts.suggested is None:
        yield Hindrance(Because.PROPOSAL_MISSING)
    elif facts.ruling not in (None, Ruling.PENALTY):
        yield Hindrance(Because.RULED_OTHERWISE)
    elif not within(facts.chosen or facts.suggested, most, is_person=facts.is_person):
        yield Hindrance(Because.BEYOND_LIMITS)


def may_ask_for_hearing(chosen: Chosen) -> bool:
    """Whether a penalty by its kind gives the party a right to a hearing (行政处罚法 art. 63 ¶1(3)(4)).

    From which amount a fine is a larger one each authority says for itself: that is left to the officer.

    Parameters
    ----------
    chosen : Chosen

    Returns
    -------
    bool
    """
    return any(not HEARD.isdisjoint(item.kinds) for item in chosen.items)


def _since_anew(made: Sequence[Made], anew: str) -> Sequence[Made]:
    """What was made since the case last came to the state in which it begins anew, from another."""
    begun = 0
    for number in range(1, len(made)):
        if made[number].to == anew != made[number - 1].to:
            begun = number
    return made[begun:]


def missing_papers(step: Step, brought: Sequence[str], typed: Sequence[str] = ()) -> tuple[str, ...]:
    """The papers that a step needs and nobody brought, or of which there is a name and no issued document.

    What tells the party and what decides bears a number (行政处罚法 arts 44, 52, 59).

    Parameters
    ----------
    step : Step
    brought : sequence of str
        Ids of papers.
    typed : sequence of str
        Those that are nothing but a name.

    Returns
    -------
    tuple of str
    """
    return tuple(
        paper.id
        for paper in step.needs
        if paper.id not in brought or (paper.id in typed and is_numbered(paper.documents))
    )


def is_numbered(documents: Sequence[str]) -> bool:
    """Whether a paper that may be one of these kinds of documents has to be issued here, with its number."""
    return not NUMBERED.isdisjoint(documents)


def late_charge(fine: Decimal, percent: int, last_on: date, on: date) -> Decimal:
    """What may be added to a fine that is not paid in time (加处罚款), never more than the fine itself.

    行政处罚法 art. 72 ¶1 (1).

    Parameters
    ----------
    fine : Decimal
        Yuan.
    percent : int
        Of the fine, for each day.
    last_on : date
        The last day that was in time.
    on : date

    Returns
    -------
    Decimal
        Yuan, rounded down to whole fen; 0 up to the last day.
    """
    days = max((on - last_on).days, 0)
    return min(fine, fine * percent * days / 100).quantize(FEN, ROUND_FLOOR)


@dataclass(frozen=True, slots=True)
class Limitation:
    """Whether an act was found in time to be punished (处罚时效): by `last_on`."""

    clock: Clock
    acted_on: date
    found_on: date
    last_on: date

    @property
    def in_time(self) -> bool:
        return self.found_on <= self.last_on


def limitation(clock: Clock, acted_on: date, found_on: date) -> Limitation:
    """Hold the day on which an act was found against the limitation (行政处罚法 art. 36).

    Parameters
    ----------
    clock : Clock
        In months.
    acted_on : date
        The day of the act; where it went on, the day on which it ended, or was found.
    found_on : date

    Returns
    -------
    Limitation
    """
    return Limitation(clock, acted_on, found_on, months_later(acted_on, clock.count or 0))
