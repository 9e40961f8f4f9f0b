"""On its day content goes for good, with a certificate; before it, or without a period, it stays."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select, update

from backend.core.audit import AuditEntry
from backend.core.daily import Daily
from backend.core.errors import Refusal
from backend.core.sealed import ContentDestroyed, VisitKeyRow, locked_visit_key, visit_key
from backend.inspections.models import Evidence, IdCheck, PictureMark, Violation, Visit
from backend.inspections.queries import record_of
from backend.intake.models import Envelope, State
from backend.intake.queries import content_of, unmasked_xml
from backend.retention import job, queries
from backend.retention.models import Certificate, Destroyed
from backend.retention.planning import Periods, candidates
from tests.forms.samples import cafe_submission
from tests.intake.tablet import file_all
from tests.retention.keeping import (
    FILES,
    TIMES,
    YEARS,
    certificates,
    chain_is_whole,
    confirm,
    destroyed,
    on_disk,
    run,
    visit,
)

LAST = "2031-11-21"  # five years after the visit: the last period of one without a violation


def readable(deployment):
    """What of visit 1 can still be opened."""
    with deployment.reading() as session:
        found, names = session.get_one(Visit, 1), []
        photos = session.scalars(select(Evidence).where(Evidence.kind == "photo").order_by(Evidence.number))
        looks = {"record": lambda: record_of(session, found)}
        looks["xml"] = lambda: unmasked_xml(session, session.get_one(Envelope, 1))
        for photo in photos.all():
            name = "child" if photo.sealed else "front"
            looks[name] = lambda photo=photo: b"".join(content_of(session, deployment, found, photo))
        for name, look in looks.items():
            try:
                look()
                names.append(name)
            except ContentDestroyed:
                pass
        return names


EVERYTHING = ["record", "xml", "front", "child"]


def test_what_nobody_confirmed_is_kept(deployment, visit):
    assert run(deployment, "2200-01-01") == 0

    assert readable(deployment) == EVERYTHING


@pytest.mark.parametrize(
    "kept",
    [name for name in YEARS if name not in ("visit_violation", "envelope_unfilable", "consent_evidence")],
)
def test_one_class_that_nobody_confirmed_keeps_the_key(deployment, visit, kept):
    confirm(deployment, {name: years for name, years in YEARS.items() if name != kept})

    run(deployment, "2200-01-01")

    assert "record" in readable(deployment)
    assert kept not in {name for name, _, _ in certificates(deployment)}


def test_a_record_counted_from_the_closing_of_a_case_is_kept(deployment, visit):
    confirm(deployment, YEARS, counted_from="CASE_CLOSED")

    assert run(deployment, "2200-01-01") == 0


def test_a_form_that_waits_to_be_filed_is_kept(deployment, visit):
    confirm(deployment, YEARS)
    with deployment.unit_of_work() as session:
        session.execute(update(Envelope).values(state=State.RECEIVED))

    assert run(deployment, "2200-01-01") == 0


def test_nothing_goes_a_day_too_early(deployment, visit):
    confirm(deployment, YEARS)

    assert run(deployment, "2027-11-20") == 0
    assert run(deployment, "2027-11-21") == 1
    assert certificates(deployment) == [("photo_minor", "2027-11-21", 1)]


def test_each_class_goes_on_its_day_and_the_rest_stays(deployment, visit):
    confirm(deployment, YEARS)

    left = [
        (run(deployment, f"{year}-11-21"), readable(deployment), on_disk(deployment))
        for year in range(2027, 2032)
    ]

    assert left == [
        (1, ["record", "xml", "front"], 4),
        (1, ["record", "front"], 4),
        (0, ["record", "front"], 4),
        (1, ["record"], 3),
        (4, [], 0),
    ]
    assert certificates(deployment) == [
        ("photo_minor", "2027-11-21", 1),
        ("envelope_unmasked", "2028-11-21", 1),
        ("photo_ordinary", "2030-11-21", 1),
        ("visit_clean", "2031-11-21", 4),
    ]


def test_the_skeleton_stays_without_a_word(deployment, visit):
    confirm(deployment, YEARS)

    run(deployment, LAST)

    with deployment.reading() as session:
        found, envelope = session.get_one(Visit, 1), session.get_one(Envelope, 1)
        assert (found.fact_on, found.area_code, found.record) == (date(2026, 11, 20), "310101", b"")
        assert (envelope.state, envelope.sealed) == (State.FILED, b"")
        assert len(session.scalars(select(Evidence)).all()) == 5
        assert session.scalars(select(IdCheck)).all()
        assert session.scalars(select(PictureMark)).all() == []
        assert queries.is_destroyed(session, found)
        assert {one.retention_class for one in queries.certificates_of(session, found)} == {
            "photo_minor", "photo_ordinary", "envelope_unmasked", "visit_clean",
        }  # fmt: skip


def test_any_violation_makes_the_whole_visit_one_with_a_violation(deployment, tablet):
    visit(deployment, tablet, answers={"duties/ban_sign": "breach"})
    confirm(deployment, YEARS)
    with deployment.reading() as session:
        assert session.scalars(select(Violation)).all()

    run(deployment, LAST)
    assert readable(deployment) == ["record"]
    run(deployment, "2032-11-21")

    assert readable(deployment) == []
    assert certificates(deployment)[-1] == ("visit_violation", "2032-11-21", 4)


def test_an_agencys_own_period_counts_for_its_visits_alone(deployment, visit):
    confirm(deployment, {"photo_minor": 1}, agency="police")
    assert run(deployment, "2100-01-01") == 0

    confirm(deployment, {"photo_minor": 1}, agency="culture")
    assert run(deployment, "2100-01-01") == 1


def test_a_form_that_could_never_be_filed_goes_by_its_own_period(deployment, tablet):
    assert tablet.send(cafe_submission(answers=TIMES, version="0"), FILES).status_code == 201
    file_all(deployment)
    confirm(deployment, YEARS)
    with deployment.reading() as session:
        envelope = session.scalars(select(Envelope)).one()
        assert envelope.state == State.UNFILABLE
        received = envelope.received_at.date()

    assert run(deployment, received.replace(year=received.year + 1).isoformat()) == 0
    assert run(deployment, f"{received.year + 2}-01-01") == 6
    assert [(name, count) for name, _, count in certificates(deployment)] == [("envelope_unfilable", 6)]
    assert on_disk(deployment) == 0


def test_running_again_destroys_nothing_more(deployment, visit):
    confirm(deployment, YEARS)
    run(deployment, LAST)
    before = certificates(deployment)

    assert run(deployment, LAST) == run(deployment, "2200-01-01") == 0

    assert certificates(deployment) == before


def test_a_preview_says_the_same_and_destroys_nothing(deployment, visit):
    confirm(deployment, YEARS)
    on = date.fromisoformat(LAST)

    assert job.preview(deployment, on) == {
        "visit_clean": 4, "photo_minor": 1, "photo_ordinary": 1, "envelope_unmasked": 1
    }  # fmt: skip

    assert readable(deployment) == EVERYTHING
    assert run(deployment, LAST) == 7


def test_the_certificate_is_in_the_audit_chain_and_the_chain_stays_whole(deployment, visit):
    confirm(deployment, YEARS)

    run(deployment, "2027-11-21")

    assert chain_is_whole(deployment)
    with deployment.reading() as session:
        entry = session.scalars(select(AuditEntry).where(AuditEntry.deed == "retention.destroy")).one()
        found = session.scalars(select(Certificate)).one()
        assert (entry.actor, entry.subject) == ("tester", f"certificate:{found.id}")
        assert entry.detail == {
            "class": "photo_minor", "setting": "KEEP-photo_minor-", "count": 1, "rulebook": 2,
            "due_on": "2027-11-21", "ids": found.ids_hash,
        }  # fmt: skip
        assert queries.is_whole(found)


def test_a_certificate_that_covers_something_else_afterwards_is_seen(deployment, visit):
    confirm(deployment, YEARS)
    run(deployment, "2027-11-21")
    with deployment.unit_of_work() as session:
        session.execute(update(Destroyed).values(item_id=Destroyed.item_id + 1))

    with deployment.reading() as session:
        assert not queries.is_whole(session.scalars(select(Certificate)).one())


def test_what_comes_after_the_end_is_refused(deployment, tablet, visit):
    confirm(deployment, YEARS)
    run(deployment, LAST)

    again = tablet.send(cafe_submission(answers=TIMES, instance_id="uuid:1"), FILES)

    assert again.status_code == 410
    assert destroyed(deployment) == {("record", 1), ("form", 1)} | {
        ("file", number) for number in range(1, 6)
    }


def test_a_visit_late_in_the_evening_counts_from_its_day_in_shanghai(deployment, tablet):
    answers = {"start": "2026-11-20T16:30:00.000Z", "end": "2026-11-20T16:40:00.000Z"}  # the 21st there
    visit(deployment, tablet, answers=answers)
    confirm(deployment, {"photo_minor": 1})

    assert run(deployment, "2027-11-21") == 0
    assert run(deployment, "2027-11-22") == 1


def test_the_filer_runs_it_once_on_each_day_of_shanghai(deployment, visit):
    confirm(deployment, {"photo_minor": 1})
    daily, run_on = Daily(job.destroy_due), []

    for at in ("2027-11-20T15:59", "2027-11-20T16:00", "2027-11-20T16:01"):
        daily(deployment, datetime.fromisoformat(at).replace(tzinfo=UTC))
        run_on.append(len(certificates(deployment)))

    assert run_on == [0, 1, 1]
    with deployment.reading() as session:
        assert session.scalars(select(Certificate.by)).one() == "system:retention"


def test_what_went_is_not_looked_at_again_until_the_rest_may_be_due(deployment, visit):
    confirm(deployment, {"photo_minor": 1})
    with deployment.reading() as session:
        assert candidates(session, Periods(session, date(2027, 11, 21))) == [1]
    run(deployment, "2027-11-21")

    with deployment.reading() as session:
        assert candidates(session, Periods(session, date(2099, 1, 1))) == []


def test_refusals_of_what_is_gone_say_so(deployment, visit, supervisor):
    confirm(deployment, YEARS)
    run(deployment, LAST)

    answer = supervisor.get("/api/v1/visits/1/record")

    assert (answer.status_code, answer.json["status"]) == (410, "content_destroyed")
    assert issubclass(ContentDestroyed, Refusal)


def test_the_signed_list_of_names_goes_with_the_form(deployment, tablet, visit):
    with deployment.unit_of_work() as session:
        session.get_one(Envelope, 1).sealed_signature = b"names of files, sealed"
    confirm(deployment, {"envelope_unmasked": 2})

    run(deployment, "2028-11-21")

    with deployment.reading() as session:
        envelope = session.get_one(Envelope, 1)
        assert (envelope.sealed, envelope.sealed_signature) == (b"", None)


@pytest.mark.parametrize("keep", ["a form", "a file"])
def test_a_key_under_which_something_is_being_kept_is_out_of_its_destroyers_reach(deployment, visit, keep):
    """What is acknowledged is never under a key that was destroyed in the same instant."""
    if deployment.is_sqlite:
        pytest.skip("only on PostgreSQL: on SQLite writers stand in one line")
    with deployment.unit_of_work() as session:
        envelope = session.get_one(Envelope, 1)
        if keep == "a form":
            visit_key(session, envelope.visit_no)
        else:
            locked_visit_key(session, envelope.key_id)
        with deployment.reading() as other:
            free = other.scalars(select(VisitKeyRow).with_for_update(skip_locked=True))
            assert envelope.key_id not in {key.id for key in free}
