"""What one snapshot says about one leg of the agent: who else is there, and what state it is in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from nba_desktop.adapters.cti.genesys.leg import GenesysLeg, State
from nba_desktop.adapters.cti.genesys.payload import CONNECTED, RINGING, Call, Conversation, Participant


def others_of(conversation: Conversation, own: Participant) -> tuple[Participant, ...]:
    """Everybody but the agent himself and who only listens."""
    mine = own.user_id
    return tuple(one for one in conversation.participants if one.user_id != mine and not one.watches)


def askers(others: Iterable[Participant]) -> Iterator[Participant]:
    """The colleagues on the line: one of them announces a customer to this agent."""
    return (one for one in others if one.is_colleague and one.is_there)


def is_asked(own: Participant, conversation: Conversation) -> bool:
    """Whether the agent joins a conversation because a colleague on the line asks him about somebody in it."""
    if not own.consults:
        return False
    last = next((one for one in reversed(conversation.participants) if one.consults), own)
    return last.participant_id == own.participant_id and any(askers(others_of(conversation, own)))


def state_of(leg: GenesysLeg, call: Call, others: tuple[Participant, ...]) -> State | None:
    """The state of a leg by what its call says; None where that is none of a call."""
    if call.is_over:
        return "ended"
    if call.state in RINGING:
        return "ringing"
    if call.state != CONNECTED:
        return None
    if leg.outbound and not leg.is_talking and not any(one.is_connected for one in others):
        # The agent's own telephone is connected first; the other one still rings.
        return "ringing"
    return "held" if call.held or _all_put_aside(_partners(leg, others)) else "active"


def _partners(leg: GenesysLeg, others: tuple[Participant, ...]) -> list[Participant]:
    """Whom the agent talks to on this leg, consultations of his own apart."""
    if leg.asked:
        return [one for one in others if one.is_colleague]
    customers = [one for one in others if one.is_customer and not one.consults]
    return customers or [one for one in others if one.is_colleague and not one.consults]


def _all_put_aside(partners: list[Participant]) -> bool:
    connected = [one for one in partners if one.is_connected]
    return bool(connected) and all(one.is_put_aside for one in connected)


def hold_began(call: Call, others: Iterable[Participant]) -> datetime | None:
    """When the hold that a snapshot tells of began, as far as it says so."""
    times = [call.hold_at, *(one.hold_at for other in others for one in other.calls)]
    return max((one for one in times if one is not None), default=None)


def queue_of(own: Participant, conversation: Conversation) -> str | None:
    """The queue's name, which its own participant bears; else its id."""
    if not own.queue_id:
        return own.queue_name or None
    named = (one.name for one in conversation.participants if one.purpose == "acd" and one.queue_id == own.queue_id)
    return own.queue_name or next((name for name in named if name), own.queue_id)
