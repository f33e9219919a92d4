"""Run by Alembic: on a connection that is passed in, or as SQL text for a dialect that is named."""

from __future__ import annotations

from alembic import context

from nba_desktop.backend.store.schema.metadata import metadata

if context.is_offline_mode():
    context.configure(
        dialect_name=context.config.get_main_option("dialect"),
        target_metadata=metadata,
        literal_binds=True,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()
else:
    # The caller owns the transaction, so that a migration is there completely or not at all.
    context.configure(
        connection=context.config.attributes["connection"], target_metadata=metadata, transactional_ddl=True
    )
    context.run_migrations()
