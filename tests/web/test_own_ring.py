"""The whole demo: a school that tries every id at every door finds no ring but its own."""

import math
from collections import Counter
from itertools import product

import pytest
from sqlalchemy import func, select

from backend.accounts.auth import Role
from backend.app import create_app
from backend.cli.demo_tasks import person_of
from backend.core.days import today
from backend.core.db import Base
from backend.core.deployment import Deployment
from backend.proposals.models import Proposal
from backend.protected_sites.models import Site
from backend.screening.surroundings import surroundings
from backend.venues.models import Venue
from backend.web.sites import RANGES_M
from tests.command import humiao
from tests.people import desk
from tests.web.routes import PUBLIC, Route, routes

NUMBERED = ("sites", "venues", "tips", "tasks", "visits", "users", "agencies", "envelopes", "devices")
TILES = {"tiles.register", "tiles.base"}
# What the law has published (娱乐条例 34) everybody reads, whatever ring it stands in.
PUBLISHED = {"pages.credit_public", "pages.credit_public_csv", "credit.published"}


@pytest.fixture
def demo(settings):
    humiao(settings, "demo")
    deployment = Deployment.open(settings)
    yield deployment
    deployment.engine.dispose()


def names_of_others(session, deployment):
    """Names and references of every other school, and of every venue beyond the farthest range."""
    scope = person_of(session, "school").scope
    own = session.get_one(Site, scope.site_id)
    around = surroundings(session, deployment.settings, scope, own, on=today(), within_m=max(RANGES_M))
    near, known = {row.venue.id for row in around}, {own.name, own.ref}
    known |= {name for row in around for name in (row.venue.name, row.venue.ref)}
    others = [*session.scalars(select(Site)), *session.scalars(select(Venue).where(Venue.id.not_in(near)))]
    return {name for one in others for name in (one.name, one.ref) if name} - known


def addresses(app, session, route: Route):
    """The addresses of a door with every id that the demo has."""
    tables = (Base.metadata.tables[name] for name in NUMBERED)
    most = max(session.scalar(select(func.max(table.c.id))) or 0 for table in tables)
    uuids = session.scalars(select(Proposal.uuid)).all()
    every = {"IntegerConverter": range(1, most + 1), "UUIDConverter": uuids}
    kinds = {name: type(one).__name__ for name, one in route.rule._converters.items()}
    if route.rule.endpoint in TILES:
        yield from (route.address(app, z=z, x=x, y=y) for z, x, y in tiles(session))
    else:
        asked = [every.get(kind, ["absent"]) for kind in kinds.values()]
        for values in product(*asked):
            yield route.address(app, **dict(zip(kinds, values, strict=True)))


def tiles(session):
    """Every tile of the district that names what it draws."""
    spots = [one for one in session.scalars(select(Venue.place)) if one is not None]
    for z in (14, 16):
        n = 2**z
        rows = (math.asinh(math.tan(math.radians(one.y))) / math.pi for one in spots)
        at = [
            (int((one.x + 180) / 360 * n), int((1 - row) / 2 * n))
            for one, row in zip(spots, rows, strict=True)
        ]
        xs, ys = zip(*at, strict=True)
        yield from product([z], range(min(xs), max(xs) + 1), range(min(ys), max(ys) + 1))


def test_a_school_reaches_no_other_ring_whatever_id_it_tries(demo):
    app, told, answered = create_app(demo), [], Counter()
    with demo.reading() as session:
        others, school = names_of_others(session, demo), desk(app, person_of(session, "school").id)
        open_to_it = [
            route for route in routes(app)
            if route.method == "GET" and (Role.REPORTER in route.roles or route.name in PUBLIC)
            if route.rule.endpoint not in PUBLISHED
        ]  # fmt: skip
        for route in open_to_it:
            for address in addresses(app, session, route):
                answer = school.get(address, buffered=True)
                answered[route.rule.endpoint] = answered.get(route.rule.endpoint, 0) + (
                    answer.status_code == 200
                )
                told += [(address, name) for name in others if name.encode() in answer.data]

    assert len(others) > 50
    assert told == []
    assert answered["sites.Site"] == answered["nearby.Nearby"] == 1
    assert answered["pages.own_school"] == answered["pages.own_month"] == 1
