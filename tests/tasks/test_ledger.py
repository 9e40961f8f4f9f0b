"""Document numbers: handed out without a gap, used once, made void with a reason."""

import threading
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from backend.accounts.rules import Role
from backend.accounts.scope import DevicePerson, Scope
from backend.core.audit import AuditEntry
from backend.tasks import ledger
from backend.tasks.ledger_models import DocumentNumber, NumberSeries
from backend.tasks.rules import DocumentKind
from tests.tasks.conftest import add_tablet, today

KIND = "order_to_correct"
SERIES = {"kind": KIND, "pattern": "示文责改〔2026〕{number}号"}
BLOCKS, NUMBERS = "/tablet/number-blocks", "/tablet/document-numbers"


def series_of_today():
    return SERIES | {"year": today().year}


@pytest.fixture
def series(supervisor):
    assert supervisor.post("/api/v1/number-series", json=series_of_today()).status_code == 201


@pytest.fixture
def slate(app, device):
    """What the inspector's tablet sends."""
    return sender(app, device[1])


def sender(app, token):
    client = app.test_client()
    return lambda url, **body: client.post(url, json=body, headers={"Authorization": f"Bearer {token}"})


def reserved(slate, count=3, **more):
    block = slate(BLOCKS, uuid=str(uuid4()), kind=KIND, count=count, **more)
    assert block.status_code == 201, block.json
    return block.json["numbers"]


def use(slate, number, document=None):
    used = {"document": document or str(uuid4()), "used_at": datetime.now(UTC).isoformat()}
    return slate(f"{NUMBERS}/{number['id']}/use", **used)


def test_no_number_is_handed_out_before_its_series_was_laid_down(slate):
    refused = slate(BLOCKS, uuid=str(uuid4()), kind=KIND)

    assert (refused.status_code, refused.json["status"]) == (409, "number_series_unknown")


def test_a_series_is_laid_down_once_and_says_where_the_number_goes(supervisor, series):
    twice = supervisor.post("/api/v1/number-series", json=series_of_today())
    alike = supervisor.post("/api/v1/number-series", json=series_of_today() | {"kind": "inspection_record"})
    blank = supervisor.post(
        "/api/v1/number-series", json=series_of_today() | {"pattern": "示文责改〔2026〕号"}
    )

    assert [twice.status_code, alike.status_code, blank.status_code] == [409, 409, 422]


@pytest.mark.parametrize("offset", [-1, 8])
def test_numbers_are_reserved_for_today_or_the_coming_week(slate, series, offset):
    day = (today() + timedelta(days=offset)).isoformat()

    assert slate(BLOCKS, uuid=str(uuid4()), kind=KIND, day=day).status_code == 422


def test_a_tablet_that_asks_again_gets_the_same_numbers(slate, series, supervisor):
    asked = {"uuid": str(uuid4()), "kind": KIND, "count": 3}

    first, again = slate(BLOCKS, **asked), slate(BLOCKS, **asked)

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json == again.json
    assert [one["text"] for one in first.json["numbers"]] == [f"示文责改〔2026〕{n}号" for n in (1, 2, 3)]
    assert supervisor.get("/api/v1/number-series").json[0]["next_number"] == 4


def test_the_same_request_from_another_tablet_is_refused(app, deployment, slate, series, inspector, agency):
    asked = {"uuid": str(uuid4()), "kind": KIND, "count": 3}
    slate(BLOCKS, **asked)

    other = sender(app, add_tablet(deployment, user_id=inspector, agency_id=agency)[1])

    assert other(BLOCKS, **asked).status_code == 409


def test_a_number_is_used_for_one_document_only(slate, series):
    first, second, _ = reserved(slate)
    document = str(uuid4())

    used, again = use(slate, first, document), use(slate, first, document)
    another, twice = use(slate, first), use(slate, second, document)

    assert (used.status_code, again.status_code, used.json["state"]) == (200, 200, "used")
    assert (another.status_code, twice.status_code) == (409, 409)


def test_a_tablet_uses_only_its_own_numbers(app, deployment, slate, series, inspector, agency):
    number, *_ = reserved(slate)
    other = sender(app, add_tablet(deployment, user_id=inspector, agency_id=agency)[1])

    assert use(other, number).status_code == 404
    assert other(f"{NUMBERS}/{number['id']}/void", because="spoilt").status_code == 404


