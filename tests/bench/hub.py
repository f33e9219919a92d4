"""Calls that a telephone system reports to the backend's hub, which pushes them to the panel."""

from __future__ import annotations

import http.client
import itertools
import json
import time
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from nba_desktop.adapters.cti.hub_stream import HubStreamSource
from nba_desktop.adapters.tasks import QtTasks
from tests.bench.bench_panel import BenchPanel


class Pushing:
    """Reports calls from a thread of its own, by one connection, as a telephone system does."""

    def __init__(self, bench: BenchPanel) -> None:
        self._bench = bench
        self._tasks = QtTasks(1, "telephone system")
        address = urlsplit(bench.telephone.url)
        self._connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=20)
        self._calls = itertools.count()
        self._packet_at = 0.0
        source = bench.panel.telephony.findChild(HubStreamSource)
        assert isinstance(source, HubStreamSource)
        source.received.connect(self._on_packet)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _: TracebackType | None
    ) -> None:
        self._tasks.close(5_000)
        self._connection.close()

    def _on_packet(self, _data: bytes) -> None:
        if not self._packet_at:
            self._packet_at = time.perf_counter()

    def call(self, number: str) -> tuple[float, float]:
        """One call that rings and is given up; milliseconds from its packet, and from its report, to its painting."""
        bench, call = self._bench, f"hub-{next(self._calls)}"
        sent = time.perf_counter()
        self._packet_at = 0.0
        self._report(event="newCall", callId=call, direction="in", to="493515550000", **{"from": number.lstrip("+")})
        bench.wait("hub's call", lambda: bool(bench.panel.session.state.contacts))
        packet_at, shown = self._packet_at, time.perf_counter()
        bench.wait("hub's call painted", lambda: bench.painted_at >= shown)
        painted_at = bench.painted_at
        bench.wait("hub's candidate", lambda: bench.is_ready)
        self._report(event="hangup", callId=call, direction="in", cause="cancel")
        bench.wait("hub's call gone", lambda: not bench.panel.session.state.contacts)
        bench.rest()
        return (painted_at - packet_at) * 1000, (painted_at - sent) * 1000

    def _report(self, **what: str) -> None:
        body = json.dumps({"user": self._bench.telephone.user, **what})

        def post() -> int:
            self._connection.request("POST", self._bench.telephone.path, body, {"Content-Type": "application/json"})
            answer = self._connection.getresponse()
            answer.read()
            return answer.status

        self._tasks.run(post, _check, lambda _: None)


def _check(status: int) -> None:
    if status != 200:
        raise RuntimeError(f"the hub refused a report with status {status}")
