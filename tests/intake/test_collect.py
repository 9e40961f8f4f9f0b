"""ODK Collect is configured by one square: it holds the address, sends by itself, and keeps nothing."""

import json
import zlib
from base64 import b64decode
from dataclasses import replace

import pytest

from backend.accounts.auth import Role
from backend.app import create_app
from backend.core.deployment import Deployment
from tests.intake.tablet import Tablet
from tests.people import desk_of


@pytest.fixture
def said(inspector):
    return {"name": "七号", "user_id": inspector}


@pytest.fixture
def supervisor(app, agency):
    return desk_of(app, Role.SUPERVISOR, areas=("310101",), agency_id=agency)


def test_the_square_holds_what_collect_reads(app, forms, settings, supervisor, said):
    answer = supervisor.post("/api/v1/collect-devices", json=said).json
    read = json.loads(zlib.decompress(b64decode(answer["qr_text"])))

    assert read == answer["settings"]
    general = read["general"]
    assert (general["autosend"], general["delete_send"]) == ("wifi_and_cellular", True)
    assert general["form_update_mode"] == "match_exactly"
    assert len(read["admin"]["admin_pw"]) == 12
    assert read["admin"]["change_server"] is False
    assert "七号" in read["project"]["name"]
    address, _, token = general["server_url"].rpartition("/")
    assert address == f"{settings.public_url}/openrosa/key"
    assert Tablet(app.test_client(), token=token).get("/formList").status_code == 200


def test_the_token_and_the_password_are_kept_nowhere(app, deployment, supervisor, said):
    settings = supervisor.post("/api/v1/collect-devices", json=said).json["settings"]

    with deployment.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT * FROM devices").all()
        entries = connection.exec_driver_sql("SELECT * FROM audit_entries").all()
    for secret in (settings["admin"]["admin_pw"], settings["general"]["server_url"].rpartition("/")[2]):
        assert secret not in repr(rows) + repr(entries)


def test_where_the_door_is_closed_nobody_is_told_how_to_come(settings, supervisor, said, deployment, agency):
    closed = Deployment.open(replace(settings, collect_door=False))
    application = create_app(closed)
    application.testing = True
    keeper = desk_of(application, Role.SUPERVISOR, areas=("310101",), agency_id=agency)

    refused = keeper.post("/api/v1/collect-devices", json=said)

    assert (refused.status_code, refused.json["status"]) == (403, "collect_door_closed")
    assert keeper.get("/api/v1/devices").json == []
    closed.engine.dispose()
