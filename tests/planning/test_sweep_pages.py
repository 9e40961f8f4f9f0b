"""The pages of a sweep: a plan, ticks, progress, a report; and what the school is shown at the end."""

import io
import re
from datetime import timedelta

import pytest
from openpyxl import load_workbook

from backend.core.days import today
from tests.planning.conftest import APPROVED, BAR, CAFE, HERE, SCHOOL, URL, changed, said, send
from tests.screening.places import add_venue, at
from tests.web.test_own_month import text_of

PAGE = "/sweeps/1"
SENT = {"deed": "tasks", "together_on": today().isoformat()}


@pytest.fixture
def draft(coordinator):
    return coordinator.post("/sweeps/new", data=said()).location


@pytest.fixture
def under_way(coordinator, sweep, agencies):
    """A sweep that sent both agencies to the bar, and culture to the cafe; the tasks by venue and agency."""
    pairs = [(CAFE, agencies.culture), (BAR, agencies.culture), (BAR, agencies.market)]
    made = send(coordinator, sweep, *pairs).json
    return {(one["venue_id"], one["agency_id"]): one["task_id"] for one in made}


def deed(client, page, **told):
    """Send one of the forms of a page, as it stands there."""
    version = re.search(r'name="version" value="(\d+)"', client.get(page).text)
    return client.post(page, data={"version": version[1] if version else "0"} | told)


def ticks(page):
    """The agencies that may be sent, and whether they are ticked."""
    found = re.findall(r'name="places" value="(\d+-\d+)"( checked)?', page)
    return {pair: bool(checked) for pair, checked in found}


def close(client):
    return changed(client, f"{URL}/1/closing", {"words": "夜莺酒吧已整改"}, "put")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": ""}, "名称：不能为空"),
        ({"until_on": "2020-01-01"}, "结束日期：早于开始日期"),
        ({"approved_by": "某街道"}, "计划批准人：批准人、日期和文号须一起填写"),
        ({"name": "找13800138000"}, "身份证号或手机号"),
    ],
)
def test_what_does_not_hold_together_is_shown_again_with_its_faults(coordinator, wrong, words):
    page = coordinator.post("/sweeps/new", data=said(**wrong))

    assert page.status_code == 422
    assert words in page.text
    assert f'value="{today()}"' in page.text
    assert "没有这样的整治" in coordinator.get("/sweeps").text


def test_whoever_oversees_another_area_finds_no_page(elsewhere, sweep):
    paths = (
        PAGE,
        f"{PAGE}/report",
        f"{PAGE}/report.pdf",
        f"{PAGE}/report.xlsx",
        f"/sweeps/new?site_id={SCHOOL}",
    )

    assert [elsewhere.get(path).status_code for path in paths] == [404] * 5
    assert elsewhere.post(PAGE, data=SENT).status_code == 404


def test_a_draft_says_so_and_shows_no_tick_until_its_approval_is_noted(coordinator, draft):
    before = coordinator.get(draft).text
    whole = deed(coordinator, draft, deed="approve", approved_by="示例街道办")
    after = deed(coordinator, draft, deed="approve", **APPROVED).text

    assert "计划尚未批准" in before
    assert ticks(before) == {}
    assert (whole.status_code, "批准人、日期和文号须一起填写" in whole.text) == (422, True)
    assert "示例办〔2026〕7号" in after
    assert ticks(after) != {}


def test_the_law_stands_on_the_page_and_by_when_the_plan_is_to_be_published(coordinator, sweep):
    page = coordinator.get(PAGE).text
    published = deed(coordinator, PAGE, deed="publish", published_on=today().isoformat()).text

    assert "《上海市未成年人保护条例》（2024-12-31修正）第六十三条第一款" in page
    assert "《上海市优化营商环境条例》（2026-01-01起施行的修正）关于专项检查" in page
    assert "按批准日起算，最迟" in page
    assert "按批准日起算，最迟" not in published


def test_the_proposals_are_ticked_and_what_was_visited_lately_is_not(coordinator, sweep, agencies, visit):
    visit(CAFE, days_ago=3, agency_id=agencies.market)

    page = coordinator.get(PAGE).text

    proposed = {(CAFE, agencies.culture): False, (BAR, agencies.culture): True, (BAR, agencies.market): True}
    assert ticks(page) == {f"{venue}-{agency}": is_ticked for (venue, agency), is_ticked in proposed.items()}
    assert "近期已查，这次不去" in page
    assert "联合检查一次" in page
    assert "没有主管单位在此执法" in page
    assert "另有 1 家在其他辖区" in page
    assert "邻区网吧" not in page


def test_ticks_become_tasks_and_progress(coordinator, culture, sweep, agencies, visit):
    pairs = [f"{BAR}-{agencies.culture}", f"{BAR}-{agencies.market}"]

    page = deed(coordinator, PAGE, **SENT, places=pairs).text

    assert "新派任务 2 项" in page
    assert ticks(page) == {f"{CAFE}-{agencies.culture}": True}
    assert page.count("已检查 0，共 1") == 2
    visit(BAR, activity="song_and_dance", task_id=1, agency_id=agencies.culture)
    assert "已检查 1，共 1" in coordinator.get(PAGE).text
    assert "开学季校园周边整治（联合检查：示例文旅局、示例市监局）" in culture.get("/tasks/1").text
    assert f'href="{PAGE}"' in culture.get("/tasks/1").text


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"places": []}, "派出单位：不能为空"),
        ({"places": ["1-2-3"]}, "派出单位：不正确"),
        ({"places": ["5-1"]}, "有场所不在范围内"),
        ({"places": ["1-1"], "together_on": "2199-01-01"}, "联合检查日期：不在整治日期内"),
    ],
)
def test_what_cannot_be_sent_is_said_above_the_page(coordinator, sweep, told, words):
    page = deed(coordinator, PAGE, **SENT | told)

    assert (page.status_code, words in page.text) == (422, True)
    assert coordinator.get(f"{URL}/1").json["state"] == "approved"


