"""Whom an account of the provider stands for, from the first time on, and who is not let in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from threading import Barrier

import pytest

from nba_desktop.backend.errors import AgentTaken, InvalidToken, SignInUnavailable
from nba_desktop.backend.ports.unit import Store
from nba_desktop.backend.rows.caller import Caller
from nba_desktop.backend.sign_in.access import SignInAccess, SiteAccess
from nba_desktop.backend.sign_in.keys import FRESH_S, Keys
from nba_desktop.backend.sign_in.tokens import PublicKey
from nba_desktop.backend.tokens import TokenService
from nba_desktop.contract.codes import Role
from tests.fakes.backend_site import NOW, Stores, sql_store
from tests.unit.backend.sign_in.minting import claims, entry, keys, mint

AGENT = frozenset({Role.AGENT})


class CountedKeys(Keys):
    """Knows how often a signature was checked."""

    checked = 0

    def key(self, key_id: str) -> PublicKey:
        self.checked += 1
        return super().key(key_id)


class Site:
    """A backend's access to itself: tokens made here, a provider's keys, and the time."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.now = NOW
        self.seconds = 1000.0
        self.published: Mapping[str, PublicKey] = keys("ours")
        self.keys = CountedKeys(lambda: self.published, lambda: self.seconds)
        self.keys.refresh()
        self.made_here = TokenService(store, self.clock)
        provider = SignInAccess(entry(), self.keys, store, self.clock)
        self.access = SiteAccess(provider, self.made_here)

    def clock(self) -> datetime:
        return self.now

    def comes(self, **said: object) -> Caller:
        """Somebody comes with a good token of what is said."""
        caller = self.access.caller_of(mint(claims(self.now, **said)))
        assert caller is not None
        return caller

    def block(self, agent_id: str, since: datetime | None) -> None:
        with self.store.write() as unit:
            assert unit.access.set_blocked(agent_id, since)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with sql_store(tmp_path, customers=False) as store:
        yield Site(store)


def test_whoever_comes_for_the_first_time_becomes_an_agent_and_stays_the_same(
    tmp_path: Path, each_store: Stores
) -> None:
    with sql_store(tmp_path, customers=False) as store:
        site = Site(store)
        anna = site.comes(name="anna", sub="1")
        assert (anna.agent_id, anna.roles, anna.until) == ("anna", AGENT, NOW + timedelta(seconds=330))
        # She marries, and the directory calls her otherwise.
        again = site.comes(name="anna.neu", sub="1", roles=["nba-lead"])
        assert (again.agent_id, again.recipient_code) == ("anna", anna.recipient_code)
        assert again.roles == {Role.TEAM_LEAD, Role.ANALYST}
        with store.read() as unit:
            (row,) = unit.access.sign_ins()
        assert (row.agent_id, row.subject, row.since) == ("anna", "1", NOW)


def test_of_requests_that_come_at_once_each_may_be_the_first(site: Site) -> None:
    together = Barrier(4)

    def comes(number: int) -> Caller:
        together.wait(20)
        return site.comes(name="anna", sub="1", jti=str(number))

    with ThreadPoolExecutor(4) as pool:
        callers = list(pool.map(comes, range(4)))
    assert len({caller.recipient_code for caller in callers}) == 1


def test_nobody_becomes_an_agent_whom_another_account_stands_for(site: Site) -> None:
    site.comes(name="anna", sub="1")
    with pytest.raises(AgentTaken, match="another account"):
        site.comes(name="anna", sub="2")


def test_an_account_that_was_released_makes_room_for_the_next(site: Site) -> None:
    anna = site.comes(name="anna", sub="1")
    with site.store.write() as unit:
        assert unit.access.remove_sign_in("anna")
        assert not unit.access.remove_sign_in("anna")
    assert site.comes(name="anna", sub="2").recipient_code == anna.recipient_code


def test_nobody_becomes_an_agent_who_has_a_token_made_here(site: Site) -> None:
    token = site.made_here.create("anna", AGENT)
    with pytest.raises(AgentTaken, match="token that was made here"):
        site.comes(name="anna", sub="1")
    site.made_here.revoke(site.made_here.tokens()[0].token_id)
    caller = site.comes(name="anna", sub="1")
    assert site.access.caller_of(token) is None
    # One that is made later, while the provider is down, takes nothing from her.
    made = site.made_here.create("anna", AGENT)
    assert site.access.caller_of(made) == Caller("anna", caller.recipient_code, AGENT)
    assert site.comes(name="anna", sub="1") == caller


def test_an_agent_who_was_entered_before_he_came_is_taken_over(site: Site) -> None:
    site.made_here.create("anna", AGENT)
    (token,) = site.made_here.tokens()
    site.made_here.revoke(token.token_id)
    assert site.comes(name="anna", sub="1").recipient_code == token.recipient_code


def test_a_blocked_agent_is_refused_at_once_whatever_token_he_has(site: Site) -> None:
    made = site.made_here.create("ben", AGENT)
    site.comes(name="anna", sub="1")
    for agent in ("anna", "ben"):
        site.block(agent, NOW)
    with pytest.raises(InvalidToken, match="blocked"):
        site.comes(name="anna", sub="1")
    with pytest.raises(InvalidToken, match="blocked"):
        site.access.caller_of(made)
    for agent in ("anna", "ben"):
        site.block(agent, None)
    assert site.comes(name="anna", sub="1").agent_id == "anna"
    assert site.access.caller_of(made) is not None


def test_a_token_that_is_known_ends_all_the_same(site: Site) -> None:
    token = mint(claims(NOW))
    assert site.access.caller_of(token) is not None
    site.now += timedelta(seconds=329)
    assert site.access.caller_of(token) is not None
    site.now += timedelta(seconds=1)
    with pytest.raises(InvalidToken, match="has expired"):
        site.access.caller_of(token)


def test_a_token_that_is_known_is_checked_once(site: Site) -> None:
    token = mint(claims(NOW))
    assert site.access.caller_of(token) == site.access.caller_of(token)
    assert site.keys.checked == 1
    site.comes(sub="2", name="ben")
    assert site.keys.checked == 2


def test_a_key_that_is_taken_back_takes_its_tokens_along(site: Site) -> None:
    token = mint(claims(NOW))
    assert site.access.caller_of(token) is not None
    site.published = keys("curve")
    site.seconds += FRESH_S
    site.keys.refresh()
    with pytest.raises(InvalidToken, match="key is not one of"):
        site.access.caller_of(token)


def test_a_provider_that_publishes_nothing_usable_yet_says_nothing_about_a_token(site: Site) -> None:
    site.published = {}
    site.seconds += FRESH_S
    site.keys.refresh()
    with pytest.raises(SignInUnavailable):
        site.access.caller_of(mint(claims(NOW)))


def test_a_system_comes_under_the_name_of_its_client(site: Site) -> None:
    caller = site.comes(sub="service-account", name=None, azp="crm", roles=["nba-machine"])
    assert (caller.agent_id, caller.roles) == ("crm", frozenset({Role.MACHINE}))


def test_an_unknown_token_without_dots_is_none_of_the_provider(site: Site) -> None:
    assert site.access.caller_of("unknown") is None
