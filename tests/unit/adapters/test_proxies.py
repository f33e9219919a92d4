"""Which way to an address: settings, the system, a proxy.pac, and what happens when a way turns out closed."""

from __future__ import annotations

import sys
import threading
from collections.abc import Sequence
from pathlib import Path

import pytest

from nba_desktop.adapters.network import rules
from nba_desktop.adapters.network.proxies import AGAIN_S, FRESH_S, RESTS_S, Proxies, routes_of
from nba_desktop.adapters.network.routes import NoRoute, Proxy, Route
from nba_desktop.adapters.network.rules import PacRule, system_rule
from nba_desktop.adapters.scheme import url_scheme
from nba_desktop.adapters.settings import NetworkSettings
from nba_desktop.domain.errors import FailureCode, SecretsError
from tests.unit.adapters.http_peer import says, serving

SITE = "https://nba.example.com/path?q=1"
ONE, OTHER = Proxy("one.example", 3128), Proxy("other.example", 8080)


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class Rule:
    """Says `ways`, or fails; counts what it was asked."""

    def __init__(self, *ways: str, broken: str = "") -> None:
        self.ways = ways
        self.broken = broken
        self.asked: list[str] = []

    def __call__(self, url: str) -> Sequence[str]:
        self.asked.append(url)
        if self.broken:
            raise NoRoute(self.broken)
        return self.ways


def no_password() -> str:
    raise SecretsError("locked", FailureCode.KEYRING_LOCKED)


def proxies(rule: Rule, clock: Clock | None = None) -> Proxies:
    return Proxies(rule, "", no_password, clock or Clock())


def test_this_machine_is_reached_directly_whatever_the_rule_says() -> None:
    rule = Rule("http://one.example:3128")
    for host in ("127.0.0.1:8000", "localhost", "[::1]:9"):
        assert proxies(rule).to(f"http://{host}/x") == (None,)
    assert rule.asked == []


def test_a_rule_hears_the_origin_alone_and_a_web_socket_is_as_its_http() -> None:
    rule = Rule("http://one.example:3128")
    known = proxies(rule)
    for url in (SITE, "wss://NBA.example.com/channel/secret", "https://nba.example.com:443", "https://[2001:db8::1]/x"):
        assert known.to(url) == (ONE,)
    assert rule.asked == ["https://nba.example.com:443/", "https://[2001:db8::1]:443/"]


@pytest.mark.parametrize(
    ("said", "ways"),
    [
        (("DIRECT",), (None,)),
        (("http://one.example:3128", "DIRECT"), (ONE, None)),
        (("socks5://s:1", "https://t:2", "http://bad:port", "http://", "http://one.example:3128"), (ONE,)),
        (("http://one.example",), (Proxy("one.example", 80),)),
        (("http://anna:p%40ss@one.example:3128",), (Proxy("one.example", 3128, "anna", "p@ss"),)),
        (("http://one.example:3128", "http://one.example:3128", "DIRECT", "DIRECT"), (ONE, None)),
        (tuple(f"http://p{number}:1" for number in range(9)), tuple(Proxy(f"p{number}", 1) for number in range(4))),
    ],
)
def test_what_a_rule_says_becomes_ways(said: tuple[str, ...], ways: tuple[Route, ...]) -> None:
    assert proxies(Rule(*said)).to(SITE) == ways


def test_a_rule_that_names_nothing_that_is_known_is_said() -> None:
    with pytest.raises(NoRoute, match="kind that is known"):
        proxies(Rule("socks5://s:1")).to(SITE)


def test_an_answer_holds_for_a_while_and_a_failure_for_less() -> None:
    clock, rule = Clock(), Rule(broken="not there")
    known = proxies(rule, clock)
    for _ in range(3):
        with pytest.raises(NoRoute, match="not there"):
            known.to(SITE)
    rule.broken, rule.ways = "", ("DIRECT",)
    clock.now = AGAIN_S
    assert known.to(SITE) == known.to(SITE) == (None,)
    assert len(rule.asked) == 2
    clock.now += FRESH_S
    known.to(SITE)
    assert len(rule.asked) == 3


def test_a_closed_way_comes_last_and_has_the_rule_asked_anew() -> None:
    clock, rule = Clock(), Rule(ONE.url, OTHER.url)
    known = proxies(rule, clock)
    assert known.to(SITE) == (ONE, OTHER)
    known.failed(ONE)
    assert known.to(SITE) == (OTHER, ONE)
    assert len(rule.asked) == 1
    # The machine has been carried home.
    rule.ways = ("DIRECT",)
    clock.now = AGAIN_S
    assert known.to(SITE) == (None,)
    known.failed(None)
    rule.ways = (ONE.url, OTHER.url)
    clock.now = RESTS_S
    assert known.to(SITE) == (ONE, OTHER)


def test_who_asks_while_a_rule_is_asked_gets_the_same_answer() -> None:
    go = threading.Event()
    asked: list[str] = []

    def slow(url: str) -> Sequence[str]:
        asked.append(url)
        assert go.wait(10.0)
        return ("DIRECT",)

    known = Proxies(slow, "", no_password)
    answers: list[tuple[Route, ...]] = []
    threads = [threading.Thread(target=lambda: answers.append(known.to(SITE))) for _ in range(3)]
    for thread in threads:
        thread.start()
    # Saying that a way is closed waits for nobody.
    known.failed(ONE)
    go.set()
    for thread in threads:
        thread.join(10.0)
    assert (answers, asked) == ([(None,)] * 3, ["https://nba.example.com:443/"])


