"""The audit trail as a page."""

from typing import Any

from flask import render_template

from backend.accounts import queries
from backend.accounts.auth import Role, requires
from backend.accounts.schemas import AuditFilter
from backend.core.web import get_session
from backend.web.shell import pages
from backend.web.tables import Page, filters_asked, page_asked
from backend.web.words.deeds import DEEDS


@pages.get("/audit")
@requires(Role.AUDITOR, Role.AUDIT_ADMIN)
def audit() -> Any:
    """What was done, by whom, to what; newest first."""
    number, place = page_asked()
    given, chosen = filters_asked(AuditFilter())
    session = get_session()
    rows, total = queries.list_audit(session, **chosen, **place)
    names = queries.names_of(session, {row.actor for row in rows})
    deeds = [(deed, str(word)) for deed, word in DEEDS.items()]
    return render_template(
        "audit.html", page=Page(rows, total, number), given=given, names=names, deeds=deeds
    )
