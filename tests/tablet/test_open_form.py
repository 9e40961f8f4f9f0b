"""A checklist open on the tablet: what is refused, hidden, cleared, killed, reopened; and the next module."""

import itertools
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from forms.examples import filled_submission
from forms.modules import next_module
from forms.submission import parse
from tests.forms.samples import SITES_CSV, VENUES_CSV, cafe_script, form_of
from tests.tablet.bench import opened

LISTS = {"venues.csv": VENUES_CSV, "sites.csv": SITES_CSV}
STARTED = datetime(2026, 11, 20, 10, 30, tzinfo=timezone(timedelta(hours=8)))
FIRST = "6f9619ff-8b86-d011-b42d-00c04fc964ff"
SECOND = "uuid:0b54c2a8-19d2-4a4c-93a0-0f2f0b6a2d31"

Filled = Callable[..., Any]


@pytest.fixture(scope="module")
def page(browser: Browser, bench_url: str) -> Iterator[Page]:
    shown = browser.new_page(base_url=bench_url, timezone_id="Asia/Shanghai")
    yield opened(shown)
    shown.close()


@pytest.fixture
def fill(page: Page) -> Filled:
    """Fill the cafe's checklist: answers to each command, and what stands in the end."""

    def filled(*script: str) -> Any:
        xml = form_of("internet_cafe").path.read_text("utf-8")
        given = {"xml": xml, "attachments": LISTS, "script": list(script)}
        return page.evaluate("given => bench.fill(given)", given)

    return filled


def put(path: str, value: str) -> str:
    return f"set\t/data/{path}\t{value}"


def get(path: str) -> str:
    return f"get\t/data/{path}"


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("id_checks[1]/people_checked", "abc"),
        ("id_checks[1]/people_checked", "2.5"),
        ("arrival/officer_1_valid_to", "2026-02-30"),
        ("arrival/visit_reason", "no_such_choice"),
        ("measures/harm_reported_at", "08:30"),
        ("place/position", "here"),
    ],
)
def test_what_cannot_be_read_is_said_and_stands_in_the_way(fill, path, value) -> None:
    harm = put("measures/harm_seen", "yes")

    said = fill(put("id_checks_made", "yes"), harm, put(path, value), get(path), f"rel\t/data/{path}")

    assert said["results"][2:] == ["NOT READ", "", "true"]


def test_digits_of_a_chinese_keyboard_are_digits(fill) -> None:
    said = fill(
        put("id_checks_made", "yes"),
        put("id_checks[1]/people_checked", "１２"),
        get("id_checks[1]/people_checked"),
    )

    assert said["results"][-1] == "12"


def test_a_filled_checklist_with_bad_input_does_not_validate(fill) -> None:
    people = "id_checks[1]/people_checked"

    said = fill(*cafe_script(), "validate", put(people, "five"), "validate", put(people, "5"), "validate")

    assert [said["results"][-n] for n in (5, 4, 3, 2, 1)] == [
        "OK", "NOT READ", f"bad_input /data/{people}", "OK", "OK",
    ]  # fmt: skip


def test_the_form_refuses_what_cannot_be(fill) -> None:
    refused = {
        "arrival/officer_2_certificate": "SH-0001",
        "id_checks[1]/not_verified": "9",
        "duties/school_distance": "breach",
        "measures/order_due_on": "2020-01-01",
    }

    said = fill(
        *cafe_script(), put("measures/measures_taken", "order"), *itertools.starmap(put, refused.items())
    )

    assert said["results"][-len(refused) :] == ["CONSTRAINT VIOLATED"] * len(refused)


def test_a_hidden_answer_is_out_of_the_record_and_comes_back_when_it_is_shown(fill) -> None:
    note = "duties/patrol_note"
    breach, complies = put("duties/patrol", "breach"), put("duties/patrol", "compliant")

    said = fill(breach, put(note, "无记录"), complies, get(note), "reopen", get(note), breach, get(note))

    assert said["results"] == ["OK", "OK", "OK", "", "OK", "", "OK", "无记录"]


