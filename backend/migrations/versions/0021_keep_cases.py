"""Cases with their steps and deadlines, orders to correct; what kind of authority an agency is."""

import sqlalchemy as sa
from alembic import op

from backend.cases import guards
from backend.core import db

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "case_series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("pattern", sa.String(length=64), nullable=False),
        sa.Column("next_number", sa.Integer(), nullable=False),
        sa.CheckConstraint("next_number > 0", name=op.f("ck_case_series_from_one")),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_case_series_agency_id_agencies")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_series")),
        sa.UniqueConstraint("agency_id", "year", name=op.f("uq_case_series_agency_id")),
        sa.UniqueConstraint("pattern", name=op.f("uq_case_series_pattern")),
    )
    op.create_table(
        "cases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.String(length=16), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("authority", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("acted_on", sa.Date(), nullable=False),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("is_long", sa.Boolean(), nullable=False),
        sa.Column("opened_by", sa.Integer(), nullable=False),
        sa.Column("opened_at", db.UtcDateTime(), nullable=False),
        sa.Column("ended_at", db.UtcDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "authority IN ('GENERAL', 'SAMR', 'CULTURE', 'TOBACCO', 'POLICE')",
            name=op.f("ck_cases_authority"),
        ),
        sa.CheckConstraint("acted_on <= found_on", name=op.f("ck_cases_acted_before_found")),
        sa.CheckConstraint("is_open = (ended_at IS NULL)", name=op.f("ck_cases_ended")),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_cases_agency_id_agencies")),
        sa.ForeignKeyConstraint(["opened_by"], ["users.id"], name=op.f("fk_cases_opened_by_users")),
        sa.ForeignKeyConstraint(
            ["series_id"], ["case_series.id"], name=op.f("fk_cases_series_id_case_series")
        ),
        sa.ForeignKeyConstraint(["venue_id"], ["venues.id"], name=op.f("fk_cases_venue_id_venues")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
        sa.UniqueConstraint("series_id", "number", name=op.f("uq_cases_series_id")),
    )
    op.create_index("ix_cases_agency_id_id", "cases", ["agency_id", "id"], unique=False)
    op.create_index(op.f("ix_cases_venue_id"), "cases", ["venue_id"], unique=False)
    op.create_table(
        "case_officers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("certificate_no", sa.String(length=64), nullable=False),
        sa.Column("since", db.UtcDateTime(), nullable=False),
        sa.Column("until", db.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_officers_case_id_cases")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_case_officers_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_officers")),
    )
    op.create_index(op.f("ix_case_officers_user_id"), "case_officers", ["user_id"], unique=False)
    op.create_index(
        "uq_case_officers_now",
        "case_officers",
        ["case_id", "user_id"],
        unique=True,
        sqlite_where=sa.text("until IS NULL"),
        postgresql_where=sa.text("until IS NULL"),
    )
    op.create_table(
        "case_steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=64), nullable=False),
        sa.Column("from_state", sa.String(length=32), nullable=True),
        sa.Column("to_state", sa.String(length=32), nullable=False),
        sa.Column("actor", sa.String(length=16), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("made_at", db.UtcDateTime(), nullable=False),
        sa.Column("recorded_at", db.UtcDateTime(), nullable=False),
        sa.Column("rulebook_version", sa.Integer(), nullable=False),
        sa.Column("clauses", sa.JSON(), nullable=False),
        sa.Column("papers", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=True),
        sa.Column("begins", sa.String(length=16), nullable=True),
        sa.Column("ends", sa.String(length=16), nullable=True),
        sa.Column("extends", sa.String(length=32), nullable=True),
        sa.Column("days", sa.Integer(), nullable=True),
        sa.CheckConstraint("actor IN ('officer', 'head', 'reviewer')", name=op.f("ck_case_steps_actor")),
        sa.CheckConstraint(
            "begins IN ('suspension', 'hearing', 'public_notice', 'appraisal', 'refund')",
            name=op.f("ck_case_steps_begins"),
        ),
        sa.CheckConstraint(
            "ends IN ('suspension', 'hearing', 'public_notice', 'appraisal', 'refund')",
            name=op.f("ck_case_steps_ends"),
        ),
        sa.CheckConstraint("(extends IS NULL) = (days IS NULL)", name=op.f("ck_case_steps_extends")),
        sa.CheckConstraint("(seq = 1) = (from_state IS NULL)", name=op.f("ck_case_steps_first")),
        sa.CheckConstraint("made_at <= recorded_at", name=op.f("ck_case_steps_made_before_recorded")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_steps_case_id_cases")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_case_steps_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_steps")),
        sa.UniqueConstraint("case_id", "seq", name=op.f("uq_case_steps_case_id")),
    )
    op.create_table(
        "orders",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document", sa.String(length=36), nullable=False),
        sa.Column("number", sa.String(length=64), nullable=True),
        sa.Column("visit_no", sa.String(length=128), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.String(length=16), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=True),
        sa.Column("handed_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=True),
        sa.Column("key_id", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("recorded_at", db.UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("state IN ('open', 'passed', 'failed')", name=op.f("ck_orders_state")),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_orders_agency_id_agencies")),
        sa.ForeignKeyConstraint(["key_id"], ["visit_keys.id"], name=op.f("fk_orders_key_id_visit_keys")),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_orders_task_id_tasks")),
        sa.ForeignKeyConstraint(["venue_id"], ["venues.id"], name=op.f("fk_orders_venue_id_venues")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_orders")),
        sa.UniqueConstraint("document", name=op.f("uq_orders_document")),
    )
    op.create_index("ix_orders_agency_id_due_on", "orders", ["agency_id", "due_on"], unique=False)
    op.create_index(op.f("ix_orders_number"), "orders", ["number"], unique=False)
    op.create_index(op.f("ix_orders_venue_id"), "orders", ["venue_id"], unique=False)
    op.create_table(
        "case_deadlines",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("clock", sa.String(length=32), nullable=False),
        sa.Column("whose", sa.String(length=16), nullable=False),
        sa.Column("count", sa.Integer(), nullable=True),
        sa.Column("unit", sa.String(length=16), nullable=False),
        sa.Column("more", sa.Integer(), nullable=False),
        sa.Column("begun_at", db.UtcDateTime(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("due_at", db.UtcDateTime(), nullable=True),
        sa.Column("warn_on", sa.Date(), nullable=True),
        sa.Column("is_provisional", sa.Boolean(), nullable=False),
        sa.Column("unloaded", sa.JSON(), nullable=False),
        sa.Column("is_paused", sa.Boolean(), nullable=False),
        sa.Column("rulebook_version", sa.Integer(), nullable=False),
        sa.Column("started_by", sa.Integer(), nullable=False),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.Column("ended_at", db.UtcDateTime(), nullable=True),
        sa.CheckConstraint(
            "unit IN ('working_day', 'natural_day', 'month', 'hour')", name=op.f("ck_case_deadlines_unit")
        ),
        sa.CheckConstraint("whose IN ('agency', 'party')", name=op.f("ck_case_deadlines_whose")),
        sa.CheckConstraint("(due_on IS NULL) = (warn_on IS NULL)", name=op.f("ck_case_deadlines_due")),
        sa.CheckConstraint("(ended_by IS NULL) = (ended_at IS NULL)", name=op.f("ck_case_deadlines_ended")),
        sa.CheckConstraint(
            "warn_on IS NULL OR warn_on <= due_on", name=op.f("ck_case_deadlines_warned_in_time")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_deadlines_case_id_cases")),
        sa.ForeignKeyConstraint(
            ["ended_by"], ["case_steps.id"], name=op.f("fk_case_deadlines_ended_by_case_steps")
        ),
        sa.ForeignKeyConstraint(
            ["started_by"], ["case_steps.id"], name=op.f("fk_case_deadlines_started_by_case_steps")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_deadlines")),
    )
    op.create_index(op.f("ix_case_deadlines_case_id"), "case_deadlines", ["case_id"], unique=False)
    op.create_index("ix_case_deadlines_warn_on", "case_deadlines", ["warn_on"], unique=False)
    op.create_index(
        "uq_case_deadlines_running",
        "case_deadlines",
        ["case_id", "clock"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "order_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", db.UtcDateTime(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("visit_id", sa.Integer(), nullable=True),
        sa.Column("sealed_note", sa.LargeBinary(), nullable=True),
        sa.Column("sealed_file", sa.LargeBinary(), nullable=True),
        sa.Column("file_sha256", sa.String(length=64), nullable=True),
        sa.CheckConstraint(
            "(kind = 'extended') = (due_on IS NOT NULL)", name=op.f("ck_order_entries_extended")
        ),
        sa.CheckConstraint(
            "kind <> 'failed' OR visit_id IS NOT NULL", name=op.f("ck_order_entries_found_at_a_visit")
        ),
        sa.CheckConstraint(
            "kind IN ('handed', 'proof', 'extended', 'passed', 'failed')", name=op.f("ck_order_entries_kind")
        ),
        sa.CheckConstraint(
            "(sealed_file IS NULL) = (file_sha256 IS NULL)", name=op.f("ck_order_entries_file")
        ),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_order_entries_order_id_orders")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_order_entries_user_id_users")),
        sa.ForeignKeyConstraint(["visit_id"], ["visits.id"], name=op.f("fk_order_entries_visit_id_visits")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_entries")),
        sa.UniqueConstraint("order_id", "seq", name=op.f("uq_order_entries_order_id")),
    )
    op.create_table(
        "case_violations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("violation_id", sa.Integer(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_violations_case_id_cases")),
        sa.ForeignKeyConstraint(
            ["violation_id"], ["violations.id"], name=op.f("fk_case_violations_violation_id_violations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_violations")),
        sa.UniqueConstraint("case_id", "violation_id", name=op.f("uq_case_violations_case_id")),
    )
    op.create_index(
        "uq_case_violations_open",
        "case_violations",
        ["violation_id"],
        unique=True,
        sqlite_where=sa.text("is_open"),
        postgresql_where=sa.text("is_open"),
    )
    op.create_table(
        "order_violations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("violation_id", sa.Integer(), nullable=False),
        sa.Column("refused_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["order_id"], ["orders.id"], name=op.f("fk_order_violations_order_id_orders")
        ),
        sa.ForeignKeyConstraint(
            ["violation_id"], ["violations.id"], name=op.f("fk_order_violations_violation_id_violations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_violations")),
        sa.UniqueConstraint("order_id", "violation_id", name=op.f("uq_order_violations_order_id")),
    )
    op.create_index(
        op.f("ix_order_violations_violation_id"), "order_violations", ["violation_id"], unique=False
    )
    op.execute(
        "ALTER TABLE agencies ADD COLUMN authority VARCHAR(16) DEFAULT 'GENERAL' NOT NULL "
        "CONSTRAINT ck_agencies_authority CHECK "
        "(authority IN ('GENERAL', 'SAMR', 'CULTURE', 'TOBACCO', 'POLICE'))"
    )
    guards.guard(op.get_bind())
