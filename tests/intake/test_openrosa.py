"""Who may come to the OpenRosa door, what they are told there, and what their tablets carry."""

import csv
import hashlib
import io
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as Xml

import pytest
from sqlalchemy import select

from backend.accounts import actions as accounts
from backend.accounts.auth import Role
from backend.intake.models import Envelope
from tests.forms.samples import cafe_submission
from tests.intake.tablet import NOW, Tablet, basic, message
from tests.people import add_person
from tests.screening.places import add_site, add_venue, at, square

FORMS = "{http://openrosa.org/xforms/xformsList}"
FILES = "{http://openrosa.org/xforms/xformsManifest}"


def forms_of(tablet: Tablet) -> dict[str, str]:
    """What the form list says of its one form."""
    (form,) = Xml.fromstring(tablet.get("/formList").data)
    return {child.tag.removeprefix(FORMS): child.text or "" for child in form}


def path_of(address: str) -> str:
    assert address.startswith("http://localhost/openrosa/")
    return address.removeprefix("http://localhost")


def files_of(tablet: Tablet) -> dict[str, dict[str, str]]:
    manifest = Xml.fromstring(tablet.get(path_of(forms_of(tablet)["manifestUrl"])).data)
    told = [{child.tag.removeprefix(FILES): child.text or "" for child in file} for file in manifest]
    return {one["filename"]: one for one in told}


def rows_of(tablet: Tablet, name: str) -> list[dict[str, str]]:
    told = files_of(tablet)[name]
    content = tablet.get(path_of(told["downloadUrl"])).data
    assert told["hash"] == f"md5:{hashlib.md5(content).hexdigest()}"
    return list(csv.DictReader(io.StringIO(content.decode())))


def test_nobody_comes_in_unknown(tablet):
    tablet.headers = {}
    for response in (tablet.get("/formList"), tablet.client.head("/openrosa/submission"), tablet.send(b"")):
        assert response.status_code == 401
        assert response.headers["WWW-Authenticate"].startswith("Basic ")
        assert response.headers["X-OpenRosa-Version"] == "1.0"


def test_a_wrong_password_does_not_open(tablet):
    tablet.headers = basic("inspector", "wrong")

    assert tablet.get("/formList").status_code == 401


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.INSPECTOR}))
def test_who_may_not_inspect_does_not_come_in(app, deployment, forms, role):
    add_person(deployment, role, login="somebody")
    somebody = Tablet(app.test_client(), login="somebody")

    assert somebody.get("/formList").status_code == 403
    assert somebody.send(cafe_submission()).status_code == 403


@pytest.mark.parametrize(
    ("environ", "code"),
    [
        pytest.param({"REMOTE_ADDR": "192.0.2.7"}, 403, id="another machine"),
        pytest.param({"HTTP_X_FORWARDED_FOR": "192.0.2.7"}, 403, id="a proxy nobody declared"),
        pytest.param({"REMOTE_ADDR": "192.0.2.7", "wsgi.url_scheme": "https"}, 200, id="TLS"),
        pytest.param({"REMOTE_ADDR": "::1"}, 200, id="this machine"),
    ],
)
def test_passwords_are_taken_over_tls_or_from_this_machine_only(tablet, environ, code):
    response = tablet.client.get("/openrosa/formList", headers=tablet.headers, environ_overrides=environ)

    assert response.status_code == code
    assert "WWW-Authenticate" not in response.headers


def test_an_address_of_a_tablet_opens_until_it_is_revoked(app, deployment, forms, agency, inspector, caplog):
    with deployment.unit_of_work() as session:
        device, token = accounts.add_device(
            session, name="tablet 1", areas=["310101"], expires_at=datetime.now(UTC) + timedelta(days=1),
            agency_id=agency, user_id=inspector, by="tester", now=NOW,
        )  # fmt: skip
        device_id = device.id
    by_address = Tablet(app.test_client(), token=token)

    assert token in forms_of(by_address)["downloadUrl"]
    assert by_address.get(path_of(forms_of(by_address)["downloadUrl"])).status_code == 200
    assert by_address.send(cafe_submission()).status_code == 201
    with deployment.reading() as session:
        row = session.execute(select(Envelope.user_id, Envelope.device_id, Envelope.agency_id)).one()
    assert tuple(row) == (inspector, device_id, agency)
    assert token not in caplog.text

    with deployment.unit_of_work() as session:
        accounts.revoke_device(session, device_id, by="tester", now=NOW)
    refused = by_address.send(cafe_submission())
    assert refused.status_code == 401
    assert "WWW-Authenticate" not in refused.headers


def test_the_form_list_leads_to_the_form_and_its_lists(tablet):
    told = forms_of(tablet)
    form = tablet.get(path_of(told["downloadUrl"]))

    assert told["formID"] == "internet_cafe"
    assert form.content_type == "text/xml; charset=utf-8"
    assert told["hash"] == f"md5:{hashlib.md5(form.data).hexdigest()}"
    assert told["version"] in form.text
    assert sorted(files_of(tablet)) == ["sites.csv", "venues.csv"]


