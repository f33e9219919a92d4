"""A panel's end of a stream, over a real socket."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

from nba_desktop.contract.calls import HubCallEvent


@dataclass
class Stream:
    """What a server sends, event by event; waits at most as long as its socket."""

    response: http.client.HTTPResponse

    def block(self) -> list[str]:
        """Return the lines of the next block, none at the end of the stream."""
        lines: list[str] = []
        while line := self.response.readline().decode():
            if line == "\n":
                return lines
            lines.append(line.rstrip("\n"))
        assert not lines, "the stream ended within an event"
        return []

    def event(self) -> HubCallEvent:
        """Return the next event, over whatever else there is."""
        while block := self.block():
            if block[0] == "event: call":
                _name, number, data = block
                event = HubCallEvent.model_validate_json(data.removeprefix("data: "))
                assert number == f"id: {event.sequence}"
                return event
        raise EOFError

    def events(self, count: int) -> list[HubCallEvent]:
        return [self.event() for _ in range(count)]


@contextmanager
def streaming(url: str, token: str, last_seen: int | None = None, timeout_s: float = 20) -> Iterator[Stream]:
    """Open a panel's stream; closed when the block ends."""
    place = urlsplit(url)
    connection = http.client.HTTPConnection(str(place.hostname), place.port, timeout=timeout_s)
    headers = {"Authorization": f"Bearer {token}", "Accept": "text/event-stream"}
    if last_seen is not None:
        headers["Last-Event-ID"] = str(last_seen)
    try:
        connection.request("GET", "/v1/stream", headers=headers)
        response = connection.getresponse()
        assert response.status == 200, response.read()
        yield Stream(response)
        response.close()
    finally:
        connection.close()
