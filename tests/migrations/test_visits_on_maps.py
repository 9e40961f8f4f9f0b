"""Visits that were recorded before there were maps are counted like those recorded since."""

from importlib import import_module

from sqlalchemy import select, update

from backend.accounts import actions
from backend.inspections.models import Visit
from tests.inspections.visited import NOW, add_visit
from tests.screening.places import add_venue, at

ON_MAPS = (Visit.id, Visit.cell, Visit.found, Visit.to_review, Visit.several)


def test_older_visits_are_filled_in_as_new_ones_are_recorded(deployment):
    with deployment.unit_of_work() as session:
        names = {"name_zh": "示例局", "name_en": "Example bureau"}
        other = actions.put_agency(session, code="other", activities=None, by="tester", now=NOW, **names).id
        (lon, lat), venue = at(0), add_venue(session, at(3000)).id
        add_visit(session, found=2, review=1, lon=lon, lat=lat)
        add_visit(session, venue_id=venue)
        add_visit(session)
        for agency_id in (None, None, other):
            add_visit(session, visit_no="uuid:one", venue_id=venue, agency_id=agency_id)
        add_visit(session, visit_no="uuid:two")
        add_visit(session, visit_no="uuid:two", lon=lon, lat=lat)
        recorded = session.execute(select(*ON_MAPS).order_by(Visit.id)).all()
        session.execute(update(Visit).values(cell=None, found=0, to_review=0, several=False))

        import_module("backend.migrations.versions.0017_count_visits_on_maps").fill(session.connection())

        assert session.execute(select(*ON_MAPS).order_by(Visit.id)).all() == recorded
    assert [row.several for row in recorded] == [False] * 3 + [True, True, False] + [True, True]
    assert [row.cell is None for row in recorded] == [False, False, True] + [False] * 3 + [True, False]
