"""Who is asking: `requires` names the roles of a route, `current_user` gives the person inside it.

Desks come with a session cookie, tablets with Basic or a token of their own, below TABLET_DOORS only. The
cookie is `__Host-`: Secure, this host only; browsers keep it over plain HTTP from loopback too. Every change
that comes with a cookie must show the session's token and come from our own pages, signing in included.
"""

import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import wraps
from typing import Any, TypeVar, cast
from urllib.parse import urlsplit
from weakref import WeakValueDictionary

from flask import Flask, Response, current_app, g, request
from flask_smorest import Blueprint
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from backend.accounts import actions, queries
from backend.accounts.door import KNOWN_FOR, Door
from backend.accounts.errors import ForgedRequest
from backend.accounts.models import Device, SignIn, User
from backend.accounts.passwords import new_hash
from backend.accounts.rules import Role
from backend.accounts.scope import DevicePerson, Person, Scope
from backend.core.errors import NotAllowed, SignInNeeded
from backend.core.web import deployment, get_session

__all__ = ["DevicePerson", "Person", "Role", "Scope", "current_user", "requires"]

SESSION_COOKIE, BROWSER_COOKIE = "__Host-humiao", "__Host-humiao-browser"
SEEN_EVERY = timedelta(minutes=1)  # how often a session or a tablet notes that it was here
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
TABLET_DOORS = ("/openrosa/", "/tablet/")
BASIC_REMEMBERED = 4096
STRANGERS_SEND = 64 * 1024  # bytes; a name and a password need no more, see `lets_strangers_send`
DESKS_SEND = 4 * 2**20  # an outline with all its corners; files come by command or from tablets
SESSION_SCHEME = {
    "type": "apiKey", "in": "cookie", "name": SESSION_COOKIE,
    "description": "Sign in at /sign-in. Changes also need the header X-CSRF-Token; GET /api/v1/me gives it.",
}  # fmt: skip
View = TypeVar("View", bound=Callable[..., Any])
_verifying: WeakValueDictionary[bytes, threading.Lock] = WeakValueDictionary()


def requires(*roles: Role) -> Callable[[View], View]:
    """Let only these roles in. It stands above all other decorators of a view; `view.roles` tells them."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            role = current_user().role
            if role not in roles:
                raise NotAllowed(role=role)
            return view(*args, **kwargs)

        documented = Blueprint.doc(security=[{"session": []}], **{"x-roles": sorted(roles)})(guarded)
        documented.roles = frozenset(roles)
        return cast(View, documented)

    return decorate


def roles_of(view: Callable[..., Any], method: str = "GET") -> frozenset[Role]:
    """The roles that `requires` let in; none for a route that names no role."""
    of_class = getattr(view, "view_class", None)
    return getattr(getattr(of_class, method.lower()) if of_class else view, "roles", frozenset())


@dataclass(frozen=True, slots=True)
class _Seat:
    """A desk that is signed in."""

    sign_in_id: int
    person: Person


def current_user() -> Person:
    """The person whose session this request belongs to. Raises SignInNeeded."""
    if (seat := _seat()) is None:
        raise SignInNeeded()
    return seat.person


def is_signed_in() -> bool:
    return _seat() is not None


def who_was_here() -> int | None:
    """The account of a session that ended or timed out, by the token that the browser still holds."""
    if not (token := request.cookies.get(SESSION_COOKIE)):
        return None
    with deployment().reading() as session:
        kept_as = actions.token_hash(session, "session", token)
        return session.scalar(select(SignIn.user_id).where(SignIn.token_hash == kept_as))


def known_user() -> Person | None:
    """The person as far as this request has found out; an error page asks so, and never the database."""
    seat: _Seat | None = g.get("seat")
    return seat.person if seat else None


def _seat() -> _Seat | None:
    if "seat" not in g:
        token = request.cookies.get(SESSION_COOKIE)
        g.seat = _find_seat(token) if token else None
    return cast(_Seat | None, g.seat)


def _find_seat(token: str) -> _Seat | None:
    served, now = deployment(), datetime.now(UTC)
    with served.reading() as session:
        kept_as = actions.token_hash(session, "session", token)
        found = queries.signed_in(session, kept_as, now, served.settings)
        if found is None:
            return None
        row, person = found
        seat, is_stale = _Seat(row.id, person), now - row.seen_at >= SEEN_EVERY
    if is_stale and "work" not in g:
        with served.unit_of_work() as session:
            session.execute(update(SignIn).where(SignIn.id == seat.sign_in_id).values(seen_at=now))
    return seat


def sign_in(login: str, password: str) -> Person:
    """Hold a password against an account and begin a new session. Call it before `get_session`."""
    now = datetime.now(UTC)
    door = Door(deployment(), login, place=_browser(), address=request.remote_addr or "", now=now)
    person = door.check(password)
    session = get_session()
    door.remember(session, person.id)
    if old := _seat():
        actions.end_sign_in(session, old.sign_in_id, by=old.person.actor, now=now)
    g.new_token = actions.start_sign_in(session, person.id, now=now)
    return person


def sign_out() -> None:
    """End this desk's session."""
    if seat := _seat():
        actions.end_sign_in(get_session(), seat.sign_in_id, by=seat.person.actor, now=datetime.now(UTC))
    g.new_token = ""


