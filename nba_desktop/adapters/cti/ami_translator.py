"""Asterisk's words for one agent's calls, turned into neutral call events."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from nba_desktop.adapters.cti.ami_protocol import AmiMessage
from nba_desktop.adapters.cti.numbers import NumberKind, NumberSettings, classify, party
from nba_desktop.domain.call_event import CallEvent, CallEventType, Direction, EndCause, Party

_KEPT_QUEUES: Final = 1000
_RING: Final = "4"  # ChannelState: the channel itself places a call
_RINGING: Final = "5"
_UP: Final = "6"
_ANSWERED_ELSEWHERE: Final = "26"
_NETWORK_CAUSES: Final = frozenset({"27", "34", "38", "41", "42", "44", "47"})
_FAILED_DIALS: Final = frozenset({"CHANUNAVAIL", "CONGESTION"})


@dataclass(frozen=True, slots=True)
class AgentLine:
    """Whose calls are meant: the extension and the channel technology's name of each of his devices."""

    extension: str
    interfaces: tuple[str, ...]


@dataclass(slots=True)
class _Leg:
    """One channel of the agent. The conversation keeps the Linkedid it began with: Asterisk changes it silently."""

    leg_id: str
    conversation: str
    device: str
    outbound: bool
    queue: str | None = None
    caller: str = ""
    withheld: bool = False
    dialled: str = ""
    ringing: bool = False
    dial_answered: bool = False
    answered: bool = False
    held: bool = False
    elsewhere: bool = False
    dial_status: str = ""


@dataclass(slots=True)
class _Snapshot:
    action_id: str
    listed: list[AmiMessage] = field(default_factory=list)
    born: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)


