"""Time limits of tips: which run, from when, until what; and no number that nobody said."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select, update

from backend.core.days import SHANGHAI
from backend.rulebook import queries as rulebook
from backend.rulebook.reading import build, read
from backend.rulebook.rules import RulebookInvalid
from backend.tips import clocks
from backend.tips.models import Tip, TipClock
from tests.tips.leads import record

MONDAY = datetime(2026, 3, 2, 10, tzinfo=SHANGHAI)


@pytest.fixture
def law(deployment):
    with deployment.reading() as session:
        return rulebook.current(session)


@pytest.fixture
def hotline(deployment, tablet):
    """A report by the market hotline, received on a day."""

    def received(at=MONDAY, nature="report", source="12315", kind="tobacco"):
        tablet.sends(record(kind=kind))
        with deployment.unit_of_work() as session:
            session.query(TipClock).delete()
            given = {"received_at": at, "source": source, "nature": nature, "channel_no": f"{at:%y%m%d}"}
            session.execute(update(Tip).where(Tip.id == 1).values(given))
            session.expire_all()
            clocks.start(session, session.get_one(Tip, 1))
        return 1

    return received


def running(deployment):
    with deployment.reading() as session:
        rows = session.scalars(select(TipClock).order_by(TipClock.clock))
        return {one.clock: (one.due_on, one.is_provisional) for one in rows}


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"confirmed": True}, "a confirmed clock has a number and a clause"),
        ({"count": 0}, "0 is no number of days"),
        ({"more": 15}, "extended from no number"),
        ({"kinds": ["dragons"]}, "dragons is not in tip_kinds"),
        ({"clauses": ["minors-law:999"]}, "minors-law:999 is not in clauses"),
    ],
)
def test_a_clock_that_nobody_can_have_meant_is_refused(change, problem):
    document = read()
    next(row for row in document["tip_clocks"] if row["id"] == "TIP-TELL").update(change)

    with pytest.raises(RulebookInvalid, match=problem):
        build(document, 1)


def test_promptly_is_no_number(law):
    promptly = [one for one in law.on(date(2026, 11, 21)).tip_clocks.values() if one.count is None]

    assert {one.id for one in promptly} == {"TIP-TELL", "TIP-HOTLINE", "TIP-ENTERTAINMENT", "TIP-COMPLAINT"}
    assert not any(one.confirmed for one in promptly)
    assert {one.last_day(MONDAY, law.day) for one in promptly} == {None}


@pytest.mark.parametrize(
    ("channel", "nature", "kind", "day", "running"),
    [
        ("12315", "report", "tobacco", date(2026, 11, 21), {"TIP-TELL", "TIP-VERIFY"}),
        ("12315", "complaint", "tobacco", date(2026, 11, 21), {"TIP-TELL", "TIP-COMPLAINT"}),
        ("12315", "complaint", "tobacco", date(2026, 4, 14), {"TIP-TELL", "TIP-COMPLAINT", "TIP-MEDIATE"}),
        ("12345", "report", "tobacco", date(2026, 11, 21), {"TIP-TELL", "TIP-HOTLINE"}),
        ("street", "report", "entertainment", date(2026, 11, 21), {"TIP-TELL", "TIP-ENTERTAINMENT"}),
        ("public", "report", "smoking", date(2026, 11, 21), {"TIP-TELL"}),
    ],
)
def test_which_clocks_run(law, channel, nature, kind, day, running):
    known = law.on(day).tip_clocks.values()

    assert {one.id for one in known if one.concerns(channel, nature, kind)} == running


def test_numbers_of_the_superseded_rules_end_with_them(law):
    before, after = (
        law.on(day).tip_clocks["TIP-COMPLAINT"] for day in (date(2026, 4, 14), date(2026, 4, 15))
    )

    assert (before.count, after.count) == (7, None)


def test_a_report_by_the_market_hotline_is_verified_within_fifteen_working_days(deployment, hotline):
    hotline()

    assert running(deployment) == {"TIP-TELL": (None, False), "TIP-VERIFY": (date(2026, 3, 23), False)}


def test_a_last_day_in_a_year_without_holidays_is_provisional_until_they_are_known(deployment, hotline):
    hotline(datetime(2026, 12, 21, 10, tzinfo=SHANGHAI))
    before = running(deployment)["TIP-VERIFY"]
    with deployment.unit_of_work() as session:
        session.execute(update(TipClock).where(TipClock.is_provisional).values(due_on=date(2030, 1, 1)))
        clocks.recount(session)

    assert before == (date(2027, 1, 11), True)
    assert running(deployment)["TIP-VERIFY"] == before


@pytest.mark.parametrize(
    ("deeds", "stopped"),
    [
        ((), set()),
        ((("hand", {}),), set()),
        ((("hand", {}), ("accept", {})), set()),
        ((("hand", {}), ("verify", {"is_filed": False})), {"TIP-VERIFY"}),
        ((("hand", {}), ("answer", {"text": "已核查"})), {"TIP-VERIFY", "TIP-TELL"}),
    ],
    ids=lambda deeds: str(len(deeds)),
)
def test_what_ends_a_clock(deployment, supervisor, hotline, deeds, stopped):
    hotline()

    for name, said in deeds:
        supervisor.post(f"/api/v1/tips/1/{name}", json=said)

    with deployment.reading() as session:
        ended = session.scalars(select(TipClock.clock).where(TipClock.stopped_at.is_not(None)))
        assert set(ended) == stopped


def test_a_clock_is_extended_once_with_approval_as_far_as_its_text_goes(deployment, supervisor, hotline):
    hotline()
    supervisor.post("/api/v1/tips/1/hand")

    def extended(clock="TIP-VERIFY"):
        said = {"clock": clock, "because": "情况复杂", "approved_by": "李局"}
        return supervisor.post("/api/v1/tips/1/extend", json=said).status_code

    answers = [extended("TIP-TELL"), extended("TIP-NONE"), extended(), extended()]

    assert answers == [409, 404, 200, 409]
    assert running(deployment)["TIP-VERIFY"] == (date(2026, 4, 14), False)


def test_what_is_overdue_is_listed_and_stands_on_the_desk(supervisor, tablet, hotline):
    hotline(datetime.now(SHANGHAI) - timedelta(days=60))
    tablet.sends(record())
    late, all_of_them = (supervisor.get(f"/api/v1/tips?{asked}").json for asked in ("overdue=true", ""))
    desk = supervisor.get("/").text

    supervisor.post("/api/v1/tips/1/hand")
    supervisor.post("/api/v1/tips/1/answer", json={"text": "已核查"})

    assert ([one["id"] for one in late], len(all_of_them)) == ([1], 2)
    assert "线索已超期" in desk
    assert supervisor.get("/api/v1/tips?overdue=true").json == []
