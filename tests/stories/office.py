"""An agency at work: its people at their desks, what its tablet sends, and the cases it has in hand."""

import re
from datetime import UTC, date, timedelta
from typing import Any
from uuid import uuid4

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from backend.accounts import actions as accounts
from backend.accounts.auth import Role
from backend.accounts.models import User
from forms.examples import filled_submission
from tests.accounts.enrolling import TabletKey, add_tablet
from tests.documents.issuing import lay_down
from tests.forms.samples import form_of
from tests.intake.handed import content, handed
from tests.intake.tablet import SIGNATURES, Tablet, file_all
from tests.intake.test_documents import sender
from tests.people import add_person, desk
from tests.screening.places import add_venue, at
from tests.stories.papers import Paper, issued

HERE = {"areas": ("310101",)}
TYPED = {"version", "reason", "made_at", "days", "officer_1", "officer_2", "paper", "dated_on"}
PARTY = "示例路娱乐服务有限公司"


class Office:
    """Two officers, their head, and a legal reviewer. Each look at a desk signs in anew: days go by."""

    def __init__(self, app: Any, clock: Any, *, name: str, authority: str, activities: list[str]) -> None:
        self.app, self.clock, self.name = app, clock, name
        self.deployment = app.extensions["humiao"]
        with self.deployment.unit_of_work() as session:
            self.id = accounts.put_agency(
                session, code=authority.lower(), activities=activities, name_zh=name, name_en=authority,
                authority=authority, by="tester", now=clock.now,
            ).id  # fmt: skip
        self.officers = [
            self.hires(Role.INSPECTOR, name, login=login, certificate_no=f"SH-{login}",
                       certificate_valid_to=date(2199, 12, 31))
            for login, name in (("zhang", "张执法"), ("wang", "王执法"))
        ]  # fmt: skip
        self.key = TabletKey()
        _, self.token = add_tablet(
            self.deployment, user_id=self.officers[0], agency_id=self.id, public_key=self.key.public,
            expires_at=clock.now + timedelta(days=365),
        )  # fmt: skip
        self._head = self.hires(Role.SUPERVISOR, "李局长")
        self._legal = self.hires(Role.LEGAL_REVIEWER, "赵审核")
        lay_down(self.deployment, self.id)
        year = clock.now.year
        laid = self.head.post("/cases", data={"year": year, "pattern": f"示案〔{year}〕{{number}}号"})
        assert laid.status_code == 303, laid.text

    def hires(self, role: Role, name: str, **columns: Any) -> int:
        return add_person(self.deployment, role, display_name=name, agency_id=self.id, **HERE, **columns)

    def desk(self, user_id: int) -> FlaskClient:
        return desk(self.app, user_id)

    def turns(self, user_id: int, role: Role) -> None:
        """Somebody changes the post."""
        with self.deployment.unit_of_work() as session:
            session.get_one(User, user_id).role = role

    @property
    def officer(self) -> FlaskClient:
        return self.desk(self.officers[0])

    @property
    def head(self) -> FlaskClient:
        return self.desk(self._head)

    @property
    def legal(self) -> FlaskClient:
        return self.desk(self._legal)

    def visits(self, venue: int, activity: str, *, order: str = "", due_on: str = "", **said: Any) -> int:
        """The officers look at a venue, and their tablet sends the record that everybody signed.

        An order to correct is handed over at once, and comes with it.
        """
        number = str(uuid4())
        ended = self.clock.now - timedelta(minutes=3)
        times = {"start": (ended - timedelta(minutes=25)).isoformat(), "end": ended.isoformat()}
        named = {
            "arrival/officer_1_name": "张执法", "arrival/officer_1_certificate": "SH-zhang",
            "arrival/officer_2_name": "王执法", "arrival/officer_2_certificate": "SH-wang",
        }  # fmt: skip
        if order:
            self._hands_over(number, order)
            named |= {"measures/measures_taken": "order", "measures/order_text": order}
            named |= {"measures/order_due_on": due_on}
        said["answers"] = times | named | said.get("answers", {})
        xml = filled_submission(form_of(activity), venue_id=str(venue), visit_id=number, **said)
        sent = Tablet(self.app.test_client(), login="zhang").send(xml, SIGNATURES)
        assert sent.status_code == 201, sent.text
        file_all(self.deployment)
        return max(one["id"] for one in self.head.get("/api/v1/visits").json)

    def _hands_over(self, visit: str, demand: str) -> None:
        paper = content(demand, kind="order_to_correct", on=self.clock.now.date().isoformat())
        at = self.clock.now.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        came = sender(self.app, self.token)(**handed(self.key, paper, visit=visit, handed_at=at))
        assert came.status_code == 201, came.json

    def settles(self, order: str, outcome: str, **said: Any) -> TestResponse:
        """Say on the page of an order what became of it."""
        officer = self.officer
        version = re.search(r'name="version" value="(\d+)"', officer.get(order).text)
        return officer.post(order, data={"deed": outcome, "version": version and version[1]} | said)

    def proposes_transfer(self, who: FlaskClient, **said: Any) -> "Transfer":
        """A transfer is proposed, on the form that another page leads to."""
        proposed = who.post("/transfers/new", data=said)
        assert proposed.status_code == 303, problem(proposed)
        return Transfer(self, proposed.location)

    def opens_case(self, visit: int, **said: Any) -> "Case":
        """A case is opened from what the visit found, from the page of the venue."""
        found = [one for one in self.head.get("/api/v1/violations").json if one["visit_id"] == visit]
        venue = self.head.get(f"/api/v1/visits/{visit}").json["venue_id"]
        said |= {"venue_id": str(venue), "violation_ids": [str(one["id"]) for one in found]}
        said |= {f"officer_{n}": str(one) for n, one in enumerate(self.officers, 1)}
        opened = self.officer.post("/cases/new", data=said)
        assert opened.status_code == 303, opened.text
        return Case(self, opened.location)


