"""The penalty of a case: bases side by side, the proposal, the decision on it (处罚建议、审定)."""

from datetime import UTC, datetime
from typing import Any

from flask import redirect, render_template, request, url_for
from marshmallow import Schema, ValidationError
from werkzeug.datastructures import MultiDict

from backend.accounts.auth import Role, current_user, requires
from backend.accounts.scope import Person
from backend.cases import order_queries, penalties, queries
from backend.cases.api import PARTIES
from backend.cases.errors import PenaltyRefused
from backend.cases.frozen import freeze
from backend.cases.models import Case
from backend.cases.penalty_queries import Opened, earlier_of, opened
from backend.cases.penalty_schemas import PenaltyFactsIn, PenaltyProposalIn, PenaltyRulingIn, said_of
from backend.cases.proposing import Proposed
from backend.core.days import today
from backend.core.errors import InvalidInput, Refusal
from backend.core.web import get_session
from backend.rulebook import queries as rulebook
from backend.web.forms import by_words
from backend.web.found import violation_shown
from backend.web.penalty_words import chosen_in_words, laid_in_words
from backend.web.shell import pages
from backend.web.words import t

EARLIER = 3  # lines for penalties that this register does not have
_AMOUNTS = ("gains", "turnover", "minor_months")


@pages.get("/cases/<int:case_id>/penalty")
@requires(*PARTIES)
def case_penalty(case_id: int) -> Any:
    """What the law says to the case, and what was proposed and decided."""
    return _page(queries.case(get_session(), current_user().scope, case_id), MultiDict())


@pages.post("/cases/<int:case_id>/penalty")
@requires(*PARTIES)
def decide_case_penalty(case_id: int) -> Any:
    """Try out what was found; or propose, or decide on what is proposed, as the case was looked at.

    What is only tried out comes by POST as well: amounts and circumstances stand in no address.
    """
    session, person, given = get_session(), current_user(), request.form
    if given.get("deed") == "lay":
        return _lay(queries.case(session, person.scope, case_id), given)
    found = queries.case(session, person.scope, case_id, to_change=True)
    deed = _decide if given.get("deed") == "decide" else _propose
    try:
        deed(found, given, person)
    except PenaltyRefused as refused:
        why = t.named("penalty_wrong", refused.data["because"])
        return _page(found, given, type(refused)(case_because=why)), refused.code
    except InvalidInput as refusal:
        return _again(found, given, by_words(refusal, "penalty_")), refusal.code
    except Refusal as refusal:
        return _page(found, given, refusal), refusal.code
    return redirect(url_for("pages.case_penalty", case_id=case_id, done=1), 303)


def _lay(found: Case, given: MultiDict[str, str]) -> Any:
    """Lay out what the law says to what was found; nothing is kept."""
    try:
        return _page(found, given)
    except InvalidInput as refusal:
        return _page(found, MultiDict(), by_words(refusal, "penalty_"), typed=given), refusal.code


def _again(found: Case, given: MultiDict[str, str], refusal: Refusal) -> Any:
    """The form as it was typed; its facts are laid out only if they can be."""
    try:
        return _page(found, given, refusal)
    except InvalidInput:
        return _page(found, MultiDict(), refusal, typed=given)


def _propose(found: Case, given: MultiDict[str, str], by: Person) -> None:
    said = _loaded(PenaltyProposalIn(), _facts(given) | _reasoned(given) | {"suggested": _choice(given)})
    facts, earlier = said_of(said), tuple(said.pop("earlier"))
    penalties.propose(
        get_session(), found, facts, said.pop("suggested"), earlier=earlier, **said, by=by,
        now=datetime.now(UTC),
    )  # fmt: skip


def _decide(found: Case, given: MultiDict[str, str], by: Person) -> None:
    said = _loaded(PenaltyRulingIn(), _reasoned(given) | {"chosen": _choice(given)})
    seq = given.get("seq", 0, type=int)
    penalties.decide(get_session(), found, seq, said.pop("chosen"), **said, by=by, now=datetime.now(UTC))


def _loaded(schema: Schema, said: dict[str, Any]) -> dict[str, Any]:
    try:
        return dict(schema.load(said))
    except ValidationError as problem:
        raise InvalidInput(**dict.fromkeys(problem.messages, "wrong")) from None


