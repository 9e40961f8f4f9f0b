"""Checklists composed and compiled: what an author gets wrong is named by file, sheet, line and column."""

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import etree

from forms.build import build
from forms.catalogue import Catalogue
from forms.errors import FormProblem, FormUnknown
from tests.forms.javarosa import need_java

LAW = "{https://humiao.example/law}"
ITEM = """
| survey |
| | type              | name        | label::中文 (zh) | label::English (en) | relevant             |
| | select_one answer | {item}      |                  |                     |                      |
| | text              | {item}_note | 说明             | Note                | ${{item}} = 'breach' |

| choices |
| | list_name | name      | label::中文 (zh) | label::English (en) |
| | answer    | compliant | 符合             | Compliant           |
| | answer    | breach    | 不符合           | Breach              |
"""
ARRIVAL = """
| law |
| | name | clause       | duty  |
| | code | code-law:1.2 | COD-1 |
| survey |
| | type         | name       | label::中文 (zh) | label::English (en) | law  |
| | begin_repeat | photos     | 照片             | Photos              |      |
| | text         | check_code | 检查码           | Check code          | code |
| | end_repeat   |            |                  |                     |      |
"""
BAR = """
# A bar. This line is a comment, and the next is prose.
What is checked in bars.
| settings |
| | form_title | form_id |
| | 酒吧       | bar     |
| law |
| | name   | clause                  | duty         |
| | access | regs:44.2 national:58   | ACC-BAR-1    |
| survey |
| | type    | name    | label::中文 (zh) | label::English (en)     | law         |
| | include | arrival |                  |                         |             |
| | item    | refused | 未接纳 \\| 未成年人 | No minor is let in      | access code |
"""


@pytest.fixture
def checklists(tmp_path: Path) -> Path:
    folder = tmp_path / "checklists"
    (folder / "sections").mkdir(parents=True)
    (folder / "sections" / "item.md").write_text(ITEM, "utf-8")
    (folder / "sections" / "arrival.md").write_text(ARRIVAL, "utf-8")
    (folder / "bar.md").write_text(BAR, "utf-8")
    return folder


def row(type_: str, name: str, **cells: str) -> str:
    """A survey table with one row that has a label in both languages unless told otherwise."""
    cells = {"label::中文 (zh)": "问", "label::English (en)": "Ask", **cells}
    header = "".join(f" {column} |" for column in ("type", "name", *cells))
    return f"| survey |\n| |{header}\n| |" + "".join(f" {cell} |" for cell in (type_, name, *cells.values()))


@pytest.mark.parametrize(
    ("added", "column", "says"),
    [
        pytest.param(
            row("include", "nowhere"), "name", "there is no section sections/nowhere.md", id="section"
        ),
        pytest.param(row("text", "q", law="nolaw"), "law", "no table `law` has a row named nolaw", id="law"),
        pytest.param(
            row("text", "q", **{"label::English (en)": ""}), "label::English (en)", "language", id="zh only"
        ),
        pytest.param(row("text", "q", relevant="${nobody} = 1"), "relevant", "nobody", id="unknown question"),
        pytest.param(row("texxt", "q"), "", "texxt", id="unknown type"),
        pytest.param(row("text", "2 names"), "name", "name", id="bad name"),
        pytest.param(row("select_one nolist", "q"), "", "nolist", id="unknown list"),
        pytest.param(
            row("calculate", "q", calculation="1 > 2"), "calculation", "wrap it in if", id="raw truth"
        ),
        pytest.param(
            row("calculate", "q", calculation="distance(${refused})"),
            "calculation",
            "guard distance",
            id="distance",
        ),
        pytest.param(
            row("text", "q", constraint="geofence(., '1 1')"), "constraint", "geofence", id="geofence"
        ),
        pytest.param(row("date", "q", constraint=". > '2026-01-01'"), "constraint", "date('...')", id="date"),
        pytest.param(
            row("text", "q", **{"bind::law:clause": "art. 9"}), "bind::law:clause", "art.", id="clause"
        ),
        pytest.param("| survey |\n| | type | name |\n| | text | q | over |", "", "more cells", id="cells"),
        pytest.param(
            "| survey |\n| | type | name |\n| | text | q", "", "does not end with |", id="not closed"
        ),
        pytest.param("| surveys |", "", "unknown table", id="unknown table"),
    ],
)
def test_a_mistake_is_named_where_its_author_sees_it(checklists, added, column, says) -> None:
    path = checklists / "bar.md"
    path.write_text(BAR + "\n" + added, "utf-8")

    with pytest.raises(FormProblem) as caught:
        build(checklists, checklists / "out", validate=False)

    problem = caught.value
    assert (problem.file, problem.row) == ("bar.md", len(path.read_text("utf-8").splitlines()))
    assert (problem.column, says in problem.message) == (column, True), str(problem)
    assert not (checklists / "out").exists()


def test_a_mistake_in_a_section_names_the_section(checklists) -> None:
    path = checklists / "sections" / "arrival.md"
    path.write_text(ARRIVAL.replace("| text  ", "| texxt "), "utf-8")

    with pytest.raises(FormProblem) as caught:
        build(checklists, checklists / "out", validate=False)

    assert str(caught.value).startswith("arrival.md, sheet survey, row 8")


