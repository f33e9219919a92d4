"""The webhook hub: reports of all sources in, each agent's own calls out."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

from nba_desktop.backend.arrivals.watching import CallNews
from nba_desktop.backend.calls.feed import Feed, Subscription
from nba_desktop.backend.calls.legs import Change, Ends, HubCall, answer, end, lose, ring
from nba_desktop.backend.calls.report import CallReport, Ending, ReportKind
from nba_desktop.backend.calls.source import Source
from nba_desktop.backend.rows.site_figures import QueueCallRow
from nba_desktop.contract.arrival import OfferNews
from nba_desktop.contract.base import new_id
from nba_desktop.contract.calls import HubCallEvent, HubParty
from nba_desktop.contract.numbers import read_number

STALE_AFTER: Final = timedelta(hours=4)
"""A call that nothing was heard of for so long is taken to have ended unseen."""

ENDED_KEPT: Final = timedelta(hours=24)
"""So long a call that ended is remembered, so that what comes late does not begin it again."""

SNAPSHOT_SOURCE: Final = "hub"
"""The source that a snapshot names: it speaks for all."""

_MOST_CALLS: Final = 20_000
_MOST_ENDED: Final = 100_000

_Key = tuple[str, str]


class Hub:
    """Every live call of every source, in memory only: after a restart a snapshot tells the panels that none is known.

    Used by one thread; time comes from `clock`. Calls and memories of calls are bounded in number, too: beyond, the
    call that was silent the longest is given up first. `on_over` is told of every inbound call that was offered to
    agents, once it is over or given up, and when the server stops.
    """

    def __init__(
        self,
        feed: Feed,
        clock: Callable[[], datetime],
        most_calls: int = _MOST_CALLS,
        on_over: Callable[[QueueCallRow], None] = lambda _: None,
    ) -> None:
        self._feed = feed
        self._on_over = on_over
        self._clock = clock
        self._most_calls = most_calls
        self._since = clock()
        # Both in the order in which they were last heard of.
        self._calls: OrderedDict[_Key, HubCall] = OrderedDict()
        self._ended: OrderedDict[_Key, datetime] = OrderedDict()
        # By agent and leg, the event that says how it stands.
        self._standing: dict[str, dict[str, HubCallEvent]] = {}

    @property
    def live_calls(self) -> int:
        """How many calls are remembered that have not ended."""
        return len(self._calls)

    def receive(self, source: Source, report: CallReport) -> None:
        """Take a report; whatever it is, it moves no leg back and opens none that ended."""
        now = self._clock()
        key = (source.name, report.call_id)
        if key in self._ended:
            return
        call = self._calls.get(key)
        if call is None:
            if report.kind is ReportKind.ENDED:
                self._remember_ended(key, now)
                return
            call = self._calls[key] = HubCall(
                call_id=report.call_id,
                interaction_id=report.interaction_id or report.call_id,
                touched_at=now,
                left_out=not source.wants(report),
            )
            self._give_up_the_oldest()
        call.touched_at = now
        self._calls.move_to_end(key)
        had = call.live()
        news = call.learn(report)
        changes = () if call.left_out else _changes(source, call, report)
        if news:
            told = {change.agent_id for change in changes}
            changes = (*(Change(agent, "data") for agent in had if agent not in told), *changes)
        self._tell(source, call, changes, now)
        call.note_time(report, now)
        if report.kind is ReportKind.ENDED:
            del self._calls[key]
            self._remember_ended(key, now)
            self._tell_over(source.name, call, now, report.ending)

    def subscribe(self, agent_id: str, last_seen: int | None, wake: Callable[[], None]) -> Subscription:
        """Let an agent's panel listen; it is first told what it missed, or how everything stands."""
        return self._feed.subscribe(agent_id, last_seen, lambda: self._snapshot(agent_id), wake)

    def unsubscribe(self, agent_id: str, subscription: Subscription) -> None:
        """Forget a panel that is gone."""
        self._feed.unsubscribe(agent_id, subscription)

    @property
    def listening(self) -> int:
        """How many panels listen here."""
        return self._feed.listening

    @property
    def listeners(self) -> frozenset[str]:
        """The agents whose panels listen here."""
        return self._feed.listeners

    def tell_news(self, news: Sequence[CallNews]) -> None:
        """Tell each agent what something has just raised in his call."""
        for one in news:
            self._feed.publish(
                one.agent_id, OfferNews(sequence=0, contact_id=one.contact_id, action_ids=one.action_ids)
            )

    def cut_off(self, agent_ids: Iterable[str]) -> None:
        """Let the panels of some agents go: whether they may come again is asked anew."""
        for agent_id in self.listeners.intersection(agent_ids):
            self._feed.cut_off(agent_id)

    def end_streams(self) -> None:
        """Let every panel go: the server stops. Of calls that go on it is told what is known so far."""
        self._feed.end()
        for (source, _), call in self._calls.items():
            self._tell_over(source, call, None, "unknown")
        self._calls.clear()

    def tidy(self) -> None:
        """Close the calls whose end never came, and forget those that ended long ago."""
        now = self._clock()
        while self._calls:
            key, call = next(iter(self._calls.items()))
            if now - call.touched_at < STALE_AFTER:
                break
            self._give_up(key, call, now)
        while self._ended and now - next(iter(self._ended.values())) >= ENDED_KEPT:
            self._ended.popitem(last=False)

    def _give_up_the_oldest(self) -> None:
        if len(self._calls) > self._most_calls:
            key, call = next(iter(self._calls.items()))
            self._give_up(key, call, self._clock())

    def _give_up(self, key: _Key, call: HubCall, now: datetime) -> None:
        del self._calls[key]
        self._remember_ended(key, now)
        for change in lose(call):
            self._end_leg(key[0], call, change, now)
        self._tell_over(key[0], call, None, "unknown")

    def _tell_over(self, source: str, call: HubCall, ended_at: datetime | None, ending: Ending) -> None:
        # In a call within the house nobody waited in a queue.
        internal = call.ends is not None and call.ends.direction == "internal"
        if call.offered_at is None or call.left_out or internal or call.direction == "outbound":
            return
        gave_up = ended_at is not None and not call.taken and ending in ("normal", "unanswered")
        self._on_over(
            QueueCallRow(new_id(), source, call.queue, call.offered_at, call.answered_at, ended_at, abandoned=gave_up)
        )

    def _remember_ended(self, key: _Key, now: datetime) -> None:
        self._ended[key] = now
        if len(self._ended) > _MOST_ENDED:
            self._ended.popitem(last=False)

    def _tell(self, source: Source, call: HubCall, changes: tuple[Change, ...], now: datetime) -> None:
        for change in changes:
            if change.type == "ended":
                self._end_leg(source.name, call, change, now)
                continue
            event = _event(source, call, change, now)
            standing = self._standing.setdefault(change.agent_id, {})
            known = standing.get(event.leg_id)
            # How the leg stands stays what it was; what was learnt of the call goes with it.
            stands = known.type if known is not None and event.type == "data" else event.type
            standing[event.leg_id] = event.model_copy(update={"type": stands})
            self._feed.publish(change.agent_id, event)

    def _end_leg(self, source: str, call: HubCall, change: Change, now: datetime) -> None:
        leg = leg_id(source, call.call_id)
        standing = self._standing[change.agent_id]
        last = standing.pop(leg)
        if not standing:
            del self._standing[change.agent_id]
        self._feed.publish(
            change.agent_id,
            last.model_copy(
                update={
                    "event_id": str(new_id()),
                    "type": "ended",
                    "cause": change.cause,
                    "occurred_at": now,
                    "received_at": now,
                }
            ),
        )

    def _snapshot(self, agent_id: str) -> Iterator[HubCallEvent]:
        now = self._clock()
        standing = self._standing.get(agent_id, {})
        yield HubCallEvent(
            sequence=0,
            event_id=str(new_id()),
            source=SNAPSHOT_SOURCE,
            type="snapshot",
            occurred_at=now,
            received_at=now,
            legs=tuple(standing),
            knows_since=self._since,
        )
        # A panel that has just started knows none of them.
        yield from standing.values()


