"""Units in close contact with minors, and their queries about staff (从业查询): counts, never names."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from flask import Response, redirect, render_template, request, url_for

from backend.accounts.auth import Role, current_user, requires
from backend.accounts.queries import area_names, areas_in_scope
from backend.core import audit
from backend.core.days import today
from backend.core.errors import InvalidInput, NotAllowed, PersonalNumberFound, Refusal
from backend.core.spreadsheets import file_answer, workbook
from backend.core.web import deployment, get_session
from backend.protected_sites import queries as sites
from backend.rulebook import queries as rulebook
from backend.staff_queries import actions, importing, queries
from backend.staff_queries.api import OVERSEERS, READERS
from backend.staff_queries.errors import QueryReplaced, UnitChanged, UnitClosed, UnitsRefused, UnitTaken
from backend.staff_queries.models import ContactUnit
from backend.staff_queries.rules import AskedBy, Standing, standing_of
from backend.staff_queries.schemas import ContactUnitChangeIn, ContactUnitFilter, ContactUnitIn, StaffQueryIn
from backend.venues import queries as venues
from backend.web.forms import by_words, loaded
from backend.web.law import cited
from backend.web.shell import pages, with_refusal
from backend.web.tables import Page, filters_asked, page_asked
from backend.web.venues import area_choices
from backend.web.words import t

CHIPS = {"never": "inside", "overdue": "inside", "soon": "survey", "in_time": "clear"}
RESULT_CHIPS = {"none_found": "clear", "not_hired": "plain", "dismissed": "plain", "awaited": "survey"}
BASIS = "PEN-04"
_AT_ONCE = 1000
_REFUSED = (
    InvalidInput, NotAllowed, PersonalNumberFound, QueryReplaced, UnitChanged, UnitClosed, UnitTaken,
)  # fmt: skip


@pages.get("/contact-units")
@requires(*READERS)
def contact_units() -> Any:
    """The units of one's areas, those that never queried first; a school sees itself."""
    return _list()


def _list(refusal: Refusal | None = None, taken: dict[str, int] | None = None) -> Any:
    number, place = page_asked()
    given, chosen = filters_asked(ContactUnitFilter())
    session, person = get_session(), current_user()
    rows, total = queries.list_units(session, person, on=today(), **chosen, **place)
    return render_template(
        "contact_units.html",
        page=Page(list(rows), total, number), given=given, standing=_standing, chips=CHIPS,
        area_names=area_names(session, {one.area_code for one in rows}), areas=area_choices(),
        kinds=_kinds(), own=person.role is Role.REPORTER, refusal=refusal, taken=taken,
    )  # fmt: skip


@pages.get("/contact-units.xlsx")
@requires(*OVERSEERS)
def contact_units_xlsx() -> Response:
    """The same list for Excel, as a whole; the export is in the audit trail before it leaves."""
    _, chosen = filters_asked(ContactUnitFilter())
    headings = (
        t.number, t.contact_unit_kind, t.contact_unit_name, t.contact_unit_address, t.contact_unit_area_code,
        t.contact_unit_credit_code, t.contact_unit_standing, t.contact_unit_queried_on,
        t.contact_unit_next_due_on,
    )  # fmt: skip
    with deployment().unit_of_work() as session:
        audit.record(session, "contact_unit.export", by=current_user().actor, subject="contact_units")
    return file_answer("staff-queries", workbook(t.contact_units, headings, _lines(chosen)))


@pages.post("/contact-units/import")
@requires(*OVERSEERS)
def import_contact_units() -> Any:
    """Take in a table of units, as a whole or not at all."""
    try:
        if (sent := request.files.get("file")) is None or not sent.filename:
            raise UnitsRefused(table="required")
        rows = importing.read(sent.stream.read(importing.LARGEST + 1), sent.filename)
        counts = importing.take_in(get_session(), rows, by=current_user(), now=datetime.now(UTC))
    except UnitsRefused as refusal:
        return _list(UnitsRefused(**_by_row(refusal))), refusal.code
    return _list(taken=counts)


@pages.get("/contact-units/new")
@requires(*OVERSEERS)
def new_contact_unit() -> Any:
    """The form; a school or venue in the address is filled in."""
    return render_template("contact_unit_new.html", refusal=None, **_form(_prefilled()))


@pages.post("/contact-units/new")
@requires(*OVERSEERS)
def register_contact_unit() -> Any:
    """Register a unit, and show it."""
    try:
        said = loaded(ContactUnitIn(), request.form, "contact_unit_")
        unit = actions.register(get_session(), said, by=current_user(), now=datetime.now(UTC))
    except _REFUSED as refusal:
        shown = by_words(refusal, "contact_unit_")
        return with_refusal("contact_unit_new.html", shown, **_form(request.form.to_dict()))
    return redirect(url_for("pages.contact_unit", unit_id=unit.id), 303)


