"""How a case goes (办案程序): its states, the steps between them, the clocks that run. No database, no HTTP.

A profile is the procedure of one kind of authority. One that has a base says only what differs from it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property

from backend.rulebook.rows import Row, Text

Actor = StrEnum("Actor", ["OFFICER", "HEAD", "REVIEWER"])  # 办案人员 / 单位负责人 / 审核（主持）人员
Unit = StrEnum("Unit", ["WORKING_DAY", "NATURAL_DAY", "MONTH", "HOUR"])
Whose = StrEnum("Whose", ["AGENCY", "PARTY"])  # whose time it is 机关的期限 / 当事人的期限
Ruling = StrEnum("Ruling", ["PENALTY", "NO_PENALTY"])  # 给予处罚 / 不予处罚
RollOver = StrEnum(  # where a last day goes: 不顺延 / 法定节假日后第一日 / 整段放假后第一日 / 下一工作日
    "RollOver", ["NONE", "STATUTORY_DAY", "WHOLE_BREAK", "WORKING_DAY"]
)
# time that clocks may leave out 不计入的时间: 中止 / 听证 / 公告 / 检测鉴定 / 责令退还
Pause = StrEnum("Pause", ["SUSPENSION", "HEARING", "PUBLIC_NOTICE", "APPRAISAL", "REFUND"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A document or note that a step must bring; `documents` are the kinds of documents that it may be."""

    id: str
    name: Text
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Most:
    """Up to how many yuan something may be decided, for a person and for an organisation."""

    person: int
    organisation: int


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """Where a case may stand. One that is `over` is no open case any more."""

    id: str
    name: Text
    over: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """By how much a clock may be extended, by whom, how often. Without a count the approver fixes it."""

    id: str
    name: Text
    count: int | None = None
    approved_by: Actor
    times: int
    clauses: tuple[str, ...]
    needs: tuple[Paper, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """A time limit. Without a count the text names no number; the first day counts only where that is said.

    What is not `confirmed` is a setting: no text that we hold says it, and pages say so. One that `follows`
    begins on the day on which that other clock is over; where another reading of the text has it follow an
    earlier one, it warns by that: `warns_after`. One that `warns_from_first` may begin anew, but no
    text says so: it warns by its first beginning. One `of_fine` runs only where there is a fine to pay, and
    once it is over `adds_percent` of the fine may be added each day; one `to_perform` runs where a penalty
    asks anything of the party, as a mere warning does not.
    """

    id: str
    name: Text
    count: int | None = None
    unit: Unit = Unit.WORKING_DAY
    whose: Whose = Whose.AGENCY
    clauses: tuple[str, ...] = ()
    first_day_counts: bool = False
    excludes: tuple[Pause, ...] = ()
    extensions: tuple[Extension, ...] = ()
    follows: str | None = None
    warns_after: str | None = None
    warns_from_first: bool = False
    lapse: Text
    confirmed: bool = True
    of_fine: bool = False
    to_perform: bool = False
    adds_percent: int | None = None
    note: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing that may be done in a case (环节): from where to where, by whom, with what, by which clause.

    Without `out_of` it may come wherever the case is open; without `to` the case stays where it is.
    """

    id: str
    name: Text
    actor: Actor
    clauses: tuple[str, ...]
    out_of: tuple[str, ...] = ()
    to: str | None = None
    needs: tuple[Paper, ...] = ()
    starts: tuple[str, ...] = ()  # clocks
    stops: tuple[str, ...] = ()
    begins: Pause | None = None
    ends: Pause | None = None
    waits_for: tuple[str, ...] = ()  # clocks that must be over, or were stopped
    within: tuple[str, ...] = ()  # clocks that must run, and not be over
    during: tuple[str, ...] = ()  # clocks that must run, over or not
    barred_by: tuple[str, ...] = ()  # clocks that must not run, over or not
    after: tuple[str, ...] = ()  # steps, one of which was made since the case came to `anew`
    apart_from_officers: bool = False  # nobody who is or was an officer of the case
    needs_reason: bool = False
    names_officers: bool = False
    extends: str | None = None  # a clock
    extends_by: int | None = None
    times: int | None = None
    ruling: Ruling | None = None  # what the legal reviewer must have chosen
    without_hearing: bool = False  # not where the penalty gives a right to a hearing
    proposes: Most | None = None  # on an officer's own proposal of a fine up to so much, or a warning
    note: Text | None = None

    @property
    def stays(self) -> bool:
        return self.to is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """What a profile adds to a step of its base."""

    clauses: tuple[str, ...] = ()
    needs: tuple[Paper, ...] = ()
    starts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile(Row):
    """The procedure of one kind of authority. Where cases are not `processed` here they are passed on.

    `starts` are clocks that run from the day on which the lead was found. Back in the state `anew`, what the
    party was told before counts no more. `rolls` is what the text says of a last day on a holiday, and
    `rolls_setting` how this deployment reads it; where the two differ, the earlier day warns.
    """

    name: Text
    base: str | None = None
    processed: bool = True
    start: str = ""
    starts: tuple[str, ...] = ()
    anew: str = ""
    states: tuple[State, ...] = ()
    steps: tuple[Step, ...] = ()
    clocks: tuple[Clock, ...] = ()
    adds: Mapping[str, Addition] = field(default_factory=dict)
    rolls: RollOver = RollOver.NONE
    rolls_setting: RollOver = RollOver.NONE
    clauses: tuple[str, ...] = ()


class Procedure:
    """A profile with all that it takes from its base."""

    def __init__(self, profile: Profile, base: Profile | None = None) -> None:
        self.profile, self.base, self.id = profile, base, profile.id
        layers = [base, profile] if base else [profile]
        self.start, self.anew = profile.start or layers[0].start, profile.anew or layers[0].anew
        self.starts = profile.starts or layers[0].starts
        self.states = {one.id: one for layer in layers for one in layer.states}
        self.clocks = {one.id: one for layer in layers for one in layer.clocks}
        steps = {one.id: one for layer in layers for one in layer.steps}
        steps |= {name: _with(steps[name], added) for name, added in profile.adds.items() if name in steps}
        extending = (step for clock in self.clocks.values() for step in _extending(clock))
        self.steps = steps | {step.id: step for step in extending}

    def out_of(self, state: str) -> list[Step]:
        """The steps that lead on from a state, or may be made in it; none once the case is over."""
        known = self.states[state]
        return [
            step
            for step in self.steps.values()
            if state in step.out_of or (not step.out_of and not known.over)
        ]

    def leads_to_ruling(self, state: str) -> bool:
        """Whether a step that needs a choice of the penalty may still come."""
        ways = [(before, step.to) for step in self.steps.values() if step.to for before in step.out_of]
        ahead = _closure({state}, ways)
        needing = [step for step in self.steps.values() if step.ruling or step.proposes]
        return any(not ahead.isdisjoint(step.out_of) for step in needing)

    @cached_property
    def papers(self) -> dict[str, Paper]:
        """Every paper that a step may bring."""
        return {paper.id: paper for step in self.steps.values() for paper in step.needs}


def _with(step: Step, added: Addition) -> Step:
    return replace(
        step,
        clauses=step.clauses + added.clauses,
        needs=step.needs + added.needs,
        starts=step.starts + added.starts,
    )


def _extending(clock: Clock) -> Iterator[Step]:
    """The steps by which a clock is extended while it runs, each after the one before it."""
    before: tuple[str, ...] = ()
    for way in clock.extensions:
        step = f"extend_{clock.id}_{way.id}"
        yield Step(
            id=step, name=way.name, actor=way.approved_by, clauses=way.clauses, needs=way.needs,
            needs_reason=True, within=(clock.id,), after=before,
            extends=clock.id, extends_by=way.count, times=way.times,
        )  # fmt: skip
        before = (step,)


def problems_of_procedures(profiles: Iterable[Profile], clauses: set[str]) -> Iterator[str]:
    """What is wrong with the profiles, a line each; profiles of older days are held against today's base."""
    known = list(profiles)
    newest = {profile.id: profile for profile in known}
    for profile in known:
        base = newest.get(profile.base or "")
        if profile.base and (base is None or base.base):
            yield f"{profile.id}: {profile.base} is no profile that can be a base"
        else:
            yield from (f"{profile.id}: {said}" for said in _of_procedure(Procedure(profile, base), clauses))


def _of_procedure(one: Procedure, clauses: set[str]) -> Iterator[str]:
    yield from _of_names(one)
    yield from _of_clocks(one, clauses)
    yield from (f"{clock} is no clock" for clock in one.starts if clock not in one.clocks)
    if one.start not in one.states or one.anew not in one.states:
        yield f"{one.start or 'nothing'} is no state to begin with, or {one.anew or 'nothing'} to begin anew"
        return
    for step in one.steps.values():
        yield from (f"{step.id}: {said}" for said in _of_step(step, one, clauses))
    yield from _of_ways(one)


def _of_names(one: Procedure) -> Iterator[str]:
    for table in ("states", "steps", "clocks"):
        for profile in filter(None, (one.base, one.profile)):
            counted = Counter(row.id for row in getattr(profile, table))
            yield from (f"{name} stands twice in {table}" for name, times in counted.items() if times > 1)
    base_steps = {step.id for step in one.base.steps} if one.base else set()
    yield from (f"{step} is no step of the base" for step in one.profile.adds if step not in base_steps)


def _of_step(step: Step, one: Procedure, clauses: set[str]) -> Iterator[str]:
    if not step.clauses:
        yield "names no clause"
    yield from (f"{clause} is not in clauses" for clause in step.clauses if clause not in clauses)
    places = (*step.out_of, *filter(None, [step.to]))
    yield from (f"{state} is no state" for state in places if state not in one.states)
    clocks = (*step.starts, *step.stops, *step.waits_for, *step.within, *step.during, *step.barred_by)
    yield from (f"{clock} is no clock" for clock in clocks if clock not in one.clocks)
    yield from (f"{earlier} is no step" for earlier in step.after if earlier not in one.steps)
    if step.ends and step.ends not in {other.begins for other in one.steps.values()}:
        yield f"no step begins {step.ends}"


def _of_clocks(one: Procedure, clauses: set[str]) -> Iterator[str]:
    for clock in one.clocks.values():
        yield from (f"{clock.id}: {name} is not in clauses" for name in clock.clauses if name not in clauses)
        if clock.count is not None and clock.count <= 0:
            yield f"{clock.id}: {clock.count} is no length of time"
        if clock.count is not None and clock.confirmed and not clock.clauses:
            yield f"{clock.id}: a number that no clause says is a setting: confirmed is false"
        for other in filter(None, (clock.follows, clock.warns_after)):
            if one.clocks.get(other, clock).follows:
                yield f"{clock.id}: {other} is no clock that it can follow"
        if clock.unit is Unit.HOUR and clock.excludes:
            yield f"{clock.id}: hours leave nothing out"


def _of_ways(one: Procedure) -> Iterator[str]:
    """Every state can be reached, and from every state a case can come to its end."""
    ways = [(state, step.to) for step in one.steps.values() if step.to for state in step.out_of]
    reached = _closure({one.start}, ways)
    yield from (f"{state} is never reached" for state in one.states if state not in reached)
    over = {state.id for state in one.states.values() if state.over}
    ending = _closure(over, [(to, state) for state, to in ways])
    yield from (f"{state} is a dead end" for state in one.states if state not in ending)


def _closure(begun: set[str], ways: Iterable[tuple[str, str]]) -> set[str]:
    ways, found = list(ways), set(begun)
    while more := {to for state, to in ways if state in found} - found:
        found |= more
    return found
