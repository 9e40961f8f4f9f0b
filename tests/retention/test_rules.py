"""What waits for what: no part goes before its own day, and the key never before the last of them."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from backend.retention.rules import ALONE, Kind, Part, ids_hash, plan

TODAY = date(2030, 3, 1)
CLASSES = (*sorted(ALONE), "visit_clean", "visit_violation", "consent_evidence", None)
DUE = st.none() | st.integers(-3, 3).map(lambda days: TODAY + timedelta(days=days))  # None: kept


@st.composite
def visits(draw):
    """Parts of one visit, and when each is due."""
    known = draw(st.lists(st.tuples(st.sampled_from(CLASSES), DUE), max_size=8))
    parts = [Part(Kind.FILE, n, name, {}, 1, "310101") for n, (name, _) in enumerate(known)]
    return parts, {n: (due if name else None) for n, (name, due) in enumerate(known)}


def planned(parts, dues):
    return plan(parts, TODAY, lambda part: dues[part.id] and (dues[part.id], "KEEP-1"))


@given(visits())
def test_nothing_goes_before_its_day_or_without_a_period(visit):
    parts, dues = visit

    for due in planned(parts, dues).dues:
        assert dues[due.part.id] is not None
        assert dues[due.part.id] <= due.on <= TODAY


@given(visits())
def test_the_key_goes_exactly_when_everything_is_due(visit):
    parts, dues = visit
    result, days = planned(parts, dues), [dues[part.id] for part in parts]

    everything = bool(days) and all(day is not None and day <= TODAY for day in days)
    assert result.with_key == everything
    if everything:
        assert {due.on for due in result.dues} == {max(days)}
        assert [due.part for due in result.dues] == parts


@given(visits())
def test_without_the_key_only_what_is_sealed_by_itself_goes(visit):
    parts, dues = visit
    result = planned(parts, dues)

    if not result.with_key:
        alone = {part.id for part in parts if part.retention_class in ALONE}
        due = {number for number, day in dues.items() if day and day <= TODAY}
        assert {one.part.id for one in result.dues} == alone & due


def test_a_visit_with_nothing_left_has_no_plan():
    assert planned([], {}).dues == ()


def test_the_hash_is_of_what_went_and_not_of_its_order():
    assert ids_hash([("file", 2), ("file", 10)]) == ids_hash([("file", 10), ("file", 2)])
    assert ids_hash([("file", 2)]) != ids_hash([("form", 2)])
    assert ids_hash([("file", 1), ("file", 11)]) != ids_hash([("file", 11), ("file", 111)])
