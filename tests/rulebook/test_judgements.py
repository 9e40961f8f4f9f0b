"""Rows of judgement that say nothing, or the same twice, are refused; so are lost duties."""

from typing import Any

import pytest

from backend.rulebook.reading import Document, build
from backend.rulebook.rules import Rulebook, RulebookInvalid


def problems(document: Document) -> list[str]:
    with pytest.raises(RulebookInvalid) as refused:
        build(document, 1)
    return list(refused.value.problems)


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"signs": ["somebody smiled"]}, "new: somebody smiled is no sign"),
        ({"signs": []}, "new: names no sign or no kind of day"),
        ({"days": []}, "new: names no sign or no kind of day"),
        ({"duties": {"ACC-XYZ-1": []}}, "new: ACC-XYZ-1 is not in duties"),
        ({"days_of": {"arcade": "ACC-XYZ-1"}}, "new: ACC-XYZ-1 is not in duties"),
        ({"duties": {"ACC-BAR-1": ["arcade"]}}, "new: arcade has no duty ACC-BAR-1"),
        ({"clauses": ["minors-law:999"]}, "new: minors-law:999 is not in clauses"),
        (
            {"signs": ["id_check:confirmed_minors"]},
            "entering_is_enough and new both judge id_check:confirmed_minors, ACC-BAR-1, bar, binding",
        ),
    ],
)
def test_a_row_that_cannot_be_judged_by_is_refused(
    document: Document, changed: dict[str, Any], problem: str
) -> None:
    (model,) = [row for row in document["judgements"] if row["id"] == "entering_is_enough"]
    plain = {"signs": ["item:new"], "duties": {"ACC-BAR-1": []}, "clauses": ["minors-law:58"]}
    document["judgements"].append(model | plain | {"id": "new"} | changed)

    assert problem in problems(document)


def test_an_outcome_that_nobody_knows_is_refused(document: Document) -> None:
    document["judgements"][0]["outcome"] = "PERHAPS"

    assert problems(document) == [f"judgements, {document['judgements'][0]['id']}: 'PERHAPS'"]


def test_a_rulebook_from_before_the_rows_still_opens(document: Document) -> None:
    del document["judgements"]

    assert build(document, 1).judgements == ()


def test_every_duty_that_some_days_free_says_why(rulebook: Rulebook) -> None:
    conditional = {duty.id for duty in rulebook.duties if duty.day_condition.name != "EVERY_DAY"}
    freed = {d for row in rulebook.judgements if row.days == ("free",) for d in row.duties}

    assert conditional == freed
