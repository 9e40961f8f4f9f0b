"""Sharing: agreements with their steps, messages with what happened to each, replies in tables."""

import sqlalchemy as sa
from alembic import op

from backend.core import db
from backend.sharing import guards

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sharing_agreements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("receiver", sa.String(length=128), nullable=False),
        sa.Column("receiver_kind", sa.String(length=32), nullable=False),
        sa.Column("purpose", sa.String(length=500), nullable=False),
        sa.Column("legal_basis", sa.String(length=255), nullable=False),
        sa.Column("dataset", sa.String(length=16), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("area_code", sa.String(length=16), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("address", sa.String(length=255), nullable=True),
        sa.Column("receiver_key", sa.String(length=64), nullable=True),
        sa.Column("assessment_no", sa.String(length=128), nullable=True),
        sa.Column("assessed_on", sa.Date(), nullable=True),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.Column("proposed_by", sa.Integer(), nullable=False),
        sa.Column("proposed_at", db.UtcDateTime(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(channel = 'https') = (address IS NOT NULL)", name=op.f("ck_sharing_agreements_address")
        ),
        sa.CheckConstraint("channel IN ('https', 'spreadsheet')", name=op.f("ck_sharing_agreements_channel")),
        sa.CheckConstraint(
            "dataset IN ('indicators', 'findings', 'screening', 'warnings', 'transfers')",
            name=op.f("ck_sharing_agreements_dataset"),
        ),
        sa.CheckConstraint(
            "receiver_kind IN ('city_minors_system', 'big_data_centre', 'community_cloud', 'department')",
            name=op.f("ck_sharing_agreements_receiver_kind"),
        ),
        sa.CheckConstraint(
            "state IN ('proposed', 'confirmed', 'refused', 'ended', 'replaced')",
            name=op.f("ck_sharing_agreements_state"),
        ),
        sa.CheckConstraint(
            "(assessment_no IS NULL) = (assessed_on IS NULL)", name=op.f("ck_sharing_agreements_assessment")
        ),
        sa.CheckConstraint("from_on <= until_on", name=op.f("ck_sharing_agreements_term")),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_sharing_agreements_agency_id_agencies")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["users.id"], name=op.f("fk_sharing_agreements_proposed_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id"],
            ["sharing_agreements.id"],
            name=op.f("fk_sharing_agreements_replaces_id_sharing_agreements"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sharing_agreements")),
    )
    op.create_index(
        "ix_sharing_agreements_agency_id_id", "sharing_agreements", ["agency_id", "id"], unique=False
    )
    op.create_table(
        "sharing_messages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.String(length=36), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("about", sa.String(length=64), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("row_count", sa.Integer(), nullable=False),
        sa.Column("made_at", db.UtcDateTime(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=32), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_at", db.UtcDateTime(), nullable=False),
        sa.Column("receipt_no", sa.String(length=64), nullable=True),
        sa.Column("receipted_at", db.UtcDateTime(), nullable=True),
        sa.CheckConstraint(
            "(state = 'receipted') = (receipted_at IS NOT NULL)", name=op.f("ck_sharing_messages_receipt")
        ),
        sa.CheckConstraint(
            "state IN ('queued', 'sent', 'receipted', 'failed', 'given_up', 'withheld')",
            name=op.f("ck_sharing_messages_state"),
        ),
        sa.ForeignKeyConstraint(
            ["agreement_id"],
            ["sharing_agreements.id"],
            name=op.f("fk_sharing_messages_agreement_id_sharing_agreements"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sharing_messages")),
        sa.UniqueConstraint("agreement_id", "about", name=op.f("uq_sharing_messages_agreement_id")),
        sa.UniqueConstraint("message_id", name=op.f("uq_sharing_messages_message_id")),
    )
    op.create_index(
        "ix_sharing_messages_agreement_id_id", "sharing_messages", ["agreement_id", "id"], unique=False
    )
    op.create_index(
        "ix_sharing_messages_state_next_at", "sharing_messages", ["state", "next_at"], unique=False
    )
    op.create_table(
        "sharing_steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("deed", sa.String(length=16), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("made_at", db.UtcDateTime(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.CheckConstraint("deed IN ('confirm', 'refuse', 'end')", name=op.f("ck_sharing_steps_deed")),
        sa.ForeignKeyConstraint(
            ["agreement_id"],
            ["sharing_agreements.id"],
            name=op.f("fk_sharing_steps_agreement_id_sharing_agreements"),
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_sharing_steps_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sharing_steps")),
        sa.UniqueConstraint("agreement_id", "deed", name=op.f("uq_sharing_steps_agreement_id")),
    )
    op.create_table(
        "sharing_attempts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", db.UtcDateTime(), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=32), nullable=True),
        sa.Column("key_id", sa.String(length=64), nullable=True),
        sa.Column("nonce", sa.String(length=64), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "outcome IN ('begun', 'receipted', 'failed', 'taken', 'replied', 'queued_again', 'withheld')",
            name=op.f("ck_sharing_attempts_outcome"),
        ),
        sa.ForeignKeyConstraint(
            ["message_id"],
            ["sharing_messages.id"],
            name=op.f("fk_sharing_attempts_message_id_sharing_messages"),
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_sharing_attempts_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sharing_attempts")),
        sa.UniqueConstraint("message_id", "seq", name=op.f("uq_sharing_attempts_message_id")),
    )
    op.create_table(
        "sharing_replies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("read_at", db.UtcDateTime(), nullable=False),
        sa.Column("rows", sa.JSON(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("confirmed_at", db.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["message_id"],
            ["sharing_messages.id"],
            name=op.f("fk_sharing_replies_message_id_sharing_messages"),
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_sharing_replies_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sharing_replies")),
    )
    op.create_index(op.f("ix_sharing_replies_message_id"), "sharing_replies", ["message_id"], unique=False)
    guards.guard(op.get_bind())