def leg_id(source: str, call_id: str) -> str:
    """Return a call's leg as panels know it: two sources may count their calls alike."""
    return f"{source}:{call_id}"


def _changes(source: Source, call: HubCall, report: CallReport) -> tuple[Change, ...]:
    match report.kind:
        case ReportKind.BEGAN:
            return ring(call, _offered(source, call, report))
        case ReportKind.ANSWERED:
            by = _makers(source, call, report) if call.direction == "outbound" else _answering(source, call, report)
            return answer(call, by)
        case ReportKind.ENDED:
            return end(call, report.ending)


def _offered(source: Source, call: HubCall, report: CallReport) -> frozenset[str]:
    if call.direction == "outbound":
        return _makers(source, call, report)
    return source.agents_of_all(report.users) or source.agents_of(call.called)


def _makers(source: Source, call: HubCall, report: CallReport) -> frozenset[str]:
    return source.agents_of_all(report.users) or source.agents_of(call.caller)


def _answering(source: Source, call: HubCall, report: CallReport) -> frozenset[str] | None:
    """Return who took a call, empty for somebody who is no agent, None when the report does not say."""
    if report.nobody:
        return frozenset()
    named = False
    for name in report.answered_by:
        agents = source.agents_of(name)
        if len(agents) > 1:
            # The number of a group: one of those whom it rings.
            agents &= frozenset(call.legs)
        if len(agents) == 1:
            return agents
        # The number that was called says nothing about who took the call.
        named = named or (name != call.called and not agents)
    return frozenset() if named else None


def _event(source: Source, call: HubCall, change: Change, now: datetime) -> HubCallEvent:
    ends = call.ends = call.ends or _ends(source, call)
    return HubCallEvent(
        sequence=0,
        event_id=str(new_id()),
        source=source.name,
        type=change.type,
        occurred_at=now,
        received_at=now,
        interaction_id=leg_id(source.name, call.interaction_id),
        leg_id=leg_id(source.name, call.call_id),
        direction=ends.direction,
        caller=ends.caller,
        called=ends.called,
        dialled=call.called,
        diverted_from=call.diverted_from,
        queue=call.queue,
        cause=change.cause,
    )


def _ends(source: Source, call: HubCall) -> Ends:
    internal = source.is_internal(call.direction == "outbound", call.caller, call.called)
    return Ends(
        "internal" if internal else call.direction or "inbound",
        _party(source, call.caller),
        _party(source, call.called),
    )


def _party(source: Source, raw: str) -> HubParty:
    number = read_number(raw, source.numbers)
    return HubParty(raw=number.raw, e164=number.e164, presentation=number.presentation)
