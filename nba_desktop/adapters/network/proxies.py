"""Which way to an address: what the settings say, kept for a while, and asked anew when a way turns out closed."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from nba_desktop.adapters.backend_url import is_loopback
from nba_desktop.adapters.network.addresses import check_proxy_address
from nba_desktop.adapters.network.routes import DIRECT, NoRoute, Proxy, Route, Routes
from nba_desktop.adapters.network.rules import PacRule, Rule, fixed_rule, system_rule
from nba_desktop.adapters.settings import NetworkSettings
from nba_desktop.domain.errors import SecretsError

if TYPE_CHECKING:
    from nba_desktop.adapters.secrets import Secrets

_log = logging.getLogger(__name__)

FRESH_S: Final = 300.0
"""For how long the answer of a rule holds."""
RESTS_S: Final = 60.0
"""For how long a proxy comes last that did not answer."""
AGAIN_S: Final = 30.0
"""After which a rule that failed, or led to a closed way, is asked anew."""

_MOST_WAYS: Final = 4
_PROXY_PORT: Final = 80
_ENCRYPTED: Final = {"https": True, "wss": True, "http": False, "ws": False}


def routes_of(settings: NetworkSettings, secrets: Secrets | None = None) -> Routes | None:
    """The ways that the settings say; None where all are direct."""
    match settings.proxy:
        case "none":
            return None
        case "address":
            rule = fixed_rule(*check_proxy_address(settings.proxy_address or ""))
        case "pac":
            rule = PacRule(settings.proxy_file or "")
        case "system":
            rule = system_rule
    return Proxies(rule, settings.proxy_username, lambda: _password(settings.proxy_secret_name, secrets))


def _password(name: str, secrets: Secrets | None) -> str:
    if secrets is None:
        from nba_desktop.adapters.secrets import Secrets

        secrets = Secrets()
    return secrets.read(name)


@dataclass(frozen=True, slots=True)
class _Known:
    """What a rule said of an address, or why it said nothing, and for how long that holds."""

    ways: tuple[Route, ...]
    problem: str
    asked_at: float
    until: float


class Proxies:
    """Implements `Routes` by a rule; this machine itself is always reached directly.

    `username` and what `password` reads in the keyring are for every proxy that the rule names without a name; where
    there is no password, no sign-in is tried.
    """

    def __init__(
        self,
        rule: Rule,
        username: str,
        password: Callable[[], str],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._rule = rule
        self._username = username
        self._password = password
        self._monotonic = monotonic
        self._known: dict[str, _Known] = {}
        self._resting: dict[str, float] = {}
        self._lock = threading.Lock()
        self._asking = threading.Lock()

    def to(self, url: str) -> tuple[Route, ...]:
        """The ways to try in turn, those last that did not answer lately; raises `NoRoute`."""
        parts = urlsplit(url)
        if is_loopback(parts.hostname or ""):
            return (None,)
        encrypted = _ENCRYPTED[parts.scheme]
        port = parts.port or (443 if encrypted else 80)
        origin = f"{'https' if encrypted else 'http'}://{Proxy(parts.hostname or '', port)}/"
        known = self._fresh(origin)
        if known is None:
            # A rule may take seconds; who asks meanwhile waits for the same answer.
            with self._asking:
                known = self._fresh(origin) or self._ask(origin)
        if known.problem:
            raise NoRoute(known.problem)
        with self._lock:
            now = self._monotonic()
            resting = {proxy for proxy, until in self._resting.items() if until > now}
        return tuple(sorted(known.ways, key=lambda way: str(way) in resting))

    def failed(self, way: Route) -> None:
        """Hear that a way is closed: this machine may be on another network by now, so that the rule is asked anew."""
        with self._lock:
            if way is not None:
                self._resting[str(way)] = self._monotonic() + RESTS_S
            for origin, known in self._known.items():
                if way in known.ways:
                    self._known[origin] = replace(known, until=min(known.until, known.asked_at + AGAIN_S))

    def _fresh(self, origin: str) -> _Known | None:
        with self._lock:
            known = self._known.get(origin)
            return known if known is not None and self._monotonic() < known.until else None

    def _ask(self, origin: str) -> _Known:
        ways: tuple[Route, ...] = ()
        problem = ""
        try:
            ways = self._ways(self._rule(origin))
        except NoRoute as error:
            problem = str(error)
        at = self._monotonic()
        known = _Known(ways, problem, at, at + (AGAIN_S if problem else FRESH_S))
        with self._lock:
            self._known[origin] = known
        return known

    def _ways(self, said: Iterable[str]) -> tuple[Route, ...]:
        found: dict[Route, None] = {}
        for one in said:
            if one == DIRECT:
                found[None] = None
            elif (proxy := _proxy(one)) is not None:
                found[proxy] = None
        if not found:
            raise NoRoute("the rule names no proxy of a kind that is known (HTTP), and no direct way")
        return self._with_names(tuple(found)[:_MOST_WAYS])

    def _with_names(self, ways: tuple[Route, ...]) -> tuple[Route, ...]:
        if not self._username or not any(ways):
            return ways
        try:
            password = self._password()
        except SecretsError as error:
            _log.info("no password for the proxy (%s)", error.code)
            return ways
        return tuple(
            way if way is None or way.username else replace(way, username=self._username, password=password)
            for way in ways
        )


def _proxy(said: str) -> Proxy | None:
    """The proxy of an address; None for one of another kind, or that is no address."""
    try:
        parts = urlsplit(said)
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme != "http" or not host or not said.isascii() or not said.isprintable():
        return None
    return Proxy(host, port or _PROXY_PORT, unquote(parts.username or ""), unquote(parts.password or ""))
