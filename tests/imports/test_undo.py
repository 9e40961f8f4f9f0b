"""Undo puts the register back as it was, but for rows that are in use or changed since: it lists those."""

import pytest
from sqlalchemy import select, text, update

from backend.core.audit import AuditEntry
from backend.imports.errors import AlreadyUndone, RunUnknown
from backend.imports.undo import Kept
from backend.venues.models import Venue
from tests.imports.conftest import square

HEADER = "id,name,wkt,licence_number,licence_issued_on"
OLD = ("1,甲吧,POINT (121.47 31.23),L1,2020-01-01", "2,乙吧,POINT (121.48 31.24),L2,")
NEW = (f"1,甲吧二,{square(121.47, 31.23, 0.001)},L1b,", OLD[1], "3,丙吧,POINT (121.49 31.25),,")


def test_undo_restores_what_a_run_changed_and_removes_what_it_made(desk):
    desk.venues(desk.file("bars.csv", HEADER, *OLD), ref_column="id", activities=("bar", "alcohol"))
    before = desk.everything()
    run = desk.venues(desk.file("bars.csv", HEADER, *NEW), ref_column="id", activities=("bar",)).run_id
    planned = desk.preview(run)

    done = desk.undo(run)

    assert (planned.removed, planned.restored, planned.kept) == (1, 2, ())
    assert done == planned
    assert desk.everything() == before


def test_runs_are_undone_from_the_newest_on(desk):
    nothing = desk.everything()
    first = desk.venues(desk.file("bars.csv", HEADER, *OLD), ref_column="id").run_id
    second = desk.venues(desk.file("bars.csv", HEADER, *NEW), ref_column="id").run_id

    assert desk.preview(first).kept == (Kept("bars:1", "changed_since"),)
    desk.undo(second)
    desk.undo(first)

    assert desk.everything() == nothing


def test_a_row_that_somebody_corrected_since_stays(desk):
    run = desk.venues(desk.file("bars.csv", HEADER, *OLD), ref_column="id").run_id
    with desk.deployment.unit_of_work() as session:
        session.execute(update(Venue).where(Venue.ref == "bars:2").values(address="路", version=2))

    done = desk.undo(run)

    assert (done.removed, done.kept) == (1, (Kept("bars:2", "changed_since"),))
    assert desk.register("venues").keys() == {"bars:2"}


def test_a_row_that_something_refers_to_stays_until_that_is_gone(desk):
    run = desk.venues(desk.file("bars.csv", HEADER, *OLD), ref_column="id").run_id
    with desk.deployment.unit_of_work() as session:
        session.execute(text("CREATE TABLE reminders (venue_id INTEGER REFERENCES venues (id))"))
        session.execute(text("INSERT INTO reminders SELECT id FROM venues WHERE ref = 'bars:1'"))
    reminders = _know("reminders")

    try:
        kept = desk.undo(run).kept
        with desk.deployment.unit_of_work() as session:
            session.execute(text("DELETE FROM reminders"))
        rest = desk.undo(run)
    finally:
        reminders.metadata.remove(reminders)

    assert kept == (Kept("bars:1", "reminders"),)
    assert (rest.removed, desk.register("venues")) == (1, {})


def _know(name):
    """A table of a room to come, as the models would declare it."""
    from sqlalchemy import Column, ForeignKey, Integer, Table

    from backend.core.db import Base

    return Table(name, Base.metadata, Column("venue_id", Integer, ForeignKey("venues.id")))


def test_a_run_is_undone_once_and_both_are_in_the_audit_trail(desk):
    run = desk.venues(desk.file("bars.csv", HEADER, *OLD)).run_id
    desk.undo(run)

    with pytest.raises(AlreadyUndone, match=f"run {run}"):
        desk.undo(run)
    with pytest.raises(RunUnknown, match="no import run 99"):
        desk.preview(99)
    with desk.deployment.reading() as session:
        trail = select(AuditEntry.deed, AuditEntry.subject, AuditEntry.actor).order_by(AuditEntry.seq)
        deeds = [tuple(row) for row in session.execute(trail) if row.deed.startswith("import.")]
    subject = f"import_run:{run}"
    assert deeds == [("import.venues", subject, "tester"), ("import.undo", subject, "tester")]
