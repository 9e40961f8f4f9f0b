"""The shipped rows: complete, honest about their sources, in our own words, with the ids of the research."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from backend.accounts.rules import Authority
from backend.rulebook.reading import Document
from backend.rulebook.rows import Body, Penalty
from backend.rulebook.rules import Rulebook, RulebookOnDay
from tests.shared_data import shared

ACTIVITIES = [
    "internet_cafe", "song_and_dance", "arcade", "bar", "tobacco", "e_cigarette", "alcohol",
    "welfare_lottery", "sports_lottery", "hotel", "esports_hotel", "tattoo", "medical_aesthetics",
    "script_play", "on_demand_cinema",
]  # fmt: skip
SITE_KINDS = {"primary", "middle", "vocational", "special", "specialised", "kindergarten", "other"}

NOT_ROWS = {  # ids of the research that are no duty or basis, and where they went
    "BUF-TAT-1",  # says that no rule was found
    "STF-3",  # the scope of STF-1 and STF-2: their activities
    "STF-6",  # who decides: PEN-04
}
OURS = {  # duties and bases that the research names in a penalty or a citation without an id
    "ACC-ESC-1", "LIC-NET-1", "LIC-NET-2", "LIC-ENT-1", "LIC-ENT-2", "OPE-NET-1", "OPE-NET-2", "OPE-KTV-1",
    "OPE-ENT-1", "OPE-ENT-2", "PEN-ENT-47",
    "PEN-05-U", "PEN-05-P",
    "OPE-LOT-1",  # a prize paid to a minor: in ACC-LOT-1 there, whose fine is for selling
    "OPE-TOB-1", "OPE-ECG-1",  # machines and flavours: in ACC-TOB-1 there, whose fine does not answer them
    "LIC-MED-1",  # the licence of a clinic: in REG-MED-1 there, whose clauses speak of consent only
    "OPE-SCR-1",  # unsuitable scenes: in ACC-SCR-1 there, but no holiday frees them
    "OPE-ESP-1",  # beds and computers of e-sports rooms: S12
}  # fmt: skip


def test_all_activities_and_site_kinds_are_there(today: RulebookOnDay) -> None:
    assert list(today.activities) == ACTIVITIES
    assert set(today.site_kinds) == SITE_KINDS
    assert [kind.id for kind in today.site_kinds.values() if not kind.protected] == ["other"]


def test_every_row_says_how_sure_it_is_where_it_was_read_and_when(rulebook: Rulebook) -> None:
    for row in rulebook.rows():
        assert row.confidence, row.id
        assert row.source, row.id
        assert row.last_verified_on >= date(2026, 11, 21), row.id


def test_every_activity_has_duties_and_each_duty_can_be_cited(today: RulebookOnDay) -> None:
    for activity in ACTIVITIES:
        duties = today.duties_of(activity)
        assert len(duties) >= 2, activity
        for duty in duties:
            assert today.citations(duty, activity=activity), (activity, duty.id)


def test_the_internet_cafe_is_complete(today: RulebookOnDay) -> None:
    assert {duty.id for duty in today.duties_of("internet_cafe")} == {
        "BUF-NET-1", "BUF-NET-2", "BUF-NET-3", "ACC-NET-1", "ACC-EMP-1", "ACC-ESC-1", "IDC-1", "IDC-2",
        "SGN-1", "SGN-2", "SGN-10", "REG-NET-1", "REG-NET-2", "REP-2", "REP-5", "LIC-NET-1", "LIC-NET-2",
        "OPE-NET-1", "OPE-NET-2",
    }  # fmt: skip


def test_each_basis_answers_a_duty_or_follows_from_a_penalty(rulebook: Rulebook) -> None:
    answered = {basis for duty in rulebook.duties for basis in duty.bases}

    assert {basis.id for basis in rulebook.legal_bases} - answered == {"PEN-24"}  # the escalation


@pytest.mark.parametrize(
    ("basis", "fines"),
    [
        ("PEN-01", [(0, 50_000, False), (50_000, 500_000, False)]),
        ("PEN-02", [(10_000, 100_000, True)]),
        ("PEN-03", [(0, 100_000, False), (100_000, 1_000_000, True)]),
        ("PEN-04", [(0, 50_000, True), (50_000, 500_000, True)]),
        ("PEN-05", [(0, 500, False), (0, 10_000, True)]),
        ("PEN-05-U", [(2_000, 10_000, False), (10_000, 30_000, True)]),
        ("PEN-05-P", [(50, 200, True)]),
        ("PEN-10", [(0, 15_000, False)]),
        ("PEN-11", [(0, 15_000, False)]),
        ("PEN-12", [(5, 10, True), (10_000, 50_000, True)]),
        ("PEN-20", [(1, 3, True), (10_000, 30_000, True)] * 2),
        ("PEN-23", [(5_000, 5_000, True)]),
        ("PEN-31", [(100_000, 500_000, True), (0, 100_000, True)]),
        ("PEN-40", [(2_000, 10_000, True)]),
        ("PEN-60", []),
        ("PEN-70", []),
    ],
)
def test_fines_are_those_of_the_texts(
    today: RulebookOnDay, basis: str, fines: list[tuple[float, float, bool]]
) -> None:
    sanctions = today.legal_bases[basis].sanctions

    assert [(f.min, f.max, f.mandatory) for s in sanctions for f in s.fines] == fines


def test_every_penalty_names_who_may_impose_it_and_only_the_police_detain(rulebook: Rulebook) -> None:
    imposed = [one for one in rulebook.legal_bases if any(s.kinds or s.fines for s in one.sanctions)]
    detained = [one for one in imposed if any(Penalty.DETENTION in s.kinds for s in one.sanctions)]

    assert [one.id for one in imposed if not one.authorities] == []
    assert {one.authorities for one in detained} == {(Body.POLICE,)}
    assert {str(one) for one in Authority} <= set(Body)
    for one in detained:
        assert not replace(one, authorities=()).is_open_to("GENERAL")


def rules_text() -> str:
    return shared("law/RULES.md").read_text(encoding="utf-8")


def test_ids_are_those_of_the_research(rulebook: Rulebook) -> None:
    told = re.findall(r"^\| ((?:BUF|ACC|IDC|SGN|REG|REP|STF|PEN)-[A-Z0-9/-]+) \|", rules_text(), re.MULTILINE)
    theirs = {f"BUF-ARC-{n}" for n in (1, 2)} | {row for row in told if "/" not in row}

    ours = {duty.id for duty in rulebook.duties} | {basis.id for basis in rulebook.legal_bases}

    assert {"BUF-ARC-1/2", *theirs} == {*told, "BUF-ARC-1", "BUF-ARC-2"}
    assert ours == theirs - NOT_ROWS | OURS


MATRIX = {  # its rows; on-demand cinema and the sites have nothing to compare
    "internet cafe": "internet_cafe", "KTV / dance": "song_and_dance", "arcade": "arcade", "bar": "bar",
    "tobacco / e-cig": "tobacco", "alcohol": "alcohol", "lottery": "welfare_lottery", "hotel": "hotel",
    "e-sports hotel": "esports_hotel", "tattoo": "tattoo", "medical aesthetics": "medical_aesthetics",
    "script-play": "script_play",
}  # fmt: skip
COLUMNS = {  # column number: the duties that fill it
    1: "BUF-.*", 2: "ACC-(?!EMP|ESC|HOT).*", 4: "IDC-.*", 5: "SGN-(?!10).*", 6: "REG-.*",
    7: "REP-(?!2$).*", 8: "STF-[12]", 9: "ACC-EMP-1",
}  # fmt: skip
ELSEWHERE = {
    ("bar", 7),  # no text says what a bar must report
    ("tobacco", 6),  # the cell says "licence" without a mark: REG-TOB-1
    ("tattoo", 6),  # the wording of the licence: SGN-8
}


def test_the_checklist_matrix_of_the_research_comes_out(today: RulebookOnDay) -> None:
    lines = rules_text().partition("## 12.")[2].partition("## 13.")[0].splitlines()
    cells = {
        row[1].strip(): [cell.strip() for cell in row[1:]] for line in lines if (row := line.split("|"))[1:]
    }

    def mark(activity: str, pattern: str) -> str:
        found = [duty for duty in today.duties_of(activity) if re.fullmatch(pattern, duty.id)]
        return "●" if any(activity in duty.activities for duty in found) else "○" if found else "-"

    compared = {
        (activity, column): (cells[name][column][0], mark(activity, pattern))
        for name, activity in MATRIX.items()
        for column, pattern in COLUMNS.items()
        if (activity, column) not in ELSEWHERE and cells[name][column] != "allowed"
    }
    assert {where: pair for where, pair in compared.items() if pair[0] != pair[1]} == {}


def test_methods_are_those_of_the_research(rulebook: Rulebook) -> None:
    from backend.rulebook.rules import Method

    listed = re.search(r"\(`measure_method` enum\): (.*?)\.\n", rules_text())

    assert listed is not None
    assert {method.name for method in Method} == set(re.findall(r"`([A-Z_]+)`", listed[1]))


TITLES = {"name", "title", "address"}


def said(value: Any, key: str = "") -> Iterator[str]:
    """Every text of the document but the titles of instruments and sources."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name not in TITLES:
                yield from said(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from said(inner, key)
    elif isinstance(value, str):
        yield value


def test_no_sentence_is_copied_from_the_texts(document: Document) -> None:
    corpus = "\n".join(file.read_text(encoding="utf-8") for file in sorted(shared("law").glob("*.md")))
    squeezed = re.sub(r"\s", "", corpus)
    runs = {squeezed[n : n + 20] for n in range(len(squeezed) - 19)}
    plain = re.sub(r"\s+", " ", corpus)

    def copied(text: str) -> bool:
        if re.search(r"[\u4e00-\u9fff]", text):
            tight = re.sub(r"\s", "", text)
            return any(tight[n : n + 20] in runs for n in range(len(tight) - 19))
        return any(len(part) >= 20 and part in plain for part in re.split(r"[.;:]\s*", text))

    texts = [
        text for text in said(document) if not re.fullmatch(r"[A-Za-z0-9_./:(),-]+( [0-9a-f]{8})?", text)
    ]
    assert len(texts) > 800
    assert [text for text in texts if copied(text)] == []