def test_what_somebody_else_changed_meanwhile_is_not_written_over(coordinator, sweep):
    stale = coordinator.post(PAGE, data={"deed": "close", "words": "完成", "version": "99"})

    assert (stale.status_code, "又有变化" in stale.text) == (422, True)


def test_a_supervisor_sees_the_own_venues_and_the_progress_of_all(culture, under_way, agencies):
    page = culture.get(PAGE).text

    assert "墨痕文身" not in page
    assert "示例市监局" in page.split('id="progress"')[1].split("</section>")[0]
    assert f'href="/tasks/{under_way[BAR, agencies.culture]}"' in page
    assert f'href="/tasks/{under_way[BAR, agencies.market]}"' not in page
    assert "办结整治" not in page


def test_the_report_says_on_paper_and_in_excel_what_the_page_says(coordinator, under_way, agencies, visit):
    visit(CAFE, broken=1, task_id=under_way[CAFE, agencies.culture], agency_id=agencies.culture)
    close(coordinator)

    page = coordinator.get(f"{PAGE}/report").text
    pdf, xlsx = (coordinator.get(f"{PAGE}/report.{kind}") for kind in ("pdf", "xlsx"))

    cells = [cell for row in load_workbook(io.BytesIO(xlsx.data)).active for cell in row if cell.value]
    on_paper, in_excel = text_of(pdf.data), "\n".join(cell.value for cell in cells)
    assert {cell.data_type for cell in cells} == {"s"}
    for words in (
        "整治报告",
        "示例文旅局",
        "已检查 1，共 3",
        "歌舞娱乐",
        "夜莺酒吧已整改",
        "示例办〔2026〕7号",
    ):
        assert words in page, words
        assert words.replace(" ", "") in on_paper, words
        assert words in in_excel, words
    assert pdf.headers["Content-Disposition"] == "attachment; filename=sweep-1-report.pdf"


def test_the_schools_copy_names_nobody_and_tells_nothing_of_few(coordinator, under_way, agencies, visit):
    visit(CAFE, broken=1, task_id=under_way[CAFE, agencies.culture], agency_id=agencies.culture)
    close(coordinator)

    copies = [
        coordinator.get(f"{PAGE}/report?copy=school").text.split("<main")[1],
        text_of(coordinator.get(f"{PAGE}/report.pdf?copy=school").data),
    ]

    for copy in copies:
        assert "因场所较少不列数字" in copy.replace("\n", "")
        for secret in ("蓝星网吧", "夜莺酒吧", "发现1", "未改正", "距离不足", "批准"):
            assert secret not in copy, secret


def test_the_school_sees_counts_once_the_sweep_is_closed(coordinator, school, under_way, agencies, visit):
    before = school.get("/own-school").text
    visit(CAFE, broken=1, task_id=under_way[CAFE, agencies.culture], agency_id=agencies.culture)
    close(coordinator)

    page = school.get("/own-school").text

    assert "周边整治结果" not in before
    result = page.split('id="sweeps"')[1].split("</section>")[0]
    assert "范围内 3 家场所，检查任务 3 项，已检查 1 项，未检查 2 项" in result
    assert "因场所较少不列数字" in result
    assert "酒吧" not in result


def test_of_many_venues_the_school_is_told_how_many_had_something_found(
    deployment, coordinator, school, agencies, visit
):
    with deployment.unit_of_work() as session:
        more = [add_venue(session, at(120, 10 * n), name=f"第{n}网吧", area_code=HERE).id for n in range(9)]
    sweep = f"{URL}/{coordinator.post(URL, json=said(**APPROVED)).json['id']}"
    made = send(coordinator, sweep, *((venue, agencies.culture) for venue in [CAFE, *more])).json
    for number, one in enumerate(made):
        visit(one["venue_id"], broken=number < 5, task_id=one["task_id"], agency_id=agencies.culture)
    visit(made[0]["venue_id"], compliant=["ACC-NET-1"], agency_id=agencies.culture)

    close(coordinator)

    assert "检查的 10 家场所中，5 家有问题，共 5 项，已改正 1 项" in school.get("/own-school").text


def test_a_closed_draft_has_no_result_to_show(coordinator, school, draft):
    page = deed(coordinator, draft, deed="close", words="计划取消").text

    assert "计划取消" in page
    assert "周边整治结果" not in school.get("/own-school").text


def test_sweeps_are_listed_by_state_and_begin_on_a_schools_page(coordinator, school, sweep):
    site = coordinator.get(f"/sites/{SCHOOL}").text

    assert f'href="/sweeps/new?site_id={SCHOOL}"' in site
    assert "开学季校园周边整治" in coordinator.get(f"/sweeps?site_id={SCHOOL}&state=approved").text
    assert "没有这样的整治" in coordinator.get("/sweeps?state=closed").text
    assert "发起周边整治" not in coordinator.get("/sites/3").text
    assert school.get("/sweeps").status_code == 403


def test_a_draft_is_changed_on_its_page(coordinator, draft):
    later = (today() + timedelta(days=30)).isoformat()
    told = {"name": "改名整治", "radius_m": "500", "from_on": today().isoformat(), "until_on": later}

    page = deed(coordinator, draft, deed="change", **told).text

    assert "改名整治" in page
    assert later in page
    assert "远处网吧" in page
