"""A package: what is in it and what never is, signed, for a day; and who may take one."""

from base64 import b64decode
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import shapely
from sqlalchemy import select

from backend.accounts.auth import Role
from backend.accounts.models import Agency, Area, Device
from backend.app import create_app
from backend.core.audit import AuditEntry
from backend.core.deployment import Deployment
from backend.packages.law import ON_PAPER
from tests.accounts.enrolling import TabletKey, add_tablet
from tests.inspections.visited import add_visit
from tests.intake.tablet import basic
from tests.packages.carrying import Carrier, read
from tests.packages.conftest import BORDER_SCHOOL, CAFE, KINDERGARTEN, SCHOOL, UNPLACED
from tests.people import add_person, desk_of
from tests.screening.places import at, square

ALLOWED = {
    "venues": {
        "id", "version", "name", "name_pinyin", "name_initials", "address", "address_pinyin",
        "address_initials", "area_code", "credit_code", "established_on", "lon", "lat", "accuracy_m",
        "extent_m", "activities", "licences",
    },
    "sites": {
        "id", "version", "name", "kind", "address", "area_code", "place", "gates", "accuracy_m", "opened_on",
        "closed_on",
    },
    "visits": {"id", "visits", "this_year"},
    "areas": {"code", "name", "outline"},
    "law": {
        "version", "activities", "duties", "clauses", "distance_rules", "distance_settings", "tip_kinds",
        "days", "assumed",
    },
    "forms": {"id", "version", "hash", "sha256", "title", "activity", "media"},
    "tasks": {
        "id", "version", "kind", "trigger", "state", "venue_id", "venue_name", "venue_address", "place_text",
        "lon", "lat", "activities", "reason", "source_no", "check_code", "joint", "visit_on", "due_on",
        "priority", "route_order",
    },
    "numbers": {"kind", "day", "numbers"},
    "contacts": {"agency", "areas", "public"},
}  # fmt: skip
LAW_ALLOWED = {
    "tip_kinds": {"id", "from", "to", "name", "activities"},
    "activities": {"id", "from", "to", "name", "unsuitable"},
    "duties": {"id", "from", "to", "activities", "to_confirm", "statement", "breach", "how_to_check",
               "day_condition", "clauses"},
    "clauses": {"id", "from", "to", "citation", "summary", "activities"},
    "distance_rules": {"id", "from", "to", "activities", "site_kinds", "standing", "radius_m", "method",
                       "at_limit", "set_by", "grandfather", "clauses"},
    "distance_settings": {"id", "from", "to", "rule", "district", "activities", "site_kinds", "radius_m",
                          "method", "at_limit", "document"},
}  # fmt: skip


def key_of(deployment):
    return deployment.keys.package_public


def test_the_first_package_holds_the_register_the_law_and_the_forms(carrier, forms):
    assert carrier.take() == [(name, "full") for name in ALLOWED]

    assert set(carrier.held["venues"]) == {CAFE, UNPLACED}
    cafe = carrier.held["venues"][CAFE]
    lon, lat = at(150, 50)
    assert (cafe["name"], cafe["activities"]) == ("蓝星网吧", ["internet_cafe"])
    assert (cafe["lon"], cafe["lat"]) == (round(lon * 1e7), round(lat * 1e7))
    assert cafe["licences"] == [["internet_cafe", "沪网文〔2019〕0001号", "2019-11-21", "2030-11-21"]]
    assert [form["id"] for form in carrier.held["forms"]] == ["internet_cafe"]


def test_nothing_but_the_allowed_fields_is_in_a_package(carrier, deployment, forms, agency):
    with deployment.unit_of_work() as session:
        add_visit(session, venue_id=CAFE, agency_id=agency)
    carrier.take()
    held = carrier.held

    for name in ("venues", "sites", "visits"):
        assert {field for row in held[name].values() for field in row} == ALLOWED[name]
    assert {field for form in held["forms"] for field in form} <= ALLOWED["forms"]
    assert {field for area in held["areas"] for field in area} == ALLOWED["areas"]
    assert set(held["law"]) == ALLOWED["law"]
    for table, fields in LAW_ALLOWED.items():
        assert {field for row in held["law"][table] for field in row} <= fields, table
    assert set(held) == set(ALLOWED)
    assert set(held["tasks"]) == {"rows", "gone"}
    assert set(held["contacts"]) == ALLOWED["contacts"]


