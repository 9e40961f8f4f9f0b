"""Envelopes become visits, once and whole; what cannot be filed waits with its reason and blocks nobody."""

import hashlib
import threading
import time
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select, update

from backend.accounts import actions as accounts
from backend.accounts.auth import Role
from backend.accounts.scope import Scope
from backend.core.audit import AuditEntry
from backend.core.sealed import VisitKeyRow
from backend.inspections import queries
from backend.inspections.models import Violation, Visit
from backend.intake import actions, filer
from backend.intake.filing import prepare_filing
from backend.intake.models import Envelope, State
from backend.intake.queries import masked_xml, unmasked_xml
from tests.forms.samples import PHOTO, cafe_form
from tests.intake.tablet import NOW, SIGNATURES, Tablet, file_all, just_now
from tests.people import add_person
from tests.screening.places import add_site, add_venue, at, square

PHOTO_BYTES = b"a face"
TAKEN = PHOTO | {"sha256": hashlib.sha256(PHOTO_BYTES).hexdigest()}
RESIDENT_ID = "31010119900307006X"


@pytest.fixture(autouse=True)
def register(deployment):
    """The cafe that the samples name, 100 m west of a school."""
    with deployment.unit_of_work() as session:
        add_venue(session, at(0), area_code="310101001")
        add_site(session, square(100, -50, 100), "middle", area_code="310101")


def newest(deployment):
    """The visit filed last, with all that was found."""
    with deployment.reading() as session:
        visit = session.scalars(select(Visit).order_by(Visit.id.desc())).first()
        return queries.visit(session, Scope(("",), None, visit.agency_id, Role.SUPERVISOR), visit.id)


def filed(deployment, tablet, files=SIGNATURES, **said):
    assert tablet.send(just_now(**said), files).status_code == 201
    file_all(deployment)
    return newest(deployment)


def states(deployment):
    with deployment.reading() as session:
        found = session.execute(select(Envelope.state, Envelope.reason).order_by(Envelope.id))
        return [tuple(row) for row in found]


def flags(visit):
    return {flag.code: flag.count for flag in visit.flags if flag.settled_at is None}


def test_a_poisoned_envelope_waits_with_its_reason_and_blocks_nobody(tablet, deployment):
    for n in range(4):
        tablet.send(just_now(instance_id=f"uuid:{n}"), SIGNATURES)
    with deployment.unit_of_work() as session:
        session.execute(
            update(Envelope).where(Envelope.instance_id == "uuid:1").values(sealed=b"HMS1 rubbish")
        )
        key = select(Envelope.key_id).where(Envelope.instance_id == "uuid:2").scalar_subquery()
        session.execute(update(VisitKeyRow).where(VisitKeyRow.id == key).values(wrapped=None))

    file_all(deployment)

    poisoned = [("unfilable", "cannot_be_opened"), ("unfilable", "content_destroyed")]
    assert states(deployment) == [("filed", None), *poisoned, ("filed", None)]


def test_what_could_not_be_filed_is_filed_after_the_fix(tablet, deployment, forms):
    built = forms / f"internet_cafe-{cafe_form().version}.json"
    described = built.read_text()
    tablet.send(just_now(answers={"duties/ban_sign_note": "柳某某"}), SIGNATURES)
    tablet.send(just_now(version="not-built"), SIGNATURES)
    built.write_text("{broken")

    file_all(deployment)

    assert states(deployment) == [("unfilable", "internal_error"), ("unfilable", "form_unknown")]
    with deployment.reading() as session:
        detail = session.scalars(select(Envelope.detail)).first()
    assert detail.startswith("JSONDecodeError in ")
    built.write_text(described)
    assert actions.replay(deployment, by="tester", now=NOW) == {State.FILED: 1, State.UNFILABLE: 1}
    assert states(deployment) == [("filed", None), ("unfilable", "form_unknown")]


