"""What is recorded while the way to the backend is closed, for every reason in turn: kept, said, and sent once."""

from __future__ import annotations

import json
from functools import partial
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from pytestqt.qtbot import QtBot

from nba_desktop.adapters.http_backend import HttpBackend
from nba_desktop.adapters.http_client import Timeouts
from nba_desktop.adapters.network.routes import Proxy
from nba_desktop.domain.errors import FailureCode
from nba_desktop.domain.receipts import OutboxStatus, Receipt
from tests.fakes.certificates import Authority
from tests.fakes.proxy import FakeProxy, FixedRoutes, dead_port, proxying
from tests.unit.adapters.http_peer import Peer, says, serving
from tests.widget.adapters.test_outbox_sender import Bench

BACKEND = "backend.test"


def rests(bench: Bench, status: OutboxStatus) -> bool:
    return bench.sender.status == status


def test_every_closed_way_is_said_in_turn_and_what_was_recorded_meanwhile_arrives_once(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = Authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.ca_file))
    (tmp_path / "stranger").mkdir()

    def accepts(handler: BaseHTTPRequestHandler) -> None:
        ids = [event["event_id"] for event in json.loads(peer.requests[-1].body)["events"]]
        says(200, json.dumps({"verdicts": [{"event_id": one, "verdict": "accepted"} for one in ids]}))(handler)

    def port_of(one: Peer) -> int:
        return urlsplit(one.url).port or 0

    with (
        serving(accepts, authority.certify(BACKEND)) as peer,
        serving(says(200, "{}"), Authority(tmp_path / "stranger").certify(BACKEND)) as stranger,
        serving(says(200, "{}"), authority.certify(BACKEND, days=-1)) as expired,
        proxying(FakeProxy({BACKEND: port_of(peer)}, wants=("agent", "right"))) as proxy,
        proxying(FakeProxy({BACKEND: port_of(stranger)})) as to_stranger,
        proxying(FakeProxy({BACKEND: port_of(expired)})) as to_expired,
    ):
        routes = FixedRoutes(())
        b = Bench(
            tmp_path / "outbox.sqlite3", HttpBackend(f"https://{BACKEND}", "secret", Timeouts(2.0, 5.0, 9.0), routes)
        )
        ids = b.put(3)
        for ways, code in (
            ((), FailureCode.PROXY_RULE),
            ((Proxy("127.0.0.1", dead_port()),), FailureCode.PROXY_AWAY),
            ((proxy.proxy,), FailureCode.PROXY_SIGN_IN),
            ((to_stranger.proxy,), FailureCode.CERTIFICATE_UNTRUSTED),
            ((to_expired.proxy,), FailureCode.CERTIFICATE_EXPIRED),
        ):
            routes.ways = ways
            b.now += 100.0
            b.sender.wake()
            qtbot.waitUntil(partial(rests, b, OutboxStatus(waiting=len(ids), paused=code)))
            ids += b.put(2)
        assert peer.requests == stranger.requests == expired.requests == []
        routes.ways = (Proxy("127.0.0.1", proxy.port, "agent", "right"),)
        b.now += 100.0
        b.sender.wake()
        qtbot.waitUntil(lambda: b.sender.status == OutboxStatus())
        b.close()
    assert [one for one, receipt in b.receipts if receipt is Receipt.ACCEPTED] == ids
    assert len(peer.requests) == 1
