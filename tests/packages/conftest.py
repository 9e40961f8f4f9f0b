"""A district with venues and schools, and an enrolled tablet of its inspector."""

import pytest
import shapely

from backend.accounts.models import Area
from tests.accounts.enrolling import add_tablet
from tests.intake.conftest import agency, forms, inspector, tablet  # noqa: F401
from tests.packages.carrying import Carrier
from tests.screening.places import DAY, add_site, add_venue, at, square

CAFE, BAR, ELSEWHERE, UNPLACED = 1, 2, 3, 4
SCHOOL, KINDERGARTEN, FAR_SCHOOL, BORDER_SCHOOL = 1, 2, 3, 4


@pytest.fixture
def district(deployment):
    here = {"area_code": "310101"}
    with deployment.unit_of_work() as session:
        session.add(Area(code="310101", name="示例区", place=square(-1000, -1000, 2000)))
        session.add(Area(code="310104", name="邻区", place=square(1000, -1000, 2000)))
        gates = shapely.MultiPoint([at(0, 0), at(100, 100)])
        add_site(session, square(0, 0, 100), name="第一小学", gates=gates, address="示例路1号", **here)
        add_site(session, shapely.Point(at(300)), "kindergarten", name="阳光幼儿园", **here)
        add_site(session, square(2500, 0, 100), name="邻区小学", area_code="310104")
        add_site(session, square(1200, 0, 100), name="交界小学", area_code="310104")
        licence = {"issued_on": DAY.replace(year=2019), "expires_on": DAY.replace(year=2030)}
        known = {"address": "示例路8弄", "operator_name": "张三", "credit_code": "91350100M000100Y43"}
        add_venue(session, at(150, 50), name="蓝星网吧", licence=licence, **known, **here)
        add_venue(session, at(-150, 50), "bar", name="夜莺酒吧", **here)
        add_venue(session, at(2550, 50), name="邻区网吧", area_code="310104")
        add_venue(session, None, name="无址网吧", **here)


@pytest.fixture
def token(deployment, inspector, agency):  # noqa: F811
    return add_tablet(deployment, user_id=inspector, agency_id=agency)[1]


@pytest.fixture
def carrier(app, district, token):
    """The inspector's tablet: internet cafes of one district."""
    return Carrier(app, token)
