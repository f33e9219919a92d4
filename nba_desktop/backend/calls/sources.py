"""The telephone systems of a site: set up in the store, known to the server."""

from __future__ import annotations

import logging
import secrets
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from nba_desktop.backend.calls.source import Source, user_key
from nba_desktop.backend.errors import Conflict, NotFound, StoreError
from nba_desktop.backend.ports.unit import Store
from nba_desktop.backend.rows.hooks import HookDialect, HookRow
from nba_desktop.backend.tokens import token_hash
from nba_desktop.contract.calls import HubSource, HubSources
from nba_desktop.contract.numbers import NumberFormat, NumberRules, read_number

_log = logging.getLogger(__name__)

_SECRET_BYTES: Final = 32
FRESH_FOR_S: Final = 5.0
"""So long after a command changed a source the server may still know it as it was."""


class SourceService:
    """Makes, changes and removes sources."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def create(self, hook: HookRow, secret: str | None = None) -> str:
        """Add a source and return its secret: a given one, or one made now, that cannot be shown again.

        Raises `Conflict` when there is a source of that name.
        """
        secret = secret or secrets.token_urlsafe(_SECRET_BYTES)
        hashed, key = _kept(hook.dialect, secret)
        with self._store.write() as unit:
            if not unit.hooks.add(replace(hook, secret_sha256=hashed, signing_key=key)):
                raise Conflict(f"there is a source {hook.source} already: `hook delete` removes it")
        return secret

    def rotate(self, source: str, secret: str | None = None) -> tuple[HookRow, str]:
        """Give a source another secret and return both; the old one is worthless then. Raises `NotFound`."""
        secret = secret or secrets.token_urlsafe(_SECRET_BYTES)
        with self._store.write() as unit:
            row = next((one for one in unit.hooks.all() if one.source == source), None)
            if row is None:
                raise _no_source(source)
            unit.hooks.set_secret(source, *_kept(row.dialect, secret))
        return row, secret

    def remove(self, source: str) -> None:
        """Remove a source with its users; raise `NotFound`."""
        with self._store.write() as unit:
            if not unit.hooks.remove(source):
                raise _no_source(source)

    def map_user(self, source: str, user: str, agent_id: str) -> None:
        """Let a user stand for an agent; raise `NotFound` for an unknown source or agent, `Conflict` when he does."""
        with self._store.write() as unit:
            if all(one.source != source for one in unit.hooks.all()):
                raise _no_source(source)
            if unit.access.recipient_code(agent_id) is None:
                raise NotFound(
                    f"there is no agent {agent_id}: `agent list` shows those there are, `agent add` adds one"
                )
            if not unit.hooks.map_user(source, user_key(user), agent_id):
                raise Conflict(f"this user of {source} stands for {agent_id} already")

    def unmap_user(self, source: str, user: str, agent_id: str | None) -> None:
        """Take a mapping back, or with None all of the user's; raise `NotFound` when there is none."""
        with self._store.write() as unit:
            if not unit.hooks.unmap_user(source, user_key(user), agent_id):
                raise NotFound(f"the source {source} has no such user: `hook list` shows those there are")

    def heard_by(self, agent_id: str) -> HubSources:
        """Return every source, each with the number of its users that stand for an agent; names no other agent."""
        with self._store.read() as unit:
            rows, users = unit.hooks.all(), unit.hooks.users()
        mine = Counter(source for source, _, agent in users if agent == agent_id)
        sources = (HubSource(source=row.source, dialect=row.dialect, mine=mine[row.source]) for row in rows)
        return HubSources(agent_id=agent_id, sources=tuple(sorted(sources, key=lambda one: one.source)))

    def sources(self) -> Mapping[str, Source]:
        """Return every source by its name."""
        with self._store.read() as unit:
            rows, users = unit.hooks.all(), unit.hooks.users()
        return {
            row.source: _source(row, [(user, agent) for name, user, agent in users if name == row.source])
            for row in rows
        }


class KnownSources:
    """The sources as the server knows them: read again when they are older than a few seconds.

    A name that is unknown asks the store no more often than one that is known. While the store does not answer, calls
    go on with the sources that were known before.
    """

    def __init__(self, service: SourceService, seconds: Callable[[], float]) -> None:
        self._service = service
        self._seconds = seconds
        self._known: Mapping[str, Source] | None = None
        self._fresh_until = float("-inf")

    @property
    def is_fresh(self) -> bool:
        """Whether the store need not be asked."""
        return self._seconds() < self._fresh_until

    @property
    def is_known(self) -> bool:
        """Whether the store ever answered."""
        return self._known is not None

    def refresh(self) -> None:
        """Ask the store; raise `StoreError` when it does not answer and never did."""
        try:
            self._known = self._service.sources()
        except StoreError as error:
            if self._known is None:
                raise
            _log.warning("the telephone systems stay as they were: %s", error)
        self._fresh_until = self._seconds() + FRESH_FOR_S

    def get(self, name: str) -> Source | None:
        """Return a source, or None."""
        return None if self._known is None else self._known.get(name)


def _kept(dialect: HookDialect, secret: str) -> tuple[str | None, str | None]:
    return (None, secret) if dialect is HookDialect.PLACETEL else (token_hash(secret), None)


def _no_source(source: str) -> NotFound:
    return NotFound(f"there is no source {source}: `hook list` shows those there are")


def _source(row: HookRow, users: list[tuple[str, str]]) -> Source:
    numbers = NumberRules(NumberFormat(row.number_format), row.region, row.trunk_prefix, row.extension_digits)
    agents: dict[str, frozenset[str]] = {}
    for user, agent in users:
        # A number may come in another spelling than it was given in.
        for key in {user, read_number(user, numbers).e164 or user}:
            agents[key] = agents.get(key, frozenset()) | {agent}
    return Source(
        name=row.source,
        dialect=row.dialect,
        numbers=numbers,
        agents=agents,
        secret_sha256=row.secret_sha256 or "",
        signing_key=row.signing_key or "",
        public_url=row.public_url,
        queues=row.queues,
        internal_calls=row.internal_calls,
        events_per_s=row.events_per_s,
    )
