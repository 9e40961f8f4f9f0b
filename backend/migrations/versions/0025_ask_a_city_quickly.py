"""Lists and maps of a whole city answer at once: a case keeps its next day, indexes hold what is read."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

_AT_A_VENUE = (
    "venue_id", "fact_on", "id", "found", "to_review", "agency_id", "area_code", "activity",
)  # fmt: skip
_IN_ORDER = (
    "agency_id", "is_open", "next_due_on", "id", "area_code", "state", "venue_id", "number",
)  # fmt: skip
_ORDERS_IN_ORDER = ("agency_id", "due_on", "id", "state", "area_code", "venue_id")
_NEXT = """UPDATE cases SET next_due_on = (
    SELECT min(warn_on) FROM case_deadlines
    WHERE case_id = cases.id AND ended_at IS NULL AND whose = 'agency' AND NOT is_paused)"""


def upgrade() -> None:
    op.add_column("cases", sa.Column("next_due_on", sa.Date(), nullable=True))
    op.execute(_NEXT)
    op.drop_index("ix_cases_agency_id_id", table_name="cases")
    op.create_index("ix_cases_in_order", "cases", list(_IN_ORDER))
    op.drop_index("ix_orders_agency_id_due_on", table_name="orders")
    op.create_index("ix_orders_in_order", "orders", list(_ORDERS_IN_ORDER))
    op.drop_index("ix_visits_venue_id_fact_on", table_name="visits")
    op.create_index("ix_visits_at_a_venue", "visits", list(_AT_A_VENUE))
    op.create_index(
        "ix_evidence_sealed", "evidence", ["visit_id"],
        sqlite_where=sa.text("sealed = 1"), postgresql_where=sa.text("sealed"),
    )  # fmt: skip
