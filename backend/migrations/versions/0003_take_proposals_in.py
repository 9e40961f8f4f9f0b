"""Proposals for venues and sites, field by field."""

import sqlalchemy as sa
from alembic import op

from backend.core import db

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "proposals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=True),
        sa.Column("site_id", sa.Integer(), nullable=True),
        sa.Column("seen_version", sa.Integer(), nullable=False),
        sa.Column("met_version", sa.Integer(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("evidence_instance_id", sa.String(length=64), nullable=True),
        sa.Column("evidence_number", sa.Integer(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("device_id", sa.Integer(), nullable=True),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("noted_at", db.UtcDateTime(), nullable=True),
        sa.Column("received_at", db.UtcDateTime(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", db.UtcDateTime(), nullable=True),
        sa.Column("decision_reason", sa.String(length=1000), nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'merged', 'accepted', 'refused', 'withdrawn')",
            name=op.f("ck_proposals_state"),
        ),
        sa.CheckConstraint("(venue_id IS NULL) <> (site_id IS NULL)", name=op.f("ck_proposals_one_row")),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_proposals_agency_id_agencies")),
        sa.ForeignKeyConstraint(["decided_by"], ["users.id"], name=op.f("fk_proposals_decided_by_users")),
        sa.ForeignKeyConstraint(["device_id"], ["devices.id"], name=op.f("fk_proposals_device_id_devices")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_proposals_site_id_sites")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_proposals_user_id_users")),
        sa.ForeignKeyConstraint(["venue_id"], ["venues.id"], name=op.f("fk_proposals_venue_id_venues")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposals")),
        sa.UniqueConstraint("uuid", name=op.f("uq_proposals_uuid")),
    )
    op.create_index(op.f("ix_proposals_site_id"), "proposals", ["site_id"], unique=False)
    op.create_index("ix_proposals_state_id", "proposals", ["state", "id"], unique=False)
    op.create_index(op.f("ix_proposals_user_id"), "proposals", ["user_id"], unique=False)
    op.create_index(op.f("ix_proposals_venue_id"), "proposals", ["venue_id"], unique=False)
