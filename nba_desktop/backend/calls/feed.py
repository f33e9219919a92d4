"""What each agent's panels are sent: counted, kept for a while, handed to whoever listens."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

from nba_desktop.contract.arrival import OfferNews
from nba_desktop.contract.calls import HubCallEvent

StreamEvent = HubCallEvent | OfferNews

_KEPT: Final = 256
_WAITING: Final = 512
_PANELS: Final = 4


@dataclass(frozen=True, slots=True)
class Frame:
    """One event as it is sent: its name and id on the stream, and its JSON."""

    name: str
    sequence: int
    text: bytes


class Subscription:
    """One panel that listens: what waits for it, until it is closed from either side."""

    def __init__(self, wake: Callable[[], None], waiting: int) -> None:
        self._wake = wake
        self._room = waiting
        self._frames: deque[Frame] = deque()
        self.is_open = True

    def take(self) -> tuple[Frame, ...]:
        """Return what waits, and forget it."""
        frames = tuple(self._frames)
        self._frames.clear()
        return frames

    def offer(self, frame: Frame) -> None:
        """Let a frame wait; a reader that is too slow for them is cut off, and what waited for it is forgotten."""
        if len(self._frames) >= self._room:
            self.close()
            return
        self._frames.append(frame)
        self._wake()

    def close(self) -> None:
        """End it; the panel asks again and is told what it missed."""
        self.is_open = False
        self._frames.clear()
        self._wake()


@dataclass(slots=True)
class _Channel:
    """One agent's events. `forgotten` is the last sequence that is no longer kept."""

    sequence: int
    forgotten: int
    kept: deque[Frame] = field(default_factory=deque)
    subscriptions: list[Subscription] = field(default_factory=list)


class Feed:
    """Counts and hands out the events of every agent; used by one thread.

    Sequences begin at `first_sequence`: larger than any that an earlier process gave out, so that an id of before a
    restart is recognised. `kept` events of an agent can be sent again, `waiting` may wait for one slow reader, `panels`
    may listen for one agent at once: a further one replaces the oldest.
    """

    def __init__(self, first_sequence: int, kept: int = _KEPT, waiting: int = _WAITING, panels: int = _PANELS) -> None:
        self._first = first_sequence
        self._kept = kept
        self._waiting = waiting
        self._panels = panels
        self._channels: dict[str, _Channel] = {}
        self._ended = False

    @property
    def listening(self) -> int:
        """How many panels listen."""
        return sum(len(channel.subscriptions) for channel in self._channels.values())

    @property
    def listeners(self) -> frozenset[str]:
        """The agents for whom a panel listens."""
        return frozenset(agent_id for agent_id, channel in self._channels.items() if channel.subscriptions)

    def publish(self, agent_id: str, event: StreamEvent) -> None:
        """Send an event to an agent's panels; its `sequence` is given here."""
        channel = self._channel(agent_id)
        frame = _next_frame(channel, event)
        channel.kept.append(frame)
        if len(channel.kept) > self._kept:
            channel.forgotten = channel.kept.popleft().sequence
        for subscription in tuple(channel.subscriptions):
            subscription.offer(frame)
            if not subscription.is_open:
                channel.subscriptions.remove(subscription)

    def subscribe(
        self,
        agent_id: str,
        last_seen: int | None,
        snapshot: Callable[[], Iterator[HubCallEvent]],
        wake: Callable[[], None],
    ) -> Subscription:
        """Let a panel listen: first the `snapshot`, which begins with the list of live legs and then tells of each.

        One that says what it saw last gets what it missed since, where that can be said, and then the list alone.
        """
        channel = self._channel(agent_id)
        subscription = Subscription(wake, self._waiting)
        if last_seen is not None and channel.forgotten <= last_seen <= channel.sequence:
            missed = [frame for frame in channel.kept if frame.sequence > last_seen]
            # Whatever happened to the line, a panel knows now which of its calls are still there.
            missed.append(_next_frame(channel, next(snapshot())))
        else:
            missed = [_next_frame(channel, event) for event in snapshot()]
        for frame in missed:
            subscription.offer(frame)
        if self._ended:
            subscription.close()
        elif subscription.is_open:
            channel.subscriptions.append(subscription)
        if len(channel.subscriptions) > self._panels:
            channel.subscriptions.pop(0).close()
        return subscription

    def unsubscribe(self, agent_id: str, subscription: Subscription) -> None:
        """Forget a panel that is gone."""
        subscription.close()
        channel = self._channel(agent_id)
        if subscription in channel.subscriptions:
            channel.subscriptions.remove(subscription)

    def cut_off(self, agent_id: str) -> None:
        """Close an agent's subscriptions."""
        channel = self._channel(agent_id)
        for subscription in channel.subscriptions:
            subscription.close()
        channel.subscriptions.clear()

    def end(self) -> None:
        """Close every subscription, now and from now on: the server stops."""
        self._ended = True
        for channel in self._channels.values():
            for subscription in channel.subscriptions:
                subscription.close()
            channel.subscriptions.clear()

    def _channel(self, agent_id: str) -> _Channel:
        # As many as the site has agents: only the callers of valid tokens and agents in mappings get here.
        return self._channels.setdefault(agent_id, _Channel(self._first, self._first))


def _next_frame(channel: _Channel, event: StreamEvent) -> Frame:
    channel.sequence += 1
    numbered = event.model_copy(update={"sequence": channel.sequence})
    name = "news" if isinstance(event, OfferNews) else "call"
    return Frame(name, channel.sequence, numbered.model_dump_json().encode())
