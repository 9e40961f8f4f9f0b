"""What was proposed, received or begun stays as it is; whoever proposed an entry does not decide on it."""

from alembic import op

from backend.credit.guards import guard_proposals
from backend.transfers.guards import guard_clocks

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    guard_proposals(op.get_bind())
    guard_clocks(op.get_bind())
