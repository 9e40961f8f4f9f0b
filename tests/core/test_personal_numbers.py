"""Personal numbers are found however they are typed, and other numbers are left alone."""

import string
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.personal_numbers import find, mask

# Invented: regions, dates and sequence numbers were chosen, check digits computed.
RESIDENT_ID, WITH_X = "310101200902280015", "31010119900307006X"


def check_digit(first_17: str) -> str:
    total = sum(int(d) * pow(2, 17 - i, 11) for i, d in enumerate(first_17))
    return "0123456789X"[(12 - total) % 11]


@st.composite
def resident_ids(draw):
    region = draw(st.sampled_from(["110101", "310101", "310225", "654321", "710000", "810000", "931156"]))
    born = draw(st.dates(date(1900, 1, 1), date(2026, 1, 1)))
    first_17 = f"{region}{born:%Y%m%d}{draw(st.integers(0, 999)):03}"
    return first_17 + check_digit(first_17)


mobiles = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
words = st.text(st.characters(exclude_categories=["Nd", "Nl", "No", "Cs", "Cf"]), max_size=12)


def kinds(text: str) -> list[str]:
    return [span.kind for span in find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("310101200902280014", [], id="check digit wrong"),
        pytest.param("310101200902290010", [], id="no 29 February in 2009"),
        pytest.param("310101219912310011", [], id="born in the future"),
        pytest.param("91310000MA1FL0001X", [], id="credit code"),
        pytest.param("913100001322093517", [], id="credit code of digits only"),
        pytest.param("许可证 310115202101080012", [], id="18-digit licence number"),
        pytest.param("2026-01-13 14:05 至 2026-01-13 16:30", [], id="dates and times"),
        pytest.param("13 2026-11-21 5", [], id="a count and a date are no mobile number"),
        pytest.param("6217001310013800138000", [], id="a mobile number inside a bank card number"),
        pytest.param("共 12 人，未核验 3 人", [], id="counts"),
        pytest.param("12800138000", [], id="12 is no mobile prefix"),
        pytest.param("0a7e6b1c-1380-4013-8000-b1c2d3e4f5a6", [], id="digits of a UUID"),
        pytest.param("d13800138000" + "f" * 52, [], id="digits of a hash"),
        pytest.param("021-64310000", [], id="a land line"),
        pytest.param("(+86)138-0013-8000", ["mobile"], id="country code in brackets"),
        pytest.param("8613800138000", ["mobile"], id="country code without anything"),
        pytest.param("0086 13800138000", ["mobile"], id="country code with zeros"),
        pytest.param("１３８００１３８０００", ["mobile"], id="full-width"),
        pytest.param("电话13800138000证号31010119900307006X张", ["mobile", "resident_id"], id="in words"),
        pytest.param("3101 0119 9003 0700 6x", ["resident_id"], id="in fours, small x"),
        pytest.param("310101-19900307-006×", ["resident_id"], id="a multiplication sign for X"),
        pytest.param("12 31010119900307006X 5", ["resident_id"], id="beside other numbers"),
        pytest.param("310101\u200b19900307\u200b006X", ["resident_id"], id="with invisible characters"),
        pytest.param("A31010119900307006X", ["resident_id"], id="after a letter"),
        pytest.param("310101/19900307/006X", ["resident_id"], id="with strokes"),
        pytest.param("310101，1990，0307，006X", ["resident_id"], id="with commas"),
        pytest.param("三一〇一〇一一九九〇〇三〇七〇〇六X", ["resident_id"], id="in words for digits"),
        pytest.param("叁壹零壹零壹壹玖玖零零叁零柒零零陆X", ["resident_id"], id="in words of a bank"),
        pytest.param("一三八零零一三八零零零", ["mobile"], id="a mobile number in words"),
        pytest.param("\ufe0f\u20e3".join("13800138000"), ["mobile"], id="as keys on a telephone"),
        pytest.param("\u034f".join("31010119900307006X"), ["resident_id"], id="with marks between"),
        pytest.param("\u3164".join("13800138000"), ["mobile"], id="with fillers between"),
        pytest.param("\x81".join("13800138000"), ["mobile"], id="with controls between"),
        pytest.param("(138)0013-8000", ["mobile"], id="in groups with several gaps"),
        pytest.param("138，0013，8000", ["mobile"], id="in groups with commas"),
        pytest.param("一13800138000", ["mobile"], id="after a word for a digit"),
        pytest.param("座位138，2025、2026年", [], id="a count and two years"),
        pytest.param("年龄 15、16、17、15、16、1", [], id="ages"),
        pytest.param("二〇二六年十一月二十一日十三时", [], id="a date in words"),
    ],
)
def test_what_is_a_personal_number_and_what_is_not(text, expected):
    assert kinds(text) == expected


def test_a_number_inside_a_longer_run_of_digits_is_another_number():
    assert find("9" + WITH_X) == find("0" + RESIDENT_ID) == find(WITH_X + "7") == []


def test_a_mask_says_what_stood_there_and_keeps_the_rest():
    assert mask(f"未核验：{WITH_X}，电话 138 0013 8000。") == "未核验：〔身份证号〕，电话 〔手机号〕。"


def test_leap_days_are_birth_dates():
    first_17 = "31010120080229001"

    assert kinds(first_17 + check_digit(first_17)) == ["resident_id"]


@given(words, resident_ids(), words, st.sampled_from(["", " ", "-", "\u3000", " - "]), st.data())
def test_every_resident_id_is_found_wherever_its_gaps_are(before, number, after, gap, data):
    cuts = sorted(data.draw(st.sets(st.integers(1, 17), max_size=17)))
    parts = [number[a:b] for a, b in zip([0, *cuts], [*cuts, 18], strict=True)]

    assert "resident_id" in kinds(before + gap.join(parts) + after)


@given(words, mobiles, words, st.sampled_from(["", "86", "+86 ", "0086-"]), st.booleans())
def test_every_mobile_number_is_found(before, number, after, prefix, full_width):
    if full_width:
        number = number.translate({ord(c): ord(c) + 0xFEE0 for c in string.digits})

    assert "mobile" in kinds(f"{before}{prefix}{number}{after}")


@given(st.text(), resident_ids(), mobiles)
def test_what_was_masked_holds_nothing_more(text, number, mobile):
    assert find(mask(f"{text} {number} {mobile} {text}")) == []


@given(resident_ids(), st.integers(0, 9))
def test_any_other_check_digit_is_no_resident_id(number, digit):
    if str(digit) != number[17]:
        assert "resident_id" not in kinds(number[:17] + str(digit))
