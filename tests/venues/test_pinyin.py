"""Venues are found by what one types: pinyin and initials, made anew for what was renamed."""

import pytest
from sqlalchemy import select, update

from backend.venues import pinyin
from backend.venues.models import Venue
from tests.screening.places import add_venue


@pytest.mark.parametrize(
    ("text", "syllables", "initials"),
    [
        ("蓝星网吧", "lan xing wang ba", "lxwb"),
        ("重庆路8弄", "chong qing lu 8 nong", "cql8n"),
        ("KTV·夜莺（人民广场店）", "ktv ye ying ren min guang chang dian", "kyyrmgcd"),
        ("！！", "", ""),
        ("", "", ""),
        (None, None, None),
    ],
)
def test_a_name_is_spelled_as_one_types_it(text, syllables, initials):
    assert pinyin.spell(text) == (syllables, initials)


def spell_all(deployment):
    with deployment.unit_of_work() as session:
        return pinyin.write(session, by="tester")


def spelled(deployment):
    with deployment.reading() as session:
        return list(session.scalars(select(Venue.name_initials).order_by(Venue.id)))


def test_only_what_is_new_or_renamed_is_spelled(deployment, monkeypatch):
    monkeypatch.setattr(pinyin, "_BATCH", 2)
    with deployment.unit_of_work() as session:
        for name in ("蓝星", "夜莺", "红旗", None, "！"):
            add_venue(session, None, name=name)

    assert spell_all(deployment) == 4
    assert spelled(deployment) == ["lx", "yy", "hq", None, ""]
    assert spell_all(deployment) == 0

    with deployment.unit_of_work() as session:
        session.execute(update(Venue).where(Venue.id == 2).values(name="百灵"))
        session.execute(update(Venue).where(Venue.id == 1).values(name="蓝星"))
    assert spelled(deployment) == ["lx", None, "hq", None, ""]
    assert spell_all(deployment) == 1
    assert spelled(deployment)[1] == "bl"


def test_an_address_that_came_later_is_spelled(deployment):
    with deployment.unit_of_work() as session:
        add_venue(session, None, name="蓝星")
    spell_all(deployment)
    with deployment.unit_of_work() as session:
        session.scalars(select(Venue)).one().address = "示例路8弄"

    assert spell_all(deployment) == 1
    with deployment.reading() as session:
        venue = session.scalars(select(Venue)).one()
    assert (venue.name_pinyin, venue.address_pinyin) == ("lan xing", "shi li lu 8 nong")
