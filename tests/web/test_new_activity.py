"""A new activity is added by rows of data and one Markdown file, from the list of forms to the page."""

import shutil
from pathlib import Path

import pytest
from flask import Flask

from backend.accounts import actions as accounts
from backend.accounts.auth import Role
from backend.core.deployment import Deployment
from backend.intake.built_forms import catalogue
from backend.rulebook import actions as rulebook
from backend.rulebook.reading import DATA
from forms.build import build
from forms.catalogue import CatalogueForm
from forms.examples import filled_submission
from tests.forms.samples import CHECKLISTS
from tests.intake.tablet import NOW, SIGNATURES, Tablet, file_all
from tests.people import add_person, desk_of
from tests.screening.places import add_venue, at

ACTIVITY = """
defaults: {in_force_from: 2026-01-01, confidence: [T], source: clauses, last_verified_on: 2026-11-24}
rows:
- id: board_games
  name: {zh: 桌游吧, en: board game room}
  lead: {zh: 文化和旅游局, en: culture and tourism}
  lead_settled: true
  unsuitable: UNDECIDED
  nature: {zh: 测试用的新业态, en: a new kind of business for this test}
  clauses: ["sh-minors-regs:44.2"]
"""
DUTY = """
defaults: {in_force_from: 2026-01-01, confidence: [T], source: clauses, last_verified_on: 2026-11-24}
rows:
- id: ACC-BGR-1
  activities: [board_games]
  statement: {zh: 不得让未成年人进入, en: No minor comes in}
  breach: {zh: 让未成年人进入桌游吧, en: A minor was let into the board game room}
  clauses: ["sh-minors-regs:44.2"]
  bases: {PEN-01: []}
"""
CHECKLIST = """
# Board game room (桌游吧)

| settings |
| | form_title   | form_id     |
| | 桌游吧检查表 | board_games |

| law |
| | name   | clause              | duty      |
| | access | sh-minors-regs:44.2 | ACC-BGR-1 |
| | sign   | sh-minors-regs:44.2 | ACC-BGR-1 |

| survey |
| | type        | name           | label::中文 (zh)   | label::English (en) | law    |
| | include     | arrival        |                    |                     |        |
| | include     | place          |                    |                     |        |
| | begin_group | duties         | 检查事项           | Duties              |        |
| | item        | minors_refused | 未接纳未成年人进入 | No minor is let in  | access |
| | end_group   |                |                    |                     |        |
| | include     | signs          |                    |                     |        |
| | include     | photos         |                    |                     |        |
| | include     | measures       |                    |                     |        |
| | include     | signatures     |                    |                     |        |
"""


@pytest.fixture
def form(deployment: Deployment, tmp_path: Path) -> CatalogueForm:
    """The rulebook and the checklists of today, with two rows and one file more."""
    data, checklists = tmp_path / "data", tmp_path / "checklists"
    shutil.copytree(DATA, data)
    shutil.copytree(CHECKLISTS, checklists)
    (data / "activities").mkdir()
    (data / "activities" / "board_games.yaml").write_text(ACTIVITY, "utf-8")
    (data / "duties" / "board_games.yaml").write_text(DUTY, "utf-8")
    (checklists / "board_games.md").write_text(CHECKLIST, "utf-8")
    with deployment.unit_of_work() as session:
        rulebook.load(session, data, by="tester", now=NOW)
    build(checklists, deployment.settings.var_dir / "forms", validate=False)
    return catalogue(deployment).form("board_games")


@pytest.fixture
def agency(deployment: Deployment) -> int:
    with deployment.unit_of_work() as session:
        names = {"name_zh": "示例文旅局", "name_en": "Example culture bureau"}
        add_venue(session, at(0), "board_games", name="方块桌游", area_code="310101")
        return accounts.put_agency(
            session, code="culture", activities=["board_games"], by="tester", now=NOW, **names
        ).id


def test_a_new_activity_is_checked_judged_and_shown_by_its_rows_and_its_file(
    app: Flask, deployment: Deployment, form: CatalogueForm, agency: int
) -> None:
    add_person(deployment, Role.INSPECTOR, login="inspector", areas=("310101",), agency_id=agency)
    tablet = Tablet(app.test_client(), login="inspector")
    broken = {"duties/minors_refused": "breach", "duties/minors_refused_note": "两名学生在内"}
    xml = filled_submission(form, answers=broken, signs=[{"sign_photo": "", "sign_state": "missing"}])

    listed = tablet.get("/formList").get_data(as_text=True)
    sent = tablet.send(xml, SIGNATURES)
    file_all(deployment)
    page = desk_of(app, Role.SUPERVISOR, areas=("310101",), agency_id=agency).get("/venues/1").text

    assert "<formID>board_games</formID>" in listed
    assert sent.status_code == 201
    assert "桌游吧" in page
    assert "让未成年人进入桌游吧" in page
    assert "第四十四条第二款" in page
    assert (
        "PEN-01" not in page
    )  # 未成年人保护法第一百二十三条 names no such business: nobody guesses that it does
