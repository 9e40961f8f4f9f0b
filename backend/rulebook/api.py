"""HTTP doors of the rulebook: read-only, each as of a day and, for a hearing years later, of a version."""

from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

from flask_smorest import Blueprint

from backend.accounts.auth import Role, requires
from backend.core.days import SHANGHAI
from backend.core.web import get_session
from backend.rulebook import queries, schemas
from backend.rulebook.errors import TooManyDays
from backend.rulebook.matrix import matrix
from backend.rulebook.models import RulebookVersion
from backend.rulebook.rules import (
    Clause,
    DayFlags,
    DistanceRule,
    Duty,
    Procedure,
    RulebookOnDay,
    Sourced,
)

blp = Blueprint("rulebook", __name__, url_prefix="/api/v1/rulebook", description="The law as dated rows")
MOST_DAYS = 550


@blp.route("")
@requires(*Role)
@blp.response(200, schemas.VersionOut(many=True))
def versions() -> list[RulebookVersion]:
    """List the versions, newest first; the first is current"""
    return queries.versions(get_session())


@blp.route("/clauses")
@requires(*Role)
@blp.arguments(schemas.OnDay, location="query")
@blp.response(200, schemas.ClauseOut(many=True))
def clauses(asked: dict[str, Any]) -> list[dict[str, Any]]:
    """List the clauses in force on a day, with their citations"""
    on_day = _on(**asked)
    return [_clause(on_day, clause) for clause in on_day.all_clauses.values()]


@blp.route("/activities")
@requires(*Role)
@blp.arguments(schemas.OnDay, location="query")
@blp.response(200, schemas.ActivityOut(many=True))
def activities(asked: dict[str, Any]) -> list[dict[str, Any]]:
    """List the kinds of business and who supervises them"""
    on_day = _on(**asked)
    return [_cited(on_day, activity) for activity in on_day.activities.values()]


@blp.route("/site-kinds")
@requires(*Role)
@blp.arguments(schemas.OnDay, location="query")
@blp.response(200, schemas.SiteKindOut(many=True))
def site_kinds(asked: dict[str, Any]) -> list[dict[str, Any]]:
    """List the kinds of sites, and whether a distance may protect them"""
    on_day = _on(**asked)
    return [_cited(on_day, kind) for kind in on_day.site_kinds.values()]


@blp.route("/distance-rules")
@requires(*Role)
@blp.arguments(schemas.OnDay, location="query")
@blp.response(200, schemas.DistanceRuleOut(many=True))
def distance_rules(asked: dict[str, Any]) -> list[dict[str, Any]]:
    """List the distance rules with what authorities decided, and what was only heard of"""
    on_day = _on(**asked)
    return [_distance_rule(on_day, rule) for rule in on_day.distance_rules.values()]


@blp.route("/duties")
@requires(*Role)
@blp.arguments(schemas.DutyFilter, location="query")
@blp.response(200, schemas.DutyOut(many=True))
def duties(asked: dict[str, Any]) -> list[dict[str, Any]]:
    """List the duties, with the candidate bases of a breach"""
    activity = asked.pop("activity")
    on_day = _on(**asked)
    found = on_day.duties_of(activity) if activity else on_day.duties.values()
    return [_duty(on_day, duty, activity) for duty in found]


@blp.route("/legal-bases")
@requires(*Role)
@blp.arguments(schemas.OnDay, location="query")
@blp.response(200, schemas.LegalBasisOut(many=True))
def legal_bases(asked: dict[str, Any]) -> list[dict[str, Any]]:
    """List the bases on which a breach may be punished"""
    on_day = _on(**asked)
    return [_cited(on_day, basis) for basis in on_day.legal_bases.values()]


@blp.route("/procedures")
@requires(*Role)
@blp.arguments(schemas.OnDay, location="query")
@blp.response(200, schemas.ProcedureOut(many=True))
def procedures(asked: dict[str, Any]) -> list[dict[str, Any]]:
    """List how cases go at each kind of authority: states, steps and clocks"""
    on_day = _on(**asked)
    return [_procedure(on_day.procedure(name)) for name in on_day.profiles]


