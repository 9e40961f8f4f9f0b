"""The ledger of changes notes visits too: a tablet carries the last ones of each venue."""

from alembic import op

from backend.packages import changes

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    changes.unwatch(op.get_bind())
    changes.watch(op.get_bind())