def test_what_odk_validate_says_names_the_row(checklists) -> None:
    need_java()
    (checklists / "bar.md").write_text(BAR + "\n" + row("text", "q", relevant="${q} = 1"), "utf-8")

    with pytest.raises(FormProblem) as caught:
        build(checklists, checklists / "out", validate=True)

    assert (caught.value.file, caught.value.row) == ("bar.md", 17)


def test_the_same_name_twice_says_where_the_first_is(checklists) -> None:
    (checklists / "bar.md").write_text(
        BAR + "\n| choices |\n| | list_name | name |\n| | answer | breach |", "utf-8"
    )

    with pytest.raises(FormProblem, match=r"^bar.md, sheet choices, row 17, .* in item.md, row 10"):
        build(checklists, checklists / "out", validate=False)


def test_a_form_that_is_not_named_like_its_file_is_refused(checklists) -> None:
    (checklists / "bar.md").rename(checklists / "pub.md")

    with pytest.raises(FormProblem, match=r"pub.md, sheet settings, row 6, column form_id"):
        build(checklists, checklists / "out", validate=False)


def test_a_file_that_is_not_utf_8_says_so(checklists) -> None:
    (checklists / "bar.md").write_bytes(BAR.encode("gb18030"))

    with pytest.raises(FormProblem, match=r"bar.md: save this file as UTF-8"):
        build(checklists, checklists / "out", validate=False)


def test_an_empty_folder_has_no_forms(tmp_path) -> None:
    with pytest.raises(FormProblem, match="no checklist"):
        build(tmp_path, tmp_path / "out", validate=False)


def test_sections_items_and_laws_are_put_in_their_places(checklists) -> None:
    (form,) = build(checklists, checklists / "out", validate=False)

    binds = {bind.get("nodeset"): bind for bind in etree.fromstring(form.xml).iter("{*}bind")}
    assert binds["/data/photos/check_code"].get(f"{LAW}clause") == "code-law:1.2"
    assert binds["/data/refused"].get(f"{LAW}clause") == "regs:44.2 national:58 code-law:1.2"
    assert binds["/data/refused"].get(f"{LAW}duty") == "ACC-BAR-1 COD-1"
    assert binds["/data/refused_note"].get("relevant").strip() == "/data/refused  = 'breach'"


def test_the_catalogue_says_what_the_form_says(checklists) -> None:
    (built,) = build(checklists, checklists / "out", validate=False)

    form = Catalogue.load(checklists / "out").form("bar")

    assert (form.activity, form.version, form.title) == ("bar", built.version, "酒吧")
    assert form.hash == f"md5:{hashlib.md5(form.xml()).hexdigest()}"
    assert form.xml() == built.xml
    assert [(question.nodeset, question.kind) for question in form.questions.values()] == [
        ("/data/photos", "repeat"),
        ("/data/photos/check_code", "text"),
        ("/data/refused", "select_one"),
        ("/data/refused_note", "text"),
    ]
    refused = form.questions["/data/refused"]
    assert (refused.name, refused.duties) == ("refused", ("ACC-BAR-1", "COD-1"))
    assert refused.labels == {"zh": "未接纳 | 未成年人", "en": "No minor is let in"}
    assert refused.choices["breach"] == {"zh": "不符合", "en": "Breach"}


def test_a_version_is_what_the_form_says(checklists, tmp_path) -> None:
    (first,) = build(checklists, tmp_path / "one", validate=False)
    (again,) = build(checklists, tmp_path / "two", validate=False)
    (checklists / "bar.md").write_text(BAR.replace("No minor", "No minors"), "utf-8")
    (changed,) = build(checklists, tmp_path / "one", validate=False)

    assert (again.version, again.xml) == (first.version, first.xml)
    assert changed.version != first.version


def test_older_versions_stay_beside_the_newest(checklists, tmp_path) -> None:
    (first,) = build(checklists, tmp_path, validate=False)
    (checklists / "bar.md").write_text(BAR.replace("No minor", "No minors"), "utf-8")
    (second,) = build(checklists, tmp_path, validate=False)

    catalogue = Catalogue.load(tmp_path)

    assert [form.version for form in catalogue.current()] == [second.version]
    assert catalogue.form("bar", first.version).xml() == first.xml


@pytest.mark.parametrize(("form_id", "version"), [("pub", None), ("bar", "0"), ("../bar", ""), ("bar", "")])
def test_a_form_that_was_never_built_is_unknown(checklists, form_id, version) -> None:
    build(checklists, checklists / "out", validate=False)

    with pytest.raises(FormUnknown):
        Catalogue.load(checklists / "out").form(form_id, version)


def test_a_folder_without_forms_says_what_to_do(tmp_path) -> None:
    with pytest.raises(FileNotFoundError, match="humiao forms build"):
        Catalogue.load(tmp_path)


def test_reading_submissions_needs_no_compiler() -> None:
    reading = "import sys, forms.catalogue, forms.visits; print(*sys.modules)"

    done = subprocess.run([sys.executable, "-c", reading], capture_output=True, check=True, text=True)

    assert {"pyxform", "lxml", "yaml"} & set(done.stdout.split()) == set()
