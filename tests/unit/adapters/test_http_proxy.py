"""Requests to a backend that only a proxy knows the way to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from nba_desktop.adapters.http_backend import HttpBackend
from nba_desktop.adapters.http_client import Timeouts
from nba_desktop.adapters.network.routes import Proxy
from nba_desktop.domain.errors import BackendBehindProxy, BackendError, BackendOffline, BackendUntrusted, FailureCode
from tests.fakes.certificates import Authority
from tests.fakes.proxy import FakeProxy, FixedRoutes, dead_port, proxying
from tests.unit.adapters.http_peer import Peer, says, serving

CATALOGUE = '{"version":"7","language":"de","concerns":[{"code":"move","label":"Umzug"}]}'
BACKEND = "backend.test"
QUICK = Timeouts(connect_s=0.5, read_s=5.0, total_s=10.0)
HASTY = Timeouts(connect_s=0.5, read_s=0.5, total_s=0.6)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def peer(authority: Authority, monkeypatch: pytest.MonkeyPatch) -> Iterator[Peer]:
    """A backend whose name nobody but a proxy can find."""
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.ca_file))
    with serving(says(200, CATALOGUE), authority.certify(BACKEND)) as one:
        yield one


def port_of(peer: Peer) -> int:
    return urlsplit(peer.url).port or 0


def ask(routes: FixedRoutes) -> str:
    return HttpBackend(f"https://{BACKEND}", "secret", QUICK, routes).catalogue("de").version


def failure_by(routes: FixedRoutes) -> BackendError:
    with pytest.raises(BackendError) as caught:
        ask(routes)
    return caught.value


def dead() -> Proxy:
    return Proxy("127.0.0.1", dead_port())


def test_a_backend_is_reached_through_a_tunnel_that_the_proxy_cannot_look_into(peer: Peer) -> None:
    with proxying(FakeProxy({BACKEND: port_of(peer)})) as proxy:
        backend = HttpBackend(f"https://{BACKEND}", "secret", QUICK, FixedRoutes((proxy.proxy,)))
        assert backend.catalogue("de").version == "7"
        assert backend.catalogue("de").version == "7"
    assert proxy.asked == [BACKEND]
    assert "Proxy-Authorization" not in peer.requests[0].headers


def test_a_proxy_that_does_not_answer_is_passed_over(peer: Peer) -> None:
    gone = dead()
    with proxying(FakeProxy(silent=True)) as silent, proxying(FakeProxy({BACKEND: port_of(peer)})) as proxy:
        routes = FixedRoutes((gone, silent.proxy, proxy.proxy))
        assert ask(routes) == "7"
    assert routes.closed == [gone, silent.proxy]
    assert len(peer.requests) == 1


def test_after_dead_proxies_the_direct_way_is_tried(authority: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.ca_file))
    gone = dead()
    routes = FixedRoutes((gone, None))
    with serving(says(200, CATALOGUE), authority.certify("127.0.0.1")) as near:
        assert HttpBackend(near.url, "secret", QUICK, routes).catalogue("de").version == "7"
    assert routes.closed == [gone]


def test_a_direct_way_that_leads_nowhere_is_told() -> None:
    routes = FixedRoutes((None,))
    with pytest.raises(BackendOffline):
        HttpBackend(f"https://127.0.0.1:{dead_port()}", "secret", QUICK, routes).catalogue("de")
    assert routes.closed == [None]


@pytest.mark.parametrize("ways", [(dead(), None), (None, dead())], ids=["directly last", "the dead proxy last"])
def test_where_no_way_is_open_the_direct_one_s_reason_is_told(ways: tuple[Proxy | None, ...]) -> None:
    routes = FixedRoutes(ways)
    with pytest.raises(BackendOffline, match="nothing listens at the backend's address"):
        HttpBackend(f"https://127.0.0.1:{dead_port()}", "secret", QUICK, routes).catalogue("de")
    assert routes.closed == list(ways)


@pytest.mark.parametrize(
    ("proxy", "code"),
    [
        (FakeProxy(silent=True), FailureCode.PROXY_AWAY),
        (FakeProxy(drips=True), FailureCode.PROXY_AWAY),
        (FakeProxy(wants=("agent", "right")), FailureCode.PROXY_SIGN_IN),
        (FakeProxy(status=403), FailureCode.PROXY_REFUSED),
        (FakeProxy(status=502), FailureCode.OFFLINE),
        (FakeProxy(status=0), FailureCode.PROXY_AWAY),
    ],
    ids=["silent", "slow", "sign-in", "forbidden", "backend gone", "hangs up"],
)
def test_what_a_proxy_says_instead_of_a_tunnel_is_told(proxy: FakeProxy, code: FailureCode) -> None:
    with proxying(proxy), pytest.raises(BackendError) as caught:
        HttpBackend(f"https://{BACKEND}", "secret", HASTY, FixedRoutes((proxy.proxy,))).catalogue("de")
    assert caught.value.code is code


def test_a_wrong_password_is_told_from_a_missing_one() -> None:
    with proxying(FakeProxy(wants=("agent", "right"))) as proxy:
        routes = FixedRoutes((Proxy("127.0.0.1", proxy.port, "agent", "wrong"),))
        assert failure_by(routes).code is FailureCode.PROXY_ACCOUNT


def test_a_proxy_that_answered_is_not_gone_around(peer: Peer) -> None:
    with (
        proxying(FakeProxy(wants=("agent", "right"))) as strict,
        proxying(FakeProxy({BACKEND: port_of(peer)})) as open_,
    ):
        routes = FixedRoutes((strict.proxy, open_.proxy))
        assert failure_by(routes).code is FailureCode.PROXY_SIGN_IN
    assert (routes.closed, open_.asked) == ([], [])


def test_a_proxy_gets_the_sign_in_that_it_wants_and_the_backend_does_not(peer: Peer) -> None:
    with proxying(FakeProxy({BACKEND: port_of(peer)}, wants=("agent@site", "pass:wörd"))) as proxy:
        assert ask(FixedRoutes((Proxy("127.0.0.1", proxy.port, "agent@site", "pass:wörd"),))) == "7"
    assert "Proxy-Authorization" not in peer.requests[0].headers


def test_a_certificate_is_looked_at_behind_a_proxy_too(tmp_path: Path, peer: Peer) -> None:
    with (
        serving(says(200, CATALOGUE), Authority(tmp_path).certify(BACKEND)) as stranger,
        proxying(FakeProxy({BACKEND: port_of(stranger)})) as proxy,
    ):
        failure = failure_by(FixedRoutes((proxy.proxy, None)))
    assert isinstance(failure, BackendUntrusted)
    assert failure.code is FailureCode.CERTIFICATE_UNTRUSTED
    assert stranger.requests == peer.requests == []


def test_without_a_rule_that_can_be_used_nothing_is_connected() -> None:
    failure = failure_by(FixedRoutes(()))
    assert isinstance(failure, BackendBehindProxy)
    assert failure.code is FailureCode.PROXY_RULE
