"""What a tablet sent is counted from an index."""

from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_envelopes_of_device", "envelopes", ["device_id", "received_at"])
