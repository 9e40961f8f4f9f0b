"""Asking after a tip with its receipt number and secret: nothing is told to whoever guesses."""

from datetime import UTC, datetime, timedelta

import pytest

from backend.accounts.errors import TooManyTries
from backend.accounts.rules import FREE_TRIES, stranger_wait_s
from backend.core.errors import NotFound
from backend.core.spoken import as_meant, in_groups
from backend.tips.following import follow
from tests.tips.test_school import said

NOW = datetime.now(UTC)
ADDRESS = "203.0.113.7"


@pytest.fixture
def receipt(school):
    return school.post("/api/v1/tips", json=said()).json


def asks(deployment, number, secret, address=ADDRESS, now=NOW):
    return follow(deployment, number, secret, address=address, now=now)


def test_an_unknown_number_and_a_wrong_secret_are_told_apart_by_nothing(deployment, receipt):
    refused = []
    for number, secret in (("XS20261121-00000000", receipt["secret"]), (receipt["receipt_no"], "0000-0000")):
        with pytest.raises(NotFound) as refusal:
            asks(deployment, number, secret)
        refused.append((refusal.value.code, refusal.value.data))

    assert refused[0] == refused[1]


def test_whoever_guesses_waits_and_others_do_not(deployment, receipt):
    for _ in range(FREE_TRIES):
        with pytest.raises(NotFound):
            asks(deployment, receipt["receipt_no"], "wrong")

    with pytest.raises(TooManyTries):
        asks(deployment, *_right(receipt))
    assert asks(deployment, *_right(receipt), address="203.0.113.8").state == "received"
    assert asks(deployment, *_right(receipt), now=NOW + timedelta(minutes=11)).state == "received"


def test_a_right_question_takes_the_wrong_ones_back(deployment, receipt):
    for _ in range(3):
        for _ in range(FREE_TRIES - 1):
            with pytest.raises(NotFound):
                asks(deployment, receipt["receipt_no"], "wrong")
        assert asks(deployment, *_right(receipt)).state == "received"


def test_the_answer_is_read_by_whoever_gave_the_tip_and_each_look_is_noted(
    deployment, receipt, supervisor, deeds
):
    supervisor.post("/api/v1/tips/1/hand")
    in_hand = asks(deployment, *_right(receipt))
    supervisor.post("/api/v1/tips/1/answer", json={"text": "已核查，劝阻并清理"})

    answered = asks(deployment, receipt["receipt_no"].lower(), f" {receipt['secret'].lower()} ")

    assert (in_hand.state, in_hand.answer) == ("in_hand", "")
    assert (answered.state, answered.answer) == ("answered", "已核查，劝阻并清理")
    assert deeds().count("tip.follow") == 2


def _right(receipt):
    return receipt["receipt_no"], receipt["secret"]


@pytest.mark.parametrize(
    ("tries", "since_s", "waits"),
    [(FREE_TRIES - 1, 0, 0), (FREE_TRIES, 0, 1), (FREE_TRIES + 3, 2, 6), (10**6, 0, 600), (10**6, 601, 0)],
)
def test_waiting_doubles_and_ends(tries, since_s, waits):
    assert stranger_wait_s(tries, since_s) == waits


def test_a_secret_is_meant_however_it_is_typed():
    secret = "0123456789ABCDEF"

    assert in_groups(secret) == "0123-4567-89AB-CDEF"
    assert {as_meant(typed) for typed in (secret, in_groups(secret), "oi23 4567-89ab cdef\n")} == {secret}
