"""A proposal may say from which day on it holds; what a school was shown is kept, once a month."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("proposals", sa.Column("effective_on", sa.Date(), nullable=True))
    op.create_table(
        "surroundings_looks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("looked_on", sa.Date(), nullable=False),
        sa.Column("rows", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["site_id"], ["sites.id"],
            name=op.f("fk_surroundings_looks_site_id_sites"), ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_surroundings_looks")),
        sa.UniqueConstraint("site_id", "month", name=op.f("uq_surroundings_looks_site_id")),
    )  # fmt: skip
