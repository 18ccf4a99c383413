"""Alembic's environment: runs on the connection that `data.migrations.upgrade` hands over."""

from alembic import context

# The tables register themselves on the metadata when they are imported.
import data.outbox.tables  # noqa: F401
import services.conversation.infrastructure.tables
import services.financial.infrastructure.tables
import services.goals.infrastructure.tables
import services.knowledge_graph.infrastructure.tables
import services.shared.infrastructure.tables
import services.user.infrastructure.tables  # noqa: F401
from data.metadata import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
