"""The register, a venue, sites and a school's surroundings: who sees what, and what the page says of it."""

import csv
import io
import re

import pytest
import shapely

from backend.accounts.auth import Role
from backend.core.spreadsheets import plain_cell
from backend.protected_sites.models import Site
from backend.web.static_files import FOLDER
from tests.screening.places import add_site, add_venue, at, square
from tests.web.conftest import BAR, CAFE, ELSEWHERE, FAR_SCHOOL, KINDERGARTEN, NOTE, SCHOOL, UNPLACED

pytestmark = pytest.mark.usefixtures("district")
HOSTILE = """<script>alert(1)</script>"'&</svg><b onclick=x>"""
READERS = (Role.INSPECTOR, Role.ASSISTANT, Role.SUPERVISOR, Role.LEGAL_REVIEWER, Role.COORDINATOR)


def names_in(page):
    """The names in the first column after 序号, in order."""
    return re.findall(r'data-label="名称"><div><a href="[^"]+">([^<]+)</a>', page)


def content_of(page):
    """The page without its frame, whose menu names other things."""
    return page.split("<main")[1]


def weight(page):
    """Bytes of a page with everything that it loads."""
    loaded = set(re.findall(rb'(?:href|src)="/static/[^/]+/([^"]+)"', page))
    return len(page) + sum((FOLDER / name.decode()).stat().st_size for name in loaded)


@pytest.mark.parametrize("role", READERS)
def test_the_register_lists_the_venues_of_ones_area_and_agency(people, role):
    page = people(role).get("/venues").text

    assert names_in(page) == ["蓝星网吧", "无址网吧"]
    assert "共 2 条" in page
    assert "名录按 2026-11-21 的规定核查，规则库第 1 版" in page


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("text=蓝星", ["蓝星网吧"]),
        ("text=示例路", ["蓝星网吧"]),
        ("text=沪网文", ["蓝星网吧"]),
        ("text=%25", []),
        ("activity=bar", ["夜莺酒吧"]),
        ("verdict=inside", ["蓝星网吧", "邻区网吧"]),
        ("verdict=survey", ["夜莺酒吧"]),
        ("verdict=not_configured", []),
        ("verdict=clear", []),
        ("verdict=no_position", ["无址网吧"]),
        ("area=310104", ["邻区网吧"]),
        ("area=310101&verdict=inside&text=网吧", ["蓝星网吧"]),
    ],
)
def test_filters_of_the_register(people, asked, names):
    everywhere = people(Role.COORDINATOR, areas=("",), agency_id=None)

    page = everywhere.get(f"/venues?{asked}").text

    assert names_in(page) == names
    assert f"共 {len(names)} 条" in page
    assert bool(names) != ("没有符合条件的场所" in page)


@pytest.mark.parametrize("asked", ["verdict=guilty", "text=" + "x" * 65, "area=" + "1" * 17])
def test_a_filter_that_is_none_is_refused(supervisor, asked):
    assert supervisor.get(f"/venues?{asked}").status_code == 422


def test_verdicts_stand_beside_their_venues_in_words(people):
    page = people(Role.COORDINATOR, areas=("",), agency_id=None).get("/venues").text

    said = re.findall(r'data-label="距离核查"><div><span class="chip chip-(\w+)">([^<]+)<', page)
    assert said == [
        ("inside", "距离不足"),
        ("survey", "须现场测量"),
        ("inside", "距离不足"),
        ("plain", "没有位置"),
    ]


def test_twenty_venues_a_page(supervisor, deployment):
    with deployment.unit_of_work() as session:
        for number in range(20):
            add_venue(session, at(10 * number, 900), name=f"网吧{number}", area_code="310101")

    first, second = (supervisor.get(f"/venues?page={number}").text for number in (1, 2))

    assert (len(names_in(first)), len(names_in(second))) == (20, 2)
    assert "共 22 条" in first
    assert "共 22 条" in second
    assert '<td class="count" data-label="序号">21</td>' in second


def test_an_empty_register_says_what_to_do(people):
    assert "humiao import venues" in people(Role.SUPERVISOR, areas=("310199",)).get("/venues").text


