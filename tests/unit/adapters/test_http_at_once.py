"""A request goes out in one piece: who answers wakes once, and nothing of ours comes in between."""

from __future__ import annotations

from typing import Any

import requests

from nba_desktop.adapters.http_deadline import DeadlineAdapter
from nba_desktop.adapters.network.trust import machine_trust


class Wire:
    """What a connection sends, piece by piece."""

    def __init__(self) -> None:
        self.sent: list[bytes] = []

    def settimeout(self, _: float | None) -> None:
        """Be patient."""

    def sendall(self, data: bytes) -> None:
        """Keep a piece."""
        self.sent.append(data)

    def close(self) -> None:
        """Be away."""


def sent(body: bytes | None) -> list[bytes]:
    request = requests.PreparedRequest()
    request.prepare("POST", "http://127.0.0.1:1/", data=body)
    pool: Any = DeadlineAdapter(1.0, machine_trust()).get_connection_with_tls_context(request, verify=True)
    connection, wire = pool._new_conn(), Wire()
    connection.sock = wire
    connection.request("POST", "/", body=body)
    return wire.sent


def test_head_and_body_go_out_together() -> None:
    (piece,) = sent(b"who calls")
    assert piece.startswith(b"POST / HTTP/1.1\r\n")
    assert piece.endswith(b"\r\n\r\nwho calls")


def test_a_request_without_a_body_goes_out_at_once() -> None:
    (piece,) = sent(None)
    assert piece.endswith(b"\r\n\r\n")
