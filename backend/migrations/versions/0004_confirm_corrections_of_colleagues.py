"""Who let a colleague's correction count, and when."""

import sqlalchemy as sa
from alembic import op

from backend.core import db

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "ALTER TABLE visits ADD COLUMN confirmed_by INTEGER CONSTRAINT fk_visits_confirmed_by_users "
        "REFERENCES users (id)"
    )
    op.add_column("visits", sa.Column("confirmed_at", db.UtcDateTime(), nullable=True))
