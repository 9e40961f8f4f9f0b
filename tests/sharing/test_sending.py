"""Messages to a receiver that listens: signed, once, tried again, and nowhere that nobody agreed to."""

import fcntl
import hashlib
import threading
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from backend.accounts.auth import Role
from backend.core.audit import AuditEntry
from backend.core.days import today
from backend.core.deployment import Deployment
from backend.core.keys import Keys
from backend.core.settings import SettingInvalid
from backend.sharing.collecting import collect
from backend.sharing.errors import NotDelivered
from backend.sharing.models import SharingAgreement
from backend.sharing.posting import post
from backend.sharing.reaching import resolve, target_of
from backend.sharing.sending import send
from tests.people import desk_of
from tests.sharing.conftest import FIELDS, URL, decides, message, outcomes, proposed, said
from tests.sharing.receiver import NONSENSE

SENT, FAILED = {"receipted": 1, "failed": 0, "withheld": 0}, {"receipted": 0, "failed": 1, "withheld": 0}
NOTHING = {"receipted": 0, "failed": 0, "withheld": 0}


def test_nothing_leaves_before_two_people_agreed(supervisor, receiver, sends):
    proposed(supervisor, said(receiver))

    assert (sends(), receiver.heard) == (NOTHING, 0)


def test_what_leaves_is_exactly_what_was_agreed_on(supervisor, agreed, receiver, sends):
    assert sends() == SENT

    (taken,) = receiver.taken.values()
    assert taken["body"]["rows"] == [
        {"row_id": "1", "venue_id": 1, "venue_name": "蓝星网吧", "area_code": "310101", "verdict": None},
        {"row_id": "2", "venue_id": 2, "venue_name": None, "area_code": "310101", "verdict": None},
    ]
    assert (taken["body"]["purpose"], taken["body"]["agreement"]) == ("未成年人保护工作协同", 1)
    kept = message(supervisor)
    assert (kept["state"], kept["receipt_no"], kept["row_count"]) == ("receipted", "R-1", 2)
    assert kept["sha256"] == taken["sha256"]
    body = supervisor.get(f"{URL}/messages/1/body").data
    assert hashlib.sha256(body).hexdigest() == kept["sha256"]
    assert outcomes(supervisor) == [("begun", None), ("receipted", None)]


def test_what_was_sent_is_not_sent_again(agreed, receiver, sends):
    assert [sends(), sends(hours=1), sends(hours=8)] == [SENT, NOTHING, NOTHING]
    assert receiver.heard == 1


def test_a_receiver_that_fails_is_tried_again_until_it_gives_a_receipt(supervisor, agreed, receiver, sends):
    receiver.how = "fails"
    first, at_once = sends(), sends(seconds=30)
    receiver.how = "well"

    assert (first, at_once, sends(minutes=2)) == (FAILED, NOTHING, SENT)
    assert outcomes(supervisor) == [
        ("begun", None), ("failed", "answered_503"), ("begun", None), ("receipted", None)
    ]  # fmt: skip


def test_the_same_message_twice_is_taken_once(supervisor, agreed, receiver, sends):
    receiver.how = "loses its answer"
    first = sends()
    receiver.how = "well"

    assert (first, sends(minutes=2)) == (FAILED, SENT)
    assert (receiver.heard, len(receiver.taken)) == (2, 1)
    assert message(supervisor)["receipt_no"] == "R-1"


@pytest.mark.parametrize(
    ("how", "reason"),
    [
        ("hangs", "no_answer"),
        ("drips", "no_answer"),
        ("redirects", "redirected"),
        ("says too much", "answer_too_large"),
        ("gives the receipt of another", "receipt_of_another"),
        ("gives no receipt", "no_receipt"),
        ("changed on the way", "answered_403"),
    ],
)
def test_whatever_is_no_receipt_for_this_message_is_a_failure_with_its_reason(
    supervisor, agreed, receiver, sends, how, reason
):
    receiver.how = how

    assert sends() == FAILED
    assert (message(supervisor)["state"], message(supervisor)["reason"]) == ("failed", reason)


