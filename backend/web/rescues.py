"""Rescue files (救援文件): the list, bringing one in, deciding on one that waits. Never its content."""

from datetime import UTC, datetime
from typing import Any, cast

from flask import redirect, render_template, request, url_for

from backend.accounts import queries as accounts
from backend.accounts.auth import current_user, hold_token, reads_itself, requires
from backend.accounts.devices_api import KEEPERS
from backend.core.errors import InvalidInput, PersonalNumberFound, Refusal
from backend.core.personal_numbers import find
from backend.core.streams import stream_of
from backend.core.web import deployment, get_session
from backend.intake import rescue, rescue_deeds, rescue_queries
from backend.intake.models import RescueState
from backend.intake.parts import one_file
from backend.intake.rescue_schemas import RescueFilter
from backend.web.shell import pages, with_refusal
from backend.web.tables import Page, filters_asked, page_asked
from backend.web.words import t

STATE_KINDS = {"taken": "clear", "received": "plain", "refused": "plain"}
_DEEDS = {"release": rescue_deeds.release, "refuse": rescue_deeds.refuse}
_FORM_BYTES = 64 * 1024  # around the file


@pages.get("/rescue-files")
@requires(*KEEPERS)
def rescue_files() -> Any:
    """The rescue files in one's care."""
    return render_template("rescues.html", refusal=None, **_list())


@pages.post("/rescue-files")
@reads_itself
@requires(*KEEPERS)
def bring_rescue_file() -> Any:
    """Bring one in, sealed as it arrives. It owns its transactions."""
    served, person = deployment(), current_user()
    request.max_content_length = served.settings.max_rescue_bytes + _FORM_BYTES
    try:
        fields, content = one_file(cast(Any, request.stream), request.headers.get("Content-Type", ""))
        hold_token(request.headers.get("X-CSRF-Token") or fields.get("csrf_token", ""))
        by, now = rescue.Bringer.of(person), datetime.now(UTC)
        rescue.bring(served, stream_of(content), by=by, now=now)
    except ValueError:
        return with_refusal("rescues.html", InvalidInput(rescue_file="not_whole"), **_list())
    except Refusal as refusal:
        if refusal.status == "forged_request":
            raise
        return with_refusal("rescues.html", refusal, **_list())
    return redirect(url_for("pages.rescue_files"), 303)


@pages.get("/rescue-files/<int:file_id>")
@requires(*KEEPERS)
def rescue_file(file_id: int) -> Any:
    """One of them, and what can be done with it."""
    return render_template("rescue.html", refusal=None, **_one(file_id))


@pages.post("/rescue-files/<int:file_id>")
@requires(*KEEPERS)
def decide_rescue_file(file_id: int) -> Any:
    """Let it be taken, or leave it sealed."""
    person, session, reason = current_user(), get_session(), request.form.get("reason", "").strip()
    if (deed := _DEEDS.get(request.form.get("deed", ""))) is None:
        raise InvalidInput(deed="choose_one")
    try:
        if not 4 <= len(reason) <= 1000:
            raise InvalidInput(rescue_reason="required")
        if find(reason):
            raise PersonalNumberFound(rescue_reason="personal_number")
        deed(session, file_id, reason, by=person, now=datetime.now(UTC))
    except (InvalidInput, PersonalNumberFound) as refusal:
        return with_refusal("rescue.html", refusal, **_one(file_id))
    return render_template("rescue.html", refusal=None, **_one(file_id))


def _list() -> dict[str, Any]:
    number, place = page_asked()
    given, chosen = filters_asked(RescueFilter())
    rows, total = rescue_queries.list_rescue_files(get_session(), current_user().scope, **chosen, **place)
    states = [(one, t.named("rescue_state", one)) for one in RescueState]
    return {"page": Page(rows, total, number), "given": given, "states": states} | _naming(rows)


def _one(file_id: int) -> dict[str, Any]:
    session = get_session()
    row = rescue_queries.rescue_file(session, current_user().scope, file_id)
    return {"file": row, "items": rescue_queries.items_of(session, row.id)} | _naming([row])


def _naming(rows: list[Any]) -> dict[str, Any]:
    actors = {row.brought_by for row in rows} | {f"user:{row.decided_by}" for row in rows if row.decided_by}
    tablets = (actor.partition("device:")[2] for actor in actors if actor.startswith("device:"))
    others = {f"device:{number}": t.rescue_by_tablet.format(number=number) for number in tablets}
    people = accounts.names_of(get_session(), actors) | others | {"command": t.rescue_by_command}
    return {"people": people, "kinds": STATE_KINDS}
