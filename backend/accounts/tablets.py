"""Doors for enrolled tablets: `requires_tablet` lets in whoever brings a token as `Authorization: Bearer`.

No cookie is looked at here, so no other site can make a browser ask in a tablet's name.
"""

from collections.abc import Callable
from functools import wraps
from ipaddress import ip_address
from typing import Any, TypeVar, cast

from flask import g, request
from flask_smorest import Blueprint

from backend.accounts.auth import device_of_token
from backend.accounts.errors import NotEnrolled, TlsNeeded
from backend.accounts.rules import Role
from backend.accounts.scope import DevicePerson
from backend.core.errors import NotAllowed, SignInNeeded
from backend.core.web import deployment

TABLET_SCHEME = {
    "type": "http", "scheme": "bearer",
    "description": "The token that POST /tablet/enrolment gives to a tablet, once.",
}  # fmt: skip
View = TypeVar("View", bound=Callable[..., Any])


def requires_tablet(*roles: Role) -> Callable[[View], View]:
    """Let in enrolled tablets of these roles only. It stands above all other decorators of a view."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            role = current_tablet().role
            if role not in roles:
                raise NotAllowed(role=role)
            return view(*args, **kwargs)

        documented = Blueprint.doc(security=[{"tablet": []}], **{"x-roles": sorted(roles)})(guarded)
        documented.roles, documented.for_tablets = frozenset(roles), True
        return cast(View, documented)

    return decorate


def current_tablet() -> DevicePerson:
    """The tablet whose token came with this request. Raises SignInNeeded, NotEnrolled, TlsNeeded."""
    if "tablet" not in g:
        refuse_in_the_clear()
        shown = request.authorization
        if shown is None or shown.type != "bearer" or not shown.token:
            raise SignInNeeded()
        with deployment().reading() as session:
            tablet = device_of_token(session, shown.token)
        if not tablet.enrolled:
            raise NotEnrolled()
        g.tablet = tablet
    return cast(DevicePerson, g.tablet)


def refuse_in_the_clear() -> None:
    """Secrets come over TLS or from this machine. Raises TlsNeeded.

    A proxy that nobody declared is not this machine, wherever it runs.
    """
    forwarded = "X-Forwarded-For" in request.headers or "Forwarded" in request.headers
    here = not forwarded and ip_address(request.remote_addr or "0.0.0.0").is_loopback  # noqa: S104
    if not (request.is_secure or here):
        raise TlsNeeded()