def test_a_body_that_changed_on_the_way_is_refused_by_its_digest(agreed, receiver, sends):
    receiver.how = "changed on the way"
    sends()

    assert (receiver.refused, receiver.taken) == (["digest"], {})


@pytest.mark.parametrize("late_s", [-400, 400])
def test_a_receiver_whose_clock_is_five_minutes_off_refuses(agreed, receiver, sends, late_s):
    receiver.late_s = late_s

    assert (sends(), receiver.refused) == (FAILED, ["window"])


def test_what_somebody_overheard_cannot_be_sent_again(deployment, agreed, receiver, sends, monkeypatch):
    heard, take = [], receiver.take
    monkeypatch.setattr(receiver, "take", lambda *request: (heard.append(request), take(*request))[1])
    sends()

    with pytest.raises(Exception, match="nonce"):
        take(*heard[0])


def test_a_message_is_given_up_after_so_many_tries_and_tried_anew_when_somebody_says_so(
    supervisor, reviewer, agreed, receiver, sends
):
    receiver.how = "fails"
    tried = [sends(), sends(minutes=2), sends(minutes=10), sends(days=1)]
    given_up = message(supervisor)["state"]
    refused = reviewer.post(f"{URL}/messages/1/queueing")
    receiver.how = "well"

    queued = supervisor.post(f"{URL}/messages/1/queueing")

    assert tried == [FAILED, FAILED, FAILED, NOTHING]
    assert (given_up, refused.status_code) == ("given_up", 403)
    assert (queued.json["state"], queued.json["tries"]) == ("queued", 0)
    assert sends() == SENT
    assert supervisor.post(f"{URL}/messages/1/queueing").status_code == 409


@pytest.mark.parametrize("how", ["ended", "expired", "replaced"])
def test_what_waits_when_its_agreement_is_over_never_leaves(
    deployment, supervisor, reviewer, agreed, receiver, sends, how
):
    collect(deployment, now=datetime.now(UTC), by="tester")
    if how == "ended":
        decides(supervisor, agreed, "end", reason="不再需要")
    elif how == "replaced":
        decides(reviewer, proposed(supervisor, said(receiver, fields=["verdict"], replaces_id=1)), "confirm")

    counts = sends(days=100 if how == "expired" else 0)

    assert counts == (SENT if how == "replaced" else NOTHING) | {"withheld": 1}
    assert (message(supervisor)["state"], message(supervisor)["reason"]) == ("withheld", "agreement_over")
    left = supervisor.get(f"{URL}/left").json
    assert [one["fields"] for one in left] == ([["verdict"]] if how == "replaced" else [])


def test_an_agreement_sends_from_its_first_day_on(supervisor, reviewer, receiver, sends):
    later = today() + timedelta(days=3)
    decides(reviewer, proposed(supervisor, said(receiver, from_on=later.isoformat())), "confirm")

    assert (sends(), sends(days=3)) == (NOTHING, SENT)


def elsewhere(deployment, **settings):
    """The same deployment with other settings."""
    return Deployment.open(replace(deployment.settings, **settings))


@pytest.mark.parametrize(
    ("others", "reason"),
    [
        pytest.param({"sharing_hosts": ""}, "host_not_allowed", id="no host is allowed"),
        pytest.param({"sharing_hosts": "localhost"}, "host_not_allowed", id="another port"),
        pytest.param({"sharing_networks": ""}, "address_refused", id="a private address"),
        pytest.param({"sharing_networks": "10.0.0.0/8"}, "address_refused", id="another network"),
        pytest.param({"sharing_ca": None}, "not_trusted", id="a certificate that nobody vouches for"),
    ],
)
def test_where_the_settings_lead_nowhere_nothing_leaves(
    deployment, supervisor, agreed, receiver, trusting, others, reason
):
    collect(deployment, now=datetime.now(UTC), by="tester")
    other = elsewhere(deployment, **others)

    counts = send(other, clock=lambda: datetime.now(UTC), by="tester")
    other.engine.dispose()

    assert (counts, receiver.heard) == (FAILED, 0)
    assert message(supervisor)["reason"] == reason
    assert supervisor.get(f"{URL}/left").json == []


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "10.1.2.3", "169.254.169.254", "192.168.0.1", "0.0.0.0", "100.64.0.1", "224.0.0.1", "::1",
     "fe80::1", "fd00::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::",
     "240.0.0.1", "fec0::1", "::7f00:1", "::93.184.216.34", "::ffff:93.184.216.34", "192.0.0.9", "4000::1"],
)  # fmt: skip
def test_addresses_that_are_not_public_are_refused(settings, monkeypatch, host):
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: [(2, 1, 6, "", (host, 443))])

    with pytest.raises(NotDelivered, match="address_refused"):
        resolve(target_of("https://elsewhere.example/in"), replace(settings, sharing_networks=""))


