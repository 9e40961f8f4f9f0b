"""A page of cases is read from the index that has them in their order, and its officers from another.

No clock is looked for by the day on which it warns: its case knows it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

_IN_ORDER = ("is_open DESC", "(next_due_on IS NULL)", "next_due_on", "id DESC")
_CHOSEN_BY = ("area_code", "state", "venue_id", "number", "overdue_after")


def upgrade() -> None:
    op.drop_index("ix_cases_in_order", table_name="cases")
    columns = ("agency_id", *_IN_ORDER, *_CHOSEN_BY)
    op.create_index("ix_cases_in_order", "cases", [sa.text(column) for column in columns])
    op.create_index("ix_case_officers_case_id", "case_officers", ["case_id"])
    op.drop_index("ix_case_deadlines_warn_on", table_name="case_deadlines")
