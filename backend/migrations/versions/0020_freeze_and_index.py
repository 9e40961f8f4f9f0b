"""Told blocks are frozen, a city has its indexes, rows of held content and states of walks are guarded."""

import sqlalchemy as sa
from alembic import op

from backend.core import append_only
from backend.retention import guards

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


_IN_TIME = ["fact_on", "venue_id", "found", "visit_no", "agency_id", "area_code", "activity", "id"]


def upgrade() -> None:
    _freeze_blocks()
    _index()
    op.create_table(
        "unneeded_files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stored", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unneeded_files")),
        sa.UniqueConstraint("stored", name=op.f("uq_unneeded_files_stored")),
    )
    with op.batch_alter_table("walking_measurements") as batch:
        batch.create_check_constraint(
            op.f("ck_walking_measurements_state"),
            "state IN ('walked', 'far_from_roads', 'unconnected', 'farther')",
        )
    guards.guard_rows(op.get_bind())


def _index() -> None:
    op.create_index("ix_visits_in_time", "visits", _IN_TIME)
    op.drop_index("ix_visits_fact_on", "visits")
    op.create_index(
        "ix_violations_visit_id_standing_duty_id", "violations", ["visit_id", "standing", "duty_id"]
    )
    for column in ("visit_id", "standing"):
        op.drop_index(f"ix_violations_{column}", "violations")
    op.create_index(
        "ix_id_checks_visit_id_counts", "id_checks", ["visit_id", "people_checked", "not_verified"]
    )
    op.drop_index("ix_id_checks_visit_id", "id_checks")
    for column in ("issued_on", "expires_on"):
        op.create_index(f"ix_licences_{column}", "licences", [column])


def _freeze_blocks() -> None:
    op.create_table(
        "frozen_quarters",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("frozen_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_frozen_quarters")),
        sa.UniqueConstraint("begins_on", name=op.f("uq_frozen_quarters_begins_on")),
    )
    op.create_table(
        "told_blocks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("quarter_id", sa.Integer(), nullable=False),
        sa.Column("cell", sa.BigInteger(), nullable=False),
        sa.Column("area_code", sa.String(length=16), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("activity", sa.String(length=32), nullable=False),
        sa.Column("visits", sa.Integer(), nullable=False),
        sa.Column("with_violation", sa.Integer(), nullable=True),
        sa.Column("violations", sa.Integer(), nullable=True),
        sa.CheckConstraint("visits >= 5", name=op.f("ck_told_blocks_visits")),
        sa.CheckConstraint(
            "with_violation BETWEEN 5 AND visits - 5", name=op.f("ck_told_blocks_with_violation")
        ),
        sa.CheckConstraint(
            "(with_violation IS NULL) = (violations IS NULL)", name=op.f("ck_told_blocks_violations")
        ),
        sa.ForeignKeyConstraint(
            ["quarter_id"], ["frozen_quarters.id"], name=op.f("fk_told_blocks_quarter_id_frozen_quarters")
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_told_blocks_agency_id_agencies")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_told_blocks")),
        sa.UniqueConstraint(
            "quarter_id", "cell", "area_code", "agency_id", "activity",
            name=op.f("uq_told_blocks_quarter_id"),
        ),
    )  # fmt: skip
    for table in ("frozen_quarters", "told_blocks"):
        append_only.guard(op.get_bind(), table)
