"""The ledger of the register counts by its own key on SQLite: one index less for each row of an import."""

import sqlalchemy as sa
from alembic import op

from backend.packages import changes

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    changes.unwatch(op.get_bind())
    op.drop_table("register_changes")
    op.create_table(
        "register_changes",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("xid", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_register_changes")),
        sa.UniqueConstraint("kind", "row_id", name=op.f("uq_register_changes_kind")),
    )
    op.create_index(
        "ix_register_changes_xid", "register_changes", ["xid"], sqlite_where=sa.text("xid IS NOT NULL")
    )
    changes.watch(op.get_bind())
