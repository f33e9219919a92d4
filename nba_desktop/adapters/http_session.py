"""The one way to make an HTTP session on the panel's side."""

from __future__ import annotations

import ssl
from typing import Any
from urllib.parse import urlsplit

import requests
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError

from nba_desktop.adapters.http_deadline import DeadlineAdapter, TunnelRefused
from nba_desktop.adapters.network.routes import Route, Routes
from nba_desktop.adapters.network.trouble import chain_of
from nba_desktop.adapters.network.trust import machine_trust


def new_session(total_s: float, routes: Routes | None = None, trust: ssl.SSLContext | None = None) -> requests.Session:
    """A session for one thread, every answer of which has `total_s` seconds.

    It goes the way that `routes` says, directly without one, and believes whom `trust` believes, this machine's store
    without one. No variable of the environment and no `.netrc` counts, and no redirect is followed, whatever the call
    says. Errors are those of `requests`; `network.trouble.trouble_of` tells them apart.
    """
    session = _Session()
    adapter = _RoutedAdapter(total_s, trust or machine_trust(), routes)
    for scheme in ("https://", "http://"):
        session.mount(scheme, adapter)
    return session


class _Session(requests.Session):
    def __init__(self) -> None:
        super().__init__()
        self.trust_env = False

    def get_redirect_target(self, *_: requests.Response) -> str | None:
        """None: what has moved is not where the settings say, and a token goes nowhere else."""
        return None


class _RoutedAdapter(DeadlineAdapter):
    """Sends by the first way that is open; what was sent once is never sent a second way."""

    def __init__(self, total_s: float, trust: ssl.SSLContext, routes: Routes | None) -> None:
        super().__init__(total_s, trust)
        self._routes = routes

    def send(self, request: requests.PreparedRequest, *args: Any, **more: Any) -> requests.Response:
        """Send a request; raises what `requests` does, or `NoRoute`."""
        if self._routes is None:
            return super().send(request, *args, **more)
        told: Exception | None = None
        for way in self._routes.to(str(request.url)):
            try:
                return self._send_by(self._routes, way, request, *args, **more)
            except (requests.exceptions.ConnectionError, requests.exceptions.Timeout) as error:
                if not _is_closed(error):
                    raise
                # A dead proxy says nothing where the direct way is open to us: that one's failure is the reason then.
                if told is None or way is None:
                    told = error
        assert told is not None
        raise told

    def _send_by(
        self, routes: Routes, way: Route, request: requests.PreparedRequest, *args: Any, **more: Any
    ) -> requests.Response:
        more["proxies"] = {} if way is None else {urlsplit(str(request.url)).scheme: way.url}
        try:
            return super().send(request, *args, **more)
        except (requests.exceptions.ConnectionError, requests.exceptions.Timeout) as error:
            if _is_closed(error):
                routes.failed(way)
            raise


def _is_closed(error: Exception) -> bool:
    """Whether nothing of a request has gone out, because nobody took the connection."""
    chain = list(chain_of(error))
    if any(isinstance(one, TunnelRefused) for one in chain):
        return False
    return any(
        isinstance(one, (requests.exceptions.ProxyError, NewConnectionError, ConnectTimeoutError)) for one in chain
    )
