"""Three values of a field, and what becomes of it: nothing is overwritten that somebody else said."""

from itertools import product

import pytest

from backend.proposals.rules import REVIEWED, UNKNOWN, Outcome, merge, outcome

FOUR = ("name", "address", "operator_name", "credit_code")


@pytest.mark.parametrize(
    ("base", "theirs", "mine", "expected"),
    [
        pytest.param("a", "a", "a", Outcome.UNTOUCHED, id="nobody changed it"),
        pytest.param("a", "b", "a", Outcome.UNTOUCHED, id="only others changed it"),
        pytest.param("a", "a", "b", Outcome.MERGED, id="only the officer changed it"),
        pytest.param("a", "b", "b", Outcome.SETTLED, id="both changed it alike"),
        pytest.param("a", "b", "c", Outcome.CONFLICT, id="both changed it, each otherwise"),
        pytest.param("a", None, "c", Outcome.CONFLICT, id="others emptied it"),
        pytest.param(None, None, "c", Outcome.MERGED, id="it was empty"),
        pytest.param(UNKNOWN, "b", "c", Outcome.CONFLICT, id="nobody knows what was seen"),
        pytest.param(UNKNOWN, "b", "b", Outcome.SETTLED, id="not known, but the same"),
    ],
)
def test_the_table_of_outcomes(base, theirs, mine, expected):
    assert outcome(base, theirs, mine, reviewed=False) is expected


@pytest.mark.parametrize(("theirs", "expected"), [("a", Outcome.REVIEW), ("b", Outcome.CONFLICT)])
def test_a_field_that_is_always_reviewed_never_merges(theirs, expected):
    assert outcome("a", theirs, "c", reviewed=True) is expected


@pytest.mark.parametrize("agree", [False, True])
@pytest.mark.parametrize("ours", list(product([False, True], repeat=4)))
def test_every_combination_of_four_fields_keeps_what_others_said(ours, agree):
    base = dict.fromkeys(FOUR, "seen")
    for others in product([False, True], repeat=4):
        mine = {name: "new" if changed else "seen" for name, changed in zip(FOUR, ours, strict=True)}
        said = "new" if agree else "other"
        theirs = {name: said if changed else "seen" for name, changed in zip(FOUR, others, strict=True)}

        outcomes = merge("venue", base, theirs, mine)
        after = {name: mine[name] if outcomes[name] is Outcome.MERGED else theirs[name] for name in FOUR}

        for name, we, they in zip(FOUR, ours, others, strict=True):
            assert after[name] == (said if they else "new" if we else "seen")
            assert (outcomes[name] is Outcome.CONFLICT) == (we and they and not agree)


@pytest.mark.parametrize("kind", ["venue", "site"])
def test_where_something_is_is_always_reviewed(kind):
    always = {name for name, reviewed in REVIEWED[kind].items() if reviewed}

    assert always >= {"venue": {"place", "established_on"}, "site": {"place", "gates", "opened_on"}}[kind]
