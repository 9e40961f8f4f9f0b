"""Numbers that tablets hold stay as they are when the ledger opens to desks, which makes its tables anew."""

from alembic import command
from sqlalchemy import text

from backend import migrations
from backend.core.db import make_engine

ROWS = (
    "INSERT INTO agencies (id, code, name_zh, name_en) VALUES (1, 'culture', '示例局', 'Example bureau')",
    "INSERT INTO devices (id, name, token_hash, areas, created_at, expires_at) "
    "VALUES (1, 'tablet', X'00', '[]', '2026-11-20', '2026-12-20')",
    "INSERT INTO number_series VALUES (1, 1, 'order_to_correct', 2026, '示〔2026〕{number}号', 3)",
    "INSERT INTO number_blocks VALUES (1, 'uuid', 1, 1, '2026-11-20', 1, 2, '2026-11-20')",
    "INSERT INTO document_numbers VALUES (1, 1, 1, 1, 'used', 'document', '2026-11-20', NULL, NULL)",
    "INSERT INTO document_numbers VALUES (2, 1, 2, 1, 'reserved', NULL, NULL, NULL, NULL)",
    "INSERT INTO visit_keys (id, visit_id) VALUES (1, 'visit')",
    "INSERT INTO handed_documents (id, document, visit_no, kind, number_id, sha256, how, handed_at, sealed, "
    "key_id, received_at, signed) VALUES (1, 'document', 'visit', 'order_to_correct', 1, '0', 'paper', "
    "'2026-11-20', X'00', 1, '2026-11-20', 'valid')",
)


def test_numbers_and_what_points_at_them_stay(tmp_path):
    engine = make_engine(f"sqlite:///{tmp_path}/old.db")
    with engine.execution_options(writing=True).begin() as connection:
        command.upgrade(migrations.config(connection), "0018")
    with engine.execution_options(writing=True).begin() as connection:
        for row in ROWS:
            connection.exec_driver_sql(row)
        before = _rows(connection)

    migrations.migrate(engine)

    with engine.begin() as connection:
        assert _rows(connection) == before
        assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
        assert connection.scalar(text("SELECT number_id FROM handed_documents")) == 1
    engine.dispose()


def _rows(connection):
    tables = ("number_series", "document_numbers")
    return [connection.execute(text(f"SELECT * FROM {table} ORDER BY id")).all() for table in tables]
