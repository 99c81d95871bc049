"""Feedback, local examples, counts, background runs and reviews of the policy."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables."""
    _make_feedback()
    _make_examples()
    _make_counts()
    for name in ("preview_run", "retrain_run"):
        _make_runs(name)
    _make_reviews()


def _make_feedback() -> None:
    op.create_table(
        "feedback",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("team_id", sa.Integer, sa.ForeignKey("team.id"), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("masked", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("account", sa.String(20), nullable=False),
        sa.Column("verdict", sa.String(20), nullable=False),
        sa.Column("rules", sa.JSON, nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("created", TIME, nullable=False),
        sa.Column("expires", TIME, nullable=False, index=True),
    )


def _make_examples() -> None:
    op.create_table(
        "local_example",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("team_id", sa.Integer, sa.ForeignKey("team.id"), nullable=False),
        sa.Column("masked", sa.Text, nullable=False),
        sa.Column("account", sa.String(20), nullable=False),
        sa.Column("verdict", sa.String(20), nullable=False),
        sa.Column("categories", sa.JSON, nullable=False),
        sa.Column("spans", sa.JSON, nullable=False),
        sa.Column("origin", sa.String(64), nullable=False),
        sa.Column("added_by", sa.Integer, sa.ForeignKey("manager.id"), nullable=False),
        sa.Column("created", TIME, nullable=False),
    )


def _make_counts() -> None:
    op.create_table(
        "count",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("team_id", sa.Integer, sa.ForeignKey("team.id"), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.UniqueConstraint("day", "team_id", "kind", "name"),
    )


def _make_runs(name: str) -> None:
    op.create_table(
        name,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("team_id", sa.Integer, sa.ForeignKey("team.id"), nullable=False),
        sa.Column("asked_by", sa.Integer, sa.ForeignKey("manager.id"), nullable=False),
        sa.Column("about", sa.String(200), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("progress", sa.Integer, nullable=False),
        sa.Column("total", sa.Integer, nullable=False),
        sa.Column("result", sa.JSON, nullable=False),
        sa.Column("created", TIME, nullable=False),
        sa.Column("started", TIME),
        sa.Column("heartbeat", TIME),
    )


def _make_reviews() -> None:
    op.create_table(
        "policy_review",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("team_id", sa.Integer, sa.ForeignKey("team.id"), nullable=False),
        sa.Column("clause_set", sa.String(64), nullable=False),
        sa.Column("reviewed_by", sa.Integer, sa.ForeignKey("manager.id"), nullable=False),
        sa.Column("reviewed", TIME, nullable=False),
        sa.Column("next_due", sa.Date, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
    )


def downgrade() -> None:
    """Refuse: a backup that was made before the upgrade is the way back."""
    raise NotImplementedError("Restore a backup that was made before the upgrade.")
