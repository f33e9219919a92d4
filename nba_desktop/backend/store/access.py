"""Agents, their tokens and what they read, in the database."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from nba_desktop.backend.rows import AgentProfile, TokenRow
from nba_desktop.backend.store.schema import agents, customer_reads, tokens
from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import Role

# Built once: every request of a site asks for its token.
_TOKENS = select(tokens, agents.c.recipient_code).join(agents).order_by(tokens.c.created_at, tokens.c.token_id)
_TOKEN = _TOKENS.where(tokens.c.token_sha256 == bindparam("token_sha256"))
_PROFILES = (
    select(agents.c.agent_id, agents.c.display_name, agents.c.skills, agents.c.authority)
    # What stands in place of the agents of old contacts is nobody.
    .where(agents.c.stand_in_since.is_(None))
    .order_by(agents.c.agent_id)
)
_PROFILE = _PROFILES.where(agents.c.agent_id == bindparam("agent_id"))
_SET_PROFILE = update(agents).where(agents.c.agent_id == bindparam("of_agent"))


class Access:
    """Agents and their tokens within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def recipient_code(self, agent_id: str) -> str | None:
        """Return the pseudonym of an agent, or None when he is not known."""
        return self._connection.execute(select(agents.c.recipient_code).where(agents.c.agent_id == agent_id)).scalar()

    def add_agent(self, agent_id: str, recipient_code: str, at: datetime) -> None:
        """Add an agent with his pseudonym."""
        self._connection.execute(insert(agents).values(agent_id=agent_id, recipient_code=recipient_code, created_at=at))

    def profile(self, agent_id: str) -> AgentProfile | None:
        """Return what an agent may do and promise, or None when he is not known."""
        row = self._connection.execute(_PROFILE, {"agent_id": agent_id}).one_or_none()
        return None if row is None else _profile(row)

    def set_profile(self, profile: AgentProfile) -> None:
        """Say what a known agent may do and promise."""
        self._connection.execute(
            _SET_PROFILE,
            {
                "of_agent": profile.agent_id,
                "display_name": profile.display_name,
                "skills": " ".join(sorted(profile.skills)),
                "authority": profile.authority,
            },
        )

    def profiles(self) -> Sequence[AgentProfile]:
        """Return every agent, by id."""
        return [_profile(row) for row in self._connection.execute(_PROFILES)]

    def pseudonyms(self) -> Mapping[str, AgentProfile]:
        """Return every agent by his pseudonym."""
        rows = self._connection.execute(_PROFILES.add_columns(agents.c.recipient_code))
        return {row.recipient_code: _profile(row) for row in rows}

    def add_token(self, token_id: UUID, token_sha256: str, agent_id: str, roles: frozenset[Role], at: datetime) -> None:
        """Add a token by its hash."""
        self._connection.execute(
            insert(tokens).values(
                token_id=token_id,
                token_sha256=token_sha256,
                agent_id=agent_id,
                roles=" ".join(sorted(roles)),
                created_at=at,
            )
        )

    def valid_token(self, token_sha256: str) -> TokenRow | None:
        """Return the token of this hash unless it was revoked."""
        rows = self._connection.execute(_TOKEN, {"token_sha256": token_sha256})
        found = [one for one in _token_rows(rows) if one.revoked_at is None]
        return found[0] if found else None

    def tokens(self) -> Sequence[TokenRow]:
        """Return every token, oldest first."""
        return _token_rows(self._connection.execute(_TOKENS))

    def revoke(self, token_id: UUID, at: datetime) -> bool:
        """Revoke a token; False when there is none by that id that still counts."""
        done = self._connection.execute(
            update(tokens).where(tokens.c.token_id == token_id, tokens.c.revoked_at.is_(None)).values(revoked_at=at)
        )
        return done.rowcount == 1


class Audit:
    """Who read which customers outside a contact."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, at: datetime, agent_id: str, reason: str, customer_ids: Sequence[str]) -> None:
        """Append one reading."""
        self._connection.execute(
            insert(customer_reads).values(
                read_id=new_id(), at=at, agent_id=agent_id, reason=reason, customer_ids=json.dumps(list(customer_ids))
            )
        )


def _profile(row: Row[*tuple[Any, ...]]) -> AgentProfile:
    return AgentProfile(row.agent_id, row.display_name, frozenset((row.skills or "").split()), row.authority)


def _token_rows(rows: Iterable[Row[Any]]) -> list[TokenRow]:
    return [
        TokenRow(
            token_id=row.token_id,
            token_sha256=row.token_sha256,
            agent_id=row.agent_id,
            recipient_code=row.recipient_code,
            roles=frozenset(Role(role) for role in row.roles.split()),
            created_at=row.created_at,
            revoked_at=row.revoked_at,
        )
        for row in rows
    ]
