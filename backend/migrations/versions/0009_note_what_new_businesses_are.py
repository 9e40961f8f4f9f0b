"""Notes on what new kinds of business are; visits by day."""

import sqlalchemy as sa
from alembic import op

from backend.core import db

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "classification_notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("business", sa.String(length=128), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=True),
        sa.Column("category", sa.String(length=32), nullable=True),
        sa.Column("decided_by", sa.String(length=255), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=2000), nullable=False),
        sa.Column("clauses", sa.JSON(), nullable=False),
        sa.Column("supersedes", sa.Integer(), nullable=True),
        sa.Column("entered_by", sa.Integer(), nullable=False),
        sa.Column("entered_at", db.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entered_by"], ["users.id"], name=op.f("fk_classification_notes_entered_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["supersedes"],
            ["classification_notes.id"],
            name=op.f("fk_classification_notes_supersedes_classification_notes"),
        ),
        sa.ForeignKeyConstraint(
            ["venue_id"], ["venues.id"], name=op.f("fk_classification_notes_venue_id_venues")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_classification_notes")),
        sa.UniqueConstraint("supersedes", name=op.f("uq_classification_notes_supersedes")),
    )
    op.create_index(
        op.f("ix_classification_notes_business"), "classification_notes", ["business"], unique=False
    )
    op.create_index(
        op.f("ix_classification_notes_venue_id"), "classification_notes", ["venue_id"], unique=False
    )
    op.create_index("ix_visits_fact_on", "visits", ["fact_on"], unique=False)
