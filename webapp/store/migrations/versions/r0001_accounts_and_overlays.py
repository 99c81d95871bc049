"""Accounts, overlays and the audit log."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)
# What a version says; where it stands may change.
SAYS = "id, team_id, number, yaml, hash, reason, author_id, created"


def upgrade() -> None:
    """Make the tables, their triggers and the council, which is the root of all teams."""
    _make_accounts()
    _make_overlays()
    _make_audit()
    if op.get_bind().dialect.name == "sqlite":
        _guard_sqlite()
    else:
        _guard_postgresql()
    op.execute("INSERT INTO team (slug, name) VALUES ('council', 'The council')")


def _make_accounts() -> None:
    op.create_table(
        "team",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("slug", sa.String(64), nullable=False, unique=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("parent_id", sa.Integer, sa.ForeignKey("team.id")),
    )
    op.create_table(
        "manager",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("email", sa.String(200), nullable=False, unique=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("password_hash", sa.Text, nullable=False),
        sa.Column("must_change", sa.Boolean, nullable=False),
        sa.Column("stamp", sa.String(64), nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("locked_until", TIME),
        sa.Column("password_changed", TIME),
        sa.Column("last_seen", TIME),
        sa.Column("created", TIME, nullable=False),
        sa.CheckConstraint("role IN ('manager', 'approver', 'administrator')", name="role"),
    )


def _make_overlays() -> None:
    op.create_table(
        "working_overlay",
        sa.Column("team_id", sa.Integer, sa.ForeignKey("team.id"), primary_key=True),
        sa.Column("yaml", sa.Text, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("saved_by", sa.Integer, sa.ForeignKey("manager.id")),
        sa.Column("saved", TIME, nullable=False),
    )
    op.create_table(
        "overlay_version",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("team_id", sa.Integer, sa.ForeignKey("team.id"), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("yaml", sa.Text, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("author_id", sa.Integer, sa.ForeignKey("manager.id"), nullable=False),
        sa.Column("approver_id", sa.Integer, sa.ForeignKey("manager.id")),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("created", TIME, nullable=False),
        sa.Column("published", TIME),
        sa.UniqueConstraint("team_id", "number"),
        sa.CheckConstraint("state IN ('pending', 'published', 'superseded')", name="state"),
    )
    for state in ("published", "pending"):
        only = sa.text(f"state = '{state}'")
        op.create_index(
            f"uq_overlay_version_{state}",
            "overlay_version",
            ["team_id"],
            unique=True,
            sqlite_where=only,
            postgresql_where=only,
        )


def _make_audit() -> None:
    op.create_table(
        "audit_event",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("created", TIME, nullable=False, index=True),
        sa.Column("manager_id", sa.Integer, sa.ForeignKey("manager.id")),
        sa.Column("who", sa.String(200), nullable=False),
        sa.Column("what", sa.String(64), nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("detail", sa.JSON, nullable=False),
    )


def _guard_sqlite() -> None:
    for name, event, table in (
        ("audit_event_no_update", "UPDATE", "audit_event"),
        ("audit_event_no_delete", "DELETE", "audit_event"),
        ("overlay_version_no_update", f"UPDATE OF {SAYS}", "overlay_version"),
        ("overlay_version_no_delete", "DELETE", "overlay_version"),
    ):
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )


def _guard_postgresql() -> None:
    op.execute(
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
    )
    for name, event, table in (
        ("audit_event_no_change", "UPDATE OR DELETE OR TRUNCATE", "audit_event"),
        ("overlay_version_no_update", f"UPDATE OF {SAYS}", "overlay_version"),
        ("overlay_version_no_delete", "DELETE OR TRUNCATE", "overlay_version"),
    ):
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )


def downgrade() -> None:
    """Refuse: the audit log is never thrown away; a backup is the way back."""
    raise NotImplementedError("Restore a backup that was made before the upgrade.")