@pytest.mark.parametrize("name", ["a..example", "a" * 64 + ".example"])
def test_a_name_that_is_none_is_unreachable(settings, name):
    with pytest.raises(NotDelivered, match="unreachable"):
        resolve(target_of(f"https://{name}/in"), settings)


def test_one_private_address_among_public_ones_is_enough_to_refuse(settings, monkeypatch):
    both = [(2, 1, 6, "", ("93.184.216.34", 443)), (2, 1, 6, "", ("10.0.0.1", 443))]
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: both)

    with pytest.raises(NotDelivered, match="address_refused"):
        resolve(target_of("https://elsewhere.example/in"), replace(settings, sharing_networks=""))


def test_after_a_rotation_the_new_key_signs_and_the_old_one_is_still_told(
    app, deployment, supervisor, agreed, receiver, sends
):
    receiver.how = "fails"
    sends()
    Keys.add_sharing(deployment.settings.keys)
    receiver.how = "well"
    unknown = sends(minutes=2)

    receiver.trust(app.test_client().get("/api/v1/public/sharing-keys").json)

    assert (unknown, receiver.refused) == (FAILED, ["key"])
    assert sends(minutes=10) == SENT
    used = [one["key_id"] for one in supervisor.get(f"{URL}/messages/1/attempts").json if one["key_id"]]
    assert used[0] != used[1] == used[2]
    assert set(used) == set(receiver.keys)


def test_a_retired_key_signs_nothing_more_and_what_is_tried_again_keeps_its_body(
    app, deployment, supervisor, agreed, receiver, sends, monkeypatch
):
    (old,), heard, take = deployment.keys.sharing_keys, [], receiver.take
    monkeypatch.setattr(receiver, "take", lambda headers, body: (heard.append(body), take(headers, body))[1])
    receiver.how = "loses its answer"
    sends()
    new = Keys.add_sharing(deployment.settings.keys)
    Keys.retire_sharing(deployment.settings.keys, old.id, now=datetime.now(UTC))
    receiver.trust(app.test_client().get("/api/v1/public/sharing-keys").json)
    receiver.how = "well"

    assert (sends(minutes=2), list(receiver.keys)) == (SENT, [new.id])
    assert heard[0] == heard[1]
    used = [one["key_id"] for one in supervisor.get(f"{URL}/messages/1/attempts").json if one["key_id"]]
    assert used == [old.id, new.id]


@pytest.mark.parametrize(
    ("key", "how", "counts"),
    [
        pytest.param("own", "well", SENT, id="its own key"),
        pytest.param("another", "well", FAILED, id="another key"),
        pytest.param("own", "signs another receipt", FAILED, id="a receipt changed on the way"),
        *(pytest.param("own", header, FAILED, id=f"nonsense {header!r}") for header in NONSENSE),
    ],
)
def test_a_receipt_is_held_against_the_key_of_the_receiver(
    supervisor, reviewer, receiver, sends, key, how, counts
):
    public = receiver.public_key if key == "own" else "A" * 43 + "="
    decides(reviewer, proposed(supervisor, said(receiver, receiver_key=public)), "confirm")
    receiver.how = how

    assert sends() == counts


