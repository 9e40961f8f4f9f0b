"""Packages for a procuratorate: what is in them, and that nobody's name is, wherever it stood before."""

import hashlib
import io
import zipfile

import orjson
import pytest
from pypdf import PdfReader
from sqlalchemy import select, text, update
from sqlalchemy.exc import DatabaseError

from backend.core.audit import AuditEntry
from backend.inspections.models import Evidence
from backend.transfers import zipped
from backend.transfers.models import TransferPackage
from backend.venues.models import Venue
from tests.accounts.enrolling import TabletKey, add_tablet
from tests.cases.conftest import papers, refused
from tests.forms.samples import PHOTO
from tests.intake.conftest import inspector, tablet  # noqa: F401
from tests.intake.handed import VISIT, content, handed
from tests.intake.tablet import SIGNATURES, file_all, just_now
from tests.intake.test_documents import sender
from tests.screening.places import add_site, square
from tests.tips.leads import Sender, photo, record
from tests.transfers.conftest import URL, made, proposed, step

MINOR, INFORMANT, IN_CHARGE, WITNESS, OFFICER = "陈小童", "王大明", "赵掌柜", "孙见证", "钱执法"
NAMES = (MINOR, INFORMANT, IN_CHARGE, WITNESS, OFFICER)
COURT = {"to_name": "示例区人民检察院", "body": "procuratorate", "lead_kind": "public_interest"}
SEALED = PHOTO | {"photo": "child.jpg", "minor_possible": ""}


@pytest.fixture
def found(app, deployment, agency, venue, inspector, tablet):  # noqa: F811
    """A visit with names in everything that somebody typed, its papers, photos, and a tip."""
    note = f"{MINOR}（初二）在上网，{INFORMANT}举报"
    answers = {
        "duties/ban_sign": "breach", "duties/ban_sign_note": note, "place/venue_id": str(venue),
        "arrival/visit_id": VISIT,
    }  # fmt: skip
    files = {**SIGNATURES, "front.jpg": photo(), "child.jpg": photo()}
    xml = just_now(photos=[PHOTO, SEALED], answers=answers, instance_id="uuid:found")
    assert tablet.send(xml, files).status_code == 201
    file_all(deployment)
    key = TabletKey()
    _, token = add_tablet(deployment, user_id=inspector, agency_id=agency, public_key=key.public)
    signs = {"kind": "signature", "state": "signed", "reason": MINOR, "image": None, "at": None}
    blocks = [
        {"no": 1, "kind": "heading", "level": 1, "text": "现场检查笔录"},
        {"no": 2, "kind": "table", "head": None, "rows": [
            ["被检查单位", "蓝星网吧"], ["现场负责人", f"{IN_CHARGE}，店长"],
            ["检查类型", f"触发式：{INFORMANT}举报"],
            ["检查人员", f"{OFFICER}（执法证号 SH-9）"],
        ]},
        {"no": 3, "kind": "paragraph", "text": note},
        {"no": 4, **signs, "label": "见证人", "name": WITNESS, "certificateNo": None},
        {"no": 5, **signs, "label": "检查人员", "name": OFFICER, "certificateNo": "SH-9"},
    ]  # fmt: skip
    for kind in ("inspection_record", "preservation_list"):
        said = content(kind=kind, blocks=blocks, officers=["SH-9"])
        assert sender(app, token)(**handed(key, said)).status_code == 201
    Sender(app, inspector).sends(record(position=None, text=f"{INFORMANT}说{MINOR}常去"))


@pytest.fixture
def lead(officer, head, venue, found, area):
    """A lead that the head approved; its reason names people, against the rule."""
    reason = f"{IN_CHARGE}的网吧多次接纳未成年人，{MINOR}等人常去"
    there = proposed(officer, "procuratorate", venue_ids=[venue], reason=reason, **COURT)
    made(step(head, there, "approve"))
    return there


