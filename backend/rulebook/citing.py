"""How a clause is cited (条款引用). No citation is rendered elsewhere; what nobody has read is refused."""

from typing import Literal

from backend.rulebook.rows import Clause, Edition, Instrument

Language = Literal["zh", "en"]
_DIGITS = "零一二三四五六七八九"


class NotCitable(ValueError):
    """The row rests on memory only and must not be shown as a citation."""


def chinese_number(number: int) -> str:
    """A whole number as laws write it: 44 is 四十四, 110 is 一百一十, 123 is 一百二十三.

    Parameters
    ----------
    number : int
        From 1 to 999.

    Raises
    ------
    ValueError
        If the number is outside 1 to 999.
    """
    if not 1 <= number <= 999:
        raise ValueError(f"{number} is no article number (1 to 999)")
    hundreds, tens, units = number // 100, number // 10 % 10, number % 10
    written = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        written += ("" if tens == 1 and not hundreds else _DIGITS[tens]) + "十"
    elif hundreds and units:
        written += "零"
    return written + (_DIGITS[units] if units else "")


def cite(instrument: Instrument, edition: Edition, clause: Clause, lang: Language = "zh") -> str:
    """A clause as it may stand on paper: 《上海市未成年人保护条例》（2024-12-31修正）第四十四条第一款.

    Parameters
    ----------
    instrument, edition, clause
        The clause, its instrument and the edition that was in force on the day of the fact.
    lang : {"zh", "en"}

    Raises
    ------
    NotCitable
        If the clause rests on memory only (confidence M).
    """
    if not clause.citable:
        raise NotCitable(f"{clause.id} was never read in a source: find its text before citing it")
    if lang == "zh":
        heading = "，".join(filter(None, [instrument.document_no, edition.label.zh]))
        return f"《{instrument.name.zh}》（{heading}）{_place_zh(clause)}"
    heading = ", ".join(filter(None, [instrument.document_no, edition.label.en]))
    return ", ".join(filter(None, [f"{instrument.name.en} ({heading})", _place_en(clause)]))


def _place_zh(clause: Clause) -> str:
    article, paragraph, items = clause.place
    if article is None:
        return clause.locator.zh if clause.locator else ""
    place = f"第{chinese_number(article)}条" + (f"第{chinese_number(paragraph)}款" if paragraph else "")
    return place + "、".join(f"第（{chinese_number(item)}）项" for item in items)


def _place_en(clause: Clause) -> str:
    article, paragraph, items = clause.place
    if article is None:
        return clause.locator.en if clause.locator else ""
    place = f"art. {article}" + (f" para. {paragraph}" if paragraph else "")
    listed = ", ".join(map(str, items))
    return place + (f" item{'s' if len(items) > 1 else ''} {listed}" if items else "")
