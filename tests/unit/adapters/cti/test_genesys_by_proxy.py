"""Genesys Cloud where only a proxy knows the way: requests and the web socket of a channel."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from websockets.sync.server import Server, ServerConnection, serve

from nba_desktop.adapters.cti.genesys.api import Channel, GenesysApi
from nba_desktop.adapters.cti.genesys.channel_socket import ChannelSocket
from nba_desktop.adapters.cti.genesys.settings import GenesysSourceSettings
from nba_desktop.adapters.cti.genesys.trouble import LineTrouble
from nba_desktop.adapters.network.routes import Proxy
from tests.fakes.certificates import Authority
from tests.fakes.proxy import FakeProxy, FixedRoutes, dead_port, proxying
from tests.unit.adapters.http_peer import says, serving

GENESYS = "api.genesys.test"
CHANNEL = Channel("c1", f"wss://{GENESYS}/channels/c1", 3600.0)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def trust(authority: Authority) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(authority.ca_file))


@pytest.fixture
def channel_port(authority: Authority) -> Iterator[int]:
    """Where a web socket that greets everybody listens, encrypted."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(authority.certify(GENESYS))

    def greet(connection: ServerConnection) -> None:
        connection.send("hello")
        connection.recv()

    with serve(greet, "127.0.0.1", 0, ssl=context) as server:
        assert isinstance(server, Server)
        listening = threading.Thread(target=server.serve_forever)
        listening.start()
        yield server.socket.getsockname()[1]
        server.shutdown()
        listening.join()


def heard(routes: FixedRoutes, trust: ssl.SSLContext) -> str | bytes | None:
    socket = ChannelSocket(CHANNEL, trust, 5.0, routes)
    try:
        return socket.receive(5.0)
    finally:
        socket.send("bye")


def test_the_web_socket_comes_through_a_tunnel(channel_port: int, trust: ssl.SSLContext) -> None:
    gone = Proxy("127.0.0.1", dead_port())
    with proxying(FakeProxy({GENESYS: channel_port}, wants=("agent", "right"))) as proxy:
        routes = FixedRoutes((gone, Proxy("127.0.0.1", proxy.port, "agent", "right")))
        assert heard(routes, trust) == "hello"
    assert routes.closed == [gone]


@pytest.mark.parametrize(
    ("proxy", "code"),
    [
        (FakeProxy(wants=("agent", "right")), "proxy_sign_in"),
        (FakeProxy(status=403), "proxy_refused"),
        (FakeProxy(status=502), "network"),
        (FakeProxy(status=0), "proxy_away"),
    ],
    ids=["sign-in", "forbidden", "service gone", "hangs up"],
)
def test_what_a_proxy_says_instead_of_a_tunnel_is_told(proxy: FakeProxy, code: str, trust: ssl.SSLContext) -> None:
    with proxying(proxy), pytest.raises(LineTrouble) as caught:
        heard(FixedRoutes((proxy.proxy,)), trust)
    assert caught.value.code == code


def test_a_wrong_password_is_told_from_a_missing_one(trust: ssl.SSLContext) -> None:
    with (
        proxying(FakeProxy(wants=("agent", "right"))) as proxy,
        pytest.raises(LineTrouble, match="proxy_account"),
    ):
        heard(FixedRoutes((Proxy("127.0.0.1", proxy.port, "agent", "wrong"),)), trust)


def test_without_a_way_there_is_no_channel(trust: ssl.SSLContext) -> None:
    with pytest.raises(LineTrouble, match="proxy_rule"):
        heard(FixedRoutes(()), trust)
    with pytest.raises(LineTrouble, match="proxy_away"):
        heard(FixedRoutes((Proxy("127.0.0.1", dead_port()),)), trust)


def test_requests_go_the_same_way(authority: Authority) -> None:
    settings = GenesysSourceSettings(
        f"https://{GENESYS}", f"https://{GENESYS}", "pkce", "client", ca_file=authority.ca_file
    )
    with (
        serving(says(200, '{"id":"agent-1"}'), authority.certify(GENESYS)) as peer,
        proxying(FakeProxy({GENESYS: urlsplit(peer.url).port or 0})) as proxy,
    ):
        api = GenesysApi(settings, threading.Event(), connect_s=5.0, total_s=5.0, routes=FixedRoutes((proxy.proxy,)))
        assert api.user_id("token") == "agent-1"
        api.close()
    assert proxy.asked == [GENESYS]
