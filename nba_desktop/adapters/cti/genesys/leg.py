"""One call of the agent at Genesys Cloud, as far as it was heard of, and why it ended."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal

from nba_desktop.adapters.cti.genesys.payload import Call, Conversation, Participant
from nba_desktop.domain.call_event import Attached, EndCause, Party

State = Literal["new", "ringing", "active", "held", "ended"]

_FAILED: Final = frozenset({"error", "transport.failure", "transfer.notavailable", "uncallable"})
_TRANSFERRED: Final = frozenset({"transfer", "transfer.consult", "transfer.conference", "transfer.forward"})


@dataclass(slots=True)
class GenesysLeg:
    """A call of the agent's own participant or, `within` the conversation of its `parent`, of somebody he consults.

    `asked` means that a colleague announces a customer on it; `held_at` is when the last hold began, in the cloud's
    time; `told` is what was last said about the other end.
    """

    leg_id: str
    interaction_id: str
    outbound: bool = False
    parent: str | None = None
    within: bool = False
    asked: bool = False
    state: State = "new"
    conference: bool = False
    joined: bool = False
    hidden: bool = False
    internal: bool = False
    held_at: datetime | None = None
    caller: Party = field(default_factory=Party)
    called: Party = field(default_factory=Party)
    dialled: str = ""
    queue: str | None = None
    attached: Attached = field(default_factory=Attached)
    talking_before: frozenset[str] = frozenset()
    told: tuple[object, ...] = ()

    @property
    def is_alive(self) -> bool:
        return self.state in ("ringing", "active", "held")

    @property
    def is_talking(self) -> bool:
        return self.state in ("active", "held")


def colleagues_talking(conversation: Conversation, user_id: str) -> frozenset[str]:
    """The colleagues other than `user_id` who are connected."""
    return frozenset(
        one.participant_id
        for one in conversation.participants
        if one.is_colleague and one.user_id != user_id and one.is_connected
    )


def end_cause(leg: GenesysLeg, call: Call, conversation: Conversation, user_id: str) -> EndCause:
    """Why a leg ended; a call that rang has gone elsewhere when a colleague is talking who was not before."""
    if call.disconnect in _FAILED:
        return "failed"
    if leg.is_talking:
        return "transferred" if call.disconnect in _TRANSFERRED else "normal"
    if colleagues_talking(conversation, user_id) - leg.talking_before:
        return "elsewhere"
    return "missed"


def attached_to(participants: tuple[Participant, ...], names: tuple[str, str, str]) -> tuple[str, str, str]:
    """The customer number, its level and the path; what the customer's participant says counts before the others'.

    The level is the one beside the number: of whom another participant's is true, nobody knows.
    """
    ordered = sorted(participants, key=lambda one: not one.is_customer)
    said = [tuple(_value(one, name) for name in names) for one in ordered]
    customer_no, level = next(((number, level) for number, level, _ in said if number), ("", ""))
    return customer_no, level, next((path for _, _, path in said if path), "")


def _value(participant: Participant, name: str) -> str:
    return "".join(sign for sign in participant.attributes.get(name, "") if sign.isprintable()).strip() if name else ""
