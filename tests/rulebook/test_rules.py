"""What the rulebook answers on a day: ages, distances, duties, candidate bases, citations."""

from dataclasses import replace
from datetime import date

import pytest

from backend.rulebook.rows import DistanceSetting, Text
from backend.rulebook.rules import (
    AgeStanding,
    AtLimit,
    Binds,
    Method,
    NotCitable,
    Rulebook,
    RulebookOnDay,
    RuleUnknown,
    age_standing,
    chinese_number,
)

SCHOOLS = ["primary", "middle", "vocational", "special", "specialised"]
MINOR, ADULT, REVIEW = AgeStanding.MINOR, AgeStanding.ADULT, AgeStanding.REVIEW


@pytest.mark.parametrize(
    ("born_on", "day", "standing"),
    [
        pytest.param(date(2008, 11, 22), date(2026, 11, 21), MINOR, id="the day before the birthday"),
        pytest.param(date(2008, 11, 21), date(2026, 11, 21), REVIEW, id="the birthday itself"),
        pytest.param(date(2008, 11, 20), date(2026, 11, 21), ADULT, id="the day after"),
        pytest.param(date(2026, 11, 21), date(2026, 11, 21), MINOR, id="born that day"),
        pytest.param(date(2008, 2, 29), date(2026, 2, 27), MINOR, id="29 February, before both readings"),
        pytest.param(date(2008, 2, 29), date(2026, 2, 28), REVIEW, id="29 February, first reading"),
        pytest.param(date(2008, 2, 29), date(2026, 3, 1), REVIEW, id="29 February, second reading"),
        pytest.param(date(2008, 2, 29), date(2026, 3, 2), ADULT, id="29 February, after both readings"),
    ],
)
def test_the_eighteenth_birthday_is_for_a_human(born_on: date, day: date, standing: AgeStanding) -> None:
    assert age_standing(born_on, day) is standing


def test_nobody_is_born_after_the_fact() -> None:
    with pytest.raises(ValueError, match="check both dates"):
        age_standing(date(2027, 1, 1), date(2026, 1, 1))


@pytest.mark.parametrize(
    ("number", "written"),
    [(1, "一"), (10, "十"), (15, "十五"), (20, "二十"), (44, "四十四"), (100, "一百"), (102, "一百零二"),
     (110, "一百一十"), (117, "一百一十七"), (123, "一百二十三")],
)  # fmt: skip
def test_articles_are_numbered_as_laws_write_them(number: int, written: str) -> None:
    assert chinese_number(number) == written


@pytest.mark.parametrize("number", [0, -1, 1000])
def test_what_is_no_article_number_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="no article number"):
        chinese_number(number)


@pytest.mark.parametrize("kind", SCHOOLS)
@pytest.mark.parametrize(
    ("activity", "rule_id", "method"),
    [
        ("internet_cafe", "BUF-NET-1", Method.BOUNDARY_STRAIGHT_LINE),
        ("song_and_dance", "BUF-KTV-1", Method.UNSPECIFIED),
        ("arcade", "BUF-ARC-1", Method.UNSPECIFIED),
        ("bar", "BUF-BAR-1", Method.UNSPECIFIED),
    ],
)
def test_the_law_fixes_200_m_from_schools_and_how_to_measure_for_internet_cafes_only(
    today: RulebookOnDay, kind: str, activity: str, rule_id: str, method: Method
) -> None:
    rule = today.distance_rule(activity, kind, "310104")

    assert rule is not None
    assert (rule.id, rule.radius_m, rule.method, rule.at_limit) == (rule_id, 200, method, AtLimit.UNSETTLED)
    assert rule.method_settled is (activity == "internet_cafe")


@pytest.mark.parametrize(
    ("activity", "kind", "authority"),
    [
        ("internet_cafe", "kindergarten", "市文化旅游部门"),
        ("song_and_dance", "kindergarten", "市文化旅游部门"),
        ("arcade", "kindergarten", "市文化旅游部门"),
        ("bar", "kindergarten", "市文化旅游部门"),
        ("tobacco", "primary", "区烟草专卖部门"),
        ("e_cigarette", "kindergarten", "区烟草专卖部门"),
        ("alcohol", "middle", "市场监管部门"),
        ("welfare_lottery", "primary", "民政部门"),
        ("sports_lottery", "primary", "体育部门"),
        ("esports_hotel", "primary", "有权认定"),
        ("script_play", "primary", "文化和旅游部门"),
    ],
)
def test_a_radius_that_nobody_set_is_not_configured_and_says_who_must(
    today: RulebookOnDay, activity: str, kind: str, authority: str
) -> None:
    rule = today.distance_rule(activity, kind, "310116")

    assert rule is not None
    assert (rule.configured, rule.radius_m) == (False, None)
    assert rule.set_by.zh.startswith(authority)


