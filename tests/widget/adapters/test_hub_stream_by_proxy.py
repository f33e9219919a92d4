"""The line to the backend's stream where only a proxy knows the way."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtNetwork import QSslCertificate, QSslConfiguration
from pytestqt.qtbot import QtBot

from nba_desktop.adapters.cti.hub_stream import HubStreamSettings, HubStreamSource, HubTiming
from nba_desktop.adapters.network.routes import Proxy, Route, Routes
from tests.fakes.certificates import Authority
from tests.fakes.proxy import FakeProxy, FixedRoutes, dead_port, proxying
from tests.fakes.sse_server import FakeStream

BACKEND = "backend.test"
TIMING = HubTiming(steady=0, retry_first=20, retry_longest=80)

Opened = Callable[[Routes], list[tuple[str, str]]]


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def backend(qapp: object, authority: Authority) -> Iterator[FakeStream]:
    before = QSslConfiguration.defaultConfiguration()
    configuration = QSslConfiguration(before)
    configuration.setCaCertificates(QSslCertificate.fromData(authority.ca_file.read_bytes()))
    QSslConfiguration.setDefaultConfiguration(configuration)
    fake = FakeStream(authority.certify(BACKEND))
    yield fake
    fake.server.close()
    QSslConfiguration.setDefaultConfiguration(before)


@pytest.fixture
def line(qtbot: QtBot) -> Iterator[Opened]:
    """Opens a line; what it says of itself grows in the list."""
    opened: list[HubStreamSource] = []

    def open_(routes: Routes) -> list[tuple[str, str]]:
        source = HubStreamSource(HubStreamSettings(f"https://{BACKEND}", "secret"), TIMING, routes, jitter=lambda: 0.5)
        opened.append(source)
        said: list[tuple[str, str]] = []
        source.link_changed.connect(lambda link: said.append((link.state, link.detail)))
        source.start()
        return said

    yield open_
    for source in opened:
        source.stop()


def test_the_stream_comes_through_a_tunnel(qtbot: QtBot, backend: FakeStream, line: Opened) -> None:
    with proxying(FakeProxy({BACKEND: backend.server.serverPort()}, wants=("agent", "right"))) as proxy:
        said = line(FixedRoutes((Proxy("127.0.0.1", proxy.port, "agent", "right"),)))
        qtbot.waitUntil(lambda: said[-1:] == [("up", "")])
        assert set(proxy.asked) == {BACKEND}
        assert "proxy-authorization" not in backend.requests[0]


def test_dead_proxies_are_passed_over_and_told(qtbot: QtBot, backend: FakeStream, line: Opened) -> None:
    gone = Proxy("127.0.0.1", dead_port())
    with proxying(FakeProxy({BACKEND: backend.server.serverPort()})) as proxy:
        routes = FixedRoutes((gone, proxy.proxy))
        said = line(routes)
        qtbot.waitUntil(lambda: said[-1:] == [("up", "")])
        assert said == [("connecting", ""), ("up", "")]
        assert routes.closed == [gone]


@pytest.mark.parametrize(
    ("proxy", "code"),
    [
        (FakeProxy(wants=("agent", "right")), "proxy_sign_in"),
        (FakeProxy(status=403), "proxy_refused"),
        (FakeProxy(status=502), "proxy_refused"),
    ],
    ids=["sign-in", "forbidden", "backend gone"],
)
def test_what_a_proxy_says_instead_of_a_tunnel_is_told(qtbot: QtBot, line: Opened, proxy: FakeProxy, code: str) -> None:
    with proxying(proxy):
        said = line(FixedRoutes((proxy.proxy,)))
        qtbot.waitUntil(lambda: len(said) > 1)
        assert said[1] == ("down", code)


def test_a_wrong_password_is_told_from_a_missing_one(qtbot: QtBot, line: Opened) -> None:
    with proxying(FakeProxy(wants=("agent", "right"))) as proxy:
        said = line(FixedRoutes((Proxy("127.0.0.1", proxy.port, "agent", "wrong"),)))
        qtbot.waitUntil(lambda: len(said) > 1)
        assert said[1] == ("down", "proxy_account")


def test_without_a_rule_that_can_be_used_nothing_is_connected(qtbot: QtBot, line: Opened) -> None:
    said = line(FixedRoutes(()))
    qtbot.waitUntil(lambda: len(said) > 1)
    assert said[1] == ("down", "proxy_rule")


def test_whom_openssl_believes_qt_believes_too(
    qtbot: QtBot, qapp: object, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = FakeStream(authority.certify("127.0.0.1"))
    said: list[tuple[str, str]] = []
    for file, last in (("/no/such/file", ("down", "tls_untrusted")), (str(authority.ca_file), ("up", ""))):
        monkeypatch.setenv("SSL_CERT_FILE", file)
        source = HubStreamSource(HubStreamSettings(fake.url.replace("http:", "https:"), "secret"), TIMING)
        source.link_changed.connect(lambda link: said.append((link.state, link.detail)))
        source.start()
        qtbot.waitUntil(partial(said.__contains__, last))
        source.stop()
    fake.close()


class SlowRoutes:
    """Says the way when it is let go."""

    def __init__(self) -> None:
        self.go = threading.Event()
        self.asked_by: list[threading.Thread] = []

    def to(self, _url: str) -> tuple[Route, ...]:
        self.asked_by.append(threading.current_thread())
        assert self.go.wait(10.0)
        return (None,)

    def failed(self, _way: Route) -> None:
        raise AssertionError("nothing was tried")


def test_a_rule_that_takes_long_holds_nothing_up_and_a_line_that_is_stopped_meanwhile_stays_stopped(
    qtbot: QtBot, qapp: object, tmp_path: Path
) -> None:
    routes = SlowRoutes()
    source = HubStreamSource(HubStreamSettings(f"https://{BACKEND}", "secret"), TIMING, routes)
    said: list[str] = []
    source.link_changed.connect(lambda link: said.append(link.state))
    source.start()
    qtbot.waitUntil(lambda: bool(routes.asked_by))
    source.stop()
    routes.go.set()
    routes.asked_by[0].join(10.0)
    qtbot.wait(0)
    assert said == ["connecting", "down"]
    assert routes.asked_by[0] is not threading.main_thread()
