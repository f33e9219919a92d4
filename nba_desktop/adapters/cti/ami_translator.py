"""Asterisk's words for one agent's calls, turned into neutral call events."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from nba_desktop.adapters.cti.ami_leg import (
    PRESENTATION,
    AgentLine,
    AmiLeg,
    end_cause,
    presentation_mark,
)
from nba_desktop.adapters.cti.ami_legs import AmiLegs, Question
from nba_desktop.adapters.cti.ami_protocol import AmiMessage
from nba_desktop.adapters.cti.ami_queues import AmiQueues
from nba_desktop.adapters.cti.numbers import NumberKind, NumberSettings, classify
from nba_desktop.domain.call_event import CallEvent, CallEventType

__all__ = ["AgentLine", "AmiTranslator", "Question"]

_KEPT_PLACED: Final = 1000
_DOWN: Final = "0"  # ChannelState: the channel is made by the telephone system itself
_RING: Final = "4"  # the channel itself places a call
_RINGING: Final = "5"
_UP: Final = "6"


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

    With `asks`, a number without a mark is not passed on before `answer` has said that it may be shown; `questions`
    says what to ask. Without `internal_calls`, calls between extensions are not passed on, but for consultations.
    """

    def __init__(
        self,
        source: str,
        line: AgentLine,
        numbers: NumberSettings,
        *,
        asks: bool = False,
        internal_calls: bool = True,
    ) -> None:
        self._line = line
        self._numbers = numbers
        self._queues = AmiQueues()
        self._legs = AmiLegs(source, line, numbers, self._queues, asks=asks, internal_calls=internal_calls)
        self._placed: dict[str, None] = {}
        self.hears_calls = True
        """False once a queue connected the agent on a connection on which no channel was ever spoken of."""
        self._heard_a_channel = False
        self._snapshot: _Snapshot | None = None
        self._readers: dict[str, Callable[[AmiMessage, datetime], list[CallEvent]]] = {
            "Newchannel": self._on_new_channel,
            "Newstate": self._on_channel,
            "NewConnectedLine": self._on_channel,
            "AgentCalled": self._on_dial,
            "DialBegin": self._on_dial,
            "DialState": self._on_dial,
            "DialEnd": self._on_dial_end,
            "AgentConnect": self._on_agent_connect,
            "BridgeEnter": self._on_bridge_enter,
            "BridgeLeave": self._on_bridge_leave,
            "Hold": self._on_hold,
            "Unhold": self._on_unhold,
            "BlindTransfer": self._on_transfer,
            "AttendedTransfer": self._on_attended_transfer,
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
        self.hears_calls, self._heard_a_channel = True, False
        self._legs.forget_unanswered()

    def questions(self) -> list[Question]:
        """Return what to ask the telephone system now; every question once."""
        return self._legs.questions()

    def answer(self, question: Question, presentation: str | None, at: datetime) -> list[CallEvent]:
        """Take the answer to a question, None when there was none in time, and return what waited for it."""
        return self._legs.answer(question, presentation, at)

    def stop_asking(self) -> list[CallEvent]:
        """Ask no more, because the account may not: what waited is passed on as the telephone system gave it."""
        return self._legs.stop_asking()

    def _on_new_channel(self, message: AmiMessage, at: datetime) -> list[CallEvent]:
        linkedid = message.get("Linkedid")
        own = message.get("Channel").startswith("Local/") or self._device_of(message, "")
        if own and message.get("ChannelState") == _DOWN and message.get("Uniqueid") == linkedid:
            # Nobody's call made this channel: the telephone system was told to place one (Originate).
            self._placed[linkedid] = None
            if len(self._placed) > _KEPT_PLACED:
                del self._placed[next(iter(self._placed))]
        return self._on_channel(message, at)

    def _on_channel(self, message: AmiMessage, at: datetime) -> list[CallEvent]:
        self._heard_a_channel = True
        leg = self._leg_of(message, "")
        if leg is None:
            return []
        number = message.get("ConnectedLineNum")
        if message.get("Linkedid") not in ("", leg.conversation) and leg.answered:
            return self._put_through(leg, number, message.get("Linkedid"), at)
        known = leg.caller
        self._legs.learn(leg, number)
        if message.get("Exten") not in ("", "s") and not leg.dialled and not leg.originated:
            leg.dialled = message.get("Exten")
        if message.get("ChannelState") == _RINGING or (leg.outbound and not leg.originated):
            events = self._legs.ring(leg, at)
            if events:
                return events
        return self._legs.emit(CallEventType.DATA, leg, at) if leg.ringing and leg.caller != known else []

    def _on_dial(self, message: AmiMessage, at: datetime) -> list[CallEvent]:
        leg = self._leg_of(message, "Dest")
        if leg is None:
            return self._on_customer_dialled(message, at)
        if not leg.ringing:
            leg.queue = message.get("Queue") or leg.queue
            mark = presentation_mark(message)
            leg.asked = leg.asked or bool(mark)
            leg.withheld = leg.withheld or mark.startswith("prohib")
            self._legs.learn(leg, message.get("DestConnectedLineNum"))
            self._legs.learn(leg, message.get("CallerIDNum"))
            self._legs.ask(leg, message.get("Channel"), PRESENTATION)
        return self._legs.ring(leg, at) if message.get("DialStatus") == "RINGING" else []

    def _on_customer_dialled(self, message: AmiMessage, at: datetime) -> list[CallEvent]:
        """The telephone system was told to call the agent first; now it calls whom he wants to talk to."""
        leg = next((one for one in self._legs if one.conversation == message.get("DestLinkedid")), None)
        number = message.get("Exten")
        if leg is None or not leg.originated or leg.dialled or number in ("", "s") or self._line.is_own(number):
            return []
        leg.dialled = number
        return self._legs.emit(CallEventType.DATA, leg, at) if leg.ringing else []

    def _on_dial_end(self, message: AmiMessage, at: datetime) -> list[CallEvent]:
        leg = self._leg_of(message, "Dest")
        answered = message.get("DialStatus") == "ANSWER"
        if answered:
            self._mark_others(message)
        if leg is not None:
            leg.dial_answered = leg.dial_answered or answered
            leg.dial_status = leg.dial_status or message.get("DialStatus")
            return []
        placed = (one for one in self._legs if one.originated and one.dialled)
        linkedid = message.get("DestLinkedid")
        own = next((one for one in placed if answered and one.conversation == linkedid and one.ringing), None)
        return [] if own is None else self._legs.answered(own, at)

    def _on_agent_connect(self, message: AmiMessage, at: datetime) -> list[CallEvent]:
        self._mark_others(message)
        leg = self._leg_of(message, "Dest")
        if leg is None:
            return []
        self.hears_calls = self.hears_calls and self._heard_a_channel
        leg.queue = leg.queue or message.get("Queue") or None
        self._legs.learn(leg, message.get("DestConnectedLineNum"))
        return self._legs.answered(leg, at)

    def _on_bridge_enter(self, message: AmiMessage, at: datetime) -> list[CallEvent]:
        leg = self._leg_of(message, "")
        events: list[CallEvent] = []
        if leg is not None:
            leg.bridge = message.get("BridgeUniqueid")
            if message.get("Linkedid") not in ("", leg.conversation):
                events += self._put_through(leg, message.get("ConnectedLineNum"), message.get("Linkedid"), at)
            if leg.dial_answered or (leg.outbound and not leg.originated):
                events += self._legs.answered(leg, at)
        return events + self._count_heads(message, at)

    def _on_bridge_leave(self, message: AmiMessage, at: datetime) -> list[CallEvent]:
        leg = self._legs.get(message.get("Uniqueid"))
        events = self._count_heads(message, at)
        if leg is not None:
            leg.bridge = ""
        return events

    def _count_heads(self, message: AmiMessage, at: datetime) -> list[CallEvent]:
        """Three in one bridge are a conference, for each of the agent's legs in it."""
        bridge, heads = message.get("BridgeUniqueid"), message.get("BridgeNumChannels")
        crowded = heads.isascii() and heads.isdigit() and int(heads) > 2
        events: list[CallEvent] = []
        for leg in [one for one in self._legs if bridge and one.bridge == bridge and one.answered]:
            if leg.conference != crowded:
                leg.conference = crowded
                events += self._legs.emit(CallEventType.JOINED if crowded else CallEventType.LEFT, leg, at)
        return events

    def _on_hold(self, message: AmiMessage, at: datetime) -> list[CallEvent]:
        leg = self._leg_of(message, "")
        if leg is None or leg.held:
            return []
        leg.held = leg.ringing = leg.answered = True
        return self._legs.emit(CallEventType.HELD, leg, at)

    def _on_unhold(self, message: AmiMessage, at: datetime) -> list[CallEvent]:
        leg = self._leg_of(message, "")
        # A REFER is announced by an Unhold even when nothing was held.
        if leg is None or not leg.held:
            return []
        leg.held = False
        return self._legs.emit(CallEventType.RESUMED, leg, at)

    def _on_transfer(self, message: AmiMessage, at: datetime) -> list[CallEvent]:
        if message.get("Result") != "Success":
            return []
        ids = (message.get(f"{role}Uniqueid") for role in ("Transferer", "OrigTransferer", "SecondTransferer"))
        legs = [leg for one in ids if (leg := self._legs.get(one)) is not None]
        return [event for leg in legs for event in self._legs.emit(CallEventType.TRANSFERRED, leg, at, "transferred")]

    def _on_attended_transfer(self, message: AmiMessage, at: datetime) -> list[CallEvent]:
        events = self._on_transfer(message, at)
        leg = self._legs.get(message.get("TransferTargetUniqueid"))
        if leg is None or message.get("Result") != "Success":
            return events
        number, linkedid = message.get("TransfereeCallerIDNum"), message.get("TransfereeLinkedid")
        return events + self._put_through(leg, number, linkedid, at)

    def _put_through(self, leg: AmiLeg, number: str, linkedid: str, at: datetime) -> list[CallEvent]:
        """A colleague has left and the agent's leg belongs to another conversation: its other end is now `number`.

        Only a colleague gives way; a customer on the line stays the one who called.
        """
        if self._legs.direction(leg) != "internal" or not leg.answered:
            return []
        if classify(number, self._numbers) in (NumberKind.EXTENSION, NumberKind.UNKNOWN):
            return []
        was_hidden, leg.hidden = leg.hidden, None
        leg.outbound, leg.conversation, leg.caller = False, linkedid or leg.conversation, number
        leg.queue = self._queues.of(linkedid) or leg.queue
        leg.asked = leg.withheld = leg.unproven = False
        type_ = CallEventType.ANSWERED if was_hidden else CallEventType.DATA
        return self._legs.emit(type_, leg, at, put_through=True)

    def _on_hangup(self, message: AmiMessage, at: datetime) -> list[CallEvent]:
        uniqueid = message.get("Uniqueid")
        self._queues.forget(uniqueid)
        if self._snapshot is not None:
            self._snapshot.gone.add(uniqueid)
        known = self._legs.get(uniqueid) is not None or self._device_of(message, "") is not None
        leg = self._legs.forget(uniqueid) if known else None
        if leg is None or not leg.ringing:
            return []
        return self._legs.emit(CallEventType.ENDED, leg, at, end_cause(leg, message.get("Cause")))

    def _on_queue_join(self, message: AmiMessage, _at: datetime) -> list[CallEvent]:
        self._queues.note(message.get("Linkedid"), message.get("Queue"))
        self._queues.note_count(message)
        return []

    def _on_queue_leave(self, message: AmiMessage, _at: datetime) -> list[CallEvent]:
        self._queues.note_count(message)
        self._queues.forget(message.get("Linkedid"))
        return []

    def _on_listed(self, message: AmiMessage, _at: datetime) -> list[CallEvent]:
        if self._snapshot is not None and message.get("ActionID") == self._snapshot.action_id:
            if message.get("Application") == "Queue":
                self._queues.note(message.get("Linkedid"), message.get("ApplicationData").partition(",")[0])
            if self._device_of(message, "") is not None:
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
        self._legs.keep_only(alive)
        events = [self._legs.snapshot(alive, at)]
        for one in listed:
            events += self._read_listed(one, at)
        return events

    def _read_listed(self, message: AmiMessage, at: datetime) -> list[CallEvent]:
        known = self._legs.get(message.get("Uniqueid")) is not None
        leg = self._leg_of(message, "")
        if leg is None:
            return []
        if not known:
            # A called channel sits in the application that called it, with this word as its data.
            leg.outbound = message.get("ApplicationData") != "(Outgoing Line)"
            leg.dialled = message.get("Exten")
        self._legs.learn(leg, message.get("ConnectedLineNum"))
        state = message.get("ChannelState")
        events = self._legs.ring(leg, at) if state in (_RING, _RINGING, _UP) else []
        return events + self._legs.answered(leg, at) if state == _UP and message.get("BridgeId") else events

    def _leg_of(self, message: AmiMessage, prefix: str) -> AmiLeg | None:
        """The agent's leg a message is about; made known when its channel is one of his."""
        uniqueid = message.get(f"{prefix}Uniqueid")
        known = self._legs.get(uniqueid)
        if known is not None or not uniqueid or self._legs.is_gone(uniqueid):
            return known
        device = self._device_of(message, prefix)
        if device is None:
            return None
        conversation = message.get(f"{prefix}Linkedid") or uniqueid
        originated = conversation in self._placed
        leg = AmiLeg(
            leg_id=uniqueid,
            channel=message.get(f"{prefix}Channel"),
            conversation=conversation,
            device=device,
            outbound=originated or (message.get("Event") == "Newchannel" and message.get("ChannelState") == _RING),
            originated=originated,
            queue=self._queues.of(conversation),
        )
        self._legs.add(leg)
        if self._snapshot is not None:
            self._snapshot.born.add(uniqueid)
        return leg

    def _device_of(self, message: AmiMessage, prefix: str) -> str | None:
        return self._line.device_of(message.get(f"{prefix}Channel"))

    def _mark_others(self, message: AmiMessage) -> None:
        for leg in self._legs:
            if leg.leg_id != message.get("DestUniqueid") and leg.conversation == message.get("DestLinkedid"):
                leg.elsewhere = True
