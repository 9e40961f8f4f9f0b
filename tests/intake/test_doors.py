"""Two doors for tablets: ODK Collect's, which a deployment may close, and the one for enrolled tablets."""

from dataclasses import replace
from xml.etree import ElementTree as Xml

import pytest

from backend.accounts.auth import Role
from backend.app import create_app
from backend.core.deployment import Deployment
from backend.intake.models import Envelope
from tests.accounts.enrolling import TabletKey, add_tablet, enrol
from tests.intake.tablet import FORM_DATA, Tablet, basic, form_data, just_now
from tests.people import add_person, desk_of


@pytest.fixture
def closed(settings, forms):
    """The same service with ODK Collect's door closed."""
    deployment = Deployment.open(replace(settings, collect_door=False))
    application = create_app(deployment)
    application.testing = True
    yield application
    deployment.engine.dispose()


@pytest.fixture
def shown(app, inspector, agency):
    """What an enrolled tablet shows at its door."""
    keeper = desk_of(app, Role.SUPERVISOR, areas=("310101",), agency_id=agency)
    return bearer(enrol(keeper, app.test_client(), TabletKey(), user_id=inspector).json["token"])


def bearer(token):
    return {"Authorization": f"Bearer {token}"}


def test_a_closed_door_says_so_to_everybody(closed, inspector):
    client = closed.test_client()
    asked = [
        client.get("/openrosa/formList"),
        client.get("/openrosa/formList", headers=basic("inspector")),
        client.get("/openrosa/key/absent/formList"),
        client.post("/openrosa/submission", data=form_data(just_now(), []), content_type=FORM_DATA),
        client.head("/openrosa/submission"),
    ]

    assert {answer.status_code for answer in asked} == {403}
    assert all("ODK Collect" in answer.text for answer in asked[:4])


def test_enrolled_tablets_go_on_where_collects_door_is_closed(closed, shown, deployment):
    client = closed.test_client()

    sent = client.post(
        "/tablet/submission", data=form_data(just_now(), []), content_type=FORM_DATA, headers=shown
    )

    assert sent.status_code == 201
    with deployment.reading() as session:
        assert session.get_one(Envelope, 1).device_id == 1


def test_every_address_that_the_tablet_gets_leads_through_its_own_door(closed, shown):
    client = closed.test_client()
    listed = Xml.fromstring(client.get("/tablet/formList", headers=shown).data)
    addresses = [node.text for node in listed.iter() if node.tag.endswith("Url")]

    assert addresses
    for address in addresses:
        assert "/tablet/forms/" in address
        assert client.get(address, headers=shown).status_code == 200


def test_what_collect_holds_does_not_open_the_door_of_tablets(app, deployment, forms, inspector):

    token = add_tablet(deployment, user_id=inspector, public_key=None)[1]

    refused = app.test_client().get("/tablet/formList", headers=bearer(token))

    assert refused.status_code == 403
    assert "not_enrolled" in refused.text
    assert Tablet(app.test_client(), token=token).get("/formList").status_code == 200


def test_neither_a_password_nor_a_cookie_opens_the_door_of_tablets(app, forms, inspector):
    asked = [
        app.test_client().get("/tablet/formList", headers=basic("inspector")),
        desk_of(app, Role.INSPECTOR).get("/tablet/formList"),
        app.test_client().get("/tablet/formList", headers=bearer("no such token")),
    ]

    assert {answer.status_code for answer in asked} == {401}
    assert asked[0].headers["WWW-Authenticate"].startswith("Bearer")


def test_a_tablet_of_somebody_who_may_not_inspect_stays_outside(app, deployment, forms):

    assistant = add_person(deployment, Role.ASSISTANT)
    token = add_tablet(deployment, user_id=assistant)[1]

    assert app.test_client().get("/tablet/formList", headers=bearer(token)).status_code == 403


def test_a_token_is_taken_over_tls_or_from_this_machine_only(app, forms, shown):
    far = {"REMOTE_ADDR": "203.0.113.9"}
    client = app.test_client()

    assert client.get("/tablet/formList", headers=shown, environ_base=far).status_code == 403
    assert client.get("https://localhost/tablet/formList", headers=shown, environ_base=far).status_code == 200
