"""What the law says about an act, side by side: hand-made cases by the shipped rulebook."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.cases.candidates import Amounts, Bar, GapKind
from backend.cases.escalation import Earlier, EarlierKind, Level, escalation
from backend.cases.mitigation import Circumstance, Effect, contradictions
from backend.cases.proposing import Chosen, Said, Wrong, covers, faults, propose, within
from backend.cases.rules import late_charge, limitation
from backend.rulebook.procedure import Most, Ruling
from backend.rulebook.rows import Aggravation, Penalty, Repeat, Tier
from tests.cases.proposing import (
    DAY,
    LAW,
    WARNED,
    broken,
    by_basis,
    fines,
    leading,
    penalty,
    proposed,
)

CAFE = broken(1, "ACC-NET-1", "internet_cafe")
KTV = broken(1, "ACC-KTV-1", "song_and_dance")
TOBACCO = broken(1, "ACC-TOB-1", "tobacco")
HOTEL = broken(1, "ACC-HOT-1", "hotel")
LOTTERY = broken(1, "ACC-LOT-1", "welfare_lottery")
TATTOO = broken(1, "ACC-TAT-1", "tattoo")
MOST = Most(person=200, organisation=3000)
REPEAT = Repeat(months=24, warnings=3, closures=2)


@pytest.mark.parametrize(
    ("act", "said", "amounts", "leads"),
    [
        pytest.param(
            CAFE, {}, {"PEN-01": (0, 50_000, False), "PEN-10": (0, 15_000, False)}, [["PEN-01"]],
            id="a cafe that admits a minor: the law's ceiling is higher",
        ),
        pytest.param(
            CAFE, {"circumstances": ["refused"]},
            {"PEN-01": (50_000, 500_000, False), "PEN-10": (0, 15_000, False)}, [["PEN-01"]],
            id="a cafe that refuses to correct: serious by the law, ordinary by the regulations",
        ),
        pytest.param(
            KTV, {"gains": Decimal("9999.99")},
            {"PEN-01": (0, 50_000, False), "PEN-20": (10_000, 30_000, True)}, [["PEN-01", "PEN-20"]],
            id="a KTV: a higher ceiling against a floor, both are shown",
        ),
        pytest.param(
            KTV, {"gains": Decimal(10_000)},
            {"PEN-01": (0, 50_000, False), "PEN-20": (10_000, 30_000, True)}, [["PEN-01", "PEN-20"]],
            id="a KTV with gains of 10,000: once to three times",
        ),
        pytest.param(
            KTV, {"gains": Decimal(20_000)},
            {"PEN-01": (0, 50_000, False), "PEN-20": (20_000, 60_000, True)}, [["PEN-20"]],
            id="a KTV with gains of 20,000: the regulations have ceiling and floor",
        ),
        pytest.param(TOBACCO, {}, {"PEN-01": (0, 50_000, False)}, [["PEN-01"]], id="tobacco for a minor"),
        pytest.param(HOTEL, {}, {}, [], id="a hotel that did not ask: an order and a warning"),
        pytest.param(
            HOTEL, {"circumstances": ["grave_consequence"]}, {"PEN-02": (10_000, 100_000, True)},
            [["PEN-02"]], id="the same with grave consequence: a fine that must be",
        ),
        pytest.param(
            HOTEL, {"circumstances": ["grave_circumstances"]}, {}, [],
            id="for a hotel serious circumstances alone are not enough",
        ),
        pytest.param(
            LOTTERY, {}, {"PEN-01": (0, 50_000, False), "PEN-40": (2_000, 10_000, True)},
            [["PEN-01", "PEN-40"]], id="a lottery ticket for a minor",
        ),
        pytest.param(TATTOO, {}, {}, [], id="a tattoo: no text in hand names an amount"),
    ],
)  # fmt: skip
def test_amounts_stand_side_by_side_and_the_higher_rule_leads(act, said, amounts, leads):
    found = proposed(act, **said)

    assert (fines(found), leading(found)) == (amounts, leads)


def test_a_fine_by_gains_waits_until_somebody_says_them():
    found = proposed(KTV)

    assert {one.bar for one in found.candidates if one.basis == "PEN-20"} == {Bar.UNSAID}
    assert next(faults(found, penalty(("1/PEN-20/ordinary/1", 20_000)))).why is Wrong.BARRED


@pytest.mark.parametrize(
    ("gains", "yuan", "wrong"),
    [
        pytest.param(None, 500, [Wrong.AMOUNT_UNSAID], id="the rule with a floor might lead"),
        pytest.param(None, None, [Wrong.AMOUNT_UNSAID], id="a warning alone"),
        pytest.param(Decimal(0), 500, [], id="nothing was gained"),
    ],
)
def test_nothing_is_chosen_for_an_act_while_another_fine_waits_for_its_amount(gains, yuan, wrong):
    found = proposed(KTV, gains=gains)

    assert [one.why for one in faults(found, penalty(("1/PEN-01/ordinary/0", yuan), kinds=WARNED))] == wrong


def test_minors_at_work_are_fined_for_each_and_month():
    work = broken(1, "ACC-EMP-1", "song_and_dance")

    assert fines(proposed(work, minor_months=3))["PEN-23"] == (15_000, 15_000, True)


def test_what_makes_it_serious_is_told():
    found = proposed(CAFE, circumstances=["refused", "grave_circumstances"])

    assert by_basis(found, "PEN-01").why == (Aggravation.REFUSED, Aggravation.CIRCUMSTANCES)
    assert by_basis(found, "PEN-10").tier is Tier.SERIOUS
    assert by_basis(found, "PEN-10").kinds == (Penalty.CLOSURE, Penalty.REVOCATION)


def test_a_gap_of_the_law_is_told_and_cannot_be_chosen():
    found = proposed(TATTOO)

    assert [(one.kind, one.basis) for one in found.gaps] == [
        (GapKind.NO_AMOUNT, "PEN-60"), (GapKind.LOCAL, None),
    ]  # fmt: skip
    assert by_basis(found, "PEN-60").bar is Bar.NO_AMOUNT
    assert [one.why for one in faults(found, penalty((found.candidates[0].key, 500)))] == [Wrong.BARRED]


def test_what_is_known_from_memory_only_is_shown_and_cannot_be_chosen():
    unread = replace(CAFE, bases=tuple(replace(one, citable=False) for one in CAFE.bases[:1]))
    found = proposed(unread)

    assert [one.bar for one in found.candidates] == [Bar.UNVERIFIED]
    assert found.concurrences == ()
    assert [one.why for one in faults(found, penalty((found.candidates[0].key, 500)))] == [Wrong.BARRED]


@pytest.mark.parametrize(
    ("duty", "activity", "authority", "barred", "leads"),
    [
        pytest.param(
            "ACC-NET-1", "internet_cafe", "SAMR", ["PEN-10"], [["PEN-01"]],
            id="the regulations on cafes are for culture alone",
        ),
        pytest.param(
            "ACC-EMP-1", "song_and_dance", "CULTURE", ["PEN-23"], [["PEN-03"]],
            id="what labour imposes leads nothing here",
        ),
        pytest.param("ACC-TOB-1", "tobacco", "TOBACCO", [], [["PEN-01"]], id="articles 58 to 60 by division"),
        pytest.param(
            "ACC-LOT-1", "sports_lottery", "CULTURE", ["PEN-40", "PEN-41"], [["PEN-01"]],
            id="no lottery",
        ),
        pytest.param(
            "ACC-LOT-1", "sports_lottery", "GENERAL", ["PEN-41"], [["PEN-01", "PEN-40"]],
            id="civil affairs and sports are agencies without a name of their own",
        ),
    ],
)  # fmt: skip
def test_what_another_authority_imposes_is_shown_and_cannot_be_chosen(
    duty, activity, authority, barred, leads
):
    found = proposed(broken(1, duty, activity, authority), gains=Decimal(0), minor_months=1)
    others = [one for one in found.candidates if one.bar is Bar.NOT_COMPETENT]

    assert [one.basis for one in others] == barred
    assert leading(found) == leads
    for one in others:
        assert [fault.why for fault in faults(found, penalty((one.key, 500)))] == [Wrong.BARRED]


@pytest.mark.parametrize(
    ("choice", "wrong"),
    [
        pytest.param(penalty(("1/PEN-20/ordinary/0", 10_000)), [], id="the floor itself"),
        pytest.param(penalty(("1/PEN-20/ordinary/0", 30_000)), [], id="the ceiling itself"),
        pytest.param(
            penalty(("1/PEN-20/ordinary/0", "9999.99")), [Wrong.OUT_OF_RANGE], id="a fen under the floor"
        ),
        pytest.param(penalty(("1/PEN-20/ordinary/0", 30_001)), [Wrong.OUT_OF_RANGE], id="over the ceiling"),
        pytest.param(
            penalty(("1/PEN-20/ordinary/0", "10000.001")), [Wrong.OUT_OF_RANGE], id="parts of a fen"
        ),
        pytest.param(
            penalty(("1/PEN-20/ordinary/0", None), kinds=(Penalty.CONFISCATION,)), [Wrong.FINE_NEEDED],
            id="a fine that must be is left out",
        ),
        pytest.param(
            penalty(("1/PEN-01/ordinary/0", None), kinds=WARNED), [],
            id="a fine that may be is left out",
        ),
        pytest.param(
            penalty(("1/PEN-01/ordinary/0", 0), kinds=WARNED), [Wrong.OUT_OF_RANGE], id="a fine of nothing"
        ),
        pytest.param(
            penalty(("1/PEN-01/ordinary/0", 500), kinds=(Penalty.WARNING, Penalty.CLOSURE)),
            [Wrong.NOT_AMONG_MEASURES],
            id="a measure that the tier does not have",
        ),
        pytest.param(
            Chosen(Ruling.PENALTY, (
                *penalty(("1/PEN-01/ordinary/0", 500), kinds=WARNED).items,
                *penalty(("1/PEN-20/ordinary/0", 10_000)).items,
            )),
            [Wrong.FINED_TWICE, Wrong.FINED_TWICE], id="one act fined twice",
        ),
        pytest.param(penalty(("1/PEN-99/ordinary/0", 500)), [Wrong.NOT_A_CANDIDATE], id="of no basis"),
        pytest.param(penalty(), [Wrong.NOTHING_CHOSEN], id="nothing at all"),
        pytest.param(
            penalty(("1/PEN-20/ordinary/0", 5_000), ground="merit"),
            [Wrong.NOT_A_GROUND], id="under the floor on a ground that is not met",
        ),
        pytest.param(Chosen(Ruling.NO_PENALTY, (), "minor"), [Wrong.NOT_A_GROUND], id="spared for nothing"),
    ],
)  # fmt: skip
def test_a_choice_is_held_against_the_law(choice, wrong):
    found = proposed(KTV, gains=Decimal(0))

    assert [one.why for one in faults(found, choice)] == wrong


@pytest.mark.parametrize(
    ("yuan", "ground", "found", "wrong"),
    [
        pytest.param(10_000, None, "removed_harm", [Wrong.GROUND_NEEDED], id="no ground is named"),
        pytest.param(30_000, "removed_harm", "removed_harm", [Wrong.NOT_LIGHTER], id="the ceiling"),
        pytest.param(29_999, "removed_harm", "removed_harm", [], id="under the ceiling"),
        pytest.param(5_000, "removed_harm", "removed_harm", [], id="under the floor"),
        pytest.param(5_000, "merit", "removed_harm", [Wrong.NOT_A_GROUND], id="on a ground that is not met"),
        pytest.param(30_000, None, "partly_able", [], id="it may be lighter, and is not"),
        pytest.param(5_000, "partly_able", "partly_able", [], id="it may be lighter, and is"),
    ],
)
def test_who_shall_be_punished_less_is(yuan, ground, found, wrong):
    laid = proposed(KTV, gains=Decimal(0), circumstances=[found])

    assert [one.why for one in faults(laid, penalty(("1/PEN-20/ordinary/0", yuan), ground=ground))] == wrong


CLOSED, REVOKED, TAKEN = (Penalty.CLOSURE,), (Penalty.REVOCATION,), (Penalty.CONFISCATION,)


@pytest.mark.parametrize(
    ("act", "grave", "gains", "item", "wrong"),
    [
        pytest.param(
            CAFE, False, 0, ("PEN-01/ordinary/0", 500, ()), [Wrong.MEASURE_NEEDED],
            id="a fine without the warning that it goes with",
        ),
        pytest.param(CAFE, False, 0, ("PEN-01/ordinary/0", 500, WARNED), [], id="with it"),
        pytest.param(
            CAFE, False, 800, ("PEN-01/ordinary/0", 500, WARNED), [Wrong.CONFISCATION_NEEDED],
            id="gains that nobody takes",
        ),
        pytest.param(CAFE, False, 800, ("PEN-01/ordinary/0", 500, WARNED + TAKEN), [], id="gains are taken"),
        pytest.param(
            CAFE, True, 0, ("PEN-01/serious/0", 50_000, ()), [Wrong.ONE_MEASURE_NEEDED],
            id="a fine in place of the closure",
        ),
        pytest.param(
            CAFE, True, 0, ("PEN-01/serious/0", 50_000, CLOSED + REVOKED), [Wrong.ONE_MEASURE_NEEDED],
            id="closure and revocation at once",
        ),
        pytest.param(CAFE, True, 0, ("PEN-01/serious/0", 50_000, REVOKED), [], id="one of both"),
        pytest.param(
            CAFE, True, 800, ("PEN-01/serious/0", None, CLOSED), [Wrong.CONFISCATION_NEEDED],
            id="gains in the serious tier",
        ),
        pytest.param(CAFE, True, 800, ("PEN-01/serious/0", None, CLOSED + TAKEN), [], id="taken there too"),
        pytest.param(
            KTV, True, 0, ("PEN-20/serious/0", 10_000, ()), [Wrong.ONE_MEASURE_NEEDED],
            id="a KTV in serious circumstances is closed",
        ),
        pytest.param(KTV, True, 0, ("PEN-20/serious/0", 10_000, CLOSED), [], id="closure and fine"),
        pytest.param(KTV, True, 0, ("PEN-20/serious/1", None, CLOSED), [], id="or closure alone"),
    ],
)  # fmt: skip
def test_what_the_text_makes_compulsory_goes_with_the_fine(act, grave, gains, item, wrong):
    found = proposed(act, gains=Decimal(gains), circumstances=["grave_circumstances"] if grave else [])
    key, yuan, kinds = item

    assert [one.why for one in faults(found, penalty((f"1/{key}", yuan), kinds=kinds))] == wrong


def test_gains_that_are_to_be_paid_back_are_not_taken():
    found = proposed(CAFE, gains=Decimal(800), circumstances=["refund_due"])

    assert list(faults(found, penalty(("1/PEN-01/ordinary/0", 500), kinds=WARNED))) == []


@pytest.mark.parametrize("basis", ["PEN-02", "PEN-03", "PEN-04"])
def test_articles_122_125_and_126_warn_first_and_then_close_or_revoke(basis):
    ordinary, serious = LAW.on(DAY).legal_bases[basis].sanctions

    assert (ordinary.must, ordinary.one_of) == (WARNED, ())
    assert (serious.must, serious.one_of) == ((), CLOSED + REVOKED)


def test_the_lower_of_two_rules_does_not_fine():
    lower = penalty(("1/PEN-10/ordinary/0", 5_000), kinds=WARNED)

    assert [one.why for one in faults(proposed(CAFE), lower)] == [Wrong.LOWER_RULE]


def test_one_smoker_is_fined_by_one_rule_and_the_manager_apart():
    smoking = proposed(broken(1, "BUF-SMK-1", "tobacco"))
    smoker, manager = "1/PEN-05/ordinary/0", "1/PEN-05/ordinary/1"
    advised = "1/PEN-05-P/ordinary/0"
    both = (*penalty((smoker, 100), kinds=WARNED).items, *penalty((advised, 100)).items)
    each = penalty((smoker, 100), (manager, 1000), kinds=WARNED)

    assert [one.why for one in faults(smoking, Chosen(Ruling.PENALTY, both))] == [Wrong.FINED_TWICE] * 2
    assert list(faults(smoking, each)) == []


def test_the_tiers_of_one_rule_are_no_rules_that_compete():
    hotel = proposed(broken(1, "REG-HOT-1", "hotel"), circumstances=["light"])
    (tiers,) = [one for one in hotel.concurrences if "1/PEN-30/ordinary/0" in one.leading]

    assert tiers.leading == ("1/PEN-30/lighter/0", "1/PEN-30/ordinary/0")
    assert list(faults(hotel, penalty(("1/PEN-30/lighter/0", None), kinds=WARNED))) == []
    assert list(faults(hotel, penalty(("1/PEN-30/lighter/0", 300)))) == []


@pytest.mark.parametrize(
    ("circumstances", "effect", "ground"),
    [
        (["under_14"], Effect.NONE, "under_14"),
        (["from_14"], Effect.LIGHTER, "from_14"),
        (["minor", "corrected", "no_harm"], Effect.NONE, "minor"),
        (["first_time", "corrected", "slight_harm"], Effect.MAY_BE_NONE, "first_time"),
        (["no_fault"], Effect.NONE, "no_fault"),
        (["unable"], Effect.NONE, "unable"),
        (["partly_able"], Effect.MAY_BE_LIGHTER, "partly_able"),
        (["not_established"], Effect.NONE, "not_established"),
        (["coerced"], Effect.LIGHTER, "coerced"),
        (["admitted"], Effect.LIGHTER, "admitted"),
        (["merit"], Effect.LIGHTER, "merit"),
        (["other_law"], Effect.LIGHTER, "other_law"),
    ],
)
def test_a_ground_is_met_by_what_was_found(circumstances, effect, ground):
    met = [one for one in proposed(CAFE, circumstances=circumstances).grounds if one.met]

    assert [(one.id, one.effect) for one in met] == [(ground, effect)]


def test_no_fault_spares_nobody_whom_another_law_punishes_without():
    laid = proposed(CAFE, circumstances=["no_fault", "fault_irrelevant"])

    assert [one.id for one in laid.grounds if one.met] == []


def test_a_ground_that_is_not_met_says_what_would_have_to_be_proven():
    (minor,) = [one for one in proposed(CAFE, circumstances=["minor"]).grounds if one.id == "minor"]

    assert (minor.met, minor.missing) == (False, (Circumstance.CORRECTED, Circumstance.NO_HARM))


def test_who_must_not_be_punished_is_not():
    found = proposed(CAFE, circumstances=["minor", "corrected", "no_harm"])
    fine = penalty(("1/PEN-01/ordinary/0", 500), kinds=WARNED)
    late = proposed(CAFE, in_time=False)

    assert [one.why for one in faults(found, fine)] == [Wrong.MUST_NOT_BE_PUNISHED]
    assert list(faults(found, Chosen(Ruling.NO_PENALTY, (), "minor"))) == []
    assert [one.why for one in faults(late, fine)] == [Wrong.MUST_NOT_BE_PUNISHED]
    assert list(faults(late, Chosen(Ruling.NO_PENALTY, (), "out_of_time"))) == []


def test_two_things_that_cannot_both_be_true_are_found():
    assert list(contradictions(frozenset([Circumstance.CORRECTED, Circumstance.REFUSED]))) == [
        (Circumstance.CORRECTED, Circumstance.REFUSED)
    ]


@pytest.mark.parametrize(
    ("is_person", "yuan", "kinds", "holds"),
    [
        pytest.param(False, 3000, (), True, id="an organisation, the limit itself"),
        pytest.param(False, "3000.01", (), False, id="a fen over it"),
        pytest.param(True, 200, (), True, id="a person, the limit itself"),
        pytest.param(True, "200.01", (), False, id="a person, a fen over it"),
        pytest.param(False, None, WARNED, True, id="a warning"),
        pytest.param(False, 100, (Penalty.CONFISCATION,), False, id="confiscation is beyond it"),
    ],
)  # fmt: skip
def test_what_is_decided_on_the_spot_keeps_its_limits(is_person, yuan, kinds, holds):
    choice = penalty(("1/PEN-01/ordinary/0", yuan), kinds=kinds)

    assert within(choice, MOST, is_person=is_person) is holds
    assert not within(Chosen(Ruling.NO_PENALTY), MOST, is_person=is_person)


def warned(*days: str, kind: EarlierKind = EarlierKind.WARNING_OR_FINE) -> list[Earlier]:
    return [Earlier(kind, date.fromisoformat(day), str(number)) for number, day in enumerate(days)]


@pytest.mark.parametrize(
    ("days", "acted_on", "found"),
    [
        pytest.param(["2025-01-01", "2025-06-01"], "2026-06-01", None, id="two, and the breach is the third"),
        pytest.param(
            ["2025-01-01", "2025-06-01", "2025-07-01"], "2026-06-01", (Level.CLOSURE, False),
            id="three, and one more breach",
        ),
        pytest.param(
            ["2024-06-01", "2025-06-01", "2025-07-01"], "2026-06-01", (Level.CLOSURE, True),
            id="the first two years ago to the day: a human decides",
        ),
        pytest.param(
            ["2024-05-31", "2025-06-01", "2025-07-01"], "2026-06-01", None, id="one more day: too long ago"
        ),
        pytest.param(
            ["2024-06-02", "2025-06-01", "2025-07-01"], "2026-06-01", (Level.CLOSURE, False),
            id="one day less: within two years",
        ),
        pytest.param(
            ["2025-01-01", "2025-06-01", "2026-06-01"], "2026-06-01", (Level.CLOSURE, True),
            id="the third on the day of the breach",
        ),
        pytest.param(
            ["2026-02-28", "2027-01-01", "2027-02-01"], "2028-02-29", (Level.CLOSURE, True),
            id="a leap day goes back to the last of February",
        ),
        pytest.param(
            ["2026-02-27", "2027-01-01", "2027-02-01"], "2028-02-29", None, id="and no further"
        ),
    ],
)  # fmt: skip
def test_three_warnings_in_two_years_and_a_new_breach_close_a_venue(days, acted_on, found):
    one = escalation(warned(*days), date.fromisoformat(acted_on), REPEAT)

    assert (one and (one.level, one.is_doubtful)) == found


def test_two_closures_and_a_new_breach_revoke_the_licence():
    closed = warned("2025-01-01", "2025-06-01", kind=EarlierKind.CLOSURE)
    one = escalation([*closed, *warned("2025-01-02", "2025-02-02", "2025-03-02")], DAY, REPEAT)

    assert one
    assert (one.level, one.counted) == (Level.REVOCATION, tuple(closed))
    assert escalation(closed[:1], DAY, REPEAT) is None


def test_escalation_answers_a_breach_of_the_same_regulations_only():
    basis = LAW.on(DAY).legal_bases["PEN-24"]
    one = escalation(warned("2025-01-01", "2025-06-01", "2025-07-01"), DAY, REPEAT)
    ktv, cafe = (
        propose([act], Said(amounts=Amounts(gains=Decimal(0))), in_time=True, escalated=one, repeat=basis)
        for act in (KTV, CAFE)
    )
    unsaid = propose([KTV], Said(), in_time=True, escalated=one, repeat=basis)

    assert [c.kinds for c in ktv.candidates if c.basis == "PEN-24"] == [(Penalty.CLOSURE,)]
    assert [c for c in cafe.candidates if c.basis == "PEN-24"] == []
    assert (ktv.escalation, cafe.escalation, unsaid.escalation) == (one, None, one)
    both = penalty(("1/PEN-20/ordinary/0", 10_000)).items + penalty(
        ("1/PEN-24/ordinary/0", None), kinds=(Penalty.CLOSURE,)
    ).items  # fmt: skip
    assert list(faults(ktv, Chosen(Ruling.PENALTY, both))) == []


DUTIES = [
    ("ACC-NET-1", "internet_cafe"), ("SGN-1", "internet_cafe"), ("IDC-2", "internet_cafe"),
    ("ACC-KTV-1", "song_and_dance"), ("ACC-EMP-1", "song_and_dance"), ("ACC-LOT-1", "sports_lottery"),
    ("ACC-HOT-1", "hotel"), ("ACC-TAT-1", "tattoo"), ("BUF-SMK-1", "tobacco"),
]  # fmt: skip
acts = st.lists(st.sampled_from(DUTIES), min_size=1, max_size=6).map(
    lambda some: [broken(number, *one) for number, one in enumerate(some, 1)]
)
numbers = st.dictionaries(st.integers(1, 6), st.integers(1, 3))
circumstances = st.sets(st.sampled_from(["refused", "grave_circumstances", "grave_consequence", "light"]))
yuan = st.decimals(0, 10**6, places=2)


@given(acts, numbers, circumstances, yuan, st.integers(0, 50), st.randoms())
def test_no_act_is_fined_twice_and_no_amount_leaves_its_range(
    some, numbered, found, gains, months, chance
):  # fmt: skip
    said = {"circumstances": found, "gains": gains, "turnover": gains, "minor_months": months}
    laid = proposed(*some, acts=numbered, **said)
    shuffled = list(some)
    chance.shuffle(shuffled)
    assert proposed(*shuffled, acts=numbered, **said) == laid

    fining = [one for one in laid.candidates if one.fine and not one.bar]
    for one in fining:
        assert one.fine.low >= 0
        for amount in (one.fine.low - 1, one.fine.high + 1):
            assert Wrong.OUT_OF_RANGE in {f.why for f in faults(laid, penalty((one.key, str(amount))))}
        if one.fine.mandatory:
            assert Wrong.FINE_NEEDED in {f.why for f in faults(laid, penalty((one.key, None)))}
    for one in fining:
        for other in fining:
            if one.key < other.key and one.target == other.target:
                both = penalty((one.key, str(one.fine.high)), (other.key, str(other.fine.high)))
                assert Wrong.FINED_TWICE in {f.why for f in faults(laid, both)}
    for each in laid.concurrences:
        highest = max(one.fine.high for one in fining if one.key in each.leading + each.others)
        assert highest in {one.fine.high for one in fining if one.key in each.leading}


@pytest.mark.parametrize(
    ("chosen", "known"),
    [
        pytest.param(penalty(("a", 2000), kinds=WARNED), True, id="the same"),
        pytest.param(penalty(("a", 1999), kinds=WARNED), True, id="less"),
        pytest.param(penalty(("a", None)), True, id="without the fine and the warning"),
        pytest.param(penalty(("a", 2001), kinds=WARNED), False, id="more"),
        pytest.param(penalty(("a", 2000), kinds=(*WARNED, Penalty.CLOSURE)), False, id="a further kind"),
        pytest.param(penalty(("b", 100), kinds=WARNED), False, id="another basis"),
        pytest.param(penalty(("a", 2000), ("b", None), kinds=WARNED), False, id="one basis more"),
    ],
)
def test_what_a_party_was_told_covers_no_more_than_that(chosen, known):
    assert covers(penalty(("a", 2000), kinds=WARNED), chosen) is known


@pytest.mark.parametrize(("gains", "known"), [("50", True), ("40", True), ("50.01", False)])
def test_a_party_that_was_told_of_gains_does_not_know_of_more(gains, known):
    told = penalty(("a", 2000), kinds=[Penalty.CONFISCATION])

    assert covers(told.taking(Decimal(50)), told.taking(Decimal(gains))) is known
    assert not covers(told, told.taking(Decimal(gains)))


@pytest.mark.parametrize(
    ("on", "added"),
    [
        pytest.param("2026-04-18", "0.00", id="the last day"),
        pytest.param("2026-04-19", "3.00", id="a day late"),
        pytest.param("2026-05-21", "99.00", id="33 days"),
        pytest.param("2026-05-22", "100.01", id="34 days: never more than the fine"),
    ],
)
def test_what_is_added_to_a_fine_that_nobody_pays(on, added):
    fine = Decimal("100.01")

    assert late_charge(fine, 3, date(2026, 4, 18), date.fromisoformat(on)) == Decimal(added)


def test_an_act_on_the_last_day_in_time_is_in_time():
    clocks = LAW.on(DAY).procedure("GENERAL").clocks
    held = limitation(clocks["limitation"], date(2024, 2, 29), date(2026, 2, 28))

    assert held.in_time
    assert not limitation(clocks["limitation"], date(2024, 2, 29), date(2026, 2, 28) + timedelta(1)).in_time