class Matter:
    """What goes step by step: its page, its API, and how it stands. `who` is somebody's desk."""

    def __init__(self, office: Office, page: str) -> None:
        self.office, self.page = office, page.partition("?")[0]
        self.number = int(self.page.rpartition("/")[2])
        self.api = f"/api/v1{self.page}"
        self.papers: list[Paper] = []

    @property
    def said(self) -> dict[str, Any]:
        return dict(self.office.head.get(self.api).json)

    @property
    def due(self) -> dict[str, str | None]:
        """By clock, its last day."""
        return {one["clock"]["id"]: one["due_on"] for one in self.office.head.get(f"{self.api}/due").json}

    @property
    def warns(self) -> dict[str, str | None]:
        """By clock, the day on which it warns."""
        return {one["clock"]["id"]: one["warn_on"] for one in self.office.head.get(f"{self.api}/due").json}

    def by_clause(self, clock: str) -> list[str]:
        """The texts by which something is due."""
        found = self.office.head.get(f"{self.api}/due").json
        (clauses,) = [one["clock"]["clauses"] for one in found if one["clock"]["id"] == clock]
        return list(clauses)

    def step(self, who: FlaskClient, name: str, **said: Any) -> TestResponse:
        """Send the form of a step: its papers by their names, or as they were issued in the case."""
        return who.post(self.page, data={"deed": name, "version": self.said["version"]} | form_of_step(said))

    def makes(self, who: FlaskClient, name: str, state: str, **said: Any) -> None:
        """Make a step; the case then stands so."""
        made = self.step(who, name, **said)
        assert made.status_code == 303, problem(made)
        assert self.said["state"] == state

    def refuses(self, who: FlaskClient, name: str, why: str, **said: Any) -> None:
        """A step that may not be made; the page says why."""
        refused = self.step(who, name, **said)
        assert (refused.status_code, why in problem(refused)) == (409, True), problem(refused)

    def has(self, who: FlaskClient, address: str) -> Paper:
        """A document of it as it was printed."""
        paper = issued(who, address, party=PARTY, agency=self.office.name)
        paper.says(PARTY)
        self.papers.append(paper)
        return paper

    def timeline(self) -> list[str]:
        return [one["step"] for one in self.office.head.get(f"{self.api}/steps").json]


