"""A panel's flight recorder fed with recorded calls, without the panel."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from nba_desktop.adapters.cti.ami_protocol import AmiMessage, AmiParser
from nba_desktop.adapters.flight.recorder import FlightRecorder
from nba_desktop.adapters.flight.ring import Recorded, read_records
from nba_desktop.domain.call import Calls, on_event
from nba_desktop.domain.call_event import CallEvent, LinkState
from tests.fakes.calls import START, translator

PLENTY = 4 * 1024 * 1024


class Flight:
    """One panel of agent 201 that listens since `START`; each packet comes a second after the one before."""

    def __init__(self, folder: Path, limit: int = PLENTY, **how: Any) -> None:
        self.folder = folder
        self.at = START
        self.calls = Calls(since=START)
        self.queues = how.get("queues", [])
        self.recorder = FlightRecorder(folder, limit, now=lambda: self.at)
        self.words = translator()
        self.parser = AmiParser()
        start = {"type": "asterisk_ami", "extension": "201", "interfaces": ["PJSIP/agent1"], "queues": [], **how}
        self.recorder.started(**start)

    def hear(self, *packets: bytes) -> None:
        """Take these packets as the panel does."""
        for packet in packets:
            self.at += timedelta(seconds=1)
            self.recorder.received("asterisk", "asterisk_ami", packet)
            for item in self.parser.feed(packet):
                if isinstance(item, AmiMessage):
                    self.decide(self.words.translate(item, self.at))

    def decide(self, events: Iterable[CallEvent]) -> None:
        for event in events:
            if self.queues and event.queue not in (None, *self.queues):
                self.recorder.filtered(event)
                continue
            before = self.calls
            self.calls = on_event(before, event)
            self.recorder.decided(event, before, self.calls)

    def link(self, state: Any, detail: str = "", at: datetime | None = None) -> None:
        self.at = at or self.at + timedelta(seconds=1)
        self.recorder.link_changed(LinkState("asterisk", state, detail))

    def land(self) -> Recorded:
        """Stop the recorder and read what it wrote."""
        self.recorder.close()
        return read_records(self.folder)


def packets(data: bytes, size: int = 1460) -> list[bytes]:
    """Bytes as a network carries them."""
    return [data[begin : begin + size] for begin in range(0, len(data), size)]


def ami(**fields: str) -> bytes:
    """One message as an Asterisk sends it; `_` stands for `-` in a key."""
    return "".join(f"{key.replace('_', '-')}: {value}\r\n" for key, value in fields.items()).encode() + b"\r\n"
