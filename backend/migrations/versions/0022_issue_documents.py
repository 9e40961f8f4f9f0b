"""Documents that are issued at desks, with numbers of the one ledger."""

import sqlalchemy as sa
from alembic import op

from backend.core import append_only, db

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

OLD_KINDS = "kind IN ('inspection_notice', 'inspection_record', 'order_to_correct', 'preservation_list')"
KINDS = (
    "kind IN ('inspection_notice', 'inspection_record', 'order_to_correct', 'preservation_list', "
    "'preservation_decision', 'extraction_record', 'distance_report', 'filing_approval', 'penalty_notice', "
    "'hearing_notice', 'penalty_decision', 'no_penalty_decision', 'service_receipt', 'transfer_letter', "
    "'closing_report', 'tip_reply', 'recommendation_reply')"
)


def upgrade() -> None:
    _open_the_ledger_to_desks()
    op.create_table(
        "issued_documents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("number_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=64), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("subject", sa.String(length=64), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("key_id", sa.Integer(), nullable=False),
        sa.Column("issued_by", sa.Integer(), nullable=False),
        sa.Column("issued_at", db.UtcDateTime(), nullable=False),
        sa.CheckConstraint(KINDS, name=op.f("ck_issued_documents_kind")),
        sa.CheckConstraint("pages > 0", name=op.f("ck_issued_documents_pages")),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_issued_documents_agency_id_agencies")
        ),
        sa.ForeignKeyConstraint(
            ["issued_by"], ["users.id"], name=op.f("fk_issued_documents_issued_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["key_id"], ["visit_keys.id"], name=op.f("fk_issued_documents_key_id_visit_keys")
        ),
        sa.ForeignKeyConstraint(
            ["number_id"],
            ["document_numbers.id"],
            name=op.f("fk_issued_documents_number_id_document_numbers"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issued_documents")),
        sa.UniqueConstraint("code", name=op.f("uq_issued_documents_code")),
        sa.UniqueConstraint("number_id", name=op.f("uq_issued_documents_number_id")),
        sa.UniqueConstraint("uuid", name=op.f("uq_issued_documents_uuid")),
    )
    op.create_index("ix_issued_documents_agency_id_id", "issued_documents", ["agency_id", "id"])
    op.create_index(op.f("ix_issued_documents_case_id"), "issued_documents", ["case_id"])
    op.create_index(op.f("ix_issued_documents_subject"), "issued_documents", ["subject"])
    op.create_table(
        "document_withdrawals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("because", sa.String(length=16), nullable=False),
        sa.Column("withdrawn_by", sa.Integer(), nullable=False),
        sa.Column("withdrawn_at", db.UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "because IN ('changed', 'revoked', 'unlawful', 'void', 'written_wrongly')",
            name=op.f("ck_document_withdrawals_because"),
        ),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["issued_documents.id"],
            name=op.f("fk_document_withdrawals_document_id_issued_documents"),
        ),
        sa.ForeignKeyConstraint(
            ["withdrawn_by"], ["users.id"], name=op.f("fk_document_withdrawals_withdrawn_by_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_withdrawals")),
        sa.UniqueConstraint("document_id", name=op.f("uq_document_withdrawals_document_id")),
    )
    for table in ("issued_documents", "document_withdrawals"):
        append_only.guard(op.get_bind(), table)


def _open_the_ledger_to_desks() -> None:
    """Series of all kinds, and numbers that belong to no tablet's block."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("PRAGMA defer_foreign_keys = ON")
        _make_anew("number_series", OLD_KINDS, KINDS)
        _make_anew("document_numbers", "block_id INTEGER NOT NULL", "block_id INTEGER")
        return
    op.drop_constraint(op.f("ck_number_series_kind"), "number_series", type_="check")
    op.create_check_constraint(op.f("ck_number_series_kind"), "number_series", KINDS)
    op.alter_column("document_numbers", "block_id", existing_type=sa.Integer(), nullable=True)


def _make_anew(table: str, old: str, new: str) -> None:
    """Change a table that others point at. Rows come back under its own name: so SQLite finds them again,
    where alembic's batch, which renames at the end, leaves it with foreign keys that nothing answers.
    """
    connection = op.get_bind()
    about = sa.text(
        "SELECT sql FROM sqlite_master WHERE tbl_name = :table AND sql IS NOT NULL ORDER BY type DESC"
    )
    made, *indexes = connection.scalars(about, {"table": table}).all()
    if old not in made:
        raise RuntimeError(f"{table} is not as it was: {old} is missing")
    for deed in (
        f"CREATE TEMP TABLE kept AS SELECT * FROM {table}",  # noqa: S608  (tables of ours)
        f"DROP TABLE {table}",
        made.replace(old, new),
        f"INSERT INTO {table} SELECT * FROM kept",  # noqa: S608
        "DROP TABLE kept",
        *indexes,
    ):
        connection.exec_driver_sql(deed)