@pytest.mark.parametrize("activity", ["internet_cafe", "tobacco", "hotel", "tattoo"])
def test_other_sites_are_never_protected(today: RulebookOnDay, activity: str) -> None:
    assert today.distance_rule(activity, "other") is None


@pytest.mark.parametrize("activity", ["hotel", "tattoo", "medical_aesthetics"])
def test_some_activities_have_no_distance(today: RulebookOnDay, activity: str) -> None:
    assert today.distance_rule(activity, "primary") is None


def test_the_practice_of_jinshan_is_a_note_and_no_rule(today: RulebookOnDay) -> None:
    rule = today.distance_rule("tobacco", "primary", "310116")

    assert rule is not None
    assert not rule.configured
    assert ("310116", 50, False) in [(s.district, s.radius_m, s.active) for s in today.notes_on("BUF-TOB-1")]


def decision(district: str, radius_m: float | None, **columns: object) -> DistanceSetting:
    said = {"rule": "BUF-TOB-1", "activities": ("tobacco",), "active": True} | columns
    return DistanceSetting(
        id=f"TEST-{district}", district=district, radius_m=radius_m, document=Text("试", "test"),
        in_force_from=date(2026, 7, 1), confidence=("T",), source="test", last_verified_on=date(2026, 7, 1),
        **said,  # type: ignore[arg-type]
    )  # fmt: skip


@pytest.mark.parametrize(
    ("district", "day", "radius_m"),
    [
        pytest.param("310116", date(2026, 7, 1), 50, id="the district itself"),
        pytest.param("310116002", date(2026, 7, 1), 30, id="a narrower decision wins"),
        pytest.param("310116003", date(2026, 7, 1), 50, id="a street of the district"),
        pytest.param("310104", date(2026, 7, 1), 100, id="elsewhere the city's"),
        pytest.param(None, date(2026, 7, 1), 100, id="no district known"),
        pytest.param("310116", date(2026, 6, 30), None, id="not yet"),
    ],
)
def test_a_decision_counts_in_its_area_from_its_day_on(
    rulebook: Rulebook, district: str | None, day: date, radius_m: float | None
) -> None:
    decided = (decision("", 100), decision("310116", 50), decision("310116002", 30))

    rule = replace(rulebook, distance_settings=decided).on(day).distance_rule("tobacco", "primary", district)

    assert rule is not None
    assert rule.radius_m == radius_m
    assert (rule.setting is None) is (radius_m is None)


def test_a_decision_may_settle_only_the_way_of_measuring(rulebook: Rulebook) -> None:
    way = decision(
        "",
        None,
        rule="BUF-KTV-1",
        activities=(),
        method=Method.ANY_DOOR_TO_ANY_DOOR_WALKING,
        at_limit=AtLimit.CLEAR,
    )

    rule = (
        replace(rulebook, distance_settings=(way,))
        .on(date(2026, 8, 1))
        .distance_rule("song_and_dance", "middle")
    )

    assert rule is not None
    assert (rule.radius_m, rule.method, rule.at_limit) == (200, way.method, AtLimit.CLEAR)


ARCADE, SCRIPT = "ACC-ARC-1", "ACC-SCR-1"


