"""An order that was handed over becomes a row with its re-inspection; proof, more time, and its outcome."""

import threading
import time
from base64 import b64encode
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from backend.accounts.auth import Role
from backend.accounts.models import User
from backend.cases import order_queries
from backend.cases.order_models import Order, OrderEntry
from backend.cases.rules import OrderState
from backend.core.audit import AuditEntry
from backend.core.days import today
from backend.core.sealed import destroy_key
from backend.inspections.models import Violation, VisitDistance
from backend.intake.actions import file_prepared
from backend.intake.filing import prepare_filing
from backend.intake.models import Envelope
from backend.tasks.models import Task
from backend.venues.models import Venue
from tests.accounts.enrolling import TabletKey, add_tablet
from tests.cases.conftest import HERE
from tests.cases.ordering import (
    DEMAND,
    NUMBER,
    PDF,
    checklist,
    hands_over,
    looked_again,
    ordered_visit,
    visits,
)
from tests.intake.conftest import inspector, tablet  # noqa: F401
from tests.intake.handed import content, handed
from tests.intake.tablet import SIGNATURES, file_all, just_now
from tests.intake.test_documents import sender
from tests.people import desk, desk_of
from tests.screening.places import add_site, square

URL = "/api/v1/orders"
DUE_ON = today() + timedelta(days=15)


@pytest.fixture
def key():
    return TabletKey()


@pytest.fixture
def slate(app, deployment, key, inspector, agency):  # noqa: F811
    """What the inspector's tablet sends."""
    _, token = add_tablet(deployment, user_id=inspector, agency_id=agency, public_key=key.public)
    return sender(app, token)


@pytest.fixture
def mine(app, inspector):  # noqa: F811
    return desk(app, inspector)


@pytest.fixture
def order(deployment, tablet, slate, key, venue):  # noqa: F811
    """The address of an order to hang up a sign within fifteen days."""
    visits(deployment, tablet, venue, DUE_ON)
    hands_over(slate, key)
    return f"{URL}/1"


@pytest.fixture
def late_order(deployment, tablet, slate, key, venue):  # noqa: F811
    """The address of an order whose last day was yesterday."""
    visits(deployment, tablet, venue, today() - timedelta(days=1))
    hands_over(slate, key)
    return f"{URL}/1"


def settle(client, order, outcome, **said):
    etag = client.get(order).headers["ETag"]
    return client.put(f"{order}/outcome", json={"outcome": outcome} | said, headers={"If-Match": etag})


def extend(client, order, due_on, note="已购买标志，等待安装"):
    etag = client.get(order).headers["ETag"]
    said = {"due_on": due_on.isoformat(), "note": note}
    return client.put(f"{order}/extension", json=said, headers={"If-Match": etag})


def prove(client, order, file=b"", note="照片显示已经悬挂"):
    said = {"note": note} | ({"file": b64encode(file).decode()} if file else {})
    return client.post(f"{order}/proofs", json=said)


@pytest.mark.parametrize("first", ["visit", "document"])
def test_an_order_is_recorded_once_whichever_comes_first(
    deployment, tablet, slate, key, venue, mine, first  # noqa: F811
):  # fmt: skip
    if first == "visit":
        visits(deployment, tablet, venue, DUE_ON)
        before = mine.get(URL).json
        document = hands_over(slate, key)
        hands_over(slate, key, document=document)
    else:
        document = hands_over(slate, key)
        before = mine.get(URL).json
        visits(deployment, tablet, venue, DUE_ON)

    found = mine.get(URL).json
    assert before == []
    assert [(one["document"], one["number"], one["due_on"]) for one in found] == [
        (document, NUMBER, DUE_ON.isoformat())
    ]
    assert len(found[0]["violations"]) == 1
    assert [one["kind"] for one in found[0]["entries"]] == ["handed"]


def test_where_document_and_visit_come_at_once_the_order_is_recorded(
    deployment, tablet, slate, key, venue, mine  # noqa: F811
):  # fmt: skip
    tablet.send(checklist(venue, DUE_ON), SIGNATURES)
    with deployment.reading() as session:
        prepared = prepare_filing(session, deployment, session.scalars(select(Envelope.id)).one())
    sending = threading.Thread(target=hands_over, args=(slate, key))
    with deployment.unit_of_work() as session:
        file_prepared(session, prepared, datetime.now(UTC))
        sending.start()
        time.sleep(1.0)
    sending.join()

    assert len(mine.get(URL).json) == 1


def test_a_document_that_is_no_order_and_a_visit_without_one_make_none(
    deployment, tablet, slate, key, venue, mine  # noqa: F811
):  # fmt: skip
    slate(**handed(key, content()))
    visits(deployment, tablet, venue, None, **{"measures/measures_taken": "oral_reminder"})
    hands_over(slate, key)

    assert mine.get(URL).json == []


