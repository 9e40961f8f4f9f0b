"""Sweeps around protected sites, and which tasks were made for them."""

import sqlalchemy as sa
from alembic import op

from backend.core import db

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sweeps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.String(length=16), nullable=False),
        sa.Column("areas", sa.JSON(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=128), nullable=False),
        sa.Column("radius_m", sa.Double(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("approved_by", sa.String(length=128), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("document_no", sa.String(length=64), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("tasks_made_at", db.UtcDateTime(), nullable=True),
        sa.Column("result", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("closed_at", db.UtcDateTime(), nullable=True),
        sa.Column("closed_by", sa.String(length=64), nullable=True),
        sa.Column("closing_words", sa.String(length=500), nullable=True),
        sa.Column("created_by", sa.String(length=64), nullable=False),
        sa.Column("created_at", db.UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(approved_by IS NULL) = (approved_on IS NULL)", name=op.f("ck_sweeps_approved_on")
        ),
        sa.CheckConstraint(
            "(approved_by IS NULL) = (document_no IS NULL)", name=op.f("ck_sweeps_document_no")
        ),
        sa.CheckConstraint("(closed_at IS NULL) = (closed_by IS NULL)", name=op.f("ck_sweeps_closed_by")),
        sa.CheckConstraint(
            "(closed_at IS NULL) = (closing_words IS NULL)", name=op.f("ck_sweeps_closing_words")
        ),
        sa.CheckConstraint(
            "(result IS NOT NULL) = (closed_at IS NOT NULL AND tasks_made_at IS NOT NULL)",
            name=op.f("ck_sweeps_result"),
        ),
        sa.CheckConstraint("(tasks_made_at IS NULL) = (before IS NULL)", name=op.f("ck_sweeps_before")),
        sa.CheckConstraint("from_on <= until_on", name=op.f("ck_sweeps_days")),
        sa.CheckConstraint(
            "published_on IS NULL OR (approved_on IS NOT NULL AND approved_on <= published_on)",
            name=op.f("ck_sweeps_published"),
        ),
        sa.CheckConstraint("radius_m > 0 AND radius_m <= 1000", name=op.f("ck_sweeps_ring")),
        sa.CheckConstraint(
            "tasks_made_at IS NULL OR approved_on IS NOT NULL",
            name=op.f("ck_sweeps_only_approved_makes_tasks"),
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_sweeps_agency_id_agencies")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_sweeps_site_id_sites")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sweeps")),
    )
    op.create_index(op.f("ix_sweeps_agency_id"), "sweeps", ["agency_id"], unique=False)
    op.create_index(op.f("ix_sweeps_area_code"), "sweeps", ["area_code"], unique=False)
    op.create_index(op.f("ix_sweeps_site_id"), "sweeps", ["site_id"], unique=False)
    op.create_table(
        "sweep_tasks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sweep_id", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_sweep_tasks_agency_id_agencies")
        ),
        sa.ForeignKeyConstraint(["sweep_id"], ["sweeps.id"], name=op.f("fk_sweep_tasks_sweep_id_sweeps")),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_sweep_tasks_task_id_tasks")),
        sa.ForeignKeyConstraint(["venue_id"], ["venues.id"], name=op.f("fk_sweep_tasks_venue_id_venues")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sweep_tasks")),
        sa.UniqueConstraint("sweep_id", "venue_id", "agency_id", name=op.f("uq_sweep_tasks_sweep_id")),
        sa.UniqueConstraint("task_id", name=op.f("uq_sweep_tasks_task_id")),
    )
    op.create_index(op.f("ix_sweep_tasks_agency_id"), "sweep_tasks", ["agency_id"], unique=False)
    op.create_index(op.f("ix_sweep_tasks_venue_id"), "sweep_tasks", ["venue_id"], unique=False)
