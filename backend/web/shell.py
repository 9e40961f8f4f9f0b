"""The frame around every page: who is here, the menu, the language, the way to sign in, forms refused."""

from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Flask, redirect, render_template, request, url_for
from jinja2 import StrictUndefined

from backend.accounts.auth import csrf_token, known_user
from backend.cases.rules import is_numbered
from backend.core.days import SHANGHAI
from backend.core.errors import Refusal, SignInNeeded
from backend.core.spoken import in_groups
from backend.core.web import problem_answer
from backend.web.kept_form import KeptForm
from backend.web.look import is_large
from backend.web.menu import may_open, menu_of
from backend.web.sketches import mark_of
from backend.web.static_files import asset, static
from backend.web.tablet_app import tablet_app
from backend.web.words import LANGUAGES, language, t

pages = Blueprint("pages", __name__, template_folder="templates")


def install(app: Flask) -> None:
    """Give an application its pages."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        t=t, asset=asset, csrf_token=csrf_token, language=language, languages=LANGUAGES,
        known_user=known_user, menu_of=menu_of, may_open=may_open, mark_of=mark_of, is_large=is_large,
    )  # fmt: skip
    app.jinja_env.filters.update(
        minute=minute, second=_second, day=_day, in_line=_in_line, in_groups=in_groups
    )
    app.jinja_env.tests["numbered"] = is_numbered
    app.register_error_handler(SignInNeeded, _to_sign_in)
    app.register_blueprint(static)
    app.register_blueprint(tablet_app)
    app.register_blueprint(pages)


def minute(at: datetime | None) -> str:
    """A time of Shanghai as pages and tables say it."""
    return at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M") if at else ""


def _second(at: datetime | None) -> str:
    return at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S") if at else ""


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _in_line(facts: dict[str, Any]) -> str:
    return "; ".join(f"{name}: {_plain(value)}" for name, value in facts.items() if value is not None)


def _plain(value: Any) -> str:
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)


def safe_return(address: str | None) -> str:
    """Where to go after signing in: an address of this system, never of another host."""
    parts = urlsplit(address or "")
    local = address and address.startswith("/") and address[1:2] not in ("/", "\\") and address.isprintable()
    return str(address) if local and not parts.scheme and not parts.netloc else url_for("pages.home")


def _to_sign_in(refusal: SignInNeeded) -> Any:
    """Programs get the refusal; people the sign-in page, and then the page they asked for or what they typed.

    A link on another site brings no Strict cookie with it: such a page is opened once more, from here.
    """
    if request.blueprint != "pages":
        return problem_answer(refusal.code, refusal.status, refusal.data)
    if request.method != "GET":
        return render_template("sign_in.html", refusal=None, kept=KeptForm.of(request)), 401
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        return render_template("open_again.html"), 401
    asked = request.full_path if request.query_string else request.path
    return redirect(url_for("pages.sign_in", next=None if asked == "/" else asked), 303)


def with_refusal(template: str, refusal: Refusal, **values: Any) -> Any:
    """Show a form again as it was filled in, with what was wrong above it."""
    return render_template(template, refusal=refusal, **values), refusal.code
