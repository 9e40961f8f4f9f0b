"""Proposals of penalties with what the law said to them, and what the legal reviewer decided."""

import sqlalchemy as sa
from alembic import op

from backend.cases import guards
from backend.core import db

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "penalty_proposals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("rulebook_version", sa.Integer(), nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.Column("earlier", sa.JSON(), nullable=False),
        sa.Column("laid", sa.JSON(), nullable=False),
        sa.Column("suggested", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("proposed_by", sa.Integer(), nullable=False),
        sa.Column("proposed_at", db.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_penalty_proposals_case_id_cases")),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["users.id"], name=op.f("fk_penalty_proposals_proposed_by_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_penalty_proposals")),
        sa.UniqueConstraint("case_id", "seq", name=op.f("uq_penalty_proposals_case_id")),
    )
    op.create_table(
        "penalty_rulings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("chosen", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("ruled_by", sa.Integer(), nullable=False),
        sa.Column("ruled_at", db.UtcDateTime(), nullable=False),
        sa.CheckConstraint("outcome IN ('penalty', 'no_penalty')", name=op.f("ck_penalty_rulings_outcome")),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["penalty_proposals.id"],
            name=op.f("fk_penalty_rulings_proposal_id_penalty_proposals"),
        ),
        sa.ForeignKeyConstraint(["ruled_by"], ["users.id"], name=op.f("fk_penalty_rulings_ruled_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_penalty_rulings")),
        sa.UniqueConstraint("proposal_id", name=op.f("uq_penalty_rulings_proposal_id")),
    )  # fmt: skip
    guards.guard_penalties(op.get_bind())