def change_password(old: str, new: str) -> None:
    """Change one's own password; one's other desks are signed out. Call it before `get_session`."""
    person, now = current_user(), datetime.now(UTC)
    door = Door(deployment(), person.login, place=_browser(), address=request.remote_addr or "", now=now)
    door.check(old)
    password_hash = new_hash(new, names=[person.login, person.name])
    session = get_session()
    user = session.get_one(User, person.id)
    actions.set_password(session, user, password_hash=password_hash, by=person.actor, now=now)
    door.remember(session, person.id)
    g.new_token = actions.start_sign_in(session, person.id, now=now)


def csrf_token() -> str:
    """What forms (`csrf_token`) and scripts (header `X-CSRF-Token`) must show to change anything."""
    secret = g.get("new_token") or (request.cookies[SESSION_COOKIE] if _seat() else _browser())
    return deployment().keys.keyed_hash("csrf", secret).hex()


def _browser() -> str:
    """The secret by which an account knows a browser again."""
    known = request.cookies.get(BROWSER_COOKIE) or g.get("new_browser")
    if not known:
        known = g.new_browser = secrets.token_urlsafe(32)
    return known


def install(app: Flask) -> None:
    """Guard every change, hand out the cookies."""
    app.extensions["humiao.basic"] = {}
    app.before_request(_refuse_forgery)
    app.after_request(_hand_out_cookies)


def _refuse_forgery() -> None:
    """Only our own pages may change anything with what a browser remembers: cookies, or Basic."""
    if request.method in SAFE_METHODS or request.endpoint is None:
        return
    if not _comes_from_our_pages():
        raise ForgedRequest()
    if request.path.startswith(TABLET_DOORS):  # tablets bring no cookies; these doors know their own limits
        return
    view = current_app.view_functions[request.endpoint]
    if getattr(view, "reads_itself", False) and _seat():
        return
    strangers = getattr(view, "strangers_send", STRANGERS_SEND)
    request.max_content_length = DESKS_SEND if _seat() or who_was_here() else strangers
    hold_token(request.headers.get("X-CSRF-Token") or request.form.get("csrf_token", ""))


def reads_itself(view: View) -> View:
    """For a view that takes a file as it arrives: it asks `hold_token` before it reads any of the file."""
    view.reads_itself = True  # type: ignore[attr-defined]
    return view


def lets_strangers_send(size: int) -> Callable[[View], View]:
    """For a view that takes more than a few words from whoever has no account."""

    def decorate(view: View) -> View:
        view.strangers_send = size  # type: ignore[attr-defined]
        return view

    return decorate


