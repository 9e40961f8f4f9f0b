"""A clock of a case knows the day on which it began: those that began alike are counted together."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

_ON_SQLITE = "UPDATE case_deadlines SET begun_on = date(begun_at, '+8 hours')"
_ON_POSTGRESQL = "UPDATE case_deadlines SET begun_on = (begun_at AT TIME ZONE 'Asia/Shanghai')::date"


def upgrade() -> None:
    op.add_column("case_deadlines", sa.Column("begun_on", sa.Date(), nullable=True))
    op.execute(_ON_SQLITE if op.get_bind().dialect.name == "sqlite" else _ON_POSTGRESQL)
    with op.batch_alter_table("case_deadlines") as table:
        table.alter_column("begun_on", existing_type=sa.Date(), nullable=False)
    op.create_index(
        "ix_case_deadlines_alike", "case_deadlines", ["clock", "begun_on", "rulebook_version", "more"]
    )
