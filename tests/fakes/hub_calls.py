"""A hub without a server: sources by hand, a clock that stands, and what each agent was sent."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from nba_desktop.backend.calls.body import fields_of
from nba_desktop.backend.calls.feed import Feed, Frame, Subscription
from nba_desktop.backend.calls.hub import Hub
from nba_desktop.backend.calls.source import Source
from nba_desktop.backend.rows.hooks import HookDialect
from nba_desktop.contract.calls import HubCallEvent
from nba_desktop.contract.numbers import NumberFormat, NumberRules
from tests.cases import cases
from tests.fakes.backend_services import Clock

CASES: list[dict[str, Any]] = cases(Path(__file__).with_name("hook_calls.yaml"))

ANNA, BEN = frozenset({"anna"}), frozenset({"ben"})
AGENTS = {
    "anna adler": ANNA,
    "201": ANNA,
    "1234567w0": ANNA,
    "7777abcdefg@fpbx.de": ANNA,
    "ben brandt": BEN,
    "202": BEN,
    "1234567w1": BEN,
    "7777xyzabcd@fpbx.de": BEN,
    # The number of the group.
    "+4930555000": ANNA | BEN,
}
FORMATS = {
    HookDialect.ZAMMAD: NumberFormat.E164_WITHOUT_PLUS,
    HookDialect.SIPGATE: NumberFormat.E164_WITHOUT_PLUS,
    HookDialect.PLACETEL: NumberFormat.NATIONAL,
}


def source_of(dialect: str, **changes: Any) -> Source:
    kind = HookDialect(dialect)
    if "queues" in changes:
        changes["queues"] = frozenset(changes["queues"])
    return replace(Source("pbx", kind, NumberRules(FORMATS[kind]), AGENTS), **changes)


def events_of(frames: tuple[Frame, ...]) -> list[HubCallEvent]:
    return [HubCallEvent.model_validate_json(frame.text) for frame in frames]


def worded(events: list[HubCallEvent]) -> list[str]:
    return [f"{event.type} {event.cause}" if event.cause else event.type for event in events]


@dataclass
class Listening:
    """One panel's subscription, and what came."""

    subscription: Subscription
    events: list[HubCallEvent] = field(default_factory=list)

    def hear(self) -> list[HubCallEvent]:
        """Take in what waits, and return all there was but snapshots."""
        self.events += events_of(self.subscription.take())
        return [event for event in self.events if event.type != "snapshot"]


@dataclass
class Site:
    """A hub with a clock."""

    clock: Clock = field(default_factory=Clock)
    first: int = 1000
    kept: int = 256
    waiting: int = 512

    def __post_init__(self) -> None:
        self.feed = Feed(self.first, self.kept, self.waiting)
        self.hub = Hub(self.feed, self.clock)

    def post(self, source: Source, body: str | dict[str, Any]) -> None:
        text = json.dumps(body) if isinstance(body, dict) else body
        report = source.read(fields_of(text.encode()))
        if report is not None:
            self.hub.receive(source, report)

    def listen(self, agent: str, last_seen: int | None = None) -> Listening:
        return Listening(self.hub.subscribe(agent, last_seen, lambda: None))

    def wait(self, duration: timedelta) -> None:
        self.clock.now += duration
        self.hub.tidy()
