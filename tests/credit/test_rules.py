"""What keeps somebody from a deed, at the limits of days; and when an entry is over."""

from dataclasses import replace
from datetime import date

import pytest

from backend.accounts.rules import Role
from backend.credit.rules import Because, Deed, Facts, State, Terms, has_expired, hindrances, until
from backend.rulebook.rows import CreditRegister

ON = date(2026, 6, 30)
HEAD, REVIEWER = {"user_id": 1, "role": Role.SUPERVISOR}, {"user_id": 2, "role": Role.LEGAL_REVIEWER}
TERMS = Terms(statement_days=5, months=12, repair_after_months=6)
NOTICED = Facts(CreditRegister.SERIOUS, State.NOTICED, 1, active=True, terms=TERMS)
LISTED = replace(NOTICED, state=State.LISTED, listed_on=date(2026, 1, 31), asked_by=1)
WARNING = Facts(CreditRegister.WARNING, State.PROPOSED, 1, active=True, terms=None)


@pytest.mark.parametrize(
    ("deed", "facts", "who", "because"),
    [
        pytest.param(Deed.LIST, WARNING, REVIEWER, [], id="a warning needs no notice"),
        pytest.param(Deed.NOTIFY, WARNING, HEAD, [Because.NOT_FROM_HERE], id="and knows none"),
        pytest.param(Deed.LIST, WARNING, HEAD, [Because.NOT_YOURS], id="a head decides nothing"),
        pytest.param(
            Deed.LIST, WARNING, REVIEWER | {"user_id": 1}, [Because.OWN_PROPOSAL], id="nobody decides alone"
        ),
        pytest.param(
            Deed.LIST, replace(WARNING, officers=frozenset({2})), REVIEWER, [Because.OWN_CASE],
            id="nor on a case that was one's own",
        ),
        pytest.param(
            Deed.LIST, replace(WARNING, decided=False), REVIEWER, [Because.NO_DECISION],
            id="nothing is listed on a decision that fell",
        ),
        pytest.param(
            Deed.PUBLISH, replace(LISTED, decided=False), REVIEWER, [Because.NO_DECISION], id="nor published"
        ),
        pytest.param(
            Deed.LIST, replace(WARNING, register=CreditRegister.SERIOUS, terms=TERMS), REVIEWER,
            [Because.NOT_FROM_HERE], id="a list needs a notice",
        ),
        pytest.param(
            Deed.LIST, replace(NOTICED, statement_until=ON), REVIEWER, [Because.STATEMENT_OPEN],
            id="on the last day the party may still speak",
        ),
        pytest.param(
            Deed.LIST, replace(NOTICED, statement_until=date(2026, 6, 29)), REVIEWER, [], id="a day later not"
        ),
        pytest.param(
            Deed.LIST, replace(NOTICED, statement_until=ON, heard=True), REVIEWER, [], id="or when it spoke"
        ),
        pytest.param(
            Deed.LIST, replace(NOTICED, terms=None, heard=True), REVIEWER, [Because.NOT_CONFIRMED],
            id="an unconfirmed ground lists nobody",
        ),
        pytest.param(
            Deed.LIST, replace(NOTICED, register=CreditRegister.PILOT, active=False, heard=True), REVIEWER,
            [Because.SWITCHED_OFF], id="a pilot that is off lists nobody",
        ),
        pytest.param(
            Deed.LIST, replace(NOTICED, from_memory=True, heard=True), REVIEWER, [Because.FROM_MEMORY],
            id="a ground that rests on memory lists nobody",
        ),
        pytest.param(
            Deed.REPAIR, LISTED, REVIEWER, [Because.TOO_EARLY], id="repair before its months are over"
        ),
        pytest.param(
            Deed.REPAIR, replace(LISTED, listed_on=date(2025, 12, 30)), REVIEWER, [], id="on that very day"
        ),
        pytest.param(
            Deed.REPAIR, replace(LISTED, listed_on=date(2025, 1, 1), asked_by=None), REVIEWER,
            [Because.REPAIR_NOT_ASKED], id="nobody asked for repair",
        ),
        pytest.param(
            Deed.ASK_REPAIR, replace(LISTED, terms=replace(TERMS, repair_after_months=None)), HEAD,
            [Because.NO_REPAIR], id="the document knows no repair",
        ),
        pytest.param(
            Deed.PUBLISH, replace(LISTED, until_on=date(2026, 6, 29)), REVIEWER, [Because.IS_OVER],
            id="what is over is not published",
        ),
        pytest.param(
            Deed.WITHDRAW, LISTED, REVIEWER, [Because.DONE_ALREADY], id="what is not published stays so"
        ),
    ],
)  # fmt: skip
def test_what_keeps_somebody_from_a_deed(deed, facts, who, because):
    assert list(hindrances(deed, facts, **who, on=ON)) == because


def test_an_entry_ends_by_its_date_and_a_warning_has_none():
    last = until(date(2024, 2, 29), TERMS)

    assert (last, until(ON, None)) == (date(2025, 2, 28), None)
    assert [has_expired(last, day) for day in (date(2025, 2, 28), date(2025, 3, 1))] == [False, True]
    assert not has_expired(None, ON)
