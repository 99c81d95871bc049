"""When a team was taken out of use."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; every team is in use until then."""
    op.add_column("team", sa.Column("closed", sa.DateTime(timezone=True)))


def downgrade() -> None:
    """Refuse: a backup that was made before the upgrade is the way back."""
    raise NotImplementedError("Restore a backup that was made before the upgrade.")
