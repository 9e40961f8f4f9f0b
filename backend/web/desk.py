"""The desk that people find after signing in, and the reference of the API."""

from datetime import UTC, datetime
from typing import Any

from flask import render_template

from backend.accounts import queries
from backend.accounts.auth import Role, current_user, requires
from backend.core.web import get_session
from backend.web.matters import matters
from backend.web.shell import pages
from backend.web.static_files import FOLDER


@pages.get("/")
@requires(*Role)
def home() -> Any:
    """The desk: what waits, where to go, who I am here and what I work with."""
    session, person = get_session(), current_user()
    return render_template(
        "home.html", person=person, area_names=queries.area_names(session, person.scope.areas),
        waiting=list(matters(session, person, datetime.now(UTC))) if person.role is Role.SUPERVISOR else [],
    )  # fmt: skip


@pages.get("/api/docs")
@requires(*Role)
def api_docs() -> Any:
    """Swagger UI over our own OpenAPI description, from our own files."""
    is_built = (FOLDER / "swagger-ui" / "swagger-ui-bundle.js").is_file()
    return render_template("api_docs.html", is_built=is_built)
