"""The credit registers: entries with their steps, and grounds that legal reviewers confirmed."""

import sqlalchemy as sa
from alembic import op

from backend.core import db
from backend.credit import guards

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "credit_confirmations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("criterion_id", sa.String(length=32), nullable=False),
        sa.Column("document", sa.String(length=255), nullable=False),
        sa.Column("statement_days", sa.Integer(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("repair_after_months", sa.Integer(), nullable=True),
        sa.Column("rulebook_version", sa.Integer(), nullable=False),
        sa.Column("confirmed_by", sa.Integer(), nullable=False),
        sa.Column("confirmed_at", db.UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "repair_after_months >= 0 AND repair_after_months < months",
            name=op.f("ck_credit_confirmations_repair_before_the_end"),
        ),
        sa.CheckConstraint(
            "statement_days > 0 AND months > 0", name=op.f("ck_credit_confirmations_from_one")
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_credit_confirmations_agency_id_agencies")
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_by"], ["users.id"], name=op.f("fk_credit_confirmations_confirmed_by_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_confirmations")),
    )
    op.create_index(
        "ix_credit_confirmations_agency_id_criterion_id",
        "credit_confirmations",
        ["agency_id", "criterion_id"],
        unique=False,
    )
    op.create_table(
        "credit_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("register", sa.String(length=16), nullable=False),
        sa.Column("criterion_id", sa.String(length=32), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.String(length=16), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("party", sa.String(length=255), nullable=False),
        sa.Column("is_person", sa.Boolean(), nullable=False),
        sa.Column("credit_code", sa.String(length=18), nullable=True),
        sa.Column("responsible", sa.JSON(), nullable=False),
        sa.Column("act", sa.String(length=500), nullable=False),
        sa.Column("decision_no", sa.String(length=128), nullable=False),
        sa.Column("decision_on", sa.Date(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("decision_sha256", sa.String(length=64), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("confirmation_id", sa.Integer(), nullable=True),
        sa.Column("statement_until", sa.Date(), nullable=True),
        sa.Column("listed_on", sa.Date(), nullable=True),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("removed_on", sa.Date(), nullable=True),
        sa.Column("deleted_by_on", sa.Date(), nullable=True),
        sa.Column("is_published", sa.Boolean(), nullable=False),
        sa.Column("proposed_by", sa.Integer(), nullable=False),
        sa.Column("proposed_at", db.UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'removed') = (removed_on IS NOT NULL)", name=op.f("ck_credit_entries_removed")
        ),
        sa.CheckConstraint(
            "(state IN ('listed', 'removed')) = (listed_on IS NOT NULL)",
            name=op.f("ck_credit_entries_listed"),
        ),
        sa.CheckConstraint("NOT is_published OR state = 'listed'", name=op.f("ck_credit_entries_published")),
        sa.CheckConstraint(
            "register = 'warning' OR listed_on IS NULL OR until_on IS NOT NULL",
            name=op.f("ck_credit_entries_a_list_ends"),
        ),
        sa.CheckConstraint(
            "register IN ('warning', 'serious', 'pilot')", name=op.f("ck_credit_entries_register")
        ),
        sa.CheckConstraint(
            "state IN ('proposed', 'noticed', 'listed', 'rejected', 'removed')",
            name=op.f("ck_credit_entries_state"),
        ),
        sa.CheckConstraint(
            "(case_id IS NULL) = (decision_sha256 IS NOT NULL)", name=op.f("ck_credit_entries_decision")
        ),
        sa.CheckConstraint("listed_on < until_on", name=op.f("ck_credit_entries_until")),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_credit_entries_agency_id_agencies")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_credit_entries_case_id_cases")),
        sa.ForeignKeyConstraint(
            ["confirmation_id"],
            ["credit_confirmations.id"],
            name=op.f("fk_credit_entries_confirmation_id_credit_confirmations"),
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["users.id"], name=op.f("fk_credit_entries_proposed_by_users")
        ),
        sa.ForeignKeyConstraint(["venue_id"], ["venues.id"], name=op.f("fk_credit_entries_venue_id_venues")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_entries")),
        sa.UniqueConstraint(
            "criterion_id",
            "venue_id",
            "agency_id",
            "decision_no",
            name=op.f("uq_credit_entries_criterion_id"),
        ),
    )
    op.create_index("ix_credit_entries_agency_id_id", "credit_entries", ["agency_id", "id"], unique=False)
    op.create_index(op.f("ix_credit_entries_venue_id"), "credit_entries", ["venue_id"], unique=False)
    op.create_table(
        "credit_steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("deed", sa.String(length=16), nullable=False),
        sa.Column("to_state", sa.String(length=16), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("made_at", db.UtcDateTime(), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("paper", sa.String(length=255), nullable=True),
        sa.Column("reason", sa.String(length=1000), nullable=True),
        sa.Column("clauses", sa.JSON(), nullable=False),
        sa.Column("rulebook_version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "deed IN ('propose', 'notify', 'hear', 'list', 'reject', 'publish', 'withdraw', 'ask_repair', "
            "'repair', 'annul')",
            name=op.f("ck_credit_steps_deed"),
        ),
        sa.CheckConstraint(
            "to_state IN ('proposed', 'noticed', 'listed', 'rejected', 'removed')",
            name=op.f("ck_credit_steps_to_state"),
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["credit_entries.id"], name=op.f("fk_credit_steps_entry_id_credit_entries")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_credit_steps_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_steps")),
        sa.UniqueConstraint("entry_id", "seq", name=op.f("uq_credit_steps_entry_id")),
    )
    guards.guard(op.get_bind())
