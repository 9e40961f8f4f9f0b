"""The app as it is shipped, through a whole day: office, streets without a network, and the evening."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from backend.core.deployment import Deployment
from backend.inspections.models import Evidence, Violation, Visit, VisitFlag
from backend.intake.models import Envelope
from tests.intake.tablet import file_all
from tests.tablet.arrived import held
from tests.tablet.day import Stop, clean, prepare_bureau, with_minors
from tests.tablet.officer import Officer

CLEAN_TAPS, VIOLATION_TAPS = 45, 75
TRUE_OF_A_TEST = {"too_fast", "answers_all_alike"}


@pytest.mark.parametrize("stops", [4, pytest.param(10, marks=pytest.mark.long)])
def test_a_day_of_visits_without_a_network_is_on_the_server_once(at_work, city, app, deployment, stops):
    code, day = prepare_bureau(deployment, app, stops)
    officer, network = at_work, city[0]
    officer.begin(code)

    network.share = 1
    officer.kill(offline=True)
    taps = [_visit(officer, stop, number) for number, stop in enumerate(day)]
    modules = sum(len(stop.activities) for stop in day)
    sent = officer.outbox()
    assert len([name for _, name in sent if name == ""]) == modules

    network.share = 0.3
    officer.context.set_offline(False)
    officer.go("同步")
    officer.tap(officer.button("立即发送"))
    officer.kill(offline=False)
    officer.send()

    assert held(deployment) == sorted((*place, sha256) for place, sha256 in sent.items())
    assert sum(network.cut.values()) > modules
    _check_filed(deployment, modules)
    assert [count for number, count in enumerate(taps) if number % 4 < 2 and count > CLEAN_TAPS] == []
    assert [count for number, count in enumerate(taps) if number % 4 == 2 and count > VIOLATION_TAPS] == []


def _visit(officer: Officer, stop: Stop, number: int) -> int:
    """One visit; gives its taps. The third finds minors; in the second the tablet is killed."""
    officer.go("今日")
    officer.taps = 0
    officer.arrive(stop.venue, camera="CAM-7")
    for activity in stop.activities:
        if len(stop.activities) > 1:
            officer.tap(officer.page.get_by_role("link", name="继续填写"))
        said = with_minors(activity) if number % 4 == 2 else clean(activity)
        if number == 1:
            _killed_in_the_middle(officer, said)
        officer.fill_in(said)
    expect(officer.page.get_by_text("全部完成，等待发送")).to_be_visible()
    return officer.taps


def _killed_in_the_middle(officer: Officer, said: dict[str, str]) -> None:
    taps, _ = officer.taps, expect(officer.page.locator(".questions")).to_be_visible()
    officer.answer_section(said)
    officer.tap(officer.button("下一节"))
    officer.answer_section(said)
    expect(officer.page.get_by_role("status").get_by_text("已保存")).to_be_visible()
    known, spent = officer.known(), officer.taps
    officer.kill(offline=True)
    expect(officer.page.locator(".questions")).to_be_visible()
    assert (spent > taps, known[-1] in officer.known()) == (True, True)
    found = officer.known()  # pages are laid out anew: what came before may stand on the one before
    officer.tap(officer.button("上一节"))
    assert set(known) <= {*found, *officer.known()}
    officer.tap(officer.button("下一节"))
    officer.taps = spent


def _check_filed(deployment: Deployment, modules: int) -> None:
    """A visit for each record; violations with their clauses; pictures with their hashes; no flags."""
    file_all(deployment)
    with deployment.reading() as session:
        visits = session.scalars(select(Visit)).all()
        flags = set(session.scalars(select(VisitFlag.code)))
        broken = {one.duty_id: one.clauses for one in session.scalars(select(Violation))}
        evidence = session.scalars(select(Evidence)).all()
        signed = set(session.scalars(select(Envelope.signed)))
    assert (len(visits), signed, flags - TRUE_OF_A_TEST) == (modules, {"valid"}, set())
    assert {"ACC-NET-1", "SGN-2"} <= set(broken)
    assert all(broken.values())
    assert [
        one.id for one in evidence if one.captured_sha256 and one.captured_sha256 != one.arrived_sha256
    ] == []
