"""Amounts in capitals and in digits: no amount is said in two ways, and no way says two amounts."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.documents.amounts import NoAmount, amount_shown, in_capitals, in_digits

FEN = st.integers(0, 10**14 - 1)
DIGITS = {sign: number for number, sign in enumerate("零壹贰叁肆伍陆柒捌玖")}
UNITS = {"拾": 10, "佰": 100, "仟": 1000}


def fen_of(text):
    """Read an amount in capitals, as a clerk does it: digit by digit, unit by unit."""
    yuan, _, rest = text.rpartition("元")
    total = group = 0
    for sign in yuan:
        if sign in DIGITS:
            digit = DIGITS[sign]
            group += digit
        elif sign in UNITS:
            group += digit * (UNITS[sign] - 1)
        elif sign == "万":
            total, group = total + group * 10_000, 0
        else:
            total, group = (total + group) * 10**8, 0
    jiao = DIGITS[rest[rest.index("角") - 1]] if "角" in rest else 0
    fen = DIGITS[rest[rest.index("分") - 1]] if "分" in rest else 0
    return (total + group) * 100 + jiao * 10 + fen


@pytest.mark.parametrize("yuan", ["-0.01", "0.001", "1000000000000", "NaN", "Infinity"])
def test_what_nobody_can_pay_is_refused(yuan):
    for say in (in_capitals, in_digits, amount_shown):
        with pytest.raises(NoAmount):
            say(Decimal(yuan))


@pytest.mark.parametrize(
    ("yuan", "said"),
    [
        ("0", "零元整"), ("0.05", "伍分"), ("0.5", "伍角"), ("0.55", "伍角伍分"), ("10", "壹拾元整"),
        ("200", "贰佰元整"), ("3000", "叁仟元整"), ("1010.50", "壹仟零壹拾元伍角"),
        ("120.05", "壹佰贰拾元零伍分"), ("10000", "壹万元整"), ("10001", "壹万零壹元整"),
        ("100010", "壹拾万零壹拾元整"), ("15000", "壹万伍仟元整"),
        ("100000001", "壹亿零壹元整"), ("10000000000.01", "壹佰亿元零壹分"),
    ],
)  # fmt: skip
def test_amounts_are_written_as_cheques_write_them(yuan, said):
    assert in_capitals(Decimal(yuan)) == said


@given(FEN)
def test_whoever_reads_the_capitals_comes_to_the_amount(fen):
    assert fen_of(in_capitals(Decimal(fen) / 100)) == fen


@given(FEN)
def test_capitals_have_no_two_zeros_together_and_end_as_they_must(fen):
    said = in_capitals(Decimal(fen) / 100)

    assert "零零" not in said
    assert not {"零万", "零亿", "亿万"} & {said[at : at + 2] for at in range(len(said))}
    assert said.endswith("整") == (fen % 100 == 0)


@given(FEN)
def test_digits_and_capitals_stand_together(fen):
    yuan = Decimal(fen) / 100

    assert amount_shown(yuan) == f"人民币{in_capitals(yuan)}（{in_digits(yuan)}）"
    assert Decimal(in_digits(yuan).removeprefix("¥").replace(",", "")) == yuan
