"""Enrolment of tablets: one-time codes, and what a tablet has signed and taken."""

import sqlalchemy as sa
from alembic import op

from backend.core import db

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "enrolment_codes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("areas", sa.JSON(), nullable=False),
        sa.Column("device_expires_at", db.UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.String(length=64), nullable=False),
        sa.Column("created_at", db.UtcDateTime(), nullable=False),
        sa.Column("expires_at", db.UtcDateTime(), nullable=False),
        sa.Column("device_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_enrolment_codes_agency_id_agencies")
        ),
        sa.ForeignKeyConstraint(
            ["device_id"], ["devices.id"], name=op.f("fk_enrolment_codes_device_id_devices")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_enrolment_codes_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolment_codes")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_enrolment_codes_code_hash")),
    )
    op.create_index(op.f("ix_enrolment_codes_agency_id"), "enrolment_codes", ["agency_id"], unique=False)
    op.create_index(op.f("ix_enrolment_codes_device_id"), "enrolment_codes", ["device_id"], unique=False)
    op.create_index(op.f("ix_enrolment_codes_user_id"), "enrolment_codes", ["user_id"], unique=False)
    op.execute(
        "ALTER TABLE devices ADD COLUMN revoked_because VARCHAR(16) CONSTRAINT ck_devices_revoked_because "
        "CHECK (revoked_because IN ('lost', 'returned', 'replaced', 'other'))"
    )
    op.add_column("devices", sa.Column("public_key", sa.LargeBinary(), nullable=True))
    op.add_column("devices", sa.Column("app_version", sa.String(length=32), nullable=True))
    op.add_column("devices", sa.Column("package_taken_at", db.UtcDateTime(), nullable=True))
    op.add_column("devices", sa.Column("package_expires_at", db.UtcDateTime(), nullable=True))
    op.add_column("devices", sa.Column("package_version", sa.String(length=64), nullable=True))
    op.create_index(op.f("ix_devices_public_key"), "devices", ["public_key"], unique=True)