def test_the_export_holds_the_filtered_list_and_no_formula(supervisor, deployment):
    with deployment.unit_of_work() as session:
        add_venue(session, at(0, 900), name="=1+1", address="@SUM(A1)", area_code="310101")

    answer = supervisor.get("/venues.csv?verdict=inside")
    rows = list(csv.reader(io.StringIO(supervisor.get("/venues.csv").data.decode("utf-8-sig"))))

    assert answer.data.startswith(b"\xef\xbb\xbf")
    assert answer.headers["Content-Disposition"] == "attachment; filename=venues.csv"
    assert answer.text.count("\n") == 2
    assert [row[2] for row in rows] == ["名称", "蓝星网吧", "无址网吧", "'=1+1"]
    assert rows[1][3:6] == ["网吧", "示例路8弄", "示例区"]
    assert rows[3][4] == "'@SUM(A1)"


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", " =1", "\t=1", "＝1"])
def test_a_cell_never_begins_a_formula(text):
    assert plain_cell(text) == "'" + text
    assert plain_cell(f"a{text}") == f"a{text}"
    assert plain_cell(-1.5) == -1.5


def test_a_venue_shows_each_rule_with_its_reason_and_citation(supervisor):
    page = supervisor.get(f"/venues/{CAFE}").text

    assert "与“第一小学”的实际距离最多" in page
    assert "小于 200 米" in page
    assert "《互联网上网服务营业场所管理条例》（2022-03-29修订）第九条" in page
    assert "还没有部门确定这一距离，不能判断。应由市文化旅游部门" in page
    assert "<dt>应由谁确定</dt><dd>市文化旅游部门" in page
    assert "学校在先" in page
    assert "沪网文〔2019〕0001号" in page
    assert "已过期" in page
    assert "蓝星公司" in page


def test_a_venue_shows_its_sketch_with_legend_and_scale(supervisor):
    figure = supervisor.get(f"/venues/{CAFE}").text.split("<figure")[1].split("</figure>")[0]

    assert 'role="img" aria-label="“第一小学”与周边场所的位置示意图"' in figure
    assert "200 米范围线（网吧与小学" in figure
    assert "场所：距离不足" in figure
    assert re.search(r'class="scale".*\d+ 米', figure)


def test_a_way_of_measuring_that_nobody_laid_down_accuses_nobody(people):
    page = people(Role.COORDINATOR, agency_id=None).get(f"/venues/{BAR}").text

    assert "怎样量没有规定：须现场测量，不能据此认定" in page
    assert "chip-inside" not in page


def test_a_venue_without_a_position_says_so(supervisor):
    page = supervisor.get(f"/venues/{UNPLACED}").text

    assert "没有这家场所的位置，无法核查距离" in page
    assert "<figure" not in page


@pytest.mark.parametrize("role", READERS)
@pytest.mark.parametrize("address", [f"/venues/{ELSEWHERE}", f"/venues/{BAR}", f"/sites/{FAR_SCHOOL}"])
def test_what_is_out_of_scope_is_not_there(people, role, address):
    at_other_agency = address == f"/venues/{BAR}"
    everywhere = people(role, areas=("",), agency_id=None)

    assert people(role).get(address).status_code == 404
    assert everywhere.get(address).status_code == 200
    assert at_other_agency or people(role, agency_id=None).get(address).status_code == 404


def test_sites_are_listed_filtered_and_exported(supervisor):
    page = supervisor.get("/sites").text

    assert names_in(page) == ["第一小学", "阳光幼儿园"]
    assert names_in(supervisor.get("/sites?kind=kindergarten").text) == ["阳光幼儿园"]
    assert names_in(supervisor.get("/sites?text=第一").text) == ["第一小学"]
    assert "校园边界" in page
    assert supervisor.get("/sites.csv").text.count("\n") == 3
    assert supervisor.get("/sites?kind=prison").status_code == 422


def test_a_sites_surroundings_are_sorted_by_distance(people):
    page = people(Role.COORDINATOR, agency_id=None).get(f"/sites/{SCHOOL}?within=500").text

    assert names_in(page) == ["蓝星网吧", "夜莺酒吧"]
    assert re.findall(r'data-label="距离">([\d.]+) 米', page) == ["50.0", "150.0"]
    assert "场所：距离不足" in page
    assert "200 米范围线（网吧、歌舞娱乐、游艺娱乐、酒吧）" in page


def test_nothing_is_drawn_as_a_ring_where_no_radius_is_set(supervisor):
    assert "米范围线" not in supervisor.get(f"/sites/{KINDERGARTEN}").text


def test_a_school_sees_only_the_allowed_words(school, visited):
    page = content_of(school.get("/own-school").text)

    labels = dict.fromkeys(re.findall(r'data-label="([^"]+)"', page))
    assert list(labels) == ["序号", "名称", "业态", "距校园边界", "许可证号", "状态"]
    assert re.findall(r'data-label="名称">([^<]+)<', page) == ["蓝星网吧", "夜莺酒吧"]
    assert "沪网文〔2019〕0001号" in page
    for secret in (
        "违法",
        "距离不足",
        "检查",
        "蓝星公司",
        "示例路8弄",
        NOTE,
        "chip-inside",
        "#a4000f",
        "/venues/",
    ):
        assert secret not in page, secret


