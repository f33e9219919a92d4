"""What the doctor says of the proxies on the way, over real ones."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest

from nba_desktop.adapters.network.routes import Proxy
from nba_desktop.adapters.settings import NetworkSettings, Settings
from nba_desktop.doctor.links import check_backend
from nba_desktop.doctor.proxy import check_proxy, reached
from nba_desktop.doctor.site_backend import ask, check_certificate
from tests.fakes.certificates import Authority
from tests.fakes.proxy import FakeProxy, FixedRoutes, dead_port, proxying
from tests.unit.adapters.http_peer import says, serving

BACKEND = "backend.test"
URL = f"https://{BACKEND}"
BY_ADDRESS = NetworkSettings(proxy="address", proxy_address="127.0.0.1:3128", proxy_secret_name="site-proxy")
READY = '{"status":"ready","version":"9.0","catalogue_version":"v1","protocol":1,"least_panel":null}'


def test_what_is_reached_beyond_this_machine_is_named() -> None:
    assert reached(Settings()) == {}
    settings = Settings.model_validate(
        {
            "backend": {"mode": "site", "url": URL},
            "sign_in": {"method": "openid", "issuer": "https://login.test", "client_id": "panel"},
            "telephony": {"source": "genesys_cloud", "genesys": {"client_id": "x"}},
        }
    )
    assert reached(settings) == {
        "the backend": URL,
        "the sign-in": "https://login.test",
        "Genesys Cloud": "https://api.mypurecloud.de",
    }


def test_the_direct_way_and_why_is_said() -> None:
    finding = check_proxy("the backend", URL, NetworkSettings(proxy="none"), None)
    assert (finding.ok, finding.says) == (True, "the backend is reached directly, since network.proxy is “none”")


@pytest.mark.parametrize(
    ("proxy", "words", "way_out"),
    [
        (FakeProxy(wants=("agent", "right")), "wants a sign-in", "secret set site-proxy"),
        (FakeProxy(status=403), "does not let this machine through", "administrator"),
        (FakeProxy(status=0), "does not answer", "switched off"),
    ],
    ids=["sign-in", "forbidden", "hangs up"],
)
def test_a_proxy_that_opens_no_tunnel_is_a_problem_with_a_way_out(proxy: FakeProxy, words: str, way_out: str) -> None:
    with proxying(proxy):
        finding = check_proxy("the backend", URL, BY_ADDRESS, FixedRoutes((proxy.proxy,)))
    assert not finding.ok
    assert finding.says == (
        f"the backend is reached by the proxy {proxy.proxy}, as network.proxy_address says; {proxy.proxy} {words}"
    )
    assert way_out in finding.way_out


def test_a_proxy_that_refuses_the_account_is_told_from_one_that_was_given_none() -> None:
    with proxying(FakeProxy(wants=("agent", "right"))) as proxy:
        way = Proxy(proxy.proxy.host, proxy.proxy.port, "agent", "wrong")
        finding = check_proxy("the backend", URL, BY_ADDRESS, FixedRoutes((way,)))
    assert finding.says.endswith("refused the account")
    assert "secret set site-proxy" in finding.way_out


def test_a_dead_proxy_before_an_open_way_is_advice() -> None:
    gone = Proxy("127.0.0.1", dead_port())
    finding = check_proxy("the backend", URL, NetworkSettings(), FixedRoutes((gone, None)))
    assert finding.sign == "advice"
    assert "then directly, as this machine says" in finding.says


def test_a_rule_that_cannot_be_used_is_a_problem() -> None:
    pac = NetworkSettings(proxy="pac", proxy_file="/etc/proxy.pac")
    finding = check_proxy("the backend", URL, pac, FixedRoutes(()))
    assert (finding.ok, finding.says) == (False, "the backend cannot be reached: the rule is broken")
    assert "network.proxy_file" in finding.way_out


def test_the_other_checks_go_the_same_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    authority = Authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.ca_file))
    with (
        serving(says(200, READY), authority.certify(BACKEND, days=400)) as peer,
        proxying(FakeProxy({BACKEND: urlsplit(peer.url).port or 0}, wants=("agent", "right"))) as proxy,
    ):
        routes = FixedRoutes((Proxy("127.0.0.1", dead_port()), Proxy("127.0.0.1", proxy.port, "agent", "right")))
        assert check_proxy("the backend", URL, BY_ADDRESS, routes).sign == "advice"
        asked = ask(URL, routes=routes)
        assert asked is not None
        assert asked.version == "9.0"
        assert "is who it says it is" in check_certificate(URL, routes=routes).says
        assert check_backend(URL, None, routes).ok
        blocked = FixedRoutes((proxy.proxy,))
        assert "see the lines" in check_certificate(URL, routes=blocked).way_out
        assert check_backend(URL, None, blocked).way_out == "see the line “proxy”"
