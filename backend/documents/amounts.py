"""Amounts of money in capitals and in digits (金额大写与小写), as an order to pay must say them twice."""

from decimal import Decimal

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_UNITS = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿")
_LIMIT = Decimal(10) ** 12


class NoAmount(ValueError):
    """Not an amount that somebody can pay: negative, parts of a fen, or beyond all fines."""


def in_capitals(yuan: Decimal) -> str:
    """An amount as cheques and decisions write it: 1010.50 is 壹仟零壹拾元伍角.

    Parameters
    ----------
    yuan : Decimal
        From 0 to below 10^12, whole fen.

    Returns
    -------
    str
        With 整 where it ends with yuan, and without a zero in front of the jiao of a whole yuan.

    Raises
    ------
    NoAmount
    """
    whole, jiao, fen = _parts(yuan)
    if not (jiao or fen):
        return f"{_whole(whole) or '零'}元整"
    text = f"{_whole(whole)}元" if whole else ""
    if jiao:
        text += f"{_DIGITS[jiao]}角"
    elif whole:
        text += "零"
    return text + (f"{_DIGITS[fen]}分" if fen else "")


def in_digits(yuan: Decimal) -> str:
    """The same in digits: ¥1,010.50. Raises NoAmount."""
    _parts(yuan)
    return f"¥{abs(yuan):,.2f}"  # there is a zero below zero


def amount_shown(yuan: Decimal) -> str:
    """Both, as a document says them: 人民币壹仟零壹拾元伍角（¥1,010.50）. Raises NoAmount."""
    return f"人民币{in_capitals(yuan)}（{in_digits(yuan)}）"


def _parts(yuan: Decimal) -> tuple[int, int, int]:
    """Yuan, jiao and fen."""
    if not yuan.is_finite() or not 0 <= yuan < _LIMIT or yuan * 100 % 1:
        raise NoAmount(f"{yuan} is no amount in whole fen")
    fen = int(yuan * 100)
    return fen // 100, fen // 10 % 10, fen % 10


def _whole(number: int) -> str:
    """Groups of four digits from the left; one 零 for however many zeros between two digits."""
    text, gap = "", False
    for place in reversed(range(len(_GROUPS))):
        group = number // 10_000**place % 10_000
        if group:
            lacks = text != "" and (gap or group < 1000)
            text += ("零" if lacks else "") + _group(group) + _GROUPS[place]
        gap = (gap or text != "") and group == 0
    return text


def _group(number: int) -> str:
    text, gap = "", False
    for place in reversed(range(4)):
        digit = number // 10**place % 10
        if digit:
            text += ("零" if gap and text else "") + _DIGITS[digit] + _UNITS[place]
        gap = digit == 0
    return text
