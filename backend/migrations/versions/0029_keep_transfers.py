"""Transfers with their steps, clocks and packages; recommendations and what was done about them."""

import sqlalchemy as sa
from alembic import op

from backend.core import db
from backend.transfers import guards

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "recommendations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.String(length=16), nullable=False),
        sa.Column("sender", sa.String(length=16), nullable=False),
        sa.Column("sender_name", sa.String(length=128), nullable=False),
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=16), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("warn_on", sa.Date(), nullable=True),
        sa.Column("readings", sa.JSON(), nullable=False),
        sa.Column("rulebook_version", sa.Integer(), nullable=False),
        sa.Column("key_id", sa.Integer(), nullable=False),
        sa.Column("sealed_about", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "sender IN ('procuratorate', 'court', 'police', 'justice')",
            name=op.f("ck_recommendations_sender"),
        ),
        sa.CheckConstraint(
            "stage IN ('open', 'replied', 'sent', 'closed')", name=op.f("ck_recommendations_stage")
        ),
        sa.CheckConstraint("(due_on IS NULL) = (warn_on IS NULL)", name=op.f("ck_recommendations_due")),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_recommendations_agency_id_agencies")
        ),
        sa.ForeignKeyConstraint(
            ["key_id"], ["visit_keys.id"], name=op.f("fk_recommendations_key_id_visit_keys")
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["users.id"], name=op.f("fk_recommendations_officer_id_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendations")),
        sa.UniqueConstraint("agency_id", "sender_name", "number", name=op.f("uq_recommendations_agency_id")),
        sa.UniqueConstraint("uuid", name=op.f("uq_recommendations_uuid")),
    )
    op.create_index(
        "ix_recommendations_agency_id_warn_on", "recommendations", ["agency_id", "warn_on"], unique=False
    )
    op.create_table(
        "transfers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("lead_kind", sa.String(length=16), nullable=True),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.String(length=16), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("visit_id", sa.Integer(), nullable=True),
        sa.Column("tip_id", sa.Integer(), nullable=True),
        sa.Column("venue_id", sa.Integer(), nullable=True),
        sa.Column("venue_ids", sa.JSON(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=True),
        sa.Column("to_agency_id", sa.Integer(), nullable=True),
        sa.Column("to_name", sa.String(length=128), nullable=False),
        sa.Column("body", sa.String(length=16), nullable=False),
        sa.Column("team", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("is_over", sa.Boolean(), nullable=False),
        sa.Column("proposed_by", sa.Integer(), nullable=False),
        sa.Column("proposed_at", db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("handed_at", db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(CASE WHEN case_id IS NULL THEN 0 ELSE 1 END) "
            "+ (CASE WHEN visit_id IS NULL THEN 0 ELSE 1 END) "
            "+ (CASE WHEN tip_id IS NULL THEN 0 ELSE 1 END) "
            "= CASE WHEN kind = 'procuratorate' THEN 0 ELSE 1 END",
            name=op.f("ck_transfers_subject"),
        ),
        sa.CheckConstraint(
            "(kind = 'procuratorate') = (lead_kind IS NOT NULL)", name=op.f("ck_transfers_lead")
        ),
        sa.CheckConstraint(
            "body IN ('culture', 'market', 'tobacco', 'police', 'health', 'education', "
            "'civil_affairs', 'sports', 'cyberspace', 'labour', 'fire', 'procuratorate', 'other')",
            name=op.f("ck_transfers_body"),
        ),
        sa.CheckConstraint(
            "kind IN ('department', 'police_lead', 'police_crime', 'procuratorate')",
            name=op.f("ck_transfers_kind"),
        ),
        sa.CheckConstraint(
            "lead_kind IN ('criminal', 'civil', 'administrative', 'public_interest')",
            name=op.f("ck_transfers_lead_kind"),
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_transfers_agency_id_agencies")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_transfers_case_id_cases")),
        sa.ForeignKeyConstraint(["proposed_by"], ["users.id"], name=op.f("fk_transfers_proposed_by_users")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_transfers_site_id_sites")),
        sa.ForeignKeyConstraint(["tip_id"], ["tips.id"], name=op.f("fk_transfers_tip_id_tips")),
        sa.ForeignKeyConstraint(
            ["to_agency_id"], ["agencies.id"], name=op.f("fk_transfers_to_agency_id_agencies")
        ),
        sa.ForeignKeyConstraint(["venue_id"], ["venues.id"], name=op.f("fk_transfers_venue_id_venues")),
        sa.ForeignKeyConstraint(["visit_id"], ["visits.id"], name=op.f("fk_transfers_visit_id_visits")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfers")),
    )
    op.create_index("ix_transfers_agency_id_id", "transfers", ["agency_id", "id"], unique=False)
    op.create_index(op.f("ix_transfers_to_agency_id"), "transfers", ["to_agency_id"], unique=False)
    op.create_index(op.f("ix_transfers_venue_id"), "transfers", ["venue_id"], unique=False)
    op.create_index(
        "uq_transfers_case_id_open",
        "transfers",
        ["case_id"],
        unique=True,
        sqlite_where=sa.text("NOT is_over"),
        postgresql_where=sa.text("NOT is_over"),
    )
    op.create_index(
        "uq_transfers_tip_id_open",
        "transfers",
        ["tip_id"],
        unique=True,
        sqlite_where=sa.text("NOT is_over"),
        postgresql_where=sa.text("NOT is_over"),
    )
    op.create_index(
        "uq_transfers_visit_id_open",
        "transfers",
        ["visit_id", "to_name"],
        unique=True,
        sqlite_where=sa.text("NOT is_over"),
        postgresql_where=sa.text("NOT is_over"),
    )
    op.create_table(
        "transfer_clocks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("transfer_id", sa.Integer(), nullable=False),
        sa.Column("clock", sa.String(length=32), nullable=False),
        sa.Column("whose", sa.String(length=16), nullable=False),
        sa.Column("begun_at", db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("due_at", db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("rulebook_version", sa.Integer(), nullable=False),
        sa.Column("ended_at", db.UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint("whose IN ('agency', 'party')", name=op.f("ck_transfer_clocks_whose")),
        sa.CheckConstraint("due_at IS NULL OR due_on IS NOT NULL", name=op.f("ck_transfer_clocks_due")),
        sa.ForeignKeyConstraint(
            ["transfer_id"], ["transfers.id"], name=op.f("fk_transfer_clocks_transfer_id_transfers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer_clocks")),
    )
    op.create_index(op.f("ix_transfer_clocks_due_on"), "transfer_clocks", ["due_on"], unique=False)
    op.create_index(op.f("ix_transfer_clocks_transfer_id"), "transfer_clocks", ["transfer_id"], unique=False)
    op.create_table(
        "transfer_packages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("transfer_id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("left_out", sa.JSON(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("key_id", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_at", db.UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("size > 0", name=op.f("ck_transfer_packages_size")),
        sa.ForeignKeyConstraint(
            ["key_id"], ["visit_keys.id"], name=op.f("fk_transfer_packages_key_id_visit_keys")
        ),
        sa.ForeignKeyConstraint(["made_by"], ["users.id"], name=op.f("fk_transfer_packages_made_by_users")),
        sa.ForeignKeyConstraint(
            ["transfer_id"], ["transfers.id"], name=op.f("fk_transfer_packages_transfer_id_transfers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer_packages")),
        sa.UniqueConstraint("uuid", name=op.f("uq_transfer_packages_uuid")),
    )
    op.create_index(
        op.f("ix_transfer_packages_transfer_id"), "transfer_packages", ["transfer_id"], unique=False
    )
    op.create_table(
        "transfer_steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("transfer_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=64), nullable=False),
        sa.Column("from_state", sa.String(length=32), nullable=True),
        sa.Column("to_state", sa.String(length=32), nullable=False),
        sa.Column("actor", sa.String(length=16), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("made_at", db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("rulebook_version", sa.Integer(), nullable=False),
        sa.Column("clauses", sa.JSON(), nullable=False),
        sa.Column("papers", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=True),
        sa.CheckConstraint("actor IN ('officer', 'head', 'reviewer')", name=op.f("ck_transfer_steps_actor")),
        sa.CheckConstraint("(seq = 1) = (from_state IS NULL)", name=op.f("ck_transfer_steps_first")),
        sa.CheckConstraint("made_at <= recorded_at", name=op.f("ck_transfer_steps_made_before_recorded")),
        sa.ForeignKeyConstraint(
            ["transfer_id"], ["transfers.id"], name=op.f("fk_transfer_steps_transfer_id_transfers")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_transfer_steps_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer_steps")),
        sa.UniqueConstraint("transfer_id", "seq", name=op.f("uq_transfer_steps_transfer_id")),
    )
    op.create_table(
        "recommendation_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recommendation_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("reply_no", sa.String(length=64), nullable=True),
        sa.Column("sealed_note", sa.LargeBinary(), nullable=True),
        sa.Column("sealed_file", sa.LargeBinary(), nullable=True),
        sa.Column("file_sha256", sa.String(length=64), nullable=True),
        sa.CheckConstraint(
            "(kind = 'replied') = (document_id IS NOT NULL OR reply_no IS NOT NULL)",
            name=op.f("ck_recommendation_entries_replied"),
        ),
        sa.CheckConstraint(
            "kind IN ('received', 'officer', 'proof', 'replied', 'sent', 'closed')",
            name=op.f("ck_recommendation_entries_kind"),
        ),
        sa.CheckConstraint(
            "(sealed_file IS NULL) = (file_sha256 IS NULL)", name=op.f("ck_recommendation_entries_file")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["issued_documents.id"],
            name=op.f("fk_recommendation_entries_document_id_issued_documents"),
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["users.id"], name=op.f("fk_recommendation_entries_officer_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["recommendation_id"],
            ["recommendations.id"],
            name=op.f("fk_recommendation_entries_recommendation_id_recommendations"),
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_recommendation_entries_user_id_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendation_entries")),
        sa.UniqueConstraint(
            "recommendation_id", "seq", name=op.f("uq_recommendation_entries_recommendation_id")
        ),
    )
    guards.guard(op.get_bind())
