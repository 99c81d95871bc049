"""${message}."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Say what is made."""
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    """Refuse: a backup that was made before the upgrade is the way back."""
    raise NotImplementedError("Restore a backup that was made before the upgrade.")