def test_forms_of_activities_that_the_agency_does_not_supervise_are_not_there(app, deployment, tablet):
    address = path_of(forms_of(tablet)["downloadUrl"])
    with deployment.unit_of_work() as session:
        names = {"name_zh": "烟草专卖局", "name_en": "Tobacco bureau"}
        tobacco = accounts.put_agency(
            session, code="t", activities=["tobacco"], by="tester", now=NOW, **names
        )
        agency_id = tobacco.id
    add_person(deployment, login="other", agency_id=agency_id)
    other = Tablet(app.test_client(), login="other")

    assert forms_of(other)["formID"] == "tobacco"
    assert other.get(address).status_code == 404


def test_what_did_not_change_is_not_sent_again(tablet, deployment):
    with deployment.unit_of_work() as session:
        add_venue(session, at(0), area_code="310101")
    venues = path_of(files_of(tablet)["venues.csv"]["downloadUrl"])
    for path in ("/formList", path_of(forms_of(tablet)["downloadUrl"]), venues):
        seen = tablet.get(path).headers["ETag"]
        again = tablet.get(path, **{"If-None-Match": seen})
        assert (again.status_code, again.data) == (304, b"")

    with deployment.unit_of_work() as session:
        add_venue(session, at(5), area_code="310101")
    assert tablet.get(venues, **{"If-None-Match": seen}).status_code == 200


def test_lists_hold_what_lies_in_the_callers_area_and_nothing_more(tablet, deployment):
    with deployment.unit_of_work() as session:
        cafe = add_venue(
            session, at(0), area_code="310101001", name='蓝星"网吧', address="示例路1弄2号",
            licence={"issued_on": NOW.date()}, operator_name="某某公司",
        )  # fmt: skip
        nowhere = add_venue(session, None, area_code="310101", name=None, address=None)
        add_venue(session, at(0), "bar", area_code="310101")
        add_venue(session, at(0), area_code="310104")
        add_venue(session, at(0), area_code=None)
        school = add_site(session, square(100, 0, 50), "middle", area_code="310101", name="示例中学")
        add_site(session, square(100, 0, 50), area_code="310104")
        cafe_id, nowhere_id, nowhere_ref, school_id = cafe.id, nowhere.id, nowhere.ref, school.id

    assert rows_of(tablet, "venues.csv") == [
        {
            "id": str(cafe_id), "name": '蓝星"网吧', "address": "示例路1弄2号", "activity": "internet_cafe",
            "licence_number": "沪网文〔2019〕0001号", "lon": "121.4700000", "lat": "31.2300000",
        },
        {
            "id": str(nowhere_id), "name": nowhere_ref, "address": "", "activity": "internet_cafe",
            "licence_number": "", "lon": "", "lat": "",
        },
    ]  # fmt: skip
    (site,) = rows_of(tablet, "sites.csv")
    assert sorted(site) == ["id", "kind", "lat", "lon", "name"]
    assert (site["id"], site["name"], site["kind"]) == (str(school_id), "示例中学", "middle")


def test_a_form_that_was_never_built_or_a_list_that_is_none_is_not_found(tablet):
    form = path_of(forms_of(tablet)["downloadUrl"])

    assert tablet.get("/forms/internet_cafe/old.xml").status_code == 404
    assert tablet.get("/forms/..%2f..%2fkeys/root-1.xml").status_code == 404
    assert tablet.get(form.removesuffix(".xml") + "/audit.csv").status_code == 404


def test_without_forms_the_door_says_so(tablet, forms):
    (forms / "current.json").unlink()

    refused = tablet.get("/formList")

    assert (refused.status_code, "forms_not_built" in message(refused)) == (503, True)


def test_a_tablet_is_told_how_much_it_may_send_at_once(tablet, deployment):
    answer = tablet.client.head("/openrosa/submission", headers=tablet.headers)

    assert answer.status_code == 204
    assert answer.headers["X-OpenRosa-Accept-Content-Length"] == str(deployment.settings.max_request_bytes)
    assert "Date" in answer.headers


@pytest.mark.parametrize(
    ("agent", "sent", "kept"),
    [
        pytest.param("tablet/1", "Fri, 20 Nov 2026 14:02:00 GMT", "2026-11-20 14:02", id="as it says"),
        pytest.param("tablet/1", None, None, id="no clock"),
        pytest.param("tablet/1", "yesterday", None, id="no date"),
    ],
)
def test_the_clock_of_the_tablet_is_kept(tablet, deployment, agent, sent, kept):
    headers = {"User-Agent": agent} | ({"Date": sent} if sent else {})

    tablet.send(cafe_submission(), **headers)

    with deployment.reading() as session:
        sent_at = session.scalar(select(Envelope.sent_at))
    assert (sent_at and f"{sent_at:%Y-%m-%d %H:%M}") == kept


def test_collect_writes_a_clock_of_twelve_hours(tablet, deployment):
    now = datetime.now(UTC)
    without_am_or_pm = f"{now:%a, %d %b %Y %I:%M:%S} GMT"

    tablet.send(
        cafe_submission(), **{"User-Agent": "org.odk.collect.android/v2026.3", "Date": without_am_or_pm}
    )

    with deployment.reading() as session:
        sent_at = session.scalar(select(Envelope.sent_at))
    assert abs(sent_at - now) < timedelta(minutes=1)


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}])
def test_another_site_cannot_send_with_the_password_that_a_browser_remembers(tablet, deployment, headers):
    assert tablet.send(cafe_submission(), **headers).status_code == 403

    with deployment.reading() as session:
        assert session.scalars(select(Envelope.id)).all() == []
