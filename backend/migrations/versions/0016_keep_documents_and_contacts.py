"""Documents that were handed over on the spot; whom to call."""

import sqlalchemy as sa
from alembic import op

from backend.core import db

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "handed_documents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document", sa.String(length=36), nullable=False),
        sa.Column("visit_no", sa.String(length=128), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("number_id", sa.Integer(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("how", sa.String(length=16), nullable=False),
        sa.Column("handed_at", db.UtcDateTime(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("key_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("device_id", sa.Integer(), nullable=True),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("received_at", db.UtcDateTime(), nullable=False),
        sa.Column("signed", sa.String(length=16), nullable=False),
        sa.Column("is_rescued", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint("how IN ('paper', 'screen', 'left')", name=op.f("ck_handed_documents_how")),
        sa.CheckConstraint(
            "signed IN ('valid', 'invalid', 'absent')", name=op.f("ck_handed_documents_signed")
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_handed_documents_agency_id_agencies")
        ),
        sa.ForeignKeyConstraint(
            ["device_id"], ["devices.id"], name=op.f("fk_handed_documents_device_id_devices")
        ),
        sa.ForeignKeyConstraint(
            ["key_id"], ["visit_keys.id"], name=op.f("fk_handed_documents_key_id_visit_keys")
        ),
        sa.ForeignKeyConstraint(
            ["number_id"],
            ["document_numbers.id"],
            name=op.f("fk_handed_documents_number_id_document_numbers"),
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_handed_documents_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handed_documents")),
        sa.UniqueConstraint("document", name=op.f("uq_handed_documents_document")),
    )
    op.create_index(op.f("ix_handed_documents_visit_no"), "handed_documents", ["visit_no"], unique=False)
    op.add_column("rescue_files", sa.Column("documents", sa.Integer(), server_default="0", nullable=False))
    for column, length in (
        ("address", 255), ("phone", 64), ("complaint_phone", 64), ("email", 128), ("minors_phone", 64),
    ):  # fmt: skip
        op.add_column("agencies", sa.Column(column, sa.String(length=length), nullable=True))
    op.create_table(
        "minor_contacts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=128), nullable=False),
        sa.Column("phone", sa.String(length=64), nullable=False),
        sa.CheckConstraint(
            "kind IN ('police_station', 'civil_affairs', 'education', 'other')",
            name=op.f("ck_minor_contacts_kind"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minor_contacts")),
        sa.UniqueConstraint("area_code", "kind", "name", name=op.f("uq_minor_contacts_area_code")),
    )
