"""Coming in, going out, one's own password, the language and the size of type."""

from collections.abc import Sequence
from typing import Any

from flask import Response, make_response, redirect, render_template, request, url_for

from backend.accounts import auth
from backend.accounts.auth import Role, requires
from backend.accounts.errors import PasswordRefused, SignInFailed, TooManyTries
from backend.web.kept_form import KeptForm
from backend.web.look import COOKIE as LOOK_COOKIE
from backend.web.look import LARGE
from backend.web.shell import pages, safe_return, with_refusal
from backend.web.words import LANGUAGES
from backend.web.words.word import COOKIE


@pages.get("/sign-in")
def sign_in() -> Any:
    """The sign-in page; whoever is signed in goes on at once."""
    if auth.is_signed_in():
        return redirect(safe_return(request.args.get("next")), 303)
    return render_template("sign_in.html", refusal=None, kept=None)


@pages.post("/sign-in")
def sign_in_now() -> Any:
    """Hold the password against the account; what was being sent when a session ended is then shown again."""
    kept = KeptForm.read(request.form.get("kept"))
    try:
        person = auth.sign_in(request.form.get("login", ""), request.form.get("password", ""))
    except (SignInFailed, TooManyTries) as refusal:
        return with_refusal("sign_in.html", refusal, kept=kept)
    if kept and kept.is_of(person):
        return render_template("kept_form.html", kept=kept)
    return redirect(safe_return(request.form.get("next")), 303)


@pages.post("/sign-out")
@requires(*Role)
def sign_out() -> Any:
    """End this desk's session."""
    auth.sign_out()
    return redirect(url_for("pages.sign_in"), 303)


@pages.get("/password")
@requires(*Role)
def password() -> Any:
    """The page for changing one's own password."""
    return render_template("password.html", refusal=None, is_changed=False)


@pages.post("/password")
@requires(*Role)
def change_password() -> Any:
    """Change one's own password."""
    given = request.form.get
    try:
        if given("new_password") != given("new_password_again"):
            raise PasswordRefused(new_password_again="differ")  # noqa: S106
        auth.change_password(given("current_password", ""), given("new_password", ""))
    except SignInFailed:
        refused = PasswordRefused(current_password="wrong")  # noqa: S106
        return with_refusal("password.html", refused, is_changed=False)
    except (TooManyTries, PasswordRefused) as refusal:
        return with_refusal("password.html", refusal, is_changed=False)
    return render_template("password.html", refusal=None, is_changed=True)


@pages.post("/language")
def choose_language() -> Response:
    """Speak another language from now on."""
    return _remembering(COOKIE, request.form.get("language"), LANGUAGES)


@pages.post("/look")
def choose_look() -> Response:
    """Show everything larger and in black on white from now on, or as usual again."""
    return _remembering(LOOK_COOKIE, request.form.get("look"), (LARGE, "usual"))


def _remembering(cookie: str, chosen: str | None, choices: Sequence[str]) -> Response:
    response = make_response(redirect(safe_return(request.form.get("next")), 303))
    if chosen and chosen in choices:
        response.set_cookie(
            cookie, chosen, max_age=365 * 86400, secure=True, httponly=True, samesite="Strict"
        )
    return response