@pytest.mark.parametrize(
    ("duty", "day", "binds"),
    [
        pytest.param(ARCADE, date(2026, 10, 1), Binds.NO, id="arcade, National Day"),
        pytest.param(ARCADE, date(2026, 10, 4), Binds.YES, id="arcade, Sunday in the long break"),
        pytest.param(ARCADE, date(2026, 11, 21), Binds.YES, id="arcade, plain Saturday"),
        pytest.param(ARCADE, date(2026, 5, 4), Binds.NO, id="arcade, make-up holiday"),
        pytest.param(ARCADE, date(2026, 5, 5), Binds.YES, id="arcade, adjusted day off"),
        pytest.param(ARCADE, date(2026, 7, 15), Binds.YES, id="arcade, summer"),
        pytest.param(ARCADE, date(2026, 6, 1), Binds.YES, id="arcade, Children's Day"),
        pytest.param(ARCADE, date(2024, 5, 2), Binds.YES, id="arcade, 2 May 2024 was an adjusted day off"),
        pytest.param(ARCADE, date(2025, 5, 2), Binds.NO, id="arcade, 2 May is statutory since 2025"),
        pytest.param(ARCADE, date(2027, 10, 1), Binds.REVIEW, id="arcade, year not loaded"),
        pytest.param(SCRIPT, date(2026, 11, 21), Binds.NO, id="script-play, plain Saturday"),
        pytest.param(SCRIPT, date(2026, 5, 5), Binds.NO, id="script-play, adjusted day off"),
        pytest.param(SCRIPT, date(2026, 5, 9), Binds.REVIEW, id="script-play, Saturday worked"),
        pytest.param(SCRIPT, date(2026, 11, 20), Binds.REVIEW, id="script-play, vacation is not known"),
        pytest.param(SCRIPT, date(2027, 1, 2), Binds.REVIEW, id="script-play, year not loaded"),
        pytest.param("OPE-SCR-1", date(2026, 11, 21), Binds.YES, id="unsuitable scene, plain Saturday"),
        pytest.param("ACC-NET-1", date(2026, 10, 1), Binds.YES, id="internet cafe, National Day"),
        pytest.param("ACC-NET-1", date(2027, 10, 1), Binds.YES, id="internet cafe, any year"),
    ],
)
def test_a_duty_holds_by_the_kind_of_day(rulebook: Rulebook, duty: str, day: date, binds: Binds) -> None:
    assert rulebook.on(day).binds(duty) is binds


@pytest.mark.parametrize(
    ("question", "answer", "day", "binds"),
    [
        ("makeup_day_counts", False, date(2026, 5, 4), Binds.YES),
        ("children_day_counts", True, date(2026, 6, 1), Binds.REVIEW),
    ],
)
def test_open_questions_are_settings(
    rulebook: Rulebook, question: str, answer: bool, day: date, binds: Binds
) -> None:
    answered = tuple(replace(i, value=answer) if i.id == question else i for i in rulebook.interpretations)

    assert replace(rulebook, interpretations=answered).on(day).binds(ARCADE) is binds


REGS, LAW = "《上海市未成年人保护条例》", "《中华人民共和国未成年人保护法》"
CAFES, SCRIPTS = "《互联网上网服务营业场所管理条例》", "《关于加强剧本娱乐经营场所管理的通知》"


@pytest.mark.parametrize(
    ("clause", "day", "zh"),
    [
        ("sh-minors-regs:44.1", date(2026, 11, 21), f"{REGS}（2024-12-31修正）第四十四条第一款"),
        ("sh-minors-regs:44.1", date(2024, 12, 30), f"{REGS}（2022-02-18修订）第四十四条第一款"),
        ("minors-law:123", date(2023, 6, 1), f"{LAW}（2020-10-17修订）第一百二十三条"),
        ("internet-cafe-regs:31(2)", date(2026, 1, 1), f"{CAFES}（2022-03-29修订）第三十一条第（二）项"),
        ("internet-cafe-regs:9", date(2010, 1, 1), f"{CAFES}（2002-09-29公布）第九条"),
        ("script-play-notice:minors", date(2026, 1, 1),
         f"{SCRIPTS}（文旅市场发〔2022〕70号，2022-06-27）第二部分"),
    ],
)  # fmt: skip
def test_a_clause_is_cited_in_the_edition_of_the_day(
    rulebook: Rulebook, clause: str, day: date, zh: str
) -> None:
    assert rulebook.on(day).citation(clause) == zh


def test_a_clause_is_cited_in_english_too(today: RulebookOnDay) -> None:
    assert today.citation("entertainment-regs:44(2,3)", "en") == (
        "Regulations on Entertainment Venues (revised 2020-11-29), art. 44 items 2, 3"
    )


