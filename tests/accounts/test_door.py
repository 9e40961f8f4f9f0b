"""Guessing passwords: slowed where it is done, and never a way to lock others out."""

from datetime import UTC, datetime, timedelta
from statistics import median
from threading import Thread
from time import thread_time

import pytest
from sqlalchemy import func, select, text

from backend.accounts.door import Door
from backend.accounts.errors import SignInFailed, TooManyTries
from backend.accounts.models import SignInPlace
from backend.accounts.rules import address_wait_s
from tests.people import PASSWORD, add_person

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


@pytest.fixture
def knock(deployment):
    """One try: returns the person, or raises."""

    def try_once(login, password, *, place="strange browser", address="203.0.113.9", now=NOON):
        door = Door(deployment, login, place=place, address=address, now=now)
        person = door.check(password)
        with deployment.unit_of_work() as session:
            door.remember(session, person.id)
        return person

    return try_once


def fail(knock, times, login="zhang", **where):
    for _ in range(times):
        with pytest.raises(SignInFailed):
            knock(login, "not this one, sorry", **where)


def test_the_right_password_opens(deployment, knock):
    user_id = add_person(deployment, login="zhang")

    assert knock(" ZHANG ", PASSWORD).id == user_id


def test_five_failures_close_an_account_for_half_an_hour(deployment, knock):
    add_person(deployment, login="zhang")
    fail(knock, 5)

    with pytest.raises(TooManyTries) as closed:
        knock("zhang", PASSWORD, now=NOON + timedelta(minutes=20))
    assert closed.value.data == {"wait_s": 600}

    assert knock("zhang", PASSWORD, now=NOON + timedelta(minutes=30))


def test_a_browser_that_came_in_before_is_not_locked_out_by_others(deployment, knock):
    add_person(deployment, login="zhang")
    knock("zhang", PASSWORD, place="desk in the office")

    for address in ("203.0.113.1", "203.0.113.2"):
        for _ in range(6):
            with pytest.raises((SignInFailed, TooManyTries)):
                knock("zhang", "not this one, sorry", address=address)

    assert knock("zhang", PASSWORD, place="desk in the office", address="203.0.113.1")
    with pytest.raises(TooManyTries):
        knock("zhang", PASSWORD)


def test_a_known_browser_has_no_endless_tries_either(deployment, knock):
    add_person(deployment, login="zhang")
    knock("zhang", PASSWORD, place="stolen laptop")
    fail(knock, 5, place="stolen laptop")

    with pytest.raises(TooManyTries):
        knock("zhang", PASSWORD, place="stolen laptop")
    assert knock("zhang", PASSWORD, place="new desk")


def test_a_browser_known_to_one_account_is_strange_to_another(deployment, knock):
    add_person(deployment, login="zhang")
    add_person(deployment, login="wang")
    knock("wang", PASSWORD, place="shared desk")
    fail(knock, 5)

    with pytest.raises(TooManyTries):
        knock("zhang", PASSWORD, place="shared desk")


def test_an_account_that_does_not_exist_closes_the_same_way(knock):
    fail(knock, 5, login="nobody")

    with pytest.raises(TooManyTries) as closed:
        knock("nobody", PASSWORD)
    assert closed.value.data == {"wait_s": 1800}


def test_a_closed_account_is_refused_like_a_wrong_password(deployment, knock):
    user_id = add_person(deployment, login="zhang")
    with deployment.unit_of_work() as session:
        session.execute(text("UPDATE users SET active = :no WHERE id = :id"), {"no": False, "id": user_id})

    with pytest.raises(SignInFailed):
        knock("zhang", PASSWORD)


@pytest.mark.parametrize(
    ("failures", "since_s", "wait_s"),
    [
        (19, 0, 0),
        (20, 0, 1),
        (21, 0, 2),
        (21, 1.5, 0.5),
        (25, 0, 32),
        (26, 0, 60),
        (999, 0, 60),
        (999, 61, 0),
    ],
)
def test_the_rule_for_an_address(failures, since_s, wait_s):
    assert address_wait_s(failures, since_s) == wait_s


def test_an_address_that_tries_many_names_must_wait(knock):
    for i in range(20):
        fail(knock, 1, login=f"name-{i}")

    with pytest.raises(TooManyTries) as closed:
        knock("another", PASSWORD)
    assert closed.value.data == {"wait_s": 1}
    fail(knock, 1, login="another", address="203.0.113.77")
    fail(knock, 1, login="another", now=NOON + timedelta(seconds=1))


def test_tries_at_the_same_moment_cannot_slip_past_the_limit(deployment, knock):
    add_person(deployment, login="zhang")
    outcomes = []

    def guess():
        try:
            knock("zhang", "not this one, sorry")
        except (SignInFailed, TooManyTries) as refusal:
            outcomes.append(type(refusal))

    threads = [Thread(target=guess) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (outcomes.count(SignInFailed), outcomes.count(TooManyTries)) == (5, 7)


def test_success_forgets_the_failures_and_old_places(deployment, knock):
    add_person(deployment, login="zhang")
    fail(knock, 1, login="a-passer-by")
    fail(knock, 4)

    knock("zhang", PASSWORD)
    fail(knock, 4, place="another strange one")
    knock("zhang", PASSWORD, now=NOON + timedelta(days=2))

    with deployment.reading() as session:
        assert session.scalar(select(func.count()).select_from(SignInPlace)) == 1  # this browser


def test_failures_are_audited_by_account_and_never_by_what_was_typed(deployment, knock):
    user_id = add_person(deployment, login="zhang")
    fail(knock, 1)
    fail(knock, 1, login="my-password-typed-as-a-name")

    with deployment.reading() as session:
        rows = session.execute(
            text(
                "SELECT subject, detail FROM audit_entries WHERE deed = 'account.sign_in_failed' ORDER BY seq"
            )
        ).all()
    assert [row.subject for row in rows] == [f"user:{user_id}", "user:unknown"]
    assert {row.detail for row in rows} <= {None, "null"}


def test_unknown_names_take_as_long_as_known_ones(deployment, knock):
    add_person(deployment, login="zhang")
    fail(knock, 1, login="warm-up")
    took = {"zhang": [], "nobody": []}

    for hour in range(7):
        for login, times in took.items():
            start = thread_time()  # of this thread: what else the machine does is left out
            fail(knock, 1, login=login, address=login, now=NOON + timedelta(hours=hour))
            times.append(thread_time() - start)

    assert median(took["zhang"]) == pytest.approx(median(took["nobody"]), abs=0.02)