@blp.route("/tip-clocks")
@requires(*Role)
@blp.arguments(schemas.OnDay, location="query")
@blp.response(200, schemas.TipLimitOut(many=True))
def tip_clocks(asked: dict[str, Any]) -> list[dict[str, Any]]:
    """List the time limits of tips, and which numbers are settings or not set at all"""
    on_day = _on(**asked)
    return [_cited(on_day, clock) for clock in on_day.tip_clocks.values()]


@blp.route("/transfers")
@requires(*Role)
@blp.arguments(schemas.OnDay, location="query")
@blp.response(200, schemas.ProcedureOut(many=True))
def transfers(asked: dict[str, Any]) -> list[dict[str, Any]]:
    """List how transfers to other bodies go: states, steps and clocks"""
    on_day = _on(**asked)
    return [_procedure(on_day.transfer(name)) for name in on_day.transfers]


@blp.route("/reply-clocks")
@requires(*Role)
@blp.arguments(schemas.OnDay, location="query")
@blp.response(200, schemas.ReplyClockOut(many=True))
def reply_clocks(asked: dict[str, Any]) -> list[dict[str, Any]]:
    """List in how long recommendations are answered, each reading of the texts"""
    on_day = _on(**asked)
    return [_cited(on_day, clock) for clock in on_day.reply_clocks.values()]


@blp.route("/duty-matrix")
@requires(*Role)
@blp.arguments(schemas.DutyFilter, location="query")
@blp.response(200, schemas.ResponsibilityOut(many=True))
def duty_matrix(asked: dict[str, Any]) -> list[dict[str, Any]]:
    """Say which authority is responsible for which duty at which kind of business, and what is not settled"""
    activity = asked.pop("activity")
    on_day = _on(**asked)
    return [
        {"row": one, "duty": _cited(on_day, one.duty, one.activity.id)} for one in matrix(on_day, activity)
    ]


@blp.route("/days")
@requires(*Role)
@blp.arguments(schemas.DaysAsked, location="query")
@blp.response(200, schemas.DayOut(many=True))
def days(asked: dict[str, date]) -> list[DayFlags]:
    """Say what kind of days these are"""
    first, count = asked["from_"], (asked["to"] - asked["from_"]).days + 1
    if not 1 <= count <= MOST_DAYS:
        raise TooManyDays(days=count, at_most=MOST_DAYS)
    rulebook = queries.current(get_session())
    return [rulebook.day(first + timedelta(days=number)) for number in range(count)]


def _on(on: date | None, version: int | None) -> RulebookOnDay:
    session = get_session()
    rulebook = queries.current(session) if version is None else queries.version(session, version)
    return rulebook.on(on or datetime.now(SHANGHAI).date())


def _procedure(one: Procedure) -> dict[str, Any]:
    rows = {table: list(getattr(one, table).values()) for table in ("states", "steps", "clocks")}
    return {"id": one.id, "profile": one.profile, "start": one.start} | rows


def _clause(on_day: RulebookOnDay, clause: Clause) -> dict[str, Any]:
    citation = {lang: on_day.citation(clause.id, lang) for lang in ("zh", "en")} if clause.citable else None
    return asdict(clause) | {"citation": citation, "proven": clause.proven_on(on_day.date)}


def _cited(on_day: RulebookOnDay, row: Sourced, activity: str | None = None) -> dict[str, Any]:
    both = zip(*(on_day.citations(row, lang, activity) for lang in ("zh", "en")), strict=True)
    citations = [{"zh": zh, "en": en} for zh, en in both]
    return asdict(row) | {"citations": citations, "unproven": on_day.unproven(row)}


def _distance_rule(on_day: RulebookOnDay, rule: DistanceRule) -> dict[str, Any]:
    settings = [asdict(s) for s in on_day.distance_settings.values() if s.rule == rule.id]
    said = {"configured": rule.configured, "method_settled": rule.method_settled, "settings": settings}
    return _cited(on_day, rule) | said


def _duty(on_day: RulebookOnDay, duty: Duty, activity: str | None) -> dict[str, Any]:
    bases = [_cited(on_day, basis) for basis in on_day.bases(duty.id, activity)]
    return _cited(on_day, duty, activity) | {"binds": on_day.binds(duty.id), "bases": bases}
