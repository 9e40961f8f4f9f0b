"""Units in close contact with minors, and their queries about staff: counts and codes."""

import sqlalchemy as sa
from alembic import op

from backend.core import db
from backend.staff_queries import guards

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "contact_units",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("address", sa.String(length=255), nullable=True),
        sa.Column("area_code", sa.String(length=16), nullable=False),
        sa.Column("credit_code", sa.String(length=18), nullable=True),
        sa.Column("site_id", sa.Integer(), nullable=True),
        sa.Column("venue_id", sa.Integer(), nullable=True),
        sa.Column("queried_on", sa.Date(), nullable=True),
        sa.Column("next_due_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("entered_by", sa.Integer(), nullable=False),
        sa.Column("entered_at", db.UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(queried_on IS NULL) = (next_due_on IS NULL)", name=op.f("ck_contact_units_due")),
        sa.CheckConstraint("queried_on < next_due_on", name=op.f("ck_contact_units_due_later")),
        sa.ForeignKeyConstraint(["entered_by"], ["users.id"], name=op.f("fk_contact_units_entered_by_users")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_contact_units_site_id_sites")),
        sa.ForeignKeyConstraint(["venue_id"], ["venues.id"], name=op.f("fk_contact_units_venue_id_venues")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_units")),
        sa.UniqueConstraint("credit_code", name=op.f("uq_contact_units_credit_code")),
        sa.UniqueConstraint("site_id", name=op.f("uq_contact_units_site_id")),
        sa.UniqueConstraint("venue_id", name=op.f("uq_contact_units_venue_id")),
    )
    op.create_index(
        "ix_contact_units_area_code_next_due_on", "contact_units", ["area_code", "next_due_on"], unique=False
    )
    op.create_table(
        "staff_queries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("queried_on", sa.Date(), nullable=False),
        sa.Column("asked_of", sa.String(length=16), nullable=False),
        sa.Column("asked_by", sa.String(length=16), nullable=False),
        sa.Column("result", sa.String(length=16), nullable=False),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.Column("entered_by", sa.Integer(), nullable=False),
        sa.Column("entered_at", db.UtcDateTime(), nullable=False),
        sa.CheckConstraint("asked_by IN ('unit', 'authority')", name=op.f("ck_staff_queries_asked_by")),
        sa.CheckConstraint(
            "asked_of IN ('police', 'procuratorate', 'both')", name=op.f("ck_staff_queries_asked_of")
        ),
        sa.CheckConstraint("kind IN ('before_hiring', 'yearly')", name=op.f("ck_staff_queries_kind")),
        sa.CheckConstraint(
            "result <> 'dismissed' OR kind = 'yearly'", name=op.f("ck_staff_queries_dismissed")
        ),
        sa.CheckConstraint(
            "result <> 'not_hired' OR kind = 'before_hiring'", name=op.f("ck_staff_queries_not_hired")
        ),
        sa.CheckConstraint(
            "result IN ('none_found', 'not_hired', 'dismissed', 'awaited')",
            name=op.f("ck_staff_queries_result"),
        ),
        sa.CheckConstraint("people > 0", name=op.f("ck_staff_queries_people")),
        sa.CheckConstraint("replaces_id <> id", name=op.f("ck_staff_queries_not_itself")),
        sa.ForeignKeyConstraint(["entered_by"], ["users.id"], name=op.f("fk_staff_queries_entered_by_users")),
        sa.ForeignKeyConstraint(
            ["replaces_id"], ["staff_queries.id"], name=op.f("fk_staff_queries_replaces_id_staff_queries")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["contact_units.id"], name=op.f("fk_staff_queries_unit_id_contact_units")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_queries")),
        sa.UniqueConstraint("replaces_id", name=op.f("uq_staff_queries_replaces_id")),
    )
    op.create_index(op.f("ix_staff_queries_unit_id"), "staff_queries", ["unit_id"], unique=False)
    guards.guard(op.get_bind())
