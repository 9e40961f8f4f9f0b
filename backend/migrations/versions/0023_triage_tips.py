"""Tips are triaged, told by anybody and by other channels; mandatory reports and trainings beside them."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from backend.core import db

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

_CHANNELS = "source IN ('12345', '12315', '12318', 'suishenban', '12309')"
_COLUMNS: tuple[sa.Column[Any], ...] = (
    sa.Column("channel_no", sa.String(length=64), nullable=True),
    sa.Column("nature", sa.String(length=16), server_default="report", nullable=False),
    sa.Column("joined_id", sa.Integer(), nullable=True),
    sa.Column("split_id", sa.Integer(), nullable=True),
    sa.Column("to_name", sa.String(length=128), nullable=True),
    sa.Column("verified_by", sa.Integer(), nullable=True),
    sa.Column("verified_at", db.UtcDateTime(), nullable=True),
    sa.Column("is_filed", sa.Boolean(), nullable=True),
    sa.Column("told_by", sa.Integer(), nullable=True),
    sa.Column("told_at", db.UtcDateTime(), nullable=True),
    sa.Column("closed_by", sa.Integer(), nullable=True),
    sa.Column("closed_at", db.UtcDateTime(), nullable=True),
)
_CHECKS = {
    "source": "source IN ('street', 'school', 'public', '12345', '12315', '12318', 'suishenban', '12309')",
    "state": "state IN ('received', 'in_hand', 'accepted', 'transferred', 'answered', 'closed')",
    "nature": "nature IN ('report', 'complaint')",
    "from_school": "source <> 'school' OR (site_id IS NOT NULL AND user_id IS NOT NULL "
    "AND (secret_hash IS NOT NULL OR split_id IS NOT NULL))",
    "from_public": "source <> 'public' OR (user_id IS NULL AND device_id IS NULL "
    "AND (secret_hash IS NOT NULL OR split_id IS NOT NULL))",
    "from_channel": f"(channel_no IS NOT NULL) = ({_CHANNELS})"
    " AND (channel_no IS NULL OR secret_hash IS NULL)",
    "answered": "(state IN ('answered', 'closed')) = (answered_at IS NOT NULL) "
    "AND (answered_at IS NULL) = (answered_by IS NULL) AND (answered_at IS NULL) = (sealed_answer IS NULL)",
    "closed": "(state = 'closed') = (closed_at IS NOT NULL) AND (closed_at IS NULL) = (closed_by IS NULL)",
    "told": "(told_at IS NULL) = (told_by IS NULL) AND (told_at IS NULL OR answered_at IS NOT NULL)",
    "transferred": "state <> 'transferred' OR to_name IS NOT NULL",
    "verified": "(verified_at IS NULL) = (verified_by IS NULL) "
    "AND (verified_at IS NULL) = (is_filed IS NULL)",
    "not_itself": "joined_id <> id AND split_id <> id",
}
_REPLACED = ("source", "state", "from_school", "answered")


def upgrade() -> None:
    """SQLite makes the table anew, and drops none that others refer to: their rows step aside."""
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    if is_sqlite:
        op.execute("CREATE TEMP TABLE kept_pictures AS SELECT * FROM tip_pictures")
        op.execute("DELETE FROM tip_pictures")
    _change_tips()
    if is_sqlite:
        op.execute("INSERT INTO tip_pictures SELECT * FROM kept_pictures")
        op.execute("DROP TABLE kept_pictures")
    _add_clocks()
    _add_steps()
    _add_informants()
    _add_orders()
    _add_mandatory_reports()
    _name_further_items()


def _change_tips() -> None:
    with op.batch_alter_table("tips") as batch:
        for column in _COLUMNS:
            batch.add_column(column)
        for name in _REPLACED:
            batch.drop_constraint(op.f(f"ck_tips_{name}"), type_="check")
        for name, text in _CHECKS.items():
            batch.create_check_constraint(op.f(f"ck_tips_{name}"), text)
        for name, table in (
            ("joined_id", "tips"), ("split_id", "tips"), ("verified_by", "users"), ("told_by", "users"),
            ("closed_by", "users"),
        ):  # fmt: skip
            batch.create_foreign_key(op.f(f"fk_tips_{name}_{table}"), table, [name], ["id"])
        batch.create_unique_constraint(op.f("uq_tips_split_id"), ["split_id"])
        batch.create_unique_constraint(op.f("uq_tips_source"), ["source", "channel_no", "nature"])
    op.create_index(op.f("ix_tips_joined_id"), "tips", ["joined_id"])
    op.create_index("ix_tips_kind_received_at", "tips", ["kind", "received_at"])


def _add_clocks() -> None:
    op.create_table(
        "tip_clocks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tip_id", sa.Integer(), nullable=False),
        sa.Column("clock", sa.String(length=32), nullable=False),
        sa.Column("rulebook_version", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("is_provisional", sa.Boolean(), nullable=False),
        sa.Column("stopped_at", db.UtcDateTime(), nullable=True),
        sa.Column("more", sa.Integer(), server_default="0", nullable=False),
        sa.Column("extended_by", sa.Integer(), nullable=True),
        sa.Column("approved_by", sa.String(length=64), nullable=True),
        sa.Column("because", sa.String(length=255), nullable=True),
        sa.CheckConstraint(
            "due_on IS NOT NULL OR NOT is_provisional", name=op.f("ck_tip_clocks_provisional")
        ),
        sa.CheckConstraint(
            "(more > 0) = (extended_by IS NOT NULL) AND (extended_by IS NULL) = (approved_by IS NULL) "
            "AND (extended_by IS NULL) = (because IS NULL)",
            name=op.f("ck_tip_clocks_extended"),
        ),
        sa.ForeignKeyConstraint(["extended_by"], ["users.id"], name=op.f("fk_tip_clocks_extended_by_users")),
        sa.ForeignKeyConstraint(["tip_id"], ["tips.id"], name=op.f("fk_tip_clocks_tip_id_tips")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tip_clocks")),
        sa.UniqueConstraint("tip_id", "clock", name=op.f("uq_tip_clocks_tip_id")),
    )
    op.create_index(op.f("ix_tip_clocks_due_on"), "tip_clocks", ["due_on"])


def _add_steps() -> None:
    op.create_table(
        "tip_steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tip_id", sa.Integer(), nullable=False),
        sa.Column("deed", sa.String(length=16), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("at", db.UtcDateTime(), nullable=False),
        sa.Column("to_name", sa.String(length=128), nullable=True),
        sa.Column("sealed_note", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(
            "deed IN ('take', 'accept', 'transfer', 'take_back', 'verify', 'answer', 'close', 'join', "
            "'split', 'place', 'extend')",
            name=op.f("ck_tip_steps_deed"),
        ),
        sa.CheckConstraint(
            "(deed = 'transfer') = (to_name IS NOT NULL)", name=op.f("ck_tip_steps_transferred")
        ),
        sa.ForeignKeyConstraint(["by"], ["users.id"], name=op.f("fk_tip_steps_by_users")),
        sa.ForeignKeyConstraint(["tip_id"], ["tips.id"], name=op.f("fk_tip_steps_tip_id_tips")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tip_steps")),
    )
    op.create_index(op.f("ix_tip_steps_tip_id"), "tip_steps", ["tip_id"])


def _add_informants() -> None:
    op.create_table(
        "tip_informants",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tip_id", sa.Integer(), nullable=False),
        sa.Column("key_id", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["key_id"], ["visit_keys.id"], name=op.f("fk_tip_informants_key_id_visit_keys")
        ),
        sa.ForeignKeyConstraint(["tip_id"], ["tips.id"], name=op.f("fk_tip_informants_tip_id_tips")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tip_informants")),
        sa.UniqueConstraint("key_id", name=op.f("uq_tip_informants_key_id")),
        sa.UniqueConstraint("tip_id", name=op.f("uq_tip_informants_tip_id")),
    )
    op.create_table(
        "informant_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("informant_id", sa.Integer(), nullable=False),
        sa.Column("sealed_reason", sa.LargeBinary(), nullable=False),
        sa.Column("requested_by", sa.Integer(), nullable=False),
        sa.Column("requested_at", db.UtcDateTime(), nullable=False),
        sa.Column("agreed_by", sa.Integer(), nullable=True),
        sa.Column("agreed_at", db.UtcDateTime(), nullable=True),
        sa.Column("open_until", db.UtcDateTime(), nullable=True),
        sa.CheckConstraint("agreed_by <> requested_by", name=op.f("ck_informant_requests_two_people")),
        sa.CheckConstraint(
            "(agreed_at IS NULL) = (agreed_by IS NULL) AND (agreed_at IS NULL) = (open_until IS NULL)",
            name=op.f("ck_informant_requests_agreed"),
        ),
        sa.ForeignKeyConstraint(
            ["agreed_by"], ["users.id"], name=op.f("fk_informant_requests_agreed_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["informant_id"],
            ["tip_informants.id"],
            name=op.f("fk_informant_requests_informant_id_tip_informants"),
        ),
        sa.ForeignKeyConstraint(
            ["requested_by"], ["users.id"], name=op.f("fk_informant_requests_requested_by_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_informant_requests")),
    )
    op.create_index(op.f("ix_informant_requests_informant_id"), "informant_requests", ["informant_id"])


def _name_further_items() -> None:
    with op.batch_alter_table("destroyed_items") as batch:
        batch.drop_constraint(op.f("ck_destroyed_items_kind"), type_="check")
        batch.create_check_constraint(
            op.f("ck_destroyed_items_kind"),
            "kind IN ('record', 'form', 'file', 'consent', 'rescue', 'tip', 'informant', 'mandatory')",
        )


def _add_orders() -> None:
    op.create_table(
        "channel_mappings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("made_by", sa.String(length=64), nullable=False),
        sa.Column("made_at", db.UtcDateTime(), nullable=False),
        sa.CheckConstraint(_CHANNELS.replace("source", "channel"), name=op.f("ck_channel_mappings_channel")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_channel_mappings")),
        sa.UniqueConstraint("channel", "version", name=op.f("uq_channel_mappings_channel")),
    )
    op.create_table(
        "order_files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("area_code", sa.String(length=16), nullable=False),
        sa.Column("key_id", sa.Integer(), nullable=False),
        sa.Column("read_by", sa.String(length=64), nullable=False),
        sa.Column("read_at", db.UtcDateTime(), nullable=False),
        sa.CheckConstraint(_CHANNELS.replace("source", "channel"), name=op.f("ck_order_files_channel")),
        sa.ForeignKeyConstraint(["key_id"], ["visit_keys.id"], name=op.f("fk_order_files_key_id_visit_keys")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_files")),
    )
    op.create_index(op.f("ix_order_files_area_code"), "order_files", ["area_code"])
    op.create_table(
        "order_rows",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_file_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("faults", sa.JSON(), nullable=True),
        sa.Column("mapping_version", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("tip_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "state IN ('taken', 'known', 'quarantined', 'refused')", name=op.f("ck_order_rows_state")
        ),
        sa.CheckConstraint(
            "(state IN ('taken', 'known')) = (tip_id IS NOT NULL)", name=op.f("ck_order_rows_taken")
        ),
        sa.CheckConstraint("(tip_id IS NULL) = (faults IS NOT NULL)", name=op.f("ck_order_rows_why")),
        sa.CheckConstraint(
            "(tip_id IS NULL) = (sealed IS NOT NULL)", name=op.f("ck_order_rows_sealed_until_taken")
        ),
        sa.ForeignKeyConstraint(
            ["order_file_id"], ["order_files.id"], name=op.f("fk_order_rows_order_file_id_order_files")
        ),
        sa.ForeignKeyConstraint(["tip_id"], ["tips.id"], name=op.f("fk_order_rows_tip_id_tips")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_rows")),
        sa.UniqueConstraint("order_file_id", "number", name=op.f("uq_order_rows_order_file_id")),
    )
    op.create_index(op.f("ix_order_rows_state"), "order_rows", ["state"])
    op.create_index(op.f("ix_order_rows_tip_id"), "order_rows", ["tip_id"])


def _add_mandatory_reports() -> None:
    op.create_table(
        "mandatory_reports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("report_no", sa.String(length=32), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("site_id", sa.Integer(), nullable=True),
        sa.Column("area_code", sa.String(length=16), nullable=False),
        sa.Column("situation", sa.String(length=16), nullable=False),
        sa.Column("age_band", sa.String(length=16), nullable=False),
        sa.Column("whereabouts", sa.String(length=16), nullable=False),
        sa.Column("met_at", db.UtcDateTime(), nullable=False),
        sa.Column("received_at", db.UtcDateTime(), nullable=False),
        sa.Column("key_id", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "situation IN ('harm', 'suspected_harm', 'danger')", name=op.f("ck_mandatory_reports_situation")
        ),
        sa.CheckConstraint(
            "age_band IN ('under_6', 'from_6', 'from_14', 'unknown')",
            name=op.f("ck_mandatory_reports_age_band"),
        ),
        sa.CheckConstraint(
            "whereabouts IN ('with_us', 'still_there', 'at_home', 'at_school', 'in_hospital', 'with_police', "
            "'unknown')",
            name=op.f("ck_mandatory_reports_whereabouts"),
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_mandatory_reports_agency_id_agencies")
        ),
        sa.ForeignKeyConstraint(
            ["key_id"], ["visit_keys.id"], name=op.f("fk_mandatory_reports_key_id_visit_keys")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_mandatory_reports_site_id_sites")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_mandatory_reports_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mandatory_reports")),
        sa.UniqueConstraint("key_id", name=op.f("uq_mandatory_reports_key_id")),
        sa.UniqueConstraint("report_no", name=op.f("uq_mandatory_reports_report_no")),
        sa.UniqueConstraint("uuid", name=op.f("uq_mandatory_reports_uuid")),
    )
    op.create_index("ix_mandatory_reports_area_code_id", "mandatory_reports", ["area_code", "id"])
    op.create_index(op.f("ix_mandatory_reports_user_id"), "mandatory_reports", ["user_id"])
    op.create_table(
        "handovers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("to_kind", sa.String(length=16), nullable=False),
        sa.Column("to_name", sa.String(length=128), nullable=False),
        sa.Column("how", sa.String(length=16), nullable=False),
        sa.Column("handed_at", db.UtcDateTime(), nullable=False),
        sa.Column("noted_by", sa.Integer(), nullable=False),
        sa.Column("noted_at", db.UtcDateTime(), nullable=False),
        sa.Column("sealed_result", sa.LargeBinary(), nullable=True),
        sa.Column("result_by", sa.Integer(), nullable=True),
        sa.Column("result_at", db.UtcDateTime(), nullable=True),
        sa.CheckConstraint(
            "how IN ('phone', 'in_person', 'in_writing', 'by_system')", name=op.f("ck_handovers_how")
        ),
        sa.CheckConstraint(
            "to_kind IN ('police_station', 'civil_affairs', 'education', 'other')",
            name=op.f("ck_handovers_to_kind"),
        ),
        sa.CheckConstraint(
            "(result_at IS NULL) = (result_by IS NULL) AND (result_at IS NULL) = (sealed_result IS NULL)",
            name=op.f("ck_handovers_result"),
        ),
        sa.ForeignKeyConstraint(["noted_by"], ["users.id"], name=op.f("fk_handovers_noted_by_users")),
        sa.ForeignKeyConstraint(
            ["report_id"], ["mandatory_reports.id"], name=op.f("fk_handovers_report_id_mandatory_reports")
        ),
        sa.ForeignKeyConstraint(["result_by"], ["users.id"], name=op.f("fk_handovers_result_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handovers")),
    )
    op.create_index(op.f("ix_handovers_report_id"), "handovers", ["report_id"])
    op.create_table(
        "trainings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("site_id", sa.Integer(), nullable=True),
        sa.Column("area_code", sa.String(length=16), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("topic", sa.String(length=255), nullable=False),
        sa.Column("trained_by", sa.String(length=128), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("next_due_on", sa.Date(), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=False),
        sa.Column("entered_at", db.UtcDateTime(), nullable=False),
        sa.CheckConstraint("(agency_id IS NULL) <> (site_id IS NULL)", name=op.f("ck_trainings_of_one_unit")),
        sa.CheckConstraint("next_due_on > held_on", name=op.f("ck_trainings_next_due_on")),
        sa.CheckConstraint("people > 0", name=op.f("ck_trainings_people")),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_trainings_agency_id_agencies")),
        sa.ForeignKeyConstraint(["entered_by"], ["users.id"], name=op.f("fk_trainings_entered_by_users")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_trainings_site_id_sites")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trainings")),
    )
    for column in ("agency_id", "area_code", "site_id"):
        op.create_index(op.f(f"ix_trainings_{column}"), "trainings", [column])
