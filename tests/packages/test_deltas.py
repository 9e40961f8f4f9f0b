"""What a tablet lacks: after each change it holds what a new tablet would get, and little is sent for it."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, select, update

from backend.accounts import actions as accounts
from backend.accounts import queries
from backend.accounts.models import Agency, UserArea
from backend.packages import actions
from backend.packages.versions import Version
from backend.protected_sites.models import Site
from backend.rulebook.models import RulebookVersion
from backend.venues.models import Licence, Venue, VenueActivity
from tests.accounts.enrolling import add_tablet
from tests.packages.carrying import Carrier, read
from tests.packages.conftest import BAR, CAFE, ELSEWHERE, SCHOOL
from tests.screening.places import add_site, add_venue, at, square


@pytest.fixture
def same(app, token):
    """Whether a tablet holds what a new one would get now."""

    def check(carrier):
        fresh = Carrier(app, token)
        fresh.take()
        return fresh.held == carrier.held

    return check


def change(deployment, *statements):
    with deployment.unit_of_work() as session:
        for statement in statements:
            session.execute(statement)


def test_where_nothing_changed_nothing_is_sent(carrier, same):
    carrier.take()

    assert carrier.take() == []
    assert carrier.manifest["completes"] is not None
    assert carrier.size < 1200
    assert same(carrier)


def _venue(venue_id, **values):
    return update(Venue).where(Venue.id == venue_id).values(**values)


def _redrawn():
    return update(Site).where(Site.id == SCHOOL).values(place=square(5, 5, 90))


@pytest.mark.parametrize(
    ("statement", "sent"),
    [
        pytest.param(_venue(CAFE, name="红星网吧"), ["venues"], id="renamed"),
        pytest.param(delete(Licence).where(Licence.venue_id == CAFE), ["venues"], id="without a licence"),
        pytest.param(delete(Venue).where(Venue.id == CAFE), ["venues"], id="gone"),
        pytest.param(_venue(CAFE, area_code="310104"), ["venues"], id="away"),
        pytest.param(_venue(ELSEWHERE, area_code="310101"), ["venues"], id="in"),
        pytest.param(
            update(VenueActivity).where(VenueActivity.venue_id == CAFE).values(activity="bar"),
            ["venues"], id="does something else",
        ),
        pytest.param(
            update(VenueActivity).where(VenueActivity.venue_id == BAR).values(activity="internet_cafe"),
            ["venues"], id="does it now",
        ),
        pytest.param(_redrawn(), ["sites"], id="redrawn"),
        pytest.param(delete(Site).where(Site.id == SCHOOL), ["sites"], id="a school closes"),
    ],
)  # fmt: skip
def test_each_change_is_sent_alone(carrier, deployment, same, statement, sent):
    carrier.take()
    change(deployment, statement)

    assert carrier.take() == [(name, "changes") for name in sent]
    assert same(carrier)


def test_the_numbers_of_what_is_gone_are_named(carrier, deployment):
    carrier.take()
    assert CAFE in carrier.held["venues"]
    change(deployment, delete(Venue).where(Venue.id == CAFE))

    carrier.take()

    assert CAFE not in carrier.held["venues"]


@pytest.mark.parametrize("seed", range(4))
def test_after_any_changes_a_tablet_holds_what_a_new_one_would_get(carrier, deployment, same, seed):
    dice = random.Random(seed)
    carrier.take()

    for _ in range(6):
        with deployment.unit_of_work() as session:
            for _ in range(dice.randint(1, 5)):
                _any_change(session, dice)
        if dice.random() < 0.7:
            carrier.take()
    carrier.take()

    assert same(carrier)


def _any_change(session, dice):
    area = {"area_code": dice.choice(["310101", "310101", "310104", None])}
    spot = at(dice.uniform(-900, 900), dice.uniform(-900, 900))
    what = dice.choice(["new", "new site", "rename", "move", "drop", "drop site", "activity", "licence"])
    venues, sites = list(session.scalars(select(Venue))), list(session.scalars(select(Site)))
    if what == "new" or not venues or not sites:
        add_venue(session, spot, dice.choice(["internet_cafe", "bar"]), **area)
    elif what == "new site":
        add_site(session, square(dice.uniform(-2500, 2500), 0, 50), **area)
    elif what == "rename":
        dice.choice(venues).name = f"网吧{dice.random()}"
    elif what == "move":
        dice.choice(venues).area_code = area["area_code"]
    elif what == "drop":
        session.delete(dice.choice(venues))
    elif what == "drop site":
        session.delete(dice.choice(sites))
    elif what == "activity":
        dice.choice(venues).activities[0].activity = dice.choice(["internet_cafe", "hotel"])
    else:
        dice.choice(venues).licences = [Licence(activity="bar", number=str(dice.random()))]
    session.flush()


def test_what_is_written_before_a_package_and_committed_after_it_is_not_missed(carrier, deployment, same):
    if deployment.is_sqlite:
        pytest.skip("only on PostgreSQL: SQLite lets one write at a time")
    with deployment.engine.connect() as late:
        late.execute(_venue(CAFE, name="红星网吧"))
        change(deployment, _venue(BAR, name="百灵酒吧"))
        carrier.take()
        assert carrier.held["venues"][CAFE]["name"] == "蓝星网吧"
        late.commit()

    assert ("venues", "changes") in carrier.take()
    assert carrier.held["venues"][CAFE]["name"] == "红星网吧"
    assert same(carrier)


def test_a_new_version_of_the_law_is_sent_alone(carrier, deployment):
    carrier.take()
    known = carrier.held["law"]["version"]
    with deployment.unit_of_work() as session:
        newest = session.get_one(RulebookVersion, known)
        same = {"content_hash": newest.content_hash, "document": newest.document}
        when = {"loaded_at": newest.loaded_at, "loaded_by": "tester"}
        session.add(RulebookVersion(number=known + 1, **same, **when))

    assert carrier.take() == [("law", "full")]
    assert carrier.held["law"]["version"] == known + 1


def test_new_forms_are_sent_alone(carrier, forms, deployment, monkeypatch):
    carrier.take()
    (forms / "current.json").write_text("{}")

    assert carrier.take() == [("forms", "full")]
    assert carrier.held["forms"] == []


@pytest.mark.parametrize(
    "token_said",
    ["", "nonsense", "2.0123456789.5.012345.012345.012345.1-012345", "9" * 80, "2.zz.1.x.y.1-2"],
)
def test_an_unknown_version_means_all_of_it(carrier, token_said):
    carrier.take()

    assert [kind for _, kind in carrier.take(since=token_said)] == ["full"] * 9
    assert carrier.manifest["completes"] is None


def test_what_is_too_long_for_a_version_is_refused(carrier):
    assert carrier.ask(since="1" * 81).status_code == 422


@pytest.mark.parametrize(("days", "is_completed"), [(29, True), (30, False)])
def test_a_version_from_before_a_month_means_all_of_it(deployment, carrier, token, days, is_completed):
    carrier.take()
    later = datetime.now(UTC) + timedelta(days=days)
    with deployment.reading() as session:
        hashed = accounts.token_hash(session, "device", token)
        tablet = queries.device_by_token(session, hashed, datetime.now(UTC))[1]

    taken = actions.take(deployment, tablet, since=carrier.version, now=later)

    assert (read(taken.content, deployment.keys.package_public)[1] == []) is is_completed


def test_a_version_of_a_time_that_a_backup_undid_means_all_of_it(carrier, deployment):
    carrier.take()
    version = Version.read(carrier.version)

    for never in (
        replace(version, mark=version.mark + 10_000),
        replace(version, witness=version.witness + 1000),
        replace(version, witness_hash="0" * 6),
        replace(version, witness=0),
    ):
        assert [kind for _, kind in carrier.take(since=str(never))] == ["full"] * 9
    assert carrier.take(since=str(version)) == []


def test_a_tablet_that_gets_other_areas_or_activities_gets_all_of_it(
    carrier, deployment, same, agency, inspector
):
    carrier.take()
    with deployment.unit_of_work() as session:
        session.add(UserArea(user_id=inspector, code="310104"))
    assert [kind for _, kind in carrier.take()] == ["full"] * 9
    assert ELSEWHERE in carrier.held["venues"]

    with deployment.unit_of_work() as session:
        session.get_one(Agency, agency).activities = ["bar"]
    assert [kind for _, kind in carrier.take()] == ["full"] * 9
    assert list(carrier.held["venues"]) == [BAR]
    assert same(carrier)


def test_where_much_has_changed_all_of_it_is_sent(carrier, deployment, same, monkeypatch):
    monkeypatch.setattr(actions, "MOST_CHANGES", 3)
    carrier.take()
    with deployment.unit_of_work() as session:
        for number in range(4):
            add_venue(session, at(number * 10), area_code="310101")

    assert [kind for _, kind in carrier.take()][:2] == ["full", "full"]
    assert same(carrier)


def test_a_register_is_packed_once_for_many_tablets(app, deployment, carrier, inspector, agency, monkeypatch):
    packed, really = [], actions._full
    monkeypatch.setattr(actions, "_full", lambda *words: packed.append(1) or really(*words))
    carrier.take()
    change(deployment, update(Venue).where(Venue.id == CAFE).values(name="红星网吧"))
    colleague = Carrier(app, add_tablet(deployment, user_id=inspector, agency_id=agency)[1])

    assert [name for name, kind in colleague.take() if kind == "changes"] == ["venues"]
    assert colleague.held["venues"][CAFE]["name"] == "红星网吧"
    assert len(packed) == 3  # venues, sites and visits, once each


def test_a_damaged_base_is_packed_anew(app, deployment, carrier, settings, same):
    carrier.take()
    (base,) = (settings.var_dir / "packages").glob("*.base")
    base.write_bytes(base.read_bytes()[:-10])

    fresh = Carrier(app, carrier.shown["Authorization"].removeprefix("Bearer "))
    fresh.take()

    assert fresh.held == carrier.held


def test_nobody_else_on_the_machine_reads_a_base(carrier, settings):
    carrier.take()
    folder = settings.var_dir / "packages"

    assert folder.stat().st_mode & 0o077 == 0
    assert all(path.stat().st_mode & 0o077 == 0 for path in folder.glob("*.base"))