def test_hidden_turns_of_a_repeat_come_back_after_a_kill(fill) -> None:
    checks = [
        put("id_checks_made", "yes"),
        put("id_checks[1]/people_checked", "5"),
        "repeat\t/data/id_checks",
        put("id_checks[2]/method", "cctv"),
        put("id_checks[2]/people_checked", "7"),
    ]

    said = fill(
        *checks, put("id_checks_made", "no"), "reopen", "reopen", "turns\t/data/id_checks",
        put("id_checks_made", "yes"), "turns\t/data/id_checks", get("id_checks[1]/people_checked"),
        get("id_checks[2]/method"), get("id_checks[2]/people_checked"),
    )  # fmt: skip

    assert said["results"][-6:] == ["0", "OK", "2", "5", "cctv", "7"]
    assert said["hidden"] == {}


def test_a_repeat_that_was_not_relevant_when_it_was_saved_is_offered_when_it_is(fill) -> None:
    said = fill("reopen", put("id_checks_made", "yes"), put("id_checks[1]/people_checked", "5"))

    assert said["results"] == ["OK", "OK", "OK"]


def test_hidden_answers_follow_their_turn_when_one_before_it_is_removed(fill) -> None:
    covert = [put("id_checks_made", "yes"), "repeat\t/data/id_checks", put("id_checks[2]/method", "covert"),
              put("id_checks[2]/covert_approval", "批3"), put("id_checks[2]/method", "cctv")]  # fmt: skip

    said = fill(*covert, "remove\t/data/id_checks\t1", "reopen", put("id_checks[1]/method", "covert"),
                get("id_checks[1]/covert_approval"))  # fmt: skip

    assert said["results"][-1] == "批3"


def test_a_restored_picture_can_be_cleared_and_is_asked_for_again(fill) -> None:
    signature = "signatures/officer_1_signature"

    said = fill(*cafe_script(), "reopen", get(signature), put(signature, ""), get(signature), "validate")

    assert said["results"][-4:] == ["officer1.png", "REQUIRED VIOLATED", "", f"required /data/{signature}"]
    assert "officer1.png" not in said["xml"]


def test_a_restored_picture_keeps_the_time_at_which_it_was_taken(fill) -> None:
    taken = "2026-11-20T10:05:00.000+08:00"

    capture = [put("photos[1]/photo", "a.jpg"), f"put\t/data/photos[1]/taken_at\t{taken}"]

    said = fill(*capture, "reopen", "reopen", get("photos[1]/photo"), get("photos[1]/taken_at"))

    assert said["results"][-2:] == ["a.jpg", taken]


def test_the_language_changes_labels_and_loses_nothing(fill) -> None:
    reason = "/data/arrival/visit_reason"

    said = fill(
        put("arrival/visit_reason", "planned"),
        f"label\t{reason}",
        "lang\ten",
        f"label\t{reason}",
        f"get\t{reason}",
    )

    assert said["results"] == ["OK", "检查类型", "OK", "Kind of visit", "planned"]


def test_a_question_names_its_clauses_and_duties(fill) -> None:
    said = fill("law\t/data/duties/software_runs")

    assert said["results"] == ["internet-cafe-regs:19 OPE-NET-1"]


@pytest.mark.parametrize("activity", ["tobacco", "arcade", "esports_hotel", "song_and_dance"])
def test_the_next_module_begins_as_the_server_says_it_does(page, activity) -> None:
    form, bar = form_of(activity), form_of("bar")
    said = {"place/listed_name": "蓝星酒吧", "duties/minors_refused": "breach"}
    filled = filled_submission(bar, instance_id=f"uuid:{FIRST.upper()}", answers=said)
    theirs = next_module(parse(filled), form, started_at=STARTED, instance_id=SECOND)

    ours = page.evaluate(
        "given => bench.startOfModule(given)",
        {
            "formXml": form.path.read_text("utf-8"),
            "earlier": filled.decode(),
            "instanceID": SECOND,
            "startedAt": STARTED.isoformat(timespec="milliseconds"),
            "deviceId": "another",
        },
    )

    assert (parse(ours.encode()).form_id, parse(ours.encode()).version) == (form.form_id, form.version)
    assert every_leaf(ours.encode()) == every_leaf(theirs)


def every_leaf(xml: bytes) -> list[tuple[str, str]]:
    """What stands in each leaf, in the order of the form."""
    return [(leaf.nodeset, leaf.text) for leaf in parse(xml).root.leaves()]
