"""Many agents' panels in one process: real streams, and for each the panel's state machine.

One line of JSON on standard input names the agents; `ready` comes when all were told how they stand. The next line
says how many changes there must be; the process ends when they are there, or when nothing changes any more.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from nba_desktop.adapters.cti.hub_events import call_event_of
from nba_desktop.contract.calls import HubCallEvent
from tests.bench.cti.panel_state import Change, PanelState

PATIENCE_S: Final = 10.0
AFTERMATH_S: Final = 0.5


class Panels:
    """The streams of a backend's agents."""

    def __init__(self, url: str) -> None:
        place = urlsplit(url)
        self._host, self._port = str(place.hostname), int(place.port or 80)
        self.changes: list[Change] = []
        self.heard_at = time.monotonic()

    async def listen(self, agent: str, token: str, listening: asyncio.Event) -> None:
        """Follow one agent's stream for ever; `listening` is set once it has begun."""
        state = PanelState(agent, self.changes)
        reader, writer = await asyncio.open_connection(self._host, self._port)
        request = f"GET /v1/stream HTTP/1.1\r\nHost: {self._host}\r\nAuthorization: Bearer {token}\r\n\r\n"
        writer.write(request.encode())
        head = await reader.readuntil(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 200"):
            raise ConnectionError(f"the stream of {agent} was refused: {head[9:12].decode()}")
        waiting = b""
        while size := int(await reader.readline(), 16):
            waiting += (await reader.readexactly(size + 2))[:-2]
            *blocks, waiting = waiting.split(b"\n\n")
            for block in blocks:
                _, data, text = block.partition(b"\ndata: ")
                if data:
                    listening.set()
                    self.heard_at = time.monotonic()
                    event = HubCallEvent.model_validate_json(text)
                    state.take(call_event_of(event, event.occurred_at, event.received_at))
        raise ConnectionError(f"the stream of {agent} ended")


async def _run(told: dict[str, Any]) -> list[Change]:
    panels = Panels(told["url"])
    began = []
    streams = []
    for agent, token in told["tokens"].items():
        began.append(asyncio.Event())
        streams.append(asyncio.create_task(panels.listen(agent, token, began[-1])))
        # One after the other: the server looks each token up.
        await asyncio.wait(
            [streams[-1], waiting := asyncio.create_task(began[-1].wait())], return_when="FIRST_COMPLETED"
        )
        if not waiting.done():
            streams[-1].result()
    print("ready", flush=True)
    expected = int(await asyncio.to_thread(sys.stdin.readline))
    while len(panels.changes) < expected and time.monotonic() - panels.heard_at < PATIENCE_S:
        await asyncio.sleep(0.05)
    # What must not come would come now.
    await asyncio.sleep(AFTERMATH_S)
    for stream in streams:
        if stream.done():
            stream.result()
        stream.cancel()
    return panels.changes


def main() -> None:
    """Read whom to listen for, and write what changed when into the file that is named."""
    told: dict[str, Any] = json.loads(sys.stdin.readline())
    changes = asyncio.run(_run(told))
    Path(told["out"]).write_text(json.dumps(changes), encoding="utf-8")


if __name__ == "__main__":
    main()