def test_two_who_send_at_once_send_each_message_once(deployment, agreed, receiver, trusting):
    now = datetime.now(UTC)
    collect(deployment, now=now, by="tester")
    others, counts = [elsewhere(deployment) for _ in range(3)], []

    def go(other):
        counts.append(send(other, clock=lambda: now, by="tester"))
        other.engine.dispose()

    threads = [threading.Thread(target=go, args=(other,)) for other in others]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (receiver.heard, sum(one["receipted"] for one in counts)) == (1, 1)


def test_a_sender_that_died_on_the_way_is_followed_by_another_try(deployment, supervisor, agreed, sends):
    now = datetime.now(UTC)
    collect(deployment, now=now, by="tester")

    class Killed(BaseException):
        pass

    ticks = iter((now, now))

    def clock():
        if (tick := next(ticks, None)) is None:
            raise Killed
        return tick

    with pytest.raises(Killed):
        send(deployment, clock=clock, by="tester")

    assert (message(supervisor)["state"], len(supervisor.get(f"{URL}/left").json)) == ("sent", 1)
    assert (sends(minutes=5), sends(minutes=11)) == (NOTHING, SENT)


@pytest.mark.parametrize("late", ["fails", "well"], ids=["a failure", "a receipt"])
def test_an_attempt_that_ends_late_undoes_nothing_of_the_next_one(
    deployment, supervisor, agreed, receiver, trusting, tmp_path_factory, monkeypatch, late
):
    now, take = datetime.now(UTC), receiver.take
    collect(deployment, now=now, by="tester")

    def slow(*request):
        """Before the first attempt is answered, the message is tried again elsewhere, and a receipt comes."""
        answer = take(*request)
        monkeypatch.setattr(receiver, "take", take)
        later, receiver.passed_s = now + timedelta(minutes=11), 660
        same = {"database_url": deployment.settings.database, "keys_dir": deployment.settings.keys}
        other = elsewhere(deployment, **same, var_dir=tmp_path_factory.mktemp("elsewhere"))
        assert send(other, clock=lambda: later, by="tester") == SENT
        other.engine.dispose()
        return answer if late == "well" else {}

    monkeypatch.setattr(receiver, "take", slow)
    patient = elsewhere(deployment, sharing_timeout_s=20.0)
    send(patient, clock=lambda: now, by="tester")
    patient.engine.dispose()

    kept = message(supervisor)
    assert (kept["state"], kept["tries"], kept["receipt_no"]) == ("receipted", 2, "R-1")
    assert [outcome for outcome, _ in outcomes(supervisor)] == [
        "begun", "begun", "receipted", "receipted" if late == "well" else "failed"
    ]  # fmt: skip


def test_what_may_have_arrived_before_its_agreement_was_over_is_given_up(supervisor, agreed, receiver, sends):
    receiver.how = "loses its answer"
    sends()
    decides(supervisor, agreed, "end", reason="不再需要")

    assert sends(minutes=2) == FAILED
    assert (message(supervisor)["state"], message(supervisor)["reason"]) == ("given_up", "agreement_over")
    assert len(supervisor.get(f"{URL}/left").json) == 1


def test_one_time_counts_for_all_addresses_of_a_host(settings, monkeypatch):
    def silent(_, left_s):
        waited.append(left_s)
        time.sleep(left_s)
        raise TimeoutError

    many, waited = [(2, 1, 6, "", (f"127.0.0.{n}", 443)) for n in range(1, 6)], []
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: many)
    monkeypatch.setattr("socket.create_connection", silent)

    with pytest.raises(NotDelivered, match="unreachable"):
        post(target_of("https://elsewhere.example/in"), {}, b"", replace(settings, sharing_timeout_s=0.1))

    assert sum(waited) <= 0.11


@pytest.mark.parametrize(
    "more", [{"sharing_timeout_s": 600.0}, {"sharing_timeout_s": 0.0}, {"sharing_tries": 0}]
)
def test_settings_under_which_two_would_send_the_same_are_refused(settings, more):
    with pytest.raises(SettingInvalid):
        replace(settings, **more)


