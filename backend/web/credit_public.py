"""What everybody may read of the credit registers (信用公示): published, in force, natural persons masked."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from flask import Response, render_template

from backend.core.days import today
from backend.core.spreadsheets import csv_answer
from backend.core.web import deployment, get_session
from backend.credit import queries
from backend.credit.models import CreditEntry
from backend.credit.schemas import PublicCreditFilter
from backend.rulebook import queries as rulebook
from backend.web.law import cited
from backend.web.shell import pages
from backend.web.tables import Page, filters_asked, page_asked
from backend.web.words import t

_AT_ONCE = 1000


@pages.get("/credit-public")
def credit_public() -> Any:
    """The list for everybody, with how somebody gets in, gets out, and what a party may do."""
    number, place = page_asked()
    given, chosen = filters_asked(PublicCreditFilter())
    session, law = get_session(), rulebook.current(get_session()).on(today())
    rows, total = queries.list_published(session, on=today(), **chosen, **place)
    used = [law.credit_criteria[name] for name in dict.fromkeys(one.criterion_id for one in rows)
            if name in law.credit_criteria]  # fmt: skip
    return render_template(
        "credit_public.html",
        page=Page(list(rows), total, number), given=given, party=queries.public_party,
        grounds=[(one, cited(law, one.clauses)) for one in used],
        ground_of=_ground_of(), venue=queries.public_venue,
    )  # fmt: skip


@pages.get("/credit-public.csv")
def credit_public_csv() -> Response:
    """The same for a spreadsheet."""
    _, chosen = filters_asked(PublicCreditFilter())
    headings = (
        t.number, t.credit_register, t.credit_criterion_id, t.credit_venue, t.credit_party,
        t.credit_decision_no, t.credit_decision_on, t.credit_listing_agency, t.credit_listed_on,
        t.credit_until_on,
    )  # fmt: skip
    return csv_answer("credit-public", headings, _lines(chosen, today(), _ground_of()))


def _ground_of() -> dict[str, str]:
    """What stands for a ground in public: its name, but nothing that rests on memory."""
    known = rulebook.current(get_session()).on(today()).credit_criteria
    return {one.id: t.text(one.name) for one in known.values() if one.citable}


def _said_of(one: CreditEntry, grounds: dict[str, str]) -> str:
    said = [grounds.get(one.criterion_id), one.confirmation.document if one.confirmation else None]
    return t.one_after_another(filter(None, said))


def _lines(chosen: dict[str, Any], on: date, grounds: dict[str, str]) -> Iterator[tuple[Any, ...]]:
    done = 0
    with deployment().reading() as session:
        while rows := queries.list_published(session, on=on, **chosen, offset=done, limit=_AT_ONCE)[0]:
            for number, one in enumerate(rows, done + 1):
                yield (
                    number, t.named("credit_register", one.register), _said_of(one, grounds),
                    queries.public_venue(one), queries.public_party(one), one.decision_no, one.decision_on,
                    t.agency_name(one.agency.names), one.listed_on, one.until_on,
                )  # fmt: skip
            done += len(rows)
            session.expunge_all()
