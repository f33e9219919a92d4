"""What other libraries raise on the way to another machine, told apart in one place."""

from __future__ import annotations

import http.client
import socket
import ssl

import pytest
import requests
import urllib3

from nba_desktop.adapters.http_deadline import TunnelRefused
from nba_desktop.adapters.network.certificates import certificate_fault
from nba_desktop.adapters.network.routes import NoRoute
from nba_desktop.adapters.network.trouble import Trouble, trouble_of


@pytest.mark.parametrize(
    ("system", "number", "fault"),
    [
        ("OpenSSL", 9, "tls_not_yet_valid"),
        ("OpenSSL", 10, "tls_expired"),
        ("OpenSSL", 18, "tls_untrusted"),
        ("OpenSSL", 20, "tls_untrusted"),
        ("OpenSSL", 62, "tls_wrong_host"),
        ("OpenSSL", 64, "tls_wrong_host"),
        ("Windows", 0x800B0101, "tls_expired"),
        ("Windows", 0x800B0109, "tls_untrusted"),
        ("Windows", 0x800B010F, "tls_wrong_host"),
        ("macOS", -67818, "tls_expired"),
        ("macOS", -67819, "tls_not_yet_valid"),
        ("macOS", -67602, "tls_wrong_host"),
        ("macOS", -67843, "tls_untrusted"),
    ],
)
def test_every_system_s_numbers_mean_the_same_four_faults(system: str, number: int, fault: str) -> None:
    error = ssl.SSLCertVerificationError(f"in the words of {system}")
    error.verify_code = number
    assert certificate_fault(error).value == fault
    # As requests and urllib3 hide it.
    hidden = requests.exceptions.SSLError(urllib3.exceptions.SSLError(error))
    assert trouble_of(hidden) is Trouble(fault)


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        (ssl.SSLError(1, "wrong version number"), Trouble.TLS_FAILED),
        (requests.exceptions.SSLError(ssl.SSLEOFError(8, "unexpected EOF")), Trouble.NETWORK),
        (requests.exceptions.ProxyError(TunnelRefused(407)), Trouble.PROXY_SIGN_IN),
        (requests.exceptions.ProxyError(TunnelRefused(407, signed_in=True)), Trouble.PROXY_ACCOUNT),
        (requests.exceptions.ProxyError(TunnelRefused(403)), Trouble.PROXY_REFUSED),
        (requests.exceptions.ProxyError(TunnelRefused(504)), Trouble.NETWORK),
        (requests.exceptions.ProxyError(ConnectionRefusedError()), Trouble.PROXY_AWAY),
        (requests.exceptions.ProxyError(TimeoutError()), Trouble.PROXY_AWAY),
        (NoRoute("the rule is broken"), Trouble.PROXY_RULE),
        (requests.exceptions.ConnectionError(socket.gaierror()), Trouble.HOST_NOT_FOUND),
        (ConnectionRefusedError(), Trouble.CONNECTION_REFUSED),
        (requests.exceptions.ReadTimeout(), Trouble.NO_ANSWER),
        (requests.exceptions.ConnectionError(http.client.BadStatusLine("SSH")), Trouble.NOT_THE_SERVICE),
        (requests.exceptions.ConnectionError(http.client.RemoteDisconnected("gone")), Trouble.NETWORK),
        (OSError(), Trouble.NETWORK),
    ],
)
def test_what_others_raise_has_one_name(error: Exception, trouble: Trouble) -> None:
    assert trouble_of(error) is trouble
