"""How Alembic reaches the database: through the connection that it is given."""

from __future__ import annotations

from alembic import context

from webapp.store import queue_tables, tables
from webapp.store.base import Base

# Both modules have to be imported for the base to know their tables.
TABLES = (tables, queue_tables)

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    compare_server_default=True,
)
with context.begin_transaction():
    context.run_migrations()
