"""Rescue files with what became of their parts, and the signatures of tablets."""

import sqlalchemy as sa
from alembic import op

from backend.core import db

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rescue_files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rescue_id", sa.String(length=36), nullable=False),
        sa.Column("device_no", sa.Integer(), nullable=False),
        sa.Column("device_id", sa.Integer(), nullable=True),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("area_code", sa.String(length=16), nullable=False),
        sa.Column("manifest_hash", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", db.UtcDateTime(), nullable=False),
        sa.Column("brought_by", sa.String(length=64), nullable=False),
        sa.Column("received_at", db.UtcDateTime(), nullable=False),
        sa.Column("submissions", sa.Integer(), nullable=False),
        sa.Column("attachments", sa.Integer(), nullable=False),
        sa.Column("drafts", sa.Integer(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("key_id", sa.Integer(), nullable=False),
        sa.Column("stored", sa.String(length=64), nullable=True),
        sa.Column("sealed_key", sa.LargeBinary(), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("quarantine", sa.String(length=16), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", db.UtcDateTime(), nullable=True),
        sa.Column("decision_reason", sa.String(length=1000), nullable=True),
        sa.Column("taken_at", db.UtcDateTime(), nullable=True),
        sa.CheckConstraint(
            "state IN ('received', 'taken', 'partly', 'quarantined', 'refused')",
            name=op.f("ck_rescue_files_state"),
        ),
        sa.CheckConstraint(
            "quarantine IN ('unknown', 'revoked', 'expired', 'closed')",
            name=op.f("ck_rescue_files_quarantine"),
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_rescue_files_agency_id_agencies")
        ),
        sa.ForeignKeyConstraint(["decided_by"], ["users.id"], name=op.f("fk_rescue_files_decided_by_users")),
        sa.ForeignKeyConstraint(
            ["device_id"], ["devices.id"], name=op.f("fk_rescue_files_device_id_devices")
        ),
        sa.ForeignKeyConstraint(
            ["key_id"], ["visit_keys.id"], name=op.f("fk_rescue_files_key_id_visit_keys")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rescue_files")),
        sa.UniqueConstraint("device_no", "rescue_id", name=op.f("uq_rescue_files_device_no")),
        sa.UniqueConstraint("stored", name=op.f("uq_rescue_files_stored")),
    )
    op.create_index(op.f("ix_rescue_files_device_id"), "rescue_files", ["device_id"], unique=False)
    op.create_index("ix_rescue_files_state_id", "rescue_files", ["state", "id"], unique=False)
    op.create_table(
        "rescue_items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rescue_file_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("instance_id", sa.String(length=64), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content_sha256", sa.String(length=64), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=64), nullable=True),
        sa.CheckConstraint(
            "outcome IN ('taken', 'there', 'draft', 'refused')", name=op.f("ck_rescue_items_outcome")
        ),
        sa.ForeignKeyConstraint(
            ["rescue_file_id"], ["rescue_files.id"], name=op.f("fk_rescue_items_rescue_file_id_rescue_files")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rescue_items")),
        sa.UniqueConstraint("rescue_file_id", "number", name=op.f("uq_rescue_items_rescue_file_id")),
    )
    op.add_column("uploads", sa.Column("rescue_id", sa.String(length=36), nullable=True))
    op.execute(
        "ALTER TABLE uploads ADD COLUMN rescue_file_id INTEGER "
        "CONSTRAINT fk_uploads_rescue_file_id_rescue_files REFERENCES rescue_files (id)"
    )
    op.add_column("uploads", sa.Column("reason", sa.String(length=64), nullable=True))
    op.create_index(op.f("ix_uploads_rescue_id"), "uploads", ["rescue_id"], unique=False)
    op.execute(
        "ALTER TABLE envelopes ADD COLUMN signed VARCHAR(16) CONSTRAINT ck_envelopes_signed "
        "CHECK (signed IN ('valid', 'invalid', 'absent'))"
    )
    op.add_column("envelopes", sa.Column("sealed_signature", sa.LargeBinary(), nullable=True))
    op.add_column(
        "envelopes", sa.Column("is_rescued", sa.Boolean(), nullable=False, server_default=sa.false())
    )