def test_a_number_is_made_void_with_a_reason_and_never_used_then(slate, series):
    number, *_ = reserved(slate)
    url = f"{NUMBERS}/{number['id']}/void"

    assert slate(url).status_code == 422
    assert slate(url, because="not_used").status_code == 422
    assert slate(url, because="spoilt").json["voided_because"] == "spoilt"
    assert use(slate, number).status_code == 409


def test_a_desk_makes_no_used_number_void(app, supervisor, slate, series, other_agency):
    from tests.people import desk_of

    used, free, _ = reserved(slate)
    use(slate, used)
    of = "/api/v1/document-numbers/{}/void"

    assert supervisor.post(of.format(used["id"]), json={"because": "wrong"}).status_code == 409
    assert supervisor.post(of.format(free["id"]), json={"because": "wrong"}).status_code == 200
    stranger = desk_of(app, Role.SUPERVISOR, agency_id=other_agency)
    assert stranger.post(of.format(free["id"]), json={"because": "wrong"}).status_code == 404
    assert stranger.get("/api/v1/document-numbers").json == []
    states = [one["state"] for one in supervisor.get(f"/api/v1/document-numbers?kind={KIND}").json]
    assert states == ["reserved", "voided", "used"]


def test_what_a_past_day_left_unused_is_made_void_and_a_late_report_still_counts(deployment, slate, series):
    used, lost, late = reserved(slate)
    use(slate, used)
    tomorrow, now = today() + timedelta(days=1), datetime.now(UTC)
    with deployment.unit_of_work() as session:
        assert ledger.void_past(session, today=today(), by="tester", now=now) == 0
    with deployment.unit_of_work() as session:
        assert ledger.void_past(session, today=tomorrow, by="tester", now=now) == 2
    with deployment.unit_of_work() as session:
        assert ledger.void_past(session, today=tomorrow, by="tester", now=now) == 0

    assert use(slate, late).json["state"] == "used"

    with deployment.reading() as session:
        states = session.scalars(select(DocumentNumber.state).order_by(DocumentNumber.number)).all()
        [entry] = session.scalars(select(AuditEntry).where(AuditEntry.deed == "number.void"))
    assert states == ["used", "voided", "used"]
    assert entry.detail == {"because": "not_used", "numbers": [lost["number"], late["number"]]}


@pytest.mark.parametrize(
    "broken",
    [{"number": 1}, {"state": "lost"}, {"state": "used"}, {"state": "voided"}, {"document": "x"}],
    ids=str,
)
def test_the_database_refuses_a_number_twice_or_without_its_reason(deployment, slate, series, broken):
    second = reserved(slate)[1]

    with pytest.raises(IntegrityError), deployment.unit_of_work() as session:
        session.execute(update(DocumentNumber).where(DocumentNumber.id == second["id"]).values(**broken))


def test_eight_tablets_at_once_get_every_number_once_and_none_is_missing(deployment, series, device, agency):
    by = DevicePerson(
        device[0], None, "平板", Role.INSPECTOR, agency, Scope(("",), None, agency, Role.INSPECTOR)
    )
    start, problems = threading.Barrier(8), []

    def take(worker):
        start.wait()
        for turn in range(6):
            try:
                with deployment.unit_of_work() as session:
                    ledger.reserve(
                        session, uuid=str(uuid4()), kind=DocumentKind.ORDER_TO_CORRECT, day=today(),
                        count=1 + (worker + turn) % 5, by=by, now=datetime.now(UTC),
                    )  # fmt: skip
                    if (worker + turn) % 4 == 0:
                        raise _Lost
            except _Lost:
                continue
            except Exception as problem:
                problems.append(problem)

    threads = [threading.Thread(target=take, args=(worker,)) for worker in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert problems == []
    with deployment.reading() as session:
        numbers = session.scalars(select(DocumentNumber.number).order_by(DocumentNumber.number)).all()
        next_number = session.scalar(select(NumberSeries.next_number))
    assert len(numbers) > 60
    assert numbers == list(range(1, len(numbers) + 1))
    assert next_number == len(numbers) + 1


class _Lost(Exception):
    """The connection of a tablet broke before the end."""
