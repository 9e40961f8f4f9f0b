"""Every route of the application, who may use it, and an address for it: so that tests walk them all.

A new room is covered as soon as its blueprint is registered.
"""

from base64 import b64encode
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from flask import Flask
from werkzeug.routing import Rule

from backend.accounts import actions
from backend.accounts.auth import Role, roles_of
from tests.accounts.enrolling import TabletKey
from tests.people import PASSWORD, add_person, desk

PUBLIC = {
    ("pages.sign_in", "GET"): "nobody is signed in yet",
    ("pages.sign_in_now", "POST"): "the sign-in itself; guarded by the browser's token",
    ("pages.choose_look", "POST"): "the size of type of the sign-in page; guarded by the browser's token",
    ("pages.choose_language", "POST"): "the language of the sign-in page; guarded by the browser's token",
    ("static.file", "GET"): "style sheets and scripts of the sign-in page; no data",
    ("tablet_app.door", "GET"): "the tablet app's files; no data",
    ("tablet_app.file", "GET"): "the tablet app's files; no data",
    ("enrolment.Enrolment", "POST"): "a tablet's first word; its one-time code is held against a hash",
    ("pages.follow_tip", "GET"): "where whoever gave a tip asks after it; no data",
    ("pages.follow_tip_now", "POST"): "the same; guarded by the browser's token, the secret and a limit",
    ("pages.verify", "GET"): "where anybody holds a document against its code; guarded by a limit",
    ("pages.verify_code", "GET"): "the same, from the square on a page",
    ("pages.credit_public", "GET"): "what everybody may read of the credit registers",
    ("pages.credit_public_csv", "GET"): "the same for a spreadsheet",
    ("credit.published", "GET"): "the same for programs",
    ("sharing.keys", "GET"): "the public halves of keys; no data",
    ("pages.public_report", "GET"): "where anybody reports; no data but the names of districts",
    ("pages.public_report_now", "POST"): "the same; guarded by the browser's token and a limit",
    ("rescue.rescue_key", "GET"): "the public half of a key; no data",
    ("enrolment.wipe", "GET"): "a revoked tablet's question, by its token; the answer is signed, and no data",
    ("packages.package_key", "GET"): "the public half of a key; no data",
    ("api-docs.openapi_json", "GET"): "the description of an open API; no data",
}
GUARDED = dict.fromkeys(  # blueprints that let these in before any of their views
    ("openrosa", "tablet"), frozenset({Role.INSPECTOR})
)
NOT_THERE = 999_999_999


class Route(NamedTuple):
    rule: Rule
    method: str
    roles: frozenset[Role]

    @property
    def name(self) -> tuple[str, str]:
        return self.rule.endpoint, self.method

    def address(self, app: Flask, **values: Any) -> str:
        """An address of this route; arguments that are not given name things that do not exist."""
        given = {
            name: values.get(name, _absent(converter)) for name, converter in self.rule._converters.items()
        }
        with app.test_request_context():
            return app.url_map.bind("localhost").build(self.rule.endpoint, given, self.method)


def _absent(converter: Any) -> Any:
    name = type(converter).__name__
    return {"IntegerConverter": NOT_THERE, "UUIDConverter": "00000000-0000-4000-8000-000000000000"}.get(
        name, "absent"
    )


def routes(app: Flask) -> Iterator[Route]:
    """Each rule with each of its methods."""
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            named = roles_of(app.view_functions[rule.endpoint], method)
            yield Route(rule, method, named or GUARDED.get(rule.endpoint.split(".")[0], frozenset()))


def is_for_tablets(app: Flask, route: Route) -> bool:
    """Whether a view lets in tablets with their token instead of desks."""
    return hasattr(app.view_functions[route.rule.endpoint], "for_tablets")


class Somebody:
    """A person of a role, who comes in by the desk, or below /openrosa by Basic or with a tablet's token."""

    def __init__(self, app: Flask, role: Role, **columns: Any) -> None:
        self.app, self.role, self.deployment = app, role, app.extensions["humiao"]
        login = f"the-{role.value.replace('_', '-')}"
        self.user_id = add_person(self.deployment, role, login=login, **columns)
        self._basic = {"Authorization": f"Basic {b64encode(f'{login}:{PASSWORD}'.encode()).decode()}"}
        self._token: str | None = None

    @property
    def token(self) -> str:
        """The token of this person's tablet."""
        if self._token is None:
            now = datetime.now(UTC)
            tablet = {"name": "tablet", "areas": [""], "expires_at": now + timedelta(days=1),
                      "public_key": TabletKey().public}  # fmt: skip
            with self.deployment.unit_of_work() as session:
                added = actions.add_device(session, **tablet, user_id=self.user_id, by="tester", now=now)
            self._token = added[1]
        return self._token

    def asks(self, route: Route, **values: Any) -> Any:
        """The answer to an empty request of this person, from a session of its own."""
        if route.rule.rule.startswith("/tablet") or is_for_tablets(self.app, route):
            shown = {"Authorization": f"Bearer {self.token}"}
            address = route.address(self.app, **values)
            return self.app.test_client().open(address, method=route.method, buffered=True, headers=shown)
        if not route.rule.rule.startswith("/openrosa"):
            client = desk(self.app, self.user_id)
            return client.open(route.address(self.app, **values), method=route.method, buffered=True)
        address = route.address(self.app, **({"token": self.token} | values))
        return self.app.test_client().open(address, method=route.method, buffered=True, headers=self._basic)
