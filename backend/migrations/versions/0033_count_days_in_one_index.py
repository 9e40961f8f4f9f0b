"""Days are counted from one index: it also says which visits have several checklists."""

from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

_IN_TIME = ("fact_on", "venue_id", "found", "several", "visit_no", "agency_id", "area_code", "activity", "id")


def upgrade() -> None:
    op.drop_index("ix_visits_in_time", table_name="visits")
    op.create_index("ix_visits_in_time", "visits", list(_IN_TIME))
