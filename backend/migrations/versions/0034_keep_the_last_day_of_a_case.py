"""A case keeps its last day, too; who has which cases in hand is read from one index."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

_IN_ORDER = (
    "agency_id", "is_open", "next_due_on", "id", "area_code", "state", "venue_id", "number", "overdue_after",
)  # fmt: skip
_LAST = """UPDATE cases SET overdue_after = (
    SELECT min(due_on) FROM case_deadlines
    WHERE case_id = cases.id AND ended_at IS NULL AND whose = 'agency' AND NOT is_paused)"""


def upgrade() -> None:
    op.drop_index("ix_cases_in_order", table_name="cases")
    op.add_column("cases", sa.Column("overdue_after", sa.Date(), nullable=True))
    op.execute(_LAST)
    op.create_index("ix_cases_in_order", "cases", list(_IN_ORDER))
    op.drop_index("ix_case_officers_user_id", table_name="case_officers")
    op.create_index("ix_case_officers_of_user", "case_officers", ["user_id", "until", "case_id"])
