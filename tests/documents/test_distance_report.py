"""The report on distances: every number, what it rests on, and the hashes of its places."""

import hashlib
from dataclasses import replace

import pytest
import shapely
from sqlalchemy import select

from backend.accounts.models import Agency
from backend.accounts.rules import Role
from backend.accounts.scope import Scope
from backend.core.errors import NotFound
from backend.documents.distance_report import distance_report
from backend.documents.measured import distance_facts
from backend.rulebook import queries as rulebook
from backend.screening.actions import screen
from backend.screening.models import MeasuredPlace
from tests.screening.places import DAY, NOW, add_site, add_venue, at, square

EVERYTHING = Scope(("",), None, 1, Role.SUPERVISOR)
AGENCY = Agency(
    code="culture", name_zh="示例区文化和旅游局（虚构）", name_en="Culture bureau", activities=None
)


@pytest.fixture
def cafe(deployment):
    """A cafe 50 m from a school's wall, 300 m from another school of which one point is known."""
    with deployment.unit_of_work() as session:
        add_site(session, square(0, 0, 100), name="第一小学", opened_on=DAY.replace(year=2010))
        add_site(session, shapely.Point(at(450, 50)), "middle", name="示例中学")
        add_venue(session, at(150, 50), "internet_cafe", "bar", name="蓝星网吧", accuracy_m=1.0)
        return add_venue(session, None, name="无址网吧").id - 1


def facts_of(deployment, venue_id, scope=EVERYTHING):
    from backend.venues.models import Venue

    with deployment.reading() as session:
        venue = session.get_one(Venue, venue_id)
        return distance_facts(session, deployment.settings, scope, venue, AGENCY, on=DAY)


def texts(document):
    blocks = document["blocks"]
    cells = [cell for one in blocks for row in one.get("rows", []) for cell in row]
    return "\n".join([one["text"] for one in blocks if "text" in one] + cells)


def test_a_venue_without_a_position_has_no_report(deployment, cafe):
    with pytest.raises(NotFound):
        facts_of(deployment, cafe + 1)


def test_only_what_the_agency_supervises_is_in_it(deployment, cafe):
    scope = replace(EVERYTHING, activities=frozenset({"bar"}))

    (activity,) = facts_of(deployment, cafe, scope).activities

    assert activity.name == "酒吧"


def test_each_line_says_from_where_how_far_and_what_follows(deployment, cafe):
    internet_cafe = facts_of(deployment, cafe).activities[-1]

    (near, far) = internet_cafe.lines

    assert (near.site, near.verdict, near.measured_from) == ("第一小学", "距离不足", "校园边界上最近的一点")
    assert near.distance_m == pytest.approx(50, abs=0.002)
    assert (near.end_lon, near.end_lat) == pytest.approx(at(100, 50), abs=1e-7)
    assert (far.site, far.verdict, far.measured_from) == ("示例中学", "须现场测量", "校园内已知的一点")


def test_the_places_are_those_that_a_run_would_keep(deployment, cafe):
    said = facts_of(deployment, cafe)

    with deployment.unit_of_work() as session:
        screen(session, deployment.settings, DAY, by="tester", now=NOW)
        kept = set(session.scalars(select(MeasuredPlace.sha256)))

    used = [said.venue.sha256, *(one.sha256 for one in said.sites)]
    assert set(used) <= kept
    assert said.data_version == hashlib.sha256("".join(used).encode()).hexdigest()


def test_the_report_accuses_nobody_and_shows_everything_that_it_rests_on(deployment, cafe):
    said = facts_of(deployment, cafe)
    with deployment.reading() as session:
        made = distance_report(rulebook.current(session), said)

    text = texts(made)

    assert "不是对违法行为的认定" in text
    for part in (said.data_version, said.rulebook_hash, said.venue.sha256, "50.000", "CGCS2000"):
        assert part in text
    assert "《互联网上网服务营业场所管理条例》（2022-03-29修订）第九条" in text
    drawings = [one["svg"] for one in made["blocks"] if one["kind"] == "picture"]
    assert sum("50.0 米" in one for one in drawings) >= 1
