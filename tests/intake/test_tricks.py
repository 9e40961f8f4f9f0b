"""Forms made by hand to hide something, or to leave a personal number where it must not lie."""

import hashlib
import threading

import pytest
from sqlalchemy import select

from backend.accounts.scope import Scope
from backend.core import personal_numbers
from backend.inspections import queries
from backend.inspections.models import Evidence, Violation, Visit
from backend.intake import filer
from backend.intake.models import Envelope
from backend.intake.queries import masked_xml
from tests.forms.samples import PHOTO
from tests.intake.tablet import file_all, just_now
from tests.intake.test_filing import newest

BREACH = {"duties/ban_sign": "breach"}
RESIDENT_ID = "31010119900307006X"


def listed(deployment):
    """The instances whose violations stand."""
    with deployment.reading() as session:
        agency_id = session.scalars(select(Visit.agency_id)).first()
        rows, _ = queries.list_violations(session, Scope(("",), None, agency_id, "supervisor"))
        return sorted({row.visit.instance_id for row in rows if isinstance(row, Violation)})


def send(tablet, instance_id, corrects):
    xml = just_now(instance_id=instance_id, deprecated_id=corrects, answers=BREACH)
    assert tablet.send(xml).status_code == 201


def test_a_visit_cannot_correct_itself_out_of_sight(tablet, deployment):
    send(tablet, "uuid:1", corrects="uuid:1")
    file_all(deployment)

    assert listed(deployment) == ["uuid:1"]


def test_two_visits_cannot_correct_each_other_out_of_sight(tablet, deployment):
    send(tablet, "uuid:1", corrects="uuid:2")
    send(tablet, "uuid:2", corrects="uuid:1")
    file_all(deployment)

    assert listed(deployment) == ["uuid:2"]


def test_a_correction_that_overtakes_its_original_replaces_it_once_it_is_here(tablet, deployment):
    right = just_now(instance_id="uuid:2", deprecated_id="uuid:1")
    assert tablet.send(right).status_code == 201
    file_all(deployment)
    send(tablet, "uuid:1", corrects="")
    file_all(deployment)

    assert listed(deployment) == []
    with deployment.reading() as session:
        old, new = session.scalars(select(Visit).order_by(Visit.instance_id))
        assert old.corrections == [new]
        assert old.violations
        assert not {"same_day"} & {flag.code for one in (old, new) for flag in one.flags}


def test_three_visits_cannot_correct_each_other_out_of_sight(tablet, deployment):
    for instance_id, corrects in (("uuid:1", "uuid:2"), ("uuid:2", "uuid:3"), ("uuid:3", "uuid:1")):
        send(tablet, instance_id, corrects=corrects)
        file_all(deployment)

    assert listed(deployment) == ["uuid:2", "uuid:3"]


def test_a_photo_is_sealed_if_it_may_show_a_minor_anywhere_in_the_form(tablet, deployment):
    said = [PHOTO | {"minor_possible": "yes"}, PHOTO | {"minor_possible": "no"}]
    tablet.send(just_now(photos=said), {PHOTO["photo"]: b"a face"})
    file_all(deployment)

    with deployment.reading() as session:
        assert set(session.scalars(select(Evidence.sealed).where(Evidence.kind == "photo"))) == {True}


def test_names_of_files_and_of_nodes_are_masked_in_the_record(tablet, deployment):
    photo = PHOTO | {"photo": f"{RESIDENT_ID}.jpg", "sha256": hashlib.sha256(b"x").hexdigest()}
    xml = just_now(photos=[photo], deprecated_id=RESIDENT_ID)
    tablet.send(xml.replace(b"</data>", b"<n31010119900307006X>?</n31010119900307006X></data>"))
    file_all(deployment)

    with deployment.reading() as session:
        visit = session.get_one(Visit, newest(deployment).id)
        record = queries.record_of(session, visit)
    assert visit.corrects is None
    assert RESIDENT_ID not in str(record)
    assert "〔身份证号〕" in record["photos"][0]["file"]
    assert record["photos"][0]["sha256"] == photo["sha256"]
    assert "personal_number_masked" in {flag.code for flag in newest(deployment).flags}


@pytest.mark.parametrize("disguise", ["utf-16", "references", "comment"])
def test_an_envelope_is_shown_masked_however_its_xml_is_written(tablet, deployment, disguise):
    hidden = {
        "utf-16": RESIDENT_ID,
        "references": "".join(f"&#{ord(c)};" for c in RESIDENT_ID),
        "comment": f"{RESIDENT_ID[:9]}<!-- and -->{RESIDENT_ID[9:]}",
    }[disguise]
    xml = just_now(answers={"duties/ban_sign_note": "HIDDEN"}).decode().replace("HIDDEN", hidden)
    if disguise == "utf-16":
        xml = '<?xml version="1.0" encoding="utf-16"?>' + xml
    assert tablet.send(xml.encode("utf-16" if disguise == "utf-16" else "utf-8")).status_code == 201

    with deployment.reading() as session:
        shown = masked_xml(session, session.scalars(select(Envelope)).one())
    assert "〔身份证号〕" in shown
    assert RESIDENT_ID[:9] not in shown
    assert "&#" not in shown


def test_a_personal_number_is_no_name_of_a_submission(tablet, deployment):
    refused = tablet.send(just_now(instance_id=RESIDENT_ID))

    assert (refused.status_code, "id_not_allowed" in refused.text) == (400, True)


def test_what_stands_in_place_of_a_version_is_not_kept_in_the_clear(tablet, deployment):
    assert tablet.send(just_now(version=f"柳某某 {RESIDENT_ID}")).status_code == 201
    assert tablet.send(just_now(instance_id="uuid:2", version=RESIDENT_ID)).status_code == 201

    with deployment.reading() as session:
        kept = session.scalars(select(Envelope.form_version)).all()
    assert [personal_numbers.find(version) for version in kept] == [[], []]
    assert "柳" not in "".join(kept)


def test_the_filer_outlives_a_surprise(deployment, monkeypatch):
    stop, tried = threading.Event(), []

    def surprised(_):
        tried.append(1)
        if len(tried) == 1:
            raise ValueError(RESIDENT_ID)
        stop.set()

    monkeypatch.setattr(filer, "_WORK", (surprised,))
    monkeypatch.setattr(filer, "TROUBLE_S", 0.0)
    filer.run(deployment, stop)

    assert len(tried) == 2
