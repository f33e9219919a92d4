"""Telephone systems that report by webhook, in the database."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import Connection, delete, insert, select, update

from nba_desktop.backend.rows.hooks import HookDialect, HookRow
from nba_desktop.backend.store.schema.hooks import hook_sources, hook_users


class Hooks:
    """Sources and the agents of their users within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, hook: HookRow) -> bool:
        """Add a source; False when there is one of that name."""
        if self._connection.execute(select(hook_sources.c.source).where(hook_sources.c.source == hook.source)).scalar():
            return False
        values = asdict(hook) | {"queues": json.dumps(sorted(hook.queues)), "dialect": hook.dialect.value}
        self._connection.execute(insert(hook_sources).values(values))
        return True

    def all(self) -> Sequence[HookRow]:
        """Return every source, by name."""
        rows = self._connection.execute(select(hook_sources).order_by(hook_sources.c.source)).mappings()
        return [
            HookRow(
                **{
                    **row,
                    "dialect": HookDialect(row["dialect"]),
                    "queues": frozenset(json.loads(row["queues"])),
                }
            )
            for row in rows
        ]

    def set_secret(self, source: str, secret_sha256: str | None, signing_key: str | None) -> bool:
        """Replace the secret; False when there is no such source."""
        done = self._connection.execute(
            update(hook_sources)
            .where(hook_sources.c.source == source)
            .values(secret_sha256=secret_sha256, signing_key=signing_key)
        )
        return done.rowcount == 1

    def remove(self, source: str) -> bool:
        """Remove a source with its users; False when there is none."""
        self._connection.execute(delete(hook_users).where(hook_users.c.source == source))
        return self._connection.execute(delete(hook_sources).where(hook_sources.c.source == source)).rowcount == 1

    def users(self) -> Sequence[tuple[str, str, str]]:
        """Return source, user and agent of every mapping, in order."""
        rows = self._connection.execute(
            select(hook_users).order_by(hook_users.c.source, hook_users.c.user_name, hook_users.c.agent_id)
        )
        return [(row.source, row.user_name, row.agent_id) for row in rows]

    def map_user(self, source: str, user: str, agent_id: str) -> bool:
        """Let a user stand for an agent, too; False when he does already."""
        if (source, user, agent_id) in self.users():
            return False
        self._connection.execute(insert(hook_users).values(source=source, user_name=user, agent_id=agent_id))
        return True

    def unmap_user(self, source: str, user: str, agent_id: str | None) -> int:
        """Take back one mapping of a user, or with None all of them; return how many there were."""
        gone = delete(hook_users).where(hook_users.c.source == source, hook_users.c.user_name == user)
        if agent_id is not None:
            gone = gone.where(hook_users.c.agent_id == agent_id)
        return self._connection.execute(gone).rowcount
