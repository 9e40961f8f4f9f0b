"""The first tables, on both databases, with the index of every geometry and the guard of the audit trail."""

# ruff: noqa: E501
import sqlalchemy as sa
from alembic import op

from backend.core import append_only, db, spatial

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "agencies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("name_zh", sa.String(length=128), nullable=False),
        sa.Column("name_en", sa.String(length=128), nullable=False),
        sa.Column("activities", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agencies")),
        sa.UniqueConstraint("code", name=op.f("uq_agencies_code")),
    )
    op.create_table(
        "areas",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=128), nullable=False),
        sa.Column("place", spatial.Geometry(), nullable=True),
        sa.Column("source_crs", sa.String(length=32), nullable=True),
        sa.Column("capture", sa.String(length=64), nullable=True),
        sa.Column("accuracy_m", sa.Double(), nullable=True),
        sa.Column("surveyed_on", sa.Date(), nullable=True),
        sa.Column("source", sa.String(length=256), nullable=True),
        sa.Column("import_run_id", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_areas")),
        sa.UniqueConstraint("code", name=op.f("uq_areas_code")),
    )
    op.create_index(op.f("ix_areas_import_run_id"), "areas", ["import_run_id"], unique=False)
    op.create_table(
        "audit_entries",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", db.UtcDateTime(), nullable=False),
        sa.Column("actor", sa.String(length=64), nullable=False),
        sa.Column("deed", sa.String(length=64), nullable=False),
        sa.Column("subject", sa.String(length=128), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=True),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit_entries")),
    )
    op.create_index("ix_audit_entries_subject", "audit_entries", ["subject"], unique=False)
    op.create_table(
        "deployment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("database_id", sa.String(length=36), nullable=False),
        sa.Column("probe", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_deployment_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deployment")),
    )
    op.create_table(
        "import_runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("stem", sa.String(length=255), nullable=False),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.Column("file_sha256", sa.String(length=64), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("at", db.UtcDateTime(), nullable=False),
        sa.Column("undone_at", db.UtcDateTime(), nullable=True),
        sa.CheckConstraint("kind IN ('areas', 'sites', 'venues')", name=op.f("ck_import_runs_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_runs")),
    )
    op.create_index(op.f("ix_import_runs_stem"), "import_runs", ["stem"], unique=False)
    op.create_table(
        "measured_places",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("place", sa.LargeBinary(), nullable=False),
        sa.Column("gates", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measured_places")),
        sa.UniqueConstraint("sha256", name=op.f("uq_measured_places_sha256")),
    )
    op.create_table(
        "rulebook_versions",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("loaded_at", db.UtcDateTime(), nullable=False),
        sa.Column("loaded_by", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_rulebook_versions")),
    )
    op.create_table(
        "screening_runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("rulebook_version", sa.Integer(), nullable=False),
        sa.Column("data_version", sa.String(length=64), nullable=False),
        sa.Column("basis", sa.JSON(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("started_at", db.UtcDateTime(), nullable=False),
        sa.Column("finished_at", db.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_screening_runs")),
    )
    op.create_table(
        "sites",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=255), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=True),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("address", sa.String(length=512), nullable=True),
        sa.Column("district_text", sa.String(length=128), nullable=True),
        sa.Column("area_code", sa.String(length=16), nullable=True),
        sa.Column("place", spatial.Geometry(), nullable=False),
        sa.Column("gates", spatial.Geometry(), nullable=True),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", db.UtcDateTime(), nullable=False),
        sa.Column("source", sa.String(length=255), nullable=True),
        sa.Column("source_crs", sa.String(length=32), nullable=True),
        sa.Column("capture", sa.String(length=32), nullable=True),
        sa.Column("accuracy_m", sa.Double(), nullable=True),
        sa.Column("surveyed_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('primary', 'middle', 'vocational', 'special', 'specialised', 'kindergarten', 'other')",
            name=op.f("ck_sites_kind"),
        ),
        sa.CheckConstraint("accuracy_m >= 0", name=op.f("ck_sites_accuracy_not_negative")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sites")),
        sa.UniqueConstraint("ref", name=op.f("uq_sites_ref")),
    )
    op.create_index("ix_sites_accuracy_m", "sites", ["accuracy_m"], unique=False)
    op.create_index(op.f("ix_sites_area_code"), "sites", ["area_code"], unique=False)
    op.create_index("ix_sites_name", "sites", ["name"], unique=False)
    op.create_table(
        "venues",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=255), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=True),
        sa.Column("address", sa.String(length=512), nullable=True),
        sa.Column("district_text", sa.String(length=128), nullable=True),
        sa.Column("area_code", sa.String(length=16), nullable=True),
        sa.Column("operator_name", sa.String(length=255), nullable=True),
        sa.Column("credit_code", sa.String(length=18), nullable=True),
        sa.Column("place", spatial.Geometry(), nullable=True),
        sa.Column("footprint", spatial.Geometry(), nullable=True),
        sa.Column("extent_m", sa.Double(), nullable=False),
        sa.Column("established_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", db.UtcDateTime(), nullable=False),
        sa.Column("source", sa.String(length=255), nullable=True),
        sa.Column("source_crs", sa.String(length=32), nullable=True),
        sa.Column("capture", sa.String(length=32), nullable=True),
        sa.Column("accuracy_m", sa.Double(), nullable=True),
        sa.Column("surveyed_on", sa.Date(), nullable=True),
        sa.CheckConstraint("accuracy_m >= 0 AND extent_m >= 0", name=op.f("ck_venues_errors_not_negative")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_venues")),
        sa.UniqueConstraint("ref", name=op.f("uq_venues_ref")),
    )
    op.create_index(op.f("ix_venues_area_code"), "venues", ["area_code"], unique=False)
    op.create_index(op.f("ix_venues_credit_code"), "venues", ["credit_code"], unique=False)
    op.create_index("ix_venues_name", "venues", ["name"], unique=False)
    op.create_table(
        "visit_keys",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.String(length=64), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=True),
        sa.Column("destroyed_at", db.UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_keys")),
        sa.UniqueConstraint("visit_id", name=op.f("uq_visit_keys_visit_id")),
    )
    op.create_table(
        "import_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("said", sa.LargeBinary(), nullable=False),
        sa.Column("before", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["run_id"], ["import_runs.id"], name=op.f("fk_import_changes_run_id_import_runs")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_changes")),
    )
    op.create_index(op.f("ix_import_changes_row_id"), "import_changes", ["row_id"], unique=False)
    op.create_index(op.f("ix_import_changes_run_id"), "import_changes", ["run_id"], unique=False)
    op.create_table(
        "licences",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("activity", sa.String(length=32), nullable=True),
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["venue_id"], ["venues.id"], name=op.f("fk_licences_venue_id_venues"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_licences")),
    )
    op.create_index(op.f("ix_licences_number"), "licences", ["number"], unique=False)
    op.create_index(op.f("ix_licences_venue_id"), "licences", ["venue_id"], unique=False)
    op.create_table(
        "measurements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("activity", sa.String(length=32), nullable=False),
        sa.Column("rule_id", sa.String(length=32), nullable=False),
        sa.Column("rule_no", sa.Integer(), nullable=False),
        sa.Column("method", sa.String(length=32), nullable=False),
        sa.Column("distance_m", sa.Double(), nullable=False),
        sa.Column("boundary_m", sa.Double(), nullable=False),
        sa.Column("gate_m", sa.Double(), nullable=True),
        sa.Column("error_m", sa.Double(), nullable=False),
        sa.Column("extent_m", sa.Double(), nullable=False),
        sa.Column("verdict", sa.String(length=16), nullable=False),
        sa.Column("venue_as_measured", sa.Integer(), nullable=False),
        sa.Column("site_as_measured", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "verdict = 'inside' OR verdict = 'survey' OR verdict = 'not_configured' OR verdict = 'clear'",
            name=op.f("ck_measurements_verdict"),
        ),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["screening_runs.id"],
            name=op.f("fk_measurements_run_id_screening_runs"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["site_as_measured"],
            ["measured_places.id"],
            name=op.f("fk_measurements_site_as_measured_measured_places"),
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["sites.id"], name=op.f("fk_measurements_site_id_sites"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["venue_as_measured"],
            ["measured_places.id"],
            name=op.f("fk_measurements_venue_as_measured_measured_places"),
        ),
        sa.ForeignKeyConstraint(
            ["venue_id"], ["venues.id"], name=op.f("fk_measurements_venue_id_venues"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measurements")),
    )
    op.create_index("ix_measurements_run_id_venue_id", "measurements", ["run_id", "venue_id"], unique=False)
    op.create_index("ix_measurements_site_id", "measurements", ["site_id"], unique=False)
    op.create_index("ix_measurements_venue_id", "measurements", ["venue_id"], unique=False)
    op.create_table(
        "users",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("login", sa.String(length=64), nullable=False),
        sa.Column("display_name", sa.String(length=64), nullable=False),
        sa.Column("password_hash", sa.String(length=256), nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("certificate_no", sa.String(length=64), nullable=True),
        sa.Column("certificate_valid_to", sa.Date(), nullable=True),
        sa.Column("site_id", sa.Integer(), nullable=True),
        sa.Column("created_at", db.UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "role IN ('inspector', 'assistant', 'supervisor', 'legal_reviewer', 'coordinator', 'reporter', 'auditor', 'system_admin', 'security_admin', 'audit_admin')",
            name=op.f("ck_users_role"),
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_users_agency_id_agencies")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("login", name=op.f("uq_users_login")),
    )
    op.create_index(op.f("ix_users_agency_id"), "users", ["agency_id"], unique=False)
    op.create_table(
        "venue_activities",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("activity", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["venue_id"], ["venues.id"], name=op.f("fk_venue_activities_venue_id_venues"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_venue_activities")),
        sa.UniqueConstraint("venue_id", "activity", name=op.f("uq_venue_activities_venue_id")),
    )
    op.create_index(
        "ix_venue_activities_activity", "venue_activities", ["activity", "venue_id"], unique=False
    )
    op.create_table(
        "venue_verdicts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("venue_version", sa.Integer(), nullable=False),
        sa.Column("activity", sa.String(length=32), nullable=False),
        sa.Column("rule_id", sa.String(length=32), nullable=False),
        sa.Column("verdict", sa.String(length=16), nullable=False),
        sa.CheckConstraint(
            "verdict = 'inside' OR verdict = 'survey' OR verdict = 'not_configured' OR verdict = 'clear'",
            name=op.f("ck_venue_verdicts_verdict"),
        ),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["screening_runs.id"],
            name=op.f("fk_venue_verdicts_run_id_screening_runs"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["venue_id"], ["venues.id"], name=op.f("fk_venue_verdicts_venue_id_venues"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_venue_verdicts")),
    )
    op.create_index(
        "ix_venue_verdicts_run_id_verdict",
        "venue_verdicts",
        ["run_id", "verdict", "venue_id", "activity"],
        unique=False,
    )
    op.create_index(op.f("ix_venue_verdicts_venue_id"), "venue_verdicts", ["venue_id"], unique=False)
    op.create_table(
        "devices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("areas", sa.JSON(), nullable=False),
        sa.Column("created_at", db.UtcDateTime(), nullable=False),
        sa.Column("expires_at", db.UtcDateTime(), nullable=False),
        sa.Column("last_used_at", db.UtcDateTime(), nullable=True),
        sa.Column("revoked_at", db.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_devices_agency_id_agencies")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_devices_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_devices")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_devices_token_hash")),
    )
    op.create_index(op.f("ix_devices_agency_id"), "devices", ["agency_id"], unique=False)
    op.create_index(op.f("ix_devices_user_id"), "devices", ["user_id"], unique=False)
    op.create_table(
        "sign_in_places",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("tried_at", db.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_sign_in_places_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_places")),
        sa.UniqueConstraint("key", name=op.f("uq_sign_in_places_key")),
    )
    op.create_index(op.f("ix_sign_in_places_tried_at"), "sign_in_places", ["tried_at"], unique=False)
    op.create_index(op.f("ix_sign_in_places_user_id"), "sign_in_places", ["user_id"], unique=False)
    op.create_table(
        "sign_ins",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("created_at", db.UtcDateTime(), nullable=False),
        sa.Column("seen_at", db.UtcDateTime(), nullable=False),
        sa.Column("ended_at", db.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_sign_ins_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_ins")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sign_ins_token_hash")),
    )
    op.create_index(op.f("ix_sign_ins_user_id"), "sign_ins", ["user_id"], unique=False)
    op.create_table(
        "unseal_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("visit_no", sa.String(length=128), nullable=False),
        sa.Column("sealed_reason", sa.LargeBinary(), nullable=False),
        sa.Column("key_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("area_code", sa.String(length=16), nullable=False),
        sa.Column("requested_by", sa.Integer(), nullable=False),
        sa.Column("requested_at", db.UtcDateTime(), nullable=False),
        sa.Column("agreed_by", sa.Integer(), nullable=True),
        sa.Column("agreed_at", db.UtcDateTime(), nullable=True),
        sa.Column("open_until", db.UtcDateTime(), nullable=True),
        sa.CheckConstraint("agreed_by <> requested_by", name=op.f("ck_unseal_requests_two_people")),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_unseal_requests_agency_id_agencies")
        ),
        sa.ForeignKeyConstraint(["agreed_by"], ["users.id"], name=op.f("fk_unseal_requests_agreed_by_users")),
        sa.ForeignKeyConstraint(
            ["key_id"], ["visit_keys.id"], name=op.f("fk_unseal_requests_key_id_visit_keys")
        ),
        sa.ForeignKeyConstraint(
            ["requested_by"], ["users.id"], name=op.f("fk_unseal_requests_requested_by_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unseal_requests")),
    )
    op.create_index(op.f("ix_unseal_requests_visit_no"), "unseal_requests", ["visit_no"], unique=False)
    op.create_table(
        "user_areas",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_user_areas_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_areas")),
        sa.UniqueConstraint("user_id", "code", name=op.f("uq_user_areas_user_id")),
    )
    op.create_table(
        "envelopes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("instance_id", sa.String(length=128), nullable=False),
        sa.Column("visit_no", sa.String(length=128), nullable=False),
        sa.Column("form_id", sa.String(length=64), nullable=False),
        sa.Column("form_version", sa.String(length=64), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("xml_hash", sa.LargeBinary(), nullable=False),
        sa.Column("key_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("device_id", sa.Integer(), nullable=True),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("area_code", sa.String(length=16), nullable=False),
        sa.Column("sent_at", db.UtcDateTime(), nullable=True),
        sa.Column("received_at", db.UtcDateTime(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=64), nullable=True),
        sa.Column("detail", sa.String(length=256), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("filed_at", db.UtcDateTime(), nullable=True),
        sa.CheckConstraint("state IN ('received', 'filed', 'unfilable')", name=op.f("ck_envelopes_state")),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_envelopes_agency_id_agencies")),
        sa.ForeignKeyConstraint(["device_id"], ["devices.id"], name=op.f("fk_envelopes_device_id_devices")),
        sa.ForeignKeyConstraint(["key_id"], ["visit_keys.id"], name=op.f("fk_envelopes_key_id_visit_keys")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_envelopes_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_envelopes")),
        sa.UniqueConstraint("instance_id", name=op.f("uq_envelopes_instance_id")),
    )
    op.create_index("ix_envelopes_state_id", "envelopes", ["state", "id"], unique=False)
    op.create_index(op.f("ix_envelopes_visit_no"), "envelopes", ["visit_no"], unique=False)
    op.create_table(
        "visits",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("instance_id", sa.String(length=64), nullable=False),
        sa.Column("visit_no", sa.String(length=64), nullable=False),
        sa.Column("corrects", sa.String(length=64), nullable=True),
        sa.Column("form_id", sa.String(length=64), nullable=False),
        sa.Column("form_version", sa.String(length=64), nullable=False),
        sa.Column("activity", sa.String(length=32), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=True),
        sa.Column("area_code", sa.String(length=16), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("device_id", sa.Integer(), nullable=True),
        sa.Column("fact_on", sa.Date(), nullable=False),
        sa.Column("started_at", db.UtcDateTime(), nullable=True),
        sa.Column("ended_at", db.UtcDateTime(), nullable=True),
        sa.Column("sent_at", db.UtcDateTime(), nullable=True),
        sa.Column("received_at", db.UtcDateTime(), nullable=False),
        sa.Column("filed_at", db.UtcDateTime(), nullable=False),
        sa.Column("lon", sa.Double(), nullable=True),
        sa.Column("lat", sa.Double(), nullable=True),
        sa.Column("accuracy_m", sa.Double(), nullable=True),
        sa.Column("rulebook_version", sa.Integer(), nullable=False),
        sa.Column("measures", sa.JSON(), nullable=False),
        sa.Column("key_id", sa.Integer(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_visits_agency_id_agencies")),
        sa.ForeignKeyConstraint(["device_id"], ["devices.id"], name=op.f("fk_visits_device_id_devices")),
        sa.ForeignKeyConstraint(["key_id"], ["visit_keys.id"], name=op.f("fk_visits_key_id_visit_keys")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_visits_user_id_users")),
        sa.ForeignKeyConstraint(["venue_id"], ["venues.id"], name=op.f("fk_visits_venue_id_venues")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visits")),
        sa.UniqueConstraint("instance_id", name=op.f("uq_visits_instance_id")),
    )
    op.create_index("ix_visits_area_code_id", "visits", ["area_code", "id"], unique=False)
    op.create_index(op.f("ix_visits_corrects"), "visits", ["corrects"], unique=False)
    op.create_index("ix_visits_venue_id_fact_on", "visits", ["venue_id", "fact_on"], unique=False)
    op.create_index(op.f("ix_visits_visit_no"), "visits", ["visit_no"], unique=False)
    op.create_table(
        "envelope_files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("envelope_id", sa.Integer(), nullable=False),
        sa.Column("name_hash", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_name", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_key", sa.LargeBinary(), nullable=False),
        sa.Column("stored", sa.String(length=64), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("received_at", db.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["envelope_id"], ["envelopes.id"], name=op.f("fk_envelope_files_envelope_id_envelopes")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_envelope_files")),
        sa.UniqueConstraint("envelope_id", "name_hash", name=op.f("uq_envelope_files_envelope_id")),
        sa.UniqueConstraint("stored", name=op.f("uq_envelope_files_stored")),
    )
    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("name_hash", sa.LargeBinary(), nullable=False),
        sa.Column("about", sa.JSON(), nullable=False),
        sa.Column("sealed", sa.Boolean(), nullable=False),
        sa.Column("captured_sha256", sa.String(length=64), nullable=True),
        sa.Column("arrived_sha256", sa.String(length=64), nullable=True),
        sa.Column("taken_at", db.UtcDateTime(), nullable=True),
        sa.Column("lon", sa.Double(), nullable=True),
        sa.Column("lat", sa.Double(), nullable=True),
        sa.Column("accuracy_m", sa.Double(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('photo', 'signature', 'sketch', 'other')", name=op.f("ck_evidence_kind")
        ),
        sa.ForeignKeyConstraint(["visit_id"], ["visits.id"], name=op.f("fk_evidence_visit_id_visits")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
        sa.UniqueConstraint("visit_id", "number", name=op.f("uq_evidence_visit_id")),
    )
    op.create_table(
        "findings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(length=64), nullable=False),
        sa.Column("answer", sa.String(length=32), nullable=False),
        sa.Column("duties", sa.JSON(), nullable=False),
        sa.Column("clauses", sa.JSON(), nullable=False),
        sa.Column("photos", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["visit_id"], ["visits.id"], name=op.f("fk_findings_visit_id_visits")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_findings")),
    )
    op.create_index(op.f("ix_findings_visit_id"), "findings", ["visit_id"], unique=False)
    op.create_table(
        "id_checks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("method", sa.String(length=32), nullable=False),
        sa.Column("people_checked", sa.Integer(), nullable=True),
        sa.Column("not_verified", sa.Integer(), nullable=True),
        sa.Column("mismatched", sa.Integer(), nullable=True),
        sa.Column("eighteen_today", sa.Integer(), nullable=True),
        sa.Column("apparent_under_14", sa.Integer(), nullable=True),
        sa.Column("apparent_14_15", sa.Integer(), nullable=True),
        sa.Column("apparent_16_17", sa.Integer(), nullable=True),
        sa.Column("confirmed_under_14", sa.Integer(), nullable=True),
        sa.Column("confirmed_14_15", sa.Integer(), nullable=True),
        sa.Column("confirmed_16_17", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["visit_id"], ["visits.id"], name=op.f("fk_id_checks_visit_id_visits")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_id_checks")),
    )
    op.create_index(op.f("ix_id_checks_visit_id"), "id_checks", ["visit_id"], unique=False)
    op.create_table(
        "violations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("duty_id", sa.String(length=32), nullable=True),
        sa.Column("clauses", sa.JSON(), nullable=False),
        sa.Column("standing", sa.String(length=16), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("doubts", sa.JSON(), nullable=False),
        sa.Column("rulebook_version", sa.Integer(), nullable=False),
        sa.Column("fact_on", sa.Date(), nullable=False),
        sa.CheckConstraint("standing IN ('found', 'review')", name=op.f("ck_violations_standing")),
        sa.ForeignKeyConstraint(["visit_id"], ["visits.id"], name=op.f("fk_violations_visit_id_visits")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_violations")),
    )
    op.create_index(op.f("ix_violations_duty_id"), "violations", ["duty_id"], unique=False)
    op.create_index(op.f("ix_violations_standing"), "violations", ["standing"], unique=False)
    op.create_index(op.f("ix_violations_visit_id"), "violations", ["visit_id"], unique=False)
    op.create_table(
        "visit_distances",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("site_version", sa.Integer(), nullable=False),
        sa.Column("rule_id", sa.String(length=32), nullable=False),
        sa.Column("setting", sa.String(length=32), nullable=True),
        sa.Column("method", sa.String(length=32), nullable=False),
        sa.Column("distance_m", sa.Double(), nullable=False),
        sa.Column("error_m", sa.Double(), nullable=False),
        sa.Column("extent_m", sa.Double(), nullable=False),
        sa.Column("verdict", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_visit_distances_site_id_sites")),
        sa.ForeignKeyConstraint(["visit_id"], ["visits.id"], name=op.f("fk_visit_distances_visit_id_visits")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_distances")),
    )
    op.create_index(op.f("ix_visit_distances_visit_id"), "visit_distances", ["visit_id"], unique=False)
    op.create_table(
        "visit_flags",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=48), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("raised_at", db.UtcDateTime(), nullable=False),
        sa.Column("settled_at", db.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["visit_id"], ["visits.id"], name=op.f("fk_visit_flags_visit_id_visits")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_flags")),
        sa.UniqueConstraint("visit_id", "code", name=op.f("uq_visit_flags_visit_id")),
    )
    op.create_index(op.f("ix_visit_flags_code"), "visit_flags", ["code"], unique=False)
    op.create_table(
        "violation_bases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("violation_id", sa.Integer(), nullable=False),
        sa.Column("basis_id", sa.String(length=32), nullable=False),
        sa.Column("clauses", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["violation_id"], ["violations.id"], name=op.f("fk_violation_bases_violation_id_violations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_violation_bases")),
    )
    op.create_index(
        op.f("ix_violation_bases_violation_id"), "violation_bases", ["violation_id"], unique=False
    )
    spatial.create_index(op.get_bind(), "areas", "place")
    spatial.create_index(op.get_bind(), "sites", "place")
    spatial.create_index(op.get_bind(), "sites", "gates")
    spatial.create_index(op.get_bind(), "venues", "place")
    spatial.create_index(op.get_bind(), "venues", "footprint")
    append_only.guard(op.get_bind(), "audit_entries")
