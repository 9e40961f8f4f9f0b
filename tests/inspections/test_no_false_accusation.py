"""Whatever officers see: nobody is accused without a duty and a clause, and more signs acquit nobody."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from backend.inspections.rules import Judged, breaches, judge
from backend.rulebook.rules import Outcome
from tests.forms.samples import ACTIVITIES, form_of
from tests.inspections.test_judgements import RULEBOOK, visit_of

DAYS = st.integers(0, 3000).map(lambda days: date(2019, 1, 1) + timedelta(days))
COUNTS = st.sampled_from(["", "0", "1", "5"])
COUNTED = ("not_verified", "mismatched", "apparent_16_17", "confirmed_14_15", "eighteen_today")
CHECK = st.fixed_dictionaries(
    {
        "method": st.sampled_from(["on_site", "covert"]),
        "people_checked": st.sampled_from(["", "5"]),
        **dict.fromkeys(
            ("not_verified", "mismatched", "apparent_16_17", "confirmed_14_15", "eighteen_today"), COUNTS
        ),
    }
)
SIGN = st.fixed_dictionaries(
    {
        "sign": st.sampled_from(["no_minors", "restricted", "not_sold_to_minors", "area_plan", "nonsense"]),
        "sign_place": st.sampled_from(["door", "hall", "room", "counter", "area_entrance"]),
        "sign_state": st.sampled_from(["present", "missing", "damaged_or_hidden", "not_city_template"]),
    }
)


@st.composite
def seen(draw, activity):
    form = form_of(activity)
    paths = [q.nodeset.removeprefix("/data/") for q in form.questions.values() if q.list_name == "answer"]
    broken = draw(st.sets(st.sampled_from(paths), max_size=4))
    return {
        "answers": dict.fromkeys(broken, "breach"),
        "id_checks": draw(st.lists(CHECK, max_size=2)),
        "signs": draw(st.lists(SIGN, max_size=2)),
    }


def found(judged: tuple[Judged, ...], activity: str, day: date) -> set[str | None]:
    return {one.duty_id for one in breaches(judged, activity, RULEBOOK.on(day)) if not one.doubts}


@settings(max_examples=150, deadline=None)
@given(st.data(), st.sampled_from(ACTIVITIES), DAYS)
def test_a_violation_has_a_duty_in_force_that_binds_the_activity_and_a_clause(data, activity, day):
    law = RULEBOOK.on(day)

    judged = judge(visit_of(activity, data.draw(seen(activity))), law)

    for one in judged:
        assert bool(one.doubts) == (one.outcome is Outcome.REVIEW)
        if one.outcome is Outcome.VIOLATION:
            assert one.duty_id in law.duties
            assert activity in law.duties[one.duty_id].activities
            assert one.clauses
            assert set(one.clauses) <= law.all_clauses.keys()
    assert all(breach.clauses for breach in breaches(judged, activity, law) if not breach.doubts)


@settings(max_examples=150, deadline=None)
@given(st.data(), st.sampled_from(ACTIVITIES), DAYS)
def test_more_signs_never_take_a_violation_back(data, activity, day):
    law, one, other = RULEBOOK.on(day), data.draw(seen(activity)), data.draw(seen(activity))
    both = {name: one[name] + other[name] for name in ("id_checks", "signs")}
    both["answers"] = one["answers"] | other["answers"]

    before = found(judge(visit_of(activity, one), law), activity, day)
    after = found(judge(visit_of(activity, both), law), activity, day)

    assert before <= after