def packed(client, lead, *names):
    """A package that was made, as a ZIP."""
    answer = client.post(f"{lead}/packages", json={"names": names})
    assert answer.status_code == 201, answer.json
    taken = client.get(f"{lead}/packages/{answer.json['id']}")
    assert hashlib.sha256(taken.data).hexdigest() == answer.json["sha256"]
    return answer.json, zipfile.ZipFile(io.BytesIO(taken.data))


def everything(archive):
    """All that can be read in a ZIP: names, texts, the text of PDFs and what PDFs say of themselves."""
    said = ""
    for name in archive.namelist():
        raw = archive.read(name)
        said += name + raw.decode("utf-8", "replace")
        if name.endswith(".pdf"):
            pdf = PdfReader(io.BytesIO(raw))
            said += "".join(page.extract_text() for page in pdf.pages) + str(pdf.metadata)
    return said.replace("\n", "")


def test_no_package_is_made_before_the_head_approved(officer, head, venue, found):
    there = proposed(officer, "procuratorate", venue_ids=[venue], **COURT)

    assert refused(officer.post(f"{there}/packages", json={})) == (409, "not_from_here")


def test_none_is_made_by_others_and_none_of_a_transfer_to_others(officer, head, third, reviewer, lead, case):
    elsewhere = proposed(officer, "department", case_id=int(case[-1]), to_name="示例区消防", body="fire")

    assert refused(third.post(f"{lead}/packages", json={})) == (409, "not_yours")
    assert reviewer.post(f"{lead}/packages", json={}).status_code == 403
    assert refused(officer.post(f"{elsewhere}/packages", json={})) == (409, "not_from_here")


def test_a_package_names_nobody_wherever_the_name_stood(officer, lead):
    _, archive = packed(officer, lead, MINOR)

    said = everything(archive)

    assert [name for name in NAMES if name in said] == []
    assert "赵某的网吧多次接纳未成年人，陈某等人常去" in said
    assert "蓝星网吧" in said


def test_a_name_that_stands_in_the_reason_only_is_masked_if_the_maker_says_so(officer, lead):
    _, careless = packed(officer, lead)
    _, careful = packed(officer, lead, MINOR)

    assert MINOR in everything(careless)
    assert MINOR not in everything(careful)


def test_what_is_in_it_stands_in_the_manifest_with_its_hash_and_what_is_not_with_the_reason(
    officer, lead, venue
):
    said, archive = packed(officer, lead, MINOR)

    manifest = orjson.loads(archive.read("manifest.json"))

    assert sorted(archive.namelist()) == sorted(
        [one["name"] for one in manifest["files"]] + ["manifest.json"]
    )
    assert [one["name"] for one in manifest["files"]] == [
        "summary.html", "summary.pdf", f"distances/venue-{venue}.pdf", "records/1-inspection_record.pdf",
        "photos/visit-1-1.jpg",
    ]  # fmt: skip
    for one in manifest["files"]:
        assert hashlib.sha256(archive.read(one["name"])).hexdigest() == one["sha256"]
    assert (
        said["left_out"]
        == manifest["left_out"]
        == [
            {"what": "photo", "why": "minor_possible", "count": 1},
            {"what": "record", "why": "may_name_people", "count": 1},
            {"what": "typed_text", "why": "may_name_people", "count": 1},
        ]
    )
    assert said["fields"] == manifest["fields"]


def test_the_original_of_a_photo_is_named_by_its_hash_and_its_camera_by_nothing(officer, lead, deployment):
    _, archive = packed(officer, lead)
    (listed,) = [
        one for one in orjson.loads(archive.read("manifest.json"))["files"] if "photos" in one["name"]
    ]

    with deployment.reading() as session:
        kept = session.scalars(select(Evidence.arrived_sha256).filter_by(sealed=False, kind="photo")).one()
    assert listed["original_sha256"] == kept
    assert b"Exif" not in archive.read(listed["name"])