@pytest.mark.parametrize(
    ("place", "gates", "labels"),
    [
        pytest.param(square(0, 0, 100), [at(50)], ["距校园边界", "距最近校门"], id="outline and gate"),
        pytest.param(shapely.Point(at(50)), [at(60)], ["距最近校门", "距校园位置点"], id="point and gate"),
        pytest.param(shapely.MultiPoint([at(50)]), None, ["距最近校门"], id="gates only"),
        pytest.param(shapely.Point(at(50)), None, ["距校园位置点"], id="a point only"),
    ],
)
def test_a_school_sees_every_distance_that_is_known(school, deployment, place, gates, labels):
    with deployment.unit_of_work() as session:
        known = session.get_one(Site, SCHOOL)
        known.place, known.gates = place, gates and shapely.MultiPoint(gates)

    page = school.get("/own-school").text

    assert list(dict.fromkeys(re.findall(r'data-label="(距[^"]+)">\d+\.\d 米', page))) == labels


def test_what_is_too_near_looks_to_a_school_like_what_has_to_be_measured(school):
    page = content_of(school.get("/own-school").text)

    assert set(re.findall(r'data-label="状态"><div><span class="([^"]+)">([^<]+)<', page)) == {
        ("chip chip-survey", "距离待复核")
    }


@pytest.mark.parametrize(
    "address",
    [f"/sites/{SCHOOL}", f"/sites/{KINDERGARTEN}", f"/sites/{FAR_SCHOOL}", "/sites", "/sites.csv",
     "/venues", "/venues.csv", f"/venues/{CAFE}", "/visits/1", "/problems", "/flagged"],
)  # fmt: skip
def test_a_school_sees_nothing_else(school, visited, address):
    assert school.get(address).status_code in (403, 404)


def test_an_account_without_a_school_is_told_whom_to_ask(people):
    assert "安全管理员" in people(Role.REPORTER, site_id=None).get("/own-school").text


def test_hostile_names_stay_text(app, people, deployment):
    with deployment.unit_of_work() as session:
        name = {"name": HOSTILE, "address": HOSTILE, "area_code": "310101"}
        venue_id = add_venue(session, at(0, 2050), operator_name=HOSTILE, **name).id
        site_id = add_site(session, square(0, 2000, 20), **name).id

    everybody = people(Role.SUPERVISOR), people(Role.REPORTER, site_id=site_id)
    addresses = ("/venues", f"/venues/{venue_id}", "/sites", f"/sites/{site_id}", "/own-school")
    pages = [client.get(address).text for client in everybody for address in addresses]

    shown = [page for page in pages if "&lt;script&gt;alert(1)" in page]
    assert len(shown) == 5  # the school's one among them
    assert not any("<script>alert" in page or "<b onclick" in page for page in pages)


def test_a_schools_page_is_light(school, deployment):
    with deployment.unit_of_work() as session:
        for number in range(150):
            add_venue(session, at(number % 12 * 30, 110 + number % 9 * 30), name=f"长一点的店名{number}")

    page = school.get("/own-school").data

    assert page.count(b'data-label="') > 900
    assert weight(page) < 300_000


@pytest.mark.parametrize("address", ["/report", "/tips", "/gates", "/month"])
def test_no_page_of_the_portal_is_heavy(school, address):
    page = school.get(f"/own-school{address}").data

    assert weight(page) < 300_000


def test_in_english_nothing_is_left_in_chinese(people, deployment):
    with deployment.unit_of_work() as session:
        plain = {"name": "Blue Star", "address": "8 Sample Road", "area_code": "31"}
        add_venue(session, at(0, 3150), ref="venues:x", **plain)
        site_id = add_site(session, shapely.Point(at(0, 3000)), ref="sites:x", **plain).id
    staff = people(Role.SUPERVISOR, areas=("31",), display_name="Lee", agency_id=None)
    school = people(Role.REPORTER, areas=("31",), site_id=site_id, display_name="Lee", agency_id=None)

    for client, addresses in (
        (
            staff,
            (
                "/venues?text=Blue",
                "/sites?text=Blue",
                f"/sites/{site_id}",
                "/problems",
                "/flagged",
                "/venues?text=zz",
            ),
        ),
        (school, ("/own-school",)),
    ):
        client.set_cookie("__Host-humiao-language", "en")
        for address in addresses:
            page = content_of(client.get(address).text)
            assert re.findall(r"[\u4e00-\u9fff]+", page) in ([], ["示例区", "邻区"]), address
