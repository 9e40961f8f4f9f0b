"""Inspections as files: in scope, without officers and typed words, safe in a spreadsheet, on the record."""

import csv
import io
import json

import pytest
from sqlalchemy import select

from backend.accounts.auth import Role
from backend.core.audit import AuditEntry
from backend.inspections.exports import AT_ONCE, COLUMNS
from tests.inspections.visited import add_visit
from tests.people import desk_of
from tests.screening.places import add_venue, at

FORMULA = "=HYPERLINK(1)"


@pytest.fixture
def supervisor(app):
    return desk_of(app, Role.SUPERVISOR, areas=("310101",))


@pytest.fixture
def visits(deployment):
    with deployment.unit_of_work() as session:
        venue = add_venue(session, at(0), area_code="310101", name=FORMULA)
        old = add_visit(
            session, venue_id=venue.id, lon=121.47, lat=31.23, found=1, review=1, flags=("same_day",)
        )
        add_visit(session, corrects=old.instance_id, activity="bar")
        add_visit(session, area_code="310104")


def lines(desk, query=""):
    answer = desk.get(f"/api/v1/visits.csv{query}")
    assert answer.data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))


def test_a_line_holds_the_facts_of_a_visit_and_no_formula(supervisor, visits):
    correction, old = lines(supervisor)

    assert tuple(old) == COLUMNS
    assert old["venue_name"] == f"'{FORMULA}"
    assert (old["violations_found"], old["violations_to_review"], old["flags"]) == (
        "ACC-NET-1",
        "ACC-NET-1",
        "same_day",
    )
    assert (old["corrected_by"], correction["corrected_by"]) == (correction["visit_id"], "")


def test_geojson_has_a_feature_a_visit(supervisor, visits):
    answer = supervisor.get("/api/v1/visits.geojson")
    correction, old = json.loads(answer.data)["features"]

    assert answer.content_type == "application/geo+json"
    assert old["geometry"] == {"type": "Point", "coordinates": [121.47, 31.23]}
    assert correction["geometry"] is None
    assert old["properties"]["venue_name"] == FORMULA


def test_nothing_fits_is_a_file_too(supervisor):
    assert lines(supervisor) == []
    assert json.loads(supervisor.get("/api/v1/visits.geojson").data) == {
        "type": "FeatureCollection",
        "features": [],
    }


def test_filters_and_scope_hold_for_files(app, supervisor, visits):
    assert [one["activity"] for one in lines(supervisor, "?activity=bar")] == ["bar"]
    assert len(lines(supervisor, "?only_current=true")) == 1
    assert len(lines(desk_of(app, Role.SUPERVISOR, areas=("310104",)))) == 1
    assert desk_of(app, Role.ASSISTANT, areas=("310101",)).get("/api/v1/visits.csv").status_code == 403


def test_each_export_is_in_the_audit_trail(deployment, supervisor, visits):
    lines(supervisor, "?activity=bar")
    supervisor.get("/api/v1/visits.geojson").close()

    with deployment.reading() as session:
        noted = session.scalars(select(AuditEntry).where(AuditEntry.deed == "visit.export"))
        assert [entry.detail for entry in noted] == [{"as": "csv", "activity": "bar"}, {"as": "geojson"}]


def test_no_visit_is_lost_or_twice_between_two_parts(deployment, supervisor, monkeypatch):
    monkeypatch.setattr("backend.inspections.exports.AT_ONCE", 3)
    with deployment.unit_of_work() as session:
        ids = [add_visit(session).id for _ in range(7)]

    assert [int(one["visit_id"]) for one in lines(supervisor)] == sorted(ids, reverse=True)
    assert AT_ONCE == 1000
