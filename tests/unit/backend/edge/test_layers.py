"""The layers around the routes, each on its own."""

from __future__ import annotations

import asyncio

import pytest
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from nba_desktop.backend.edge.proxies import Proxies
from nba_desktop.backend.edge.time_limit import TimeLimit
from nba_desktop.backend.errors import ConfigurationError
from nba_desktop.backend.networks import NO_NETWORKS, check_exposed, read_networks
from tests.fakes.asgi import Asking

PROXIES = read_networks("10.0.0.5, 192.168.7.0/24,fd00::/8")


async def who(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers with who asks, as the routes see it."""
    await PlainTextResponse(f"{scope['client'][0]} {scope['scheme']}")(scope, receive, send)


@pytest.mark.parametrize(
    ("peer", "forwarded", "seen"),
    [
        ("10.0.0.5", "203.0.113.9", "203.0.113.9 https"),
        ("::ffff:10.0.0.5", "203.0.113.9", "::ffff:10.0.0.5 http"),
        ("192.168.7.1", "1.2.3.4, 203.0.113.9, 192.168.7.2", "203.0.113.9 https"),
        ("127.0.0.1", "203.0.113.9", "127.0.0.1 http"),
        ("fd00::1", "2001:db8::9", "2001:db8::9 https"),
    ],
)
def test_the_server_in_front_says_who_asks(peer: str, forwarded: str, seen: str) -> None:
    asking = Asking(Proxies(who, PROXIES), peer)
    answer = asking.ask(x_forwarded_for=forwarded, x_forwarded_proto="https")
    assert (answer.status, answer.body.decode()) == (200, seen)


def test_nobody_comes_around_the_server_in_front_without_encryption() -> None:
    around = Asking(Proxies(who, PROXIES), "10.0.0.6")
    answer = around.ask(x_forwarded_for="10.0.0.5", x_forwarded_proto="https")
    assert (answer.status, answer.json()["code"]) == (403, "forbidden")
    around.scheme = "https"
    assert around.ask(x_forwarded_for="203.0.113.9").body == b"10.0.0.6 https"


@pytest.mark.parametrize(
    ("host", "encrypted", "proxies", "plain", "allowed"),
    [
        ("127.0.0.1", False, "", False, True),
        ("localhost", False, "", False, True),
        ("::1", False, "", False, True),
        ("0.0.0.0", False, "", False, False),
        ("192.0.2.1", False, "", False, False),
        ("nba.example.com", False, "", False, False),
        ("0.0.0.0", True, "", False, True),
        ("0.0.0.0", False, "10.0.0.5", False, True),
        ("0.0.0.0", False, "", True, True),
    ],
)
def test_nothing_crosses_a_network_in_plain_text_by_mistake(
    host: str, encrypted: bool, proxies: str, plain: bool, allowed: bool
) -> None:
    networks = read_networks(proxies) if proxies else NO_NETWORKS
    if allowed:
        check_exposed(host, encrypted, networks, plain)
    else:
        with pytest.raises(ConfigurationError, match=r"--tls-certificate .* --behind-proxy ADDRESS.* --plain-http"):
            check_exposed(host, encrypted, networks, plain)


@pytest.mark.parametrize("text", ["", "10.0.0.5,", "proxy", "10.0.0.5/24", "*"])
def test_what_is_no_network_is_named(text: str) -> None:
    with pytest.raises(ValueError, match="is neither an address such as"):
        read_networks(text)


async def never(scope: Scope, receive: Receive, send: Send) -> None:
    """Works for longer than anybody waits; on `/half` after the beginning of an answer."""
    if scope["path"] == "/half":
        await send({"type": "http.response.start", "status": 200, "headers": []})
    if scope["path"] == "/stream":
        await asyncio.sleep(0.02)
        await PlainTextResponse("")(scope, receive, send)
        return
    await asyncio.Event().wait()


def test_no_answer_takes_for_ever() -> None:
    asking = Asking(TimeLimit(never, streams=frozenset({"/stream"}), seconds=0.01))
    answer = asking.ask("/")
    assert (answer.status, answer.json()["code"]) == (503, "timed_out")
    assert asking.ask("/stream").status == 200
    # uvicorn closes the connection of an answer that breaks off.
    with pytest.raises(TimeoutError):
        asking.ask("/half")


def test_an_applications_own_time_limit_is_not_taken_for_this_one() -> None:
    async def gives_up(_scope: Scope, _receive: Receive, _send: Send) -> None:
        raise TimeoutError("of its own")

    with pytest.raises(TimeoutError, match="of its own"):
        Asking(TimeLimit(gives_up, streams=frozenset())).ask()
