"""Marks by which photos are compared, and answers by which visits are."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "picture_marks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=False),
        sa.Column("mark", sa.BigInteger(), nullable=False),
        sa.Column("fact_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["evidence_id"], ["evidence.id"], name=op.f("fk_picture_marks_evidence_id_evidence")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_picture_marks")),
    )
    op.create_index(op.f("ix_picture_marks_evidence_id"), "picture_marks", ["evidence_id"], unique=False)
    op.create_index("ix_picture_marks_mark_fact_on", "picture_marks", ["mark", "fact_on"], unique=False)
    op.create_table(
        "pictures_waiting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["evidence_id"], ["evidence.id"], name=op.f("fk_pictures_waiting_evidence_id_evidence")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pictures_waiting")),
        sa.UniqueConstraint("evidence_id", name=op.f("uq_pictures_waiting_evidence_id")),
    )
    op.add_column("visits", sa.Column("answers_digest", sa.LargeBinary(), nullable=True))
    op.create_index("ix_visits_user_id_id", "visits", ["user_id", "id"], unique=False)