def test_the_account_of_the_settings_is_for_proxies_that_have_none_of_their_own() -> None:
    rule = Rule(ONE.url, "http://own:word@other.example:8080", "DIRECT")
    known = Proxies(rule, "agent", lambda: "pink")
    assert known.to(SITE) == (
        Proxy("one.example", 3128, "agent", "pink"),
        Proxy("other.example", 8080, "own", "word"),
        None,
    )
    assert "pink" not in repr(known.to(SITE))
    # Without a password nothing is tried.
    assert Proxies(rule, "agent", no_password).to(SITE)[0] == ONE


def test_the_settings_choose_the_rule(tmp_path: Path) -> None:
    assert routes_of(NetworkSettings(proxy="none")) is None
    fixed = routes_of(NetworkSettings(proxy="address", proxy_address="one.example:3128"))
    assert fixed is not None
    assert fixed.to(SITE) == (ONE,)
    missing = routes_of(NetworkSettings(proxy="pac", proxy_file=str(tmp_path / "proxy.pac")))
    assert missing is not None
    with pytest.raises(NoRoute, match="not there"):
        missing.to(SITE)


@pytest.mark.parametrize(
    ("variables", "ways"),
    [
        ({}, (None,)),
        ({"https_proxy": "http://one.example:3128"}, (ONE,)),
        ({"HTTPS_PROXY": "one.example:3128"}, (ONE,)),
        ({"all_proxy": "http://one.example:3128"}, (ONE,)),
        ({"http_proxy": "http://one.example:3128"}, (None,)),
        ({"https_proxy": "http://one.example:3128", "no_proxy": "intern.example,.example.com"}, (None,)),
    ],
)
def test_without_settings_the_environment_says_it(
    variables: dict[str, str], ways: tuple[Route, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    routes = routes_of(NetworkSettings())
    assert routes is not None
    assert routes.to(SITE) == ways


def test_a_system_that_may_take_long_is_asked_by_a_child(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "http://anna:p%40ss@one.example:3128")
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(url_scheme, "program_command", lambda: (sys.executable, "-m", "nba_desktop"))
    assert list(system_rule(SITE)) == ["http://anna:p%40ss@one.example:3128"]


def test_a_system_whose_search_fails_has_named_no_proxy(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(url_scheme, "program_command", lambda: ("false",))
    assert list(system_rule(SITE)) == ["DIRECT"]


GOOD = """
function FindProxyForURL(url, host) {
  if (shExpMatch(host, "*.example.com")) return "PROXY one.example:3128; SOCKS old.example:1080; DIRECT";
  return "DIRECT";
}"""
READS = """
function FindProxyForURL(url, host) {
  if (host === "0.0.0.0") return "DIRECT";
  return "PROXY " + call_python("dukpy.load_module", "/etc/hostname")[1] + ":1";
}"""


def test_a_proxy_pac_names_the_ways(tmp_path: Path) -> None:
    file = tmp_path / "proxy.pac"
    file.write_text(GOOD, encoding="utf-8")
    assert list(PacRule(str(file))(SITE)) == [
        "http://one.example:3128",
        "socks5://old.example:1080",
        "DIRECT",
    ]


@pytest.mark.parametrize(
    ("script", "says"),
    [
        ("<html>Please sign in</html>", "is no script that names proxies"),
        ("function FindProxyForURL(url, host) { while (true) {} }", "does not come to an end in time"),
        (READS, "fails for this address"),
    ],
    ids=["a portal's page", "endless", "reads a file"],
)
def test_a_proxy_pac_that_cannot_be_used_is_said_in_time(script: str, says: str, tmp_path: Path) -> None:
    file = tmp_path / "proxy.pac"
    file.write_text(script, encoding="utf-8")
    with pytest.raises(NoRoute, match=says):
        PacRule(str(file), limit_s=1.0)(SITE)


def test_a_proxy_pac_of_the_web_that_was_read_serves_on_when_it_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "_found_by_child", lambda question, _: [question["script"]])
    with serving(says(200, GOOD, "application/x-ns-proxy-autoconfig")) as peer:
        rule = PacRule(f"{peer.url}/proxy.pac")
        assert list(rule(SITE)) == [GOOD]
        assert [request.path for request in peer.requests] == ["/proxy.pac"]
    assert list(rule(SITE)) == [GOOD]


@pytest.mark.parametrize(
    ("status", "body", "says_"),
    [
        (404, "", "the answer is 404"),
        (302, "", "the answer is 302"),
        (200, " " * (1024 * 1024 + 1), "larger than 1 MiB"),
    ],
)
def test_what_is_no_proxy_pac_of_the_web_is_said(status: int, body: str, says_: str) -> None:
    with serving(says(status, body, Location="http://127.0.0.1:9/")) as peer, pytest.raises(NoRoute, match=says_):
        PacRule(f"{peer.url}/proxy.pac")(SITE)


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"proxy": "address"}, "the proxy “address” needs proxy_address"),
        ({"proxy": "pac", "proxy_file": ""}, "the proxy “pac” needs proxy_file"),
        ({"proxy_address": "http://anna:pink@one.example:3128"}, "a name belongs in proxy_username"),
        ({"proxy_address": "socks5://one.example:1"}, "only proxies that are spoken to as http://"),
        ({"proxy_address": "one.example:port"}, "not host and port such as"),
        ({"proxy_address": "one.example/path"}, "not host and port such as"),
        ({"proxy_file": "proxy.pac"}, "neither an address nor a whole path"),
        ({"proxy_file": "ftp://intranet.example/proxy.pac"}, "not an address such as https://intranet"),
        ({"proxy_file": "https://anna:pink@intranet.example/proxy.pac"}, "only host, port and path may be in it"),
    ],
)
def test_settings_that_cannot_be_used_are_said_in_words(values: dict[str, str], problem: str) -> None:
    with pytest.raises(ValueError, match=problem) as caught:
        NetworkSettings.model_validate(values)
    assert "pink" not in str(caught.value)
