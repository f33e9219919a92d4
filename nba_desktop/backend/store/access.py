"""Agents and their tokens, in the database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, bindparam, delete, exists, insert, select, update

from nba_desktop.backend.rows.access import AgentProfile, SignInRow, TokenRow
from nba_desktop.backend.store.schema.access import agents, sign_ins, tokens
from nba_desktop.contract.codes import Role

# Built once: every request of a site asks for its token.
_TOKENS = (
    select(tokens, agents.c.recipient_code, agents.c.blocked_since)
    .join(agents)
    .order_by(tokens.c.created_at, tokens.c.token_id)
)
_TOKEN = _TOKENS.where(tokens.c.token_sha256 == bindparam("token_sha256"))
_SIGN_INS = select(sign_ins, agents.c.recipient_code, agents.c.blocked_since).join(agents).order_by(sign_ins.c.agent_id)
_SIGN_IN = _SIGN_INS.where(sign_ins.c.issuer == bindparam("of_issuer"), sign_ins.c.subject == bindparam("of_subject"))
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
        """Return the token of this hash unless it was revoked; its agent may be blocked."""
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

    def has_token(self, agent_id: str) -> bool:
        """Return whether a token that was made here still counts for an agent."""
        question = exists().where(tokens.c.agent_id == agent_id, tokens.c.revoked_at.is_(None))
        return bool(self._connection.execute(select(question)).scalar())

    def sign_in(self, issuer: str, subject: str) -> SignInRow | None:
        """Return whom an account of an identity provider stands for, or None."""
        row = self._connection.execute(_SIGN_IN, {"of_issuer": issuer, "of_subject": subject}).one_or_none()
        return None if row is None else _sign_in(row)

    def sign_ins(self) -> Sequence[SignInRow]:
        """Return every account that stands for an agent, by agent."""
        return [_sign_in(row) for row in self._connection.execute(_SIGN_INS)]

    def add_sign_in(self, agent_id: str, issuer: str, subject: str, at: datetime) -> None:
        """Say which account stands for an agent from now on."""
        row = {"agent_id": agent_id, "issuer": issuer, "subject": subject, "since": at}
        self._connection.execute(insert(sign_ins).values(row))

    def remove_sign_in(self, agent_id: str) -> bool:
        """Forget which account stands for an agent; False when there is none."""
        return self._connection.execute(delete(sign_ins).where(sign_ins.c.agent_id == agent_id)).rowcount == 1

    def set_blocked(self, agent_id: str, since: datetime | None) -> bool:
        """Say since when an agent is let in no more, or that he is again; False when he is not known."""
        setting = update(agents).where(agents.c.agent_id == agent_id).values(blocked_since=since)
        return self._connection.execute(setting).rowcount == 1

    def blocked(self) -> Mapping[str, datetime]:
        """Return since when the agents who are let in no more are not."""
        rows = self._connection.execute(
            select(agents.c.agent_id, agents.c.blocked_since).where(agents.c.blocked_since.is_not(None))
        )
        return {row.agent_id: row.blocked_since for row in rows}


def _sign_in(row: Row[Any]) -> SignInRow:
    return SignInRow(row.agent_id, row.recipient_code, row.issuer, row.subject, row.since, row.blocked_since)


def _profile(row: Row[*tuple[Any, ...]]) -> AgentProfile:
    return AgentProfile(row.agent_id, row.display_name, frozenset((row.skills or "").split()), row.authority)


def _token_rows(rows: Iterable[Row[Any]]) -> list[TokenRow]:
    return [
        TokenRow(
            token_id=row.token_id,
            agent_id=row.agent_id,
            recipient_code=row.recipient_code,
            roles=frozenset(Role(role) for role in row.roles.split()),
            created_at=row.created_at,
            revoked_at=row.revoked_at,
            blocked_since=row.blocked_since,
        )
        for row in rows
    ]