def test_the_re_inspection_stands_among_the_tasks_before_the_last_day(
    deployment, order, inspector, venue  # noqa: F811
):  # fmt: skip
    with deployment.reading() as session:
        task = session.scalars(select(Task)).one()

    assert (task.kind, task.source_no, task.venue_id) == ("re_inspection", NUMBER, venue)
    assert task.officer_id == inspector
    assert DUE_ON < task.visit_on <= task.due_on


def test_at_a_venue_that_nobody_knows_the_task_names_the_document(
    deployment, tablet, slate, key, venue  # noqa: F811
):  # fmt: skip
    unknown = {"place/venue_listed": "no", "place/venue_id": "", "place/venue_name": "某网吧"}
    visits(deployment, tablet, venue, DUE_ON, **unknown)
    hands_over(slate, key)

    with deployment.reading() as session:
        assert NUMBER in session.scalars(select(Task.place_text)).one()


def test_where_nobody_knows_the_area_the_order_is_recorded_without_a_task(
    deployment, tablet, slate, key, venue, mine  # noqa: F811
):  # fmt: skip
    with deployment.unit_of_work() as session:
        session.get_one(Venue, venue).area_code = None
    tablet.send(checklist(venue, DUE_ON), SIGNATURES)
    file_all(deployment)
    hands_over(slate, key)

    with deployment.reading() as session:
        assert session.scalars(select(Order.task_id)).all() == [None]
        assert session.scalars(select(Task)).all() == []


def test_a_visit_by_its_number_answers_the_task(deployment, order, tablet, venue):  # noqa: F811
    said = {"place/venue_id": str(venue), "arrival/plan_number": NUMBER}
    tablet.send(just_now(answers=said, instance_id="uuid:again"), SIGNATURES)
    file_all(deployment)

    with deployment.reading() as session:
        assert session.scalars(select(Task.state)).one() == "done"


def test_other_agencies_areas_and_schools_do_not_see_an_order(app, agency, order):
    strangers = (
        desk_of(app, Role.SUPERVISOR, **HERE),
        desk_of(app, Role.SUPERVISOR, areas=("310104",), agency_id=agency),
    )
    outsiders = [desk_of(app, role, **HERE) for role in (Role.REPORTER, Role.COORDINATOR, Role.AUDITOR)]

    assert [one.get(URL).json for one in strangers] == [[], []]
    for path in ("", "/content", "/proofs/1"):
        assert [one.get(order + path).status_code for one in strangers] == [404, 404]
        assert [one.get(order + path).status_code for one in outsiders] == [403, 403, 403]


def test_what_was_typed_is_sealed_and_each_look_is_written_down(deployment, mine, order):
    assert DEMAND not in mine.get(order).text

    content = mine.get(f"{order}/content").json

    assert content == {"order_id": 1, "demand": DEMAND, "notes": {"1": ""}}
    with deployment.reading() as session:
        assert DEMAND.encode() not in session.scalars(select(Order.sealed)).one()
        assert len(session.scalars(select(AuditEntry).filter_by(deed="order.read")).all()) == 1


@pytest.mark.parametrize(
    ("file", "note", "status"),
    [
        (b"MZ\x90\x00", "照片", 422),
        (b"", "电话13800138000", 422),
        (b"", "x", 422),
        (PDF + b"0" * 2 * 2**20, "照片", 422),
    ],
)  # fmt: skip
def test_what_is_no_document_or_holds_a_number_is_no_proof(mine, order, file, note, status):
    assert prove(mine, order, file, note).status_code == status
    assert [one["kind"] for one in mine.get(order).json["entries"]] == ["handed"]


def test_proof_is_sealed_and_comes_out_as_it_went_in(deployment, mine, order):
    assert prove(mine, order, PDF).status_code == 201

    taken = mine.get(f"{order}/proofs/2")
    assert (taken.data, taken.mimetype) == (PDF, "application/octet-stream")
    assert taken.headers["Content-Disposition"].startswith("attachment")
    assert mine.get(f"{order}/content").json["notes"]["2"] == "照片显示已经悬挂"
    with deployment.reading() as session:
        entry = session.scalars(select(OrderEntry).filter_by(kind="proof")).one()
        assert PDF not in entry.sealed_file
        assert "照片".encode() not in entry.sealed_note


def test_proof_goes_with_the_key_of_its_visit(deployment, mine, order):
    prove(mine, order, PDF)
    with deployment.unit_of_work() as session:
        destroy_key(
            session, session.scalars(select(Order.key_id)).one(), session.get_one(Order, 1).recorded_at
        )

    gone = [mine.get(order + path).status_code for path in ("/content", "/proofs/2")]

    assert gone == [410, 410]
    assert prove(mine, order).status_code == 410


def test_only_the_head_gives_more_time_and_only_later(mine, head, order):
    refused = extend(mine, order, DUE_ON + timedelta(days=5))
    back = extend(head, order, DUE_ON)
    given = extend(head, order, DUE_ON + timedelta(days=5))

    assert (refused.status_code, back.json["errors"]) == (403, {"due_on": "not_later"})
    assert given.json["due_on"] == (DUE_ON + timedelta(days=5)).isoformat()


