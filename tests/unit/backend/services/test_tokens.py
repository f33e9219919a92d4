"""Tokens are shown once, kept as a hash and worthless once revoked."""

from __future__ import annotations

from pathlib import Path

import pytest

from nba_desktop.backend.errors import NotFound
from nba_desktop.backend.rows.caller import Caller
from nba_desktop.backend.tokens import EmbeddedAccess, TokenService, new_token
from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import Role
from tests.fakes.backend_services import Services
from tests.fakes.backend_site import NOW


@pytest.fixture
def tokens(services: Services) -> TokenService:
    return TokenService(services.store, services.clock)


def test_a_token_stands_for_its_agent_and_roles(tokens: TokenService) -> None:
    token = tokens.create("clara", frozenset({Role.AGENT, Role.TEAM_LEAD}))
    caller = tokens.caller_of(token)
    assert caller is not None
    assert (caller.agent_id, caller.roles) == ("clara", frozenset({Role.AGENT, Role.TEAM_LEAD}))
    assert "clara" not in caller.recipient_code


@pytest.mark.parametrize("token", ["", "x", "a" * 43])
def test_a_made_up_token_stands_for_nobody(tokens: TokenService, token: str) -> None:
    tokens.create("clara", frozenset({Role.AGENT}))
    assert tokens.caller_of(token) is None


def test_a_revoked_token_is_worthless(tokens: TokenService) -> None:
    token = tokens.create("clara", frozenset({Role.AGENT}))
    (row,) = tokens.tokens()
    tokens.revoke(row.token_id)
    assert tokens.caller_of(token) is None
    assert [one.revoked_at for one in tokens.tokens()] == [NOW]
    with pytest.raises(NotFound):
        tokens.revoke(row.token_id)
    with pytest.raises(NotFound):
        tokens.revoke(new_id())


def test_an_agents_tokens_share_his_pseudonym(tokens: TokenService) -> None:
    callers = [tokens.caller_of(tokens.create(agent, frozenset({Role.AGENT}))) for agent in ("clara", "clara", "dora")]
    codes = [caller.recipient_code for caller in callers if caller]
    assert codes[0] == codes[1] != codes[2]


def test_no_token_is_in_the_store(tokens: TokenService, tmp_path: Path) -> None:
    token = tokens.create("clara", frozenset({Role.AGENT}))
    stored = b"".join(file.read_bytes() for file in tmp_path.iterdir() if file.is_file())
    assert b"clara" in stored
    assert token.encode() not in stored


def test_tokens_differ() -> None:
    assert len({new_token() for _ in range(50)}) == 50


def test_the_embedded_token_is_the_only_one() -> None:
    caller = Caller("panel", "A-1", frozenset({Role.AGENT}))
    access = EmbeddedAccess("geheim", caller)
    assert access.caller_of("geheim") is caller
    assert access.caller_of("geheim ") is None
    assert access.caller_of("ü") is None
