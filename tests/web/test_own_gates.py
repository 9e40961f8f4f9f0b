"""A school corrects its own gates and outline: it proposes, a supervisor decides, and never for another."""

from datetime import timedelta
from uuid import uuid4

import pytest
import shapely
from sqlalchemy import select

from backend.accounts.auth import Role
from backend.accounts.models import Area
from backend.core.days import today
from backend.proposals.models import Proposal
from backend.protected_sites.models import Site
from geodata.crs import to_lonlat
from tests.screening.places import at, square
from tests.web.conftest import FAR_SCHOOL, SCHOOL

pytestmark = pytest.mark.usefixtures("district")
GATES = "/own-school/gates"
HERE = {"lon_1": str(at(0, 50)[0]), "lat_1": str(at(0, 50)[1]), "crs_1": "cgcs2000"}
NORTH, SWAPPED = at(0, 50), {"lon_1": "31.23", "lat_1": "121.47"}
WALL = "\n".join(f"{lon}, {lat}" for lon, lat in square(0, 0, 120).exterior.coords[:-1])
SPREAD = "\n".join(["121.5, 31.26", *WALL.split("\n")[1:]])


def said(**more):
    known = {"uuid": str(uuid4()), "seen_version": "1", "reason": "校方核对"}
    return known | {"effective_on": today().isoformat()} | more


def proposals(deployment):
    with deployment.reading() as session:
        return session.scalars(select(Proposal)).all()


def known(deployment, site_id=SCHOOL):
    with deployment.reading() as session:
        return session.get_one(Site, site_id)


def accept(supervisor, deployment, field="gates"):
    (proposal,) = proposals(deployment)
    picks = {f"pick-{field}": "mine", "deed": "decide", "row_version": "1"}
    return supervisor.post(f"/proposals/{proposal.uuid}", data=picks)


@pytest.fixture
def gated(deployment):
    """The school has two gates in the register."""
    with deployment.unit_of_work() as session:
        session.get_one(Site, SCHOOL).gates = shapely.MultiPoint([at(0, 10), at(100, 10)])


@pytest.mark.parametrize(
    ("more", "words"),
    [
        pytest.param({}, "校门：没有改动", id="nothing changed"),
        pytest.param(HERE | {"crs_1": ""}, "坐标系：请选择坐标系", id="no reference"),
        pytest.param(HERE | {"lon_1": "北门"}, "校门：不正确", id="no number"),
        pytest.param(HERE | {"lon_1": "inf"}, "校门：不正确", id="no number either"),
        pytest.param(HERE | SWAPPED, "经度在前", id="latitude first"),
        pytest.param(HERE | {"lon_1": "121.5"}, "离学校超过 1 公里", id="too far away"),
        pytest.param(HERE | {"reason": ""}, "说明：不能为空", id="no reason"),
        pytest.param(HERE | {"reason": "问 13812345678"}, "手机号", id="a mobile number"),
        pytest.param(HERE | {"effective_on": "soon"}, "从哪天起：不正确", id="no day"),
        pytest.param({"corners": SPREAD, "crs": "cgcs2000"}, "离学校超过 1 公里", id="a corner far off"),
        pytest.param({"corners": "121, 31\n122, 32", "crs": "wgs84"}, "校园边界：不正确", id="two corners"),
        pytest.param({"corners": WALL}, "坐标系：请选择坐标系", id="an outline in no reference"),
        pytest.param({"corners": "\n".join([WALL.split("\n")[at] for at in (0, 2, 1, 3)]), "crs": "cgcs2000"},
                     "连起来不是一个围墙范围", id="lines that cross"),
    ],
)  # fmt: skip
def test_what_cannot_be_so_is_refused(deployment, school, more, words):
    answer = school.post(GATES, data=said(**more))

    assert answer.status_code == 422
    assert words in answer.text
    assert proposals(deployment) == []