def test_an_envelope_that_changed_meanwhile_is_left_to_the_next_time(tablet, deployment):
    xml = just_now(photos=[TAKEN])
    tablet.send(xml, SIGNATURES)
    with deployment.reading() as session:
        prepared = prepare_filing(session, deployment, 1)
    tablet.send(xml, {"front.jpg": PHOTO_BYTES})

    with deployment.unit_of_work() as session:
        assert actions.file_prepared(session, prepared, NOW) is State.RECEIVED

    file_all(deployment)
    assert flags(newest(deployment)) == {}


def test_an_envelope_is_filed_once_however_often_it_is_tried(tablet, deployment):
    tablet.send(just_now(id_checks=[{"not_verified": "1"}]), SIGNATURES)
    with deployment.reading() as session:
        prepared = prepare_filing(session, deployment, 1)

    with deployment.unit_of_work() as session:
        states = [actions.file_prepared(session, prepared, NOW) for _ in range(3)]

    assert states == [State.FILED, State.RECEIVED, State.RECEIVED]
    with deployment.reading() as session:
        assert session.scalar(select(func.count(Visit.id))) == 1
        assert session.scalar(select(func.count(Violation.id))) == 1


def test_a_clean_visit_is_filed_whole(tablet, deployment, inspector, agency):
    visit = filed(deployment, tablet, {**SIGNATURES, "front.jpg": PHOTO_BYTES}, photos=[TAKEN])

    assert flags(visit) == {}
    assert (visit.venue_id, visit.area_code, visit.agency_id, visit.user_id) == (
        1,
        "310101001",
        agency,
        inspector,
    )
    assert visit.violations == []
    assert {finding.item: finding.answer for finding in visit.findings}["ban_sign"] == "compliant"
    assert [finding.photos for finding in visit.findings if finding.item == "ban_sign"] == [[1]]
    (check,) = visit.id_checks
    assert (check.method, check.people_checked, check.not_verified) == ("on_site", 5, 0)
    photo, *signatures = visit.evidence
    assert (photo.kind, photo.sealed, photo.captured_sha256) == ("photo", False, photo.arrived_sha256)
    assert {piece.kind for piece in signatures} == {"signature"}


def test_the_picture_of_a_sign_is_evidence_and_sealed_unless_somebody_said_that_no_minor_is_in_it(
    tablet, deployment
):
    told = {f"sign_{name}": value for name, value in TAKEN.items()}
    doubtful = told | {"sign_photo": "hall.jpg", "sign_minor_possible": ""}
    pictures = {"front.jpg": PHOTO_BYTES, "hall.jpg": PHOTO_BYTES}

    visit = filed(deployment, tablet, {**SIGNATURES, **pictures}, signs=[told, doubtful])

    assert [(piece.kind, piece.sealed) for piece in visit.evidence[:2]] == [("photo", False), ("photo", True)]
    assert all(piece.captured_sha256 == piece.arrived_sha256 for piece in visit.evidence[:2])
    assert all(piece.taken_at for piece in visit.evidence[:2])


def test_the_position_is_held_against_the_schools(tablet, deployment):
    (distance,) = filed(deployment, tablet).distances

    assert (distance.rule_id, distance.site_version, distance.method) == (
        "BUF-NET-1",
        1,
        "boundary_straight_line",
    )
    assert distance.distance_m == pytest.approx(100, abs=0.01)
    assert distance.verdict == "inside"


def test_what_was_found_becomes_violations_with_clauses_and_all_bases(tablet, deployment):
    visit = filed(
        deployment, tablet,
        answers={"duties/ban_sign": "breach"}, id_checks=[{"confirmed_16_17": "1", "not_verified": "2"}],
    )  # fmt: skip

    found = {violation.duty_id: violation for violation in visit.violations}
    assert sorted(found) == ["ACC-NET-1", "IDC-2", "SGN-2"]
    assert {violation.standing for violation in visit.violations} == {"found"}
    admission = found["ACC-NET-1"]
    assert "internet-cafe-regs:21.1" in admission.clauses
    assert [basis.basis_id for basis in admission.bases] == ["PEN-01", "PEN-10"]
    assert (admission.fact_on, admission.rulebook_version) == (visit.fact_on, visit.rulebook_version)


