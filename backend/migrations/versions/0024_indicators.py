"""Indicators are frozen period by period; agencies are urged, and answer."""

import sqlalchemy as sa
from alembic import op

from backend.core import db
from backend.core.append_only import guard

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "period_reports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("area_code", sa.String(length=16), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("because", sa.String(length=500), nullable=True),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_at", db.UtcDateTime(), nullable=False),
        sa.CheckConstraint("first_on <= last_on", name=op.f("ck_period_reports_period")),
        sa.CheckConstraint(
            "edition > 0 AND (edition = 1) = (because IS NULL)", name=op.f("ck_period_reports_edition")
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_period_reports_agency_id_agencies")
        ),
        sa.ForeignKeyConstraint(["made_by"], ["users.id"], name=op.f("fk_period_reports_made_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_period_reports")),
    )
    period = ["first_on", "last_on", "area_code"]
    for name, columns, where in (
        ("uq_period_reports_edition", [*period, "edition"], "agency_id IS NULL"),
        ("uq_period_reports_own_edition", [*period, "agency_id", "edition"], "agency_id IS NOT NULL"),
    ):
        condition = sa.text(where)
        op.create_index(
            name, "period_reports", columns, unique=True, sqlite_where=condition, postgresql_where=condition
        )
    op.create_table(
        "urgings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.String(length=16), nullable=False),
        sa.Column("to_agency_id", sa.Integer(), nullable=False),
        sa.Column("indicator", sa.String(length=32), nullable=True),
        sa.Column("subject", sa.String(length=128), nullable=False),
        sa.Column("words", sa.String(length=1000), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("sent_by", sa.Integer(), nullable=False),
        sa.Column("sent_at", db.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["sent_by"], ["users.id"], name=op.f("fk_urgings_sent_by_users")),
        sa.ForeignKeyConstraint(
            ["to_agency_id"], ["agencies.id"], name=op.f("fk_urgings_to_agency_id_agencies")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_urgings")),
    )
    op.create_index("ix_urgings_to_agency_id_due_on", "urgings", ["to_agency_id", "due_on"])
    op.create_index("ix_urgings_area_code_id", "urgings", ["area_code", "id"])
    op.create_table(
        "urging_answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("urging_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=2000), nullable=False),
        sa.Column("answered_by", sa.Integer(), nullable=False),
        sa.Column("answered_at", db.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["users.id"], name=op.f("fk_urging_answers_answered_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["urging_id"], ["urgings.id"], name=op.f("fk_urging_answers_urging_id_urgings")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_urging_answers")),
        sa.UniqueConstraint("urging_id", "seq", name=op.f("uq_urging_answers_urging_id")),
    )
    for table in ("period_reports", "urgings", "urging_answers"):
        guard(op.get_bind(), table)