def test_the_re_inspection_moves_with_the_last_day(deployment, head, order):
    later = DUE_ON + timedelta(days=20)
    extend(head, order, later)

    with deployment.reading() as session:
        task = session.scalars(select(Task)).one()
    assert later < task.visit_on <= task.due_on


def test_nothing_passes_without_proof_or_a_visit(mine, order):
    refused = settle(mine, order, "passed")

    assert refused.json["errors"] == {"visit_id": "proof_or_visit_needed"}


def test_an_order_passes_by_proof_and_its_task_is_called_off(deployment, mine, order):
    prove(mine, order)

    passed = settle(mine, order, "passed", note="照片和收据一致")

    assert (passed.status_code, passed.json["state"]) == (200, "passed")
    assert [one["kind"] for one in passed.json["entries"]] == ["handed", "proof", "passed"]
    assert settle(mine, order, "passed").status_code == 409
    with deployment.reading() as session:
        assert session.scalars(select(Task.state)).one() == "withdrawn"


@pytest.mark.parametrize("days", [0, 15])
def test_nobody_has_failed_before_the_last_day_is_over(deployment, mine, order, agency, venue, days):
    visit = looked_again(deployment, agency, venue, days)

    refused = settle(mine, order, "failed", visit_id=visit)

    assert refused.json["errors"] == {"visit_id": "before_the_last_day_is_over"}


def test_an_order_fails_by_a_visit_to_that_venue_only(deployment, mine, late_order, agency):
    elsewhere = looked_again(deployment, agency, None)
    itself = ordered_visit(deployment)

    answers = [
        settle(mine, late_order, "failed", **said)
        for said in ({}, {"visit_id": elsewhere}, {"visit_id": itself}, {"visit_id": 999})
    ]

    assert [one.status_code for one in answers] == [422, 422, 422, 404]


def test_what_was_not_corrected_opens_the_serious_tier_for_the_proposal(
    deployment, mine, late_order, agency, venue
):
    visit = looked_again(deployment, agency, venue)

    failed = settle(mine, late_order, "failed", visit_id=visit, note="仍未悬挂")

    assert failed.json["state"] == "failed"
    [violation] = failed.json["violations"]
    assert violation["refused_on"] == today().isoformat()
    with deployment.reading() as session:
        flagged = order_queries.refused(session, [violation["violation_id"], 999])
    assert flagged == {violation["violation_id"]: today()}


def test_a_violation_that_the_order_does_not_name_is_not_flagged(deployment, mine, late_order, agency, venue):
    visit = looked_again(deployment, agency, venue)

    refused = settle(mine, late_order, "failed", visit_id=visit, violation_ids=[999])

    assert refused.json["errors"] == {"violation_ids": [999]}


def test_orders_are_listed_by_what_is_asked(mine, late_order):
    asked = ("?state=open", "?state=passed", "?overdue=true", "?text=蓝星", "?text=责改", "?text=红星")

    assert [len(mine.get(URL + one).json) for one in asked] == [1, 0, 1, 1, 1, 0]


def test_an_officer_who_left_does_not_get_the_task(deployment, tablet, slate, key, venue, inspector):  # noqa: F811
    tablet.send(checklist(venue, DUE_ON), SIGNATURES)
    hands_over(slate, key)
    with deployment.unit_of_work() as session:
        session.get_one(User, inspector).active = False
    file_all(deployment)

    with deployment.reading() as session:
        assert session.scalars(select(Task.officer_id)).one() is None


@pytest.mark.parametrize(
    "statement",
    ["UPDATE order_entries SET seq = 9", "DELETE FROM order_entries", "DELETE FROM orders"],
)
def test_the_database_itself_keeps_what_was_done_to_an_order(deployment, order, statement):
    with pytest.raises(DatabaseError, match="stays"), deployment.unit_of_work() as session:
        session.execute(text(statement))


def test_a_school_hears_of_an_order_only_while_it_goes_on_and_was_found_near_it(deployment, order, venue):
    with deployment.unit_of_work() as session:
        site = add_site(session, square(0, 0, 100)).id
        broken = session.scalars(select(Violation)).first()
        session.add(near(broken.visit_id, site))
        duty = broken.duty_id

    def heard(at: int, duty: str) -> set[int]:
        with deployment.reading() as session:
            return order_queries.served_at(session, at, [venue], [duty])

    assert heard(site, duty) == {venue}
    assert heard(site + 1, duty) == set()
    assert heard(site, "another-duty") == set()
    for state in (OrderState.PASSED, OrderState.FAILED):  # and no case took it up
        with deployment.unit_of_work() as session:
            session.get_one(Order, 1).state = state
        assert heard(site, duty) == set()


def near(visit_id: int, site_id: int) -> VisitDistance:
    return VisitDistance(
        visit_id=visit_id, site_id=site_id, site_version=1, rule_id="BUF-BAR-1", method="boundary",
        distance_m=50.0, error_m=1.0, extent_m=0.0, verdict="inside",
    )  # fmt: skip