class AmiTranslator:
    """Follows the channels of one agent, keyed by Uniqueid, and says what happened to them.

    Only a real ring counts as ringing: AgentCalled means that the queue tries. Bridges, queues and channels of other
    people are heard and dropped. AMI carries no times, so both times of an event are those of its arrival; the order
    of arrival is its sequence.
    """

    def __init__(self, source: str, line: AgentLine, numbers: NumberSettings) -> None:
        self._source = source
        self._line = line
        self._numbers = numbers
        self._legs: dict[str, _Leg] = {}
        self._queues: dict[str, str] = {}
        self._waiting: dict[str, int] = {}
        self._snapshot: _Snapshot | None = None
        self._count = 0
        self._readers: dict[str, Callable[[AmiMessage, datetime], list[CallEvent]]] = {
            "Newchannel": self._on_channel,
            "Newstate": self._on_channel,
            "NewConnectedLine": self._on_channel,
            "AgentCalled": self._on_dial,
            "DialBegin": self._on_dial,
            "DialState": self._on_dial,
            "DialEnd": self._on_dial_end,
            "AgentConnect": self._on_agent_connect,
            "BridgeEnter": self._on_bridge_enter,
            "Hold": self._on_hold,
            "Unhold": self._on_unhold,
            "BlindTransfer": self._on_transfer,
            "AttendedTransfer": self._on_transfer,
            "Hangup": self._on_hangup,
            "QueueCallerJoin": self._on_queue_join,
            "QueueCallerLeave": self._on_queue_leave,
            "CoreShowChannel": self._on_listed,
            "CoreShowChannelsComplete": self._on_list_complete,
        }

    def translate(self, message: AmiMessage, at: datetime) -> list[CallEvent]:
        """Return what `message`, received `at` (UTC), says about the agent's calls; mostly nothing."""
        reader = self._readers.get(message.get("Event"))
        return [] if reader is None else reader(message, at)

    def expect_snapshot(self, action_id: str) -> None:
        """Take the answer to the CoreShowChannels action with this id as the whole truth about the agent's legs."""
        self._snapshot = _Snapshot(action_id)

    def _on_channel(self, message: AmiMessage, at: datetime) -> list[CallEvent]:
        leg = self._leg_of(message, "")
        if leg is None:
            return []
        known = self._caller(leg)
        self._learn(leg, message.get("ConnectedLineNum"))
        if message.get("Exten") not in ("", "s") and not leg.dialled:
            leg.dialled = message.get("Exten")
        if message.get("ChannelState") == _RINGING or leg.outbound:
            events = self._ring(leg, at)
            if events:
                return events
        return [self._event(CallEventType.DATA, leg, at)] if leg.ringing and self._caller(leg) != known else []

    def _on_dial(self, message: AmiMessage, at: datetime) -> list[CallEvent]:
        leg = self._leg_of(message, "Dest")
        if leg is None:
            return []
        if not leg.ringing:
            leg.queue = message.get("Queue") or leg.queue
            leg.withheld = leg.withheld or _is_withheld(message)
            self._learn(leg, message.get("DestConnectedLineNum"))
            self._learn(leg, message.get("CallerIDNum"))
        return self._ring(leg, at) if message.get("DialStatus") == "RINGING" else []

    def _on_dial_end(self, message: AmiMessage, _at: datetime) -> list[CallEvent]:
        leg = self._leg_of(message, "Dest")
        answered = message.get("DialStatus") == "ANSWER"
        if answered:
            self._mark_others(message)
        if leg is not None:
            leg.dial_answered = leg.dial_answered or answered
            leg.dial_status = leg.dial_status or message.get("DialStatus")
        return []

    def _on_agent_connect(self, message: AmiMessage, at: datetime) -> list[CallEvent]:
        self._mark_others(message)
        leg = self._leg_of(message, "Dest")
        if leg is None:
            return []
        leg.queue = leg.queue or message.get("Queue") or None
        self._learn(leg, message.get("DestConnectedLineNum"))
        return self._answer(leg, at)

    def _on_bridge_enter(self, message: AmiMessage, at: datetime) -> list[CallEvent]:
        leg = self._leg_of(message, "")
        return self._answer(leg, at) if leg is not None and (leg.dial_answered or leg.outbound) else []

    def _on_hold(self, message: AmiMessage, at: datetime) -> list[CallEvent]:
        leg = self._leg_of(message, "")
        if leg is None or leg.held:
            return []
        leg.held = True
        return [self._event(CallEventType.HELD, leg, at)]

    def _on_unhold(self, message: AmiMessage, at: datetime) -> list[CallEvent]:
        leg = self._leg_of(message, "")
        # A REFER is announced by an Unhold even when nothing was held.
        if leg is None or not leg.held:
            return []
        leg.held = False
        return [self._event(CallEventType.RESUMED, leg, at)]

    def _on_transfer(self, message: AmiMessage, at: datetime) -> list[CallEvent]:
        if message.get("Result") != "Success":
            return []
        ids = (message.get(f"{role}Uniqueid") for role in ("Transferer", "OrigTransferer", "SecondTransferer"))
        legs = [self._legs[one] for one in ids if one in self._legs]
        return [self._event(CallEventType.TRANSFERRED, leg, at, "transferred") for leg in legs]

    def _on_hangup(self, message: AmiMessage, at: datetime) -> list[CallEvent]:
        uniqueid = message.get("Uniqueid")
        self._queues.pop(uniqueid, None)
        if self._snapshot is not None:
            self._snapshot.gone.add(uniqueid)
        leg = self._legs.pop(uniqueid, None)
        if leg is None or not leg.ringing:
            return []
        return [self._event(CallEventType.ENDED, leg, at, _end_cause(leg, message.get("Cause")))]

    def _on_queue_join(self, message: AmiMessage, _at: datetime) -> list[CallEvent]:
        self._note_queue(message.get("Linkedid"), message.get("Queue"))
        self._note_waiting(message)
        return []

    def _on_queue_leave(self, message: AmiMessage, _at: datetime) -> list[CallEvent]:
        self._note_waiting(message)
        self._queues.pop(message.get("Linkedid"), None)
        return []

    def _on_listed(self, message: AmiMessage, _at: datetime) -> list[CallEvent]:
        if self._snapshot is not None and message.get("ActionID") == self._snapshot.action_id:
            if message.get("Application") == "Queue":
                self._note_queue(message.get("Linkedid"), message.get("ApplicationData").partition(",")[0])
            if self._device_of(message.get("Channel")) is not None:
                self._snapshot.listed.append(message)
        return []

    def _on_list_complete(self, message: AmiMessage, at: datetime) -> list[CallEvent]:
        snapshot = self._snapshot
        if snapshot is None or message.get("ActionID") != snapshot.action_id:
            return []
        self._snapshot = None
        # What began while the list was on its way is not in it; what ended meanwhile still is.
        listed = [one for one in snapshot.listed if one.get("Uniqueid") not in snapshot.gone]
        alive = {one.get("Uniqueid") for one in listed} | snapshot.born
        self._legs = {leg_id: leg for leg_id, leg in self._legs.items() if leg_id in alive}
        self._count += 1
        events = [
            CallEvent(
                event_id=f"{self._source}:snapshot:{self._count}",
                source=self._source,
                type=CallEventType.SNAPSHOT,
                occurred_at=at,
                received_at=at,
                source_seq=self._count,
                legs=tuple(sorted(alive)),
            )
        ]
        for one in listed:
            events += self._read_listed(one, at)
        return events

    def _read_listed(self, message: AmiMessage, at: datetime) -> list[CallEvent]:
        known = message.get("Uniqueid") in self._legs
        leg = self._leg_of(message, "")
        if leg is None:
            return []
        if not known:
            # A called channel sits in the application that called it, with this word as its data.
            leg.outbound = message.get("ApplicationData") != "(Outgoing Line)"
            leg.dialled = message.get("Exten")
        self._learn(leg, message.get("ConnectedLineNum"))
        state = message.get("ChannelState")
        events = self._ring(leg, at) if state in (_RING, _RINGING, _UP) else []
        return events + self._answer(leg, at) if state == _UP and message.get("BridgeId") else events

    def _leg_of(self, message: AmiMessage, prefix: str) -> _Leg | None:
        """The agent's leg a message is about; made known when its channel is one of his."""
        uniqueid = message.get(f"{prefix}Uniqueid")
        known = self._legs.get(uniqueid)
        if known is not None or not uniqueid:
            return known
        device = self._device_of(message.get(f"{prefix}Channel"))
        if device is None:
            return None
        conversation = message.get(f"{prefix}Linkedid") or uniqueid
        leg = _Leg(
            leg_id=uniqueid,
            conversation=conversation,
            device=device,
            outbound=message.get("Event") == "Newchannel" and message.get("ChannelState") == _RING,
            queue=self._queues.get(conversation),
        )
        self._legs[uniqueid] = leg
        if self._snapshot is not None:
            self._snapshot.born.add(uniqueid)
        return leg

    def _device_of(self, channel: str) -> str | None:
        interface, dash, _unique = channel.rpartition("-")
        return interface if dash and interface in self._line.interfaces else None

    def _learn(self, leg: _Leg, caller: str) -> None:
        """Keep the first caller heard of: later names on the line are the people a call was moved to."""
        if leg.caller or leg.outbound or caller == self._line.extension:
            return
        if classify(caller, self._numbers) is not NumberKind.UNKNOWN:
            leg.caller = caller

    def _mark_others(self, message: AmiMessage) -> None:
        for leg in self._legs.values():
            if leg.leg_id != message.get("DestUniqueid") and leg.conversation == message.get("DestLinkedid"):
                leg.elsewhere = True

    def _note_queue(self, linkedid: str, queue: str) -> None:
        self._queues[linkedid] = queue
        if len(self._queues) > _KEPT_QUEUES:
            del self._queues[next(iter(self._queues))]

    def _note_waiting(self, message: AmiMessage) -> None:
        """Keep how many callers a queue says it holds, after this one joined or left."""
        count = message.get("Count")
        if count.isascii() and count.isdigit():
            self._waiting[message.get("Queue")] = int(count)

    def _others_waiting(self, leg: _Leg) -> int | None:
        """How many wait besides this caller, who is in the queue until he is answered."""
        count = None if leg.queue is None or leg.answered else self._waiting.get(leg.queue)
        return None if count is None else max(count - 1, 0)

    def _ring(self, leg: _Leg, at: datetime) -> list[CallEvent]:
        if leg.ringing:
            return []
        leg.ringing = True
        return [self._event(CallEventType.RINGING, leg, at)]

    def _answer(self, leg: _Leg, at: datetime) -> list[CallEvent]:
        if leg.answered:
            return []
        leg.answered = leg.ringing = True
        return [self._event(CallEventType.ANSWERED, leg, at)]

    def _caller(self, leg: _Leg) -> Party:
        return party(self._line.extension if leg.outbound else leg.caller, self._numbers, withheld=leg.withheld)

    def _direction(self, leg: _Leg) -> Direction:
        other = leg.dialled if leg.outbound else leg.caller
        if classify(other, self._numbers) is NumberKind.EXTENSION:
            return "internal"
        return "outbound" if leg.outbound else "inbound"

    def _event(self, type_: CallEventType, leg: _Leg, at: datetime, cause: EndCause | None = None) -> CallEvent:
        self._count += 1
        return CallEvent(
            event_id=f"{self._source}:{leg.leg_id}:{type_}:{self._count}",
            source=self._source,
            type=type_,
            occurred_at=at,
            received_at=at,
            interaction_id=leg.conversation,
            leg_id=leg.leg_id,
            source_seq=self._count,
            direction=self._direction(leg),
            caller=self._caller(leg),
            called=party(leg.dialled if leg.outbound else self._line.extension, self._numbers),
            dialled=leg.dialled,
            queue=leg.queue,
            waiting=self._others_waiting(leg),
            agent_extension=self._line.extension,
            device=leg.device,
            cause=cause,
        )


def _is_withheld(message: AmiMessage) -> bool:
    """Whether the caller's channel carries the mark of a withheld number (`channelvars=CALLERID(num-pres)`)."""
    return any(value.startswith("CALLERID(num-pres)=prohib") for value in message.all("ChanVariable"))


def _end_cause(leg: _Leg, code: str) -> EndCause:
    if leg.answered:
        return "failed" if code in _NETWORK_CAUSES else "normal"
    if leg.elsewhere or code == _ANSWERED_ELSEWHERE:
        return "elsewhere"
    return "failed" if leg.dial_status in _FAILED_DIALS else "missed"
