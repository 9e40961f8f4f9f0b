"""A ledger of what changed in the register, kept by triggers; names and addresses in pinyin."""

import sqlalchemy as sa
from alembic import op

from backend.packages import changes
from backend.venues import pinyin

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "register_changes",
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("row_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "row_id", name=op.f("pk_register_changes")),
    )
    op.create_index(op.f("ix_register_changes_seq"), "register_changes", ["seq"], unique=False)
    op.add_column("venues", sa.Column("name_pinyin", sa.Text(), nullable=True))
    op.add_column("venues", sa.Column("name_initials", sa.String(length=255), nullable=True))
    op.add_column("venues", sa.Column("address_pinyin", sa.Text(), nullable=True))
    op.add_column("venues", sa.Column("address_initials", sa.String(length=512), nullable=True))
    changes.watch(op.get_bind())
    pinyin.watch(op.get_bind())