def test_a_message_whose_senders_died_each_time_is_given_up(deployment, supervisor, agreed, receiver, sends):
    collect(deployment, now=datetime.now(UTC), by="tester")
    with deployment.unit_of_work() as session:
        session.execute(text("UPDATE sharing_messages SET state = 'sent', tries = 3"))

    assert (sends(), receiver.heard) == (FAILED, 0)
    assert (message(supervisor)["state"], message(supervisor)["reason"]) == ("given_up", "no_answer")


def test_a_host_that_does_not_answer_is_left_alone_and_holds_up_no_other(
    supervisor, reviewer, agreed, receiver, sends
):
    for more in ({"fields": ["verdict"]}, {"address": "https://elsewhere.example/in", "fields": ["verdict"]}):
        decides(reviewer, proposed(supervisor, said(receiver, **more)), "confirm")
    receiver.how = "hangs"

    assert (sends()["failed"], receiver.heard) == (2, 1)
    assert [message(supervisor, n)["state"] for n in (1, 2, 3)] == ["failed", "queued", "failed"]


def test_a_message_that_cannot_be_begun_holds_up_no_other_and_its_words_are_not_logged(
    deployment, reviewer, agreed, receiver, sends, caplog
):
    with deployment.unit_of_work() as session:
        older = session.get_one(SharingAgreement, 1)
        said = {one.name: getattr(older, one.name) for one in SharingAgreement.__table__.columns}
        said |= {"id": 2, "state": "proposed", "version": 1, "address": "http://secret.example/"}
        session.add(SharingAgreement(**said))
    decides(reviewer, f"{URL}/agreements/2", "confirm")

    assert sends() == SENT | {"failed": 1}
    assert "message 2 waits: ValueError" in caplog.text
    assert "secret" not in caplog.text


def test_while_one_sends_another_of_the_same_machine_does_not(deployment, agreed, receiver, sends):
    with open(deployment.settings.var_dir / "sharing.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert (sends(), receiver.heard) == (NOTHING, 0)

    assert sends() == SENT


def test_every_field_that_left_is_told(supervisor, reviewer, agreed, receiver, sends):
    sends()

    (left,) = supervisor.get(f"{URL}/left").json

    assert (left["fields"], left["row_count"], left["agreement_id"]) == (FIELDS, 2, 1)
    assert (left["receiver"], left["outcome"]) == ("市未成年人保护信息管理系统", "begun")
    assert reviewer.get(f"{URL}/left").json == [left]


def test_each_look_at_a_body_is_in_the_audit_trail(deployment, reviewer, agreed, sends):
    sends()
    reviewer.get(f"{URL}/messages/1/body")
    reviewer.get("/sharing/messages/1.json")

    with deployment.reading() as session:
        looks = session.scalars(select(AuditEntry.subject).where(AuditEntry.deed == "sharing.look")).all()
    assert looks == ["sharing_message:1"] * 2


def test_for_others_nothing_left(app, agreed, sends):
    sends()
    client = desk_of(app, Role.COORDINATOR, areas=("310101",))

    assert [client.get(f"{URL}/{one}").json for one in ("left", "messages")] == [[], []]
    assert [client.get(f"{URL}/messages/1{one}").status_code for one in ("", "/body", "/attempts")] == [
        404
    ] * 3


def test_what_left_is_never_changed_or_deleted(deployment, agreed, sends):
    sends()
    for statement in (
        "UPDATE sharing_messages SET body = 'x'",
        "UPDATE sharing_messages SET fields = '[]'",
        "UPDATE sharing_messages SET receipted_at = made_at",
        "UPDATE sharing_messages SET receipted_at = NULL, state = 'queued'",
        "DELETE FROM sharing_messages",
        "UPDATE sharing_attempts SET reason = 'x'",
        "DELETE FROM sharing_attempts",
    ):
        with pytest.raises(DatabaseError), deployment.unit_of_work() as session:
            session.execute(text(statement))
