"""A venue's distances in words: what each rule says, why, on which text, and how near each site is."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from backend.accounts.scope import Scope
from backend.core.settings import Settings
from backend.rulebook import queries as rulebook
from backend.rulebook.rules import DistanceRule, RulebookOnDay, Standing
from backend.screening.holding import Held
from backend.screening.queries import Checked, RuleAnswer, SiteNear, distances_of_venue
from backend.screening.rules import Verdict, worst
from backend.screening.sketch import Dot
from backend.venues.models import Venue
from backend.web.sketches import Sketch, sketch_of
from backend.web.words import language, t

_NEAR_LIMIT_M = 0.1


@dataclass(frozen=True, slots=True)
class RuleShown:
    """What a rule says of the venue, and why."""

    rule: DistanceRule
    verdict: Verdict
    title: str
    demand: str
    reason: str
    citations: list[str]
    open_matter: bool  # somebody has to set something: the radius, or the way of measuring


@dataclass(frozen=True, slots=True)
class ActivityShown:
    """One activity of a venue held against the law."""

    checked: Checked
    rules: list[RuleShown]
    sketch: Sketch | None


def shown_distances(
    session: Session, settings: Settings, scope: Scope, venue: Venue, *, on: date
) -> list[ActivityShown]:
    """Every activity of the venue that the reader's agency supervises; none without a position."""
    on_day = rulebook.current(session).on(on)
    found = distances_of_venue(session, settings, venue, on=on)
    return [
        ActivityShown(one, [_rule(on_day, one, answer) for answer in one.answers], _sketch(venue, one))
        for one in found
        if scope.concerns(one.activity)
    ]


def worst_of(shown: list[ActivityShown]) -> Verdict | None:
    """The worst verdict of all; None where no rule speaks."""
    verdicts = [one.checked.verdict for one in shown if one.checked.verdict]
    return worst(verdicts) if verdicts else None


def metres(value: float, limit: float | None = None) -> str:
    """Metres with one decimal; with three where rounding might hide on which side of a limit they lie."""
    exact = limit is not None and abs(value - limit) < _NEAR_LIMIT_M
    return f"{value:,.3f}" if exact else f"{value:,.1f}"


def rule_title(rule: DistanceRule) -> str:
    """The venues and sites that a rule keeps apart: 网吧与小学、中学 …"""
    activities = t.listed(t.activity_name(activity) for activity in rule.activities)
    return t.rule_of.format(activity=activities, kinds=t.listed(map(t.site_kind_name, rule.site_kinds)))


def _rule(on_day: RulebookOnDay, checked: Checked, answer: RuleAnswer) -> RuleShown:
    rule = answer.rule
    return RuleShown(
        rule, answer.verdict, rule_title(rule), _demand(rule), _reason(rule, answer.verdict, checked.sites),
        on_day.citations(rule, language(), checked.activity),
        not (rule.configured and rule.method_settled),
    )  # fmt: skip


def _demand(rule: DistanceRule) -> str:
    if rule.radius_m is not None:
        return t.rule_radius.format(metres=f"{rule.radius_m:g}")
    return t.rule_undecided if rule.standing is Standing.UNDECIDED else t.rule_no_radius


def _reason(rule: DistanceRule, verdict: Verdict, sites: list[SiteNear]) -> str:
    """Why the verdict is what it is: the nearest site that makes it so."""
    if verdict is Verdict.NOT_CONFIGURED or rule.radius_m is None:
        return t.reason_not_configured.format(by=t.text(rule.set_by))
    decisive = next(_decisive(rule, verdict, sites), None)
    if decisive is None:
        return t.reason_none_near
    line, limit = decisive.line, rule.radius_m
    said = {
        Verdict.INSIDE: t.reason_inside,
        Verdict.CLEAR: t.reason_clear,
        Verdict.SURVEY: t.reason_survey if line.way.settled else t.reason_way_open,
    }[verdict]
    site = decisive.distance.site
    return said.format(
        site=site.name or site.ref, low=metres(line.low_m, limit), high=metres(line.high_m, limit),
        limit=f"{limit:g}",
    )  # fmt: skip


def _decisive(rule: DistanceRule, verdict: Verdict, sites: list[SiteNear]) -> Iterator[Held]:
    return (
        near.held
        for near in sites
        if near.held.rule and near.held.rule.id == rule.id and near.held.verdict is verdict
    )


def _sketch(venue: Venue, checked: Checked) -> Sketch | None:
    """The site that matters most, with its ring, and the venue."""
    held = next((held for verdict in Verdict for held in _held(checked) if held.verdict is verdict), None)
    if held is None or held.rule is None or venue.place is None:
        return None
    name = venue.name or venue.ref
    dot = Dot(venue.place.x, venue.place.y, name, name, held.verdict)
    return sketch_of(held.distance.site, [dot], {rule_title(held.rule): held.rule.radius_m})


def _held(checked: Checked) -> list[Held]:
    return [near.held for near in checked.sites]
