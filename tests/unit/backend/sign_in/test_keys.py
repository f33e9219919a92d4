"""The provider's keys as they change, fail and come back."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from nba_desktop.backend.errors import IdentityProviderFailed, InvalidToken, SignInUnavailable
from nba_desktop.backend.sign_in.keys import FRESH_S, KEEP_S, LEAST_S, Keys
from nba_desktop.backend.sign_in.tokens import PublicKey
from tests.unit.backend.sign_in.minting import keys

FAILS = r"keys: the identity provider fails, known keys count for a day: its keys: no connection"
NONE_LEFT = r"keys: the identity provider fails and none of its keys is known, its tokens wait: its keys: no connection"


class Provider:
    """Publishes keys, or fails; time is what the test says."""

    def __init__(self, *published: str) -> None:
        self.published: tuple[str, ...] | None = published
        self.asked = 0
        self.now = 1000.0
        self.keys = Keys(self, lambda: self.now)

    def __call__(self) -> Mapping[str, PublicKey]:
        self.asked += 1
        if self.published is None:
            raise IdentityProviderFailed("its keys: no connection")
        return keys(*self.published)


def test_a_key_is_fetched_once_and_known_from_then_on() -> None:
    provider = Provider("ours")
    for _ in range(3):
        assert provider.keys.key("ours").key_type == "RSA"
    assert provider.asked == 1


def test_a_key_that_is_new_is_found_at_once_and_one_that_was_taken_back_is_gone() -> None:
    provider = Provider("ours")
    provider.keys.key("ours")
    provider.published = ("curve",)
    provider.now += LEAST_S
    assert provider.keys.key("curve").key_type == "EC"
    with pytest.raises(InvalidToken):
        provider.keys.key("ours")


def test_unknown_keys_make_nobody_ask_again_and_again() -> None:
    provider = Provider("ours")
    for _ in range(50):
        with pytest.raises(InvalidToken):
            provider.keys.key("theirs")
    assert provider.asked == 1
    provider.now += LEAST_S
    with pytest.raises(InvalidToken):
        provider.keys.key("theirs")
    assert provider.asked == 2


def test_keys_are_fetched_anew_when_they_are_no_longer_fresh() -> None:
    provider = Provider("ours")
    provider.keys.refresh()
    provider.keys.refresh()
    provider.now += FRESH_S - 1
    provider.keys.refresh()
    assert provider.asked == 1
    provider.now += 1
    provider.keys.refresh()
    assert provider.asked == 2


@pytest.mark.expected_log(FAILS)
@pytest.mark.expected_log(NONE_LEFT)
def test_while_the_provider_is_down_known_keys_count_for_a_day(caplog: pytest.LogCaptureFixture) -> None:
    provider = Provider("ours")
    provider.keys.refresh()
    provider.published = None
    provider.now += KEEP_S
    provider.keys.refresh()
    assert provider.keys.key("ours").key_type == "RSA"
    # Whether it is a new one only the provider knows.
    with pytest.raises(SignInUnavailable):
        provider.keys.key("new")
    provider.now += LEAST_S
    with pytest.raises(SignInUnavailable):
        provider.keys.key("ours")
    # Said once each, not at every try.
    assert [record.levelname for record in caplog.records] == ["WARNING", "ERROR"]
    provider.published = ("ours",)
    provider.now += LEAST_S
    assert provider.keys.key("ours").key_type == "RSA"


@pytest.mark.expected_log(NONE_LEFT)
def test_without_any_key_nothing_is_said_about_a_token() -> None:
    provider = Provider()
    provider.published = None
    with pytest.raises(SignInUnavailable):
        provider.keys.key("ours")


def test_nobody_waits_while_another_asks() -> None:
    found: list[type[Exception]] = []

    def fetch() -> Mapping[str, PublicKey]:
        # What a second thread meets in the meantime; the first one holds no lock that it would wait for.
        with pytest.raises(SignInUnavailable) as raised:
            known.key("ours")
        found.append(raised.type)
        return keys("ours")

    known = Keys(fetch, lambda: 1000.0)
    assert known.key("ours").key_type == "RSA"
    assert found == [SignInUnavailable]
