"""Legal holds, certificates of destruction, and on which basis data of children are kept."""

import sqlalchemy as sa
from alembic import op

from backend.core import db
from backend.retention import guards

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "destruction_certificates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("retention_class", sa.String(length=32), nullable=False),
        sa.Column("setting", sa.String(length=64), nullable=False),
        sa.Column("rulebook_version", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("area_code", sa.String(length=16), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("destroyed_at", db.UtcDateTime(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("ids_hash", sa.String(length=64), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_destruction_certificates_agency_id_agencies")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_destruction_certificates")),
    )
    op.create_index(
        "ix_destruction_certificates_area_code_id",
        "destruction_certificates",
        ["area_code", "id"],
        unique=False,
    )
    op.create_table(
        "destroyed_items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("certificate_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("key_id", sa.Integer(), nullable=False),
        sa.Column("stored", sa.String(length=64), nullable=True),
        sa.CheckConstraint(
            "kind IN ('record', 'form', 'file', 'consent', 'rescue')", name=op.f("ck_destroyed_items_kind")
        ),
        sa.ForeignKeyConstraint(
            ["certificate_id"],
            ["destruction_certificates.id"],
            name=op.f("fk_destroyed_items_certificate_id_destruction_certificates"),
        ),
        sa.ForeignKeyConstraint(
            ["key_id"], ["visit_keys.id"], name=op.f("fk_destroyed_items_key_id_visit_keys")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_destroyed_items")),
        sa.UniqueConstraint("kind", "item_id", name=op.f("uq_destroyed_items_kind")),
        sa.UniqueConstraint("stored", name=op.f("uq_destroyed_items_stored")),
    )
    op.create_index(
        op.f("ix_destroyed_items_certificate_id"), "destroyed_items", ["certificate_id"], unique=False
    )
    op.create_index(op.f("ix_destroyed_items_key_id"), "destroyed_items", ["key_id"], unique=False)
    op.create_table(
        "legal_holds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("key_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=16), nullable=False),
        sa.Column("sealed_note", sa.LargeBinary(), nullable=True),
        sa.Column("set_by", sa.Integer(), nullable=False),
        sa.Column("set_at", db.UtcDateTime(), nullable=False),
        sa.Column("lifted_by", sa.Integer(), nullable=True),
        sa.Column("lifted_at", db.UtcDateTime(), nullable=True),
        sa.Column("lifted_because", sa.String(length=16), nullable=True),
        sa.CheckConstraint(
            "lifted_because IN ('ended', 'mistake', 'other')", name=op.f("ck_legal_holds_lifted_because")
        ),
        sa.CheckConstraint(
            "reason IN ('case', 'reconsideration', 'lawsuit', 'transfer', 'supervision', 'complaint', "
            "'other')",
            name=op.f("ck_legal_holds_reason"),
        ),
        sa.CheckConstraint(
            "(lifted_at IS NULL) = (lifted_by IS NULL) AND (lifted_at IS NULL) = (lifted_because IS NULL)",
            name=op.f("ck_legal_holds_lifted"),
        ),
        sa.ForeignKeyConstraint(["key_id"], ["visit_keys.id"], name=op.f("fk_legal_holds_key_id_visit_keys")),
        sa.ForeignKeyConstraint(["lifted_by"], ["users.id"], name=op.f("fk_legal_holds_lifted_by_users")),
        sa.ForeignKeyConstraint(["set_by"], ["users.id"], name=op.f("fk_legal_holds_set_by_users")),
        sa.ForeignKeyConstraint(["visit_id"], ["visits.id"], name=op.f("fk_legal_holds_visit_id_visits")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_holds")),
    )
    op.create_index(op.f("ix_legal_holds_key_id"), "legal_holds", ["key_id"], unique=False)
    op.create_index(op.f("ix_legal_holds_visit_id"), "legal_holds", ["visit_id"], unique=False)
    op.create_table(
        "processing_bases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("form", sa.String(length=16), nullable=True),
        sa.Column("given_by", sa.String(length=16), nullable=True),
        sa.Column("given_on", sa.Date(), nullable=True),
        sa.Column("sealed_reference", sa.LargeBinary(), nullable=True),
        sa.Column("clause", sa.String(length=64), nullable=True),
        sa.Column("rulebook_version", sa.Integer(), nullable=False),
        sa.Column("seen_by", sa.Integer(), nullable=False),
        sa.Column("entered_at", db.UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'guardian_consent') = (form IS NOT NULL)", name=op.f("ck_processing_bases_consent_form")
        ),
        sa.CheckConstraint(
            "(kind = 'guardian_consent') = (given_by IS NOT NULL)",
            name=op.f("ck_processing_bases_consent_by"),
        ),
        sa.CheckConstraint(
            "(kind = 'guardian_consent') = (given_on IS NOT NULL)",
            name=op.f("ck_processing_bases_consent_on"),
        ),
        sa.CheckConstraint(
            "(kind = 'statutory_duty') = (clause IS NOT NULL)", name=op.f("ck_processing_bases_duty_clause")
        ),
        sa.CheckConstraint(
            "form IN ('written', 'electronic', 'recorded')", name=op.f("ck_processing_bases_form")
        ),
        sa.CheckConstraint(
            "given_by IN ('parent', 'guardian', 'other_guardian')", name=op.f("ck_processing_bases_given_by")
        ),
        sa.CheckConstraint(
            "kind IN ('guardian_consent', 'statutory_duty')", name=op.f("ck_processing_bases_kind")
        ),
        sa.ForeignKeyConstraint(["seen_by"], ["users.id"], name=op.f("fk_processing_bases_seen_by_users")),
        sa.ForeignKeyConstraint(
            ["visit_id"], ["visits.id"], name=op.f("fk_processing_bases_visit_id_visits")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_processing_bases")),
    )
    op.create_index(op.f("ix_processing_bases_visit_id"), "processing_bases", ["visit_id"], unique=False)
    guards.guard(op.get_bind())