class Case(Matter):
    """A case, with its documents and its penalty."""

    @property
    def act(self) -> int:
        return int(self.said["violation_ids"][0])

    @property
    def laid(self) -> dict[str, Any]:
        """What the law says to the newest proposal."""
        return dict(self.office.head.get(f"{self.api}/proposals").json[-1]["laid"])

    def issues(self, who: FlaskClient, kind: str, **said: Any) -> Paper:
        """Fill in the short form of a document, issue it, and read what was printed."""
        made = self.drafts(who, kind, **said)
        assert made.status_code == 303, problem(made)
        return self.has(who, made.location)

    def drafts(self, who: FlaskClient, kind: str, deed: str = "issue", **said: Any) -> TestResponse:
        page = f"{self.page}/documents/new?kind={kind}"
        return drafts(who, page, deed, **said)

    def proposes(
        self, who: FlaskClient, basis: str, yuan: str = "", *kinds: str, **said: Any
    ) -> TestResponse:
        return self._penalty(who, "propose", basis, yuan, *kinds, **said)

    def rules(self, who: FlaskClient, basis: str, yuan: str = "", *kinds: str, **said: Any) -> TestResponse:
        return self._penalty(who, "decide", basis, yuan, *kinds, **said)

    def _penalty(
        self,
        who: FlaskClient,
        deed: str,
        basis: str,
        yuan: str,
        *kinds: str,
        tier: str = "ordinary",
        more: dict[str, str] | None = None,
        **said: Any,
    ) -> TestResponse:
        """`more` are other bases beside this one, each with its kind of penalty."""
        key, known = f"{self.act}/{basis}/{tier}/0", self.office.head.get(f"{self.api}/proposals").json
        others = {f"{self.act}/{one}/ordinary/0": kind for one, kind in (more or {}).items()}
        said = {
            "deed": deed, "take": [key, *others], "outcome": "penalty", f"yuan:{key}": yuan,
            f"kinds:{key}": list(kinds), "reason": "事实清楚，按裁量基准", "version": self.said["version"],
            "seq": len(known), "laid": "1",
        } | {f"kinds:{one}": kind for one, kind in others.items()} | said  # fmt: skip
        return who.post(f"{self.page}/penalty", data=said)


class Entry(Matter):
    """An entry in a register of credit; its steps are the deeds of those who propose and who decide."""

    def __init__(self, office: Office, page: str) -> None:
        super().__init__(office, page)
        self.api = f"/api/v1/credit-entries/{self.number}"


class Transfer(Matter):
    """A transfer, with its letter."""

    def writes(self, who: FlaskClient, **said: Any) -> Paper:
        """Fill in the letter, issue it, and read what was printed."""
        made = drafts(who, f"{self.page}/letters/new", **said)
        assert made.status_code == 303, problem(made)
        newest = re.findall(rf"{self.page}/letters/\d+(?=\.pdf)", who.get(self.page).text)[0]
        return self.has(who, newest)


def drafts(who: FlaskClient, page: str, deed: str = "issue", **said: Any) -> TestResponse:
    """Send the short form of a document as the page fills it in, with what is typed besides."""
    return who.post(page, data=filled(who.get(page).text) | said | {"deed": deed})


def filled(page: str) -> dict[str, str]:
    """A short form as the page fills it in."""
    said = dict(re.findall(r'<input id="\w+" name="(\w+)" value="([^"]*)"', page))
    said |= dict(re.findall(r'<input type="hidden" name="(seen)" value="([^"]*)"', page))
    said |= dict(re.findall(r'<textarea id="\w+" name="(\w+)"[^>]*>([^<]*)</textarea>', page))
    return said | dict(re.findall(r'type="checkbox" name="(\w+)" value="(\w+)" checked', page))


def form_of_step(said: dict[str, Any]) -> dict[str, str]:
    """The fields of a step: what is typed, and papers by name or by number."""
    return {
        key if key in TYPED else f"issued_{key}" if isinstance(value, Paper) else f"paper_{key}":
        value.id if isinstance(value, Paper) else str(value)
        for key, value in said.items()
    }  # fmt: skip


def problem(answer: TestResponse) -> str:
    """What a page says that went wrong."""
    said = re.findall(r'role="alert".*?</div>|<section class="refusal">.*?</section>', answer.text, re.DOTALL)
    return " ".join(said) or answer.text


def a_venue(deployment: Any, *activities: str, **columns: Any) -> int:
    """A venue of the register, with what its papers say of it."""
    known = {
        "name": "蓝星", "operator_name": PARTY, "credit_code": "91310101MA1FL0000X",
        "address": "示例路8弄1号", "area_code": "310101",
    }  # fmt: skip
    with deployment.unit_of_work() as session:
        return add_venue(session, columns.pop("place", at(0)), *activities, **(known | columns)).id