def test_files_that_come_later_complete_the_visit(tablet, deployment):
    xml = just_now(photos=[TAKEN])
    tablet.send(xml, {"more.jpg": b"?"})
    file_all(deployment)
    assert flags(newest(deployment)) == {"missing_file": 4, "unnamed_file": 1}

    tablet.send(xml, {**SIGNATURES, "front.jpg": b"other bytes"})
    file_all(deployment)

    visit = newest(deployment)
    assert flags(visit) == {"unnamed_file": 1, "hash_mismatch": 1}
    assert {flag.code for flag in visit.flags if flag.settled_at} == {"missing_file"}
    assert all(piece.arrived_sha256 for piece in visit.evidence)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        pytest.param({"venue_id": "77"}, {"venue_unknown": 1}, id="not in the register"),
        pytest.param({"venue_id": None}, {"venue_unknown": 1}, id="typed"),
        pytest.param({"venue_id": "1; DROP TABLE"}, {"venue_unknown": 1}, id="no number"),
        pytest.param({"venue_id": "2"}, {"outside_area": 1}, id="in another district"),
        pytest.param({"venue_id": "3"}, {"activity_not_registered": 1}, id="a bar"),
        pytest.param({"venue_id": "4"}, {"far_from_venue": 1}, id="elsewhere"),
    ],
)
def test_a_visit_at_a_doubtful_venue_is_filed_and_flagged(tablet, deployment, said, expected):
    with deployment.unit_of_work() as session:
        add_venue(session, at(0), area_code="310104")
        add_venue(session, at(0), "bar", area_code="310101")
        add_venue(session, at(0, 400), area_code="310101")

    visit = filed(deployment, tablet, **said)

    assert flags(visit) == expected
    assert (
        visit.area_code == "310101"
    )  # the sender's: whoever is in charge elsewhere does not see it as theirs


def test_a_device_clock_that_is_wrong_is_flagged_and_both_times_are_kept(tablet, deployment):
    tablet.send(just_now(), SIGNATURES, Date="Fri, 20 Nov 2020 02:30:00 GMT")
    file_all(deployment)

    visit = newest(deployment)
    assert flags(visit) == {"clock_skew": 1}
    assert visit.sent_at == datetime(2020, 11, 20, 2, 30, tzinfo=UTC)
    assert abs(visit.received_at - datetime.now(UTC)) < timedelta(minutes=5)


def test_two_visits_on_one_day_are_both_kept_and_the_second_is_flagged(tablet, deployment):
    assert flags(filed(deployment, tablet)) == {}
    assert flags(filed(deployment, tablet)) == {"same_day": 1}


def test_a_correction_is_a_new_visit_that_names_the_old_one(tablet, deployment):
    wrong = filed(deployment, tablet, instance_id="uuid:1", answers={"duties/ban_sign": "breach"})
    right = filed(deployment, tablet, instance_id="uuid:2", deprecated_id="uuid:1")

    assert (right.corrects, flags(right)) == ("uuid:1", {})
    scope = Scope(("",), None, wrong.agency_id, Role.SUPERVISOR)
    with deployment.reading() as session:
        assert queries.visit(session, scope, wrong.id).corrections == [session.get(Visit, right.id)]
        assert [v.id for v in queries.list_visits(session, scope)[0]] == [right.id, wrong.id]
        assert [v.id for v in queries.list_visits(session, scope, only_current=True)[0]] == [right.id]
        assert queries.violations_of_venue(session, scope, 1) == []


