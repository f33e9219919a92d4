"""Agents, and what lets them in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from nba_desktop.contract.codes import Role


@dataclass(frozen=True, slots=True)
class TokenRow:
    """One token as it is kept; its hash stays in the store."""

    token_id: UUID
    agent_id: str
    recipient_code: str
    roles: frozenset[Role]
    created_at: datetime
    revoked_at: datetime | None
    blocked_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class SignInRow:
    """Which account of an identity provider stands for an agent, and since when."""

    agent_id: str
    recipient_code: str
    issuer: str
    subject: str = field(repr=False)
    since: datetime
    blocked_since: datetime | None


@dataclass(frozen=True, slots=True)
class AgentProfile:
    """What an agent may do and promise: skills by their codes, the level of authority as the catalogue names it."""

    agent_id: str
    display_name: str | None
    skills: frozenset[str]
    authority: str | None
