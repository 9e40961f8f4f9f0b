"""Street leads from tablets: once however often they are sent, signed, sealed, in the area of their place."""

import json

import pytest
from sqlalchemy import select

from backend.accounts.auth import Role
from backend.accounts.models import Device
from backend.tips.models import Tip, TipPicture
from tests.accounts.enrolling import add_tablet
from tests.packages.carrying import Carrier
from tests.people import add_person, desk_of
from tests.screening.places import at
from tests.tips.conftest import HERE, NEXT
from tests.tips.leads import AT_THE_GATE, TEXT, Sender, photo, record


def tips(deployment):
    with deployment.reading() as session:
        return session.scalars(select(Tip)).all()


@pytest.mark.parametrize(
    "said",
    [
        pytest.param({"id": "1"}, id="no UUID"),
        pytest.param({"kind": "Robert'); DROP"}, id="no kind"),
        pytest.param({"seen_at": "2026-11-20T10:00:00"}, id="no time zone"),
        pytest.param({"text": "字" * 501}, id="too long"),
        pytest.param({"text": None}, id="no text"),
        pytest.param({"position": {"lon": 121.4, "lat": 31.2, "accuracy_m": 1}}, id="no reference"),
        pytest.param({"position": AT_THE_GATE | {"lat": 91}}, id="no place on earth"),
        pytest.param({"position": AT_THE_GATE | {"lon": "121"}}, id="no number"),
        *(pytest.param({"position": nothing}, id=f"{nothing!r} for a place") for nothing in (0, "", [], {})),
        pytest.param({"pictures": [{"name": "1.jpg"}]}, id="a picture without its hash"),
        pytest.param({"pictures": None}, id="no list of pictures"),
    ],
)
def test_what_is_no_record_is_refused_and_nothing_is_kept(deployment, tablet, said):
    answer = tablet.sends(record(**said), signature="{}")

    assert (answer.status_code, answer.json["status"]) == (422, "tip_unreadable")
    assert tips(deployment) == []


@pytest.mark.parametrize(
    ("said", "fault"),
    [({"kind": "unheard_of"}, "kind"), ({"position": AT_THE_GATE | {"crs": "EPSG:1"}}, "crs")],
)
def test_a_kind_or_a_reference_that_nobody_knows_is_refused(deployment, tablet, said, fault):
    answer = tablet.sends(record(**said))

    assert (answer.status_code, list(answer.json["errors"])) == (422, [fault])
    assert tips(deployment) == []


def test_a_lead_sent_twice_is_kept_once(deployment, tablet):
    said = record()

    first, again = tablet.sends(said), tablet.sends(said)

    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json == first.json
    assert len(tips(deployment)) == 1


def test_a_tablet_that_changed_hands_sends_its_lead_again(app, deployment, tablet):
    said, other = record(), add_person(deployment, Role.INSPECTOR, areas=(HERE,))
    first = tablet.sends(said)
    with deployment.unit_of_work() as session:
        session.get_one(Device, tablet.device_id).user_id = other

    again = tablet.sends(said)

    assert (first.status_code, again.status_code, again.json) == (201, 200, first.json)


def test_one_uuid_cannot_tell_two_stories(app, deployment, tablet):
    said = record()
    tablet.sends(said)
    other = Sender(app, add_person(deployment, Role.INSPECTOR, areas=(HERE,)))

    changed = tablet.sends(record(json.loads(said)["id"], text="另一个说法"))
    of_another = other.sends(said)

    assert [answer.json["status"] for answer in (changed, of_another)] == ["tip_changed"] * 2
    assert (other.asks(said).status_code, len(tips(deployment))) == (404, 1)


@pytest.mark.parametrize(
    ("signs", "holds"),
    [
        pytest.param(lambda tablet, said: tablet.signs(said), True, id="as it is"),
        pytest.param(lambda tablet, said: "", False, id="not at all"),
        pytest.param(
            lambda tablet, said: tablet.signs(said, xml_sha256="0" * 64), False, id="another record"
        ),
        pytest.param(lambda tablet, said: tablet.signs(said, instance_id="lead:x"), False, id="another lead"),
    ],
)
def test_a_lead_says_whether_its_tablet_signed_it(deployment, tablet, signs, holds):
    said = record()

    assert tablet.sends(said, signs(tablet, said)).status_code == 201

    assert [tip.is_signed for tip in tips(deployment)] == [holds]