def test_a_new_gate_waits_for_a_supervisor_and_then_stands_in_the_register(
    deployment, school, supervisor, gated
):
    sent = school.post(GATES, data=said(**HERE, keep=["1"]))
    before = known(deployment)
    page = school.get(GATES).text
    accepted = accept(supervisor, deployment)

    after = known(deployment).gates
    assert (sent.status_code, accepted.status_code) == (303, 200)
    assert (before.version, before.gates) == (1, shapely.MultiPoint([at(0, 10), at(100, 10)]))
    assert "待审" in page
    assert after.equals_exact(shapely.MultiPoint([at(100, 10), at(0, 50)]), 1e-9)


def test_coordinates_of_a_chinese_map_come_into_the_registers_reference(deployment, school):
    lon, lat = 121.4745, 31.2285

    school.post(GATES, data=said(lon_1=str(lon), lat_1=str(lat), crs_1="gcj02"))

    ((place,),) = [one.fields["gates"]["mine"]["gates"]["coordinates"] for one in proposals(deployment)]
    assert place == pytest.approx(to_lonlat([(lon, lat)], "gcj02")[0])
    assert place != pytest.approx((lon, lat), abs=1e-3)


def test_an_outline_says_which_reference_it_came_in(deployment, school, supervisor):
    with deployment.unit_of_work() as session:
        session.query(Area).filter_by(code="310101").one().place = square(-1000, -1000, 3000)
    school.post(GATES, data=said(corners=WALL, crs="wgs84"))
    accept(supervisor, deployment, "place")

    site = known(deployment)
    assert site.place.equals(square(0, 0, 120))
    assert (site.capture, site.source) == ("map", "校方填报，原坐标 wgs84")


def test_a_school_known_by_its_gates_keeps_them_when_its_outline_comes(deployment, school, supervisor):
    gates = shapely.MultiPoint([at(0, 50)])
    with deployment.unit_of_work() as session:
        session.get_one(Site, SCHOOL).place = gates

    school.post(GATES, data=said(corners=WALL, crs="cgcs2000"))

    (proposal,) = proposals(deployment)
    assert proposal.waiting_fields == ["place", "gates"]
    assert school.post(GATES, data=said()).status_code == 422


def test_what_holds_later_is_not_accepted_before(deployment, school, supervisor):
    day = today() + timedelta(days=1)
    school.post(GATES, data=said(**HERE, effective_on=day.isoformat()))

    (proposal,) = proposals(deployment)
    early = accept(supervisor, deployment)

    assert proposal.effective_on == day
    assert day.isoformat() in supervisor.get(f"/proposals/{proposal.uuid}").text
    assert early.status_code == 409
    assert "要到生效日期才能采纳" in early.text
    assert known(deployment).gates is None


def test_the_same_form_sent_twice_is_kept_once(deployment, school):
    form = said(**HERE)

    answers = [school.post(GATES, data=form).status_code for _ in range(2)]

    assert answers == [303, 303]
    assert len(proposals(deployment)) == 1


@pytest.mark.parametrize("address", ["/api/v1/sites/{}/proposals", "/own-school/gates"])
def test_a_school_proposes_for_itself_only(deployment, school, address):
    school.post(address.format(FAR_SCHOOL), data=said(**HERE, site_id=str(FAR_SCHOOL)))

    assert {one.site_id for one in proposals(deployment)} <= {SCHOOL}
    assert known(deployment, FAR_SCHOOL).version == 1


def test_a_school_is_shown_what_it_sent_itself(people, school, proposal):
    assert "提交过的更正" not in school.get(GATES).text
    assert school.get(proposal).status_code == 403

    school.post(GATES, data=said(**HERE))

    assert school.get(GATES).text.count('data-label="收到时间"') == 1


def test_an_account_without_a_school_is_led_to_who_helps(people):
    nobody = people(Role.REPORTER, site_id=None)

    assert nobody.get(GATES).location == "/own-school"
    assert nobody.post(GATES, data=said()).location == "/own-school"
