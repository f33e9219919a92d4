"""The telephone systems: a process that posts planned calls to the hub at their times.

One line of JSON on standard input says what to post where; `ready` comes when all is prepared. The next line says when
to begin, in nanoseconds of the machine's monotonic clock; the last line on standard output says how it went.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from tests.bench.cti.hub_plan import Kind, PlannedCall, plan

_CONNECTIONS: Final = 16


class _Line(asyncio.Protocol):
    """One connection that is kept: a request after the other."""

    def __init__(self) -> None:
        self._received = b""
        self._answer: asyncio.Future[int] | None = None
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._received += data
        head, blank, body = self._received.partition(b"\r\n\r\n")
        length = next((int(one[15:]) for one in head.lower().split(b"\r\n") if one.startswith(b"content-length:")), 0)
        if blank and len(body) >= length and self._answer is not None:
            self._received = b""
            self._answer.set_result(int(head[9:12]))

    def connection_lost(self, error: Exception | None) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(error or ConnectionResetError("the backend closed the connection"))

    async def ask(self, request: bytes) -> int:
        """Send a request and return the status of its answer."""
        assert self._transport is not None
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return await self._answer

    def close(self) -> None:
        """Hang up."""
        if self._transport is not None:
            self._transport.close()


class Load:
    """Posts, over as many connections as it takes: no webhook waits for another's answer, but for its own call's.

    `sent` keeps when each kind of report of each call was sent for the first time, `late` by how many milliseconds each
    left after it was due.
    """

    def __init__(self, url: str, addresses: dict[str, str]) -> None:
        place = urlsplit(url)
        self._host, self._port = str(place.hostname), int(place.port or 80)
        self._addresses = addresses
        self._start_ns = 0
        self._lines: list[_Line] = []
        self._free: list[_Line] = []
        self.sent: dict[str, dict[Kind, int]] = {}
        self.late: list[float] = []
        self.answers: Counter[int] = Counter()

    async def run(self, calls: tuple[PlannedCall, ...]) -> None:
        """Post all, each at its time, and wait for the last answer."""
        self._free = [await self._connect() for _ in range(_CONNECTIONS)]
        print("ready", flush=True)
        self._start_ns = int(await asyncio.to_thread(sys.stdin.readline))
        running = []
        for call in calls:
            await self._wait(call.steps[0][0])
            running.append(asyncio.create_task(self._report(call)))
        await asyncio.gather(*running)
        for line in self._lines:
            line.close()

    async def _connect(self) -> _Line:
        _, line = await asyncio.get_running_loop().create_connection(_Line, self._host, self._port)
        self._lines.append(line)
        return line

    async def _wait(self, at_s: float) -> None:
        pause = at_s - (time.monotonic_ns() - self._start_ns) / 1e9
        if pause > 0:
            await asyncio.sleep(pause)

    async def _report(self, call: PlannedCall) -> None:
        self.sent[call.conversation] = {}
        for at_s, kinds in call.steps:
            await self._wait(at_s)
            # What is due later waits for the answers: another order than the planned one would have another outcome.
            await asyncio.gather(*(self._post(call, kind, at_s) for kind in kinds))

    async def _post(self, call: PlannedCall, kind: Kind, at_s: float) -> None:
        content_type, body = call.body(kind)
        head = (
            f"POST {self._addresses[call.source]} HTTP/1.1\r\nHost: {self._host}:{self._port}\r\n"
            f"Content-Type: {content_type}\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        line = self._free.pop() if self._free else await self._connect()
        now = time.monotonic_ns()
        self.sent[call.conversation].setdefault(kind, now)
        self.late.append((now - self._start_ns) / 1e6 - at_s * 1e3)
        self.answers[await line.ask(head.encode() + body)] += 1
        self._free.append(line)


def main() -> None:
    """Read what to do, do it, and write when what was sent into the file that is named."""
    told: dict[str, Any] = json.loads(sys.stdin.readline())
    load = Load(told["url"], told["addresses"])
    asyncio.run(load.run(plan(told["calls_per_s"], told["seconds"], told["agents"])))
    Path(told["out"]).write_text(json.dumps(load.sent), encoding="utf-8")
    print(json.dumps({"answers": load.answers, "late_ms": load.late}), flush=True)


if __name__ == "__main__":
    main()