def test_no_person_and_nothing_that_was_found_is_in_a_package(carrier, tablet, deployment):
    from tests.intake.tablet import file_all, just_now

    note = "收银台旁没有挂禁入标志"
    answers = {"duties/ban_sign": "breach", "duties/ban_sign_note": note, "place/venue_id": str(CAFE)}
    assert tablet.send(just_now(answers=answers)).status_code == 201
    file_all(deployment)

    carrier.take()

    assert list(carrier.held["visits"]) == [CAFE]
    for secret in ("张三", note, "ban_sign", "uuid:", "operator", "'officer"):
        assert secret not in repr(carrier.held), secret


def test_sites_keep_their_outline_and_gates_and_those_across_the_border_come_along(carrier):
    carrier.take()
    sites = carrier.held["sites"]

    assert set(sites) == {SCHOOL, KINDERGARTEN, BORDER_SCHOOL}
    ((ring,),) = sites[SCHOOL]["place"]["rings"]
    corners = [(sum(ring[0 : i + 1 : 2]), sum(ring[1 : i + 2 : 2])) for i in range(0, len(ring), 2)]
    wanted = [at(0, 0), at(100, 0), at(100, 100), at(0, 100), at(0, 0)]
    assert corners == [(round(lon * 1e7), round(lat * 1e7)) for lon, lat in wanted]
    assert len(sites[SCHOOL]["gates"]["points"]) == 4
    assert list(sites[KINDERGARTEN]["place"]) == ["points"]


def test_areas_come_along_drawn_simply_and_only_ones_own(carrier, deployment):
    coast = square(-1000, -1000, 2000).segmentize(0.0001)
    with deployment.unit_of_work() as session:
        session.add(Area(code="310101001", name="示例街道", place=coast))
        session.add(Area(code="310101002", name="未绘街道", place=None))

    carrier.take()

    assert [(area["code"], area["name"]) for area in carrier.held["areas"]] == [
        ("310101", "示例区"), ("310101001", "示例街道"), ("310101002", "未绘街道"),
    ]  # fmt: skip
    ((ring,),) = carrier.held["areas"][1]["outline"]["rings"]
    assert len(shapely.get_coordinates(coast)) > 200
    assert len(ring) == 10
    assert carrier.held["areas"][2]["outline"] is None


def test_the_law_in_a_package_is_that_of_the_agencys_activities(carrier):
    carrier.take()
    law = carrier.held["law"]

    assert [one["id"] for one in law["activities"]] == ["internet_cafe"]
    assert all("internet_cafe" in duty["activities"] + duty["to_confirm"] for duty in law["duties"])
    named = {clause for row in law["duties"] + law["distance_rules"] for clause in row["clauses"]}
    assert {clause["id"] for clause in law["clauses"]} <= named | set(ON_PAPER)
    assert set(ON_PAPER) <= {clause["id"] for clause in law["clauses"] if clause["citation"]}
    assert "BUF-NET-1" in {rule["id"] for rule in law["distance_rules"]}
    assert law["days"]["arranged"]["2026-10-01"] == ["statutory_day"]
    assert law["assumed"] == {"unstated_accuracy_m": 50.0, "extent_without_outline_m": 150.0}


def test_a_package_that_was_touched_is_not_taken_for_ours(carrier, deployment):
    package = carrier.ask().data
    read(package, key_of(deployment))

    head, _, rest = package.partition(b"\n")
    for touched in (
        head.replace(b'"manifest":"eyJ', b'"manifest":"eyK') + b"\n" + rest,
        head + b"\n" + rest[:-1] + bytes([rest[-1] ^ 1]),
        head + b"\n" + rest[:200] + bytes([rest[200] ^ 1]) + rest[201:],
    ):
        with pytest.raises((AssertionError, ValueError)):
            read(touched, key_of(deployment))
    with pytest.raises(AssertionError):
        read(package, TabletKey().public)