@pages.get("/contact-units/<int:unit_id>")
@requires(*READERS)
def contact_unit(unit_id: int) -> Any:
    """One unit: how it stands, its queries, and the form for another one."""
    return _page(queries.unit(get_session(), current_user(), unit_id))


@pages.post("/contact-units/<int:unit_id>")
@requires(*READERS)
def follow_contact_unit(unit_id: int) -> Any:
    """Enter a query, or correct what is registered, of the unit as it was looked at."""
    session, person, now = get_session(), current_user(), datetime.now(UTC)
    unit = queries.unit(session, person, unit_id, to_change=True)
    is_change = request.form.get("deed") == "change"
    prefix = "contact_unit_" if is_change else "staff_query_"
    try:
        if is_change:
            said = loaded(ContactUnitChangeIn(), request.form, prefix)
            actions.change(session, unit, said, said.pop("version"), by=person, now=now)
        else:
            said = loaded(StaffQueryIn(), request.form, prefix)
            actions.enter_query(session, unit, said, said.pop("version"), by=person, now=now)
    except _REFUSED as refusal:
        return _page(unit, by_words(refusal, prefix)), refusal.code
    return redirect(
        url_for("pages.contact_unit", unit_id=unit_id, done="change" if is_change else "query"), 303
    )


def _page(unit: ContactUnit, refusal: Refusal | None = None) -> Any:
    session, person, on = get_session(), current_user(), today()
    rows = queries.history(session, unit.id)
    law, standing = rulebook.current(session).on(on), _standing(unit)
    kind, basis = law.contact_unit_kinds.get(unit.kind), law.legal_bases[BASIS]
    is_overseer, replaced = person.role in OVERSEERS, {one.replaces_id for one in rows}
    return render_template(
        "contact_unit.html",
        unit=unit, refusal=refusal, done=request.args.get("done"), given=request.form, rows=rows, on=on,
        standing=standing, chips=CHIPS, result_chips=RESULT_CHIPS, kind=kind, kinds=_kinds(),
        replaced=replaced, replaceable=[
            one for one in rows
            if one.id not in replaced and (is_overseer or one.asked_by == AskedBy.UNIT)
        ],
        is_overseer=is_overseer, areas=area_choices(),
        clauses=cited(law, kind.clauses if kind else ()), basis=basis,
        basis_clauses=cited(law, basis.clauses),
        is_late=is_overseer and not unit.closed_on and standing in (Standing.NEVER, Standing.OVERDUE),
        asked_by=t.options("staff_query_asked_by") if is_overseer else [],
        area_names=area_names(session, [unit.area_code]), own=AskedBy.UNIT,
    )  # fmt: skip


def _form(given: dict[str, Any]) -> dict[str, Any]:
    return {"given": given, "kinds": _kinds(), "areas": area_choices()}


def _by_row(refusal: UnitsRefused) -> dict[str, str]:
    """The faults of a table, each under the words for its row."""
    return {
        t.contact_unit_row.format(number=name) if name.isdecimal() else "contact_unit_table": str(fault)
        for name, fault in refusal.data.items()
    }


def _prefilled() -> dict[str, Any]:
    """What the register knows of the school or venue that the address names."""
    session, scope = get_session(), current_user().scope
    if site_id := request.args.get("site_id", type=int):
        site = sites.site(session, scope, site_id)
        kind = site.kind if site.kind == "kindergarten" else "" if site.kind == "other" else "school"
        return _known(site) | {"site_id": site.id, "kind": kind}
    if venue_id := request.args.get("venue_id", type=int):
        venue = venues.venue(session, scope, venue_id)
        return _known(venue) | {"venue_id": venue.id, "credit_code": venue.credit_code or ""}
    return {}


def _known(place: Any) -> dict[str, Any]:
    return {name: getattr(place, name) or "" for name in ("name", "address", "area_code")}


def _kinds() -> dict[str, str]:
    known = rulebook.current(get_session()).on(today()).contact_unit_kinds
    return {one.id: t.text(one.name) for one in known.values()}


def _standing(unit: ContactUnit) -> Standing:
    return standing_of(unit.next_due_on, today())


def _lines(chosen: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    session, person, kinds = get_session(), current_user(), _kinds()
    names, done = {one.code: one.name for one in areas_in_scope(session, person.scope)}, 0
    while rows := queries.list_units(session, person, on=today(), **chosen, offset=done, limit=_AT_ONCE)[0]:
        for number, one in enumerate(rows, done + 1):
            yield (
                number, kinds.get(one.kind, one.kind), one.name, one.address,
                names.get(one.area_code, one.area_code), one.credit_code,
                t.named("contact_unit_standing", _standing(one)), one.queried_on, one.next_due_on,
            )  # fmt: skip
        done += len(rows)
