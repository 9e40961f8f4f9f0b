"""Every checklist filled from one script by our engine and by JavaRosa: the same XML, value by value."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from forms.catalogue import CatalogueForm
from forms.submission import parse
from tests.forms.javarosa import fill
from tests.forms.samples import ACTIVITIES, SITES_CSV, VENUES_CSV, form_of, script, write_media
from tests.forms.test_every_activity import all_broken
from tests.tablet.bench import opened

# What differs from one filling to the next, or is written differently by design:
DIFFERENT = {
    "/data/start": "the instant of opening",
    "/data/deviceid": "ours names its tablet; JavaRosa in a test runs on no device",
    "/data/end": "the instant of signing; JavaRosa notes it only when Collect finishes a form",
    "/data/photos/taken_at": "the instant at which the engine was told of the picture",
    "/data/signs/sign_taken_at": "the same",
    "/data/meta/instanceID": "one for each record",
}
LISTS = {"venues.csv": VENUES_CSV, "sites.csv": SITES_CSV}
FOUND = {
    "minors_seen": "yes",
    "apparent_16_17": "1",
    "confirmed_14_15": "2",
    "eighteen_today": "1",
    "method": "covert",
    "covert_approval": "批〔2026〕3号",
}
NO_PICTURE = {"sign": "no_smoking", "sign_state": "missing", "sign_photo": "", "sign_minor_possible": ""}
TWO = {
    "id_checks": [{}, FOUND],
    "photos": [{}, {"photo": "b.jpg", "minor_possible": "yes", "caption": "二楼 & <包间>"}],
    "signs": [{}, NO_PICTURE],
    "rooms": [{}, {"room": "802", "beds": "6", "computers": "7", "guests": "6"}],
}


@pytest.fixture(scope="module")
def page(browser: Browser, bench_url: str) -> Iterator[Page]:
    shown = browser.new_page(base_url=bench_url, timezone_id="Asia/Shanghai")
    yield opened(shown)
    shown.close()


def refused(form: CatalogueForm) -> dict[str, str]:
    """A refusal to sign, and what comes with it, over nothing but breaches."""
    return all_broken(form) | {
        "signatures/person_signing": "refused",
        "signatures/person_signature": "",
        "signatures/refusal_reason": "称需请示",
        "signatures/witness_name": "丁",
        "signatures/witness_signature": "witness.png",
    }


@pytest.mark.parametrize("activity", ACTIVITIES)
@pytest.mark.parametrize("say", [lambda form: {}, refused], ids=["clean", "broken"])
def test_both_engines_write_the_same_values(page: Page, tmp_path: Path, activity, say) -> None:
    form = form_of(activity)
    commands = [*script(form, answers=say(form), **TWO), "validate"]

    ours = page.evaluate(
        "given => bench.fill(given)",
        {"xml": form.path.read_text("utf-8"), "attachments": LISTS, "script": commands},
    )
    theirs = fill(form.path, write_media(tmp_path), commands)

    failed = [one for one in zip(commands, ours["results"], strict=True) if one[1] != "OK"]
    assert failed == []
    assert values(ours["xml"].encode()) == values(theirs)
    assert ours["reopened"] == ours["xml"]


def values(xml: bytes) -> list[tuple[str, str]]:
    """What is answered, in the order of the form."""
    leaves = parse(xml).root.leaves()
    return [(leaf.nodeset, leaf.text) for leaf in leaves if leaf.text and leaf.nodeset not in DIFFERENT]