def _facts(given: MultiDict[str, str]) -> dict[str, Any]:
    said: dict[str, Any] = {name: given[name].strip() for name in _AMOUNTS if given.get(name, "").strip()}
    acts = {name.removeprefix("act_"): value for name, value in given.items() if name.startswith("act_")}
    said["acts"] = {number: act for number, act in acts.items() if act.strip()}
    said["circumstances"] = given.getlist("circumstances")
    said["is_person"] = "is_person" in given
    lines = ((given.get(f"earlier_{part}_{n}", "").strip() for part in ("kind", "on", "no"))
             for n in range(1, EARLIER + 1))  # fmt: skip
    said["earlier"] = [
        {"kind": kind, "decided_on": on, "number": number} for kind, on, number in lines if kind or on
    ]
    return said


def _reasoned(given: MultiDict[str, str]) -> dict[str, Any]:
    return {name: given.get(name, "").strip() for name in ("reason", "version")}


def _choice(given: MultiDict[str, str]) -> dict[str, Any]:
    items = [
        {
            "candidate": key, "yuan": given.get(f"yuan:{key}", "").strip() or None,
            "kinds": given.getlist(f"kinds:{key}"),
        }
        for key in given.getlist("take")
    ]  # fmt: skip
    ground = given.get("ground") or None
    return {"outcome": given.get("outcome", ""), "items": items, "ground": ground}


def _page(
    found: Case, given: MultiDict[str, str], refusal: Refusal | None = None, *,
    typed: MultiDict[str, str] | None = None,
) -> Any:  # fmt: skip
    """The page of what counts, or of what `given` says was found; what is only `typed` is shown again."""
    session, person = get_session(), current_user()
    now = opened(found.proposal) if found.proposal else None
    is_anew = "laid" in given
    laid = now.laid if now and not is_anew else _anew(found, given)
    violations = [one.violation for one in found.violations]
    ids = [one.id for one in violations]
    law = rulebook.current(session).on(found.found_on)
    going_on = queries.procedure_of(session, found, today()).leads_to_ruling(found.state)
    officers = {one.user_id for one in found.officers_now}
    return render_template(
        "case_penalty.html",
        case=found, refusal=refusal, is_done="done" in request.args,
        given=typed or (given if is_anew else _typed(now)), kept=_kept(given), is_anew=is_anew,
        ticked=_ticked(given, now), laid=laid_in_words(law, laid, ids),
        violations=list(enumerate((violation_shown(session, one) for one in violations), 1)),
        refused=order_queries.refused(session, ids), limitation=queries.limitation_of(session, found),
        earlier=earlier_of(session, found), lines=range(1, EARLIER + 1),
        history=[(opened(one), one) for one in reversed(found.proposals)], in_words=chosen_in_words, now=now,
        may_find=going_on and person.role is Role.INSPECTOR and person.id in officers,
        may_decide=going_on and not is_anew and now is not None and _may_decide(found, person),
    )  # fmt: skip


def _anew(found: Case, given: MultiDict[str, str]) -> Proposed:
    said = _loaded(PenaltyFactsIn(), _facts(given))
    facts = said_of(said)
    return penalties.lay(get_session(), found, facts, tuple(said["earlier"]))


def _may_decide(found: Case, person: Person) -> bool:
    is_apart = person.id not in {one.user_id for one in found.officers}
    waits = found.proposal is not None and found.proposal.ruling is None
    return person.role is Role.LEGAL_REVIEWER and is_apart and waits


def _kept(given: MultiDict[str, str]) -> list[tuple[str, str]]:
    """What was found, to be sent again with the proposal."""
    names = ("laid", "circumstances", "is_person", *_AMOUNTS)
    return [
        (name, value) for name, value in given.items(multi=True)
        if name in names or name.startswith(("act_", "earlier_"))
    ]  # fmt: skip


def _typed(now: Opened | None) -> MultiDict[str, str]:
    """What was found according to the proposal that counts, as the form would say it."""
    said: MultiDict[str, str] = MultiDict()
    if now is None:
        return said
    for circumstance in sorted(now.said.circumstances):
        said.add("circumstances", circumstance)
    if now.said.is_person:
        said["is_person"] = "true"
    for name in _AMOUNTS:
        if (amount := getattr(now.said.amounts, name)) is not None:
            said[name] = str(amount)
    for violation, act in now.said.acts.items():
        said[f"act_{violation}"] = str(act)
    return said


def _ticked(given: MultiDict[str, str], now: Opened | None) -> dict[str, Any]:
    """What of the candidates is taken up: as it was typed, or else as it is proposed."""
    if "outcome" in given:
        return _choice(given)
    known: dict[str, Any] = freeze(now.suggested) if now else {"outcome": "", "items": [], "ground": None}
    return known