@pytest.mark.parametrize(("hours", "lasts"), [(24, 24), (48, 48), (500, 72)])
def test_a_package_lasts_a_day_and_never_more_than_three(settings, district, token, hours, lasts):
    deployment = Deployment.open(replace(settings, package_hours=hours))
    carrier = Carrier(create_app(deployment), token)
    carrier.take()
    deployment.engine.dispose()

    made, until = (datetime.fromisoformat(carrier.manifest[name]) for name in ("made_at", "expires_at"))
    assert until - made == timedelta(hours=lasts)


def test_no_package_outlives_its_tablet(app, deployment, district, inspector, agency):
    ends = datetime.now(UTC) + timedelta(hours=2)
    carrier = Carrier(app, add_tablet(deployment, user_id=inspector, agency_id=agency, expires_at=ends)[1])

    carrier.take()

    assert datetime.fromisoformat(carrier.manifest["expires_at"]) == ends


def test_it_names_the_key_to_which_visits_are_sealed_from_now_on(carrier, deployment):
    carrier.take()

    assert carrier.manifest["rescue_key_id"] == deployment.keys.newest_rescue.id


def test_that_it_was_taken_is_written_down(carrier, deployment):
    carrier.take(app_version="1.2.3")

    with deployment.reading() as session:
        entry = session.scalars(select(AuditEntry).order_by(AuditEntry.seq.desc()).limit(1)).one()
        device = session.scalars(select(Device)).one()
    assert (entry.deed, entry.actor, entry.subject) == ("package.take", "device:1", "device:1")
    assert entry.detail["version"] == carrier.version == device.package_version
    assert entry.detail["bytes"] == carrier.size
    assert device.app_version == "1.2.3"
    assert device.package_expires_at == datetime.fromisoformat(carrier.manifest["expires_at"])


def test_only_an_enrolled_tablet_takes_a_package(app, deployment, district, inspector, agency):
    collect = add_tablet(deployment, user_id=inspector, public_key=None)[1]
    assistants = add_tablet(deployment, user_id=add_person(deployment, Role.ASSISTANT))[1]

    assert Carrier(app, collect).ask().status_code == 403
    assert Carrier(app, assistants).ask().status_code == 403
    assert Carrier(app, "absent").ask().status_code == 401
    assert app.test_client().get("/api/v1/package", headers=basic("inspector")).status_code == 401
    assert desk_of(app, Role.INSPECTOR).get("/api/v1/package").status_code == 401


def test_a_refused_tablet_takes_nothing_more(app, carrier, deployment, agency):
    carrier.take()
    keeper = desk_of(app, Role.SUPERVISOR, areas=("310101",), agency_id=agency)
    keeper.post("/devices/1", data={"deed": "lost"})

    assert carrier.ask(since=carrier.version).status_code == 401
    assert "有效" in keeper.get("/devices/1").text.split('id="package"')[1]


def test_a_package_crosses_the_net_encrypted_only(carrier):
    far = {"REMOTE_ADDR": "203.0.113.9"}

    refused = carrier.client.get("/api/v1/package", headers=carrier.shown, environ_base=far)

    assert (refused.status_code, refused.json["status"]) == (403, "tls_needed")


def test_the_key_is_known_to_everybody_and_is_the_one_of_the_enrolment(app, deployment):
    told = app.test_client().get("/api/v1/package/key").json

    assert b64decode(told["public_key"]) == key_of(deployment)


def test_where_nothing_was_built_and_nothing_loaded_a_package_is_still_whole(app, deployment, token):
    carrier = Carrier(app, token)

    carrier.take()

    assert (carrier.held["venues"], carrier.held["sites"], carrier.held["forms"]) == ({}, {}, [])


def test_an_agency_that_supervises_everything_carries_every_activity(
    app, deployment, district, inspector, agency
):
    with deployment.unit_of_work() as session:
        session.get_one(Agency, agency).activities = None
    carrier = Carrier(app, add_tablet(deployment, user_id=inspector, agency_id=agency)[1])

    carrier.take()

    assert [venue["name"] for venue in carrier.held["venues"].values()] == [
        "蓝星网吧",
        "夜莺酒吧",
        "无址网吧",
    ]
    assert len(carrier.held["law"]["activities"]) == 15
