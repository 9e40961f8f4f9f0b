"""Sharing agreements at the desk (共享协议): the list, a proposal, one with its fields and decisions."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from flask import Response, redirect, render_template, request, url_for

from backend.accounts.auth import Role, current_user, requires
from backend.accounts.queries import area_names, areas_to_choose
from backend.core import audit
from backend.core.days import today
from backend.core.errors import InvalidInput, NotAllowed, PersonalNumberFound, Refusal
from backend.core.spreadsheets import csv_answer
from backend.core.web import deployment, get_session
from backend.sharing import actions, queries
from backend.sharing.api import READERS
from backend.sharing.catalogue import CATALOGUE
from backend.sharing.errors import AgreementChanged, AgreementRefused, MessageNotSent, ReplyRefused
from backend.sharing.models import SharingAgreement
from backend.sharing.rules import PROPOSERS, State
from backend.sharing.schemas import SharingAgreementIn, SharingDeedIn, SharingFilter
from backend.web.forms import by_words, loaded
from backend.web.shell import pages, with_refusal
from backend.web.tables import Page, every_row, filters_asked, page_asked
from backend.web.words import t

STANDING_CHIPS = {
    "proposed": "survey", "coming": "survey", "in_force": "clear", "expired": "plain", "refused": "inside",
    "ended": "plain", "replaced": "plain",
}  # fmt: skip
DELIVERY_CHIPS = {
    "queued": "survey", "sent": "survey", "receipted": "clear", "failed": "not_configured",
    "given_up": "inside", "withheld": "plain",
}  # fmt: skip
EVERYWHERE = "*"
_SHOWN = 10
_REFUSED = (InvalidInput, NotAllowed, PersonalNumberFound, AgreementRefused, AgreementChanged)
_OLD = ("receiver", "receiver_kind", "purpose", "legal_basis", "channel", "address", "receiver_key",
        "assessment_no", "area_code")  # fmt: skip


@pages.get("/sharing")
@requires(*READERS)
def sharing() -> Any:
    """The agreements of one's agency or area, newest first."""
    number, place = page_asked()
    given, chosen = filters_asked(SharingFilter())
    session, person = get_session(), current_user()
    rows, total = queries.list_agreements(session, person.scope, on=today(), **chosen, **place)
    return render_template(
        "sharing.html",
        page=Page(list(rows), total, number), given=given, chips=STANDING_CHIPS, on=today(),
        datasets=_datasets(), areas=_area_names(rows), may_propose=person.role in PROPOSERS,
    )  # fmt: skip


@pages.get("/sharing.csv")
@requires(*READERS)
def sharing_csv() -> Response:
    """The same list for a spreadsheet; the export is in the audit trail."""
    _, chosen = filters_asked(SharingFilter())
    headings = (
        t.number, t.sharing_receiver, t.sharing_receiver_kind, t.sharing_purpose, t.sharing_legal_basis,
        t.sharing_dataset, t.sharing_fields, t.sharing_area_code, t.sharing_from_on, t.sharing_until_on,
        t.sharing_channel, t.sharing_assessment_no, t.sharing_standing,
    )  # fmt: skip
    with deployment().unit_of_work() as session:
        audit.record(session, "sharing.export", by=current_user().actor, subject="sharing_agreements")
    return csv_answer("sharing", headings, _lines(chosen))


@pages.get("/sharing/new")
@requires(Role.SUPERVISOR, Role.COORDINATOR)
def new_sharing() -> Any:
    """First the dataset, then the form with its fields; what an older agreement says is filled in."""
    return render_template("sharing_new.html", refusal=None, **_form(request.args))


@pages.post("/sharing/new")
@requires(Role.SUPERVISOR, Role.COORDINATOR)
def propose_sharing() -> Any:
    """Propose an agreement, and show it."""
    given = request.form.to_dict()
    try:
        said = loaded(SharingAgreementIn(exclude=("fields_", "area_code")), given, "sharing_")
        said |= {"fields": request.form.getlist("fields"), "area_code": _area(given)}
        found = actions.propose(
            get_session(), deployment().settings, said, by=current_user(), now=datetime.now(UTC)
        )
    except _REFUSED as refusal:
        return with_refusal("sharing_new.html", in_words(refusal), **_form(request.form))
    return redirect(url_for("pages.sharing_agreement", agreement_id=found.id, done="proposed"), 303)


@pages.get("/sharing/<int:agreement_id>")
@requires(*READERS)
def sharing_agreement(agreement_id: int) -> Any:
    """One agreement: its fields, what can be decided, its messages."""
    return _page(queries.agreement(get_session(), current_user().scope, agreement_id))


