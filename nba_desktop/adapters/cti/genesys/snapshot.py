"""Snapshots of conversations, compared with what was known, turned into neutral call events."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from nba_desktop.adapters.cti.genesys.addresses import number_of, party_of
from nba_desktop.adapters.cti.genesys.leg import GenesysLeg, State, attached_to, colleagues_talking, end_cause
from nba_desktop.adapters.cti.genesys.payload import CONNECTED, RINGING, Call, Conversation, Participant
from nba_desktop.adapters.cti.genesys.reading import askers, hold_began, is_asked, others_of, queue_of, state_of
from nba_desktop.adapters.cti.numbers import NumberSettings
from nba_desktop.contract.codes import AuthLevel
from nba_desktop.domain.call_event import Attached, CallEvent, CallEventType, Direction, EndCause, Party

_KEPT_ENDED: Final = 1000


@dataclass(frozen=True, slots=True)
class GenesysUser:
    """Whose calls are meant; `extension` is only shown."""

    user_id: str
    extension: str = ""


@dataclass(frozen=True, slots=True)
class AttributeNames:
    """The participant attributes that the call flow sets, and the values that mean "authenticated"."""

    customer_no: str = "customer_no"
    auth_level: str = "auth_level"
    ivr_path: str = "ivr_path"
    authenticated: frozenset[str] = frozenset({"authenticated"})


class GenesysTranslator:
    """Follows one user's calls from snapshot to snapshot.

    A snapshot tells the whole conversation and carries no number, so that order is taken from what it says: a leg
    never goes back, an ended one stays ended, and a hold that began before the last one is an old story. A leg first
    seen ended is passed over. Both times of an event are those of its arrival; clocks of the cloud order holds only.

    A consultation is a leg of its own under the agent's (`parent_leg_id`), named by the other's call. When a colleague
    consults this agent, the colleague is the caller until he leaves: then the customer is (`put_through`).
    """

    def __init__(
        self,
        source: str,
        user: GenesysUser,
        numbers: NumberSettings,
        attributes: AttributeNames,
        *,
        internal_calls: bool = True,
    ) -> None:
        self._source = source
        self._user = user
        self._numbers = numbers
        self._names = attributes
        self._internal_calls = internal_calls
        self._legs: dict[str, GenesysLeg] = {}
        self._count = 0

    @property
    def user_id(self) -> str:
        """Whose calls are followed."""
        return self._user.user_id

    @property
    def conversations(self) -> tuple[str, ...]:
        """The conversations in which the user has a live call."""
        own = (leg for leg in self._legs.values() if leg.is_alive and not leg.within)
        return tuple(dict.fromkeys(leg.interaction_id for leg in own))

    def translate(self, conversation: Conversation, at: datetime) -> list[CallEvent]:
        """Return what a snapshot, received `at` (UTC), says that was not known."""
        events: list[CallEvent] = []
        for participant in conversation.participants:
            if participant.user_id != self._user.user_id or participant.watches:
                continue
            for call in participant.calls:
                leg = self._leg(call, participant, conversation)
                if leg is not None:
                    events += self._move(leg, call, participant, conversation, at)
        self._forget()
        return events

    def snapshot(self, conversations: Iterable[Conversation], at: datetime) -> list[CallEvent]:
        """Take a list of the user's active conversations as the whole truth; legs that are not in it have ended."""
        listed = list(conversations)
        events = [event for one in listed for event in self.translate(one, at)]
        there = {call.call_id for one in listed for who in one.participants for call in who.calls if not call.is_over}
        for leg in self._legs.values():
            if leg.is_alive and leg.leg_id not in there:
                leg.state = "ended"
        self._count += 1
        alive = sorted(leg.leg_id for leg in self._legs.values() if leg.is_alive)
        event_id = f"{self._source}:snapshot:{self._count}"
        events.append(
            CallEvent(
                event_id=event_id,
                source=self._source,
                type=CallEventType.SNAPSHOT,
                occurred_at=at,
                received_at=at,
                source_seq=self._count,
                legs=tuple(alive),
            )
        )
        return events

    def _leg(self, call: Call, own: Participant, conversation: Conversation) -> GenesysLeg | None:
        """The leg of a call of the user's own; None when it has ended."""
        leg = self._legs.get(call.call_id)
        if leg is None:
            leg = self._legs[call.call_id] = GenesysLeg(
                leg_id=call.call_id,
                interaction_id=conversation.conversation_id,
                outbound=call.outbound,
                asked=is_asked(own, conversation),
                talking_before=colleagues_talking(conversation, self._user.user_id),
            )
        return None if leg.state == "ended" else leg

    def _move(
        self, leg: GenesysLeg, call: Call, own: Participant, conversation: Conversation, at: datetime
    ) -> list[CallEvent]:
        others = others_of(conversation, own)
        target = state_of(leg, call, others)
        if target is None:
            return []
        events: list[CallEvent] = []
        through = self._learn(leg, call, own, conversation, others)
        if target == "ended":
            events += self._end_consultations(leg, at)
            cause = end_cause(leg, call, conversation, self._user.user_id)
            return events + self._end(leg, cause, at)
        events += self._step(leg, target, call, others, at)
        if leg.is_talking and not leg.asked:
            for other in others:
                if other.consults:
                    events += self._consult(leg, other, at)
        events += self._gather(leg, others, at)
        if through or leg.told != _telling(leg):
            events += self._emit(CallEventType.DATA, leg, at, put_through=through)
        return events

    def _step(
        self, leg: GenesysLeg, target: State, call: Call, others: tuple[Participant, ...], at: datetime
    ) -> list[CallEvent]:
        """Move a leg on; never back from talking to ringing, nor into a hold that is over."""
        if target == leg.state:
            return []
        if leg.state == "new" and target == "ringing":
            leg.state = "ringing"
            return self._emit(CallEventType.RINGING, leg, at)
        events: list[CallEvent] = []
        if not leg.is_talking:
            leg.state = "active"
            events += self._emit(CallEventType.ANSWERED, leg, at)
        if target == "held" and leg.state == "active":
            began = hold_began(call, others)
            if began is not None and leg.held_at is not None and began <= leg.held_at:
                return events
            leg.held_at, leg.state = began or leg.held_at, "held"
            events += self._emit(CallEventType.HELD, leg, at)
        elif target == "active" and leg.state == "held":
            leg.state = "active"
            events += self._emit(CallEventType.RESUMED, leg, at)
        return events

    def _consult(self, parent: GenesysLeg, other: Participant, at: datetime) -> list[CallEvent]:
        """Follow somebody whom the agent asks while the customer waits."""
        events: list[CallEvent] = []
        for call in other.calls:
            leg = self._legs.get(call.call_id)
            if leg is None:
                called = party_of(other.address or call.own_address, self._numbers)
                leg = self._legs[call.call_id] = GenesysLeg(
                    leg_id=call.call_id,
                    interaction_id=f"{parent.interaction_id}/{call.call_id}",
                    outbound=True,
                    parent=parent.leg_id,
                    within=True,
                    internal=other.is_colleague,
                    caller=parent.called if not parent.outbound else parent.caller,
                    called=called,
                    dialled=called.raw,
                )
            if leg.state == "ended" or leg.parent != parent.leg_id:
                continue
            if call.is_over:
                events += self._end(leg, "normal" if leg.is_talking else "missed", at)
            elif call.state in RINGING:
                events += self._step(leg, "ringing", call, (), at)
            elif call.state == CONNECTED:
                events += self._step(leg, "active" if call.is_free else "held", call, (), at)
        return events

    def _gather(self, leg: GenesysLeg, others: tuple[Participant, ...], at: datetime) -> list[CallEvent]:
        """Tell when more than one other can be heard at once, and when that is over."""
        people = [one for one in others if one.is_customer or one.is_colleague]
        if leg.state == "active" and sum(one.is_free for one in people) > 1:
            events: list[CallEvent] = []
            for child in self._children(leg):
                if not child.joined and child.state == "active":
                    child.joined = leg.conference = True
                    events += self._emit(CallEventType.JOINED, child, at)
            if not leg.conference:
                leg.conference = True
                events += self._emit(CallEventType.JOINED, leg, at)
            return events
        if leg.conference and sum(one.is_connected for one in people) < 2:
            leg.conference = False
            return self._emit(CallEventType.LEFT, leg, at)
        return []

    def _children(self, leg: GenesysLeg) -> list[GenesysLeg]:
        return [one for one in self._legs.values() if one.within and one.parent == leg.leg_id and one.is_alive]

    def _end_consultations(self, leg: GenesysLeg, at: datetime) -> list[CallEvent]:
        return [
            event
            for child in self._children(leg)
            for event in self._end(child, "normal" if child.is_talking else "missed", at)
        ]

    def _end(self, leg: GenesysLeg, cause: EndCause, at: datetime) -> list[CallEvent]:
        unheard, leg.state = leg.state == "new", "ended"
        if unheard:
            return []
        moved = cause == "transferred"
        return self._emit(CallEventType.TRANSFERRED if moved else CallEventType.ENDED, leg, at, cause)

    def _learn(
        self, leg: GenesysLeg, call: Call, own: Participant, conversation: Conversation, others: tuple[Participant, ...]
    ) -> bool:
        """Fill in who is at the other end, once; True when a colleague has left and it is the customer now."""
        customers = [one for one in others if one.is_customer and not one.consults]
        through = (
            leg.asked and call.state == CONNECTED and not any(askers(others)) and any(one.is_there for one in customers)
        )
        if through:
            leg.asked = False
            leg.caller, leg.called, leg.queue = Party(), Party(), None
        asked = [one for one in others if one.is_colleague and one.consults != ""] if not leg.asked else []
        colleagues = [one for one in others if one.is_colleague and one not in asked]
        other = next(iter(colleagues if leg.asked or not customers else customers), None)
        leg.internal = other is not None and other.is_colleague
        address = other.address if other is not None else ""
        if not address:
            address = next((one.own_address for one in other.calls), "") if other is not None else call.other_address
        there, here = party_of(address, self._numbers), party_of(call.own_address, self._numbers)
        if _is_blank(here) and self._user.extension:
            here = party_of(self._user.extension, self._numbers)
        caller, called = (here, there) if leg.outbound else (there, here)
        leg.caller = caller if _is_blank(leg.caller) else leg.caller
        leg.called = called if _is_blank(leg.called) else leg.called
        if leg.outbound:
            leg.dialled = leg.dialled or leg.called.raw
        elif other is not None and other.is_customer:
            leg.dialled = leg.dialled or number_of(
                other.dialled or next((one.other_address for one in other.calls if one.other_address), "")
            )
        if not leg.asked:
            leg.queue = leg.queue or queue_of(own, conversation)
            leg.attached = self._attached(leg.attached, conversation)
        if leg.state == "new":
            consults = any(one.is_talking and one.state == "held" for one in self._legs.values())
            leg.hidden = leg.internal and not self._internal_calls and not leg.asked and not consults
            leg.parent = self._held_elsewhere(leg)
        return through

    def _held_elsewhere(self, leg: GenesysLeg) -> str | None:
        """The held call that the agent asks about by a call of its own."""
        held = (
            one.leg_id
            for one in self._legs.values()
            if one.state == "held" and one.interaction_id != leg.interaction_id and not one.within
        )
        return next(held, None) if leg.outbound else None

    def _attached(self, known: Attached, conversation: Conversation) -> Attached:
        names = (self._names.customer_no, self._names.auth_level, self._names.ivr_path)
        customer_no, level, path = attached_to(conversation.participants, names)
        proven = AuthLevel.AUTHENTICATED if level in self._names.authenticated and level else None
        # Number and level are one pair: what was proven of another number is not true of this one.
        is_same = bool(customer_no) and known.customer_no in (None, customer_no)
        return Attached(
            customer_no=customer_no if is_same else known.customer_no,
            auth_level=known.auth_level or (proven if is_same else None),
            ivr_path=known.ivr_path or path or None,
        )

    def _emit(
        self,
        type_: CallEventType,
        leg: GenesysLeg,
        at: datetime,
        cause: EndCause | None = None,
        *,
        put_through: bool = False,
    ) -> list[CallEvent]:
        leg.told = _telling(leg)
        if leg.hidden:
            return []
        self._count += 1
        return [
            CallEvent(
                event_id=f"{self._source}:{leg.leg_id}:{type_}:{self._count}",
                source=self._source,
                type=type_,
                occurred_at=at,
                received_at=at,
                interaction_id=leg.interaction_id,
                leg_id=leg.leg_id,
                source_seq=self._count,
                parent_leg_id=leg.parent,
                direction=_direction(leg),
                caller=leg.caller,
                called=leg.called,
                dialled=leg.dialled,
                queue=leg.queue,
                agent_extension=self._user.extension or None,
                attached=leg.attached,
                cause=cause,
                put_through=put_through,
            )
        ]

    def _forget(self) -> None:
        ended = [leg.leg_id for leg in self._legs.values() if leg.state == "ended"]
        for leg_id in ended[: max(len(ended) - _KEPT_ENDED, 0)]:
            del self._legs[leg_id]


def _direction(leg: GenesysLeg) -> Direction:
    if leg.internal:
        return "internal"
    return "outbound" if leg.outbound else "inbound"


def _is_blank(party: Party) -> bool:
    return not party.raw and party.presentation != "restricted"


def _telling(leg: GenesysLeg) -> tuple[object, ...]:
    return (leg.caller, leg.called, leg.dialled, leg.queue, leg.attached)
