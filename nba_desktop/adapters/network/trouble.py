"""What went wrong on the way to another machine; the exceptions of every library are told apart here alone."""

from __future__ import annotations

import http.client
import socket
import ssl
from collections.abc import Iterator
from enum import StrEnum
from typing import Final

import requests
import urllib3

from nba_desktop.adapters.http_deadline import TunnelRefused
from nba_desktop.adapters.network.certificates import certificate_fault
from nba_desktop.adapters.network.routes import NoRoute

_SIGN_IN = 407


class Trouble(StrEnum):
    """Why there was no answer; the values are codes of `LinkState`."""

    CONNECTION_REFUSED = "connection_refused"
    HOST_NOT_FOUND = "host_not_found"
    NETWORK = "network"
    NO_ANSWER = "no_answer"
    NOT_THE_SERVICE = "not_the_service"
    TLS_UNTRUSTED = "tls_untrusted"
    TLS_WRONG_HOST = "tls_wrong_host"
    TLS_EXPIRED = "tls_expired"
    TLS_NOT_YET_VALID = "tls_not_yet_valid"
    TLS_FAILED = "tls_failed"
    PROXY_AWAY = "proxy_away"
    PROXY_SIGN_IN = "proxy_sign_in"
    PROXY_ACCOUNT = "proxy_account"
    PROXY_REFUSED = "proxy_refused"
    PROXY_RULE = "proxy_rule"


CLOSED: Final = frozenset({Trouble.CONNECTION_REFUSED, Trouble.HOST_NOT_FOUND, Trouble.PROXY_AWAY})
"""Nobody took the connection, so that another way may be tried."""


def trouble_of(error: BaseException) -> Trouble:
    """Say what `requests`, a socket or `ssl` raised; neither address nor text of the error goes further."""
    chain = list(chain_of(error))
    for one in chain:
        if isinstance(one, ssl.SSLCertVerificationError):
            return Trouble(certificate_fault(one).value)
        if isinstance(one, TunnelRefused):
            return proxy_trouble(one.status, one.signed_in)
        if isinstance(one, NoRoute):
            return Trouble.PROXY_RULE

    def has(*kinds: type[BaseException]) -> bool:
        return any(isinstance(one, kinds) for one in chain)

    # A line that ends in the middle of the greeting says nothing of certificates.
    if has(ssl.SSLError, requests.exceptions.SSLError) and not has(ssl.SSLEOFError):
        return Trouble.TLS_FAILED
    if has(requests.exceptions.ProxyError, urllib3.exceptions.ProxyError):
        return Trouble.PROXY_AWAY
    if has(socket.gaierror):
        return Trouble.HOST_NOT_FOUND
    if has(ConnectionRefusedError):
        return Trouble.CONNECTION_REFUSED
    if has(TimeoutError, requests.exceptions.Timeout, urllib3.exceptions.TimeoutError):
        return Trouble.NO_ANSWER
    if any(isinstance(one, http.client.BadStatusLine) and not isinstance(one, ConnectionError) for one in chain):
        return Trouble.NOT_THE_SERVICE
    return Trouble.NETWORK


def proxy_trouble(status: int, signed_in: bool) -> Trouble:
    """Say what a proxy means that does not open the tunnel; `signed_in` says whether it was named an account."""
    if status == _SIGN_IN:
        return Trouble.PROXY_ACCOUNT if signed_in else Trouble.PROXY_SIGN_IN
    # It let us through, but found nobody there.
    return Trouble.NETWORK if status >= 500 else Trouble.PROXY_REFUSED


def chain_of(error: BaseException) -> Iterator[BaseException]:
    """The error, what it came from, and what `requests` and `urllib3` hide in its arguments or reason."""
    seen: set[int] = set()
    waiting: list[object] = [error]
    while waiting:
        one = waiting.pop()
        if isinstance(one, BaseException) and id(one) not in seen:
            seen.add(id(one))
            yield one
            waiting += [one.__cause__, one.__context__, getattr(one, "reason", None), *one.args]