@pages.post("/sharing/<int:agreement_id>")
@requires(*READERS)
def decide_sharing(agreement_id: int) -> Any:
    """Confirm, refuse or end it, as it was looked at."""
    session, person = get_session(), current_user()
    found = queries.agreement(session, person.scope, agreement_id, to_change=True)
    try:
        if request.form.get("version") != str(found.version):
            raise AgreementChanged(version=found.version)
        said = loaded(SharingDeedIn(), request.form, "sharing_")
        actions.decide(session, found, said["deed"], said["reason"], by=person, now=datetime.now(UTC))
    except _REFUSED as refusal:
        return _page(found, in_words(refusal)), refusal.code
    return redirect(url_for("pages.sharing_agreement", agreement_id=agreement_id, done="decided"), 303)


def in_words(refusal: Refusal) -> Refusal:
    """A refusal of sharing with its codes in words."""
    if isinstance(refusal, (AgreementRefused, MessageNotSent)):
        return type(refusal)(sharing_because=t.named("sharing_because", refusal.data["because"]))
    if isinstance(refusal, ReplyRefused):
        where = {f"sharing_table_{name}": said for name, said in refusal.data.items() if name != "table"}
        return ReplyRefused(sharing_table=t.named("sharing_table", refusal.data["table"]), **where)
    if isinstance(refusal, AgreementChanged):
        return AgreementChanged()
    return by_words(refusal, "sharing_") if isinstance(refusal, InvalidInput) else refusal


def why(reason: str | None) -> str:
    """Why a message failed, in words."""
    if reason and reason.startswith("answered_"):
        return t.sharing_answered.format(code=reason.removeprefix("answered_"))
    return t.named("sharing_reason", reason) if reason else ""


def _page(found: SharingAgreement, refusal: Refusal | None = None) -> Any:
    session, person, on = get_session(), current_user(), today()
    messages, total = queries.list_messages(session, person.scope, agreement_id=found.id, limit=_SHOWN)
    dataset = CATALOGUE[found.dataset]
    return render_template(
        "sharing_agreement.html",
        one=found, refusal=refusal, done=request.args.get("done"), given=request.form, dataset=dataset,
        fields=[field for field in dataset.fields if field.name in found.fields], why=why,
        standing=found.standing(on), chips=STANDING_CHIPS, delivery_chips=DELIVERY_CHIPS,
        choices=queries.choices(found, person, on), messages=messages, total=total,
        areas=_area_names([found]), confirm="confirm",
        may_correct=person.role in PROPOSERS and found.state == State.CONFIRMED,
    )  # fmt: skip


def _form(given: Any) -> dict[str, Any]:
    """What the form shows: what was typed, else what the agreement says that it replaces."""
    session, person = get_session(), current_user()
    known: dict[str, Any] = given.to_dict()
    ticked = given.getlist("fields")
    if (older_id := given.get("replaces_id", type=int)) is not None:
        older = queries.agreement(session, person.scope, older_id)
        known = {"dataset": older.dataset} | {name: getattr(older, name) or "" for name in _OLD} | known
        ticked = ticked or older.fields
    dataset = CATALOGUE.get(known.get("dataset", ""))
    return {
        "given": known, "ticked": ticked, "dataset": dataset, "datasets": list(_datasets().items()),
        "areas": [(EVERYWHERE, t.everywhere)] * person.scope.everywhere
        + [one for one in areas_to_choose(session) if person.scope.covers(one[0])],
        "on": today(),
    }  # fmt: skip


def _area(given: dict[str, str]) -> str:
    if not (code := given.get("area_code", "").strip()):
        raise InvalidInput(sharing_area_code="required")
    return "" if code == EVERYWHERE else code


def _datasets() -> dict[str, str]:
    return {one.id.value: t.text(one.name) for one in CATALOGUE.values()}


def _area_names(rows: Any) -> dict[str, str]:
    return {"": t.everywhere} | area_names(get_session(), {one.area_code for one in rows})


def _lines(chosen: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    on = today()
    for number, one in every_row(queries.list_agreements, on=on, **chosen):
        yield (
            number, one.receiver, t.named("sharing_receiver", one.receiver_kind), one.purpose,
            one.legal_basis, t.text(CATALOGUE[one.dataset].name), " ".join(one.fields),
            one.area_code or t.everywhere, one.from_on, one.until_on,
            t.named("sharing_channel", one.channel), one.assessment_no,
            t.named("sharing_standing", one.standing(on)),
        )  # fmt: skip
