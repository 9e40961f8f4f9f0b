"""Tips with their pictures; a certificate of destruction may cover one."""

import sqlalchemy as sa
from alembic import op

from backend.core import db

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "tips",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("receipt_no", sa.String(length=32), nullable=False),
        sa.Column("secret_hash", sa.LargeBinary(), nullable=True),
        sa.Column("source", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("seen_at", db.UtcDateTime(), nullable=False),
        sa.Column("received_at", db.UtcDateTime(), nullable=False),
        sa.Column("area_code", sa.String(length=16), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=True),
        sa.Column("venue_id", sa.Integer(), nullable=True),
        sa.Column("lon", sa.Double(), nullable=True),
        sa.Column("lat", sa.Double(), nullable=True),
        sa.Column("source_crs", sa.String(length=32), nullable=True),
        sa.Column("accuracy_m", sa.Double(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("device_id", sa.Integer(), nullable=True),
        sa.Column("is_signed", sa.Boolean(), nullable=True),
        sa.Column("key_id", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("taken_by", sa.Integer(), nullable=True),
        sa.Column("taken_at", db.UtcDateTime(), nullable=True),
        sa.Column("sealed_answer", sa.LargeBinary(), nullable=True),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("answered_at", db.UtcDateTime(), nullable=True),
        sa.CheckConstraint(
            "(state = 'answered') = (answered_at IS NOT NULL) "
            "AND (answered_at IS NULL) = (answered_by IS NULL) "
            "AND (answered_at IS NULL) = (sealed_answer IS NULL)",
            name=op.f("ck_tips_answered"),
        ),
        sa.CheckConstraint(
            "(state = 'received') = (taken_at IS NULL) AND (taken_at IS NULL) = (taken_by IS NULL)",
            name=op.f("ck_tips_taken"),
        ),
        sa.CheckConstraint(
            "source <> 'school' OR (site_id IS NOT NULL AND user_id IS NOT NULL AND secret_hash IS NOT NULL)",
            name=op.f("ck_tips_from_school"),
        ),
        sa.CheckConstraint(
            "source <> 'street' OR (secret_hash IS NULL AND (device_id IS NOT NULL OR user_id IS NOT NULL))",
            name=op.f("ck_tips_from_officer"),
        ),
        sa.CheckConstraint("source IN ('street', 'school')", name=op.f("ck_tips_source")),
        sa.CheckConstraint("state IN ('received', 'in_hand', 'answered')", name=op.f("ck_tips_state")),
        sa.CheckConstraint(
            "(lon IS NULL) = (lat IS NULL) AND (lon IS NULL) = (source_crs IS NULL)",
            name=op.f("ck_tips_position"),
        ),
        sa.ForeignKeyConstraint(["answered_by"], ["users.id"], name=op.f("fk_tips_answered_by_users")),
        sa.ForeignKeyConstraint(["device_id"], ["devices.id"], name=op.f("fk_tips_device_id_devices")),
        sa.ForeignKeyConstraint(["key_id"], ["visit_keys.id"], name=op.f("fk_tips_key_id_visit_keys")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_tips_site_id_sites")),
        sa.ForeignKeyConstraint(["taken_by"], ["users.id"], name=op.f("fk_tips_taken_by_users")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_tips_user_id_users")),
        sa.ForeignKeyConstraint(["venue_id"], ["venues.id"], name=op.f("fk_tips_venue_id_venues")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tips")),
        sa.UniqueConstraint("receipt_no", name=op.f("uq_tips_receipt_no")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_tips_secret_hash")),
        sa.UniqueConstraint("uuid", name=op.f("uq_tips_uuid")),
    )
    op.create_index("ix_tips_area_code_id", "tips", ["area_code", "id"], unique=False)
    op.create_index(op.f("ix_tips_device_id"), "tips", ["device_id"], unique=False)
    op.create_index(op.f("ix_tips_key_id"), "tips", ["key_id"], unique=False)
    op.create_index(op.f("ix_tips_site_id"), "tips", ["site_id"], unique=False)
    op.create_index(op.f("ix_tips_user_id"), "tips", ["user_id"], unique=False)
    op.create_index(op.f("ix_tips_venue_id"), "tips", ["venue_id"], unique=False)
    op.create_table(
        "tip_pictures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tip_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("minor_possible", sa.Boolean(), nullable=False),
        sa.Column("clear_areas", sa.JSON(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("came_at", db.UtcDateTime(), nullable=True),
        sa.CheckConstraint("(sealed IS NULL) = (came_at IS NULL)", name=op.f("ck_tip_pictures_came")),
        sa.ForeignKeyConstraint(["tip_id"], ["tips.id"], name=op.f("fk_tip_pictures_tip_id_tips")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tip_pictures")),
        sa.UniqueConstraint("tip_id", "number", name=op.f("uq_tip_pictures_tip_id")),
    )
    with op.batch_alter_table("destroyed_items") as batch:
        batch.drop_constraint(op.f("ck_destroyed_items_kind"), type_="check")
        batch.create_check_constraint(
            op.f("ck_destroyed_items_kind"),
            "kind IN ('record', 'form', 'file', 'consent', 'rescue', 'tip')",
        )