def hold_token(shown: str) -> None:
    """Hold what a change shows against this session's token. Raises ForgedRequest."""
    if not secrets.compare_digest(shown.encode(), csrf_token().encode()):
        raise ForgedRequest() if _seat() else SignInNeeded()


def _comes_from_our_pages() -> bool:
    """By what only a browser can say; a program says nothing, and shows the token that no site can read."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is None or origin in (
        request.host_url.rstrip("/"),
        _origin(deployment().settings.public_url),
    )


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _hand_out_cookies(response: Response) -> Response:
    if "new_token" in g:
        _set_cookie(response, SESSION_COOKIE, g.new_token, None if g.new_token else 0)
    if "new_browser" in g:
        _set_cookie(response, BROWSER_COOKIE, g.new_browser, int(KNOWN_FOR.total_seconds()))
    return response


def _set_cookie(response: Response, name: str, value: str, max_age: int | None) -> None:
    response.set_cookie(name, value, max_age=max_age, secure=True, httponly=True, samesite="Strict")


@dataclass(frozen=True, slots=True)
class _Remembered:
    """A password that was right, until when it is remembered, and the account as it was."""

    until: float
    person: Person
    state: tuple[Any, ...]


def verify_basic(login: str, password: str) -> Person:
    """Whose tablet this is, by Basic (below /openrosa only). Raises SignInFailed, TooManyTries.

    A verified password is remembered for `basic_memory_s` as a keyed hash, in this process only; the account
    is looked up each time, so that closing it or changing its password works at once. Call it before
    `get_session`.
    """
    mark = deployment().keys.keyed_hash("basic", login, password)
    if person := _remembered(mark):
        return person
    with _verifying.setdefault(mark, threading.Lock()):  # many at once from one tablet are one try
        return _remembered(mark) or _verified(login, password, mark)


def _remembered(mark: bytes) -> Person | None:
    memory: dict[bytes, _Remembered] = current_app.extensions["humiao.basic"]
    known = memory.get(mark)
    if known is None or time.monotonic() >= known.until:
        return None
    with deployment().engine.connect() as connection:
        state = queries.account_state(connection, known.person.id, datetime.now(UTC))
    return known.person if state == known.state else None


def _verified(login: str, password: str, mark: bytes) -> Person:
    served, address, now = deployment(), request.remote_addr or "", datetime.now(UTC)
    door = Door(served, login, place=f"address:{address}", address=address, now=now)
    person = door.check(password)
    with served.unit_of_work() as session:
        door.remember(session, person.id)
        state = queries.account_state(session, person.id, now)  # first: what changes now will not equal it
        user = session.get_one(User, person.id)
        unchanged = user.password_hash == door.password_hash and queries.person_of(user, now) == person
    if unchanged:
        _remember(mark, _Remembered(time.monotonic() + served.settings.basic_memory_s, person, state))
    return person


def _remember(mark: bytes, known: _Remembered) -> None:
    memory: dict[bytes, _Remembered] = current_app.extensions["humiao.basic"]
    if len(memory) >= BASIC_REMEMBERED:
        memory.clear()
    memory[mark] = known


def device_of_token(session: Session, token: str) -> DevicePerson:
    """Whose tablet this is, by the token of its address. Raises SignInNeeded: revoked, expired or unknown.

    Its last use is noted once a minute: in the session's unit of work, or one of its own if it only reads.
    """
    now = datetime.now(UTC)
    found = queries.device_by_token(session, actions.token_hash(session, "device", token), now)
    if found is None:
        raise SignInNeeded()
    device, person = found
    if device.last_used_at is None or now - device.last_used_at >= SEEN_EVERY:
        used = update(Device).where(Device.id == device.id).values(last_used_at=now)
        if request.method not in SAFE_METHODS and session is g.get("session"):
            session.execute(used)
        else:
            with deployment().unit_of_work() as own:
                own.execute(used)
    return person