def test_what_rests_on_memory_only_is_never_cited(rulebook: Rulebook, today: RulebookOnDay) -> None:
    from_memory = [clause for clause in rulebook.clauses if "M" in clause.confidence]
    assert {"reporting-opinion:3", "on-demand-cinema-rules:4"} <= {clause.id for clause in from_memory}

    for clause in from_memory:
        for lang in ("zh", "en"):
            with pytest.raises(NotCitable):
                today.citation(clause.id, lang)

    assert today.citations(today.duty("REP-6")) == [today.citation("reporting-opinion:2")]
    assert today.citations(today.activities["on_demand_cinema"]) == []


def test_the_law_of_the_day_of_the_fact_applies(rulebook: Rulebook) -> None:
    before, after = rulebook.on(date(2025, 12, 31)), rulebook.on(date(2026, 1, 1))

    assert "PEN-34" not in before.legal_bases
    assert "PEN-34" in after.legal_bases
    with pytest.raises(RuleUnknown):
        before.duty("ACC-ESC-1")
    assert before.distance_rule("internet_cafe", "kindergarten") == after.distance_rule(
        "internet_cafe", "kindergarten"
    )


def test_before_the_shanghai_rule_the_national_one_kept_internet_cafes_away(rulebook: Rulebook) -> None:
    rule = rulebook.on(date(2022, 2, 28)).distance_rule("internet_cafe", "primary")

    assert rule is not None
    assert (rule.id, rule.radius_m) == ("BUF-NET-1", 200)
    assert "sh-minors-regs:44.1" not in rule.clauses
    assert rulebook.on(date(2022, 2, 28)).distance_rule("bar", "primary") is None


def test_the_wording_of_2022_is_not_proven(rulebook: Rulebook) -> None:
    for day, unproven in ((date(2024, 12, 30), True), (date(2024, 12, 31), False)):
        on_day = rulebook.on(day)
        rule = on_day.distance_rule("bar", "primary")
        assert rule is not None
        assert on_day.unproven(rule) is unproven


MINORS = ["minors-law:123"]


@pytest.mark.parametrize(
    ("duty", "activity", "bases"),
    [
        ("ACC-NET-1", "internet_cafe", {"PEN-01": MINORS, "PEN-10": ["internet-cafe-regs:31(2)"]}),
        ("IDC-2", "internet_cafe", {"PEN-11": ["internet-cafe-regs:33(3)"]}),
        ("REG-NET-1", "internet_cafe", {"PEN-11": ["internet-cafe-regs:33(4)"]}),
        ("REG-NET-2", "internet_cafe", {"PEN-10": ["internet-cafe-regs:31(1)"]}),
        ("REP-5", "internet_cafe", {"PEN-11": ["internet-cafe-regs:33(2)"]}),
        ("SGN-2", "internet_cafe", {"PEN-10": ["internet-cafe-regs:31(5)"], "PEN-01": MINORS}),
        ("LIC-NET-1", "internet_cafe",
         {"PEN-12": ["internet-cafe-regs:27"], "PEN-13": ["internet-cafe-regs:36.2"]}),
        ("LIC-NET-2", "internet_cafe", {"PEN-10": ["internet-cafe-regs:31(5)"]}),
        ("ACC-KTV-1", "song_and_dance", {"PEN-01": MINORS, "PEN-20": ["entertainment-regs:48(3)"]}),
        ("ACC-EMP-1", "bar", {"PEN-03": ["minors-law:125"]}),
        ("ACC-EMP-1", "arcade", {"PEN-03": ["minors-law:125"], "PEN-23": ["entertainment-regs:52"]}),
        ("IDC-1", "tattoo", {}),
        ("BUF-NET-3", "internet_cafe", {}),
    ],
)  # fmt: skip
def test_a_breach_has_all_its_candidate_bases_and_none_of_another_trade(
    today: RulebookOnDay, duty: str, activity: str, bases: dict[str, list[str]]
) -> None:
    assert {b.id: list(b.clauses) for b in today.bases(duty, activity)} == bases


def test_a_shared_duty_cites_what_speaks_of_the_activity(today: RulebookOnDay) -> None:
    cited = [clause.id for clause in today.clauses("IDC-1", "internet_cafe")]

    assert cited == ["sh-minors-regs:46.2", "minors-law:58"]
