"""The token of a sign-in: renewed once for all who need it, ended only by the provider's word."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from nba_desktop.adapters.sign_in.kept import Kept, kept_of, written
from nba_desktop.adapters.sign_in.provider import Provider
from nba_desktop.adapters.sign_in.renewing import RenewedToken
from nba_desktop.adapters.sign_in.tokens import Agent, SignedIn, Tokens
from nba_desktop.domain.errors import BackendOffline, SignInError
from tests.fakes.identity import CLIENT, SUBJECT, FakeIdentity, Lies, identity

ENDED = Lies(status=400, body='{"error": "invalid_grant"}')


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Renewal:
    """A token of an agent that is a minute old, and what was told of it."""

    def __init__(self, provider: FakeIdentity) -> None:
        self.provider = provider
        self.clock = Clock()
        self.told: list[SignedIn | SignInError] = []
        agent = Agent(provider.issuer, SUBJECT, "Anna", "anna")
        given = SignedIn(agent, Tokens("first", 300.0, "refresh-0", "id-0"))
        self.token = RenewedToken(Provider(provider.settings()), given, self.told.append, self.clock)
        self.clock.now += 60

    @property
    def asked_with(self) -> list[str]:
        return [form["refresh_token"] for form in self.provider.forms("/token")]


@pytest.fixture
def renewal() -> Iterator[Renewal]:
    with identity() as provider:
        yield Renewal(provider)


def test_all_who_were_refused_at_once_get_the_one_new_token(renewal: Renewal) -> None:
    with ThreadPoolExecutor(8) as pool:
        got = set(pool.map(renewal.token.newer_than, ["first"] * 8))
    assert got == {"access-1"}
    assert renewal.asked_with == ["refresh-0"]
    (told,) = renewal.told
    assert isinstance(told, SignedIn)
    assert told.tokens.refresh_token == "refresh-1"
    assert (told.agent.name, renewal.token.value) == ("Anna Agent", "access-1")


def test_who_was_refused_with_an_older_one_gets_the_one_that_is_there(renewal: Renewal) -> None:
    assert renewal.token.newer_than("first") == "access-1"
    renewal.clock.now += 60
    assert renewal.token.newer_than("first") == "access-1"
    assert len(renewal.asked_with) == 1


def test_the_next_renewal_uses_what_the_last_one_gave(renewal: Renewal) -> None:
    for _ in range(3):
        renewal.token.renew()
    assert renewal.asked_with == ["refresh-0", "refresh-1", "refresh-2"]


def test_what_a_renewal_leaves_out_stays_as_it_was(renewal: Renewal) -> None:
    renewal.provider.lies = Lies(tokens={"refresh_token": None, "id_token": None})
    renewal.token.renew()
    assert renewal.token.tokens == replace(Tokens("access-1", 300.0), refresh_token="refresh-0", id_token="id-0")
    assert renewal.token.agent.name == "Anna"


def test_a_token_that_is_new_is_not_renewed_because_it_is_refused(renewal: Renewal) -> None:
    assert renewal.token.newer_than("first") == "access-1"
    assert renewal.token.newer_than("access-1") == "access-1"
    renewal.clock.now += 11
    assert renewal.token.newer_than("access-1") == "access-2"


def test_who_is_told_that_it_ended_hears_it_once_and_nobody_asks_again(renewal: Renewal) -> None:
    renewal.provider.lies = ENDED
    assert renewal.token.newer_than("first") == "first"
    assert renewal.token.newer_than("first") == "first"
    assert [one.code.value for one in renewal.told if isinstance(one, SignInError)] == ["sign_in_ended"]
    assert len(renewal.asked_with) == 1
    renewal.provider.lies = Lies()
    renewal.token.sign_in_again(SignedIn(renewal.token.agent, Tokens("again", 300.0, "refresh-9")))
    assert renewal.token.value == "again"
    renewal.token.renew()
    assert renewal.asked_with[-1] == "refresh-9"


@pytest.mark.parametrize("lies", [Lies(status=503, body=""), Lies(status=400, body="<html>"), Lies(keys={"keys": 1})])
def test_a_provider_in_trouble_is_never_a_sign_out(renewal: Renewal, lies: Lies) -> None:
    renewal.provider.lies = lies
    try:
        assert renewal.token.newer_than("first") == "first"
    except BackendOffline:
        asked = len(renewal.asked_with)
        with pytest.raises(BackendOffline):
            renewal.token.newer_than("first")
        assert len(renewal.asked_with) == asked  # not asked again at once
    assert renewal.told == []
    renewal.provider.lies = Lies()
    renewal.clock.now += 6
    assert renewal.token.newer_than("first").startswith("access-")


def test_a_renewal_for_somebody_else_ends_the_sign_in(renewal: Renewal) -> None:
    renewal.provider.lies = Lies(claims={"sub": "ben-2"})
    with pytest.raises(SignInError) as caught:
        renewal.token.renew()
    assert caught.value.code.value == "sign_in_ended"
    assert renewal.token.value == "first"


def test_a_token_is_told_before_anybody_has_it() -> None:
    with identity() as provider:
        renewal, seen = Renewal(provider), threading.Event()
        renewal.token._tell = lambda _: seen.set()
        assert renewal.token.newer_than("first") == "access-1"
        assert seen.is_set()


# ---- what is kept


def test_a_kept_sign_in_is_read_again_for_the_same_provider_and_client_alone() -> None:
    with identity() as provider:
        settings, kept = provider.settings(), Kept(Agent(provider.issuer, SUBJECT, "Anna", "anna"), "refresh-0")
    text = written(kept, settings)
    read = kept_of(text, settings)
    assert read == kept
    assert read is not None
    assert (read.agent.name, read.agent.login) == ("Anna", "anna")
    assert kept_of(text, settings.model_copy(update={"client_id": "other"})) is None
    assert kept_of(text, settings.model_copy(update={"issuer": "https://other.example"})) is None
    for nothing in (None, "", "{", '{"issuer": 1}', text.replace("{", '{"more": 1, ', 1)):
        assert kept_of(nothing, settings) is None
    assert CLIENT in text
    assert "refresh-0" not in repr(kept)
