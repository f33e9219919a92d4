"""Tokens and agents: a token is shown once and kept as a hash; an agent has a pseudonym for the consent proof."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from nba_desktop.backend.errors import InvalidToken, NotFound
from nba_desktop.backend.ports.access import AccessStore
from nba_desktop.backend.ports.unit import Store
from nba_desktop.backend.rows.access import TokenRow
from nba_desktop.backend.rows.caller import Caller
from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import Role

# Without 0, 1, I and O: the code is read out and typed.
_ALPHABET: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_CODE_LENGTH: Final = 8
_TOKEN_BYTES: Final = 32


def new_token() -> str:
    """Return a random token."""
    return secrets.token_urlsafe(_TOKEN_BYTES)


def token_hash(token: str) -> str:
    """Return the SHA-256 of a token; it is random enough to need no salt."""
    return hashlib.sha256(token.encode()).hexdigest()


def ensure_agent(access: AccessStore, agent_id: str, now: datetime) -> str:
    """Return the agent's pseudonym, making the agent when he is new."""
    code = access.recipient_code(agent_id)
    if code is None:
        code = "A-" + "".join(secrets.choice(_ALPHABET) for _ in range(_CODE_LENGTH))
        access.add_agent(agent_id, code, now)
    return code


class TokenService:
    """Makes, lists, revokes and checks the tokens of a site."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    def create(self, agent_id: str, roles: frozenset[Role]) -> str:
        """Make a token for an agent and return it: it cannot be shown again."""
        token, now = new_token(), self._clock()
        with self._store.write() as unit:
            ensure_agent(unit.access, agent_id, now)
            unit.access.add_token(new_id(), token_hash(token), agent_id, roles, now)
        return token

    def tokens(self) -> Sequence[TokenRow]:
        """Return every token, oldest first."""
        with self._store.read() as unit:
            return unit.access.tokens()

    def revoke(self, token_id: UUID) -> None:
        """Revoke a token at once; raise `NotFound` when there is none that still counts."""
        with self._store.write() as unit:
            if not unit.access.revoke(token_id, self._clock()):
                raise NotFound("there is no valid token by that id")

    def caller_of(self, token: str) -> Caller | None:
        """Return who a token stands for, or None; raises `InvalidToken` when that agent is blocked."""
        with self._store.read() as unit:
            row = unit.access.valid_token(token_hash(token))
        if row is not None and row.blocked_since is not None:
            raise InvalidToken("the agent is blocked here")
        return None if row is None else Caller(row.agent_id, row.recipient_code, row.roles)


class EmbeddedAccess:
    """The one token of a backend that serves one panel: made at its start, never stored."""

    def __init__(self, token: str, caller: Caller) -> None:
        self._token = token.encode()
        self._caller = caller

    def caller_of(self, token: str) -> Caller | None:
        """Return the panel's agent for its token, or None."""
        return self._caller if hmac.compare_digest(token.encode(), self._token) else None