@pytest.mark.parametrize(
    ("position", "area"),
    [
        pytest.param(
            dict(zip(("lon", "lat"), at(200, 50), strict=True)), HERE, id="in the officer's district"
        ),
        pytest.param(dict(zip(("lon", "lat"), at(5200, 50), strict=True)), NEXT, id="beyond its border"),
        pytest.param({"lon": 100.0, "lat": 30.0}, HERE, id="where nobody drew an area"),
        pytest.param(None, HERE, id="without a position"),
    ],
)
def test_a_lead_belongs_to_the_area_where_its_place_lies(supervisor, elsewhere, tablet, position, area):
    where = position and position | {"crs": "EPSG:4490", "accuracy_m": None}

    tablet.sends(record(position=where))

    seen = {HERE: supervisor.get("/api/v1/tips").json, NEXT: elsewhere.get("/api/v1/tips").json}
    assert {code: len(rows) for code, rows in seen.items()} == {HERE: 0, NEXT: 0} | {area: 1}
    assert supervisor.get("/api/v1/tips/1").status_code == (200 if area == HERE else 404)


def test_tablets_of_the_shelf_do_not_know_each_others_leads(app, deployment, district):
    mine, others = (Sender(app, None) for _ in range(2))
    said = record(position=None)

    assert mine.sends(said).status_code == 201

    assert (mine.asks(said).status_code, others.asks(said).status_code) == (200, 404)


def test_a_picture_that_the_record_does_not_name_is_refused(tablet):
    mine, other = photo(), photo(left="green")
    said = record(photos=(mine,))
    tablet.sends(said)

    answers = [tablet.sends_picture(said, other), tablet.sends_picture(said, mine, "2.jpg")]

    assert [answer.json["status"] for answer in answers] == ["picture_unannounced"] * 2
    assert tablet.asks(said).json["files"] == []


def test_a_file_that_is_no_picture_is_refused(tablet):
    said = record(photos=(b"GIF89a no picture",))
    tablet.sends(said)

    answer = tablet.sends_picture(said, b"GIF89a no picture")

    assert (answer.status_code, answer.json["status"]) == (422, "picture_unreadable")


def test_what_is_larger_than_a_picture_is_not_read(tablet):
    said = record(photos=(photo(),))
    tablet.sends(said)

    assert tablet.sends_picture(said, b"\0" * (8 * 2**20 + 1)).status_code == 413


def test_the_tablet_hears_by_hash_what_is_kept(tablet):
    mine = photo()
    said = record(photos=(mine,))
    tablet.sends(said)
    before = tablet.asks(said).json

    answers = [tablet.sends_picture(said, mine) for _ in range(2)]

    after = tablet.asks(said).json
    listed = json.loads(tablet.signs(said))
    assert [answer.status_code for answer in answers] == [201, 200]
    assert before == {"instance_id": listed["instance_id"], "xml_sha256": listed["xml_sha256"], "files": []}
    assert after == before | {"files": listed["files"]}


def test_neither_text_nor_picture_lies_in_the_database_as_it_came(deployment, tablet):
    mine = photo()
    said = record(photos=(mine,))
    tablet.sends(said)
    tablet.sends_picture(said, mine)

    with deployment.reading() as session:
        kept = [*session.scalars(select(Tip.sealed)), *session.scalars(select(TipPicture.sealed))]
    assert len(kept) == 2
    assert not any(part in one for one in kept for part in (TEXT.encode(), b"\xff\xd8\xff"))


def test_no_lead_ever_goes_into_a_package(app, deployment, tablet, officer):
    others = [Carrier(app, add_tablet(deployment, user_id=one)[1]) for one in (officer, officer)]
    others[0].take()
    tablet.sends(record(position=None))

    others[1].take()

    carried = [one.held | {"numbers": None} for one in others]
    assert carried[0] == carried[1]
    assert "tip_kinds" in carried[1]["law"]


def test_only_inspectors_tablets_come_in(app, deployment, district):
    reporter = add_person(deployment, Role.REPORTER, areas=(HERE,), site_id=1)

    assert app.test_client().post("/tablet/leads", json={"record": record()}).status_code == 401
    assert Sender(app, reporter).sends(record()).status_code in (401, 403)
    assert desk_of(app, Role.INSPECTOR, areas=(HERE,)).get("/api/v1/tips").status_code == 403
