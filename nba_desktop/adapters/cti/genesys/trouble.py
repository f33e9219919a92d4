"""What can go wrong on the line to Genesys Cloud, in the codes of `LinkState`; foreign exceptions end here."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator

import requests


class LineTrouble(Exception):
    """The line is lost or does not come up; never leaves this package.

    `code` is one of `LinkState`'s. `lacking` names the permission that is missing, `retry_after_ms` what the service
    asks to wait.
    """

    def __init__(self, code: str, *, retry_after_ms: int = 0, lacking: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.retry_after_ms = retry_after_ms
        self.lacking = lacking


class TokenRefused(LineTrouble):
    """The service does not take the access token (any more)."""

    def __init__(self) -> None:
        super().__init__("login_refused")


def trouble_of(error: BaseException) -> LineTrouble:
    """Translate what `requests`, `websockets` or a socket raised."""
    chain = list(_chain(error))
    for one in chain:
        if isinstance(one, ssl.SSLCertVerificationError):
            return LineTrouble(_certificate_code(one))
    if any(isinstance(one, (ssl.SSLError, requests.exceptions.SSLError)) for one in chain):
        return LineTrouble("tls_failed")
    if any(isinstance(one, socket.gaierror) for one in chain):
        return LineTrouble("host_not_found")
    if any(isinstance(one, ConnectionRefusedError) for one in chain):
        return LineTrouble("connection_refused")
    if any(isinstance(one, (TimeoutError, requests.exceptions.Timeout)) for one in chain):
        return LineTrouble("no_answer")
    return LineTrouble("network")


def _certificate_code(error: ssl.SSLCertVerificationError) -> str:
    # OpenSSL's numbers: 9 not yet valid, 10 expired, 62 and 64 another host name or address.
    if error.verify_code in (9, 10):
        return "tls_expired"
    return "tls_wrong_host" if error.verify_code in (62, 64) else "tls_untrusted"


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error, what it came from, and what `requests` and `urllib3` hide in its arguments or reason."""
    seen: set[int] = set()
    waiting: list[object] = [error]
    while waiting:
        one = waiting.pop()
        if isinstance(one, BaseException) and id(one) not in seen:
            seen.add(id(one))
            yield one
            waiting += [one.__cause__, one.__context__, getattr(one, "reason", None), *one.args]
