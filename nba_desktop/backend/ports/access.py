"""Who may come in, as the services ask for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from nba_desktop.backend.rows.access import AgentProfile, SignInRow, TokenRow
from nba_desktop.contract.codes import Role


class AccessStore(Protocol):
    """Agents and their tokens."""

    def recipient_code(self, agent_id: str) -> str | None:
        """Return the pseudonym of an agent, or None when he is not known."""

    def add_agent(self, agent_id: str, recipient_code: str, at: datetime) -> None:
        """Add an agent with his pseudonym."""

    def profile(self, agent_id: str) -> AgentProfile | None:
        """Return what an agent may do and promise, or None when he is not known."""

    def set_profile(self, profile: AgentProfile) -> None:
        """Say what a known agent may do and promise."""

    def profiles(self) -> Sequence[AgentProfile]:
        """Return every agent, by id."""

    def pseudonyms(self) -> Mapping[str, AgentProfile]:
        """Return every agent by his pseudonym."""

    def add_token(self, token_id: UUID, token_sha256: str, agent_id: str, roles: frozenset[Role], at: datetime) -> None:
        """Add a token by its hash."""

    def valid_token(self, token_sha256: str) -> TokenRow | None:
        """Return the token of this hash unless it was revoked; its agent may be blocked."""

    def tokens(self) -> Sequence[TokenRow]:
        """Return every token, oldest first."""

    def revoke(self, token_id: UUID, at: datetime) -> bool:
        """Revoke a token; False when there is none by that id that still counts."""

    def has_token(self, agent_id: str) -> bool:
        """Return whether a token that was made here still counts for an agent."""

    def sign_in(self, issuer: str, subject: str) -> SignInRow | None:
        """Return whom an account of an identity provider stands for, or None."""

    def sign_ins(self) -> Sequence[SignInRow]:
        """Return every account that stands for an agent, by agent."""

    def add_sign_in(self, agent_id: str, issuer: str, subject: str, at: datetime) -> None:
        """Say which account stands for an agent from now on."""

    def remove_sign_in(self, agent_id: str) -> bool:
        """Forget which account stands for an agent; False when there is none."""

    def set_blocked(self, agent_id: str, since: datetime | None) -> bool:
        """Say since when an agent is let in no more, or that he is again; False when he is not known."""

    def blocked(self) -> Mapping[str, datetime]:
        """Return since when the agents who are let in no more are not."""
