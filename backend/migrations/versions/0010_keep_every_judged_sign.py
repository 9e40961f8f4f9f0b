"""Keep every judged sign of a visit, acquittals too."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "judged_signs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("sign", sa.String(length=128), nullable=False),
        sa.Column("duty_id", sa.String(length=32), nullable=True),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=48), nullable=False),
        sa.Column("because", sa.JSON(), nullable=True),
        sa.Column("clauses", sa.JSON(), nullable=False),
        sa.Column("doubts", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('violation', 'no_violation', 'review')", name=op.f("ck_judged_signs_outcome")
        ),
        sa.ForeignKeyConstraint(["visit_id"], ["visits.id"], name=op.f("fk_judged_signs_visit_id_visits")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_judged_signs")),
    )
    op.create_index(op.f("ix_judged_signs_visit_id"), "judged_signs", ["visit_id"], unique=False)
