"""Who is responsible for which duty (职责分工表), by the rulebook's rows; what they leave open is a gap."""

from typing import Any

from flask import render_template, request

from backend.accounts.auth import Role, requires
from backend.core.days import today
from backend.core.web import get_session
from backend.rulebook import queries as rulebook
from backend.rulebook.matrix import matrix
from backend.web.law import cited
from backend.web.shell import pages
from backend.web.tables import PAGE_SIZE, Page, page_asked
from backend.web.words import t


@pages.get("/duty-matrix")
@requires(Role.SUPERVISOR, Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.COORDINATOR)
def duty_matrix() -> Any:
    """Kinds of business by duties; only those without a settled authority, if asked."""
    law = rulebook.current(get_session()).on(today())
    given = {name: text for name in ("activity", "gaps") if (text := request.args.get(name, ""))}
    rows = [
        one
        for one in matrix(law, given.get("activity"))
        if "gaps" not in given or one.responsible is None or one.to_confirm
    ]
    number, place = page_asked()
    shown = rows[place["offset"] : place["offset"] + PAGE_SIZE]
    return render_template(
        "duty_matrix.html",
        page=Page([(one, cited(law, one.duty.clauses)) for one in shown], len(rows), number), given=given,
        activities=[(one.id, t.activity_name(one.id)) for one in law.activities.values()],
    )  # fmt: skip