def test_nobody_corrects_another_agencys_visit(app, tablet, deployment):
    wrong = filed(deployment, tablet, instance_id="uuid:1", answers={"duties/ban_sign": "breach"})
    with deployment.unit_of_work() as session:
        names = {"name_zh": "另一局", "name_en": "Another"}
        other = accounts.put_agency(session, code="other", activities=None, by="tester", now=NOW, **names).id
    add_person(deployment, login="other", agency_id=other)

    filed(deployment, Tablet(app.test_client(), login="other"), deprecated_id="uuid:1")

    scope = Scope(("",), None, wrong.agency_id, Role.SUPERVISOR)
    with deployment.reading() as session:
        assert len(queries.violations_of_venue(session, scope, 1)) == 1


def test_a_colleagues_correction_hides_no_violation(app, tablet, deployment):
    wrong = filed(deployment, tablet, instance_id="uuid:1", answers={"duties/ban_sign": "breach"})
    add_person(deployment, login="colleague", agency_id=wrong.agency_id)

    filed(deployment, Tablet(app.test_client(), login="colleague"), deprecated_id="uuid:1")

    scope = Scope(("",), None, wrong.agency_id, Role.SUPERVISOR)
    with deployment.reading() as session:
        assert len(queries.violations_of_venue(session, scope, 1)) == 1


def test_personal_numbers_are_masked_in_what_is_filed_and_stay_in_the_envelope(tablet, deployment):
    note = f"{RESIDENT_ID[:6]} {RESIDENT_ID[6:]}，电话138-0013-8000"
    visit = filed(
        deployment, tablet, instance_id="uuid:1",
        answers={"duties/ban_sign_note": note, "signatures/person_name": "柳某某"},
        id_checks=[{"id_check_note": RESIDENT_ID, "method": RESIDENT_ID}],
    )  # fmt: skip

    with deployment.reading() as session:
        record = str(queries.record_of(session, session.get(Visit, visit.id)))
        envelope = session.scalars(select(Envelope)).one()
        assert note in unmasked_xml(session, envelope).decode()
        assert RESIDENT_ID not in masked_xml(session, envelope)
    assert flags(visit)["personal_number_masked"] == 2
    assert "〔身份证号〕，电话〔手机号〕" in record
    assert "柳某某" in record
    assert RESIDENT_ID not in record
    assert visit.id_checks[0].method == "other"


def test_filing_is_in_the_audit_trail(tablet, deployment):
    filed(deployment, tablet)

    with deployment.reading() as session:
        entries = session.scalars(select(AuditEntry).where(AuditEntry.actor == actions.FILER)).all()
    assert [(entry.deed, entry.subject) for entry in entries] == [("visit.record", "visit:1")]


def test_one_filer_works_and_a_second_waits_for_it(tablet, deployment):
    stops = [threading.Event(), threading.Event()]
    filers = [threading.Thread(target=filer.run, args=(deployment, stop)) for stop in stops]
    for thread in filers:
        thread.start()
    for n in range(5):
        tablet.send(just_now(instance_id=f"uuid:{n}"), SIGNATURES)

    let_be_at = time.monotonic() + 20
    while states(deployment) != [("filed", None)] * 5 and time.monotonic() < let_be_at:
        time.sleep(0.05)
    for stop in stops:
        stop.set()
    for thread in filers:
        thread.join(10)

    assert states(deployment) == [("filed", None)] * 5
    assert not any(thread.is_alive() for thread in filers)


def test_what_a_kill_left_in_incoming_is_cleared_up_at_start(tablet, deployment):
    orphan = deployment.files.create()
    orphan.write(b"never named")
    orphan.finish()
    orphan._file.close()

    stop = threading.Event()
    thread = threading.Thread(target=filer.run, args=(deployment, stop))
    thread.start()
    let_be_at = time.monotonic() + 10
    while list(deployment.files.incoming.iterdir()) and time.monotonic() < let_be_at:
        time.sleep(0.02)
    stop.set()
    thread.join(10)

    assert list(deployment.files.incoming.iterdir()) == []