def test_a_package_that_grows_too_large_is_refused_with_the_limit(officer, lead, monkeypatch):
    monkeypatch.setattr(zipped, "LARGEST", 2**20 // 512)

    answer = officer.post(f"{lead}/packages", json={})

    assert (answer.status_code, answer.json["status"]) == (413, "package_too_large")
    assert officer.get(f"{lead}/packages").json == []


def test_making_and_taking_out_are_in_the_audit_trail(officer, head, lead, deployment):
    said, _ = packed(officer, lead)
    head.get(f"{lead}/packages/{said['id']}")

    with deployment.reading() as session:
        about = AuditEntry.deed.in_(("transfer.package", "transfer.take_out"))
        kept = session.execute(select(AuditEntry.deed, AuditEntry.detail).where(about)).all()
    assert [one.deed for one in kept] == ["transfer.package", "transfer.take_out", "transfer.take_out"]
    assert {one.detail["sha256"] for one in kept} == {said["sha256"]}


def test_a_package_is_sealed_and_stays_as_it_was_made(officer, lead, deployment):
    packed(officer, lead)

    with deployment.reading() as session:
        package = session.scalars(select(TransferPackage)).one()
        assert b"manifest.json" not in package.sealed
    for change in ("UPDATE transfer_packages SET size = 1", "DELETE FROM transfer_packages"):
        with pytest.raises(DatabaseError), deployment.unit_of_work() as session:
            session.execute(text(change))


def test_nobody_else_takes_a_package_out(officer, reviewer, other_head, third, lead):
    said, _ = packed(officer, lead)
    address = f"{lead}/packages/{said['id']}"

    seen = [one.get(address).status_code for one in (reviewer, other_head, third)]
    assert seen == [403, 404, 404]
    assert officer.get(f"{lead}/packages/999").status_code == 404


def test_no_typed_paper_stands_for_a_package(officer, lead):
    typed = [*papers("material_list"), {"id": "package", "name": "x.zip", "sha256": "0" * 64}]

    assert refused(step(officer, lead, "hand_over", papers=typed)) == (409, "papers_missing")


def test_a_package_with_a_photo_that_was_sealed_since_goes_nowhere(officer, lead, deployment):
    packed(officer, lead)
    with deployment.unit_of_work() as session:
        session.execute(update(Evidence).values(sealed=True))

    assert refused(step(officer, lead, "hand_over", "transfer_letter", "material_list")) == (
        409,
        "papers_missing",
    )


def test_an_operator_who_is_a_person_is_masked_in_the_name_of_the_venue_too(officer, lead, deployment, venue):
    with deployment.unit_of_work() as session:
        session.get(Venue, venue).operator_name = "吴老板"
        session.get(Venue, venue).name = "吴老板网吧"

    _, archive = packed(officer, lead, MINOR)

    assert "吴老板" not in everything(archive)
    assert "吴某网吧" in everything(archive)


def test_a_lead_goes_with_its_newest_package(officer, lead):
    assert refused(step(officer, lead, "hand_over", "transfer_letter", "material_list")) == (
        409,
        "papers_missing",
    )
    packed(officer, lead)
    newest, _ = packed(officer, lead)

    made(step(officer, lead, "hand_over", "transfer_letter", "material_list"))

    papers = officer.get(f"{lead}/steps").json[-1]["papers"]
    assert [one["sha256"] for one in papers if one["id"] == "package"] == [newest["sha256"]]


def test_a_lead_around_a_school_takes_the_venues_where_something_was_found(
    officer, head, deployment, found, venue, area
):
    with deployment.unit_of_work() as session:
        site = add_site(session, square(-100, 0, 50), name="第一小学", area_code="310101").id
    there = proposed(officer, "procuratorate", site_id=site, **COURT)
    made(step(head, there, "approve"))

    _, archive = packed(officer, there)

    assert f"distances/venue-{venue}.pdf" in archive.namelist()


def test_a_lead_of_nothing_or_of_what_is_out_of_scope_is_not_proposed(officer, deployment):
    nothing = officer.post(URL, json={"kind": "procuratorate", "reason": "多家网吧接纳未成年人"} | COURT)
    strange = officer.post(
        URL, json={"kind": "procuratorate", "reason": "多家网吧接纳未成年人", "venue_ids": [999]} | COURT
    )

    assert (nothing.status_code, strange.status_code) == (422, 404)
